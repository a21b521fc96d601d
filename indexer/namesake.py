"""Whether a person's name is the name of a thing called after them: a street, a prize, a ship, a brigade.

The words around the name tell. A thing in capitals behind it ("Novak Street") is told in
`words.firm_follows`; what stands here is told by small letters ("the Novak prize", "the carrier Novak").
"""

from collections.abc import Sequence

from indexer.lexicon import Kind, section
from indexer.words import Word

CARRIERS = frozenset(("mail", "letter", "flag"))
"""Words before "carrier" that make it a person."""
DETERMINERS = frozenset(("a", "an", "the", "this", "that", "its", "their", "another", "every", "each"))


def is_thing(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether words `first` to `last` (half-open), shaped like a person, name a thing."""
    return _follows(words, first, last) or _precedes(words, first)


def _follows(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether the word behind the name is a thing called after someone."""
    if last >= len(words):
        return False
    after = words[last]
    if not after.linked:
        return after.gap.linked and after.key in section("eponym")
    if after.text[0].isupper():
        return False
    determined = first > 0 and words[first].linked and words[first - 1].key in DETERMINERS
    return after.key in section("called-after") or (determined and after.key in section("made"))


def _precedes(words: Sequence[Word], first: int) -> bool:
    """Return whether the words before the name make it a ship's, a storm's or an institution's."""
    if not first or not words[first].linked:
        return False
    before = words[first - 1]
    lead = words[first - 2] if first > 1 and before.linked else None
    if before.key in section("vessel"):
        return lead is None or lead.key not in CARRIERS
    return (
        before.key == "of"
        and lead is not None
        and lead.key in section("of-someone")
        and lead.kind is not Kind.TITLE
    )
