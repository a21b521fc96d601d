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
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

import Stemmer

MAX_WORD = 128
"""Code points of a word that are kept. A longer run is no word, and must not fill the index."""

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
        "ħ": "h", "ŧ": "t", "ŋ": "ng", "ə": "a", "ĸ": "k", "ƶ": "z", "ɓ": "b", "ɗ": "d", "ƙ": "k",
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
_UNSPACED = re.compile(
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
_LETTER = r"[^\W\d_]"
_PART = rf"[^\W_](?:[^\W_]+|{_MARKS}+)*+"
_APOSTROPHES = "'\u2019\uff07"
_HYPHENS = "\\-\u2010\u2011"
_SPLIT = re.compile(rf"[{_HYPHENS}{_APOSTROPHES}.,]")
_WORDS = re.compile(
    # U.S. and U.S, but not the initial in "Z. Hasanov" nor the end of "Plan B.The".
    # The last repeat is not possessive: before 3.11.5 Python loses the last letter of the word then.
    rf"(?P<acronym>(?<![\w.]){_LETTER}(?:\.{_LETTER})+(?![^\W_])\.?)(?:[{_APOSTROPHES}][sS]\b)?"
    rf"|(?P<word>{_PART}(?:(?:[{_HYPHENS}{_APOSTROPHES}]|(?<=\d)[.,](?=\d)){_PART})*)"
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


def words(text: str) -> list[str]:
    """Return the words of a text as they are written, compounds and possessives whole."""
    return [match.group() for match in _WORDS.finditer(text) if tokens(match.group())]


def word_parts(text: str, *, also: str) -> list[str]:
    """Return the runs of letters, digits, marks and any character of `also`."""
    return re.findall(rf"(?:[^\W_]|{_MARKS}|[{re.escape(also)}])+", text)


@lru_cache(maxsize=1 << 17)
def forms(word: str, language: str) -> tuple[str, str, str]:
    """Return the exact, folded and stemmed form of one word without inner punctuation."""
    folded = fold(word)
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


def is_unspaced(text: str) -> bool:
    """Return whether a text holds letters of a script that is written without spaces."""
    return not text.isascii() and bool(_UNSPACED.search(text))


def stem(folded: str, language: str) -> str:
    """Return the Snowball stem of a folded word, or the word itself where Snowball has no rules."""
    stemmers: dict[str, Stemmer.Stemmer] = _LOCAL.__dict__.setdefault("stemmers", {})
    if language not in stemmers:  # a stemmer holds a buffer, so each thread has its own
        name = STEMMERS.get(language)
        stemmers[language] = Stemmer.Stemmer(name, 0) if name else None
    stemmer = stemmers[language]
    return str(stemmer.stemWord(folded)) if stemmer and _encodable(folded) else folded


def _encodable(word: str) -> bool:
    """Return whether the word has a UTF-8 form; lone surrogates have none and crash the stemmer."""
    return word.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in word)


def _acronym(written: str, start: int, language: str) -> Token:
    """Return `U.S.` as the token `US`."""
    letters = written.replace(".", "")[:MAX_WORD]
    return Token(start, start + len(written), *forms(letters, language))


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
        folded = fold(_closed(whole))[:MAX_WORD]
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
    return len(bounds) > 1 and word[begin:end] in ("s", "S") and word[begin - 1] in _APOSTROPHES


def _closed(word: str) -> str:
    """Return a word without its inner hyphens, apostrophes and thousands commas; 3.5 keeps its point."""
    return re.sub(rf"[{_HYPHENS}{_APOSTROPHES},]", "", word)


def _exact(word: str) -> str:
    """Return a word in NFC with plain hyphens and apostrophes, so that typing finds print."""
    plain = re.sub(rf"[{_APOSTROPHES}]", "'", re.sub(rf"[{_HYPHENS}]", "-", word[:MAX_WORD]))
    return unicodedata.normalize("NFC", plain.translate(_DROP_UNSEEN))


def _runs(part: str, start: int, language: str) -> list[Token]:
    """Return one token for a part, or bigrams for each run of it that is written without spaces."""
    if not is_unspaced(part):
        written = forms(part[:MAX_WORD], language)
        return [Token(start, start + len(part), *written)] if written[1] else []
    found: list[Token] = []
    for unspaced, run in groupby(enumerate(part), key=lambda pair: bool(_UNSPACED.match(pair[1]))):
        begin, *rest = [index for index, _ in run]
        end = rest[-1] + 1 if rest else begin + 1
        width = 2 if unspaced else end - begin
        for at in range(begin, max(begin + 1, end - width + 1)):
            stop = min(at + width, end)
            found.append(Token(start + at, start + stop, *forms(part[at:stop][:MAX_WORD], language)))
    return found
