"""Whether words are attributed to a person where the text names them.

Three forms count: the name and then a speech verb ("Gaich, an analyst, also noted"), a speech verb
after a quotation or clause and then the name (`," said the minister, Z. Hasanov`), and "according
to" with the name; "was quoted as saying" is the first in another dress. Words given to "he" or "she" are
for `pronouns`.
"""

from collections.abc import Sequence

from indexer.lexicon import Kind, section
from indexer.words import Word

REACH = 8
"""Words between verb and name: titles, offices, "the", "of"."""
APPOSITION = 16
"""Words of the longest apposition that is skipped between the name and its verb."""
ADVERBS = 4
OFFICES = frozenset({Kind.TITLE, Kind.WEAK_TITLE})
ABOUT = frozenset({"of", "to", "about"})
BEHIND = ABOUT | {"by", "for", "from", "representing", "unlike", "with"}
"""Words behind which a name speaks for nobody: in "a spokesman for X said" the spokesman speaks."""
PASSIVE = frozenset({"was", "were", "is", "has", "been", "later", "also", "widely"})

BETWEEN = frozenset(
    {Kind.TITLE, Kind.WEAK_TITLE, Kind.STOP, Kind.ORGANISATION, Kind.NAME, Kind.ACRONYM, Kind.COMPANY}
)
ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
SMALL_WORDS = ARTICLES | {"of", "for", "and", "then", "to"}


def is_attributed(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether the person named by the words `first` to `last` (half-open) is quoted there."""
    return (
        (_verb_after(words, last) and not _is_behind(words, first))
        or _verb_before(words, first, last)
        or _colon_after(words, first, last)
        or _is_cited(words, last)
    )


def _verb_after(words: Sequence[Word], last: int) -> bool:
    """Return whether a speech verb follows, over adverbs or one apposition between commas."""
    if last >= len(words):
        return False
    if words[last].linked:
        return speaks(words, last)
    if not words[last].gap.comma:
        return False
    for at in range(last + 1, min(last + APPOSITION, len(words))):
        word = words[at]
        if word.opens:
            return False
        if word.gap.comma and speaks(words, at):
            return True
    return speaks(words, last)


def speaks(words: Sequence[Word], at: int) -> bool:
    """Return whether a speech verb stands at `at`, or behind adverbs that begin there."""
    for place, word in enumerate(words[at : at + ADVERBS], at):
        if word.key in section("speech"):
            told = word.key not in section("also-deed") or _reports(words, place)
            return told and (word.kind is Kind.PLAIN or word.text.isupper())
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
            return not _is_apart(words, at, first)
        if before.key in section("speech"):
            subject = word.key in ARTICLES or not office
            asked = before.key == "asked" and before.gap.quote
            spoken = asked or before.key not in section("not-quoted-object")
            about = word.key in ABOUT or _is_object(words, first)  # "said of X" is somebody else's
            return spoken and not about and word.linked and subject and _inverted(before, words, last)
        office = office or not (
            before.kind in BETWEEN or before.key in SMALL_WORDS or before.key in section("role")
        )
    return False


def _is_object(words: Sequence[Word], first: int) -> bool:
    """Return whether "of", "to" or "about" leads to the name, over its title: `said X of Mr. Y`."""
    at = _with_title(words, first)
    return at > 0 and words[at].linked and words[at - 1].key in ABOUT


def _is_behind(words: Sequence[Word], first: int) -> bool:
    """Return whether a preposition leads to the name, over its title, so that another is the subject.

    After a comma or quote "for" is a conjunction (", for X has insisted"), as after a full stop.
    """
    at = _with_title(words, first)
    if not at or not words[at].linked or words[at - 1].key not in BEHIND:
        return False
    return words[at - 1].key != "for" or words[at - 1].linked


def _with_title(words: Sequence[Word], first: int) -> int:
    """Return the first word of the titles that stand before a name."""
    while first and words[first].linked and words[first - 1].kind in OFFICES:
        first -= 1
    return first


def _reports(words: Sequence[Word], at: int) -> bool:
    """Return whether what follows a verb such as "claimed" is said: a quotation or clause, not a thing."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or not following.linked:
        return following is not None and (following.gap.quote or following.gap.comma)
    return following.key in section("clause")


def _is_apart(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a comma parts the name at `last` from what is cited ("according to X, Y had left").

    "According to the mayor, Y" is the mayor's name.
    """
    commas = [at for at in range(first + 1, last + 1) if words[at].gap.comma]
    held = (words[at - 1] for at in commas)
    return not all(one.kind in OFFICES or one.key in section("role") for one in held)


def _inverted(verb: Word, words: Sequence[Word], last: int) -> bool:
    """Return whether the verb stands before its subject: after a comma or quote, no verb following."""
    if verb.gap.comma or verb.gap.quote:
        return True
    return False if last < len(words) and words[last].linked else not verb.linked


def _is_cited(words: Sequence[Word], last: int) -> bool:
    """Return whether "was quoted … saying" follows, or "has been quoted by … as saying"."""
    keys = [word.key for word in words[last : last + REACH]]
    if "quoted" not in keys or not set(keys[: keys.index("quoted")]) <= PASSIVE or not keys.index("quoted"):
        return False
    return "saying" in keys[keys.index("quoted") :] and not any(w.opens for w in words[last : last + 1])


def _colon_after(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a quotation follows the name, as after `Hasanov: "`, but not `to Hasanov: "`."""
    if last >= len(words) or not words[last].gap.speech:
        return False
    for at in range(first, max(first - REACH, 0), -1):
        if not words[at].linked:
            return True
        if words[at - 1].key == "to":
            return False
    return True
