"""Suite `people`: exact spans of persons, and whether each person of an article ends as one value.

Gold is `entities`, [start, end, kind, surface] of which the kind "Person" counts, or a sentence as `tokens`
with `person` tags B, I and O. A possessive 's is outside a span. Both ends must agree.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from indexer.evaluation.corpus import Row, rows
from indexer.evaluation.joining import joined
from indexer.evaluation.measured import Measured, Slips, Tally, share
from indexer.evaluation.sample import Sample
from indexer.extract import extract
from search.domain import PersonTag, Span

BEFORE, AFTER = 25, 20
"""Code points around a person that an error shows."""


class Case(NamedTuple):
    """A text, where its persons stand, and the persons that were found."""

    row: Row
    text: str
    gold: tuple[Span, ...]
    people: tuple[PersonTag, ...]


def measure(path: Path, sample: Sample) -> Measured:
    """Return how well persons are found and joined."""
    spans, slips, articles = Tally(), Slips(), 0
    persons = found = whole = again = again_whole = 0
    for case in cases(path, sample):
        articles += 1
        _compare(case, spans, slips)
        for one in joined(case.text, case.gold, case.people):
            persons += 1
            found += bool(one.values)
            whole += one.is_one
            again += len(one.values) > 1
            again_whole += one.is_one and len(one.values) > 1
            if one.values and not one.is_one:
                kind = "several values" if len(set(one.values)) > 1 else "shared value"
                what = f"{' '.join(filter(None, one.person))}: {', '.join(sorted(set(one.values)))}"
                slips.add(kind, what, case.row.id)
    return Measured(
        articles=articles,
        figures=(
            *spans.figures,
            ("joined", share(whole, found)),
            ("joined_again", share(again_whole, again)),
        ),
        counts=(
            ("gold", spans.right + spans.missed),
            *spans.counts,
            ("persons", persons),
            ("persons_found", found),
            ("persons_joined", whole),
            ("named_again", again),
            ("named_again_joined", again_whole),
        ),
        errors=slips.kinds(),
    )


def cases(path: Path, sample: Sample) -> Iterator[Case]:
    """Yield each article of a corpus with what was found in it."""
    for row in rows(path, sample):
        row = _as_text(row)
        gold = gold_spans(row)
        text = row.text()
        # Countries given are not looked for, which saves their time; they know persons, not the reverse.
        yield Case(row, text, gold, extract(replace(row.source(), countries=())).article.people)


def gold_spans(row: Row) -> tuple[Span, ...]:
    """Return the persons' spans, ascending, without a possessive that an annotator left in."""
    found = set()
    for entry in row.gold("entities"):
        start, end = row.span("entities", entry)
        if entry[2] == "Person":
            found.add((start, end - 2 if row.text()[start:end].endswith(("'s", "’s")) else end))
    return tuple(sorted(span for span in found if span[0] < span[1]))


def _as_text(row: Row) -> Row:
    """Return a row of tokens as a row of text; any other as it is."""
    if "entities" in row.data or "tokens" not in row.data:
        return row
    tokens, tags = row.gold("tokens"), row.gold("person")
    if len(tokens) != len(tags) or not all(isinstance(token, str) for token in tokens):
        raise row.fault("tokens and person must be lists of one length, the tokens texts")
    if strange := [tag for tag in tags if tag not in ("B", "I", "O")]:
        raise row.fault(f"a tag of person is {str(strange[0])[:40]!r}; tags are B, I and O")
    text = " ".join(tokens)
    return Row(row.origin, {"id": row.id, "text": text, "entities": _entities(tokens, tags, text)})


def _entities(tokens: list[str], tags: list[str], text: str) -> list[list[Any]]:
    found: list[list[Any]] = []
    at, inside = 0, False
    for token, tag in zip(tokens, tags, strict=True):
        tag = tag if token else "O"  # collections have empty tokens, of characters that were dropped
        if tag == "B" or (tag == "I" and not inside):
            found.append([at, at + len(token), "Person", token])
        elif tag == "I":
            found[-1][1:] = [at + len(token), "Person", text[found[-1][0] : at + len(token)]]
        inside = tag != "O"
        at += len(token) + 1
    return found


def _compare(case: Case, tally: Tally, slips: Slips) -> None:
    """Count the spans of one article; one that is there with other ends is wrong, and missed."""
    gold = set(case.gold)
    ours = {(mention.start, mention.end) for tag in case.people for mention in tag.mentions}
    tally.add(len(gold & ours), len(ours - gold), len(gold - ours))
    for span in sorted(gold - ours):
        beside = next((one for one in sorted(ours - gold) if one[0] < span[1] and span[0] < one[1]), None)
        if beside:
            start, end = beside
            what = f"{_around(case.text, span)} as [{' '.join(case.text[start:end].split())}]"
            slips.add("other ends", what, case.row.id)
        else:
            slips.add("missed", _around(case.text, span), case.row.id)
    for start, end in sorted(ours - gold):
        if not any(start < gold_end and gold_start < end for gold_start, gold_end in gold - ours):
            slips.add("no person", _around(case.text, (start, end)), case.row.id)


def _around(text: str, span: Span) -> str:
    """Return a span in brackets with some of what stands around it, on one line."""
    start, end = span
    shown = f"{text[max(0, start - BEFORE) : start]}[{text[start:end]}]{text[end : end + AFTER]}"
    return " ".join(shown.split())
