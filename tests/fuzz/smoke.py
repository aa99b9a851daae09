#!/usr/bin/env python3
"""Runs a fuzz target for a short while, from all the rule files and examples that the tree has.

    python3 tests/fuzz/smoke.py build-checked/bin/fuzz_parse --seconds 20

The input that broke a target is left beside it, and the line that runs it again is printed.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_PER_INPUT = 20
MEMORY_MB = 2048
INPUT_BYTES_MAX = 16384
# Long tables of places and households say nothing new to a fuzzer.
SEED_BYTES_MAX = 32768


def seeds():
    """The texts to start from: rule and data files, and the blocks of all pages."""
    for folder in ("stdlib", "examples", "docs", "tests", "tools"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".jz", ".csv", ".json"):
                yield path.read_bytes()
            elif path.suffix == ".md":
                for block in re.findall(r"^```\w+ [^\n`]+\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL):
                    yield block.encode("utf-8")


def dictionary():
    """Every spelling of every keyword, in both tongues, as a dictionary of libFuzzer."""
    text = (ROOT / "grammar/keywords.def").read_text("utf-8")
    for english, chinese in re.findall(r'^KEYWORD\(\w+, "([^"]*)", "([^"]*)"\)', text, re.MULTILINE):
        for word in f"{english}|{chinese}".split("|"):
            if word:
                yield '"' + "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8")) + '"'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    target = options.target.resolve()

    with tempfile.TemporaryDirectory(prefix="juzhu-fuzz-") as name:
        corpus = Path(name) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seed for seed in seeds() if len(seed) <= SEED_BYTES_MAX):
            (corpus / f"seed-{number:04}").write_bytes(seed)
        words = Path(name) / "words.dict"
        words.write_text("\n".join(dictionary()) + "\n")
        code = subprocess.run(
            [target, corpus, f"-dict={words}", f"-max_total_time={options.seconds}", f"-seed={options.seed}",
             f"-timeout={SECONDS_PER_INPUT}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={INPUT_BYTES_MAX}",
             f"-artifact_prefix={target}-", "-print_final_stats=1", "-verbosity=1"],
            cwd=ROOT, check=False).returncode
    if code != 0:
        print(f"the input is kept as {target}-*; again: {target} <that file>", file=sys.stderr)
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
