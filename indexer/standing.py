"""Whether a date that was found on a page stands there as the page's own.

A reader of dates that knows the page's elements ends, when they hold none, at any date in the text:
the day of a concert, of a birth, of a comment, of the first of a list of articles, of today. One that
is the page's own stands by itself or opens its block, behind nothing but a label or the author, and
no other blocks of the same make hold other days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer import days

_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:comments?|kommentare?|related|recent|ticker|popular|latest|archive|events?|calendar|kalender"
    r"|termine?|search|menu|promo|clock|topbar|top-bar|today|heute|weather|cookie)(?![a-z])(?!-(?:on|enabled|open))"
)
_SILENT = frozenset(("script", "style", "noscript", "template", "option"))
_INLINE = frozenset(("time", "span", "em", "strong", "b", "i", "a", "small", "abbr", "font"))
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|af|av)\b[^.!?]{0,60}", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:datum|fecha|data|dated?|mis en ligne|en ligne|online|seit|erstellt|erschienen|eingestellt"
    r"|geändert|veröffentlicht|zuletzt|wurde|(?:diese )?seite|letzte|änderung|bearbeitet|des|artikels?"
    r"|last|edited|page|was|this|written|news|uploaded|added|vom|the)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\b(?:stand|published|posted|updated|veröffentlicht|erschienen|publié|mis à jour|publicado|pubblicato"
    r")(?: (?:am|le|on|el|il))?[\s:]*$",
    re.IGNORECASE,
)
_LIFE = re.compile(r"[*†]\s*$|\bborn\b")
_SIGNED = re.compile(r"\d\d:\d\d(?: ?(?:[ap]m|uhr))?,? (?:by|von|par|por|di) \w", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]$")
_DIGIT = re.compile(r"\d")
_SCRIPT = 500_000
_SHORT = 80
_MARKS = re.compile(r"[\s:|,;.–—·•>»/\[\](){}-]+")
_BLOCKS = frozenset(("h1", "h2", "h3", "p", "div", "section", "ul", "figure", "header"))
_OWN = re.compile(r"(?<![a-z])(?:author|autor|release|submitted|info|meta|byline|dateline)")
_AUTHOR_WORDS = 4
_NAMED = re.compile(r"date|time|publish|posted|upload|creat|updated")
_NO_NAME = re.compile(r"image|url|expir|event|valid|until|birth|start|end|register")
_BLOCK = 160
_OPENING = 10_000
"""Characters of a block that are looked at, most of which may be the indentation of its source."""
_ANCESTORS = 6
LIST = 3
"""So many blocks of one make with different days are a list, and none of them is the page's."""
_PARTS = 20
"""Elements of a line that holds author, date and little else."""
_ELEMENTS = 20_000
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Standing:
    """A date that stands by itself: its day, and the make of the block that holds it."""

    day: str
    make: str


def own_day(tree: Any, found: str) -> str | None:
    """Return the day found, as ISO, if it stands on a page as the page's own; else the only day that does.

    The tree is only read.
    """
    if _is_in_meta(tree, found) or _is_in_script(tree, found):
        return found
    standing = list(islice(_standing(tree), _MOST))
    makes: dict[str, set[str]] = {}
    for one in standing:
        makes.setdefault(one.make, set()).add(one.day)
    own = {one.day for one in standing if len(makes[one.make]) < LIST}
    if found in own:
        return found
    return own.pop() if len(own) == 1 else None


def _is_in_meta(tree: Any, found: str) -> bool:
    """Return whether a meta element that is named for a date of the page begins with the day."""
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        content = (element.get("content") or "").strip()
        if content.startswith(found) and _NAMED.search(name) and not _NO_NAME.search(name):
            return True
    return False


def _is_in_script(tree: Any, found: str) -> bool:
    """Return whether a script gives the day to a key that is named for a publication."""
    keyed = re.compile(
        rf"[\"'][\w-]{{0,30}}(?:publi|pub-?_?date|created|posted)[\w-]{{0,30}}[\"']\s{{0,3}}[:=,]\s{{0,3}}[\"']{found}",
        re.I,
    )
    return any(keyed.search((one.text or "")[:_SCRIPT]) for one in tree.iter("script"))


