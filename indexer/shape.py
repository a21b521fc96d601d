"""Words to candidates: the runs of words that are shaped and placed like a person's full name.

A run collects points for what its words are (lists, initials, particles) and for what stands beside
it (titles, roles, an age, "who"). Single words are candidates only behind a title; a surname that
stands alone is for `join` to give to a person of the article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from indexer.lexicon import Kind, Listed, given_name, place, section, surname, surname_shaped
from indexer.words import Word

ACCEPTED = 3.0
"""Points from which a run is a name: a listed given name with a listed surname reaches it alone."""
LONGEST = 6
"""Words of the longest name; longer runs are headings, mastheads or lists."""
TITLE_REACH = 8
"""Words over which a title carries: "Minister of Defense of the Republic of X, Y"."""

NAMING = frozenset({Kind.NAME, Kind.INITIAL, Kind.PARTICLE, Kind.SUFFIX})
FIRMS = frozenset({Kind.COMPANY, Kind.ORGANISATION})
OFFICES = frozenset({Kind.TITLE, Kind.WEAK_TITLE})
CARRIES_TITLE = frozenset({"of", "for", "the", "and", "to", "in", "on", "elect", "designate"})
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "each", "every", "another", "its", "our", "no"})
THINGS = frozenset(
    "company firm unit subsidiary shares stock plant model brand officials executives employees workers store"
    " stores building prize award cup trophy street ship stadium museum".split()
)
PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|iong|ing|eng|ong|ian|uan|iao|uai|[iu]?a[nio]?|e[in]?|[iu]?o|ou|[iu]n?|ui|iu|ie|ue)-?){2}"
)
STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn"
    " tex va vt wash wis wyo ont que".split()
)


class Title(IntEnum):
    """How strongly what stands before a run calls it a person."""

    NONE = 0
    ROLE = 1
    APPOSED = 2
    WEAK = 3
    STRONG = 4


POINTS = {Title.NONE: 0.0, Title.ROLE: 1.5, Title.APPOSED: 2.0, Title.WEAK: 2.0, Title.STRONG: 3.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words `first` to `last` (half-open) as a name. `sure` False: a name only if its surname is known."""

    first: int
    last: int
    rule: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Shapes:
    """The candidates of a text in order, and the keys of names that turned out to be firms or places."""

    candidates: tuple[Candidate, ...]
    nobody: frozenset[tuple[str, ...]]


def find_shapes(words: Sequence[Word], *, headline: bool = False) -> Shapes:
    """Return the candidates of a text. In a headline only a title with a listed name makes one."""
    return _Scan(words, headline).run()


