"""The embedded engine: Whoosh keeps the index, we evaluate the query.

Whoosh 2.7.4 gives the list of segments, the lock and the commit protocol, all of which hold, and
a place to put a codec of one's own. Its searcher, matchers, collectors and highlighter lose hits,
leak excluded ones and are not safe for threads, so nothing of them is used. A segment is one file
of arrays, mapped; articles become batches in any process, batches sorted blocks, and blocks and
older segments a new segment. An index that is open is a snapshot of its segments.

    analysis ▶ lexicon ▶ inversion ▶ merge ─▶ segment ─▶ snapshot ▶ evaluate ▶ marking ─▶ hits

Traps: Whoosh unpickles its table of contents, so an index is code and its folder must be
private; an exception in a commit leaves the index locked in this process; a file that is cut
short while it is mapped ends the process.
"""
