#!/usr/bin/env python3
"""Runs Markdown pages as tests: what a page shows must be what happens.

A page's fenced blocks are taken in order, in an empty folder of the page's own:

    ```jz main.jz       a language and a file name: the block is written to that file
    ```console          a transcript: `$ ` starts a command, `> ` continues it, the lines below are its output

Output is both streams as one, then `[exit N]` unless N is 0. A line `...` stands for any number of lines. The folder
shows as `.` and the repository as `$JUZHU_ROOT`, which commands may use too. All other blocks are left alone.
"""

import argparse
import difflib
import os
import re
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND_SECONDS = 60
ANY_LINES = "..."


@dataclass
class Block:
    """A fenced block: its info string in words, and its lines as page[begin:end]."""

    info: list[str]
    begin: int
    end: int


@dataclass
class Command:
    """A command of a transcript, and its expected output as page[begin:end]."""

    text: str
    line: int
    begin: int
    end: int


@dataclass
class Result:
    """What running a page gave; `page` holds its lines with the actual output in place of the expected."""

    path: Path
    failures: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    broken: bool = False  # no transcript can be read from it, so none can be updated


class PageError(Exception):
    """A page that cannot be run."""


def blocks_of(page):
    """The fenced blocks of a page, in order."""
    found, fence = [], None
    for index, line in enumerate(page):
        match = re.match(r"(`{3,})([^`]*)$", line)
        if fence is None and match:
            fence = match[1]
            found.append(Block(match[2].split(), index + 1, index + 1))
        elif fence and match and len(match[1]) >= len(fence) and not match[2].strip():
            found[-1].end = index
            fence = None
    if fence:
        raise PageError(f"line {found[-1].begin}: the block is never closed")
    return found


def commands_of(page, block):
    """The commands of a transcript, in order."""
    found, continues = [], False
    for index in range(block.begin, block.end):
        line = page[index]
        if line.startswith("$ "):
            found.append(Command(line[2:], index, index + 1, index + 1))
            continues = True
        elif not found:
            raise PageError(f"line {index + 1}: a transcript starts with `$ ` and a command")
        elif continues and line.startswith("> "):
            found[-1].text += "\n" + line[2:]
            found[-1].begin = found[-1].end = index + 1
        else:
            continues = False
            found[-1].end = index + 1
    return found


def matches(expected, actual):
    """Whether the lines are equal, `...` standing for any number of lines."""
    if ANY_LINES not in expected:
        return expected == actual
    pattern = "".join(r"(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def environment(juzhu, folder):
    """The same for every user and machine, beyond what a program needs to start at all."""
    return {
        **os.environ,
        "PATH": f"{juzhu.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(folder),
        "JUZHU_ROOT": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "NO_COLOR": "1",
        "COLUMNS": "100",
    }


def run_command(text, folder, juzhu, seconds=COMMAND_SECONDS):
    """The lines a command prints, and its exit code where that is not 0."""
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", text], cwd=folder, env=environment(juzhu, folder),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=seconds)
        ending = f"[exit {process.returncode}]" if process.returncode else None
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the command and all it started
        output, _ = process.communicate()
        ending = f"[stopped after {seconds} s]"
    shown = output.decode("utf-8", errors="backslashreplace")
    shown = shown.replace(str(folder), ".").replace(str(ROOT), "$JUZHU_ROOT")
    lines = shown.removesuffix("\n").split("\n") if shown else []
    return lines + [ending] if ending else lines


def write_file(folder, name, lines):
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise PageError(f"`{name}` is outside the page's folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def shown_path(path):
    return os.path.relpath(path, ROOT) if path.is_relative_to(ROOT) else str(path)


def run_page(path, juzhu):
    """Runs a page from its first block to its last; a failure does not stop the rest."""
    page = path.read_text(encoding="utf-8").split("\n")
    result = Result(path)
    done = 0  # lines of the page already copied to the result
    with tempfile.TemporaryDirectory(prefix="juzhu-page-") as name:
        folder = Path(name).resolve()
        try:
            for block in blocks_of(page):
                if block.info == ["console"]:
                    for command in commands_of(page, block):
                        expected = page[command.begin:command.end]
                        actual = run_command(command.text, folder, juzhu)
                        if matches(expected, actual):
                            continue
                        place = f"{shown_path(path)}:{command.line + 1}"
                        result.failures.append("\n".join(difflib.unified_diff(
                            expected, actual, f"{place} (expected)", f"{place} (actual)", lineterm="")))
                        result.page += page[done:command.begin] + actual
                        done = command.end
                elif len(block.info) == 2:
                    write_file(folder, block.info[1], page[block.begin:block.end])
        except PageError as error:
            result.failures.append(f"{shown_path(path)}: {error}")
            result.broken = True
    result.page += page[done:]
    return result


def has_transcript(path):
    try:
        return any(block.info == ["console"] for block in blocks_of(path.read_text(encoding="utf-8").split("\n")))
    except PageError:
        return True  # running it will say what is wrong


def pages_under(paths, wanted):
    """The pages named or in the folders named that have a transcript, each once, sorted."""
    found = set()
    for path in paths:
        if not path.exists():
            raise PageError(f"{path}: no such page or folder")
        found.update(path.rglob("*.md") if path.is_dir() else [path])
    return sorted(page.resolve() for page in found if wanted in str(page) and has_transcript(page))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="pages, or folders of pages")
    parser.add_argument("--juzhu", type=Path, default=ROOT / "build/bin/juzhu", help="the command to test")
    parser.add_argument("--update", action="store_true", help="write the actual output into the pages")
    parser.add_argument("--filter", default="", metavar="TEXT", help="only pages with TEXT in their path")
    options = parser.parse_args(arguments)

    try:
        pages = pages_under(options.paths, options.filter)
        if not pages:
            raise PageError("no page with a transcript here")
        juzhu = options.juzhu.resolve(strict=True)
    except (PageError, OSError) as error:
        print(f"run_pages: {error}", file=sys.stderr)
        return 2

    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(lambda page: run_page(page, juzhu), pages):
            if not result.failures:
                continue
            if options.update and not result.broken:
                result.path.write_text("\n".join(result.page), encoding="utf-8")
                print(f"updated {shown_path(result.path)}")
                continue
            failed += 1
            print("\n\n".join(result.failures))
            command = f"tests/pages/run_pages.py --juzhu {shown_path(juzhu)} {shown_path(result.path)}"
            print(f"\nagain: {command}\nif the new output is right: {command} --update\n")
    print(f"{len(pages) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
