"""The lines for `tags.toml` that put a wrong tag right, ready to be copied."""

from search.domain import CountryTag, Mention, PersonTag
from web.wording import said

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
WORDS_SHOWN = 5
_JOINING = "\u00ad\u200c\u200d\u2060\ufeff"
"""Signs that cannot be seen and do not part a word."""


def toml_text(text: str) -> str:
    """Return a string of TOML: what it cannot hold as it is, is escaped or, if no character, replaced."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 or ord(character) == 0x7F else character


def lines_against(article_id: str, tag: CountryTag | PersonTag) -> tuple[tuple[str, str], ...]:
    """Return what is wrong, in words, and the lines that mend it: for this article, and for all of them."""
    plural, value = ("countries", tag.code) if isinstance(tag, CountryTag) else ("people", tag.name)
    here = f"[articles]\n{toml_text(article_id)}.remove_{plural} = [{toml_text(value)}]"
    found = [(said("mend_here"), here)]
    words = _words((*tag.title_mentions, *tag.mentions))
    if words:
        never = ", ".join(map(toml_text, words))
        everywhere = said("mend_country" if plural == "countries" else "mend_person")
        found.append((everywhere, f"[never]\n{plural} = [{never}]"))
    return tuple(found)


def _seen(sign: str) -> str:
    if sign.isprintable() or sign.isspace():
        return sign
    return "" if sign in _JOINING else " "


def _words(mentions: tuple[Mention, ...]) -> list[str]:
    """Return the different words that gave a tag, the commonest first, as many as a person reads."""
    counts: dict[str, int] = {}
    for mention in mentions:
        # What cannot be seen is refused in tags.toml, and parts words or says nothing.
        seen = "".join(_seen(sign) for sign in mention.surface)
        if words := " ".join(seen.split()):  # a tag that tags.toml gave may have none
            counts[words] = counts.get(words, 0) + 1
    return sorted(counts, key=lambda words: -counts[words])[:WORDS_SHOWN]
