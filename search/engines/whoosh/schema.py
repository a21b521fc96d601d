"""What an index holds, by name: the forms of words, the fields of values, and their sections.

Whoosh's schema names the fields, for whoever opens the index with other programs; what is in
them is in the arrays of each segment (see `segment`).
"""

from functools import lru_cache

from whoosh import fields, formats

from search.domain import COUNTRY_ROLES, PERSON_ROLES

FORMAT = 3
"""Version of what the sections mean. An index of another version is refused, and built again."""

TEXTS = ("title", "body")
FORMS = ("folded", "stem", "exact")
VALUES = ("country", "person", "outlet", "author", "language", "source", "story", "says")
"""Fields of values; `says` holds periods as ISO prefixes."""
ROLES = {"country": COUNTRY_ROLES, "person": PERSON_ROLES}


class ArrayField(fields.FieldType):  # type: ignore[misc]
    """A field whose content is in the arrays of a segment."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = self.stored = self.unique = False


def schema() -> fields.Schema:
    """Return the Whoosh schema of an index."""
    return fields.Schema(**{name: ArrayField() for name in ("id", *TEXTS, "date", *VALUES)})


@lru_cache(maxsize=256)
def role_bits(roles: tuple[str, ...], field: str) -> int:
    """Return roles as bits, the first role of the field the lowest."""
    return sum(1 << bit for bit, role in enumerate(ROLES[field]) if role in roles)
