"""Measure the people tagger: exact spans of persons against gold, and words a second.

    python bench/measure_people.py FILE.jsonl[.gz] [--lines even|odd] [--errors N]

Each line of FILE holds `text` and `entities` as [start, end, "Person", surface] (other kinds are passed
over); a possessive 's is outside the span. Even lines are for development and the default; odd ones are
for a final figure only.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from pathlib import Path

from indexer.people import tag_people

Span = tuple[int, int]


def gold_spans(row: dict[str, object]) -> set[Span]:
    """Return the persons' spans, without a possessive that an annotator left in."""
    found = set()
    for start, end, kind, surface in row["entities"]:  # type: ignore[attr-defined]
        if kind == "Person":
            found.add((start, end - 2 if surface.endswith(("'s", "’s")) else end))
    return found


def tagged_spans(text: str) -> set[Span]:
    """Return the spans that the tagger gives a text."""
    return {(m.start, m.end) for tag in tag_people("", text) for m in tag.mentions}


def main() -> None:
    """Print precision, recall, F1 and speed; with --errors the commonest wrong and missing surfaces."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--lines", choices=("even", "odd"), default="even")
    arguments.add_argument("--errors", type=int, default=0)
    asked = arguments.parse_args()
    opened = gzip.open if asked.file.suffix == ".gz" else open
    with opened(asked.file, "rt", encoding="utf-8") as source:
        rows = [json.loads(line) for at, line in enumerate(source) if at % 2 == (asked.lines == "odd")]
    tag_people("", "Warm up the lists for Mr. Example Person.")
    hits = wrong = missed = words = 0
    false: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    began = time.perf_counter()
    for row in rows:
        text = row["text"]
        words += len(text.split())
        gold, got = gold_spans(row), tagged_spans(text)
        hits, wrong, missed = hits + len(gold & got), wrong + len(got - gold), missed + len(gold - got)
        false.update(
            text[max(0, s - 25) : s] + "[" + text[s:e] + "]" + text[e : e + 20] for s, e in got - gold
        )
        lost.update(
            text[max(0, s - 25) : s] + "[" + text[s:e] + "]" + text[e : e + 20] for s, e in gold - got
        )
    seconds = time.perf_counter() - began
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{asked.file.name} {asked.lines}: {len(rows)} articles, {hits + missed} persons")
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  {words / seconds:,.0f} words/s")
    for name, counted in (("wrong", false), ("missed", lost)):
        for context, times in counted.most_common(asked.errors):
            print(f"{name} {times} {context!r}")


if __name__ == "__main__":
    main()
