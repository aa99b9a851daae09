"""Types into `juzhu repl` at a terminal: what no pipe can show.

    python3 tests/terminal/test_repl.py build/bin/juzhu

Completion, history across starts, Chinese under the cursor, lines that go on, Ctrl-C on a running question and on a
line, Ctrl-D, colour and NO_COLOR. The program runs in a pseudo-terminal of 80 columns; every wait has an end.
"""

import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import time
import unittest
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(ROOT / "build" / "bin" / "juzhu")
SECONDS = 30
UP, TAB, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\t", "\r", "\x03", "\x04"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][B0]?")


class Terminal:
    """The command at a terminal, and all it has written so far."""

    def __init__(self, state, arguments=("examples/factory_town", "--on", "2024-05-01"), **environment):
        self.written = ""
        self.seen = 0
        self.code = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update({"TERM": "xterm", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": state, **environment})
            os.execv(COMMAND, ["juzhu", "repl", *arguments])
        ioctl(self.fd, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, seconds):
        """What comes within a time; nothing more if the program has ended."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            more = os.read(self.fd, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.written += more.decode(errors="replace")
        return bool(more)

    def plain(self):
        return ESCAPES.sub("", self.written)

    def expect(self, text):
        """Waits until the text is written after what was expected before."""
        end = time.monotonic() + SECONDS
        while text not in self.plain()[self.seen :]:
            left = end - time.monotonic()
            if left <= 0 or not self.read(left):
                raise AssertionError(f"`{text}` was not written; since then:\n{self.plain()[self.seen:]}")
        self.seen += self.plain()[self.seen :].index(text) + len(text)

    def prompt(self):
        """Waits for the next prompt, and for the terminal to be the line editor's, a moment later."""
        self.expect("2024-05-01> ")
        time.sleep(0.3)

    def wait(self):
        """The exit code, once the program ends by itself."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            self.read(0.1)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
        raise AssertionError("it did not end")

    def close(self):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


class TerminalTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = folder.name

    def start(self, *arguments, **environment):
        terminal = Terminal(self.state, *arguments, **environment)
        self.addCleanup(terminal.close)
        terminal.prompt()
        return terminal

    def test_the_only_choice_is_put_in(self):
        terminal = self.start()
        terminal.type("case Li in Shenzhen.Baoa" + TAB)
        terminal.type(ENTER)
        terminal.expect("Li · Shenzhen.Baoan · 1 May 2024")
        terminal.type("child Mei: bor" + TAB + "2018-02-11" + ENTER)
        terminal.expect("birth date: 11 February 2018")
        terminal.type("why vacc" + TAB + ENTER)
        terminal.expect("granted")

    def test_several_choices_are_shown(self):
        terminal = self.start()
        terminal.type("rules in force for " + TAB)
        terminal.expect("compulsory_schooling")
        terminal.expect("rules in force for ")  # the line is there again
        self.assertIn("vaccination", terminal.plain())

    def test_chinese_is_edited_and_completed(self):
        terminal = self.start(("examples/factory_town", "--on", "2024-05-01", "--lang", "zh"))
        terminal.type("案例李家在深圳.宝" + TAB + ENTER)
        terminal.expect("李家 · 深圳.宝安 · 2024年5月1日")
        # One character back over 小梅, not one byte.
        terminal.type("孩子小梅妹\x7f：出生2018年2月11日" + ENTER)
        terminal.expect("小梅\r\n  出生日期：2018年2月11日")

    def test_history_across_starts(self):
        first = self.start()
        first.type("help undo" + ENTER)
        first.expect("takes back the last change")
        first.type("quit" + ENTER)
        self.assertEqual(first.wait(), 0)
        history = Path(self.state) / "juzhu" / "history"
        self.assertEqual(history.stat().st_mode & 0o077, 0, "the history is for its owner's eyes only")
        second = self.start()
        second.type(UP + UP)
        second.expect("help undo")
        second.type(ENTER)
        second.expect("takes back the last change")

    def test_a_line_goes_on_until_it_is_whole(self):
        terminal = self.start()
        terminal.type("child Mei: born 2018-02-11," + ENTER)
        terminal.expect("… ")
        terminal.type("hukou Hunan.Shaoyang" + ENTER)
        terminal.expect("hukou: ")

    def test_ctrl_c_ends_a_question_and_not_the_program(self):
        terminal = self.start()
        terminal.type("child Mei: born 2024-01-01, permit since 2024-02-03" + ENTER)
        terminal.expect("birth date")
        # Somewhere in a province: every place of the rulebook in it on every day of a childhood.
        terminal.type("timeline at Guangdong" + ENTER)
        terminal.expect("timeline at Guangdong")
        time.sleep(1)
        terminal.type(CTRL_C)
        terminal.expect("Stopped.")
        terminal.prompt()
        terminal.type("help undo" + ENTER)
        terminal.expect("takes back the last change")

    def test_ctrl_c_drops_a_line(self):
        terminal = self.start()
        terminal.type("nonsense that is dropped")
        terminal.expect("dropped")
        terminal.type(CTRL_C)
        terminal.prompt()
        terminal.type("help undo" + ENTER)
        terminal.expect("takes back the last change")
        self.assertNotIn("error", terminal.plain())

    def test_ctrl_d_leaves(self):
        terminal = self.start()
        terminal.type(CTRL_D)
        self.assertEqual(terminal.wait(), 0)

    def test_colour_unless_it_is_not_wanted(self):
        for environment, colour in (({}, True), ({"NO_COLOR": "1"}, False)):
            terminal = self.start(**environment)
            terminal.type("nonsense" + ENTER)
            terminal.expect("a line does not begin with")
            self.assertEqual("\x1b[1;31m" in terminal.written or "\x1b[31" in terminal.written, colour, environment)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        COMMAND = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