def _standing(tree: Any) -> Iterator[_Standing]:
    """Yield the dates that stand by themselves, in the order of the page."""
    main = next(tree.iter("main", "article"), None)
    left = _MOST
    inside = main is None or main.find(".//h1") is None
    for at, element in enumerate(tree.iter()):
        if at > _ELEMENTS:
            return
        inside = inside or element is main
        if not isinstance(element.tag, str) or element.tag in _SILENT or element.tag == "head":
            continue
        for text in (element.text, *(child.tail for child in element)):
            if text and left and _DIGIT.search(text) and (inside or not days.has_weekday(text)):
                written = next(days.find_days(text), None)
                left -= written is not None
                yield from _of_text(element, written) if written else ()
        yield from _of_title(element)


def _of_title(element: Any) -> Iterator[_Standing]:
    """Yield the date in an attribute of an element without text that is named for a date."""
    value = element.get("title") or element.get("datetime") or ""
    if value[:1].isdigit() and _NAMED.search((element.get("class") or "") + element.tag):
        day = days.read_day(value)
        if day and not (element.text or "").strip() and not _is_elsewhere(element):
            yield _Standing(day.date.isoformat(), make_of(element))


def _of_text(element: Any, written: days.Written) -> Iterator[_Standing]:
    """Yield the date that a text node opens with, when nothing but a label stands before it."""
    if _is_elsewhere(element):
        return
    day = days.read_written(written.surface, written.form, "day-first")
    block = block_of(element)
    whole = opening_of(block)
    before = whole.partition(" ".join(written.surface.split()))[0]
    if len(before) > _BLOCK or (len(whole) > _BLOCK and _MARKS.sub("", before)):
        return
    signed = len(whole) <= _SHORT and _SIGNED.search(whole[len(before) :])
    if day is not None and (signed or is_introduced(block, before) or _is_label_line(whole, before)):
        yield _Standing(day.date.isoformat(), make_of(block))


def opening_of(element: Any) -> str:
    """Return the text of an element as one line, of a long one no more than its beginning.

    All that is asked of a block is whether it is short, and what it begins with; 200 dates in one block
    of 1.8 million characters took 13 s.
    """
    size, parts = 0, []
    for text in element.itertext():
        parts.append(text[:_OPENING])
        size += len(text)
        if size > _OPENING:
            break
    return " ".join("".join(parts).split())


def block_of(element: Any) -> Any:
    """Return the element that is a block of its own: inline ones are parts of theirs."""
    while element.tag in _INLINE and element.getparent() is not None:
        parent = element.getparent()
        if parent.tag == "body" or len(parent) > _PARTS or any(child.tag in _BLOCKS for child in parent):
            break
        element = parent
    return element


def is_introduced(block: Any, before: str) -> bool:
    """Return whether what stands before a date in its block names it, or its author, or is nothing."""
    if _LIFE.search(before):
        return False
    if _STATED.search(before):
        return True
    rest = _MARKS.sub(" ", _LABEL.sub(" ", before)).strip()
    if not rest or days.stands_round(rest) or _BYLINE.fullmatch(rest):
        return True
    return bool(_OWN.search((block.get("class") or "").lower())) and len(before.split()) <= _AUTHOR_WORDS


def _is_label_line(whole: str, before: str) -> bool:
    """Return whether a block is a short line of labels and no sentence."""
    return len(whole) <= _SHORT and not _LIFE.search(before) and not _SENTENCE.search(whole)


def _is_elsewhere(element: Any) -> bool:
    """Return whether an element is part of what is not the article."""
    for _ in range(_ANCESTORS):
        if element is None or element.tag in ("body", "html"):
            return False
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if element.tag in ("nav", "form") or _ELSEWHERE.search(names):
            return True
        element = element.getparent()
    return False


def make_of(element: Any) -> str:
    """Return what blocks of one kind have in common: their elements and classes, two levels up."""
    parts = []
    for _ in range(2):
        if element is not None:
            parts.append(f"{element.tag}.{element.get('class') or ''}")
            element = element.getparent()
    return "<".join(parts)
