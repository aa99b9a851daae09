"""Each header of the interpreter opens with a paragraph that says what it is for, and is read once.

    python3 tests/tidy/test_headers.py
"""

import unittest

from house import HouseRule, files

PARAGRAPH_WORDS = 8


def wrong_headers(root):
    findings = []
    for path, name in files(root, ("interpreter", "bindings"), (".h",)):
        lines = path.read_text(encoding="utf-8").splitlines()
        words = 0
        for line in lines:
            if not line.startswith("//"):
                break
            words += len(line.removeprefix("//").split())
        if words < PARAGRAPH_WORDS:
            findings.append(f"{name}: open it with a comment that says what it is for (and who owns what, in what unit)")
        if "#pragma once" not in lines and not name.startswith("bindings/"):
            findings.append(f"{name}: `#pragma once` is missing")
    return findings


class Headers(HouseRule):
    rule = wrong_headers

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_good(self):
        self.assert_finds({"interpreter/eval/a.h": "// One case, evaluated plainly: what the rules give, and why.\n\n#pragma once\n"})

    def test_canary(self):
        self.assert_finds({"interpreter/eval/a.h": "#pragma once\n", "interpreter/eval/b.h": "// A case.\n#pragma once\n",
                           "interpreter/eval/c.h": "// One case, evaluated plainly: what the rules give, and why.\n"},
                          "interpreter/eval/a.h: open", "interpreter/eval/b.h: open", "interpreter/eval/c.h: `#pragma")


if __name__ == "__main__":
    unittest.main()
