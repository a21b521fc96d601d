"""Paragraphs that the text finder left out between others of one text, put back where they stood."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.furniture import ends_sentence

# Shorter paragraphs are also captions, notes on pictures and boxes, which the text finder is right to leave.
PROSE_CHARS = 80
# One kept paragraph may be a stray; two of one parent and one class show where the text is.
KEPT = 2
# Each is sought in the whole text: 1,000 in half a million characters took 0.5 s. The most on a page of the
# 468 in the two collections is 660.
PARAGRAPHS = 1_000
# A refrain or a quotation may stand twice in an article, an article not.
COPIES = 3
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a page. Siblings of one class share a `group`; `linked` counts letters in links."""

    group: tuple[int, str]
    text: str
    linked: int


def paragraphs(tree: Any) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a page in order; the tree must stand while their groups are compared."""
    groups: dict[tuple[Any, str], int] = {}
    found = []
    for element in tree.iter("p"):
        text = " ".join(element.text_content().split())
        if text and element.find(".//script") is None:
            kind = element.get("class") or ""
            number = groups.setdefault((element.getparent(), kind), len(groups))
            linked = sum(len(link.text_content()) for link in element.iter("a"))
            found.append(Paragraph((number, kind), text, linked))
    return tuple(found)


def once(text: str) -> str:
    """Return a text without the copies of itself that follow it: pages carry some for apps and readers.

    A copy is half of the paragraphs or more, again, with no new one behind them; what stands between
    copies goes with them. A recipe or a poem says some paragraphs twice, and keeps them.
    """
    lines = text.splitlines()
    seen: set[str] = set()
    first, copies = len(lines), 0
    for at, line in enumerate(lines):
        letters = _LETTERS.sub("", line)
        if len(line) < PROSE_CHARS:
            continue
        if letters not in seen:
            seen.add(letters)
            first, copies = len(lines), 0
            continue
        first, copies = min(first, at), copies + 1
    return "\n".join(lines[:first]).strip() if copies >= max(COPIES, len(seen) / 2) else text


def restore(text: str, found: Sequence[Paragraph]) -> str:
    """Return a text with the prose of its own paragraphs that it lacks; nothing else is put in."""
    if len(found) > PARAGRAPHS:
        return text
    lines = text.split("\n")
    places = _Places(lines)
    groups: dict[tuple[int, str], list[Paragraph]] = {}
    for paragraph in found:
        groups.setdefault(paragraph.group, []).append(paragraph)
    added: dict[int, list[str]] = {}
    for group in groups.values():
        at = [places.find(paragraph.text) for paragraph in group]
        if sum(place is not None for place in at) >= KEPT:
            _fill(added, group, at)
    if not added:
        return text
    whole = added.get(-1, [])
    for place, line in enumerate(lines):
        whole += [line, *added.get(place, ())]
    return "\n".join(whole)


def _fill(added: dict[int, list[str]], group: list[Paragraph], at: list[int | None]) -> None:
    """Note each lost paragraph of a group behind the line of the one before it, or before the first."""
    behind = next(place for place in at if place is not None) - 1
    for paragraph, place in zip(group, at, strict=True):
        if place is not None:
            behind = place
        elif _is_prose(paragraph):
            added.setdefault(behind, []).append(paragraph.text)


def _is_prose(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is one of sentences, not of links."""
    long = len(paragraph.text) >= PROSE_CHARS and ends_sentence(paragraph.text)
    return long and paragraph.linked < len(paragraph.text) / 2


class _Places:
    """Where paragraphs stand in a text, whatever their spaces and marks."""

    def __init__(self, lines: list[str]) -> None:
        self.starts: list[int] = []
        squeezed: list[str] = []
        size = 0
        for line in lines:
            self.starts.append(size)
            squeezed.append(_LETTERS.sub("", line))
            size += len(squeezed[-1])
        self.all = "".join(squeezed)

    def find(self, text: str) -> int | None:
        """Return the number of the line in which a paragraph begins, None if it stands nowhere."""
        sought = _LETTERS.sub("", text)
        place = self.all.find(sought) if sought else -1
        return None if place < 0 else bisect_right(self.starts, place) - 1
