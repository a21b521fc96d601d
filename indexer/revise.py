"""What the model adds to the names that the rules found in a text."""

from collections.abc import Mapping, Sequence

from indexer.features import BEGIN, INSIDE, OUTSIDE
from indexer.lexicon import Kind, Listed, given_name, place, section, surname
from indexer.model import people_model
from indexer.shape import Candidate
from indexer.words import Word, firm_follows

MODEL_RULE = "name model"
_NOBODY = frozenset((Kind.COMPANY, Kind.ORGANISATION, Kind.STOP, Kind.ACRONYM))
_OFFICES = frozenset((Kind.TITLE, Kind.WEAK_TITLE))


def labels_of(size: int, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return spans of words (half-open, apart) as a label for each of `size` words."""
    labels = [OUTSIDE] * size
    for first, last in spans:
        labels[first] = BEGIN
        labels[first + 1 : last] = [INSIDE] * (last - first - 1)
    return labels


def spans_of(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Return the half-open spans that labels mark, ascending; a stray `I` begins one."""
    spans: list[tuple[int, int]] = []
    for at, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        if label == INSIDE and spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def revised(
    words: Sequence[Word], rules: Mapping[tuple[int, int], str], closed: Sequence[bool], text: str
) -> list[Candidate]:
    """Return the names of a text: those of the rules, and what the model adds where no rule found any.

    `rules` has the rule of every span that the rules found. Words that are `closed` (headings,
    bylines) are not added to.
    """
    labels = people_model().names(words, labels_of(len(words), list(rules)), text)
    found = [Candidate(*span, rule) for span, rule in rules.items()]
    for first, last in added_spans(words, list(rules), labels):
        if not any(closed[first:last]):
            found.append(Candidate(first, last, f"{MODEL_RULE}: {evidence(words, first, last)}"))
    return sorted(found, key=lambda one: one.first)


def added_spans(
    words: Sequence[Word], rules: Sequence[tuple[int, int]], labels: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the spans that labels name and that touch none of the rules' spans."""
    taken = [label != OUTSIDE for label in labels_of(len(words), rules)]
    spans = (span for span in spans_of(labels) if not any(taken[slice(*span)]))
    return [span for span in spans if _may_be_named(words, *span)]


def _may_be_named(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether words are not plainly a firm, a place or a title, whatever the model says."""
    if firm_follows(words, last) or any(word.kind in _NOBODY for word in words[first:last]):
        return False
    if not all(word.linked or word.kind is Kind.SUFFIX for word in words[first + 1 : last]):
        return False
    if not any(word.kind is Kind.NAME for word in words[first:last]) or words[first].gap.ticker:
        return False
    if " ".join(word.key for word in words[first:last]) in section("business-name"):
        return False
    return not place(" ".join(word.text for word in words[first:last]))


def evidence(words: Sequence[Word], first: int, last: int) -> str:
    """Return in plain words what speaks most for a name that only the model finds."""
    before = words[first - 1] if first and words[first].linked else None
    after = words[last] if last < len(words) else None
    if before is not None and before.kind in _OFFICES:
        return "behind a title"
    if after is not None and (after.linked or after.gap.comma) and after.key in section("speech"):
        return "before a speech verb"
    if before is not None and before.key in section("speech"):
        return "behind a speech verb"
    if given_name(words[first].key) is not Listed.NO and last - first > 1:
        return "a given name leads"
    if surname(words[last - 1].key) is not Listed.NO:
        return "a listed surname"
    return "the words around it"
