"""Words that hold a sentence together and say nothing of what it is about.

A question typed in full (`what has been done about the drought in Spain`) is mostly made of them.
Where articles are short, some of them are rare by the count of articles, and would outweigh what
was asked about; so ranking gives them a small part of their weight. They stay in the index, have
to match like any other word, and count in full inside a phrase or behind `=`.

A word is one of them only as it is typed in small letters: `May`, `WHO`, `US` and `Will` are names.
"""

_ENGLISH = """
a about above after again against all also am among an and another any are as at be because
been before being below between both but by can cannot could did do does doing done down
during each either else ever every few for from further had has have having he her here hers
herself him himself his how however i if in into is it its itself just least less may me
might more most much must my myself neither no nor not now of off on once only onto or other
others otherwise our ours ourselves out over own per rather same shall she should since so
some such than that the their theirs them themselves then there thereby therefore these they
this those though through thus till to too toward towards under unless until up upon very
via was we were what whatever when whenever where whereas whereby wherein wherever whether
which whichever while who whoever whom whose why will with within without would yet you your
yours yourself yourselves
"""

FUNCTION_WORDS = {"en": frozenset(_ENGLISH.split())}
"""By ISO 639-1 code; in other languages the count of articles alone tells that a word is common."""


def is_function_word(written: str, language: str) -> bool:
    """Return whether a word, as it was typed, is a function word of the language."""
    return written in FUNCTION_WORDS.get(language, ())
