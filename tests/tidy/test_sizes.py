"""Files stay readable: their length, the width of their lines, and names that say what is inside.

    python3 tests/tidy/test_sizes.py
"""

import unittest
from pathlib import Path

from house import HouseRule, files

REASONS = "tests/tidy/length_reasons.txt"
FOLDERS = ("interpreter", "grammar", "tools", "bindings", "bench", "cmake", "tests")
SOURCES = (".cpp", ".h", ".py", ".g4", ".cmake", ".def")
REASON_ABOVE_LINES = 500
NEVER_ABOVE_LINES = 800
COLUMNS_MAX = 100  # of .cpp and .h; clang-format cannot break a long string or link
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "stuff"}


def read_reasons(root):
    """{file: why it is long}, from lines `file: why`."""
    path = root / REASONS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def wrong_sizes(root):
    reasons = read_reasons(root)
    findings, long_files = [], set()
    for path, name in files(root, FOLDERS, SOURCES):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > NEVER_ABOVE_LINES:
            findings.append(f"{name}: {len(lines)} lines; split it by family of construct (at most {NEVER_ABOVE_LINES})")
        elif len(lines) > REASON_ABOVE_LINES and name not in reasons:
            findings.append(f"{name}: {len(lines)} lines; split it, or say why in {REASONS}")
        if len(lines) > REASON_ABOVE_LINES:
            long_files.add(name)
        if path.suffix in (".cpp", ".h"):
            findings += [f"{name}:{number}: {len(line)} columns (at most {COLUMNS_MAX})"
                         for number, line in enumerate(lines, start=1) if len(line) > COLUMNS_MAX]
        for part in Path(name).parts:
            if set(Path(part).stem.split("_")) & EMPTY_NAMES:
                findings.append(f"{name}: `{part}` does not say what is inside")
    findings += [f"{REASONS}: {name} is not that long, or not there" for name in sorted(set(reasons) - long_files)]
    return findings


class Sizes(HouseRule):
    rule = wrong_sizes

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_limits_are_inclusive(self):
        self.assert_finds({"interpreter/eval/a.cpp": "x\n" * 500, "interpreter/eval/b.h": "x" * 100 + "\n"})
        self.assert_finds({"interpreter/eval/a.cpp": "x\n" * 800, REASONS: "interpreter/eval/a.cpp: one table\n"})

    def test_canary_too_long(self):
        self.assert_finds({"interpreter/eval/a.cpp": "x\n" * 501}, "interpreter/eval/a.cpp: 501 lines; split it, or")
        self.assert_finds({"interpreter/eval/a.cpp": "x\n" * 801, REASONS: "interpreter/eval/a.cpp: one table\n"},
                          "interpreter/eval/a.cpp: 801 lines; split it by")

    def test_canary_too_wide(self):
        self.assert_finds({"tools/cli/a.cpp": "\n" + "x" * 101}, "tools/cli/a.cpp:2: 101 columns")

    def test_canary_reason_without_a_long_file(self):
        self.assert_finds({REASONS: "# why\ngone.cpp: one table\n"}, f"{REASONS}: gone.cpp")

    def test_canary_empty_names(self):
        self.assert_finds({"interpreter/ops/date_utils.h": "", "interpreter/common/a.cpp": ""},
                          "interpreter/common/a.cpp: `common`", "interpreter/ops/date_utils.h: `date_utils.h`")


if __name__ == "__main__":
    unittest.main()
