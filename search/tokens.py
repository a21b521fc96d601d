"""Text to tokens: the one function behind index, query and highlighter.

A token stands at one position (its index in the list) and has three forms. *exact* is the word
in NFC with case and accents, *folded* is lower case without diacritics, *stem* is the Snowball
stem of the folded form. A word with a hyphen or an apostrophe inside gives one token for each
part, and the joined word rides on the first: `co-operation` is found as `co operation` and as
`cooperation`. Text is never changed: a token carries the offsets of its word.
"""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

import Stemmer

MAX_WORD = 128
"""Code points of a word that are kept. A longer run is no word, and must not fill the index."""
_DECOMPOSED = 4 * MAX_WORD + 32
"""Code points looked at to keep so many: no letter decomposes canonically into more than four. Putting
accents in order takes time quadratic in how many follow each other, so a long run is cut before."""

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Snowball's name for each ISO 639-1 code; words of other languages are folded, not stemmed."""


class Joined(NamedTuple):
    """The whole of a word of several parts; it begins with its first part's token."""

    end: int
    exact: str
    folded: str
    stem: str


class Token(NamedTuple):
    """One position of a text: `text[start:end]` is the word or part, without a possessive 's."""

    start: int
    end: int
    exact: str
    folded: str
    stem: str
    joined: Joined | None = None


# Letters that Unicode does not decompose. The schwa goes to a, as in Əliyev, Aliyev.
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
        "ħ": "h", "ŧ": "t", "ŋ": "ng", "ə": "a", "ĸ": "k", "ƶ": "z", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ς": "σ",
        "\u02bc": None, "\u02bb": None, "\u02be": None, "\u02bf": None, "\u02b9": None, "\u0640": None,
    }
)  # fmt: skip
# Accents, Hebrew points and Arabic vowels. Signs of Indic scripts are letters of the word and stay.
_DIACRITICS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Soft hyphen and joiners stand inside words and are not seen.
_UNSEEN = "\u00ad\u200c\u200d\u2060"
_DROP_UNSEEN = dict.fromkeys(map(ord, _UNSEEN))
# Han, kana, Thai, Lao, Myanmar and Khmer are written without spaces.
_UNSPACED_BLOCKS = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)


def _mark_class() -> str:
    """Return a character class of every combining mark and of the unseen characters."""
    # Marks end below U+1F000, but for the variation selectors; scanning all of Unicode is slow.
    places = chain(range(0x300, 0x1F000), range(0xE0100, 0xE01F0))
    points = [place for place in places if unicodedata.category(chr(place)) in ("Mn", "Mc")]
    ranges = []
    for _, run in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
        ends = [point for _, point in run]
        ranges.append(f"{chr(ends[0])}-{chr(ends[-1])}")
    return "[" + _UNSEEN + "".join(ranges) + "]"


_MARKS = _mark_class()
# A letter of these scripts with its vowel signs and voicing marks, the half-width ones too.
_SIGNS = _MARKS[:-1] + "\uff9e\uff9f]"
_UNSPACED_BASE = rf"(?!{_SIGNS}){_UNSPACED_BLOCKS}"
_UNSPACED_LETTER = rf"{_UNSPACED_BASE}{_SIGNS}*"
_UNSPACED = re.compile(_UNSPACED_BASE)
_LONE_LETTER = re.compile(_UNSPACED_LETTER)
_RUNS = re.compile(rf"(?P<unspaced>(?:{_UNSPACED_LETTER})+)|(?:(?!{_UNSPACED_BASE}).)+", re.DOTALL)
# Repeats of groups are never possessive here: before 3.11.5 Python loses letters of what they match.
_LETTER = rf"[^\W\d_]{_MARKS}*+"
_PART = rf"[^\W_]+(?:{_MARKS}+[^\W_]*)*"
_APOSTROPHES = "'\u2019\uff07"
_HYPHENS = "\\-\u2010\u2011"
_SPLIT = re.compile(rf"[{_HYPHENS}{_APOSTROPHES}.,]")
# U.S. and U.S, but not the initial in "Z. Hasanov" nor the end of "Plan B.The".
_ACRONYM = rf"(?<![\w.]){_LETTER}(?:\.{_LETTER})+(?![^\W_])\.?"
_POSSESSIVE = rf"(?:[{_APOSTROPHES}][sS][{_UNSEEN}]*+(?!\w|{_MARKS}))?"
_WORD = rf"{_PART}(?:(?:[{_HYPHENS}{_APOSTROPHES}]|(?<=\d)[.,](?=\d)){_PART})*"
_WORDS = re.compile(rf"(?P<acronym>{_ACRONYM}){_POSSESSIVE}|(?P<word>{_WORD})")
_CUT = re.compile(rf"({_ACRONYM}{_POSSESSIVE}|{_WORD})")
# The same words of ASCII alone, five times as fast: the first letter, which every word has, is found
# through a table, and only one that a full stop follows is tried as an acronym.
_ASCII_CUT = re.compile(
    r"([0-9A-Za-z](?:(?=\.)(?<=[A-Za-z])(?<![\w.].)(?:\.[A-Za-z])+(?![0-9A-Za-z])\.?(?:'[sS](?!\w))?"
    r"|[0-9A-Za-z]*(?:(?:[-']|(?<=[0-9])[.,](?=[0-9]))[0-9A-Za-z]+)*))"
)
_LOCAL = threading.local()


