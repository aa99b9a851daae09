"""Each diagnostic code has a page in docs/errors/ that shows it, in a transcript that the page runner holds true.

    python3 tests/tidy/test_codes.py
"""

import re
import unittest

from house import HouseRule

LIST = "interpreter/diag/codes.def"
PAGES = "docs/errors"


def codes_without_pages(root):
    codes = re.findall(r'^JUZHU_CODE\(\w+,\s*"([a-z0-9-]+)"', (root / LIST).read_text(encoding="utf-8"), re.MULTILINE)
    findings = [] if codes else [f"{LIST}: no code found"]
    for code in codes:
        page = root / PAGES / f"{code}.md"
        if not page.exists():
            findings.append(f"{LIST}: `{code}` has no page {PAGES}/{code}.md")
            continue
        transcripts = re.findall(r"^```+ *console *$(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        if not any(f"[{code}]" in transcript for transcript in transcripts):
            findings.append(f"{PAGES}/{code}.md: no transcript shows `[{code}]`")
    for page in sorted((root / PAGES).glob("*.md")):
        if page.stem not in codes and page.stem != "README":
            findings.append(f"{PAGES}/{page.name}: {LIST} has no such code")
    return findings


class Codes(HouseRule):
    rule = codes_without_pages

    CODE = 'JUZHU_CODE(UnknownName, "unknown-name", kError, "a name")\n'
    SHOWN = "# Title\n```console\n$ juzhu check .\nerror[unknown-name]: no such name\n```\n"

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_good(self):
        self.assert_finds({LIST: self.CODE, f"{PAGES}/unknown-name.md": self.SHOWN, f"{PAGES}/README.md": ""})

    def test_canary(self):
        self.assert_finds({LIST: self.CODE}, f"{LIST}: `unknown-name` has no page")
        self.assert_finds({LIST: self.CODE, f"{PAGES}/unknown-name.md": "error[unknown-name]\n```console\n$ true\n```\n"},
                          f"{PAGES}/unknown-name.md: no transcript")
        self.assert_finds({LIST: self.CODE, f"{PAGES}/unknown-name.md": self.SHOWN, f"{PAGES}/old-name.md": ""},
                          f"{PAGES}/old-name.md: {LIST} has no such code")
        self.assert_finds({LIST: "// nothing\n"}, f"{LIST}: no code")


if __name__ == "__main__":
    unittest.main()
