"""Words beside a name that say it is no place here: persons, streets, languages, birds and china."""

import gzip
from functools import cache
from importlib.resources import files

from indexer.names import folded_word
from indexer.places import Candidate, Words, entry_of

_STREET = frozenset(
    "avenue ave street st road rd drive boulevard blvd lane highway hwy court parkway".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lady lord senator sen rep judge justice coach".split()
)
_PLACING = frozenset("in at near from to of outside around via for".split())
_TONGUES = frozenset("language languages speaking speaker speakers translation translations alphabet".split())
_SPEAKING = frozenset("in into speak speaks spoke speaking spoken learn learns learning fluent".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_MONEY = frozenset(
    "dlr dlrs dollar dollars cent cents franc francs mark marks crown crowns pound pounds peso pesos lira lire "
    "guilder guilders schilling schillings krona kronor krone kroner dinar dinars riyal riyals rupee rupees "
    "won yuan yen peseta pesetas ringgit baht manat".split()
)
_AFTER = {
    "turkey": frozenset(
        "breast breasts sandwich sandwiches dinner dinners meat farm farms hunt hunter hunters hunting leg "
        "legs poult poults season sausage burger burgers soup carcass fryer bacon shoot vulture vultures".split()
    ),
    "china": frozenset("plate plates cup cups doll dolls cabinet cabinets shop dish dishes set".split()),
    "jersey": frozenset("city cow cows shore number numbers".split()),
    "guinea": frozenset("pig pigs fowl hen hens".split()),
    "panama": frozenset("hat hats".split()),
    "brazil": frozenset("nut nuts".split()),
}
_BEFORE = {
    "turkey": frozenset("roast wild thanksgiving cold smoked fried frozen a".split()),
    "china": frozenset("bone fine porcelain indo cochin".split()),
    "jersey": frozenset("new football basketball hockey team his her a yellow".split()),
    "chad": frozenset("hanging dimpled pregnant".split()),
    "indian": frozenset("american west east".split()),
    "indians": frozenset("american cleveland west".split()),
}


@cache
def given_names() -> frozenset[str]:
    """Return the folded given names of data/given_names.txt.gz."""
    packed = files("indexer.data").joinpath("given_names.txt.gz").read_bytes()
    return frozenset(
        folded_word(line.split("\t")[0]) for line in gzip.decompress(packed).decode().splitlines()
    )


def _usable_abbreviation(words: Words, candidate: Candidate) -> bool:
    """Whether an abbreviation stands where a state may: after a comma and a capital, or N.Y., D.C."""
    surface = words.text[candidate.start : candidate.end]
    if surface.count(".") > 1:
        return True
    before = words.word(candidate.first - 1)
    if words.gap(candidate.first).strip() != "," or not before[:1].isupper():
        return False
    if len(surface) == 2 and surface.isupper():
        return not words.shouting
    return words.text[candidate.end : candidate.end + 1] == "." or surface.endswith(".")


def refused(words: Words, candidate: Candidate) -> bool:
    """Whether the words beside a candidate say that it is no place here."""
    kind = candidate.entry.senses[0].kind
    if kind == "abbreviation" and not _usable_abbreviation(words, candidate):
        return True
    before = folded_word(words.word(candidate.first - 1))
    after = folded_word(words.word(candidate.last + 1)) if words.gap(candidate.last + 1) == " " else ""
    key = candidate.entry.key
    if after in _AFTER.get(key, ()) or before in _BEFORE.get(key, ()):
        return True
    if kind == "demonym":
        return _language(words, candidate, before=before, after=after)
    if after in _STREET and kind != "demonym":
        return True
    if candidate.entry.common and kind in {"city", "capital", "region"} and words.shouting:
        return True
    if candidate.entry.acronym and key == "us" and words.shouting:
        return candidate.first > 0 and words.gap(candidate.first) == " " and before not in {"and", "in"}
    return not words.shouting and (
        _named_before(words, candidate, before) or _named_after(words, candidate, after)
    )


def _language(words: Words, candidate: Candidate, *, before: str, after: str) -> bool:
    """Whether a demonym names a language: in English, French-speaking."""
    if folded_word(words.word(candidate.last + 1)) in _TONGUES:
        return True
    return before in _SPEAKING and words.gap(candidate.last + 1)[:1] != " " and not after


def _named_before(words: Words, candidate: Candidate, before: str) -> bool:
    """Whether a given name, an initial or a title stands before a name that people bear."""
    entry = candidate.entry
    if not entry.surname and not entry.given:
        return False
    gap = words.gap(candidate.first)
    if gap not in {" ", ". "} or not words.word(candidate.first - 1)[:1].isupper():
        return False
    if before in _TITLES or (gap == ". " and len(before) == 1):
        return True
    return gap == " " and before in given_names() and entry_of(before) is None


def _named_after(words: Words, candidate: Candidate, after: str) -> bool:
    """Whether a name that is also a given name is followed by what looks like a surname."""
    if not candidate.entry.given or not after or after in _CALENDAR:
        return False
    if not words.word(candidate.last + 1)[:1].isupper():
        return False
    known = entry_of(after)
    return known is None or (known.surname and not known.common and known.senses[:1] == ())


def is_currency(words: Words, candidate: Candidate) -> bool:
    """Whether a name only says whose money is counted: 200 mln Swiss francs."""
    return folded_word(words.word(candidate.last + 1)) in _MONEY and words.gap(candidate.last + 1) in {" ", "\n"}
