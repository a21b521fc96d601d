"""Whether an update gives what a rebuild gives, over many random histories of edits.

    python bench/histories.py [--histories 500] [--processes 2]

Files are added, changed, removed, renamed, copied and touched, lines put before others, articles given
the same ids, and tags.toml edited; after each step everything that the two indexes answer is compared.
The histories are those of tests/indexer/test_update.py, which tries a few of them: seed n is history n.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLAIM = "test_an_update_is_a_rebuild_whatever_was_edited"


def main() -> None:
    """Try the histories, a share of them in each process, and exit with 1 if one differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--histories", type=int, default=500)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    started = time.monotonic()
    shares = [run(at, asked.histories, asked.processes) for at in range(asked.processes)]
    failed = [share.wait() for share in shares]
    print(
        f"{asked.histories} histories in {time.monotonic() - started:.0f} s",
        "differ" if any(failed) else "agree",
    )
    sys.exit(any(failed))


def run(at: int, histories: int, processes: int) -> subprocess.Popen[bytes]:
    """Start every n-th history from a place on."""
    names = [f"tests/indexer/test_update.py::{CLAIM}[{seed}]" for seed in range(at, histories, processes)]
    environment = {**os.environ, "DATELINE_HISTORIES": str(histories)}
    return subprocess.Popen([sys.executable, "-m", "pytest", "-q", *names], cwd=ROOT, env=environment)


if __name__ == "__main__":
    main()
