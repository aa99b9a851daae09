#!/usr/bin/env python3
"""Every rule file of the tree, formatted, turned into the other tongue and back.

    both_tongues.py --juzhu build/bin/juzhu

Held for each rulebook, in copies: formatting again changes nothing; turned into the other tongue and back, every file
is byte for byte what it was; and a rulebook that checks gives in either tongue the same findings, the same results of
its scenarios and the same answers for its households as before. The files of the tree themselves must be formatted.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("stdlib", "examples", "tests")
# What CI holds formatted; test data may be laid out as its test wants it.
HELD = ("stdlib", "examples")
# The target programs use one another, with all that the language has: scores, lists, limits, reforms, properties.
SAMPLES = "tests/samples"
ON = "2024-09-01"
juzhu = None


def run(*arguments, code=0):
    """The output of the command; any other exit code than the one expected fails."""
    done = subprocess.run([juzhu, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)
    if code is not None and done.returncode != code:
        raise AssertionError(f"juzhu {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def counts(findings):
    """The last line of a check, and which findings there are; their wording quotes the text."""
    codes = re.findall(r"^(?:error|warning|note)\[[a-z-]+\]", findings, flags=re.MULTILINE)
    return sorted(codes), findings.strip().splitlines()[-1]


def rulebooks():
    """Paths that are one rulebook each: folders of rules, and single files of test data (the twins are one program)."""
    found = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.jz"):
            whole = folder in HELD or path.parent == ROOT / SAMPLES
            found.add(path.parent if whole else path)
    return sorted(found)


class BothTongues(unittest.TestCase):
    maxDiff = None

    def copy(self, path):
        """The rulebook in a folder of its own, which goes when the test ends."""
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        if path.is_dir():
            shutil.copytree(path, folder / "rules")
        else:
            (folder / "rules").mkdir()
            shutil.copy(path, folder / "rules")
        return folder / "rules"

    @staticmethod
    def texts(folder):
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.jz"))}

    def assert_same(self, left, right, what):
        self.assertEqual(left.keys(), right.keys())
        for name in left:
            self.assertEqual(left[name].decode(), right[name].decode(), f"{what}: {name}")

    def test_there_are_rulebooks(self):
        names = {path.relative_to(ROOT).as_posix() for path in rulebooks()}
        self.assertIn("stdlib", names)
        self.assertIn("examples/factory_town", names)
        self.assertIn(SAMPLES, names)
        self.assertIn("tests/unit/syntax/data/twin.zh.jz", names)

    def test_the_tree_is_formatted(self):
        for folder in HELD:
            run("fmt", folder, "--check")

    def test_formatting_again_changes_nothing(self):
        for path in rulebooks():
            with self.subTest(path):
                folder = self.copy(path)
                run("fmt", folder)
                run("fmt", folder, "--check")

    def test_there_and_back(self):
        for path in rulebooks():
            for first, second in (("en", "zh"), ("zh", "en")):
                with self.subTest(path, first=first):
                    folder = self.copy(path)
                    run("fmt", folder, "--to", first)
                    before = self.texts(folder)
                    run("fmt", folder, "--to", second)
                    turned = self.texts(folder)
                    self.assertNotEqual(before, turned)
                    run("fmt", folder, "--check")
                    run("fmt", folder, "--to", first)
                    self.assert_same(before, self.texts(folder), f"{first}, {second} and back")

    def test_a_file_in_english_comes_back_from_chinese(self):
        """A file that is all in one tongue is the formatted file itself, not only what `--to` makes of it."""
        count = 0
        for path in rulebooks():
            folder = self.copy(path)
            run("fmt", folder)
            before = self.texts(folder)
            run("fmt", folder, "--to", "en")
            english = {name for name, text in self.texts(folder).items() if text == before[name]}
            run("fmt", folder, "--to", "zh")
            run("fmt", folder, "--to", "en")
            after = self.texts(folder)
            for name in english:
                self.assertEqual(before[name].decode(), after[name].decode(), name)
            count += len(english)
        self.assertGreater(count, 10)

    def answers(self, folder):
        """What a rulebook says, whatever its files are called and however their lines are spelled."""
        # Generated households are drawn by what the text says, in its order; a household that was found quotes the text.
        tests = run("test", folder, "--no-generated")
        said = [counts(run("check", folder)), re.sub(r"^  expect .*$", "  expect", tests, flags=re.MULTILINE)]
        if (folder / "households").is_dir():
            said.append(run("run", folder, "--on", ON, "--format", "csv"))
            said.append(run("run", folder, "--on", ON, "--format", "csv", "--lang", "zh"))
        return [str(text).replace(str(folder), "") for text in said]

    def test_either_tongue_says_the_same(self):
        compared = 0
        for path in rulebooks():
            if subprocess.run([juzhu, "check", str(path)], capture_output=True).returncode != 0:
                continue
            original = self.copy(path)
            before = self.answers(original)
            for tongue in ("en", "zh"):
                with self.subTest(path, tongue=tongue):
                    folder = self.copy(path)
                    run("fmt", folder, "--to", tongue)
                    if self.texts(folder) != self.texts(original):  # the same text says the same
                        self.assertEqual(before, self.answers(folder))
                    compared += 1
        self.assertGreaterEqual(compared, 4)

    def test_the_library_in_chinese_serves_rules_in_english(self):
        library = self.copy(ROOT / "stdlib")
        run("fmt", library, "--to", "zh")
        town = ROOT / "examples" / "factory_town"
        test = ("test", town, "--no-generated")
        self.assertEqual(run(*test), run(*test, "--library", library))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--juzhu", required=True)
    known, rest = parser.parse_known_args()
    juzhu = str(Path(known.juzhu).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
