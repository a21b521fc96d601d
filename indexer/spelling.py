"""A person's full name to two keys: one that its spellings share, one that its transliterations share.

    name ─▶ plain_key: without case, accents, hyphens, apostrophes and dots
         └▶ sound_key: and with the usual ways to write one sound in Latin letters taken for one

Equal plain keys are one name. Equal sound keys may be ("Aleksandr Petrov", "Alexander Petroff"): they need
evidence, which `canonical` weighs. Letters that tell one given name from another are left alone: no rule
turns Maria into Mario, or Louis into Luis.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import groupby

from indexer.join import ARTICLE, ARTICLES
from indexer.lexicon import section
from search.tokens import fold

INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]")
CAPITAL_PAIR = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2}")
"""Two consonants in capitals are initials ("JR Smith"); "Al", "Jo" and "Ed" are names."""
LETTERS = re.compile(r"[^\W_]+")
HYPHEN = re.compile("[‐‑-]")
LONGEST = 100
"""Letters of a name that is looked at; a longer one is no name and equals only itself."""

EXPANDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "đ": "dj", "ß": "ss"}
)
"""Letters that are also written as two: Müller is Mueller as well as Muller."""

FAMILIES = (
    ("muhamad", r"m[ou]h?am+[ae]d"),
    ("husein", r"h(?:u|o|ou)s+(?:ei|ai|ey|ay)n"),
    ("ahmad", r"[ae]hm[ae]d"),
    ("kadafi", r"[gqk]h?a(?:d+h?|dhdh|th)af+[iy]"),
    ("muamar", r"m[ou]am+[ae]r"),
    ("usama", r"[ou]sama"),
    ("umar", r"[ou]mar"),
    ("yusuf", r"y(?:u|o|ou)s+(?:e|u|ou)f"),
    ("aleksandr", r"ale(?:ks|x)ande?r"),
    ("abdul", r"abd(?:u|e|a|ou)l"),
    ("said", r"sai?[ey]?e?d"),
    ("halid", r"kh?al[ie]d"),
    ("jamal", r"(?:dj|j|g)amal"),
    ("nasir", r"nas+[ei]r"),
    ("mustafa", r"m(?:u|o|ou)sta(?:f|ph)a"),
    ("suleiman", r"s(?:u|o|ou)l[ea][iy]man"),
    ("ibrahim", r"[ie]brah(?:i|ee)m"),
    ("faisal", r"f[ae][iy]sal"),
    ("dmitri", r"di?mitr(?:i|y|ii|iy|ij)"),
)
"""Names whose vowels are written in several ways, each as all its spellings and one key."""

RULES = tuple(
    (re.compile(written), read)
    for written, read in (
        ("dzh", "j"), ("t?sch|tch", "ch"), ("zh", "z"), ("sh", "s"), ("ck", "k"), ("ch", "c"),
        ("[kg]h(?=[aeiouy])", "h"), ("dh", "d"), ("ph", "f"), ("tz", "ts"), ("x", "ks"), ("q", "k"),
        ("w", "v"), ("oo", "u"), ("ee(?!v)", "i"), ("dj", "i"), ("[jy]", "i"), ("^ie", "e"),
        ("(?<=[aeou])i(?=e)", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Ways to write one sound, applied in this order to words of `WORD_MIN` letters and more."""
SURNAME_RULES = tuple((re.compile(w), r) for w, r in (("ou", "u"), ("(?<=[oe])ff$", "v")))
"""Those for the last word alone: a given name is another one by them (Louis, Luis)."""
WORD_MIN = 4
"""Letters from which the rules hold; shorter words (Wu, Vu; Jan, Ian) are names of their own."""

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def plain_key(name: str) -> str:
    """Return the name's letters in small without accents; an initial stays a word of its own.

    So "Ann E. Smith" is not "Anne Smith", though spaces and hyphens elsewhere say nothing. A name without
    two whole words ("Z. Hasanov") names too many persons: only its capitals and dots are passed over.
    """
    words = list(_words(name)) if len(name) <= LONGEST else []
    if len(_whole(words)) < 2:
        return " ".join(name.casefold().replace(".", " ").split()) or name
    return _joined(words)


