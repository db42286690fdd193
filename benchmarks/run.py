"""Runs all benchmarks one after the other, keeps what they print and makes the table of docs/benchmarks.md from it.

usage: python benchmarks/run.py [NAME ...]      without names: all
"""

import subprocess
import sys
import time
from pathlib import Path

NAMES = ("calls", "fields", "write_rate", "panel", "intake", "claims")
HERE = Path(__file__).parent


def main() -> None:
    for name in sys.argv[1:] or NAMES:
        began = time.monotonic()
        done = subprocess.run([sys.executable, HERE / f"{name}.py"], stdout=subprocess.PIPE, text=True, check=True)
        print(done.stdout, end="")
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        (HERE / "results" / f"{name}.jsonl").write_text(done.stdout)
    subprocess.run([sys.executable, HERE / "table.py"], check=True)


if __name__ == "__main__":
    main()
