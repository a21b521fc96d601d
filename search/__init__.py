"""Questions in, pages of hits out.

A *query* is a string of words and operators with picked facet values. `parse` reads the string
into a tree of what was typed, `plan` turns that into index terms, an *engine* finds the matching
articles, scores them by BM25F and counts the facets, `highlight` finds the words again in the
text that is shown, and `run` puts a page together:

    parse ▶ plan ▶ engine ▶ highlight ─▶ Page

Traps: offsets count code points; a facet is counted under every filter but its own; `memory` is
the engine that the others are tested against, so a change of meaning starts there.
"""
