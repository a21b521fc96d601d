"""BM25F over title and body, in the simple form of Robertson, Zaragoza and Taylor (2004).

A word's counts in the two fields are each divided by that field's length norm, weighted, and
added before they saturate, so that a word in the title and in the body is one word seen twice,
not two words. A word counts in full where it stands as it was typed, and for a part where
another form of its stem does. The functions take floats or NumPy arrays alike, and every engine
uses them, so that scores agree to the last bits.
"""

from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

K1 = 1.6
"""How soon a repeated word stops adding: a word as often as this gets half of its weight."""
B = 0.75
"""How strongly long texts are held back, from 0 (not) to 1; Lucene's default."""
TITLE_WEIGHT = 3.0
"""How many words of the body one word of the title is worth."""
OTHER_FORM = 0.5
"""How much of a word as it was typed one of another form is worth: `elections` asked for by `election`."""
COMMON = 0.5
"""How much weight common words lose to rare ones, in units of idf; 0 would leave the idf as it is."""
FUNCTION_WORD = 0.2
"""What part of its weight a function word keeps (see `search.function_words`)."""
# These six were chosen together, for TIME and Cranfield at once, by cross-validation over the queries
# (bench/tune_ranking.py). Neighbouring values do nearly as well. An index whose impacts were written under
# other values must be built again where these give higher scores (see `search.engines.whoosh.rank`).


def idf(articles: int, containing: int) -> float:
    """Return Lucene's inverse document frequency: ln(1 + (N - n + 0.5) / (n + 0.5)), above 0."""
    return log(1 + (articles - containing + 0.5) / (containing + 0.5))


def word_weight(articles: int, containing: int) -> float:
    """Return the weight of a word that so many of the articles contain; above 0, below its idf.

    A rare word keeps its idf less COMMON, nearly; one of every article keeps hardly any. Lucene's
    idf, which never falls below 0, leaves more to common words than Robertson and Sparck Jones's.
    """
    rarity = idf(articles, containing)
    return rarity * rarity / (rarity + COMMON)


def of_function_word(weight: float) -> float:
    """Return what is left of a word's weight where it is a function word."""
    return weight * FUNCTION_WORD


def length_norm(length: Number, average: float) -> Number:
    """Return the divisor of a count in a field of this length; 1 when every field is empty."""
    return 1 - B + B * (length / average) if average else length * 0.0 + 1.0


def as_typed(every: Number, typed: Number) -> Number:
    """Return a word's count where `typed` of `every` occurrence of its stem are of the form typed.

    At most `every`, and above 0 when that is.
    """
    return typed + OTHER_FORM * (every - typed)


def saturated(title: Number, body: Number) -> Number:
    """Return a word's score without its weight, in [0, 1): counts given over their length norms."""
    count = TITLE_WEIGHT * title + body
    return count / (K1 + count)
