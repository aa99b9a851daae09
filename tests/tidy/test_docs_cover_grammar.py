"""Every keyword of the language is shown on some page of docs/language/, in an example or in back quotes.

A keyword counts in either tongue. The pages made from the grammar itself, keywords.md and grammar.md, do not count.

    python3 tests/tidy/test_docs_cover_grammar.py
"""

import re
import sys
import unittest

from house import ROOT, HouseRule

sys.path.insert(0, str(ROOT / "tools/docgen"))
import keywords as docgen  # noqa: E402

PAGES = "docs/language"
MADE = ("keywords.md", "grammar.md")


def shown_on(text):
    """The examples in the language on a page, and what stands in back quotes on it."""
    blocks = re.findall(r"^```jz[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join(without_remarks(block) for block in blocks) + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", prose))


def without_remarks(block):
    """An example without its texts and comments, in which any word may stand."""
    return re.sub(r"#[^\n]*", "", re.sub(r'"[^"\n]*"|“[^”\n]*”', '""', block))


def is_shown(keyword, shown):
    for word in keyword.english:
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)".replace(r"\ ", r"\s+"), shown):
            return True
    return any(word in shown for word in keyword.chinese)


def keywords_not_shown(root):
    pages = [page for page in sorted((root / PAGES).glob("*.md")) if page.name not in MADE]
    shown = "\n".join(shown_on(page.read_text(encoding="utf-8")) for page in pages)
    keywords = docgen.keywords_of((root / docgen.KEYWORDS).read_text(encoding="utf-8"))
    return [f"{docgen.KEYWORDS}: {keyword.token} ({docgen.spelled(keyword.english + keyword.chinese)}) is on no page of {PAGES}"
            for keyword in keywords if not is_shown(keyword, shown)]


class PagesCoverTheGrammar(HouseRule):
    rule = keywords_not_shown

    KEYWORDS = 'KEYWORD(KEPT, "kept", "不转普通")\nKEYWORD(OPEN_FIRST, "open first", "先普通")\nKEYWORD(ORDINAL, "", "第")\n'

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_good(self):
        self.assert_finds({docgen.KEYWORDS: self.KEYWORDS,
                           f"{PAGES}/a.md": "say `kept`\n```jz a.jz\nopen  first\n依据 法 第3条\n```\n"})

    def test_canary(self):
        self.assert_finds({docgen.KEYWORDS: self.KEYWORDS,
                           f"{PAGES}/a.md": 'kept `keptx`\n```console\nopen first\n```\n```jz a.jz\nnote "open first" # 第\n```\n',
                           f"{PAGES}/keywords.md": "`kept` `open first` `第`\n"},
                          f"{docgen.KEYWORDS}: KEPT", f"{docgen.KEYWORDS}: OPEN_FIRST", f"{docgen.KEYWORDS}: ORDINAL")


if __name__ == "__main__":
    unittest.main()