def tokens(text: str, language: str = "en") -> list[Token]:
    """Return the tokens of a text in order; the index in the list is the position.

    Linear in the length of the text. Bigrams of scripts without spaces overlap; all other
    tokens are disjoint.
    """
    found: list[Token] = []
    for match in _WORDS.finditer(text):
        word = match.group()
        start = match.start()
        if word.isascii() and word.isalnum():
            found.append(Token(start, match.end(), *forms(word[:MAX_WORD], language)))
        elif match.lastgroup == "acronym":
            found.append(_acronym(match.group("acronym"), start, language))
        else:
            found.extend(_parts(word, start, language))
    return found


def count_tokens(text: str) -> int:
    """Return how many tokens a text has; a third of the time that making them takes, or less."""
    found = cut_words(text)[1::2]
    others = [word for word in found if not (word.isalnum() and word.isascii())]
    return len(found) - len(others) + sum(len(tokens(word)) for word in others)


def cut_words(text: str) -> list[str]:
    """Return a text in pieces, in turn what stands before a word and the word as it is written.

    What follows the last word is left out. The tokens of a text are those of its words one after
    the other: `tokens(word)` of a word alone are its tokens in any text.
    """
    pieces = (_ASCII_CUT if text.isascii() else _CUT).split(text)
    pieces.pop()
    return pieces


def words(text: str) -> list[str]:
    """Return the words of a text as they are written, compounds and possessives whole."""
    return [match.group() for match in _WORDS.finditer(text) if tokens(match.group())]


def word_parts(text: str, *, also: str) -> list[str]:
    """Return the runs of letters, digits, marks and any character of `also`; none begins with a mark."""
    first = rf"(?:[^\W_]|[{re.escape(also)}])"
    return re.findall(rf"{first}+(?:{_MARKS}+{first}*)*", text)


@lru_cache(maxsize=1 << 17)
def forms(word: str, language: str) -> tuple[str, str, str]:
    """Return the exact, folded and stemmed form of one word without inner punctuation."""
    folded = fold_word(word)
    exact = word if word.isascii() else unicodedata.normalize("NFC", word.translate(_DROP_UNSEEN))
    return exact, folded, stem(folded, language)


def fold(text: str) -> str:
    """Return the text in lower case with its diacritics folded, for comparing without either.

    Compatibility forms (full width, ligatures) become plain ones. Length may change.
    """
    if text.isascii():
        return text.lower()
    lowered = text.translate(_DROP_UNSEEN).lower().translate(_UNDECOMPOSED)
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", lowered))
    return unicodedata.normalize("NFC", bare.lower().translate(_UNDECOMPOSED))


def fold_word(word: str) -> str:
    """Return the folded form of one word: no space, though the compatibility form may hold some."""
    folded = fold(word)
    return folded if folded.isascii() else "".join(folded.split())


def is_plain(word: str) -> bool:
    """Return whether a written word is one token from its start to its end, whose exact form it is."""
    return word.isascii() and word.isalnum() and len(word) <= MAX_WORD


