"""Names as runs of words, found in a text whatever its case, accents and line breaks; never as patterns.

Words are compared folded, as a query's are. A word that is given with a capital is not found in small
letters: the name Rose is not the flower.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from search.tokens import Token, tokens

WORDS = 12
"""Words of a phrase at most; bounds the tries at each word of a text."""

Told = TypeVar("Told")
Key = tuple[str, ...]

_GAP = re.compile(r"[\s.\-‐‑'’ʼ]{0,10}")
"""What may stand between two words of a name: no comma, no letter (the s of a possessive)."""


class Hit(NamedTuple, Generic[Told]):
    """A phrase at a half-open span of a text, and what it stands for."""

    start: int
    end: int
    told: Told


class _Phrase(NamedTuple, Generic[Told]):
    capitals: tuple[bool, ...]
    told: Told


def key_of(name: str) -> Key:
    """Return the folded words of a name; two names with the same are one phrase."""
    return tuple(token.folded for token in tokens(name))


class Phrases(Generic[Told]):
    """Phrases, each of which stands for something; of two with the same words the first is kept.

    Looking takes time by the length of the text, and not by the number of phrases.
    """

    def __init__(self, named: Iterable[tuple[str, Told]]) -> None:
        self._held: dict[Key, _Phrase[Told]] = {}
        self._longest: dict[str, int] = {}
        self._by_word: defaultdict[str, list[Key]] = defaultdict(list)
        for name, told in named:
            cut = tokens(name)
            key = tuple(token.folded for token in cut)
            if key and key not in self._held:
                self._held[key] = _Phrase(tuple(token.exact[:1].isupper() for token in cut), told)
                self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
                self._by_word[max(key, key=len)].append(key)

    def __bool__(self) -> bool:
        return bool(self._held)

    def called(self, name: str) -> Told | None:
        """Return what a name of just the words of a phrase stands for, in whatever case."""
        found = self._held.get(key_of(name)) if self._held else None
        return found.told if found else None

    def find(self, text: str) -> list[Hit[Told]]:
        """Return where phrases stand, ascending and apart; where two begin, the longer one."""
        if not self._held:
            return []
        cut = tokens(text)
        found: list[Hit[Told]] = []
        at = 0
        while at < len(cut):
            end, held = self._longest_at(text, cut, at)
            if held is not None:
                found.append(Hit(cut[at].start, cut[end - 1].end, held.told))
            at = max(end, at + 1)
        return found

    def _longest_at(self, text: str, cut: list[Token], at: int) -> tuple[int, _Phrase[Told] | None]:
        """Return the longest phrase that begins at a token, and the token after it."""
        most = min(at + self._longest.get(cut[at].folded, 0), len(cut))
        end = at + 1
        while end < most and _GAP.fullmatch(text[cut[end - 1].end : cut[end].start]):
            end += 1
        for stop in range(min(end, most), at, -1):
            held = self._held.get(tuple(token.folded for token in cut[at:stop]))
            if held and not any(
                capital and token.exact[:1].islower()
                for capital, token in zip(held.capitals, cut[at:stop], strict=True)
            ):
                return stop, held
        return at, None

    def among(self, words: Collection[str]) -> Iterator[Told]:
        """Yield what stands for phrases all of whose folded words are among these, in whatever order."""
        if not self._held:
            return
        for word in words:
            for key in self._by_word.get(word, ()):
                if all(part in words for part in key):
                    yield self._held[key].told
