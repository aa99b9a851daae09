#!/usr/bin/env python3
"""Every row of the conformance table of docs/semantics.md is named by a test, or stands on the open list with a reason.

A row is named in a page of tests/golden/conformance or in the name of a unit test: "K18", "K18_2", "rows K01 to K27".
"""
import fnmatch
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows_of_table(text):
    return re.findall(r"^([A-Z]\d\d) ", text, re.MULTILINE)


def rows_named(text):
    """Row names in a text, ranges ("K01 to K27") spelled out."""
    named = set(re.findall(r"\b([A-Z]\d\d)(?=\b|_)", text))
    for letter, first, last in re.findall(r"\b([A-Z])(\d\d)(?: to |[–-])\1(\d\d)\b", text):
        named.update(f"{letter}{number:02}" for number in range(int(first), int(last) + 1))
    return named


def tested_rows(root):
    named = set()
    for page in (root / "tests/golden/conformance").glob("*.md"):
        named |= rows_named(page.read_text(encoding="utf-8"))
    for source in (root / "tests/unit").rglob("*.cpp"):
        for name in re.findall(r'TEST_CASE\(\s*"([^"]*)"', source.read_text(encoding="utf-8")):
            named |= rows_named(name)
    return named


def open_rows(root):
    lines = (root / "tests/conformance/open_rows.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line for line in lines if line and not line.startswith("#")}


def missing(table, tested, opened):
    return [row for row in table
            if row not in tested and not any(fnmatch.fnmatch(row, pattern) for pattern in opened)]


class Conformance(unittest.TestCase):
    def test_this_tree(self):
        table = rows_of_table((ROOT / "docs/semantics.md").read_text(encoding="utf-8"))
        self.assertGreater(len(table), 150, "the table was not found")
        opened = open_rows(ROOT)
        self.assertEqual(missing(table, tested_rows(ROOT), opened), [])
        for pattern, line in opened.items():
            self.assertGreater(len(line.split()), 2, f"{pattern} gives no reason")

    def test_a_row_without_a_test_is_found(self):
        self.assertEqual(missing(["K01", "K02", "P07"], rows_named("row K01"), {"P*": ""}), ["K02"])
        self.assertEqual(rows_named("Rows K01 to K03, R12_conflict"), {"K01", "K02", "K03", "R12"})
        self.assertEqual(rows_named("R01, R03 and R05; K28 K30"), {"R01", "R03", "R05", "K28", "K30"})


if __name__ == "__main__":
    unittest.main()
