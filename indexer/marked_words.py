"""Where the words of `tags.toml` stand in one article: names that it knows, and words that are no names."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.corrections import Corrections, Named, Never, Statement
from indexer.phrases import Hit, Phrases


@dataclass(frozen=True, slots=True)
class Marking:
    """A title or body with the file's words in it, ascending and apart each."""

    text: str
    named: tuple[Hit[Named], ...]
    never: tuple[tuple[Hit[tuple[Never, ...]], ...], ...]

    def nevers(self, start: int, end: int) -> Iterator[Never]:
        """Yield what says of words that fill or hold a span that they are no name."""
        for hits in self.never:
            at = bisect_right(hits, start, key=lambda hit: hit.start) - 1
            if at >= 0 and hits[at].end >= end:
                yield from hits[at].told


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the words of the file that stand in its title and body, in this order."""

    corrections: Corrections
    outlet: str | None
    parts: tuple[Marking, Marking]

    @property
    def names(self) -> Phrases[Named]:
        """The names that the file knows."""
        return self.corrections.names

    def receipt(self, said: Statement) -> str:
        """Return the rule that names a statement of the file."""
        return self.corrections.receipt(said)

    def never_called(self, name: str) -> Iterator[Never]:
        """Yield what says of a whole name that it is none."""
        for words in self.corrections.nevers_of(self.outlet):
            yield from words.called(name) or ()


def marked(title: str, body: str, corrections: Corrections, *, outlet: str | None) -> Marked:
    """Return an article with the places of the file's words; names that are none here are left out."""
    return Marked(
        corrections,
        outlet,
        (marking(title, corrections, outlet=outlet), marking(body, corrections, outlet=outlet)),
    )


def marking(text: str, corrections: Corrections, *, outlet: str | None) -> Marking:
    """Return one text with the places of the file's words."""
    never = tuple(tuple(words.find(text)) for words in corrections.nevers_of(outlet))
    bare = Marking(text, (), never)
    named = tuple(hit for hit in corrections.names.find(text) if not _is_never(bare, hit))
    return Marking(text, named, never)


def _is_never(part: Marking, hit: Hit[Named]) -> bool:
    """Return whether words that name somebody elsewhere name nobody here."""
    return any(
        one.kind == hit.told.kind and one.value in (None, hit.told.value)
        for one in part.nevers(hit.start, hit.end)
    )
