"""Tests the page runner, on pages and a command made for it.

    python3 tests/pages/test_run_pages.py
"""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import run_pages

COMMAND = """#!/bin/sh
[ "$1" = count ] && wc -l < "$2" && exit 0
echo "error: no $1" >&2
exit 2
"""


class RunPages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.juzhu = self.folder / "bin/juzhu"
        self.juzhu.parent.mkdir()
        self.juzhu.write_text(COMMAND)
        self.juzhu.chmod(0o755)

    def run_page(self, text, *options):
        """The exit code and the output of the runner on a page of this text."""
        self.page = self.folder / "page.md"
        self.page.write_text(text)
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = run_pages.main([str(self.page), "--juzhu", str(self.juzhu), *options])
        return code, output.getvalue()

    def passes(self, text):
        code, output = self.run_page(text)
        self.assertEqual(code, 0, output)
        self.assertIn("1 passed, 0 failed", output)

    def test_files_and_commands(self):
        self.passes("# Title\n```jz rules/main.jz\none\ntwo\n```\n"
                    "```console\n$ juzhu count rules/main.jz\n2\n$ echo a &&\n> echo b\na\nb\n```\n")

    def test_exit_code_and_both_streams(self):
        self.passes("```console\n$ juzhu fly\nerror: no fly\n[exit 2]\n$ false | true\n[exit 1]\n```\n")

    def test_any_lines(self):
        self.passes("```console\n$ seq 9\n1\n...\n8\n9\n$ seq 3\n1\n2\n3\n...\n```\n")

    def test_other_blocks_are_left_alone(self):
        self.passes("```sh\nexit 9\n```\n```jz\nsnippet\n```\n````md\n```console\n$ false\n```\n````\n"
                    "```console\n$ ls\n```\n")

    def test_places_do_not_show(self):
        self.passes("```console\n$ echo $PWD/x $JUZHU_ROOT/y\n./x $JUZHU_ROOT/y\n$ date +%Z\nUTC\n```\n")

    def test_pages_do_not_share_a_folder(self):
        self.passes("```txt left\n\n```\n```console\n$ ls\nleft\n```\n")
        self.passes("```console\n$ ls\n```\n")

    def test_canary_wrong_expectation_fails_and_update_repairs_it(self):
        wrong = "Before\n```console\n$ seq 3\n1\n$ echo kept\nkept\n$ juzhu fly\n```\nAfter\n"
        code, output = self.run_page(wrong)
        self.assertEqual(code, 1)
        self.assertIn("page.md:3 (expected)", output)
        self.assertIn("+3", output)
        self.assertIn("--update", output)
        self.assertIn("0 passed, 1 failed", output)
        self.assertEqual(self.page.read_text(), wrong)

        code, _ = self.run_page(wrong, "--update")
        self.assertEqual(code, 0)
        repaired = self.page.read_text()
        self.assertEqual(repaired, "Before\n```console\n$ seq 3\n1\n2\n3\n$ echo kept\nkept\n"
                                   "$ juzhu fly\nerror: no fly\n[exit 2]\n```\nAfter\n")
        self.passes(repaired)

    def test_update_keeps_any_lines_only_where_they_match(self):
        self.run_page("```console\n$ seq 4\n1\n...\n4\n$ seq 2\n...\n9\n```\n", "--update")
        self.assertEqual(self.page.read_text(), "```console\n$ seq 4\n1\n...\n4\n$ seq 2\n1\n2\n```\n")

    def test_missing_output_and_lost_exit_code_fail(self):
        for wrong in ("$ true\nwords", "$ false", "$ echo a\na\n[exit 1]", "$ echo a\n", "$ seq 2\n...\n1"):
            self.assertEqual(self.run_page(f"```console\n{wrong}\n```\n")[0], 1, wrong)

    def test_broken_pages_fail_and_are_not_updated(self):
        for broken in ("```console\n$ true\n", "```console\nwords\n```\n", "```txt ../x\n```\n```console\n$ true\n```\n"):
            self.assertEqual(self.run_page(broken, "--update")[0], 1, broken)
            self.assertEqual(self.page.read_text(), broken)

    def test_nothing_to_run_is_an_error(self):
        self.assertEqual(self.run_page("no transcript\n")[0], 2)
        self.assertEqual(self.run_page("````md\n```console\n$ false\n```\n````\n")[0], 2)
        self.assertEqual(self.run_page("```console\n$ true\n```\n", "--filter", "elsewhere")[0], 2)

    def test_a_command_that_hangs_is_stopped(self):
        lines = run_pages.run_command("echo a; sleep 60 & wait", self.folder, self.juzhu, seconds=0.5)
        self.assertEqual(lines, ["a", "[stopped after 0.5 s]"])


if __name__ == "__main__":
    unittest.main()
