"""Counts the shares of the written households again, from the files alone, beside the figures they should meet."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from draw import years_before
from frame import SURVEY

# The published figures that the households are drawn or weighted to; the README gives the source of each.
TARGETS = {
    "family_size": Fraction("2.63"), "collective": Fraction("11.4"), "local_hukou": Fraction("30.9"),
    "parents_with_child": Fraction("27"), "inside_province": Fraction("43.1"), "men": Fraction("62.7"),
    "with_spouse": Fraction("81.4"), "below_junior": Fraction("14.6"), "junior": Fraction("52.1"),
    "senior": Fraction("17.5"), "college": Fraction("15.8"), "stay3": Fraction("55"), "stay5": Fraction("37"),
    "apart": Fraction("31.4"), "new_permits": Fraction("10"), "pension": Fraction("16.7"),
    "medical": Fraction("17.6"), "injury": Fraction("26.2"), "any_medical": Fraction("83"),
    "kindergarten": Fraction("90.9"), "compulsory": Fraction("99.7"),
}
# label, decimals shown, tolerance in units of the figure, weighted or counted
ROWS = {
    "family_size": ("mean size of a family household (persons living here)", 2, Fraction("0.05"), "weighted"),
    "collective": ("residents in collective households, %", 1, Fraction("0.5"), "weighted"),
    "local_hukou": ("residents with the hukou of the city, %", 1, Fraction("1"), "weighted"),
    "parents_with_child": ("migrant parents (no hukou of the city in the family) who live with a child, %",
                           1, Fraction("1"), "weighted"),
    "inside_province": ("migrants whose hukou is inside Guangdong, %", 1, Fraction("6"), "weighted"),
    "men": ("migrant workers: men, %", 1, Fraction("5"), "weighted"),
    "with_spouse": ("migrant workers: with spouse, %", 1, Fraction("6"), "weighted"),
    "below_junior": ("migrant workers: education below junior secondary, %", 1, Fraction("4"), "weighted"),
    "junior": ("migrant workers: junior secondary, %", 1, Fraction("5"), "weighted"),
    "senior": ("migrant workers: senior secondary, %", 1, Fraction("4"), "weighted"),
    "college": ("migrant workers: associate degree and above, %", 1, Fraction("4"), "weighted"),
    "stay3": ("migrant adults here 3 years and more, %", 1, Fraction("7"), "counted"),
    "stay5": ("migrant adults here 5 years and more, %", 1, Fraction("6"), "counted"),
    "apart": ("migrant children here who do not live with both parents, %", 1, Fraction("4"), "counted"),
    "new_permits": ("migrant adults with a permit first issued in the last 12 months, %", 1, Fraction("3"), "weighted"),
    "pension": ("migrant workers who pay pension insurance here now, %", 1, Fraction("4"), "weighted"),
    "medical": ("migrant workers who pay employees' medical insurance here now, %", 1, Fraction("4"), "weighted"),
    "injury": ("migrant workers who pay injury insurance here now, %", 1, Fraction("5"), "weighted"),
    "any_medical": ("migrant adults with any basic medical insurance, %", 1, Fraction("5"), "weighted"),
    "kindergarten": ("migrant children of 3 to 5 in kindergarten, school year 2023/24, %", 1, Fraction("5"), "counted"),
    "compulsory": ("migrant children of compulsory age in school, 2023/24, %", 1, Fraction("1"), "counted"),
}
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def rows_of(record, name):
    """The spells of a list; none if it is empty, unknown or was not asked."""
    rows = record.get(name, [])
    return rows if isinstance(rows, list) else []


def known(record, name):
    return name in record and record[name] != "unknown"


def in_city(place, home):
    return place[:4] == home["place"][:4]


def elsewhere(person, home):
    """A stay that still runs in another city: the only sign that somebody of the household lives apart."""
    running = [row for row in rows_of(person, "residence") if "end" not in row]
    return bool(running) and not any(in_city(row["place"], home) for row in running)


def is_child(person):
    return person["person"].startswith("C")


def migrant(person, home):
    return not in_city(person["hukou"], home)


def worker(person, home):
    return not is_child(person) and migrant(person, home) and not elsewhere(person, home) \
        and person.get("away_for_work") == "yes"


def pays_now(person, home, kind):
    return any("end" not in row and in_city(row["place"], home) and kind in row["kinds"].split(";")
               for row in rows_of(person, "insurance"))


def birth_range(person):
    """First and last possible birthday of a date that may be known to the month or year only."""
    text = person["birth_date"]
    first = {4: text + "-01-01", 7: text + "-01", 10: text}[len(text)]
    last = {4: text + "-12-31", 7: text + "-28", 10: text}[len(text)]
    return date.fromisoformat(first), date.fromisoformat(last)


def surely_aged(person, low, high, day):
    """Whether the completed age on the day lies from low to high for every possible birthday."""
    first, last = birth_range(person)
    return years_before(day, high + 1) < first and last <= years_before(day, low)


def stay_days(person, home):
    starts = [row["start"] for row in rows_of(person, "residence") if in_city(row["place"], home)]
    return (SURVEY - date.fromisoformat(min(starts))).days if starts else None


def collective(home):
    rows = rows_of(home, "homes")
    children_here = any(is_child(person) and not elsewhere(person, home) for person in home["persons"])
    return not children_here and any(row.get("tenure") == "dormitory" for row in rows)


class Share:
    """A weighted share in percent, exact."""

    def __init__(self):
        self.part, self.whole = Fraction(0), Fraction(0)

    def add(self, weight, yes):
        self.whole += weight
        self.part += weight if yes else 0

    def value(self):
        return self.part * 100 / self.whole


def figures(data):
    """All achieved figures by name."""
    share = {name: Share() for name in TARGETS}
    for home in data["households"]:
        count_household(share, home, Fraction(Decimal(home["weight"])))
    achieved = {name: counted.value() for name, counted in share.items()}
    achieved["family_size"] = share["family_size"].part / share["family_size"].whole
    return achieved


def count_household(share, home, weight):
    here = [person for person in home["persons"] if not elsewhere(person, home)]
    children = [person for person in home["persons"] if is_child(person)]
    dormitory = collective(home)
    if not dormitory:
        share["family_size"].part += weight * len(here)
        share["family_size"].whole += weight
    for person in here:
        share["collective"].add(weight, dormitory)
        share["local_hukou"].add(weight, not migrant(person, home))
        if migrant(person, home):
            share["inside_province"].add(weight, person["hukou"].startswith("44"))
            count_migrant(share, home, person, weight, children)


def count_migrant(share, home, person, weight, children):
    if is_child(person):
        count_child(share, home, person)
        return
    if children and person["person"].startswith("P") and all(migrant(other, home) for other in home["persons"]):
        share["parents_with_child"].add(weight, any(not elsewhere(child, home) for child in children))
    days = stay_days(person, home)
    if days is not None:
        share["stay3"].add(1, days >= 1096)
        share["stay5"].add(1, days >= 1826)
    if known(person, "permits"):
        last_year = years_before(SURVEY, 1).isoformat()
        share["new_permits"].add(weight, any(row["issued"] != "unknown" and row["issued"] >= last_year
                                             for row in rows_of(person, "permits")))
    if known(person, "insurance") and known(person, "resident_cover"):
        share["any_medical"].add(weight, pays_now(person, home, "medical") or bool(rows_of(person, "resident_cover")))
    if worker(person, home):
        count_worker(share, home, person, weight)


def count_worker(share, home, person, weight):
    share["men"].add(weight, person["sex"] == "male")
    share["with_spouse"].add(weight, person["spouse"] != "not_applicable")
    education = person["education"]
    if education != "unknown":
        share["below_junior"].add(weight, education == "below_junior")
        share["junior"].add(weight, education == "junior_secondary")
        share["senior"].add(weight, education == "senior_secondary")
        share["college"].add(weight, education in ("associate", "bachelor", "postgraduate"))
    if known(person, "insurance"):
        for kind in ("pension", "medical", "injury"):
            share[kind].add(weight, pays_now(person, home, kind))


def count_child(share, home, child):
    parents = [person for person in home["persons"] if person["person"] in child["parents"].split(";")]
    share["apart"].add(1, len(parents) < 2 or any(elsewhere(person, home) for person in parents))
    if not known(child, "schooling"):
        return
    september, spring = date(2023, 9, 1), "2024-03-01"
    stages = [row["stage"] for row in rows_of(child, "schooling")
              if row["start"] <= spring <= row.get("end", "9999")]
    arrived = stay_days(child, home)
    if arrived is not None and arrived < (SURVEY - date(2024, 3, 1)).days:
        return  # was not here in that school year
    if surely_aged(child, 3, 5, september):
        share["kindergarten"].add(1, "kindergarten" in stages)
    if surely_aged(child, 6, 14, date(2023, 8, 31)):
        share["compulsory"].add(1, "primary" in stages or "junior" in stages)


def shown(value, decimals):
    scale = 10 ** decimals
    units = (value * scale * 2 + 1) // 2
    return f"{units // scale}.{units % scale:0{decimals}d}"


def table(achieved):
    lines = ["| Figure | Target | Achieved | Tolerance | How |", "| --- | --- | --- | --- | --- |"]
    for name, (label, decimals, tolerance, how) in ROWS.items():
        lines.append(f"| {label} | {shown(TARGETS[name], decimals)} | {shown(achieved[name], decimals)} | "
                     f"{shown(tolerance, decimals)} | {how} |")
    return "\n".join(lines)


def with_table(text, achieved):
    """The README text with its table of figures made anew."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{table(achieved)}\n{END}{after}"
