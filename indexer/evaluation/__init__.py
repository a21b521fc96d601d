"""How good the tagging and the ranking are, measured against answers that people gave.

    corpus ─▶ rows, pages, queries ─▶ [gold put aside] ─▶ a suite ─▶ Measured ─▶ report
                                                                        └──────▶ floors

A *corpus* is a file or folder of articles with *gold*: the right answers. A *suite* has the pipeline of a
rebuild read the articles without their gold and counts what agrees. A *sample* is a rule that says which
articles of a corpus are taken. A *floor* is what a figure may not fall below.

Traps: what is given wins over what is found, so an article must never be read with its gold; only the keys
that a source may have and that are nobody's answer reach it. A floor holds for one corpus, by its digest,
and one sample.
"""
