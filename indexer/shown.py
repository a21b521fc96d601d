"""The date that readers see beside a headline: in a `time` element, or in one that is named for a date.

Servers put many dates into a page: when a draft was begun, when the paper was printed, the hour in
Greenwich. Readers, editors and courts go by the one that stands at the headline.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from indexer import days
from indexer.ago import tells_ago
from indexer.standing import LIST, block_of, is_introduced, make_of, opening_of

_DATED = re.compile(
    r"(?<![a-z])(?:(?:pub|post|entry|article|news|meta|line)?-?(?:date|datum|timestamp|published|fecha|metadata)"
    r"|time(?:data|line)?|dateline|byline|erschienen|posted|meta|infoline)(?![a-z])"
)
_ELSEWHERE = re.compile(
    r"comment|related|teaser|sidebar|footer|widget|recent|ticker|popular|latest|archive|event|search|menu|promo"
)
_APART = frozenset(("aside", "footer", "nav", "script", "style", "noscript", "template", "form", "table"))
_UPDATE = (
    r"updated?|modified|changed|aktualisiert|geändert|änderung|stand\b|mis à jour|modifié|actualizad"
    r"|aggiornat|printed|retrieved|event|beginn|until|bis\b|valid|gültig|seit\b|since|depuis|desde"
)
_OLD = re.compile(rf"{_UPDATE}|last", re.IGNORECASE)
# In what readers see they begin words: a headline about blasting or lasting peace tells of no update.
_OLD_WORD = re.compile(rf"(?<!\w)(?:{_UPDATE}|last\b)", re.IGNORECASE)
_TOLD = re.compile(r"publi|posted|created|erschienen|veröffentlicht|erstellt|vom\b|pubblicat", re.IGNORECASE)
_ENTRY = re.compile(
    r"\b(?:this (?:entry|post|article) was (?:posted|published|written)"
    r"|dieser (?:beitrag|artikel|eintrag) wurde|cet(?:te)? (?:article|billet|entrée) a été (?:publié|posté)"
    r"|est[ae] (?:entrada|artículo) (?:fue|se) public|questo (?:articolo|post) è stato (?:pubblic|scritt))",
    re.IGNORECASE,
)
"""What blogs close an article with: "This entry was posted on Saturday, 3 December 2011 at 14:02"."""
_ENTRY_REACH = 80
_HEADS = ("h1", "h2")
_HEADINGS = ("h1", "h2", "h3", "h4")
_BEFORE, _AFTER = 25, 60
"""Elements before and after a headline in which its date stands."""
_TEXT = 160
"""Characters of an element that is a date and little else."""
_MOST = 200
"""Dates of one page that are looked at."""
_ANCESTORS = 8
_LABEL = 40


def shown_dates(tree: Any, title: str | None) -> list[str]:
    """Return the dates at the headline as they are written, the nearest first; nothing that is an update."""
    wanted = " ".join((title or "").split()).casefold()
    heads: list[int] = []
    found: list[tuple[int, str, str]] = []
    makes: dict[str, set[str]] = {}
    teaser, looked = False, 0
    for at, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _HEADS and _is_headline(element, wanted):
            heads.append(at)
            teaser = False
        elif element.tag in _HEADINGS:
            teaser = element.find(".//a") is not None or element.getparent().tag == "a"
        elif not teaser and looked < _MOST and _is_dated(element):
            looked += 1
            for text in _dates(element):
                makes.setdefault(make_of(block_of(element)), set()).add(text)
                found.append((at, text, make_of(block_of(element))))
    near = ((_distance(at, heads), text) for at, text, make in found if len(makes[make]) < LIST)
    dated = [text for distance, text in sorted(one for one in near if one[0] >= 0)]
    return dated or list(_marked(tree)) or list(_labelled(tree)) or list(_stated(" ".join(tree.itertext())))


def _marked(tree: Any) -> Iterator[str]:
    """Yield the date that one visible element alone is marked as the publication's."""
    marked = [one for one in tree.iter("time", "span", "div", "p") if one.get("itemprop") == "datePublished"]
    if len(marked) == 1:
        yield from _dates(marked[0])


def _labelled(tree: Any) -> Iterator[str]:
    """Yield the date of the only time element with "Published on" or the like right before it."""
    times = islice(tree.iter("time"), _MOST)
    found = {text for one in times if _TOLD.search(_before(one)) for text in _dates(one)}
    if len(found) == 1:
        yield from found


def _stated(text: str) -> Iterator[str]:
    """Yield the date of the sentence that closes an entry, if there is one such sentence alone."""
    stated = list(islice(_ENTRY.finditer(text), 2))
    if len(stated) == 1:
        said = text[stated[0].end() : stated[0].end() + _ENTRY_REACH]
        yield from (one.surface for one in islice(days.find_days(said), 1))


def _is_headline(element: Any, wanted: str) -> bool:
    """Return whether a heading is the article's: the h1, or an h2 of the same words."""
    if element.tag == "h1":
        return True
    text = " ".join(element.text_content().split()).casefold()
    return bool(text) and bool(wanted) and (text in wanted or wanted in text)


def _is_dated(element: Any) -> bool:
    """Return whether an element is named for a date, and belongs to no list of other articles."""
    names = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop")).lower()
    if (element.tag != "time" and not _DATED.search(names)) or (
        _OLD.search(names) and not _TOLD.search(names)
    ):
        return False
    for _ in range(_ANCESTORS):
        if element is None:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if element.tag in _APART or (element.tag != "body" and _ELSEWHERE.search(names)):
            return False
        element = element.getparent()
    return True


def _dates(element: Any) -> Iterator[str]:
    """Yield the dates of an element that are not called updates; the attribute where the text has none."""
    text = opening_of(element)
    if len(text) > _TEXT or (element.tag != "time" and element.find(".//time") is not None):
        return  # not little else than a date, or its time elements speak for themselves
    block = block_of(element)
    if element.tag == "time" and not is_introduced(block, _opening(block, text)):
        return
    before = _before(element)
    written = list(days.find_days(text))
    end = 0
    for one in written:
        label = f"{before if one is written[0] else ''} {text[end : one.start]}"
        end = one.end
        if _TOLD.search(label) or not _OLD_WORD.search(label):
            yield one.surface
    if written or _OLD_WORD.search(f"{before} {text}"):
        return
    if element.tag == "time" and element.get("datetime"):
        yield element.get("datetime")[:_LABEL]
    elif tells_ago(text):
        yield text  # "3 hours ago", which the hour of fetching settles


def _opening(block: Any, text: str) -> str:
    """Return what stands before a text in its block."""
    return opening_of(block).partition(text)[0] if text else ""


def _before(element: Any) -> str:
    """Return the words right before an element."""
    previous = element.getprevious()
    words: str = (previous.tail or "").strip() or previous.text_content() if previous is not None else ""
    if previous is None and element.getparent() is not None:
        words = element.getparent().text or ""
    return " ".join(words[-_LABEL * 2 :].split())[-_LABEL:]


def _distance(at: int, heads: list[int]) -> int:
    """Return how far a date stands from the nearest headline, in elements; -1 when that is too far."""
    near = [at - head if at >= head else 2 * (head - at) for head in heads if -_BEFORE <= at - head <= _AFTER]
    return min(near, default=-1)
