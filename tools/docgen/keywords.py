#!/usr/bin/env python3
"""Writes the pages of docs/language/ that are made from grammar/: keywords.md and grammar.md.

    tools/docgen/keywords.py            writes them
    tools/docgen/keywords.py --check    says which are out of date, exit code 1 if any
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = "grammar/keywords.def"
PARSER = "grammar/JuzhuParser.g4"
LEXER = "grammar/JuzhuLexer.g4"
MADE_BY = "<!-- Written by tools/docgen/keywords.py from {}; do not edit. -->"
PUNCTUATION = r"^(\w+)\s*:\s*'((?:[^'\\]|\\.)+)'\s*(?:\||;)"


@dataclass
class Keyword:
    token: str
    english: list[str]
    chinese: list[str]


def keywords_of(text):
    """The keywords in the order of their table."""
    rows = re.findall(r'^KEYWORD\((\w+), "([^"]*)", "([^"]*)"\)', text, re.MULTILINE)
    return [Keyword(token, [word for word in en.split("|") if word], zh.split("|")) for token, en, zh in rows]


def rules_of(text):
    """The rules of the parser as (name, text), in order, with the comment line that begins each part."""
    body = text.split("options {", 1)[1].split("}", 1)[1]
    parts, title = [], "File"
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = block.splitlines()
        comments = [line[3:] for line in lines if line.startswith("// ")]
        if comments:
            title = comments[0].rstrip(".")
        rules = re.findall(r"^(\w+)\s*:\s*(.*?)\s;", "\n".join(re.sub(r"\s*//.*", "", line) for line in lines),
                           re.MULTILINE | re.DOTALL)
        if rules:
            parts.append((title, [(name, re.sub(r"\s+", " ", rule)) for name, rule in rules if name != "keyword"]))
    return [part for part in parts if part[1]]


def spelled(words):
    return ", ".join(f"`{word}`" for word in words) or "—"


def keywords_page(root):
    keywords = keywords_of((root / KEYWORDS).read_text(encoding="utf-8"))
    parts = rules_of((root / PARSER).read_text(encoding="utf-8"))
    lines = ["# Keywords", "", MADE_BY.format(KEYWORDS), "",
             f"All {len(keywords)} keywords, in both tongues. Where several spellings stand, any may be written; the first is usual. The last",
             "column names the rules of the [grammar](grammar.md) that use the word. After `'s`, `has` and `lacks`, and as the name of a fact,",
             "any of them may be a name.", "",
             "| English | Chinese | in the grammar |", "| --- | --- | --- |"]
    for keyword in keywords:
        users = [name for _, rules in parts for name, rule in rules if re.search(rf"\b{keyword.token}\b", rule)]
        lines.append(f"| {spelled(keyword.english)} | {spelled(keyword.chinese)} | {spelled(users)} |")
    return "\n".join(lines) + "\n"


def punctuation_of(text):
    """The first spelling of each token that is a mark: COLON is `:`."""
    return {token: mark.replace("\\'", "'") for token, mark in re.findall(PUNCTUATION, text, re.MULTILINE)}


def readable(rule, words):
    """A rule with its tokens as they are written: `'grants' NAME (',' NAME)*`."""
    return re.sub(r"\b[A-Z][A-Z_]+\b", lambda token: words.get(token[0], token[0]), rule)


def folded(name, rule, width=116):
    """A rule in lines of at most this width."""
    lines, line = [], f"{name} :"
    for piece in rule.split(" "):
        if len(line) + 1 + len(piece) > width:
            lines.append(line)
            line = "   "
        line += " " + piece
    return lines + [line]


def grammar_page(root):
    keywords = keywords_of((root / KEYWORDS).read_text(encoding="utf-8"))
    marks = punctuation_of((root / LEXER).read_text(encoding="utf-8"))
    words = {token: f'"{mark}"' if "'" in mark else f"'{mark}'" for token, mark in marks.items()}
    words |= {keyword.token: f"'{(keyword.english or keyword.chinese)[0]}'" for keyword in keywords}
    words["LIST_LBRACE"] = "'{'"
    lines = ["# Grammar", "", MADE_BY.format("grammar/"), "",
             "The grammar of a rule file as it is built. A quoted word stands for both its spellings ([keywords](keywords.md)); `?`, `*`, `+` and `|` are",
             "none or one, any number, one or more, and or. Line breaks and indentation mean nothing. NAME, NUMBER, STRING, DATE, MONTH and",
             "MONTH_DAY are written as [both tongues](tongues.md) says."]
    for title, rules in rules_of((root / PARSER).read_text(encoding="utf-8")):
        lines += ["", f"## {title}", "", "```"]
        for name, rule in rules:
            lines += folded(name, readable(rule, words))
        lines.append("```")
    lines += ["", "`property` is a NAME or any keyword."]
    return "\n".join(lines) + "\n"


PAGES = {"docs/language/keywords.md": keywords_page, "docs/language/grammar.md": grammar_page}


def stale_pages(root):
    """One line for each page that is not what its sources make."""
    findings = []
    for name, make in PAGES.items():
        page = root / name
        if not page.exists() or page.read_text(encoding="utf-8") != make(root):
            findings.append(f"{name}: out of date, run tools/docgen/keywords.py")
    return findings


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a page is out of date")
    options = parser.parse_args(arguments)
    stale = stale_pages(ROOT)
    if options.check:
        print("\n".join(stale) or "up to date")
        return 1 if stale else 0
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(ROOT), encoding="utf-8")
    print(f"wrote {', '.join(PAGES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
