"""The embedded engine: Whoosh keeps the index, we evaluate the query.

Whoosh 2.7.4 gives schema, segments, term dictionary, columns and the commit protocol, all of
which hold, and a place to put a codec of one's own. Its searcher, matchers, collectors and
highlighter lose hits, leak excluded ones and are not safe for threads, so nothing of them is
used: `codec` keeps postings as plain arrays, `columns` reads what a query needs, `evaluate`
combines it, and `index` opens and writes.

    schema ▶ codec ▶ index ─▶ columns ▶ evaluate ─▶ Found

Traps: Whoosh unpickles its table of contents, so an index is code and its folder must be
private; an exception in a commit leaves the index locked in this process.
"""
