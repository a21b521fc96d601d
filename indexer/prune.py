"""A parsed page without the boxes between its paragraphs; what it quotes and heads is marked plainly.

Done before the text is looked for: once it is text, a teaser inside an article looks like its headings.
Elements come typed as Any: only `page` names the library that makes them.
"""

import re
from typing import Any
from urllib.parse import urlsplit

# Words of a class or id that name a box. On the tuned half of the article pages none held a paragraph; the
# share of the page's prose guards against themes that use them otherwise.
_BOX = re.compile(
    r"""(?<![a-z])(?:
      newsletter | rollover-[a-z]{1,20}-block | tooltip | popover | hovercard
    | (?:[a-z]{2,12}[-_])?related(?:[-_]?(?:articles?|posts?|stories|links?|content|news|topics))?
    | (?:also|may)[-_]?like | most[-_]?(?:read|popular|viewed|shared) | trending | recommend(?:ed|ations?)
    | latest[-_]?(?:news|posts?|stories|headlines|box) | more[-_]?(?:stories|news|articles|from)
    | (?:estimated[-_]?)?read(?:ing)?[-_]?time | (?:event|article|app)[-_]?(?:event[-_]?)?promo
    | breadcrumbs? | paywall | cookie[-_]?(?:banner|notice|consent|bar)
    | (?:share|sharing|social)[-_]?(?:bar|buttons?|links?|tools?|icons?|share) | rail
    | author[-_]?(?:bio|box|info) | about[-_]?(?:the[-_]?)?author
    )(?![a-z])""",
    re.VERBOSE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUBHEAD = re.compile(r"(?<![a-z])(?:sub|cross|inter)[-_]?(?:head|title|heading|headline)(?![a-z])")
_LABEL = re.compile(r"\[[^\[\]]{1,30}\]|[\s|:>»›→▶►•·\"'“”‘’()-]+")
_SENTENCE_END = re.compile(r"[.!?…。][\"”’'»)\]]*$")
# A box with more of the page's prose than this is the article in a theme that calls it so.
BOX_SHARE = 0.15
# Words before a link that only lead to it: "Related:", "See more:", "Lesen Sie auch:".
LEAD_WORDS = 3
# Fewer are a name, a place or a button that the text itself may have put on a line.
LINK_WORDS = 4
HEAD_CHARS = 120
_WHOLE = frozenset({"html", "body", "main", "head"})
_CARD_HEADS = frozenset({"h2", "h3", "h4", "h5"})
_INLINE = frozenset({"strong", "b", "em", "i", "u", "span"})


def prune(tree: Any, *, url: str | None) -> None:
    """Take boxes and lines of mere links out of a page whose address is `url`, in place."""
    prose = sum(len(paragraph.text_content()) for paragraph in tree.iter("p"))
    for element in tree.xpath("//*[@class or @id]"):
        _mark(element)
        if _is_box(element, prose=prose):
            _drop(element)
    host = _site(url)
    for block in _linked_blocks(tree, host=host):
        parts = block.iterchildren("li") if block.tag in ("ul", "ol") else (block,)
        # A list longer than all prose is what the page is: an index.
        if len(block.text_content()) <= prose and all(map(_is_linked, parts)):
            _drop(block)


def _mark(element: Any) -> None:
    """Make a heading of a box that only its class calls one, and a plain quotation of an embedded post."""
    named = element.get("class") or ""
    if element.tag == "div" and len(element) == 0 and _SUBHEAD.search(named.lower()):
        if 0 < len((element.text or "").strip()) <= HEAD_CHARS:
            element.tag = "h3"
    elif element.tag == "blockquote" and "twitter-tweet" in named:
        # The text finder drops what is called an embed; an article that quotes a post says what it says.
        del element.attrib["class"]
        above = element.getparent()
        if above is not None and above.tag == "div" and "embed" in (above.get("class") or ""):
            del above.attrib["class"]


def _is_box(element: Any, *, prose: int) -> bool:
    """Return whether an element is called a box and holds little of the page's prose."""
    if element.tag in _WHOLE:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not _BOX.search(_CAMEL.sub("-", named).lower()):
        return False
    left = BOX_SHARE * prose
    for paragraph in element.iter("p"):  # boxes in boxes in boxes: each is read until it is none
        left -= len(paragraph.text_content())
        if left < 0:
            return False
    return True


def _drop(element: Any) -> None:
    """Take an element out, leaving the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _site(url: str | None) -> str:
    """Return the last two labels of an address's host, empty without one."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])


def _linked_blocks(tree: Any, *, host: str) -> list[Any]:
    """Return the paragraphs, lists and cards that hold a link to the page's own site, each once."""
    blocks: dict[Any, None] = {}
    for link in tree.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#"):
            continue
        if target.startswith(("http:", "https:", "//")) and (not host or _site(target) != host):
            continue
        if any(child.tag in _CARD_HEADS for child in link):
            blocks[link] = None  # a headline inside a link is a card; a heading with a link in it may be ours
            continue
        block = link.getparent()
        while block is not None and block.tag in _INLINE:
            block = block.getparent()
        if block is not None and block.tag == "li":
            block = block.getparent()
        if block is not None and block.tag in ("p", "ul", "ol"):
            blocks[block] = None
    return list(blocks)


def _is_linked(block: Any) -> bool:
    """Return whether all words but a short lead are links, of some length and no sentence."""
    rest = _LABEL.sub(" ", " ".join(block.xpath(".//text()[not(ancestor::a)]")))
    if len(rest.split()) > LEAD_WORDS or _SENTENCE_END.search(block.text_content().rstrip()):
        return False
    return any(len(link.text_content().split()) >= LINK_WORDS for link in block.iter("a"))
