"""A pasted text to its parts: title, body, author, outlet, and the lines that may bear its date.

The body is what the reader sees and what offsets point into: the sentences of the article as they
stand, without the furniture of the page they were copied from. What was taken off the top is kept
for the search for a date. A line is only taken off when a rule names it.
"""

import re
from collections import Counter
from dataclasses import dataclass

from indexer import days, furniture

# A headline of a newspaper runs to 120 characters; agencies' summaries used as such to 200.
TITLE_CHARS = 200
LEAD_CHARS = 100
# Lines in which banner, title, byline and date can stand before the article begins.
HEADER_LINES = 12
BYLINE_CHARS = 90
BANNER_CHARS = 40

_NEWLINE = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")

_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?([\w-]{2,40}(?:\.[\w-]{2,20}){0,2}\.[A-Za-z]{2,10})/?", re.ASCII
)
_DATE_PREFIX = re.compile(r"\s*(date\s*:?\s*\d{4}-\d{2}-\d{2})(?!\d)[\s:|–-]*(?=\S)", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_PARTICLES = r"(?:al|bin|da|de|del|den|der|di|du|el|ibn|la|le|van|von|y)"
# One part of a name; its inner capitals (McDonald, O'Brien) are told from a glued sentence below.
_NAME_PART = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}"
_NAME = rf"{_NAME_PART}(?: (?:{_PARTICLES}|{_NAME_PART})){{0,4}}"
_BYLINE = re.compile(
    rf"(?i:by|author|written by|reported by)\s*:?\s+(?P<name>{_NAME}(?:(?: and| &) {_NAME}){{0,3}})"
    r"(?:\s*[,|/•·(–—-].{0,60})?"
)
# Other languages' words for "by" also open headlines: two names, and nothing behind them.
_BYLINE_ABROAD = re.compile(
    r"(?i:von|par|por|door|di|av|автор)\s*:?\s+"
    rf"(?P<name>{_NAME_PART}(?: (?:{_PARTICLES}|{_NAME_PART})){{1,4}})"
)
_POSTED = re.compile(r"((?:posted|published) on .{6,30}?) by [^.!?]{2,40}", re.IGNORECASE)
_BYLINE_START = re.compile(r"(?P<by>by\s+)(?P<rest>(?-i:[^\W\d_a-z]).{0,160})", re.IGNORECASE)
_GLUE = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\s|$))")
_NAME_ONLY = re.compile(rf"{_NAME_PART}(?: (?:{_PARTICLES}|{_NAME_PART})){{1,4}}")
# Inner capitals that belong to the name.
_NAME_HEAD = re.compile(r"(?:\b(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|El|Al|St|[A-Z]’|[A-Z]'))$")


