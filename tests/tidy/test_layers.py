"""Every #include stays within what interpreter/layers.txt allows, and that list has no circle.

    python3 tests/tidy/test_layers.py
"""

import re
import unittest
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from house import HouseRule, files

LIST = "interpreter/layers.txt"
FOLDERS = ("interpreter", "tools", "bindings")
# The beginnings of the headers of each library; only these are told apart from the standard library's.
LIBRARIES = {
    "fmt": ("fmt/",),
    "json": ("nlohmann/",),
    "utf8proc": ("utf8proc.h",),
    "csv": ("csv.h",),
    "edit": ("histedit.h",),
    "cli11": ("CLI/",),
    "antlr4": ("antlr4-runtime", "tree/", "atn/", "JuzhuLexer", "JuzhuParser"),
}
# Included by bare name: what lies in grammar/ or comes from it.
BARE = ("keywords.def", "antlr4-runtime.h", "JuzhuLexer.h", "JuzhuParser.h", "JuzhuParserVisitor.h",
        "JuzhuParserBaseVisitor.h")


def read_layers(text):
    """{name or pattern: set of rooms and libraries}, in the order of the list."""
    layers = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, rights = line.split(":")
            layers[name] = set(rights.replace("|", " ").split())
    return layers


def circles(layers):
    """Lines that use a room of a later line: without such lines there can be no circle."""
    seen = set(LIBRARIES)
    for name, rights in layers.items():
        if "*" not in name:
            for right in sorted(rights - seen):
                yield f"{LIST}: {name} uses {right}, which is not a room above it"
            seen.add(name)


def room_of(name, layers):
    """The line of the list that a file belongs to, or None."""
    path = PurePosixPath(name)
    room = path.parts[1] if path.parts[0] == "interpreter" else "/".join(path.parts[:2])
    return room if room in layers else None


def rights_of(name, room, layers):
    """The rooms and libraries that a file may include."""
    inside = name.removeprefix("interpreter/")
    wider = [rights for pattern, rights in layers.items() if "*" in pattern and fnmatchcase(inside, pattern)]
    return {room}.union(layers[room], *wider)


def wanted_by(header, quoted, layers):
    """The room or library of a header; None for the standard library."""
    for library, beginnings in LIBRARIES.items():
        if header.startswith(beginnings):
            return library
    first = header.split("/")[0]
    return first if quoted and "/" in header and first in layers else None


def broken_layers(root):
    layers = read_layers((root / LIST).read_text(encoding="utf-8"))
    findings = list(circles(layers))
    for path, name in files(root, FOLDERS, (".cpp", ".h")):
        room = room_of(name, layers)
        if room is None:
            findings.append(f"{name}: its folder is not in {LIST}")
            continue
        rights = rights_of(name, room, layers)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if not match:
                continue
            header, quoted = match[2], match[1] == '"'
            if quoted and name.startswith("interpreter/") and "/" not in header and header not in BARE:
                findings.append(f'{name}:{number}: write "room/{header}", from the root of interpreter/')
            wanted = wanted_by(header, quoted, layers)
            if wanted and wanted not in rights:
                findings.append(f"{name}:{number}: {room} may not see {wanted} ({LIST})")
    return findings


class Layers(HouseRule):
    rule = broken_layers

    LIST_TEXT = ("# a comment\nbase: | fmt\nsyntax: base\nsyntax/antlr/*: | antlr4\nsema: base syntax\n"
                 "plan: base\nplan/lower*: sema\neval: base plan\ntools/cli: eval | cli11\n")

    def test_this_tree(self):
        self.assert_tree_is_clean()

    def test_allowed(self):
        self.assert_finds({
            LIST: self.LIST_TEXT,
            "interpreter/base/id.h": "#include <vector>\n#include <fmt/format.h>\n",
            "interpreter/syntax/antlr/convert.cpp": '#include "antlr4-runtime.h"\n#include "JuzhuParser.h"\n',
            "interpreter/syntax/keywords.cpp": '#include "keywords.def"\n',
            "interpreter/plan/lower_rules.cpp": '#include "sema/program.h"\n#include "plan/plan.h"\n',
            "tools/cli/run.cpp": '#include "eval/outcome.h"\n#include <CLI/CLI.hpp>\n#include "cli/run.h"\n',
            "build/interpreter/eval/old.cpp": '#include "sema/program.h"\n',
        })

    def test_canary_each_wrong_include_is_found(self):
        for name, line in {
            "interpreter/eval/case.cpp": '#include "sema/program.h"',
            "interpreter/plan/print.cpp": '  #  include "sema/program.h"',
            "interpreter/syntax/parse.cpp": "#include <antlr4-runtime.h>",
            "interpreter/sema/check.cpp": '#include "JuzhuParser.h"',
            "interpreter/base/id.h": '#include "eval/outcome.h"',
            "tools/cli/run.cpp": '#include "plan/plan.h"',
        }.items():
            with self.subTest(name):
                self.assert_finds({LIST: self.LIST_TEXT, name: f"// Comment.\n{line}\n"}, f"{name}:2: ")

    def test_canary_unknown_folder_and_bare_name(self):
        self.assert_finds({LIST: self.LIST_TEXT, "interpreter/newroom/a.cpp": "", "interpreter/eval/b.h": '#include "c.h"\n'},
                          "interpreter/eval/b.h:1: write", "interpreter/newroom/a.cpp: its folder")

    def test_canary_circle(self):
        self.assert_finds({LIST: "base: sema\nsema: base\n"}, f"{LIST}: base uses sema")


if __name__ == "__main__":
    unittest.main()
