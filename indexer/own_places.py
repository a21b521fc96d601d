"""What `tags.toml` says of the places of one article: names of countries, and words that name none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.corrections import Named, Statement
from indexer.marked_words import Marking
from indexer.phrases import Hit
from indexer.place_evidence import Reading
from indexer.places import Candidate
from search.domain import Span

AT_HOME = "dateline city"
"""The rule of a place in a dateline; one of the file's goes on behind it."""


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """One text's: `readings` of the file's names, in order, and `marking`, which knows what is no name.

    `blocked` gathers what said so, with the countries that the words would otherwise have meant.
    """

    readings: tuple[Reading, ...] = ()
    marking: Marking | None = None
    blocked: list[tuple[Statement, tuple[str, ...]]] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        """Where the file's names stand."""
        return [(one.start, one.end) for one in self.readings]

    def allowed(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates without the meanings that they never have."""
        if self.marking is None or not any(self.marking.never):
            return list(candidates)
        left = []
        for one in candidates:
            senses = tuple(s for s in one.entry.senses if self._may_be(one.start, one.end, s.codes))
            whole = len(senses) == len(one.entry.senses)
            if senses or whole:
                left.append(one if whole else replace(one, entry=replace(one.entry, senses=senses)))
        return left

    def filed(self, readings: Iterable[Reading], span: Span) -> tuple[Reading, ...]:
        """Return the readings of a dateline at a span of the text, with the file's own in their place."""
        start, end = span
        own = [one for one in self.readings if start <= one.start and one.end <= end]
        kept = [
            one
            for one in readings
            if self._may_be(one.start, one.end, one.codes) and not any(_overlap(one, other) for other in own)
        ]
        return tuple(sorted([*kept, *map(at_home, own)], key=lambda one: one.start))

    def _may_be(self, start: int, end: int, codes: tuple[str, ...]) -> bool:
        """Return whether words may mean these countries; notes it if not."""
        nevers = self.marking.nevers(start, end) if self.marking else ()
        said = [one for one in nevers if one.kind == "country" and (one.value is None or one.value in codes)]
        self.blocked.extend((one.said, codes) for one in said)
        return not said


NO_PLACES = OwnPlaces()


def own_places(hits: Iterable[Hit[Named]], marking: Marking, *, name: str) -> OwnPlaces:
    """Return the names of countries that stand in a text; `name` is the file's."""
    readings = tuple(
        Reading(hit.start, hit.end, (hit.told.value,), f"{name}:{hit.told.said.line} {hit.told.said.says}")
        for hit in hits
    )
    return OwnPlaces(readings, marking)


def at_home(reading: Reading) -> Reading:
    """Return a reading as one of a dateline."""
    return replace(reading, rule=f"{AT_HOME}; {reading.rule}")


def _overlap(one: Reading, other: Reading) -> bool:
    return one.start < other.end and other.start < one.end
