"""What differs between two texts, word by word: runs that both have, or one alone, folded for a page.

Templates escape each run and put `<del>` and `<ins>` round what one text alone has; no markup is
made here. A word is what stands between white space; of scripts that write none between words,
Han and kana, each character is one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, islice, pairwise
from typing import Literal

from web.wording import counted, said

Kind = Literal["same", "gone", "new"]

WORDS = 3_000
CHARACTERS = 60_000
"""Words and characters of each text, from its beginning, that are compared."""
STEPS = 1_500_000
"""Steps of a comparison, some 0.3 s at most. Two lots of 3,000 words drawn by Zipf's law, which share
nothing else, do with them; texts of one word between others, as tables are, would take hundreds of times
as many."""
AROUND = 8
"""Words that are shown either side of a change."""
_FOLDED_LEAST = 4

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"([{_UNSPACED}]|[^\s{_UNSPACED}]+)(\s*)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both texts have (`same`), the first alone (`gone`) or the second alone (`new`).

    Never empty. Each word has the space behind it, if there is one.
    """

    kind: Kind
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the words as one text, without the space behind the last one."""
        return "".join(self.words).rstrip()

    @property
    def gap(self) -> str:
        """Return the space behind the last word, or nothing."""
        return " " if self.words[-1].endswith(" ") else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Changes with the words round them; `folded` says how many words were left out before it.

    What is left out at the end comes before a passage without runs.
    """

    folded: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The runs of two texts in their order, and what was not looked at.

    `is_cut`: only the beginnings were compared. `is_coarse`: the steps were used up, so that words
    which both have may count as changed.
    """

    runs: tuple[Run, ...]
    is_cut: bool = False
    is_coarse: bool = False

    @property
    def places(self) -> int:
        """Return how many stretches of the texts differ."""
        kinds = ["same", *(run.kind for run in self.runs)]
        return sum(kind != "same" == before for before, kind in pairwise(kinds))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a page says of an article and one of its copies.

    `label` names the copy, `href` leads to it and `close` to the article alone; all are empty when
    there was nothing to compare with, of which the notes tell. `parts` are titles and passages.
    """

    label: str = ""
    href: str = ""
    close: str = ""
    places: str = ""
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[str, tuple[Passage, ...]], ...] = ()


def difference(ours: str, theirs: str) -> Difference:
    """Return what differs between two texts, by the longest words in a row that both have.

    The method is that of Ratcliff and Obershelp (`difflib`), within `STEPS`; what both texts begin
    and end with is set aside first. White space is not compared.
    """
    first, first_cut = _words(ours)
    second, second_cut = _words(theirs)
    start = _shared(first, second)
    end = _shared(first[start:][::-1], second[start:][::-1])
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    matcher = _Matcher([word.rstrip() for word in left], [word.rstrip() for word in right])
    before, after = Run("same", first[:start]), Run("same", first[len(first) - end :])
    runs = (before, *_runs(matcher, left, right), after)
    return Difference(tuple(run for run in runs if run.words), first_cut or second_cut, matcher.is_coarse)


def passages(runs: Sequence[Run]) -> tuple[Passage, ...]:
    """Return runs as passages: of longer stretches that are the same, only what is near a change."""
    found: list[Passage] = []
    folded, held = "", list[Run]()
    for at, run in enumerate(runs):
        head, tail = AROUND * (at > 0), AROUND * (at < len(runs) - 1)
        hidden = len(run.words) - head - tail
        if run.kind != "same" or hidden < _FOLDED_LEAST:
            held.append(run)
            continue
        held += [Run("same", run.words[:head])] if head else []
        found += [Passage(folded, tuple(held))] if held else []
        folded = said("differs_folded", words=counted(hidden, said("word"), said("words")))
        held = [Run("same", run.words[-tail:])] if tail else []
    return (*found, Passage(folded, tuple(held))) if held or folded else ()


class _Matcher(SequenceMatcher[str]):
    """A `SequenceMatcher` that stops looking where the steps left would not do."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        # What is common is not left out as junk: it would be shown as changed.
        super().__init__(None, ours, theirs, autojunk=False)
        self.is_coarse = False
        self._left = STEPS
        found = Counter(theirs)
        self._length = len(ours)
        self._steps = [0, *accumulate(1 + found[word] for word in ours)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Return the longest match, or an empty one where finding it would take too long."""
        steps = self._steps[self._length if ahi is None else ahi] - self._steps[alo]
        if steps > self._left:
            self.is_coarse = True
            return Match(alo, blo, 0)
        self._left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)


def _words(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the first words of a text, each with its space, and whether there are more."""
    read = _WORD.finditer(text[:CHARACTERS])
    found = tuple(
        word[1] + (" " if word[2] or word.end() == len(text) else "") for word in islice(read, WORDS)
    )
    more = next(read, None) is not None or bool(text[CHARACTERS:].strip())
    return found, more


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    least = min(len(ours), len(theirs))
    return next((at for at, (one, other) in pairs if one.rstrip() != other.rstrip()), least)


def _runs(matcher: _Matcher, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[Run]:
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Run("same", ours[first:last])
            continue
        if last > first:
            yield Run("gone", ours[first:last])
        if end > start:
            yield Run("new", theirs[start:end])
