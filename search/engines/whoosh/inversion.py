"""Texts as sequences of tokens to postings by term: one block, sorted, as a file.

A block is what fits the memory a writer may use. It has the sections of a segment's words, but
for dictionaries: in their place stands the writer's number of each term, in the alphabetical
order of the terms. `merge` makes a segment of blocks and of older segments alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, ArraysWriter
from search.engines.whoosh.lexicon import NO_TERM, Lexicon
from search.engines.whoosh.schema import FORMS

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
MANY = 255
"""A count of so many or more is written in a list of its own, so that a count is one byte."""

Places = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Texts:
    """Tokens of successive articles, title before body; `sizes` (articles × 2) counts them."""

    tokens: NDArray[np.uint32]
    sizes: NDArray[np.uint32]
    first: int

    def places(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], Bools]:
        """Return for each token its article, its position in its text, and whether that is the title."""
        sizes = self.sizes.reshape(-1).astype(np.int64)
        texts = np.repeat(np.arange(len(sizes)), sizes)
        starts = np.cumsum(sizes) - sizes
        positions = np.arange(len(texts)) - starts[texts]
        articles = (texts >> 1) + self.first
        return articles.astype(np.uint32), positions.astype(np.uint32), (texts & 1) == 0

    def following(self, marks: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """Return for each token the mark of the next one in its text, 0 for the last."""
        found = np.zeros(len(self.tokens), dtype=np.uint16)
        found[:-1] = marks[self.tokens[1:]]
        lasts = np.cumsum(self.sizes.reshape(-1).astype(np.int64)) - 1
        found[lasts[self.sizes.reshape(-1) > 0]] = 0
        return found


def write_block(texts: Texts, lexicon: Lexicon, writer: ArraysWriter) -> None:
    """Write the postings of texts, for every form."""
    articles, positions, in_title = texts.places()
    following = texts.following(lexicon.marks())
    present = np.bincount(texts.tokens).nonzero()[0]  # a tenth of the time that `unique` takes
    folded_ranks = np.zeros(0, dtype=np.uint32)
    for form in FORMS:
        ranks, ordered = _ranks(lexicon, form, present)
        writer.put(f"{form}.terms", ordered)
        keep = None
        if form == "folded":
            folded_ranks = ranks
        else:
            shared = shares(lexicon, form, present)[ordered]
            keep = shared == NO_TERM
            share = np.full(len(shared), -1, dtype=np.int32)
            share[~keep] = folded_ranks[shared[~keep]]
            writer.put(f"{form}.share", share)
        if form == "stem":
            write_members(writer, _members(lexicon, present, ranks, folded_ranks), len(ordered))
        keys = _keys(texts.tokens, lexicon, form, ranks, keep)
        terms, source = keys >> _SHIFT, (keys & _LOW).astype(np.int64)
        title = in_title[source]
        whole = Sorted(terms, articles[source], ~title)
        whole.write(writer, form, len(ordered))
        heading = Sorted(terms[title], articles[source[title]], np.ones(int(title.sum()), bool))
        heading.write(writer, f"{form}.title", len(ordered))
        if form == "folded":
            for name, held in (("folded", ~title), ("folded.title", title)):
                _write_words(
                    writer, name, terms[held], len(ordered), positions[source[held]], following[source[held]]
                )


@dataclass(frozen=True, slots=True)
class Sorted:
    """Occurrences sorted by term, article and place; one not counted makes its article a posting only."""

    terms: NDArray[np.uint64]
    articles: NDArray[np.uint32]
    counted: Bools

    def write(self, writer: ArraysWriter, name: str, terms: int) -> None:
        """Write the postings of so many terms."""
        if len(self.terms):
            fresh = (self.terms[1:] != self.terms[:-1]) | (self.articles[1:] != self.articles[:-1])
            begins = np.concatenate(([0], np.flatnonzero(fresh) + 1))
            counts = np.add.reduceat(self.counted.astype(np.uint32), begins)
        else:
            begins, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)
        starts = np.searchsorted(self.terms[begins], np.arange(terms + 1, dtype=np.uint64))
        writer.put(f"{name}.starts", starts.astype(np.uint64))
        writer.put(f"{name}.articles", self.articles[begins])
        write_counts(writer, name, counts)


def write_counts(writer: ArraysWriter, name: str, counts: Array) -> None:
    """Write counts a byte each, and the large ones beside them."""
    writer.put(f"{name}.counts", np.minimum(counts, MANY).astype(np.uint8))
    many = np.flatnonzero(counts >= MANY)
    writer.put(f"{name}.many", many.astype(np.uint64))
    writer.put(f"{name}.many_counts", counts[many].astype(np.uint32))


def write_members(writer: ArraysWriter, pairs: Array, stems: int) -> None:
    """Write the folded words of each stem, given as pairs (× 2) of stem and folded word, each once."""
    ordered = np.unique(pairs[:, 0].astype(np.uint64) << _SHIFT | pairs[:, 1].astype(np.uint64))
    starts = np.searchsorted(ordered >> _SHIFT, np.arange(stems + 1, dtype=np.uint64))
    writer.put("stem.member_starts", starts.astype(np.uint32))
    writer.put("stem.members", (ordered & _LOW).astype(np.uint32))


def _members(lexicon: Lexicon, present: Array, stems: Array, folded: Array) -> Array:
    """Return the ranks of stem and folded word of every token that occurs, joined ones too: pairs × 2."""
    whole = lexicon.joined("folded")[present]
    joins = whole != NO_TERM
    # Both forms of a joined word may be its first part's too; what is folded alike has one stem.
    stem_whole = np.where(
        lexicon.joined("stem")[present] == NO_TERM,
        lexicon.plain("stem")[present],
        lexicon.joined("stem")[present],
    )
    pairs = [
        np.stack((stems[lexicon.plain("stem")[present]], folded[lexicon.plain("folded")[present]]), axis=1),
        np.stack((stems[stem_whole[joins]], folded[whole[joins]]), axis=1),
    ]
    return np.concatenate(pairs)


def shares(lexicon: Lexicon, form: str, present: Array) -> NDArray[np.uint32]:
    """Return for each term of a form the folded term with the very same occurrences, else NO_TERM.

    Both then occur in every token that gives one of them. Such a term needs no postings of its own.
    """
    count = len(lexicon.terms[form])
    if not len(present):
        return np.full(count, NO_TERM, dtype=np.uint32)
    folded, own = lexicon.plain("folded")[present], lexicon.plain(form)[present]
    folded_whole, own_whole = lexicon.joined("folded")[present], lexicon.joined(form)[present]
    fellow = np.full(count, NO_TERM, dtype=np.uint32)
    fellow[own] = folded
    joins = own_whole != NO_TERM
    fellow[own_whole[joins]] = folded_whole[joins]
    good = fellow != NO_TERM
    good[own[(fellow[own] != folded) & (fellow[own] != folded_whole)]] = False
    asked = fellow[own_whole[joins]]
    wrong = (asked != folded_whole[joins]) & (asked != folded[joins])
    good[own_whole[joins][wrong]] = False
    givers = np.bincount(np.concatenate((own, own_whole[joins])), minlength=count)
    of_folded = np.concatenate((folded, folded_whole[folded_whole != NO_TERM]))
    folded_givers = np.bincount(of_folded, minlength=len(lexicon.terms["folded"]))
    good &= givers == folded_givers[np.where(good, fellow, 0)]
    return np.where(good, fellow, NO_TERM).astype(np.uint32)


def _ranks(lexicon: Lexicon, form: str, present: Array) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the alphabetical place of each term that occurs, and the terms in that order."""
    names = list(lexicon.terms[form])
    joined = lexicon.joined(form)[present]
    held = np.unique(np.concatenate((lexicon.plain(form)[present], joined[joined != NO_TERM])))
    ordered = np.array(sorted(held.tolist(), key=names.__getitem__), dtype=np.uint32)
    ranks = np.zeros(len(names), dtype=np.uint32)
    ranks[ordered] = np.arange(len(ordered), dtype=np.uint32)
    return ranks, ordered


