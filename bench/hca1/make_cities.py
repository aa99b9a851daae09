#!/usr/bin/env python3
"""Writes divisions.csv and cities.jz: the places of HCA-1 and what each residence city has laid down.

31 provinces and 350 cities; city c lies in province c mod 31. The first 50 are the cities that people of the benchmark
live in, and their parameters come from the workload's counter-based generator (splitmix64 seeded with 3), so that every
implementation reads the same numbers. Run it in its own folder after a change; the results are kept in the tree.
"""

from pathlib import Path

CITIES, HUKOU_CITIES, PROVINCES = 50, 350, 31
MASK = (1 << 64) - 1


def mix(z: int) -> int:
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def draw(city: int, number: int, limit: int) -> int:
    raw = mix((3 + (16 * city + number + 1) * 0x9E3779B97F4A7C15) & MASK)
    return ((raw >> 32) * limit) >> 32


def exception_of(city: int) -> str:
    x = draw(city, 2, 100)
    return "no_exception" if x < 60 else "open_door" if x < 75 else "strict_door" if x < 90 else "for_talent"


PARAMETERS = [
    ("school_insurance / 入学参保", "months", "SchoolRules", lambda c: f"{6 * draw(c, 0, 7)} months"),
    ("points_line / 分数线", "points", "SchoolRules", lambda c: f"{60 + 5 * draw(c, 1, 13)} points"),
    ("city_exception / 特例", "exception", "SchoolRules", exception_of),
    ("tier / 档次", "number", "PointsRules", lambda c: str(draw(c, 3, 4))),
    ("insurance_rate / 社保分值", "points", "PointsRules", lambda c: f"{2 + draw(c, 4, 4)} points"),
    ("insurance_cap / 社保上限", "points", "PointsRules", lambda c: f"{20 + 5 * draw(c, 5, 7)} points"),
    ("residence_rate / 居住分值", "points", "PointsRules", lambda c: f"{1 + draw(c, 6, 4)} points"),
    ("owner_points / 自有住房分", "points", "PointsRules", lambda c: f"{20 + 5 * draw(c, 7, 5)} points"),
    ("rent_points / 租赁住房分", "points", "PointsRules", lambda c: f"{5 + draw(c, 8, 11)} points"),
    ("health_insurance / 参保门槛", "months", "HealthRules", lambda c: f"{draw(c, 9, 13)} months"),
]


def main() -> None:
    here = Path(__file__).resolve().parent
    rows = ["code,name_zh,short_zh,name_en,level,parent", "100000,国,国,Nation,nation,"]
    for p in range(PROVINCES):
        rows.append(f"{200 + p}000,省{p:02},省{p:02},Province{p:02},province,100000")
    for c in range(HUKOU_CITIES):
        province = c % PROVINCES
        rows.append(f"{200 + province}{100 + c // PROVINCES},城{c:03},城{c:03},City{c:03},city,{200 + province}000")
    (here / "divisions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    lines = [
        "# What each residence city of HCA-1 has laid down. Written by make_cities.py; the numbers are the workload's.",
        "module hca1.cities",
        "use hca1.vocabulary",
        "",
        "source PointsTables / 各市分值  level local_rule  in force at Nation from 2016-01-01  confidence official",
    ]
    for name, kind, _, value in PARAMETERS:
        lines += ["", f"parameter {name}: {kind}"]
        lines += [f"  at City{c:03} from 2016: {value(c)}  cites PointsTables" for c in range(CITIES)]
    (here / "cities.jz").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
