"""What a sequence tagger sees of each word of an article: the word, its neighbours, and the article.

The names that the rules found are features too: the tagger learns where they may be trusted, and
which of the words around them are names that no rule takes. A feature is a string; those of a word
are cached, as a text has few words and many neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.lexicon import Kind, given_name, place, section, surname, surname_shaped
from indexer.words import Word

OUTSIDE, BEGIN, INSIDE = "O", "B", "I"

SECTIONS = (
    "speech", "role", "honorific", "title", "weak-title", "royal", "surname-too", "when", "whither", "state",
)  # fmt: skip
_OFFICES = frozenset((Kind.TITLE, Kind.WEAK_TITLE))
_FIRMS = frozenset((Kind.COMPANY, Kind.ORGANISATION))
_SHAPED, _SHAPE, _LENGTH = 24, 6, 12
_UNSEEN = ("a=0",)

GROUPS: Mapping[str, tuple[str, ...]] = {
    "words": ("w=", "-1w=", "+1w=", "-2w=", "+2w="),
    "shapes": ("s=", "n=", "-1s=", "+1s="),
    "affixes": ("e2=", "e3=", "b2=", "shaped"),
    "kinds and lists of words": ("k=", "-1k=", "+1k=", "-2k=", "+2k=", "in=", "-1in=", "+1in=", "place"),
    "name lists": ("l=", "-1l=", "+1l="),
    "neighbours together": ("-1c=", "+1c=", "-2c=", "+2c="),
    "marks between words": ("g=", "+1g=", "poss"),
    "the article": ("a=", "a:"),
    "the rules": ("r=", "-1r=", "+1r="),
}
"""What the features of each group begin with; every feature is of one group."""


class _Own(NamedTuple):
    """The features of a word by itself, and as its neighbours see it; `group` sums it up."""

    mine: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    far_before: tuple[str, ...]
    far_after: tuple[str, ...]
    group: str


def shape(text: str) -> str:
    """Return the shape of a word: `Xx` for Hasanov, `XxXx` for McDonald, `X.` for Z., `0` for digits."""
    found: list[str] = []
    for sign in text[:_SHAPED]:
        kind = "X" if sign.isupper() else "x" if sign.isalpha() else "0" if sign.isdigit() else sign
        if not found or found[-1] != kind or (kind == "X" and len(found) == 1):
            found.append(kind)
    return "".join(found[:_SHAPE])


@lru_cache(maxsize=65_536)
def _own(text: str, key: str, kind: Kind) -> _Own:
    key = key[:_SHAPED]
    capital = text[0].isupper()
    lists = f"{given_name(key).value}{surname(key).value}" if capital else ""
    seen = [f"k={kind.value}", f"w={key}", f"s={shape(text)}", *(f"l={one}" for one in (lists,) if one)]
    seen += [f"in={name}" for name in SECTIONS if key in section(name)]
    mine = [*seen, f"n={min(len(text), _LENGTH)}"]
    if capital:
        mine += [f"e2={key[-2:]}", f"e3={key[-3:]}", f"b2={key[:2]}"]
        mine += ["shaped"] * surname_shaped(key) + ["place"] * place(text)
    return _Own(
        tuple(mine),
        tuple(f"-1{one}" for one in seen),
        tuple(f"+1{one}" for one in seen),
        tuple(f"-2{one}" for one in seen[:2]),
        tuple(f"+2{one}" for one in seen[:2]),
        f"{kind.value[:2]}{lists}",
    )


class Reader:
    """The features of the words of one article. `rules` are the labels that the rules give its words."""

    def __init__(self, words: Sequence[Word], rules: Sequence[str], text: str) -> None:
        self._words, self._rules, self._text = words, rules, text
        self._article = _article(words, rules)

    def read(self, first: int, last: int) -> list[list[str]]:
        """Return the features of words `first` to `last` (half-open), which see no further than these."""
        words = self._words[first:last]
        own = [_own(word.text, word.key, word.kind) for word in words]
        return [self._features(first, at, words, own) for at in range(len(words))]

    def _features(self, first: int, at: int, words: Sequence[Word], own: Sequence[_Own]) -> list[str]:
        word, mine, rules = words[at], own[at], self._rules
        gap = word.gap
        made = [*mine.mine, f"r={rules[first + at]}", *self._article.get(word.key, _UNSEEN)]
        made.append(f"g={gap.linked:d}{gap.opens:d}{gap.comma:d}{gap.quote:d}{gap.blank:d}{word.linked:d}")
        if self._text[word.end : word.end + 2] in ("'s", "’s", "'S", "’S"):
            made.append("poss")
        if at:
            before = own[at - 1]
            made += before.before
            made += (f"-1r={rules[first + at - 1]}", f"-1c={before.group}|{mine.group}|{word.linked:d}")
            if at > 1:
                made += own[at - 2].far_before
                made.append(f"-2c={own[at - 2].group}|{before.group}|{mine.group}")
        if at + 1 < len(words):
            following, after = words[at + 1], own[at + 1]
            made += after.after
            made += (f"+1r={rules[first + at + 1]}", f"+1c={mine.group}|{after.group}|{following.linked:d}")
            beyond = following.gap
            made.append(f"+1g={following.linked:d}{beyond.comma:d}{beyond.opens:d}{beyond.ticker:d}")
            if at + 2 < len(words):
                made += own[at + 2].far_after
                made.append(f"+2c={mine.group}|{after.group}|{own[at + 2].group}")
        return made


def _article(words: Sequence[Word], rules: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what the article says of each of its capitalised words, by key."""
    capital, inside, named = Counter[str](), Counter[str](), Counter[str]()
    lower, titled, firms, last = set[str](), set[str](), set[str](), set[str]()
    for at, word in enumerate(words):
        key, after = word.key, words[at + 1] if at + 1 < len(words) else None
        if not word.text[0].isupper():
            lower.add(key)
            continue
        capital[key] += 1
        inside[key] += not word.opens
        if rules[at] != OUTSIDE:
            named[key] += 1
            if after is None or rules[at + 1] != INSIDE:
                last.add(key)
        if at and word.linked and words[at - 1].kind in _OFFICES:
            titled.add(key)
        if after is not None and after.linked and after.kind in _FIRMS:
            firms.add(key)
    return {
        key: (
            f"a={min(count, 3)}",
            f"a:in={inside[key] > 0:d}",
            f"a:low={key in lower:d}",
            f"a:named={min(named[key], 2)}{key in last:d}{named[key] == count:d}",
            f"a:titled={key in titled:d}",
            f"a:firm={key in firms:d}",
        )
        for key, count in capital.items()
    }
