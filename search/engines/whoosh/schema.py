"""The fields of a Whoosh index that holds our tokens.

Title and body have a field for each form of a token; the folded one stores positions. Values of
facets are terms as they are. Lengths, ids and the article itself, as packed JSON, are columns.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from whoosh import columns, fields, formats

from search.domain import Article
from search.fields import field_values, periods_of, roles_of
from search.record import decoded, encoded
from search.tokens import Token

FORMAT = 1
"""Version of this layout. An index of another version is refused, and built again."""

TEXTS = ("title", "body")
FORMS = ("exact", "folded", "stem")
VALUES = ("country", "person", "outlet", "author", "language", "source", "story")
ROLES = ("country", "person")
PERIODS = ("date", "says")
ROLE_MARK = "\x00"
"""Stands between value and role in the terms of `country_role` and `person_role`."""

Terms = Iterable[tuple[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """An article ready to write: the values of its columns, and the terms of each field.

    `terms` holds (field, whether it keeps positions, pairs of a term and its ascending
    positions).
    """

    columns: dict[str, object]
    terms: list[tuple[str, bool, Terms]]


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of ready terms; `positions` says whether their positions are kept."""

    def __init__(self, *, positions: bool = False) -> None:
        self.positions = positions
        self.format = formats.Existence()
        self.scorable = self.stored = self.unique = False


class ColumnField(fields.FieldType):  # type: ignore[misc]
    """A field with one value an article, not searched: a number, or bytes."""

    indexed = False

    def __init__(self, column: columns.Column) -> None:
        self.column_type = column
        self.format = formats.Existence()
        self.scorable = self.stored = self.unique = False

    def to_column_value(self, value: object) -> object:
        """Return the value as its column takes it."""
        return value

    def from_column_value(self, value: object) -> object:
        """Return the value as it was given."""
        return value


def schema() -> fields.Schema:
    """Return the Whoosh schema of an index."""
    named: dict[str, fields.FieldType] = {
        f"{text}_{form}": TermField(positions=form == "folded") for text in TEXTS for form in FORMS
    }
    named |= {f"{text}_length": ColumnField(columns.NumericColumn("I")) for text in TEXTS}
    named |= {name: TermField() for name in (*VALUES, *PERIODS)}
    named |= {f"{name}_role": TermField() for name in ROLES}
    named |= {"key": TermField(), "id": ColumnField(columns.VarBytesColumn())}
    named |= {"article": ColumnField(columns.VarBytesColumn())}
    return fields.Schema(**named)


def key_of(article_id: str) -> str:
    """Return the term by which an article is found: a digest, since ids may be of any length."""
    return sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()


def row_of(article: Article, title: Sequence[Token], body: Sequence[Token]) -> Row:
    """Return the row of an article whose texts were cut into these tokens."""
    columns: dict[str, object] = {
        "id": article.id.encode("utf-8", "surrogatepass"),
        "article": packed(article),
        "title_length": len(title),
        "body_length": len(body),
    }
    terms: list[tuple[str, bool, Terms]] = [("key", False, _once([key_of(article.id)]))]
    for text, found in (("title", title), ("body", body)):
        for form, places in zip(FORMS, positions(found), strict=True):
            terms.append((f"{text}_{form}", form == "folded", places.items()))
    terms += [(name, False, _once(field_values(article, name))) for name in VALUES]
    for name in ROLES:
        values = (value + ROLE_MARK + role for value, role in roles_of(article, name))
        terms.append((f"{name}_role", False, _once(values)))
    for name in PERIODS:
        terms.append((name, False, _once(span.value for span in periods_of(article, name))))
    return Row(columns, terms)


def packed(article: Article) -> bytes:
    """Return an article as the index stores it; the fastest level packs nearly as well as any."""
    return zlib.compress(encoded(article), 1)


def unpacked(stored: bytes) -> Article:
    """Return the article of `packed`."""
    return decoded(zlib.decompress(stored))


def positions(found: Sequence[Token]) -> tuple[dict[str, list[int]], ...]:
    """Return for exact, folded and stem the ascending positions of each term.

    A joined form stands at the position of its first part, once even where both are spelled
    alike.
    """
    exact: dict[str, list[int]] = defaultdict(list)
    folded: dict[str, list[int]] = defaultdict(list)
    stem: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(found):
        exact[token.exact].append(at)
        folded[token.folded].append(at)
        stem[token.stem].append(at)
        if token.joined:
            for places, term, own in (
                (exact, token.joined.exact, token.exact),
                (folded, token.joined.folded, token.folded),
                (stem, token.joined.stem, token.stem),
            ):
                if term != own:
                    places[term].append(at)
    return exact, folded, stem


def _once(values: Iterable[str]) -> list[tuple[str, tuple[int]]]:
    return [(value, (0,)) for value in dict.fromkeys(values)]
