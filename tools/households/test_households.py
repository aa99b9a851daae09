"""Checks the example households: made again byte by byte, the same in both formats, possible, and of the stated shares.

    python3 tools/households/test_households.py
"""

import csv
import json
import re
import sys
import unittest
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import frame
import generate
import tally
from draw import years_before

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "factory_town" / "households"
ENUMS = {
    "sex": "male female", "education": "below_junior junior_secondary senior_secondary associate bachelor postgraduate",
    "entry_stage": "kindergarten primary junior senior vocational", "state": "active suspended",
    "stage": "kindergarten primary junior senior vocational", "tenure": "owned rented public_rental dormitory",
    **dict.fromkeys(("rural_hukou", "lawful_job", "lawful_home", "continuous_schooling", "away_for_work",
                     "preferential_group", "vaccination_card", "no_home_proof", "back_paid"), "yes no"),
}
MISSING = {"", "unknown"}
# Facts of which the vocabulary says "if any": only they can be not applicable.
IF_ANY = {"spouse", "work_place", "entry_stage", "zone", "joins_on", "share", "registered_on"}
UNIT = {name: "month" if name in generate.MONTHLY else "day" for name in generate.PERSON_LISTS + ["homes"]}
FACTS = {"residence": ["place"], "permits": ["place", "issued", "state"], "insurance": ["place", "kinds", "back_paid"],
         "homes": ["place", "tenure", "share", "registered_on"], "schooling": ["place", "stage"],
         "resident_cover": ["place"]}


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def full_day(text, last=False):
    """A day inside what a text says: its first or its last."""
    return date.fromisoformat({4: text + ("-12-31" if last else "-01-01"), 7: text + ("-28" if last else "-01"),
                               10: text}[len(text)])


