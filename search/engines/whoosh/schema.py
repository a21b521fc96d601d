"""The fields of a Whoosh index that holds our tokens.

Title and body have a field for each form of a token; the folded one stores positions. Values of
facets are terms as they are. Lengths and ids are columns. The article itself is stored as JSON.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import numpy as np
from whoosh import columns, fields, formats

from search.domain import Article
from search.fields import field_values, periods_of, roles_of
from search.record import encoded
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

Postings = Iterable[tuple[str, Sequence[int]]]


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of ready terms: its value is an iterable of (term, ascending positions).

    A posting's weight is the number of positions, exact up to 2**24; its value holds the
    positions as little-endian unsigned 32-bit integers when the field keeps them.
    """

    def __init__(self, *, positions: bool = False) -> None:
        self.positions = positions
        self.format = formats.Existence()
        self.format.posting_size = -1 if positions else 0
        self.scorable = self.stored = self.unique = False

    def index(self, value: Postings, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's (term, frequency, weight, value) for each term."""
        for term, places in value:
            packed = np.asarray(places, dtype="<u4").tobytes() if self.positions else b""
            yield self.to_bytes(term), len(places), float(len(places)), packed

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as the index holds it; lone surrogates are kept."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: bytes) -> str:
        """Return the term of `to_bytes`."""
        return bytes(bs).decode("utf-8", "surrogatepass")


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


class StoredField(fields.FieldType):  # type: ignore[misc]
    """A field that is kept as it is given and not searched."""

    indexed = False
    stored = True

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = self.unique = False


def schema() -> fields.Schema:
    """Return the Whoosh schema of an index."""
    named: dict[str, fields.FieldType] = {
        f"{text}_{form}": TermField(positions=form == "folded") for text in TEXTS for form in FORMS
    }
    named |= {f"{text}_length": ColumnField(columns.NumericColumn("I")) for text in TEXTS}
    named |= {name: TermField() for name in (*VALUES, *PERIODS)}
    named |= {f"{name}_role": TermField() for name in ROLES}
    named |= {"key": TermField(), "id": ColumnField(columns.VarBytesColumn()), "article": StoredField()}
    return fields.Schema(**named)


def key_of(article_id: str) -> str:
    """Return the term by which an article is found: a digest, since ids may be of any length."""
    return sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()


def document(article: Article, title: list[Token], body: list[Token]) -> dict[str, object]:
    """Return the values of every field for an article whose texts were cut into these tokens."""
    row: dict[str, object] = {
        "key": ((key_of(article.id), (0,)),),
        "id": article.id.encode("utf-8", "surrogatepass"),
        "article": encoded(article),
        "title_length": len(title),
        "body_length": len(body),
    }
    for text, found in (("title", title), ("body", body)):
        for form, places in zip(FORMS, positions(found), strict=True):
            row[f"{text}_{form}"] = places.items()
    for name in VALUES:
        row[name] = _once(field_values(article, name))
    for name in ROLES:
        row[f"{name}_role"] = _once(value + ROLE_MARK + role for value, role in roles_of(article, name))
    for name in PERIODS:
        row[name] = _once(span.value for span in periods_of(article, name))
    return row


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
