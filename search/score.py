"""BM25F over title and body, in the simple form of Robertson, Zaragoza and Taylor (2004).

A word's counts in the two fields are each divided by that field's length norm, weighted, and
added before they saturate, so that a word in the title and in the body is one word seen twice,
not two words. The functions take floats or NumPy arrays alike, and every engine uses them, so
that scores agree to the last bits.
"""

from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

K1 = 1.2
"""How soon a repeated word stops adding; Lucene's default."""
B = 0.75
"""How strongly long texts are held back, from 0 (not) to 1; Lucene's default."""
TITLE_WEIGHT = 2.0
"""How many words of the body one word of the title is worth."""


def idf(articles: int, containing: int) -> float:
    """Return Lucene's inverse document frequency: ln(1 + (N - n + 0.5) / (n + 0.5)), above 0."""
    return log(1 + (articles - containing + 0.5) / (containing + 0.5))


def length_norm(length: Number, average: float) -> Number:
    """Return the divisor of a count in a field of this length; 1 when every field is empty."""
    return 1 - B + B * (length / average) if average else length * 0.0 + 1.0


def saturated(title: Number, body: Number) -> Number:
    """Return a word's score without its idf, in [0, 1): counts given over their length norms."""
    count = TITLE_WEIGHT * title + body
    return count / (K1 + count)
