"""Whether words are attributed to a person where the text names them.

Three forms count: the name and then a speech verb ("Gaich, an analyst, also noted"), a speech verb
after a quotation or clause and then the name (`," said the minister, Z. Hasanov`), and "according
to" with the name. Words given to "he" or "she" are not traced back to a name.
"""

from collections.abc import Sequence

from indexer.lexicon import Kind, section
from indexer.words import Word

REACH = 8
"""Words between verb and name: titles, offices, "the", "of"."""
APPOSITION = 16
"""Words of the longest apposition that is skipped between the name and its verb."""
ADVERBS = 4

BETWEEN = frozenset(
    {Kind.TITLE, Kind.WEAK_TITLE, Kind.STOP, Kind.ORGANISATION, Kind.NAME, Kind.ACRONYM, Kind.COMPANY}
)
ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
SMALL_WORDS = ARTICLES | {"of", "for", "and", "then", "to"}


def is_attributed(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether the person named by the words `first` to `last` (half-open) is quoted there."""
    return _verb_after(words, last) or _verb_before(words, first, last) or _colon_after(words, last)


def _verb_after(words: Sequence[Word], last: int) -> bool:
    """Return whether a speech verb follows, over adverbs or one apposition between commas."""
    if last >= len(words):
        return False
    if words[last].linked:
        return _speaks(words, last)
    if not words[last].gap.comma:
        return False
    for at in range(last + 1, min(last + APPOSITION, len(words))):
        word = words[at]
        if word.opens:
            return False
        if word.gap.comma and _speaks(words, at):
            return True
    return _speaks(words, last)


def _speaks(words: Sequence[Word], at: int) -> bool:
    """Return whether a speech verb stands at `at`, or behind adverbs that begin there."""
    for word in words[at : at + ADVERBS]:
        if word.key in section("speech"):
            return word.kind is Kind.PLAIN or word.text.isupper()
        if word.opens or word.key not in section("speech-adverb"):
            return False
    return False


def _verb_before(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether "said", at the end of a quotation or clause, or "according to" leads to the name."""
    office = False
    for at in range(first, max(first - REACH, 0), -1):
        word, before = words[at], words[at - 1]
        if not word.linked and not word.gap.comma:
            return False
        if before.key == "to" and at > 1 and words[at - 2].key == "according":
            return True
        if before.key in section("speech"):
            subject = word.key in ARTICLES or not office
            spoken = before.key not in section("not-quoted-object")
            return spoken and word.linked and subject and _inverted(before, words, last)
        office = office or not (
            before.kind in BETWEEN or before.key in SMALL_WORDS or before.key in section("role")
        )
    return False


def _inverted(verb: Word, words: Sequence[Word], last: int) -> bool:
    """Return whether the verb stands before its subject: after a comma or quote, no verb following."""
    if verb.gap.comma or verb.gap.quote:
        return True
    return False if last < len(words) and words[last].linked else not verb.linked


def _colon_after(words: Sequence[Word], last: int) -> bool:
    """Return whether a quotation follows the name directly, as after `Hasanov: "`."""
    return last < len(words) and words[last].gap.speech
