"""The language of a text, from the small words that no text of it does without; or None.

Honest rather than broad: a dozen languages of the Latin and Cyrillic scripts, and nothing said of
a short or mixed text.
"""

import re
from collections import Counter

# The commonest words of each language that few others share.
SMALL_WORDS = {
    "en": "the of and to in that is was for with his said on by at from are has were which",
    "de": "der die und den von das mit dem des ist ein eine nicht auf im sich zu auch werden wurde",
    "fr": "le les des et du une dans est pour que qui sur au par plus avec pas cette ont sont",
    "es": "el los las del que una por con para se es más su al como fue han sus lo este",
    "it": "il che di della per una con del non sono nel alla dei più gli ha anche delle dal questo",
    "pt": "o os que do da em um uma para com não dos das mais foi ao pela são também pelo",
    "nl": "de het een van en dat niet op te zijn voor met aan door werd naar ook bij hij wordt",
    "sv": "och att det som en på är av för med den till inte om ett har från var men kan",
    "pl": "w i na się z do że nie jest to przez po od jak oraz był dla jego także który",
    "tr": "ve bir bu için ile olarak da de olan daha en çok gibi sonra kadar ancak göre olduğu ise oldu",
    "az": "və bir bu üçün ilə olan da də edib olub ki onun isə sonra daha bildirib edən görə kimi deyib",
    "ru": "и в не на что он по его это как из за от для был также который их она при",
    "uk": "і в не на що та з у до за як це його від для був також який про під",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARS = 2_000
# Below these a headline in capitals or a table of figures passed for a language.
_LEAST_HITS = 4
_LEAST_SHARE = 0.06
_LEAD = 1.3


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, None when it is not plain."""
    words = _WORD.findall(text[:_SAMPLE_CHARS].lower())
    hits = Counter(language for word in words for language in _LANGUAGES.get(word, ()))
    best = hits.most_common(2)
    if not best or best[0][1] < max(_LEAST_HITS, _LEAST_SHARE * len(words)):
        return None
    if len(best) > 1 and best[0][1] < _LEAD * best[1][1]:
        return None
    return best[0][0]


def language_code(tag: str | None) -> str | None:
    """Return the language of a tag such as `en-US`, lower case; None if it is no tag."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][\w-]{1,20})?", (tag or "").strip())
    return match.group(1).lower() if match else None


def language_of(text: str, *, tag: str | None) -> str | None:
    """Return the language of a page: what its tag says, unless its text is plainly in another one.

    Themes are delivered with `lang="en"` and kept so. A tag for a language that the text cannot be told
    to be in is believed: Danish looks like Swedish here.
    """
    tagged, guessed = language_code(tag), guess_language(text)
    return guessed if guessed and (tagged is None or tagged in SMALL_WORDS) else tagged