@dataclass(frozen=True, slots=True)
class Paste:
    """The parts of a pasted text. Where no line of it is a title, `title` is its first sentence, cut.

    `dated` holds the lines near the title that may bear the article's date, `edges` the first and
    last three lines of the text as it came. The banner of a site with today's date is in neither.
    """

    title: str
    body: str
    author: str | None = None
    outlet: str | None = None
    dated: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands above the article: `taken` holds the numbers of the lines that go."""

    title: str | None
    taken: frozenset[int]
    author: str | None
    outlet: str | None
    dated: tuple[str, ...]


def read_paste(text: str, *, title: str | None = None) -> Paste:
    """Return the parts of a text; a `title` that is known is not looked for, only its repeats."""
    came = [line.rstrip() for line in _NEWLINE.sub("\n", text).split("\n")]
    lines = furniture.without_reply_form(_unglued(came))
    lines = furniture.without_furniture(lines)
    header = _read_header(lines, title=title)
    kept = [line for place, line in enumerate(lines) if place not in header.taken]
    kept = _without_captions(_single_spaced(_trimmed(kept)), title=header.title)
    body = "\n".join(_single_spaced(_trimmed(kept)))
    return Paste(
        title=header.title or lead(body),
        body=body,
        author=header.author,
        outlet=header.outlet,
        dated=header.dated,
        edges=_edges(came),
    )


def lead(body: str) -> str:
    """Return the first sentence of a body as the title of a text without one, cut at a word."""
    first = " ".join(body[: 4 * LEAD_CHARS].split("\n\n")[0].split())
    if len(first) <= LEAD_CHARS:
        return first
    sentence = re.match(rf".{{10,{LEAD_CHARS}}}?[.!?](?=\s+[^\W\d_a-z])", first)
    if sentence and not re.search(r"\b[A-Z]\w{0,3}\.$", sentence.group()):
        return sentence.group()
    return first[:LEAD_CHARS].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"


def _edges(lines: list[str]) -> tuple[str, ...]:
    """Return the first and the last three lines that are not blank, each once."""
    full = [line.strip() for line in lines if line.strip()]
    return tuple(full[:3] + full[max(3, len(full) - 3) :])


def _unglued(lines: list[str]) -> list[str]:
    """Return the lines with `date 2024-06-20 Title` and `By Jane DoeThe visit` taken apart."""
    apart: list[str] = []
    seen = 0
    for line in lines:
        if not line.strip() or seen >= HEADER_LINES:
            apart.append(line)
            continue
        prefix = _DATE_PREFIX.match(line) if seen == 0 else None
        if prefix:
            apart += [prefix.group(1)]
            line = line[prefix.end() :]
        seen += 1
        apart += _parted_byline(line)
    return apart


def _parted_byline(line: str) -> list[str]:
    """Return byline and sentence as two lines if a byline is glued to its sentence, else the line."""
    start = _BYLINE_START.match(line.lstrip())
    if not start:
        return [line]
    rest = line.lstrip()[len(start.group("by")) :]
    for glue in _GLUE.finditer(rest, 0, 120):
        name = rest[: glue.start()]
        if not _NAME_ONLY.fullmatch(name):
            continue
        if not _NAME_HEAD.search(name):
            return [start.group("by") + name, rest[glue.start() :]]
    return [line]


def _read_header(lines: list[str], *, title: str | None) -> _Header:
    """Return what the lines above the first prose say."""
    head = _head(lines)
    kinds = {place: _kind(lines[place]) for place in head}
    if title is None:
        named = _find_title(lines, head, kinds)
        found = " ".join(_plain(lines[place]) for place in named) or None
    else:
        named, found = (), title
    end = named[-1] if named else -1
    taken = set(named) | {place for place in head if kinds[place] != "other"}
    if found is None:
        # Without a title the article begins at the first line that is none of the above.
        begin = min((place for place in head if kinds[place] == "other"), default=len(lines))
        taken = {place for place in taken if place < begin}
    # What stands above a repeated title is the name of a site or of a section.
    taken |= {place for place in head if place < end and len(lines[place]) <= BANNER_CHARS}
    bylines = [lines[place].strip() for place in sorted(taken) if kinds[place] == "byline"]
    outlets = [_outlet(lines[place]) for place in sorted(taken) if kinds[place] == "outlet"]
    return _Header(
        title=found,
        taken=frozenset(taken),
        author=next(filter(None, map(author_of, bylines)), None),
        outlet=next(iter(outlets), None),
        dated=_dated(lines, sorted(taken), kinds, title_at=end),
    )


def _head(lines: list[str]) -> list[int]:
    """Return the numbers of the full lines above the first prose, a dozen at most."""
    head: list[int] = []
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        if len(head) >= HEADER_LINES or furniture.is_prose(line):
            break
        head.append(place)
    return head


def _kind(line: str) -> str:
    """Return what a line above an article is: `outlet`, `date`, `byline` or `other`."""
    line = line.strip()
    if len(line) > TITLE_CHARS:
        return "other"
    if _DOMAIN.fullmatch(line):
        return "outlet"
    posted = _POSTED.fullmatch(line)
    if days.is_date_line(posted.group(1) if posted else line):
        return "date"
    return "byline" if author_of(line) else "other"


def _find_title(lines: list[str], head: list[int], kinds: dict[int, str]) -> tuple[int, ...]:
    """Return the numbers of the lines that are the title: a repeated one, else the first that can be."""
    others = [place for place in head if kinds[place] == "other" and len(lines[place]) <= TITLE_CHARS]
    # A page repeats its headline over the text, under the picture or in the gallery.
    times = Counter(_key(line) for line in lines)
    for place in others:
        if times[_key(lines[place])] > 1 and len(lines[place].split()) > 2:
            return (place,)
    if not others or _ends_with_stop(lines[others[0]]):
        return ()
    first = others[0]
    run = [first]
    while (
        run[-1] + 1 < len(lines) and lines[run[-1] + 1].strip() and kinds.get(run[-1] + 1, "other") == "other"
    ):
        run.append(run[-1] + 1)
    wrapped = any(lines[place].lstrip()[:1].islower() for place in run[1:4])
    if not wrapped:
        return (first,)
    # A headline over two or three lines; more of them are a paragraph that was wrapped by hand.
    short = len(run) <= 3 and sum(len(lines[place]) for place in run) <= TITLE_CHARS
    return tuple(run) if short and not _ends_with_stop(lines[run[-1]]) and run[-1] + 1 < len(lines) else ()


def _ends_with_stop(line: str) -> bool:
    """Tell a line that ends with a full stop which is not that of an abbreviation; headlines have none."""
    return line.rstrip().endswith(".") and not re.search(
        r"(?:\b[A-Z]|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|vs))\.$", line
    )


def _dated(lines: list[str], taken: list[int], kinds: dict[int, str], *, title_at: int) -> tuple[str, ...]:
    """Return the lines that may bear the article's date: those under the title, then those above it.

    Above a title, a line with a weekday and no clock, or one under the name of a site, is the
    banner with the day on which the page was looked at.
    """
    dated = [place for place in taken if kinds[place] in ("date", "byline")]
    under = [lines[place].strip() for place in dated if place > title_at]
    site_at = min((place for place in taken if kinds[place] == "outlet"), default=len(lines))
    above = [
        lines[place].strip()
        for place in dated
        if place < title_at
        and place < site_at
        and (days.has_clock(lines[place]) or not days.has_weekday(lines[place]))
    ]
    return tuple(under + above)


def author_of(line: str) -> str | None:
    """Return the name in a byline, None if the line is none."""
    line = line.strip()
    if len(line) > BYLINE_CHARS:
        return None
    byline = _BYLINE.fullmatch(line) or _BYLINE_ABROAD.fullmatch(line)
    if byline is None or furniture.ends_sentence(line) or days.has_weekday(byline.group("name")):
        return None
    return byline.group("name").strip(" .,")


def _outlet(line: str) -> str | None:
    """Return the name of a site from a line that is its address."""
    domain = _DOMAIN.fullmatch(line.strip())
    return domain.group(1) if domain else None


def _plain(line: str) -> str:
    """Return a line without the marks of a heading."""
    heading = _HEADING.fullmatch(line.strip()[:TITLE_CHARS])
    return heading.group(1) if heading else line.strip()


def _key(line: str) -> str:
    """Return what two lines that say the same have in common."""
    return " ".join(_plain(line).casefold().split()).strip(" .:|-–—")


def _trimmed(lines: list[str]) -> list[str]:
    """Return the lines without blank lines and rules at either end."""
    full = [place for place, line in enumerate(lines) if line.strip() and not furniture.is_rule_line(line)]
    return lines[full[0] : full[-1] + 1] if full else []


def _without_captions(lines: list[str], *, title: str | None) -> list[str]:
    """Return the lines without repeats of the title and without the tags of pictures."""
    key = _key(title) if title else None
    kept: list[str] = []
    above = ""
    for place, line in enumerate(lines):
        if key and _repeats(line, key):
            continue
        below = lines[place + 1 : place + 3]
        alone = not "".join(kept[-1:]).strip() and below and not below[0].strip()
        if alone and furniture.is_tag_line(line.strip(), above=above, below=below[-1]):
            continue
        kept.append(line)
        above = line or above
    return kept


def _single_spaced(lines: list[str]) -> list[str]:
    """Return the lines with one blank line where there were more."""
    return [line for place, line in enumerate(lines) if line.strip() or (place and lines[place - 1].strip())]


def _repeats(line: str, title_key: str) -> bool:
    """Tell a line that is the title again, alone or with the name of a site or picture behind it."""
    if len(line) > TITLE_CHARS + BANNER_CHARS or not line.strip():
        return False
    key = _key(line)
    rest = key.removeprefix(title_key)
    return key == title_key or (
        rest != key and len(rest) <= BANNER_CHARS and re.match(r" [-–—|] ", rest) is not None
    )
