"""Relative links of all pages lead somewhere, and the files that docs/adding.md sends people to are there.

    python3 tests/tidy/test_links.py
"""

import re
import unittest

from house import HouseRule, files

ADDING = "docs/adding.md"


def without_blocks(text):
    """A page without its fenced blocks and the code in its lines."""
    text = re.sub(r"^(```+).*?^\1`*\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors_of(text):
    """The anchors that a page's headings make, as GitHub spells them."""
    headings = re.findall(r"^#+ +(.*?) *$", re.sub(r"^(```+).*?^\1`*\s*$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(root):
    findings = []
    for path, name in files(root, ("",), (".md",)):
        for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(path.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            end = path if not file else (path.parent / file).resolve()
            if not end.exists():
                findings.append(f"{name}: no {target}")
            elif anchor and end.suffix == ".md" and anchor not in anchors_of(end.read_text(encoding="utf-8")):
                findings.append(f"{name}: no heading for {target}")
    return findings + missing_files_to_add_to(root)


def missing_files_to_add_to(root):
    """Paths in back quotes in docs/adding.md; `<name>` in one stands for any name."""
    page = root / ADDING
    if not page.exists():
        return []
    findings = []
    for target in re.findall(r"`([\w.<>*-]+(?:/[\w.<>*-]+)+/?)`", page.read_text(encoding="utf-8")):
        if not any(root.glob(re.sub(r"<[^>]*>", "*", target))):
            findings.append(f"{ADDING}: no {target}")
    return findings


class Links(HouseRule):
    rule = broken_links

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_good(self):
        self.assert_finds({
            "README.md": "[a](docs/a.md#two-words) [b](https://example.org/x) [c](docs/) `[d](no)`\n```\n[e](no)\n```\n",
            "docs/a.md": "# One\n## Two words\n[up](../README.md) [here](#one)\n",
            ADDING: "`interpreter/ops/<family>.cpp` and `interpreter/ops/`\n",
            "interpreter/ops/dates.cpp": "",
        })

    def test_canary(self):
        self.assert_finds({"README.md": "[a](docs/a.md) [b](b.md#three)\n", "b.md": "# Two\n", ADDING: "`interpreter/ops/x.def`\n"},
                          "README.md: no docs/a.md", "README.md: no heading for b.md#three", f"{ADDING}: no interpreter/ops/x.def")


if __name__ == "__main__":
    unittest.main()
