"""What is said in English is said in Chinese: each say(english, chinese, …) has words of both.

    python3 tests/tidy/test_tongues.py

The compiler sees to it that a finding has two texts, and that their patterns fit the parts. It cannot see that the
second is Chinese: not a copy of the first, not left empty.
"""

import re
import unittest

from house import ROOT, HouseRule, files

FOLDERS = ("interpreter", "tools")
LITERAL = r'"(?:[^"\\]|\\.)*"'
LITERALS = rf"(?:{LITERAL}\s*)+"
SAY = re.compile(rf"\bsay\(\s*({LITERALS}),\s*({LITERALS})(?=[,)])")
AS_WRITTEN = re.compile(rf"\bas_written\(\s*({LITERALS})\)")
HAN = re.compile("[\u4e00-\u9fff]")
# Between two parts English has small words that Chinese does without, or says with a mark.
SMALL = r"\b(a|an|the|of|for|and|or|nor)\b"


def text_of(literals):
    """C++ literals side by side as one text, its placeholders taken out."""
    text = "".join(literal[1:-1] for literal in re.findall(LITERAL, literals))
    return re.sub(r"\{[^{}]*\}", "", text.replace("{{", "(").replace("}}", ")"))


def one_tongue(root):
    """Sentences of which one half is missing or is in the other's tongue."""
    found = []
    for path, name in files(root, FOLDERS, {".cpp", ".h"}):
        code = path.read_text(encoding="utf-8")
        for match in SAY.finditer(code):
            english, chinese = text_of(match[1]), text_of(match[2])
            where = f"{name}:{code.count(chr(10), 0, match.start()) + 1}"
            if re.search("[A-Za-z]", re.sub(SMALL, "", english)) and not HAN.search(chinese):
                found.append(f"{where}: no Chinese beside \"{english}\"")
            elif HAN.search(chinese) and not english.strip():
                found.append(f"{where}: no English beside \"{chinese}\"")
        for match in AS_WRITTEN.finditer(code):
            if re.search("[A-Za-z]{2}", text_of(match[1])):
                line = code.count("\n", 0, match.start()) + 1
                found.append(f"{name}:{line}: \"{text_of(match[1])}\" is said in one tongue")
    return found


class TonguesTest(HouseRule):
    rule = one_tongue

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_it_reads_the_tree(self):
        sentences = sum(len(SAY.findall(path.read_text(encoding="utf-8"))) for path, _ in files(ROOT, FOLDERS, {".cpp"}))
        self.assertGreater(sentences, 500)

    def test_a_copy_or_an_empty_half_is_found(self):
        self.assert_finds(
            {"interpreter/sema/a.cpp": 'f(say("no {} here", "no {} here", x),\n  say("again",\n      ""));',
             "tools/cli/b.cpp": 'g(say("", "没有"));'},
            "interpreter/sema/a.cpp:1: no Chinese", "interpreter/sema/a.cpp:2: no Chinese", "tools/cli/b.cpp:1: no English")

    def test_words_that_are_no_copy_of_the_source_are_found(self):
        self.assert_finds({"interpreter/a.h": 'as_written("`{`"); as_written("nothing")'},
                          'interpreter/a.h:1: "nothing"')

    def test_marks_and_parts_alone_need_no_words(self):
        self.assert_finds({"interpreter/a.cpp": 'say("`{}` {}", "`{}` {}", a, b); say(", ", "、"); say("{}", "{1}", a, b)'})

    def test_a_literal_in_pieces_is_one(self):
        self.assert_finds({"interpreter/a.cpp": 'say("one "\n  "two", "一"\n  "二")'})


if __name__ == "__main__":
    unittest.main()
