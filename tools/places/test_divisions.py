"""Checks the committed table of divisions: it must stay usable as a tree, whatever edition it is made from.

    python3 tools/places/test_divisions.py
"""

import csv
import re
import unittest
from collections import Counter, defaultdict
from pathlib import Path

import make_divisions
import romanisation

TABLE = Path(__file__).resolve().parents[2] / "stdlib" / "places" / "divisions.csv"

GUANGDONG = ("Guangzhou Shaoguan Shenzhen Zhuhai Shantou Foshan Jiangmen Zhanjiang Maoming Zhaoqing Huizhou Meizhou "
             "Shanwei Heyuan Yangjiang Qingyuan Dongguan Zhongshan Chaozhou Jieyang Yunfu").split()
SHENZHEN = "Luohu Futian Nanshan Baoan Longgang Yantian Longhua Pingshan Guangming".split()
NAMES = {
    "440300": ("深圳", "Shenzhen"), "440306": ("宝安", "Baoan"), "440113": ("番禺", "Panyu"), "441900": ("东莞", "Dongguan"),
    "150000": ("内蒙古", "InnerMongolia"), "540000": ("西藏", "Tibet"), "610000": ("陕西", "Shaanxi"),
    "140000": ("山西", "Shanxi"), "500000": ("重庆", "Chongqing"), "500233": ("忠县", "Zhongxian"), "350200": ("厦门", "Xiamen"),
    "430100": ("长沙", "Changsha"), "110105": ("朝阳", "Chaoyang"), "511100": ("乐山", "Leshan"), "341500": ("六安", "Luan"),
    "341600": ("亳州", "Bozhou"), "331000": ("台州", "Taizhou"), "340300": ("蚌埠", "Bengbu"), "361124": ("铅山", "Yanshan"),
    "410621": ("浚县", "Xunxian"), "130726": ("蔚县", "Yuxian"), "652823": ("尉犁", "Yuli"), "371722": ("单县", "Shanxian"),
    "410182": ("荥阳", "Xingyang"), "511527": ("筠连", "Junlian"), "222404": ("珲春", "Hunchun"),
    "222400": ("延边", "Yanbian"), "429021": ("神农架", "Shennongjia"), "310115": ("浦东", "Pudong"),
}
# Cities that govern towns directly; Sansha's two districts have no published code.
WITHOUT_COUNTIES = {"441900", "442000", "460300", "460400", "620200"}


def load():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Divisions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = load()
        cls.by_code = {row["code"]: row for row in cls.rows}
        cls.children = defaultdict(list)
        for row in cls.rows:
            cls.children[row["parent"]].append(row)

    def test_text_form(self):
        data = TABLE.read_bytes()
        self.assertTrue(data.endswith(b"\n") and b"\r" not in data and not data.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(data.decode("utf-8").splitlines()[0], ",".join(make_divisions.COLUMNS))

    def test_codes(self):
        codes = [row["code"] for row in self.rows]
        self.assertEqual(codes, sorted(codes))
        self.assertEqual(len(codes), len(set(codes)))
        for code in codes:
            self.assertRegex(code, r"^[1-9]\d{5}$")
            self.assertNotEqual(code[4], "7", f"{code} is a development zone")

    def test_counts(self):
        levels = Counter(row["level"] for row in self.rows)
        # The statistical yearbook of 2023 counts 333 cities and 2844 counties; two of Sansha have no code here.
        self.assertEqual(levels, {"nation": 1, "province": 34, "city": 333, "county": 2842})

    def test_tree(self):
        self.assertEqual([row["code"] for row in self.children[""]], ["100000"])
        order = ["nation", "province", "city", "county"]
        for row in self.rows[1:]:
            parent = self.by_code[row["parent"]]
            self.assertLess(order.index(parent["level"]), order.index(row["level"]), row)
            if parent["level"] != "nation":
                self.assertEqual(row["code"][:2], parent["code"][:2], row)
            if parent["level"] == "city":
                self.assertEqual(row["code"][:4], parent["code"][:4], row)

    def test_parents_are_the_nearest(self):
        for row in self.rows:
            if row["level"] == "county" and self.by_code[row["parent"]]["level"] == "province":
                direct = row["parent"] in make_divisions.MUNICIPALITIES or row["code"][2:4] == "90"
                self.assertTrue(direct, row)
        empty = {row["code"] for row in self.rows if row["level"] == "city" and not self.children[row["code"]]}
        self.assertEqual(empty, WITHOUT_COUNTIES)

    def test_no_fillers(self):
        for row in self.rows:
            self.assertNotIn(row["name_zh"], make_divisions.FILLERS)
            self.assertNotIn("直辖县级", row["name_zh"])

    def test_shape_of_names(self):
        for row in self.rows:
            self.assertRegex(row["name_en"], r"^([A-Z][a-z]+)+$")
            self.assertRegex(row["name_zh"], r"^[一-鿿]{2,}$")
            self.assertGreaterEqual(len(row["short_zh"]), 2)
            self.assertTrue(row["name_zh"].startswith(row["short_zh"]), row)
            for alias in filter(None, row["aliases"].split(";")):
                self.assertRegex(alias, r"^([A-Za-z]+|[一-鿿]+)$")

    def test_siblings_can_be_told_apart(self):
        for parent, siblings in self.children.items():
            owner = {}
            for row in siblings:
                names = {row["name_zh"], row["short_zh"], row["name_en"].lower()}
                names |= {alias.lower() for alias in filter(None, row["aliases"].split(";"))}
                for name in names:
                    self.assertNotIn(name, owner, f"{name} below {parent}")
                    owner[name] = row["code"]

    def test_guangdong(self):
        self.assertEqual(sorted(row["name_en"] for row in self.children["440000"]), sorted(GUANGDONG))
        self.assertEqual(sorted(row["name_en"] for row in self.children["440300"]), sorted(SHENZHEN))

    def test_known_names(self):
        for code, names in NAMES.items():
            row = self.by_code[code]
            self.assertEqual((row["short_zh"], row["name_en"]), names)

    def test_directly_governed(self):
        self.assertEqual(self.by_code["110101"]["parent"], "110000")
        self.assertEqual(self.by_code["500233"]["parent"], "500000")
        self.assertEqual(self.by_code["429004"]["parent"], "420000")
        self.assertEqual(self.by_code["659001"]["parent"], "650000")

    def test_every_exception_is_used(self):
        names = {row["name_zh"] for row in self.rows}
        for table in (romanisation.BY_NAME, romanisation.STANDARD, romanisation.ALIASES, make_divisions.SHORT_BY_NAME):
            self.assertLessEqual(set(table), names)
        latin = {row["name_zh"]: row["name_en"] for row in self.rows}
        for name, spelling in romanisation.STANDARD.items():
            self.assertTrue(re.match(spelling, latin[name]), f"{name}: {latin[name]}")


if __name__ == "__main__":
    unittest.main()
