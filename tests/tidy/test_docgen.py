"""The pages of the language that are made from grammar/ are what tools/docgen/keywords.py makes now.

    python3 tests/tidy/test_docgen.py
"""

import sys
import unittest

from house import ROOT, HouseRule

sys.path.insert(0, str(ROOT / "tools/docgen"))
import keywords as docgen  # noqa: E402


class Pages(HouseRule):
    rule = docgen.stale_pages

    GRAMMAR = {
        "grammar/keywords.def": '// words\nKEYWORD(RULE, "rule", "规则")\nKEYWORD(ORDINAL, "", "第")\nKEYWORD(NO, "no", "没有|否")\n',
        "grammar/JuzhuLexer.g4": "COLON : ':' | '：' ;\n",
        "grammar/JuzhuParser.g4": "parser grammar P;\noptions { tokenVocab = L; }\n\n// Rules\nruleDecl : RULE NAME COLON NO? ;   // a note\n",
    }

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_canary(self):
        self.assert_finds(self.GRAMMAR | {"docs/language/keywords.md": "old\n"},
                          "docs/language/keywords.md: out of date", "docs/language/grammar.md: out of date")

    def test_what_they_say(self):
        keywords = docgen.keywords_of(self.GRAMMAR["grammar/keywords.def"])
        self.assertEqual([(keyword.token, keyword.english) for keyword in keywords],
                         [("RULE", ["rule"]), ("ORDINAL", []), ("NO", ["no"])])
        parts = docgen.rules_of(self.GRAMMAR["grammar/JuzhuParser.g4"])
        self.assertEqual(parts, [("Rules", [("ruleDecl", "RULE NAME COLON NO?")])])
        self.assertEqual(docgen.readable("RULE NAME COLON NO?", {"RULE": "'rule'", "COLON": "':'", "NO": "'no'"}),
                         "'rule' NAME ':' 'no'?")

    def test_every_keyword_and_rule_is_there(self):
        text = (ROOT / "docs/language/keywords.md").read_text(encoding="utf-8")
        for keyword in docgen.keywords_of((ROOT / docgen.KEYWORDS).read_text(encoding="utf-8")):
            self.assertIn(docgen.spelled(keyword.chinese), text)
        text = (ROOT / "docs/language/grammar.md").read_text(encoding="utf-8")
        for name in ("file", "ruleDecl", "expr", "tableOtherwise"):
            self.assertIn(f"\n{name} :", text)


if __name__ == "__main__":
    unittest.main()
