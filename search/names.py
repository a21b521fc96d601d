"""The values of a field by the names they are typed by: case and accents do not matter."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from search.domain import FieldValue
from search.tokens import fold, tokens


class Names:
    """The values of one field, folded once; asking takes time by the length of all names, not their number.

    An archive of 200,000 articles names as many people, and a query may name sixty.
    """

    def __init__(self, values: Sequence[FieldValue], also: Mapping[str, str] | None = None) -> None:
        """`also` has further names that stand for a value, each with that value."""
        self._values = values
        self._called: defaultdict[str, list[int]] = defaultdict(list)
        labels = []
        for at, one in enumerate(values):
            label = fold(one.label)
            self._called[label].append(at)
            if one.value != one.label and (value := fold(one.value)) != label:
                self._called[value].append(at)
            # A line each; without the stops of initials, which no word holds.
            labels.append(label.replace(".", "").replace("\n", " "))
        places = {one.value: at for at, one in enumerate(values)} if also else {}
        for name, value in (also or {}).items():
            own = self._called[fold(name)]
            if value in places and places[value] not in own:
                own.append(places[value])
        self._text = "\n".join(labels)
        self._starts = [0, *accumulate(len(label) + 1 for label in labels)]

    def called(self, asked: str) -> list[FieldValue]:
        """Return the values that are called so, by value or label, in the order of the values."""
        return [self._values[at] for at in self._called.get(fold(asked), ())]

    def with_words(self, asked: str) -> list[FieldValue]:
        """Return the values whose label holds every word that is asked for, in their order."""
        words = _words(asked)
        if not words:
            return []
        likely = (self._values[at] for at in self._holding(max(words, key=len)))
        return [one for one in likely if words <= _words(one.label)]

    def _holding(self, letters: str) -> Iterator[int]:
        """Yield which labels hold these letters, each once."""
        found = self._text.find(letters)
        while found >= 0:
            at = bisect_right(self._starts, found) - 1
            yield at
            found = self._text.find(letters, self._starts[at + 1])


def _words(text: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(text))
