"""What the tests of this folder share: the tree, and how a rule of the house is tested.

A rule is a function from the root of a tree to a list of findings, one line each. It is tested twice: on this
repository, where it must find nothing, and on small made-up trees, where it must find what is wrong.
"""

import re
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What a build or a tool leaves in the tree.
MADE = r"(^|/)(\.|build(-[^/]*)?/|__pycache__/)"


def files(root, folders, suffixes):
    """The files under the named folders of a tree with one of the suffixes, sorted, as (path, path from the root)."""
    found = []
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and path.suffix in suffixes and not re.search(MADE, name):
                found.append((path, name))
    return found


class HouseRule(unittest.TestCase):
    """A rule's tests; `rule` is the function under test."""

    rule = None

    def findings_in(self, tree):
        """What the rule finds in a tree made of {path: text}."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return type(self).rule(Path(folder))

    def assert_finds(self, tree, *starts):
        """The rule's findings in a made-up tree start with these words, in this order."""
        found = self.findings_in(tree)
        self.assertEqual(len(found), len(starts), found)
        for finding, start in zip(found, starts):
            self.assertTrue(finding.startswith(start), f"{finding!r} does not start with {start!r}")

    def assert_tree_is_clean(self):
        found = type(self).rule(ROOT)
        if found:
            self.fail("\n" + "\n".join(found))
