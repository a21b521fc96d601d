"""How much one query may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one query; past any of the first four it is an error, past the others a note.

    `length` counts code points, `words` leaves of the tree and words of phrases, `globs` words
    with wildcards or fuzziness, `depth` nested brackets. `expansions` is how many words of the
    index one glob or fuzzy word may stand for, `slop` how many words may stand between.
    """

    length: int = 2_000
    words: int = 64
    globs: int = 8
    depth: int = 16
    expansions: int = 1_024
    slop: int = 100