def plain_forms(words: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """Return the folded and the stemmed forms of plain words; a fifth of the time of one after the other."""
    folded = [word.lower() for word in words]
    stemmer = _stemmer(language)
    return folded, list(stemmer.stemWords(folded)) if stemmer else folded


def is_unspaced(text: str) -> bool:
    """Return whether a text holds letters of a script that is written without spaces."""
    return not text.isascii() and bool(_UNSPACED.search(text))


def is_lone_letter(folded: str) -> bool:
    """Return whether a word is one letter of such a script, which the index holds in bigrams only."""
    return not folded.isascii() and bool(_LONE_LETTER.fullmatch(folded))


def stem(folded: str, language: str) -> str:
    """Return the Snowball stem of a folded word, or the word itself where Snowball has no rules."""
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(folded)) if stemmer else folded


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """Return this thread's stemmer, which holds a buffer, or None for a language without rules."""
    stemmers: dict[str, Stemmer.Stemmer | None] = _LOCAL.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        name = STEMMERS.get(language)
        stemmers[language] = Stemmer.Stemmer(name, 0) if name else None
    return stemmers[language]


def _acronym(written: str, start: int, language: str) -> Token:
    """Return `U.S.` as the token `US`."""
    return Token(start, start + len(written), *forms(_kept(written.replace(".", "")), language))


def _parts(word: str, start: int, language: str) -> list[Token]:
    """Return the tokens of a word that has inner punctuation, marks or letters beyond ASCII."""
    bounds = _bounds(word)
    possessive = _possessive(word, bounds)
    if possessive:
        bounds.pop()
    found: list[Token] = []
    for begin, end in bounds:
        found.extend(_runs(word[begin:end], start + begin, language))
    if not found:
        return found
    if possessive:  # the possessive stays in the exact form only
        last = bounds[-1][0]
        found[-1] = found[-1]._replace(exact=_exact(word[last:]))
    if len(bounds) > 1:
        whole = word[: bounds[-1][1]]
        folded = fold_word(_kept(_closed(whole)))
        joined = Joined(start + len(whole), _exact(word), folded, stem(folded, language))
        found[0] = found[0]._replace(joined=joined)
    return found


def _bounds(word: str) -> list[tuple[int, int]]:
    """Return start and end of each part of a word between its inner punctuation."""
    bounds = []
    begin = 0
    for cut in _SPLIT.finditer(word):
        bounds.append((begin, cut.start()))
        begin = cut.end()
    bounds.append((begin, len(word)))
    return bounds


def _possessive(word: str, bounds: list[tuple[int, int]]) -> bool:
    """Return whether the last part is the s of a possessive."""
    begin, end = bounds[-1]
    if len(bounds) == 1 or word[begin - 1] not in _APOSTROPHES:
        return False
    return word[begin:end].translate(_DROP_UNSEEN) in ("s", "S")


def _closed(word: str) -> str:
    """Return a word without its inner hyphens, apostrophes and thousands commas; 3.5 keeps its point."""
    return re.sub(rf"[{_HYPHENS}{_APOSTROPHES},]", "", word)


def _exact(word: str) -> str:
    """Return a word in NFC with plain hyphens and apostrophes, so that typing finds print."""
    plain = re.sub(rf"[{_APOSTROPHES}]", "'", re.sub(rf"[{_HYPHENS}]", "-", _kept(word)))
    return unicodedata.normalize("NFC", plain.translate(_DROP_UNSEEN))


def _kept(word: str) -> str:
    """Return what is kept of a word: all, or its first code points in NFC."""
    if len(word) <= MAX_WORD:
        return word
    seen = word.translate(_DROP_UNSEEN)[:_DECOMPOSED]
    return unicodedata.normalize("NFC", seen)[:MAX_WORD]


def _runs(part: str, start: int, language: str) -> list[Token]:
    """Return one token for a part, or bigrams for each run of it that is written without spaces."""
    if not is_unspaced(part):
        return _token(part, start, language)
    found: list[Token] = []
    for run in _RUNS.finditer(part):
        begin, end = run.span()
        if run.lastgroup == "unspaced":
            found.extend(_bigrams(part, run, start, language))
        else:
            found.extend(_token(part[begin:end], start + begin, language))
    return found


def _bigrams(part: str, run: re.Match[str], start: int, language: str) -> list[Token]:
    """Return the overlapping pairs of letters of a run, or its one letter."""
    letters = [letter.span() for letter in _LONE_LETTER.finditer(part, *run.span())]
    pairs = pairwise(letters) if len(letters) > 1 else [(letters[0], letters[0])]
    found: list[Token] = []
    for (begin, _), (_, end) in pairs:
        found.extend(_token(part[begin:end], start + begin, language))
    return found


def _token(part: str, start: int, language: str) -> list[Token]:
    """Return the token of a part, none when nothing of it is left after folding."""
    written = forms(_kept(part), language)
    return [Token(start, start + len(part), *written)] if written[1] else []