class Households(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = generate.files()
        cls.data = json.loads(cls.made["households.json"])
        with (ROOT / "stdlib" / "places" / "divisions.csv").open(encoding="utf-8", newline="") as file:
            cls.places = {row["code"] for row in csv.DictReader(file)}
        cls.persons = [(home, person) for home in cls.data["households"] for person in home["persons"]]

    def spells(self):
        for home in self.data["households"]:
            yield from ((home, None, "homes", row) for row in tally.rows_of(home, "homes"))
            for person in home["persons"]:
                for name in generate.PERSON_LISTS:
                    yield from ((home, person, name, row) for row in tally.rows_of(person, name))

    def test_made_again(self):
        for name, text in self.made.items():
            same = (FOLDER / name).read_bytes() == text.encode("utf-8")
            self.assertTrue(same, f"{name} is not what the seed gives: run tools/households/generate.py")

    def test_formats_agree(self):
        """Rebuilds the nested form from the tables alone."""
        homes = {}
        for row in read("households.csv"):
            homes[row["household"]] = {name: text for name, text in row.items() if text}
        persons = {}
        for row in read("persons.csv"):
            persons[row["household"], row["person"]] = {n: t for n, t in row.items() if t and n != "household"}
        for row in read("spells.csv"):
            owner = persons[row["household"], row["person"]] if row["person"] else homes[row["household"]]
            cells = {n: t for n, t in row.items() if t and n not in ("household", "person", "list")}
            if row["start"] in ("none", "unknown"):
                self.assertEqual(len(cells), 1)
                self.assertNotIn(row["list"], owner)
                owner[row["list"]] = row["start"]
            else:
                owner.setdefault(row["list"], []).append(cells)
        for (household, _), person in persons.items():
            homes[household].setdefault("persons", []).append(person)
        self.assertEqual(list(homes.values()), self.data["households"])

    def test_size(self):
        children = [person for _, person in self.persons if tally.is_child(person)]
        self.assertGreaterEqual(len(self.data["households"]), 220)
        self.assertTrue(280 <= len(children) <= 340, len(children))

    def test_keys(self):
        keys = [home["household"] for home in self.data["households"]]
        self.assertEqual(keys, [f"H{number:03d}" for number in range(1, len(keys) + 1)])
        for home in self.data["households"]:
            members = [person["person"] for person in home["persons"]]
            self.assertEqual(len(members), len(set(members)))
            for person in home["persons"]:
                self.assertRegex(person["person"], r"^[PCGR]\d$")
                others = person.get("parents", "").split(";") + [person.get("spouse", "")]
                for other in others:
                    self.assertIn(other, members + ["", "not_applicable"])
                    self.assertNotEqual(other, person["person"])
                if tally.is_child(person):
                    self.assertTrue(person["parents"])

    def test_cells(self):
        records = [home for home in self.data["households"]] + [person for _, person in self.persons] + \
            [row for _, _, _, row in self.spells()]
        for record in records:
            for name, value in record.items():
                if isinstance(value, list):
                    continue
                if value == "not_applicable":
                    self.assertIn(name, IF_ANY, record)
                elif name in ENUMS and value not in MISSING:
                    self.assertIn(value, ENUMS[name].split(), record)
                elif name in ("place", "hukou", "work_place", "zone") and value not in MISSING:
                    self.assertIn(value, self.places, record)
                elif name == "weight":
                    self.assertRegex(value, r"^\d+\.\d\d$")
                    self.assertGreater(float(value), 0)
                elif name in ("missed_years", "repaid_years") and value not in MISSING:
                    self.assertRegex(value, r"^\d+$")
                elif name == "share" and value not in MISSING:
                    self.assertTrue(0 < int(value) <= 100)
                elif name == "kinds":
                    self.assertLessEqual(set(value.split(";")), set(frame.KINDS["five"]))

    def test_spells(self):
        for home, person, name, row in self.spells():
            shape = r"^\d{4}-\d\d-\d\d$" if UNIT[name] == "day" else r"^\d{4}-\d\d$"
            self.assertRegex(row["start"], shape)
            self.assertLessEqual(set(row) - {"start", "end"}, set(FACTS[name]))
            self.assertLessEqual(full_day(row["start"]), frame.SURVEY, (home["household"], row))
            if "end" in row:
                self.assertRegex(row["end"], shape)
                self.assertLessEqual(full_day(row["start"]), full_day(row["end"]), (home["household"], row))
                self.assertLessEqual(full_day(row["end"]), frame.SURVEY)
            for later in ("issued", "registered_on"):
                if row.get(later, "unknown") not in ("unknown", "not_applicable"):
                    self.assertLessEqual(full_day(row[later]), frame.SURVEY)
            if row.get("issued", "unknown") != "unknown":
                self.assertLessEqual(row["issued"], row["start"])
            if person:
                born = full_day(person["birth_date"])
                # A month counts from its first day, so the month of birth itself is allowed.
                self.assertLessEqual(born.replace(day=1), full_day(row["start"]), (home["household"], row))
                if name == "insurance":
                    self.assertGreaterEqual(full_day(row["start"]).year - born.year, 16, (home["household"], row))

    def test_spells_do_not_overlap(self):
        for home in self.data["households"]:
            for owner in [home] + home["persons"]:
                for name in UNIT:
                    rows = tally.rows_of(owner, name)
                    for first, second in zip(rows, rows[1:]):
                        self.assertIn("end", first, (home["household"], name))
                        self.assertLess(first["end"], second["start"], (home["household"], name))

    def test_people_are_possible(self):
        for home in self.data["households"]:
            members = {person["person"]: person for person in home["persons"]}
            for child in filter(tally.is_child, home["persons"]):
                self.assertLessEqual(full_day(child["birth_date"]), frame.SURVEY)
                self.assertGreater(full_day(child["birth_date"], last=True), years_before(frame.SURVEY, 18))
                for key in child["parents"].split(";"):
                    gap = full_day(child["birth_date"], True).year - full_day(members[key]["birth_date"]).year
                    self.assertTrue(17 <= gap <= (70 if key == "G1" else 60), (home["household"], key, gap))
                    if members[key]["sex"] == "female" and key != "G1":
                        self.assertLessEqual(gap, 46, (home["household"], key, gap))
                joined = child.get("joins_on", "unknown")
                if joined not in ("unknown", "not_applicable"):
                    self.assertTrue(full_day(child["birth_date"]) <= full_day(joined) <= frame.SURVEY)
                missed, repaid = child.get("missed_years", "unknown"), child.get("repaid_years", "unknown")
                if "unknown" not in (missed, repaid):
                    self.assertLessEqual(int(repaid), int(missed))
            for person in home["persons"]:
                spouse = person.get("spouse", "not_applicable")
                if spouse != "not_applicable":
                    self.assertEqual(members[spouse]["spouse"], person["person"])
                    self.assertNotEqual(members[spouse]["sex"], person["sex"])

    def test_the_edges_are_there(self):
        """Cases that decide a rule by one day or one month must be in the data."""
        births = Counter(person["birth_date"] for _, person in self.persons)
        for day in ("2018-08-31", "2018-09-01"):
            self.assertGreaterEqual(births[day], 1, day)
        starts = Counter(row["start"] for _, _, name, row in self.spells() if name == "insurance")
        for month in ("2023-04", "2023-05", "2023-06", "2023-08"):
            self.assertGreaterEqual(starts[month], 1, month)
        issued = sorted(row["issued"] for home, _, name, row in self.spells()
                        if name == "permits" and home["place"] == "440308" and row["issued"] != "unknown")
        self.assertTrue(issued)
        texts = Counter(row["state"] for _, _, name, row in self.spells() if name == "permits")
        self.assertGreaterEqual(texts["suspended"], 5)
        self.assertGreaterEqual(sum(row.get("back_paid") == "yes" for *_, row in self.spells()), 5)

    def test_figures(self):
        achieved = tally.figures(self.data)
        for name, (label, _, tolerance, _) in tally.ROWS.items():
            self.assertLessEqual(abs(achieved[name] - tally.TARGETS[name]), tolerance,
                                 f"{label}: {float(achieved[name]):.2f}")
        readme = (FOLDER / "README.md").read_text(encoding="utf-8")
        self.assertEqual(tally.with_table(readme, achieved), readme, "run tools/households/generate.py")

    def test_missing_answers(self):
        adults = [person for home, person in self.persons
                  if not tally.is_child(person) and not tally.elsewhere(person, home)]
        for name, share in (("insurance", 6), ("permits", 4)):
            found = sum(person.get(name) == "unknown" for person in adults) * 100 / len(adults)
            self.assertTrue(share - 2.5 <= found <= share + 2.5, f"{name}: {found:.1f}")
        coarse = sum(re.fullmatch(r"\d{4}", person["birth_date"]) is not None for _, person in self.persons)
        self.assertTrue(1.5 <= coarse * 100 / len(self.persons) <= 4.5, coarse)


if __name__ == "__main__":
    unittest.main()
