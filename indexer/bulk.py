"""What of a page's markup takes the libraries longer than in proportion to its size.

Elements come typed as Any: only `page` names the library that makes them.
"""

import re
from typing import Any

# libxml2 compares each attribute of an element with all before it: 100,000 took over two minutes, and so did
# 50 elements of 4,990. What counts is the sum of the squares.
ATTRIBUTES = 5_000
# The libraries go from each element to all those round it: 20,000 in 230 others took 14 s. The depths of the
# elements of a page of the development sets add up to 150,000 at most.
DEPTHS = 1_000_000
# Fewer attributes than this are not counted; the most on a page of the development sets is 40.
_MANY = 100
_MANY_EMPTY = 2_000
_EMPTY = (
    "b", "strong", "i", "em", "span", "q", "p", "div", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
    "pre", "blockquote", "section", "article", "main",
)  # fmt: skip
_TAG = re.compile(r"[A-Za-z][\w:-]{0,40}[\s/]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OPEN = re.compile(r"[\"']")


def has_overgrown_tags(html: str) -> bool:
    """Return whether the tags of a page have too many attributes."""
    left = ATTRIBUTES**2
    count, quote = 0, ""  # of a tag that goes on behind the next "<", which stands in a value of it
    for piece in html.split("<"):
        if quote:
            _, ended, piece = piece.partition(quote)
            if not ended:
                continue
        elif not _TAG.match(piece):  # the < of a script is mostly no tag's
            continue
        # Drawings have thousands of numbers in one quoted value.
        bare, closed, _ = _QUOTED.sub(" ", piece).partition(">")
        count += max(bare.count("="), len(bare.replace("/", " ").split()))
        opened = None if closed else _OPEN.search(bare)
        quote = opened.group() if opened else ""
        if quote and count <= ATTRIBUTES:
            continue
        left -= count**2 if count > _MANY else 0
        if left < 0:
            return True
        count = 0
    return False


def empty_elements(tree: Any) -> list[Any]:
    """Return the elements without text or parts that the text finder takes out, if they are many.

    It joins the text behind each to that before: 24,000 of one block took over a minute.
    """
    empty = [one for one in tree.iter(*_EMPTY) if one.text is None and len(one) == 0]
    return empty if len(empty) > _MANY_EMPTY else []


def is_overnested(tree: Any) -> bool:
    """Return whether the depths of the elements of a page add up to too much."""
    level, depth, left = [tree], 0, DEPTHS
    while level and left >= 0:
        depth += 1
        left -= depth * len(level)
        level = [child for element in level for child in element]
    return left < 0