def sound_key(name: str) -> str:
    """Return the key that transliterations of a full name share, or "" where none can be told.

    Two whole words are needed, and a name that begins or ends with a Chinese, Korean or Vietnamese family
    name has none: one letter there is another name (Zhang, Zang). The Arabic article goes.
    """
    if len(name) > LONGEST:
        return ""
    words = list(_words(name, expanded=True))
    whole = _whole(words)
    if len(whole) < 2 or not section("family-first").isdisjoint((words[whole[0]], words[whole[-1]])):
        return ""
    return _joined(sound(word, surname=at == whole[-1]) for at, word in enumerate(words))


@lru_cache(maxsize=65536)
def sound(word: str, *, surname: bool) -> str:
    """Return one folded word as it sounds; an initial as it is."""
    if word[0] == ".":
        return word
    for key, spelled in _families():
        if spelled.fullmatch(word):
            return key
    if len(word) < WORD_MIN:
        return word
    for written, read in (*SURNAME_RULES, *RULES) if surname else RULES:
        word = written.sub(read, word)
    return word


@cache
def _families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the names of several spellings, ready to match."""
    return tuple((key, re.compile(spelled)) for key, spelled in FAMILIES)


def _words(name: str, *, expanded: bool = False) -> Iterator[str]:
    """Yield the folded words of a name, each initial as one that begins with a dot.

    `expanded` writes umlauts as two letters, parts words at hyphens and leaves the Arabic article out.
    """
    shouted = name.isupper()
    for at, word in enumerate(name.replace(",", " ").split()):
        if INITIALS.fullmatch(word) or (CAPITAL_PAIR.fullmatch(word) and not shouted):
            yield from (f".{fold(letter)}" for letter in LETTERS.findall(" ".join(word)))
        elif expanded:
            low = unicodedata.normalize("NFC", word).lower()
            bare = ARTICLE.sub("", low, count=1) if at and low not in ARTICLES else low * (not at)
            yield from filter(None, map(_letters, HYPHEN.split(bare.translate(EXPANDED))))
        elif letters := _letters(word):
            yield letters


def _whole(words: Sequence[str]) -> list[int]:
    """Return where the words stand that are more than an initial and no suffix."""
    return [at for at, word in enumerate(words) if len(word) > 1 and word[0] != "." and word not in SUFFIXES]


def _letters(word: str) -> str:
    """Return the folded letters and digits of a word."""
    return "".join(LETTERS.findall(fold(word)))


def _joined(words: Iterable[str]) -> str:
    """Return words as one key: run together between initials."""
    runs = groupby(words, key=lambda word: word[0] == ".")
    return " ".join(piece for initial, run in runs for piece in (run if initial else ("".join(run),)))


def difference(name: str, value: str) -> str:
    """Return in words what parts two names of one plain key."""
    parted = [kind for kind in BARE if _without_others(name, kind) != _without_others(value, kind)]
    if parted == ["accents"] and unaccented(name) == name:
        return "spelling without accents"
    return f"spelling with other {' and '.join(parted) or 'signs'}"


def _without_others(name: str, kept: str) -> str:
    """Return the name without whatever can part two spellings, but one kind of it."""
    for kind, bare in BARE.items():
        name = name if kind == kept else bare(name)
    return name


def unaccented(name: str) -> str:
    """Return the name without accents, its capitals kept."""
    return "".join(fold(sign).upper() if sign.isupper() else fold(sign) for sign in name)


BARE: dict[str, Callable[[str], str]] = {
    "capitals": str.casefold,
    "accents": unaccented,
    "apostrophes": partial(re.compile("['’ʼʻ`´]").sub, ""),
    "dots": partial(re.compile(r"\.").sub, ""),
    "hyphens": partial(re.compile(r"[\s‐‑-]+").sub, ""),
}
"""What two spellings of one plain key differ in, each with how to take it away."""
