"""What it costs to find near-identical copies in a large archive: seconds and memory.

    python bench/measure_stories.py [--articles 1000000]

A tenth of the articles are copies of others that share most bands, and 2,000 hold one template.
Reading the texts of the pairs that meet comes on top: about 0.5 ms each.
"""

import argparse
import resource
import time

import numpy as np

from indexer.shingles import BANDS
from indexer.stories import meeting

TEMPLATE = 2_000
SHARED = 0.6


def main() -> None:
    """Print how many pairs meet, and what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    count = parser.parse_args().articles
    random = np.random.default_rng(1)
    bands = random.integers(0, 1 << 32, (count, BANDS), dtype=np.uint32)
    copies = count // 10
    same = random.random((copies, BANDS)) < SHARED
    bands[:copies] = np.where(same, bands[copies : 2 * copies], bands[:copies])
    bands[-TEMPLATE:, : BANDS // 2] = bands[-1, : BANDS // 2]
    before, started = _peak_mb(), time.monotonic()
    pairs = sum(1 for _ in meeting(bands))
    took = time.monotonic() - started
    memory = f"{before} MB before, {_peak_mb()} MB at the peak"
    print(f"{count:,} articles: {pairs:,} pairs in {took:.1f} s; {memory}")


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
