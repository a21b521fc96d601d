"""One source to one article: its parts, its date, and its tags, each with a receipt.

text   ─▶ title ─┐
html   ─▶ page ─▶ title ─┤─▶ date, says ─▶ people ─▶ countries ─▶ article
record ──────────┘
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from indexer.ago import LINE
from indexer.correct import Correcting
from indexer.corrections import Change, Fix, chosen_corrections
from indexer.countries import country_named, tag_countries
from indexer.date import Clues, Dated, find_date, order_of
from indexer.days import Day
from indexer.language import language_code, language_of
from indexer.masthead import host_of
from indexer.page import read_page
from indexer.people import tag_people
from indexer.records import FIELD_CHARS, NAME_CHARS
from indexer.says import find_says
from indexer.shingles import wording
from indexer.source import Limits, Refusal, Source
from indexer.tagger import chosen_tagger
from indexer.title import Paste, read_paste
from search.domain import Article, CountryTag, Mention, PersonTag, Span
from search.errors import ArticleRefused
from search.tokens import count_tokens

# The title, the byline and the statements of date of a record stand at its ends.
HEAD_CHARS, TAIL_CHARS, HEAD_LINES = 8_000, 1_000, 12
TITLE_CHARS = 500


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article, sentences on what was cut or not used, and the keys of its record that mean nothing.

    `changes` are what `tags.toml` did to it: of each statement that touched it, in the order of lines.
    `ahead` tells that it may be dated otherwise on another day: a clue named a day still to come.
    """

    article: Article
    notes: tuple[str, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the text or page itself says; a given field overrides its part. `tag` is a language tag."""

    title: str
    body: str
    author: str | None
    outlet: str | None
    url: str | None
    tag: str | None
    clues: Clues


@dataclass(frozen=True, slots=True)
class _Tags:
    """The persons and countries of an article, and notes on given ones."""

    people: tuple[PersonTag, ...]
    countries: tuple[CountryTag, ...]
    notes: tuple[str, ...]


def extract(source: Source, *, limits: Limits | None = None, today: date | None = None) -> Extracted:
    """Return the article of a source. Raises ArticleRefused when there is no text in it."""
    limit = (limits or Limits()).body_chars
    parts, notes = _within(_read(source, limit=limit), source, limit)
    url = source.url or parts.url
    outlet = source.outlet or parts.outlet or host_of(url)
    work = Correcting(chosen_corrections(), outlet)
    guess = work.language(language_of(parts.body, tag=parts.tag), told=parts.tag)
    language = language_code(source.language) or guess
    order = order_of(source.language or parts.tag or language, url=url, outlet=outlet)
    clues = replace(_clues(source, parts), url=url, order=order)
    found, date_notes = find_date(clues, today=today or date.today())
    # Of what the text says alone: a date that is put right must not make it another article.
    article_id = source.id or source.path_id or _digest(url or f"{parts.title}{found.day or ''}{parts.body}")
    fix = work.corrections.fix(article_id)
    dated, date_notes = work.dated((found, date_notes), clues, fix, today=today or date.today())
    author = source.author or parts.author
    tags = _corrected(source, parts, author, work=work, fix=fix)
    article = Article(
        id=article_id,
        title=parts.title,
        body=parts.body,
        date=dated.day,
        date_precision=dated.precision,
        date_source=dated.source,
        says=find_says(parts.title, parts.body, _published(dated)),
        countries=tags.countries,
        people=tags.people,
        outlet=outlet,
        author=author,
        url=url,
        origin=source.origin,
        language=language,
        words=count_tokens(parts.title) + count_tokens(parts.body),
        story=_digest(wording(parts.body) or wording(parts.title)),
    )
    # What htmldate sets aside as still to come is not told; of an undated page it is supposed.
    ahead = found.ahead or dated.ahead or (source.kind == "html" and dated.day is None)
    notes = source.notes + notes + date_notes + _language_notes(source) + tags.notes
    return Extracted(article, notes, source.unknown_keys, work.changes, ahead)


def _language_notes(source: Source) -> tuple[str, ...]:
    """Return what is said of a given language that is none."""
    if not source.language or language_code(source.language):
        return ()
    return (f"the given language {source.language[:40]!r} is no language tag: not used",)


def _clues(source: Source, parts: _Parts) -> Clues:
    """Return the clues of the text with those that are given."""
    given = replace(parts.clues, given=source.date, dateline=source.dateline)
    return replace(given, crawled=source.crawled, head=_head(source))


def _head(source: Source) -> tuple[str, ...]:
    """Return the first short lines of a text, among which "3 hours ago" may stand."""
    if source.kind == "html" or not source.crawled:
        return ()
    lines = source.content[:HEAD_CHARS].splitlines()[:HEAD_LINES]
    return tuple(line for line in lines if 0 < len(line.strip()) <= LINE)


def _published(dated: Dated) -> Day | None:
    """Return the date of an article as a period."""
    return Day(dated.day, dated.precision) if dated.day and dated.precision else None


def extract_or_refuse(source: Source) -> Extracted | Refusal:
    """Return the article of a source, or why there is none; an error of one never stops the others."""
    try:
        return extract(source)
    except ArticleRefused as error:
        return Refusal(error.origin, error.reason)
    except Exception as error:
        return Refusal(source.origin, f"tagging failed: {type(error).__name__}: {error}")


def _digest(text: str) -> str:
    """Return 16 hex digits that stand for a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _within(parts: _Parts, source: Source, limit: int) -> tuple[_Parts, tuple[str, ...]]:
    """Return the parts with a body of at most `limit` characters, and notes on what was cut.

    Names and the address are at most as long as those of a record.
    """
    notes: tuple[str, ...] = ()
    if source.title and len(source.title) > TITLE_CHARS:
        notes += (f"a title of {len(source.title):,} characters: cut at {TITLE_CHARS:,}",)
    text = parts.body if source.kind == "html" else source.content
    for name, told in (("outlet", parts.outlet or ""), ("author", parts.author or "")):
        if len(told) > NAME_CHARS:
            notes += (f"{name} has {len(told):,} characters: cut at {NAME_CHARS:,}",)
    outlet, author = (told and told[:NAME_CHARS].rstrip() for told in (parts.outlet, parts.author))
    parts = replace(parts, outlet=outlet, author=author)
    if parts.url and len(parts.url) > FIELD_CHARS:
        notes += (f"url has {len(parts.url):,} characters, {FIELD_CHARS:,} are read: not used",)
        parts = replace(parts, url=None)
    if len(text) > limit:
        notes += (f"a text of {len(text):,} characters: cut at {limit:,}",)
    return replace(parts, body=parts.body[:limit]), notes


def _read(source: Source, *, limit: int) -> _Parts:
    """Return the parts of a source by its kind; of a text or record no more than `limit` is looked at."""
    if source.kind == "html":
        return _of_page(source)
    if source.kind == "record":
        return _of_record(replace(source, content=source.content[:limit]))
    paste = read_paste(source.content[:limit], title=source.title)
    if not paste.body and not paste.title:
        raise ArticleRefused(source.origin, "no text: there is nothing but page furniture")
    return _parts(paste, body=paste.body, path=source.path_id)


def _parts(paste: Paste, *, body: str, path: str | None) -> _Parts:
    """Return the parts of a paste, with the clues to its date."""
    clues = Clues(byline=paste.dated, text=body[:HEAD_CHARS], path=path, edges=paste.edges)
    title = paste.title
    if len(title) > TITLE_CHARS:
        title = title[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"
    return _Parts(title, body, author=paste.author, outlet=paste.outlet, url=None, tag=None, clues=clues)


def _of_record(source: Source) -> _Parts:
    """Return the parts of a record, whose text stays as it is; its ends are read as a paste is."""
    text = source.content
    if len(text) > HEAD_CHARS + TAIL_CHARS:
        text = f"{text[:HEAD_CHARS]}\n\n{text[-TAIL_CHARS:]}"
    paste = read_paste(text, title=source.title)
    return _parts(paste, body=source.content, path=source.path_id)


def _of_page(source: Source) -> _Parts:
    """Return the parts of a web page; furniture that the page reader left is taken off as from a paste."""
    page = read_page(source.content, origin=source.origin)
    known = source.title or page.title
    paste = read_paste(page.text, title=known)
    if not paste.body and not (paste.title and (not known or known in page.text.splitlines())):
        raise ArticleRefused(source.origin, "HTML with no text")
    parts = _parts(paste, body=paste.body, path=source.path_id)
    # htmldate also reads addresses; a date of the address is known as that, not as a byline's.
    shown = () if page.shown is None or _in_address(page.shown, source.url or page.url) else (page.shown,)
    clues = replace(
        parts.clues,
        meta=page.meta,
        structured=page.structured,
        headed=page.headed,
        byline=(*parts.clues.byline, *shown),
    )
    return replace(
        parts,
        author=page.author or parts.author,
        outlet=page.outlet or parts.outlet,
        url=page.url,
        tag=page.language,
        clues=clues,
    )


def _in_address(shown: str, url: str | None) -> bool:
    """Tell whether an ISO date is the one that the page's address holds."""
    dated, _ = find_date(Clues(url=url), today=date.today())
    return dated.day is not None and dated.day.isoformat() == shown


def _corrected(
    source: Source, parts: _Parts, author: str | None, *, work: Correcting, fix: Fix | None
) -> _Tags:
    """Return the tags of an article as `tags.toml` has them."""
    if not work.corrections:
        return _tag(source, parts, author=author)
    words = work.marked(parts.title, parts.body)
    given = source.people is not None
    people, places = work.people(_people(source, parts, author=author), words, given=given)
    if source.countries is not None:
        countries, notes = _given_countries(source.countries, work.country_called)
    else:
        taken = _taken(people, "title_mentions"), _taken(people, "mentions")
        countries, notes = work.countries(words, places, dateline=source.dateline, taken=taken), ()
    countries = work.shown(work.fixed_countries(fix, countries, words))
    return _Tags(work.fixed_people(fix, people, words), countries, notes)


def _tag(source: Source, parts: _Parts, *, author: str | None) -> _Tags:
    """Return the tags of an article: the given ones as they are, the others found in its text."""
    people = _people(source, parts, author=author)
    if source.countries is not None:
        return _Tags(people, *_given_countries(source.countries, country_named))
    countries = tag_countries(
        parts.title,
        parts.body,
        dateline=source.dateline,
        taken=_taken(people, "mentions"),
        title_taken=_taken(people, "title_mentions"),
    )
    return _Tags(people, countries, ())


def _people(source: Source, parts: _Parts, *, author: str | None) -> tuple[PersonTag, ...]:
    """Return the persons that are given, else those found."""
    if source.people is not None:
        return tuple(PersonTag(name, ("mentioned",)) for name in source.people)
    return tag_people(parts.title, parts.body, author=author, tagger=chosen_tagger())


def _taken(people: Iterable[PersonTag], where: Literal["mentions", "title_mentions"]) -> list[Span]:
    """Return the spans of persons' names in title or body."""
    return _spans(one for person in people for one in getattr(person, where))


def _spans(mentions: Iterable[Mention]) -> list[Span]:
    """Return the spans of mentions, ascending."""
    return sorted((mention.start, mention.end) for mention in mentions)


def _given_countries(
    given: tuple[str, ...], named: Callable[[str], tuple[str, str] | None]
) -> tuple[tuple[CountryTag, ...], tuple[str, ...]]:
    """Return a tag for each given country that is known, in the order given, and notes on the others.

    `named` gives code and name of one, None if it knows none.
    An editor who names a country says that the article is about it.
    """
    found: dict[str, CountryTag] = {}
    notes: list[str] = []
    for name in given:
        whole = named(name)
        # "AZ, GE" in one cell is two countries, "Korea, Republic of" is one.
        parts = [name] if whole else [part.strip() for part in name.split(",")]
        for part in parts:
            known = whole or named(part)
            if known:
                found.setdefault(known[0], CountryTag(known[0], known[1], ("about",)))
            else:
                notes.append(f"the given country {part[:80]!r} is not known: not used")
    return tuple(found.values()), tuple(notes)
