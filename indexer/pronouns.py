"""Words that are given to "he" or "she", traced to the person whom the pronoun means.

Precision comes first. A pronoun means the speaker of the sentences before it when he or she fits, else
the only person who is named there and fits: of the right gender by title or given name, or, where that is
not known, first in a sentence. Where two fit, nobody is quoted. "They said" is traced to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.lexicon import section
from indexer.quotes import speaks
from indexer.words import Word

GENDERS = {"he": "m", "she": "f"}
REACH = 70
"""Words before a pronoun in which its person is named."""
SENTENCES = 1
"""Full stops between a pronoun and its person; those inside a quotation are not counted."""
GAP = 24
CLOSING, OPENING = ("”", "''", '."', ',"', '!"', '?"'), ("“", "``", ' "', '\n"')


@dataclass(frozen=True, slots=True)
class Named:
    """Words `first` to `last` (half-open) that name someone; `gender` is "m", "f" or "" for unknown.

    `speaks` says that words are attributed to the person there.
    """

    first: int
    last: int
    whom: int
    gender: str
    speaks: bool


def traced(words: Sequence[Word], text: str, named: Sequence[Named]) -> Iterator[tuple[int, Named]]:
    """Yield the word of each pronoun that is quoted, and a naming of whom it means; `named` ascend."""
    behind = 0
    for at, word in enumerate(words):
        while behind < len(named) and named[behind].last <= at:
            behind += 1
        if word.key not in GENDERS or not _says(words, at):
            continue
        found = _meant(words, text, at, named[max(0, behind - REACH) : behind])
        if found is not None:
            yield at, found


def _says(words: Sequence[Word], at: int) -> bool:
    """Return whether a speech verb follows a pronoun, or stands before it behind a quotation."""
    if at + 1 < len(words) and words[at + 1].linked and speaks(words, at + 1):
        return True
    before = words[at - 1] if at else None
    if before is None or not words[at].linked or before.key not in section("speech"):
        return False
    follows = at + 1 < len(words) and words[at + 1].linked
    return (before.gap.quote or before.gap.comma) and not follows


def _meant(words: Sequence[Word], text: str, at: int, named: Sequence[Named]) -> Named | None:
    """Return the naming of the person whom the pronoun at a word means, None where that is not sure."""
    wanted = GENDERS[words[at].key]
    first = _begin(words, text, at)
    near = [one for one in named if one.first >= first]
    fitting = [one for one in near if one.gender in ("", wanted)]
    speakers = [one for one in fitting if one.speaks]
    if speakers:
        return speakers[-1]
    persons = {one.whom for one in fitting}
    if len(persons) != 1:
        return None
    sure = [one for one in fitting if one.gender or words[one.first].opens]
    return sure[-1] if sure else None


def _begin(words: Sequence[Word], text: str, at: int) -> int:
    """Return the first word in which the person of a pronoun may be named.

    Sentences that stand in quotation marks right before the pronoun are read over.
    """
    stops, quoted = 0, False
    for back in range(at, max(0, at - REACH), -1):
        gap = text[words[back - 1].end : words[back].start][:GAP]
        if any(mark in gap for mark in CLOSING):
            quoted = True
        elif any(mark in gap for mark in OPENING):
            quoted = False
        if not quoted and words[back].opens and any(mark in gap for mark in ".!?"):
            stops += 1
        if stops > SENTENCES:
            return back
    return max(0, at - REACH)
