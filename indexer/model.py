"""Names by a trained sequence tagger: a linear-chain conditional random field over `features`.

Lafferty, McCallum, Pereira 2001; the implementation is CRFsuite's. `bench/train_people.py` makes the
model and tells in its card what it was made of. Every article is read twice: once word by word, and
once more for words that were taken for a name in one place and missed in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from threading import Lock

import pycrfsuite  # type: ignore[import-untyped]

from indexer.features import BEGIN, INSIDE, OUTSIDE, Reader
from indexer.lexicon import Kind
from indexer.words import Word

MODEL = "people.crfsuite"
PIECE = 300
"""Words that are read together, and then as many as the sentence still has."""
LONGEST_PIECE = 2 * PIECE
MEAN, SURE = 0.25, 0.9
"""A word that is a name by this chance on average, or once surely and by `SURE_MEAN` on average, is one
wherever it stands alone."""
SURE_MEAN = 0.15
DOUBTED = 0.02
"""Where a word is a name by less than this chance, the rest of the article does not make it one."""
_ON_WITH = frozenset((Kind.NAME, Kind.COMPANY, Kind.ORGANISATION, Kind.ACRONYM))
_LEADS = frozenset((Kind.NAME, Kind.INITIAL))
_LOCK = Lock()


class Model:
    """A trained tagger. It holds the words that it was given last, so one thread reads at a time."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed  # the tagger reads these bytes, and holds on to them no more than C does
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(packed)
        self._lock = Lock()

    def names(
        self, words: Sequence[Word], rules: Sequence[str], text: str, *, carry: bool = True
    ) -> list[str]:
        """Return for every word whether it begins (`B`) or continues (`I`) a person's name, or neither (`O`).

        `rules` are the labels that the rules give. Without `carry` every word is read where it stands.
        """
        labels: list[str] = []
        chances: list[float] = []
        reader, tagger = Reader(words, rules, text), self._tagger
        with self._lock:
            for first, last in pieces(words):
                labels += tagger.tag(pycrfsuite.ItemSequence(reader.read(first, last)))
                chances += [
                    1.0 - tagger.marginal(OUTSIDE, at - first) if words[at].text[0].isupper() else 0.0
                    for at in range(first, last)
                ]
        return carried(words, labels, chances) if carry else labels


@cache
def people_model() -> Model:
    """Return the model that is part of the project, loaded once a process."""
    return Model(files("indexer.data").joinpath(MODEL).read_bytes())


def pieces(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of words, cut where a sentence begins."""
    first = 0
    for at, word in enumerate(words):
        size = at - first
        if (size >= PIECE and word.opens) or size >= LONGEST_PIECE:
            yield first, at
            first = at
    if first < len(words):
        yield first, len(words)


def carried(words: Sequence[Word], labels: Sequence[str], chances: Sequence[float]) -> list[str]:
    """Return the labels with those words made names that are names elsewhere in the article."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        if word.text[0].isupper() and len(word.key) > 2:
            places[word.key].append(at)
    found = list(labels)
    for held in places.values():
        if len(held) < 2 or not _is_name([chances[at] for at in held]):
            continue
        for at in held:
            if found[at] == OUTSIDE and chances[at] >= DOUBTED and not _is_within(words, found, at):
                follows = at > 0 and words[at].linked and found[at - 1] != OUTSIDE
                found[at] = INSIDE if follows else BEGIN
    return found


def _is_name(chances: Sequence[float]) -> bool:
    """Return whether a word is a name of the article, by its chances wherever it stands."""
    mean = sum(chances) / len(chances)
    return mean >= MEAN or (mean >= SURE_MEAN and max(chances) >= SURE)


def _is_within(words: Sequence[Word], labels: Sequence[str], at: int) -> bool:
    """Return whether a word is part of a longer run of capitals, which is no name of a person."""
    word, before = words[at], words[at - 1] if at else None
    if before is not None and word.linked and labels[at - 1] == OUTSIDE and before.kind in _LEADS:
        return before.text[0].isupper()
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.linked and after.text[0].isupper() and after.kind in _ON_WITH
