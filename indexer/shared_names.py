"""Whether a name that a country shares with a state or a town stands for the one or the other.

First what is beside it (`Georgia lawmakers`, `a Lebanon woman`), then what the article speaks of otherwise.
"""

from collections.abc import Sequence

from indexer.names import folded_word, place_words
from indexer.place_evidence import Evidence
from indexer.places import Candidate, Sense, Words, is_country_kind

_WORDS = place_words()
_CAUCASUS = frozenset({"AZ", "AM", "TR", "RU", "UA"})

DOUBTFUL = frozenset(
    {"congo", "dominican", "dominicans", "georgia", "jordan", "lebanon", "palestine", "washington"}
)
"""Countries and states that share their names with each other or with towns often in the news."""

TOWN = 36
"""Least weight of a town (4,000 inhabitants) that may be meant by the name of a country."""

CUE_REACH = (4, 4)
"""Words before and after Georgia in which a word may tell the state from the country."""

CUE_POINTS = 3
"""What such a word counts for Georgia elsewhere in the article, in names of other places."""


def is_town(words: Words, candidate: Candidate) -> bool:
    """Whether the words beside a country's name make it a town: `Oak St., Lebanon`, `a Lebanon woman`."""
    after = words.word(candidate.last + 1) if words.gap(candidate.last + 1) == " " else ""
    if after in _WORDS["townspeople"]:
        return True
    before = folded_word(words.word(candidate.first - 1))
    return before in _WORDS["street"] and words.gap(candidate.first).strip() in {",", ".,"}


def town_of(senses: Sequence[Sense]) -> Sense | None:
    """Return the largest town in the United States that bears a country's name, None if there is none."""
    if not is_country_kind(senses[0].kind):
        return None
    towns = (s for s in senses if s.kind == "city" and s.codes == ("US",) and s.weight >= TOWN)
    return max(towns, key=lambda sense: sense.weight, default=None)


def local_town(senses: Sequence[Sense], evidence: Evidence) -> Sense | None:
    """Return the town that bears a country's name in a state the article keeps to, None abroad."""
    if any(evidence.codes[code] for code in evidence.codes if code != "US"):
        return None
    towns = [s for s in senses if s.area and s.codes == ("US",) and evidence.points_to(s.area) >= 2]
    return max(towns, key=lambda sense: evidence.points_to(sense.area), default=None)


def cue(words: Words, candidate: Candidate) -> int:
    """Return which Georgia the words beside it mean: the state when positive, the country when negative."""
    before, after = CUE_REACH
    beside = []
    for number in range(candidate.first, candidate.first - before, -1):
        if ". " in words.gap(number):
            break
        beside.append(folded_word(words.word(number - 1)))
    for number in range(candidate.last + 1, candidate.last + after + 1):
        if "." in words.gap(number):
            break
        beside.append(folded_word(words.word(number)))
    state = sum(word in _WORDS["georgia state"] for word in beside)
    return state - sum(word in _WORDS["georgia country"] for word in beside)


def georgia(words: Words, candidate: Candidate, evidence: Evidence) -> Sense | None:
    """Return the country or the state, by the words beside it, else by the rest of the article.

    None where it may not be both: `tags.toml` can say that the name is never one of them.
    """
    senses = candidate.entry.senses
    country = next((sense for sense in senses if is_country_kind(sense.kind)), None)
    state = next((sense for sense in senses if sense.kind == "state"), None)
    if country is None or state is None:
        return None
    beside = cue(words, candidate)
    if beside:
        return state if beside > 0 else country
    if (spelled := evidence.spelled.get("georgia")) is not None:
        return spelled
    east = 3 * evidence.codes["GE"] + sum(evidence.codes[code] for code in _CAUCASUS)
    west = 3 * evidence.areas["US", "GA"] + evidence.hints["US", ""]
    west += sum(count for (code, _), count in evidence.areas.items() if code == "US")
    return state if west + CUE_POINTS * evidence.hints["US", "georgia"] > east else country