def _keys(tokens: Array, lexicon: Lexicon, form: str, ranks: Array, keep: Bools | None) -> NDArray[np.uint64]:
    """Return rank of the term and place of the token of every occurrence, as one number, sorted.

    One sort of numbers is ten times as fast as a stable sort by term.
    """
    terms = ranks[lexicon.plain(form)][tokens]
    places = np.arange(len(tokens), dtype=np.uint64)
    whole = lexicon.joined(form)
    if (whole != NO_TERM).any():
        extra = np.flatnonzero(whole[tokens] != NO_TERM)
        terms = np.concatenate((terms, ranks[whole[tokens[extra]]]))
        places = np.concatenate((places, extra.astype(np.uint64)))
    if keep is not None:
        chosen = keep[terms]
        terms, places = terms[chosen], places[chosen]
    keys: NDArray[np.uint64] = (terms.astype(np.uint64) << _SHIFT) | places
    keys.sort()
    return keys


def _write_words(
    writer: ArraysWriter, name: str, terms: Array, count: int, positions: Array, following: Array
) -> None:
    starts = np.searchsorted(terms, np.arange(count + 1, dtype=np.uint64))
    writer.put(f"{name}.words", starts.astype(np.uint64))
    wide = len(positions) and positions.max() > 0xFFFF
    writer.put(f"{name}.positions", positions.astype(np.uint32 if wide else np.uint16))
    writer.put(f"{name}.next", following)
