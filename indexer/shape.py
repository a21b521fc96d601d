"""Words to candidates: the runs of words that are shaped and placed like a person's name.

A run is judged by `evidence`. Single words are candidates only behind a title; a surname that stands
alone is for `recur` to give to a person of the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.evidence import ACCEPTED, OFFICES, Title, weigh
from indexer.lexicon import Kind, Listed, given_name, place, section, surname, surname_shaped
from indexer.words import FIRMS, Word, firm_follows

LONGEST = 6
"""Words of the longest name; longer runs are headings, mastheads or lists."""
MASTHEAD = 40
"""Words of a run that is not looked at: trimming one of 30,000 word by word took a minute."""
TITLE_REACH = 8
"""Words over which a title carries: "Minister of Defense of the Republic of X, Y"."""

CARRIES_TITLE = frozenset({"of", "for", "the", "and", "to", "in", "on", "elect", "designate"})
HOLY = frozenset({"st", "san", "santa"})
TRADES = ("er", "or", "ist", "man", "woman", "ess", "ian", "ant", "eur", "ent")
"""Endings of words for what someone is, which open a sentence before a name ("Hairdresser X Y")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words `first` to `last` (half-open) as a name. `sure` False: a name only if its surname is known."""

    first: int
    last: int
    rule: str
    sure: bool = True


def find_names(words: Sequence[Word], *, headline: bool = False) -> tuple[Candidate, ...]:
    """Return the candidates of a text in order, none overlapping.

    In a headline only a title with a listed name right behind it makes one. A run that is part of a
    firm's or place's name somewhere in the text is a name elsewhere only behind a title.
    """
    scan = _Scan(words, headline)
    scan.run()
    kept = (
        c for c in scan.found if c.rule == "title + name" or scan.keys(c.first, c.last) not in scan.nobody
    )
    return tuple(kept)


class _Scan:
    """One pass over the words of a text, with the title that carries over the words that follow it."""

    def __init__(self, words: Sequence[Word], headline: bool) -> None:
        self.words = words
        self.headline = headline
        self.lower = frozenset(word.key for word in words if word.kind is Kind.PLAIN)
        self.found: list[Candidate] = []
        self.nobody: set[tuple[str, ...]] = set()
        self.title, self.carried = Title.NONE, 0

    def run(self) -> None:
        """Fill `found` and `nobody` from the whole text."""
        at = 0
        while at < len(self.words):
            self._carry(self.words[at])
            if self._begins(at):
                end = self._end(at)
                self._judge(at, end)
                self.title = Title.NONE
                at = end
            else:
                self._note_title(self.words[at])
                at += 1

    def keys(self, first: int, last: int) -> tuple[str, ...]:
        """Return the folded words of a run."""
        return tuple(word.key for word in self.words[first:last])

    def _carry(self, word: Word) -> None:
        """Let the title last over its complement, weaken at a comma, and lapse at anything else."""
        self.carried += 1
        if word.opens or self.carried > TITLE_REACH:
            self.title = Title.NONE
        elif not word.linked:
            goes_on = word.gap.comma and self.title >= Title.APPOSED
            self.title = Title.APPOSED if goes_on else Title.NONE

    def _note_title(self, word: Word) -> None:
        """Take up the title or role that the word is, or drop the one before it."""
        if word.kind in OFFICES:
            held = Title.STRONG if word.kind is Kind.TITLE else Title.WEAK
            self.title, self.carried = max(self.title, held), 0
        elif word.kind is Kind.PLAIN and word.key in section("role"):
            self.title = self.title if self.title > Title.APPOSED else Title.ROLE
            self.carried = 0
        elif self.title is Title.ROLE or (word.kind is Kind.PLAIN and word.key not in CARRIES_TITLE):
            self.title = Title.NONE

    def _next(self, at: int) -> Word | None:
        """Return the word that hangs on the one at `at`, if any."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        return following if following is not None and following.linked else None

    def _begins(self, at: int) -> bool:
        """Return whether a name can begin with the word."""
        word, following = self.words[at], self._next(at)
        if word.kind in (Kind.NAME, Kind.INITIAL):
            return True
        if not word.text[0].isupper():
            leads = word.kind is Kind.PARTICLE and self.title >= Title.WEAK
            return leads and following is not None and following.kind in (Kind.NAME, Kind.PARTICLE)
        if following is None or following.kind not in (Kind.NAME, Kind.INITIAL):
            if word.kind in OFFICES:
                alone = following is None or following.text[0].islower()
                return alone and surname(word.key) is Listed.YES and self._addressed(at)
            return self.title is Title.STRONG and word.linked and word.key in section("surname-too")
        if word.kind is Kind.PARTICLE:
            return True
        if self.headline or word.kind in OFFICES or word.key not in section("surname-too"):
            return False
        certain = not word.opens or surname(following.key) is Listed.YES
        return certain and given_name(word.key) is not Listed.NO

    def _end(self, at: int) -> int:
        """Return the end of the run that begins at a word."""
        end = at + 1
        while end < len(self.words) and self._continues(end):
            end += 1
        while (
            end - 1 > at
            and self.words[end - 1].kind is Kind.PARTICLE
            and self.words[end - 1].text[0].islower()
        ):
            end -= 1
        return end

    def _continues(self, at: int) -> bool:
        """Return whether the word goes on with the run before it."""
        word, following = self.words[at], self._next(at)
        if word.kind is Kind.SUFFIX:
            return word.linked or (word.gap.comma and word.key in ("jr", "sr"))
        if not word.linked:
            return False
        if word.kind in (Kind.NAME, Kind.INITIAL):
            return True
        if word.kind is Kind.PARTICLE:
            return word.text[0].isupper() or (
                following is not None and following.kind in (Kind.NAME, Kind.PARTICLE)
            )
        return word.text[0].isupper() and self._is_surname_here(at, following)

    def _is_surname_here(self, at: int, following: Word | None) -> bool:
        """Return whether a word that is a title or thing elsewhere ends a name here ("Don King")."""
        word, before = self.words[at], self.words[at - 1]
        named = before.kind is Kind.INITIAL or given_name(before.key) is not Listed.NO
        if word.key in HOLY:
            return named and following is not None and following.kind is Kind.NAME
        if following is not None and following.text[0].isupper() and following.kind is not Kind.SUFFIX:
            return False
        doubled = word.kind in OFFICES and surname(word.key) is Listed.YES
        return named and (doubled or word.key in section("surname-too"))

    def _judge(self, first: int, last: int) -> None:
        """Keep what of a run is a name."""
        if last - first > MASTHEAD:
            return
        while last - first > 1 and self._leads_on(first, last):
            first += 1
        if self.headline:
            self._judge_headline(first, last)
        elif self._is_nobody(first, last):
            self.nobody.add(self.keys(first, last))
        elif last - first <= LONGEST:
            self._judge_body(first, last)

    def _judge_body(self, first: int, last: int) -> None:
        """Keep a run of the body that has the points, or one word behind a title."""
        parts = [word for word in self.words[first:last] if word.kind not in (Kind.SUFFIX, Kind.PARTICLE)]
        points, rule = weigh(self.words, first, last, self.title, self.lower)
        if len(parts) == 1:
            if self._is_titled(first, parts[0]):
                self.found.append(Candidate(first, last, "title + name"))
        elif points >= ACCEPTED:
            self.found.append(Candidate(first, last, rule))
        elif parts and parts[0].kind is Kind.INITIAL:
            self.found.append(Candidate(first, last, "initial and surname", sure=False))

    def _judge_headline(self, first: int, last: int) -> None:
        """Keep the listed words right behind a title: what follows them may be a verb in capitals."""
        if not self._behind_office(first):
            return
        lead = self.words[first]
        end = first + 1 if Listed.YES in (surname(lead.key), given_name(lead.key)) else 0
        if given_name(lead.key) is Listed.YES:
            end = next((at + 1 for at in range(first + 1, min(first + 4, last)) if self._sure(at)), end)
        if end and not place(self._text(first, end)) and not firm_follows(self.words, end):
            self.found.append(Candidate(first, end, "title + name"))

    def _addressed(self, first: int) -> bool:
        """Return whether a run stands behind Mr or King and the like, where no place ever stands."""
        before = self.words[first - 1] if first and self.words[first].linked else None
        return before is not None and before.key in section("honorific") | section("royal")

    def _sure(self, at: int) -> bool:
        return surname(self.words[at].key) is Listed.YES

    def _behind_office(self, first: int) -> bool:
        """Return whether the word right before a run is a title."""
        return first > 0 and self.words[first].linked and self.words[first - 1].kind in OFFICES

    def _is_titled(self, first: int, name: Word) -> bool:
        """Return whether one word behind a title is a name; only a strong title needs no list."""
        if not first or not self.words[first].linked or name.kind is Kind.INITIAL:
            return False
        office = self.words[first - 1]
        if place(name.text) and not self._addressed(first):
            return False
        listed = surname(name.key) is Listed.YES or surname_shaped(name.key)
        if office.kind is Kind.TITLE or office.key in section("royal"):
            return name.key not in self.lower or listed
        if office.kind is Kind.WEAK_TITLE:
            return listed or given_name(name.key) is Listed.YES
        return (
            office.kind is Kind.PLAIN
            and office.key in section("title")
            and listed
            and name.key not in self.lower
        )

    def _leads_on(self, first: int, last: int) -> bool:
        """Return whether the first word of a run stands before the name, not in it."""
        word, following = self.words[first], self.words[first + 1]
        if (
            word.kind is not Kind.NAME
            or following.kind is not Kind.NAME
            or given_name(word.key) is not Listed.NO
        ):
            return False
        if word.opens and word.key in self.lower:
            return True
        if sum(one.kind is not Kind.SUFFIX for one in self.words[first:last]) < 3:
            return False
        if place(word.text):
            return not place(self._text(first, last))
        trade = word.opens and surname(word.key) is Listed.NO and word.key.endswith(TRADES)
        return trade and given_name(following.key) is not Listed.NO

    def _is_nobody(self, first: int, last: int) -> bool:
        """Return whether the run belongs to a firm, an institution or a place."""
        if firm_follows(self.words, last) or self.words[first].gap.ticker:
            return True
        before = self.words[first - 1] if first and self.words[first].linked else None
        if before is not None:
            if before.kind is Kind.ORGANISATION and self.title is Title.NONE:
                return True
            if (
                before.key == "of"
                and first > 1
                and self.words[first - 2].kind in FIRMS | OFFICES | {Kind.STOP}
            ):
                return True
        if self._addressed(first):
            return False
        keys = self.keys(first, last)
        named = section("business-name")
        if last - first > 2 and place(self._text(last - 2, last)):
            return True
        return " ".join(keys) in named or " ".join(keys[-2:]) in named or place(self._text(first, last))

    def _text(self, first: int, last: int) -> str:
        return " ".join(word.text for word in self.words[first:last])