class _Scan:
    """One pass over the words of a text."""

    def __init__(self, words: Sequence[Word], headline: bool) -> None:
        self.words = words
        self.headline = headline
        self.lower = frozenset(word.key for word in words if word.kind is Kind.PLAIN)
        self.candidates: list[Candidate] = []
        self.nobody: set[tuple[str, ...]] = set()
        self.title, self.carried = Title.NONE, 0

    def run(self) -> Shapes:
        """Return what the whole text holds."""
        at = 0
        while at < len(self.words):
            word = self.words[at]
            self._carry(word)
            if self._begins(at):
                end = self._end(at)
                self._segment(at, end)
                self.title = Title.NONE
                at = end
            else:
                self._note_title(at)
                at += 1
        nobody = frozenset(self.nobody)
        kept = (
            c
            for c in self.candidates
            if self._keys(c.first, c.last) not in nobody or c.rule == "title + name"
        )
        return Shapes(tuple(kept), nobody)

    def _carry(self, word: Word) -> None:
        """Let the title last over its complement, and lapse at anything else."""
        self.carried += 1
        if word.opens or self.carried > TITLE_REACH:
            self.title = Title.NONE
        elif not word.linked:
            self.title = Title.APPOSED if word.gap.comma and self.title >= Title.APPOSED else Title.NONE

    def _note_title(self, at: int) -> None:
        """Take up the title or role that the word is, or drop the one before it."""
        word = self.words[at]
        if word.kind in OFFICES:
            strong = word.kind is Kind.TITLE
            self.title, self.carried = (
                (max(self.title, Title.STRONG) if strong else max(self.title, Title.WEAK)),
                0,
            )
        elif word.kind is Kind.PLAIN and word.key in section("role"):
            self.title, self.carried = (
                max(Title.ROLE, self.title if self.title > Title.APPOSED else Title.NONE),
                0,
            )
        elif word.kind is Kind.PLAIN and word.key not in CARRIES_TITLE:
            self.title = Title.NONE
        elif self.title is Title.ROLE:
            self.title = Title.NONE

    def _begins(self, at: int) -> bool:
        """Return whether a name can begin with the word."""
        word = self.words[at]
        if word.kind in (Kind.NAME, Kind.INITIAL):
            return True
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or not following.linked or following.kind not in (Kind.NAME, Kind.INITIAL):
            return (
                word.key in section("surname-too")
                and self.title is Title.STRONG
                and word.linked
                and word.text[0].isupper()
                and word.kind not in OFFICES
            )
        if word.kind is Kind.PARTICLE:
            return word.text[0].isupper() or self.title >= Title.WEAK
        return (
            word.key in section("surname-too")
            and word.kind is not Kind.PLAIN
            and given_name(word.key) is not Listed.NO
            and (not word.opens or surname(following.key) is Listed.YES)
            and word.kind not in OFFICES
            and not self.headline
        )

    def _end(self, at: int) -> int:
        """Return the end of the run that begins at a word."""
        end = at + 1
        while end < len(self.words) and self._continues(end):
            end += 1
        while (
            end - 1 > at
            and self.words[end - 1].kind is Kind.PARTICLE
            and not self.words[end - 1].text[0].isupper()
        ):
            end -= 1
        return end

    def _continues(self, at: int) -> bool:
        """Return whether the word goes on with the run before it."""
        word, before = self.words[at], self.words[at - 1]
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        follows = following is not None and following.linked
        if word.kind is Kind.SUFFIX:
            return word.linked or (word.gap.comma and word.key in ("jr", "sr"))
        if not word.linked:
            return False
        if word.kind in (Kind.NAME, Kind.INITIAL):
            return True
        if word.kind is Kind.PARTICLE:
            return (
                bool(follows and following and following.kind in (Kind.NAME, Kind.PARTICLE))
                or word.text[0].isupper()
            )
        if word.key not in section("surname-too") or word.kind is Kind.PLAIN:
            return False
        named = before.kind is Kind.INITIAL or given_name(before.key) is not Listed.NO
        shouts = follows and following and following.text[0].isupper() and following.kind is not Kind.SUFFIX
        return named and not shouts

    def _segment(self, first: int, last: int) -> None:
        """Judge a run, and keep what of it is a name."""
        first = self._start(first, last)
        if first >= last:
            return
        if self._is_nobody(first, last):
            self.nobody.add(self._keys(first, last))
            return
        if last - first > LONGEST:
            return
        points, rule = self._points(first, last)
        single = sum(self.words[at].kind is not Kind.SUFFIX for at in range(first, last)) == 1
        if single or (self.headline and self.title < Title.WEAK):
            if self.title >= Title.WEAK and self._single(first, last):
                self.candidates.append(Candidate(first, last, "title + name"))
        elif points >= ACCEPTED:
            self.candidates.append(Candidate(first, last, rule))
        elif self.words[first].kind is Kind.INITIAL:
            self.candidates.append(Candidate(first, last, "initial and surname", sure=False))

    def _start(self, first: int, last: int) -> int:
        """Return where the name begins: behind a place or a word that no list vouches for."""
        while last - first > 1 and self._leads_on(first, last):
            first += 1
        return first

    def _leads_on(self, first: int, last: int) -> bool:
        """Return whether the first word of a run stands before the name, not in it."""
        word, following = self.words[first], self.words[first + 1]
        if word.kind is not Kind.NAME or following.kind is not Kind.NAME:
            return False
        listed = given_name(word.key) is not Listed.NO
        longer = sum(w.kind is not Kind.SUFFIX for w in self.words[first:last]) > 2
        if longer and place(word.text) and not place(" ".join(w.text for w in self.words[first:last])):
            return not listed
        if longer and not listed and surname(word.key) is Listed.NO:
            return given_name(following.key) is Listed.YES
        return word.opens and word.key in self.lower and not listed

    def _is_nobody(self, first: int, last: int) -> bool:
        """Return whether the run belongs to a firm, an institution or a place."""
        if first == last:
            return True
        after = self.words[last] if last < len(self.words) else None
        if after is not None and (
            after.gap.ticker or (after.linked and after.kind in FIRMS and not self._apart(last))
        ):
            return True
        if self.words[first].gap.ticker:
            return True
        before = self.words[first - 1] if first else None
        if before is not None and self.words[first].linked:
            if before.kind is Kind.ORGANISATION and self.title is Title.NONE:
                return True
            if (
                before.key == "of"
                and first > 1
                and self.words[first - 2].kind in FIRMS | OFFICES | {Kind.STOP}
            ):
                return True
        keys = self._keys(first, last)
        if " ".join(keys) in section("business-name") or " ".join(keys[-2:]) in section("business-name"):
            return True
        return place(" ".join(w.text for w in self.words[first:last]))

    def _apart(self, at: int) -> bool:
        """Return whether a firm's word after the run is no part of it: "Clinton administration" in capitals is."""
        return self.words[at].text[0].islower()

    def _single(self, first: int, last: int) -> bool:
        """Return whether one word behind a title is a name."""
        word = self.words[last - 1]
        if self.headline or self.title is Title.WEAK:
            listed = any(Listed.YES in (surname(w.key), given_name(w.key)) for w in self.words[first:last])
            return listed and not place(word.text)
        if (
            self.title is Title.APPOSED
            or word.kind is Kind.INITIAL
            or not self.words[first].linked
            and not self._abbreviated(first)
        ):
            return False
        return word.key not in self.lower and not place(word.text) or surname(word.key) is Listed.YES

    def _abbreviated(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].kind in OFFICES

    def _keys(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(word.key for word in self.words[first:last])

    def _points(self, first: int, last: int) -> tuple[float, str]:
        """Return the points of a run and the rule that says most."""
        inner, rule = self._inner(first, last)
        before = POINTS[self.title]
        if self.title >= Title.WEAK:
            rule = "title + name"
        elif self.title is Title.ROLE:
            rule = "role + name"
        elif first and self.words[first].linked and self.words[first - 1].key in DETERMINERS:
            before = -2.0
        after, said = self._after(last)
        return inner + before + after, said if said and inner + before < ACCEPTED else rule

    def _inner(self, first: int, last: int) -> tuple[float, str]:
        """Return the points that the words of a run bring themselves."""
        parts = [w for w in self.words[first:last] if w.kind not in (Kind.PARTICLE, Kind.SUFFIX)]
        suffix = 2.0 if any(w.kind is Kind.SUFFIX for w in self.words[first + 1 : last]) else 0.0
        particle = (
            1.5
            if any(w.kind is Kind.PARTICLE and w.text[0].islower() for w in self.words[first:last])
            else 0.0
        )
        if len(parts) < 2:
            return (particle, "name shape")
        given, family = self._given_points(parts), self._family_points(parts[-1])
        middle = 1.5 if any(w.kind is Kind.INITIAL for w in parts[1:-1]) else 0.0
        rule = (
            "initial and surname"
            if parts[0].kind is Kind.INITIAL
            else "name list"
            if given and family >= 1
            else "name shape"
        )
        return given + family + suffix + particle + middle, rule

    def _given_points(self, parts: Sequence[Word]) -> float:
        """Return the points of the words before the surname."""
        lead = parts[0]
        if lead.kind is Kind.INITIAL:
            return 1.5
        listed = given_name(lead.key)
        if lead.key in section("given-all-the-same"):
            listed = Listed.ALSO_WORD if lead.opens and surname(parts[-1].key) is Listed.NO else Listed.YES
        if listed is Listed.YES:
            return 1.5 if place(lead.text) and surname(parts[-1].key) is not Listed.YES else 2.0
        if lead.key in section("family-first") and PINYIN.fullmatch("".join(w.key for w in parts[1:])):
            return 2.5
        if listed is Listed.ALSO_WORD:
            return 0.5 if lead.opens else 1.5
        return 0.0 if lead.key in self.lower or place(lead.text) or len(lead.key) < 3 else 0.5

    def _family_points(self, word: Word) -> float:
        """Return the points of the last word."""
        if word.kind is Kind.INITIAL:
            return -2.0
        listed = surname(word.key)
        if place(word.text):
            return 1.0 if listed is Listed.YES else -1.0
        if listed is Listed.NO:
            if word.key in self.lower or len(word.key) < 3:
                return 0.0
            return 2.5 if surname_shaped(word.key) else 1.0
        return 1.5 if listed is Listed.YES else 1.0

    def _after(self, last: int) -> tuple[float, str]:
        """Return the points of what follows a run, and the rule when it says much."""
        if last >= len(self.words):
            return 0.0, ""
        word = self.words[last]
        if word.linked and word.key in THINGS:
            return -2.0, ""
        if word.linked and word.key in section("role") and word.kind is Kind.PLAIN:
            return -1.0, ""
        if word.gap.comma and word.text.isdigit() and len(word.text) <= 2:
            return 2.0, "name + age"
        if (word.linked or word.gap.comma) and word.key in section("age-or-relative"):
            return 2.0, "name + who"
        if word.gap.comma and word.key in STATES:
            return -1.5, ""
        return self._apposed(last)

    def _apposed(self, last: int) -> tuple[float, str]:
        """Return the points of a role in apposition (", a lawyer") or of a speech verb beside the run."""
        word = self.words[last]
        if word.gap.comma:
            near = self.words[last : last + 7]
            reach = next((n for n, w in enumerate(near) if n and not w.linked), len(near))
            roles = any(w.key in section("role") or w.kind in OFFICES for w in near[:reach])
            return (1.5, "name + role") if roles else (0.0, "")
        if word.linked and word.key in section("speech"):
            return 1.0, "name + speech verb"
        return 0.0, ""
