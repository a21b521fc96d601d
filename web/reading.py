"""One opened article as its view: paragraphs with marks, tags with their receipts, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlsplit

from search.domain import Article, CountryTag, Filter, Mention, PersonTag, Query, Reading, SaysTag, Span
from search.periods import period
from web.citing import bibtex, plain_citation
from web.context import ArticleView, Beside, Link, Receipt, TagView
from web.links import Links, within
from web.listing import UNTITLED, date_line, foreign, outlet_link
from web.marks import MARKED, Block, Piece, also, blocks, numbered, pieces
from web.mending import lines_against
from web.picking import named_tag_link
from web.rules import in_plain_words
from web.wording import FIELD_TITLES, counted, period_label, role_label, said, sentence, value_label

RECEIPTS_SHOWN = 12
STEPS = 60
"""Marks that a page links to one by one."""
ALONE = Beside()
_AROUND = 40
"""Characters of text kept either side of a mention in its receipt."""


def article_view(
    reading: Reading,
    query: Query,
    links: Links,
    *,
    show: str = "",
    copy: str = "",
    other: Beside = ALONE,
    site: str = "",
) -> ArticleView:
    """Return the view of an article opened from `query`; its tag links start a search of their own.

    `show` is the `tag_key` of words to mark too, `copy` the id of the copy beside it; at `site` we are cited.
    """
    article = reading.article
    at = f"{site}{links.article(article.id)}"
    title, cut, marks = _marked(reading, show)
    return ArticleView(
        lang=foreign(article),
        title=title,
        plain_title=article.title or UNTITLED,
        date=date_line(article),
        outlet=outlet_link(article, Query(), links),
        author=article.author or "",
        url=article.url or "",
        url_href=safe_href(article.url),
        origin=article.origin or "",
        language=value_label("language", article.language) if article.language else "",
        blocks=cut,
        tags=_TagLinks(article, query, links, show, copy).groups(),
        back=_back(query, links),
        marked=f"{counted(marks, 'place')} marked" if marks else "",
        steps=_steps(marks),
        notes=tuple(map(sentence, (*reading.notes, *_unmarked(reading)))),
        json_href=links.article_json(article.id, query),
        permalink=links.article(article.id),
        citation=plain_citation(article, safe_href(article.url) or at),
        bibtex=bibtex(article, safe_href(article.url) or at),
        beside=other,
    )


def _steps(marks: int) -> tuple[Link, ...]:
    return tuple(Link(str(number), f"#mark-{number}") for number in range(1, min(marks, STEPS) + 1))


def tag_key(tag: CountryTag | PersonTag | SaysTag) -> str:
    """Return a tag as the argument `show` names it: `country:AZ`, `person:Vera Holm`, `says:2023-11`."""
    if isinstance(tag, CountryTag):
        return f"country:{tag.code}"
    return f"person:{tag.name}" if isinstance(tag, PersonTag) else f"says:{tag.value}"


def _all_tags(article: Article) -> tuple[CountryTag | PersonTag | SaysTag, ...]:
    return (*article.countries, *article.people, *article.says)


def _marked(reading: Reading, show: str) -> tuple[tuple[Piece, ...], tuple[Block, ...], int]:
    """Return title and body in pieces, and how many marks they have; `show` names the tag that is shown."""
    article, numbers = reading.article, count(1)
    held = next((tag for tag in _all_tags(article) if tag_key(tag) == show), None)
    told = [*reading.title_filter_marks, *_spans(held.title_mentions if held else ())]
    title = pieces(article.title, reading.title_marks) or pieces(UNTITLED, ())
    title = numbered(also(title, told), numbers)
    told = [*reading.filter_marks[:MARKED], *_spans(held.mentions[:MARKED] if held else ())]
    cut = tuple(
        replace(block, pieces=numbered(also(block.pieces, told, start=block.start), numbers))
        for block in blocks(article.body, reading.marks[:MARKED])
    )
    return title, cut, next(numbers) - 1


def _spans(mentions: Sequence[Mention]) -> list[Span]:
    return [(one.start, one.end) for one in mentions]


def _unmarked(reading: Reading) -> tuple[str, ...]:
    """Return the note that not every place is marked, if that is so."""
    places = max(len(reading.marks), len(reading.filter_marks))
    return (said("marked_first", marked=MARKED, places=places),) if places > MARKED else ()


def safe_href(url: str | None) -> str:
    """Return `url` when it is one that a page may link to (http or https), else nothing."""
    if not url or any(ord(character) <= 0x20 for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _back(query: Query, links: Links) -> Link:
    if query == Query():
        return Link(said("all_articles"), links.search(query))
    return Link(said("back_to_search"), links.search(query))


@dataclass(frozen=True, slots=True)
class _TagLinks:
    """The tags of an article as views; `shown` is the key of the one whose words are marked."""

    article: Article
    query: Query
    links: Links
    shown: str
    copy: str

    def groups(self) -> tuple[tuple[str, tuple[TagView, ...]], ...]:
        """Return the tags by kind; a kind of which there are none is left out."""
        plain, article = Query(), self.article
        countries = tuple(
            self._view(tag, named_tag_link(plain, Filter("country", tag.code), tag.name, self.links))
            for tag in article.countries
        )
        people = tuple(
            self._view(tag, named_tag_link(plain, Filter("person", tag.name), tag.name, self.links))
            for tag in article.people
        )
        says = tuple(self._view(tag, _says_link(tag, self.links)) for tag in article.says)
        groups = ((said("countries"), countries), (said("people"), people), (FIELD_TITLES["says"], says))
        return tuple(group for group in groups if group[1])

    def _view(self, tag: CountryTag | PersonTag | SaysTag, link: Link) -> TagView:
        receipts = (
            *_receipts(self.article.title, tag.title_mentions, "title"),
            *_receipts(self.article.body, tag.mentions, "text"),
        )
        beyond = len(receipts) - RECEIPTS_SHOWN
        return TagView(
            link=link,
            show=self._show(tag, link),
            roles="" if isinstance(tag, SaysTag) else ", ".join(role_label(role) for role in tag.roles),
            places=counted(len(receipts), said("place"), said("places")) if receipts else said("given_with"),
            receipts=receipts[:RECEIPTS_SHOWN],
            beyond=said("places_more", places=counted(beyond, said("place"), said("places")))
            if beyond > 0
            else "",
            mending=() if isinstance(tag, SaysTag) else lines_against(self.article.id, tag),
        )

    def _show(self, tag: CountryTag | PersonTag | SaysTag, link: Link) -> Link:
        """Return the link that marks the words of a tag, or takes their marks off."""
        on = tag_key(tag) == self.shown
        show = "" if on else tag_key(tag)
        target = self.links.article(self.article.id, self.query, show=show, copy=self.copy)
        words = said("unmark_words" if on else "mark_words")
        return Link(words, target, current=on, name=f"{words}: {link.label}")


def _says_link(tag: SaysTag, links: Links) -> Link:
    label = period_label(tag.value)
    try:
        span = period(tag.value)
    except ValueError:
        return Link(label, links.search(Query()))
    target = within(Query(), "says", span.first, span.last)
    return Link(label, links.search(target), name=said("speaks_of", period=label))


def _receipts(text: str, mentions: Sequence[Mention], where: str) -> tuple[Receipt, ...]:
    return tuple(_receipt(text, mention, where) for mention in mentions)


def _receipt(text: str, mention: Mention, where: str) -> Receipt:
    start, end = _surroundings(text, mention)
    around = pieces(text, [(mention.start, mention.end)], start=start, end=end)
    return Receipt(where, around, start > 0, end < len(text), mention.rule, in_plain_words(mention.rule))


def _surroundings(text: str, mention: Mention) -> tuple[int, int]:
    """Return the ends of what a receipt shows: whole words either side of the mention."""
    start = max(0, mention.start - _AROUND)
    end = min(len(text), mention.end + _AROUND)
    if start:
        space = text.find(" ", start, mention.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", mention.end, end)
        end = space if space >= 0 else end
    return start, end
