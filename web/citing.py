"""An article as it is cited: in a line of plain text, and as an entry of BibTeX."""

import re
import unicodedata

from search.domain import Article
from web.wording import date_label

_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
}  # fmt: skip
_KEY = re.compile(r"[^a-z0-9]+")
KEY_CHARS = 40
FIELD_CHARS = 500


def plain_citation(article: Article, address: str) -> str:
    """Return author, title, outlet, date and address, each if it is known."""
    title = _line(article.title) or "Untitled"
    parts = [_line(article.author), f"“{title}”", _line(article.outlet)]
    parts += [date_label(article) if article.date else "undated", address]
    return ", ".join(part for part in parts if part) + "."


def bibtex(article: Article, address: str) -> str:
    """Return an entry of BibTeX; what its syntax gives a meaning to is escaped."""
    fields = {
        "author": _line(article.author),
        "title": _line(article.title) or "Untitled",
        "journal": _line(article.outlet),
        "date": _period(article),
        "url": address,
    }
    lines = (f"  {name} = {{{_escaped(value)}}}" for name, value in fields.items() if value)
    return "@article{" + _key(article) + ",\n" + ",\n".join(lines) + "\n}"


def _period(article: Article) -> str:
    if article.date is None:
        return ""
    return article.date.isoformat()[: {"year": 4, "month": 7}.get(article.date_precision or "day", 10)]


def _key(article: Article) -> str:
    letters = unicodedata.normalize("NFKD", f"{article.outlet or ''} {_period(article)} {article.title}")
    return (
        _KEY.sub("-", letters.encode("ascii", "ignore").decode().lower()).strip("-")[:KEY_CHARS] or "article"
    )


def _line(text: str | None) -> str:
    """Return a text on one line, without control characters."""
    words = " ".join((text or "")[:FIELD_CHARS].split())
    return "".join(letter for letter in words if unicodedata.category(letter) not in ("Cc", "Cs"))


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)
