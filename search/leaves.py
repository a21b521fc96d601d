"""One piece of a query to a leaf of its tree: words, phrases, wildcards, fields and dates."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn, TypeVar

from search.domain import COUNTRY_ROLES, PERSON_ROLES
from search.errors import QueryError
from search.lexemes import Lexeme, without
from search.limits import Limits
from search.periods import date_range
from search.syntax import OPERATORS, Dated, Everything, Exact, Fuzzy, Glob, Node, Phrase, Tagged, Word, titled
from search.tokens import is_lone_letter, tokens, word_parts, words

TAG_FIELDS = ("country", "person", "outlet", "author", "language", "story", "source")
DATE_FIELDS = ("date", "says")
FIELDS = ("title", *TAG_FIELDS, *DATE_FIELDS)
ROLES: dict[str, tuple[str, ...]] = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}
NONE = "~none"

_FIELD = re.compile(r"(\w{1,20}):(.*)", re.DOTALL)
_GLOB = frozenset("*?")
_DIGITS = "0123456789"
Leaf = TypeVar("Leaf")


def phrase_parts(text: str) -> list[str]:
    """Return the words of a phrase, those with `*` or an inner `?` kept as globs.

    Joined by spaces they read to the same words again.
    """
    parts: list[str] = []
    for chunk in text.split():
        if _is_plain(chunk):
            parts.append(chunk)
            continue
        plain = chunk.rstrip("?")
        parts.extend(glob_parts(plain) if _GLOB & set(plain) else words(plain))
    return [part.rstrip("?") for part in parts]


def glob_parts(text: str) -> list[str]:
    """Return the words of a run with wildcards, which count as letters; none without a letter."""
    parts = word_parts(text, also="*?")
    return [part for part in parts if tokens(part.replace("*", "").replace("?", ""))]


@dataclass(slots=True)
class Leaves:
    """Reads the leaves of one query; counts them and gathers the notes as it goes.

    Without `today`, relative dates count back from the day on which they are read.
    """

    text: str
    today: date | None
    limits: Limits
    notes: list[str] = field(default_factory=list)
    words: int = 0
    globs: int = 0

    def leaf(self, piece: Lexeme) -> Node | None:
        """Return the leaf of a phrase or run, None when there is nothing in it to search for."""
        if piece.kind == "phrase":
            return self.quoted(piece)
        match = _FIELD.fullmatch(piece.text) if ":" in piece.text else None
        if match and match[1] in FIELDS and match[2]:
            return self.fielded(piece, match[1], match[2])
        if match and match[1] in FIELDS:
            self.notes.append(f"nothing stands after “{piece.text}”, so it was read as a word")
        elif match:
            self.notes.append(f"“{match[1]}:” is no field, so “{piece.text[:40]}” was read as plain words")
        return self.bare(piece, piece.text)

    def quoted(self, piece: Lexeme) -> Node | None:
        if piece.field in TAG_FIELDS:
            role = piece.tail[1:]
            if role and role not in ROLES.get(piece.field, ()):
                self.refuse(piece, f"{piece.field} has no role {role[:40]!r}")
            return self.tagged(piece, piece.field, piece.text.strip(), role or None)
        if piece.field in DATE_FIELDS:
            return self.dated(piece, piece.field, piece.text.strip() + piece.tail)
        text = piece.text + piece.tail
        if piece.tail:
            self.notes.append(f"“{piece.tail[:40]}” follows the quotes, so it was read as part of the phrase")
        if piece.field and piece.field != "title":
            self.notes.append(f"“{piece.field[:40]}:” is no field, so it was read as a word of the phrase")
            text = f"{piece.field} {text}"
        phrase = self.phrase(piece, phrase_parts(text), piece.slop or 0)
        return titled(phrase) if phrase is not None and piece.field == "title" else phrase

    def fielded(self, piece: Lexeme, name: str, value: str) -> Node | None:
        if name == "title":
            inner = self.bare(piece, value)
            return None if inner is None else titled(inner)
        if name in DATE_FIELDS:
            return self.dated(piece, name, value)
        if value == NONE:
            return self.count(piece, Tagged(name, None))
        bare, slash, role = value.rpartition("/")
        if slash and bare and role in ROLES.get(name, ()):
            return self.tagged(piece, name, bare, role)
        return self.tagged(piece, name, value, None)

    def tagged(self, piece: Lexeme, name: str, value: str, role: str | None) -> Node:
        if not value:
            self.refuse(piece, f"{name}: needs a value")
        return self.count(piece, Tagged(name, value, role))

    def dated(self, piece: Lexeme, name: str, value: str) -> Node:
        if value == NONE:
            return self.count(piece, Dated(name))
        try:
            since, until = date_range(value, self.today or date.today())
        except ValueError as error:
            self.refuse(piece, f"{name}:{value[:40]} is no date or range: {error}")
        return self.count(piece, Dated(name, since, until))

    def bare(self, piece: Lexeme, text: str) -> Node | None:
        """Return the leaf of a run outside quotes: a word, exact, wildcard or fuzzy."""
        if not text.strip("*"):
            return self.count(piece, Everything())
        if text.startswith("=") and len(text) > 1:
            return self.word(piece, text[1:], exact=True)
        tilded = text.rstrip(_DIGITS)
        if tilded.endswith("~"):
            digits = text[len(tilded) :]
            return self.fuzzy(piece, tilded.rstrip("~"), int(digits.lstrip("0")[:4] or 0) if digits else None)
        return self.glob(piece, text) if _GLOB & set(text) else self.word(piece, text)

    def word(self, piece: Lexeme, text: str, *, exact: bool = False) -> Node | None:
        found = [text] if _is_plain(text) else words(text)
        if not found:
            self.left_out(piece)
            return None
        if len(found) > 1 or (found[0] in OPERATORS and not exact):
            return self.phrase(piece, found, 0)
        leaf = Exact(found[0]) if exact else Word(found[0])
        return self.count(piece, leaf, glob=_is_lone(found[0]) and not exact)

    def fuzzy(self, piece: Lexeme, text: str, distance: int | None) -> Node | None:
        found = words(text)
        if len(found) != 1 or len(tokens(found[0])) != 1 or _GLOB & set(text):
            self.notes.append(f"“~” goes with one plain word, so it was left out of “{piece.text[:40]}”")
            return self.glob(piece, text) if _GLOB & set(text) else self.word(piece, text)
        folded = tokens(found[0])[0].folded
        asked = distance if distance is not None else (1 if len(folded) <= 5 else 2)
        if asked > 2:
            self.notes.append(f"“{piece.text[:40]}”: 2 is the largest distance, so 2 was taken")
        if asked == 0:
            return self.word(piece, text)
        return self.count(piece, Fuzzy(found[0], min(asked, 2)), glob=True)

    def glob(self, piece: Lexeme, text: str) -> Node | None:
        if text.endswith("?") and self.asks(piece):
            self.notes.append(f"the question mark of “{piece.text[:40]}” was read as punctuation")
            text = text.rstrip("?")
            if not _GLOB & set(text):
                return self.word(piece, text)
        parts = glob_parts(text)
        if len(parts) == 1 and _GLOB & set(parts[0]):
            return self.count(piece, Glob(parts[0]), glob=True)
        if any(part.endswith("?") for part in parts):
            self.notes.append(f"“{piece.text[:40]}”: a “?” that ends a word of a phrase is punctuation")
        return self.phrase(piece, phrase_parts(text), 0) if len(parts) > 1 else self.word(piece, text)

    def asks(self, piece: Lexeme) -> bool:
        """Return whether the piece ends a query of several words, as a question's last word does."""
        before, after = self.text[: piece.start], self.text[piece.end :]
        return not after.strip() and any(letter.isalnum() for letter in before)

    def phrase(self, piece: Lexeme, parts: list[str], slop: int) -> Node | None:
        if not parts:
            self.left_out(piece)
            return None
        if slop > self.limits.slop:
            most = self.limits.slop
            self.notes.append(f"“~{slop}”: {most} is the largest, so {most} was taken")
        for part in parts:
            self.count(piece, part, glob=bool(_GLOB & set(part)) or (len(parts) == 1 and _is_lone(part)))
        return Phrase(" ".join(parts), min(slop, self.limits.slop))

    def left_out(self, piece: Lexeme) -> None:
        shown = self.text[piece.start : piece.end][:40]
        self.notes.append(f"“{shown}” has no letters or digits, so it was left out")

    def count(self, piece: Lexeme, leaf: Leaf, *, glob: bool = False) -> Leaf:
        """Return the leaf. Raises QueryError when it is one more than the limits allow."""
        self.words += 1
        self.globs += glob
        if self.words > self.limits.words:
            self.exceed(piece, f"{self.limits.words} words")
        if self.globs > self.limits.globs:
            self.exceed(piece, f"{self.limits.globs} wildcards")
        return leaf

    def exceed(self, piece: Lexeme, most: str) -> NoReturn:
        cut = self.text[: piece.start]
        raise QueryError(f"the query has more than {most}", at=piece.start, repaired=cut)

    def refuse(self, piece: Lexeme, message: str) -> NoReturn:
        rest = without(self.text, piece.start, piece.end)
        raise QueryError(message, at=piece.start, repaired=rest)


def _is_lone(word: str) -> bool:
    """Return whether a word is searched as `*word*`: one letter of a script without spaces."""
    if word.isascii():
        return False
    found = tokens(word)
    return len(found) == 1 and is_lone_letter(found[0].folded)


def _is_plain(text: str) -> bool:
    """Return whether a text is ASCII letters and digits: one word, and one token, as it stands."""
    return text.isascii() and text.isalnum()
