"""A web page to title, text and the clues that its markup gives; nothing is fetched.

The only file that names trafilatura, htmldate (which trafilatura calls) and lxml. Both libraries
get a parsed tree and never an address: given a string that looks like one they would load it.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import htmldate
import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html
from trafilatura.metadata import extract_metadata

from indexer import days
from indexer.bulk import ATTRIBUTES, empty_elements, has_overgrown_tags, is_overnested
from indexer.masthead import host_of, outlet_name, persons_of, without_site
from indexer.prune import prune
from indexer.restore import once, paragraphs, restore
from indexer.shown import shown_dates
from indexer.standing import own_day
from search.errors import ArticleRefused

# The longest page of the development set has 1.2 million characters. 60,000 links in 0.9 million took
# the libraries 6 s, so more than this would hold a rebuild up.
PAGE_CHARS = 2_000_000
# The libraries take longer than in proportion: 20,000 paragraphs of a letter took 2 s, 100,000 over 40 s.
# The page with most tags of the development set has 19,437.
PAGE_TAGS = 50_000
SCRIPT_CHARS = 500_000
# Candidates of one kind that are kept; a list of articles holds a date for each, and none is the page's.
CANDIDATES = 20
CANDIDATE_CHARS = 100

# Names of meta elements that date a page, surest first: what it calls its publication, then plain dates.
META_NAMES = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "datepublished", "article.published", "article:published_date", "article:publicationdate",
    "article_date_original", "publish_date", "publishdate", "publish-date", "published-date",
    "published_date", "publication_date", "publication-date", "originalpublicationdate",
    "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "pubdate", "dc.date.issued", "dcterms.issued", "rnews:datepublished",
    "og:pubdate", "cxenseparse:recs:publishtime", "article.created", "datecreated", "date_published",
    "dateposted", "content_create_date", "date", "dc.date", "dcterms.date", "dc.date.created",
    "dcterms.created", "dc.created", "dc:date", "dc:created", "created", "citation_date",
)  # fmt: skip
_META_RANK = {name: rank for rank, name in enumerate(META_NAMES)}
_JSON_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}\[?\s{0,5}"([^"]{4,60})"')
_GONE = "gone"
_NO_ZONE = re.compile(r"(?<=:\d\d)[+-](?:2[4-9]|[3-9]\d):?\d\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PARSER = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)

# What the two report is told in the refusal; their own lines would stand between progress bars.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its article, and strings that may hold the date, surest first.

    `shown` is the date that htmldate found, which may also be one that readers see; `headed` are
    the dates that readers see at the headline.
    """

    title: str | None
    text: str
    meta: tuple[str, ...] = ()
    structured: tuple[str, ...] = ()
    shown: str | None = None
    headed: tuple[str, ...] = ()
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None


def read_page(html: str, *, origin: str) -> Page:
    """Return what a page says. Raises ArticleRefused when no text of an article is found in it."""
    if len(html) > PAGE_CHARS:
        raise ArticleRefused(origin, f"a page of {len(html):,} characters; the limit is {PAGE_CHARS:,}")
    if html.count("<") > PAGE_TAGS:
        raise ArticleRefused(origin, f"a page of {html.count('<'):,} tags; the limit is {PAGE_TAGS:,}")
    if has_overgrown_tags(html):
        raise ArticleRefused(origin, f"a page with tags of over {ATTRIBUTES:,} attributes")
    try:
        page = _read(html)
    except _Overnested as error:
        raise ArticleRefused(origin, "a page of too many elements inside each other") from error
    except Exception as error:
        # Broken markup raises whatever the libraries underneath happen to; it must not end a rebuild.
        raise ArticleRefused(origin, f"HTML that cannot be read ({type(error).__name__})") from error
    if not page.text:
        raise ArticleRefused(origin, "HTML with no text")
    return page


class _Overnested(Exception):
    """A page whose elements are nested too deep and too many."""


