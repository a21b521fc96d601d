"""How much sooner a rebuild is done when nothing has changed, and when only the index has.

    python bench/rebuild_again.py [SOURCE] [--workers N] [--runs 3]

First from nothing; then with nothing changed, which is looked over and kept; then with `--force`, as after a
change of the schema: every article is written anew, and none is tagged again. Each is a process of its own,
Python's start included; of the latter two the median of some runs counts, since others may use the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from report import RUNS, machine

ROOT = Path(__file__).parent.parent
SOURCE = ROOT.parent / "shared" / "corpora" / "reuters.jsonl.gz"
UNCHANGED, FORCED = 20.0, 5.0
"""How many times as fast as the first each must be."""


def main() -> None:
    """Print the seconds and ratios, store them, and exit with 1 when one is below what it must be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", nargs="?", type=Path, default=SOURCE)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-again-") as folder:
        command = [
            "rebuild",
            str(asked.source),
            "--index",
            f"{folder}/index",
            "--workers",
            str(asked.workers),
        ]
        first = seconds(command)
        kept = median(seconds(command) for _ in range(asked.runs))
        forced = median(seconds([*command, "--force"]) for _ in range(asked.runs))
    about = machine()
    lines = [
        f"# Rebuilding {asked.source.name} again",
        "",
        f"`python bench/rebuild_again.py {' '.join(sys.argv[1:])}`",
        "",
        f"{about['date']}, {about['processor']}, {about['cores']} cores, Python {about['python']}",
        "",
        "| rebuild | seconds | first ÷ this | must be |",
        "|---|---:|---:|---:|",
        f"| first | {first:.1f} | | |",
        f"| nothing changed | {kept:.1f} | {first / kept:.1f} | {UNCHANGED:g} |",
        f"| from the cache | {forced:.1f} | {first / forced:.1f} | {FORCED:g} |",
        "",
    ]
    told = "\n".join(lines)
    print(told)
    (RUNS / f"again-{about['date'][:10]}-{asked.source.name.partition('.')[0]}.md").write_text(told, "utf-8")
    sys.exit(first / kept < UNCHANGED or first / forced < FORCED)


def seconds(arguments: list[str]) -> float:
    """Return how long a command takes."""
    program = "from search.commands import main; main()"
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - started


if __name__ == "__main__":
    main()