def _read(html: str) -> Page:
    """Return what a page says; its text may be empty."""
    tree = _tree(html)
    if is_overnested(tree):
        raise _Overnested
    # Taken first: the text is found by taking the tree apart.
    meta, structured = _meta(tree), tuple(islice(_structured(tree), CANDIDATES))
    metadata = _metadata(tree, html)
    shown = None if any(map(days.read_day, meta + structured)) else _shown(metadata.date, tree)
    headed = shown_dates(tree, metadata.title)[:CANDIDATES]
    prune(tree, url=metadata.url)
    headlines = {headline for heading in tree.iter("h1") if (headline := _one_line(heading.text_content()))}
    text = _main_text(tree) or _any_text(html) or _one_line(metadata.description) or ""
    # What the page shows is its title, not what it gives to other sites to link with.
    shown_title, body = _without_headline(text, headlines)
    host = host_of(metadata.url)
    outlet = outlet_name(_one_line(metadata.sitename), host=host)
    return Page(
        title=shown_title or without_site(_one_line(metadata.title), outlet=outlet, host=host),
        text=body,
        meta=meta,
        structured=structured,
        shown=shown,
        headed=tuple(headed),
        author=persons_of(_one_line(metadata.author), outlet=outlet, host=host),
        outlet=outlet,
        language=tree.get("lang") or None,
        url=_address(metadata.url),
    )


def _main_text(tree: Any) -> str:
    """Return the text of the article, empty when none is found."""
    for element in (empty := empty_elements(tree)):
        element.tag = _GONE
    if empty:
        etree.strip_tags(tree, _GONE)
    found = paragraphs(tree)
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    return once(restore((getattr(document, "text", None) or "").strip(), found))


def _any_text(html: str) -> str:
    """Return all paragraphs of a page on which no article is found, empty when it has none."""
    _, text, _ = trafilatura.baseline(_tree(html))
    return text.strip()


def _without_headline(text: str, headlines: set[str]) -> tuple[str | None, str]:
    """Return the headline that the text begins with, if any, and the text without it."""
    first, _, rest = text.partition("\n")
    headline = " ".join(first.split())
    return (headline, rest.strip()) if headline in headlines and rest.strip() else (None, text)


def _tree(html: str) -> Any:
    """Return a page as elements; a control character in it would cost the text finder the whole page."""
    plain = _CONTROLS.sub(" ", html)
    return lxml_html.document_fromstring(plain.encode("utf-8", "replace"), parser=_PARSER)


def _metadata(tree: Any, html: str) -> Any:
    """Return what trafilatura's metadata reader finds; a page is not lost for a zone such as +99:99."""
    dated = {"original_date": True, "extensive_search": False}
    try:
        return extract_metadata(tree, date_config=dated)
    except (ValueError, OverflowError):
        # htmldate lets out what datetime raises on a zone of a day or more.
        return extract_metadata(_tree(_NO_ZONE.sub("", html)), date_config=dated)


def _one_line(text: str | None) -> str | None:
    """Return a text as one line, None if it is empty."""
    return " ".join((text or "").split()) or None


def _address(url: str | None) -> str | None:
    """Return an address of the web, None for any other."""
    return url if url and re.match(r"https?://[^\s/]+", url) else None


def _meta(tree: Any) -> tuple[str, ...]:
    """Return the contents of the meta elements that date the page, surest first."""
    ranked = [
        (_META_RANK[name], element.get("content")[:CANDIDATE_CHARS])
        for element in tree.iter("meta")
        for name in {(element.get(key) or "").lower() for key in ("property", "name", "http-equiv")}
        if name in _META_RANK and element.get("content")
    ]
    ranked.sort(key=lambda pair: pair[0])
    return tuple(content for _, content in ranked[:CANDIDATES])


def _structured(tree: Any) -> Iterator[str]:
    """Yield the publication dates of JSON-LD, then of microdata, then of dated elements."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            # By pattern, not by parser: one comma too many must not cost the date.
            yield from _JSON_DATE.findall((script.text or "")[:SCRIPT_CHARS])
    for element in tree.iter("meta", "time", "span", "div", "p", "abbr", "a"):
        name, kind = (element.get("itemprop") or "").lower(), (element.get("class") or "").lower()
        if "datepublished" in name or element.get("pubdate") is not None:
            value = element.get("content") or element.get("datetime") or element.text_content()
        elif element.tag == "abbr" and "published" in kind:
            value = element.get("title")
        else:
            continue
        yield (value or "").strip()[:CANDIDATE_CHARS]


def _shown(found: str | None, tree: Any) -> str | None:
    """Return the date that htmldate finds, if it stands on the page as the page's own.

    `found` is what it finds in elements that are known to hold dates; after that it searches all
    text, down to the year of a copyright notice.
    """
    if found and not found.endswith("-01"):
        return own_day(tree, found)
    with suppress(ValueError, OverflowError):  # what `_metadata` is told of, from the rest of the text
        found = found or htmldate.find_date(tree, original_date=True, extensive_search=True)
    return own_day(tree, found) if found else None
