"""What worker processes do for a rebuild: chunks of sources to articles that are ready to be written.

A worker extracts, digests and prepares. Back come the batches of the engine, which the writer
takes as they are, and of each article the little that its fate is decided by.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from indexer.cache import Entry, Reader
from indexer.corrections import Statement
from indexer.extract import Extracted, extract_or_refuse
from indexer.intake import Ended, Item, Kept
from indexer.shingles import sketch, wording
from indexer.source import Refusal, Source
from search.domain import Article
from search.engine import Batch
from search.errors import SearchError
from search.record import digest

CHUNK = 128
"""Articles that travel to a worker at once. A batch names each of its words once: of 220 words each,
32 articles take 3,580 bytes an article and 0.12 ms of the writer, 128 take 3,300 and 0.105, 256 take
3,160 and 0.095, with twice the memory under way."""
CHUNK_CHARS = 2_000_000
"""Characters that close a chunk however few its articles: memory is bound by texts, not by their number."""

UNPREPARED = "analysis failed"
"""How the reason begins for which an article cannot be prepared."""
Prepare = Callable[[Sequence[Article]], Batch]


@dataclass(frozen=True, slots=True)
class Ready:
    """An article that waits in a batch: what says whether it is taken, and what is counted of it."""

    id: str
    origin: str
    digest: bytes
    undated: bool
    notes: tuple[str, ...]
    unknown_keys: tuple[str, ...]
    people: tuple[str, ...]
    given_people: tuple[str, ...]
    countries: tuple[str, ...]
    ahead: bool = False
    touched: tuple[Statement, ...] = ()
    story: str = ""
    sketch: bytes = b""


Outcome = Ready | Refusal


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of some sources, in their order; between them stand ends of files, and files that are kept.

    `batches` hold the articles of the ready ones, in turn; `fresh` what the cache did not know yet,
    and `known` is how many it knew.
    """

    outcomes: tuple[Outcome | Ended | Kept, ...]
    batches: tuple[Batch, ...]
    fresh: tuple[Entry, ...] = ()
    known: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every chunk: `prepare` is that of the writer that will take the batches.

    Without it articles are only told of; without a `cache` every one is extracted.
    """

    prepare: Prepare | None
    cache: Reader | None = None


def worked(items: Iterable[Item], job: Job, *, workers: int) -> Iterator[Chunk]:
    """Yield what became of the sources, in order, worked on by so many processes.

    At most a few chunks a worker are under way, so that memory does not grow with the archive.
    Raises SearchError when a worker dies.
    """
    chunks = in_chunks(items)
    if workers <= 1:
        yield from (work(chunk, job) for chunk in chunks)
        return
    # Forked before any thread of ours runs: the tables that the parent loaded are shared.
    context = multiprocessing.get_context("fork")
    parent = os.pipe()
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with, initargs=parent) as pool:
            yield from _worked(chunks, job, pool, workers)
    finally:
        for handle in parent:
            os.close(handle)


def _worked(
    chunks: Iterable[Sequence[Item]], job: Job, pool: ProcessPoolExecutor, workers: int
) -> Iterator[Chunk]:
    try:
        waiting: deque[Future[Chunk]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(work, chunk, job))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise SearchError("a worker died, most likely for want of memory; try --workers 1") from error
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _end_with(read: int, write: int) -> None:
    """Have this worker end when its parent does, which holds the pipe's other end, however it ends.

    A worker waits for work on a pipe that its fellows can write to as well, and so would wait for ever.
    The parent alone is stopped by ctrl-C.
    """
    os.close(write)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the parent does at it

    def watch() -> None:
        os.read(read, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def work(items: Sequence[Item], job: Job) -> Chunk:
    """Return what became of each source."""
    sources = [one for one in items if isinstance(one, Source)]
    found, fresh = extracted(sources, job.cache)
    articles = [one.article for one in found if isinstance(one, Extracted)]
    batches, refused = prepared(articles, job.prepare) if job.prepare else ([], [None] * len(articles))
    whole = iter(refused)
    ends = iter([one if isinstance(one, Refusal) else next(whole) or ready(one) for one in found])
    outcomes = tuple(next(ends) if isinstance(one, Source) else one for one in items)
    kept = sum(isinstance(one, Extracted) for one in found) - len(fresh) if job.cache else 0
    return Chunk(outcomes, tuple(batches), tuple(fresh), kept)


def extracted(
    sources: Sequence[Source], cache: Reader | None
) -> tuple[list[Extracted | Refusal], list[Entry]]:
    """Return the article of each source or its refusal, and the extractions that the cache did not have."""
    if cache is None:
        return [extract_or_refuse(source) for source in sources], []
    keys = cache.keys(sources)
    found: list[Extracted | Refusal] = []
    fresh: list[Entry] = []
    for source, key, known in zip(sources, keys, cache.found(sources, keys), strict=True):
        one = known or extract_or_refuse(source)
        found.append(one)
        if known is None and isinstance(one, Extracted):
            fresh.append(cache.entry(key, source, one))
    return found, fresh


def prepared(articles: Sequence[Article], prepare: Prepare) -> tuple[list[Batch], list[Refusal | None]]:
    """Return articles as batches, and of each the refusal if it cannot be prepared, else None.

    Where one breaks a batch, halves are tried until it stands alone: one among 128 costs 7 more
    rounds over ever fewer.
    """
    try:
        return ([prepare(articles)] if articles else []), [None] * len(articles)
    except Exception as error:
        if len(articles) == 1:
            reason = f"{UNPREPARED}: {type(error).__name__}: {error}"
            return [], [Refusal(origin_of(articles[0]), reason)]
    middle = len(articles) // 2
    first, second = prepared(articles[:middle], prepare), prepared(articles[middle:], prepare)
    return first[0] + second[0], first[1] + second[1]


def ready(found: Extracted) -> Ready:
    """Return what is told of an article."""
    article = found.article
    return Ready(
        id=article.id,
        origin=origin_of(article),
        digest=digest(article),
        undated=article.date is None,
        notes=found.notes,
        unknown_keys=found.unknown_keys,
        people=tuple(tag.name for tag in article.people if tag.mentions or tag.title_mentions),
        given_people=tuple(tag.name for tag in article.people if not (tag.mentions or tag.title_mentions)),
        countries=tuple(tag.code for tag in article.countries),
        ahead=found.ahead,
        touched=tuple(sorted({change.said for change in found.changes})),
        story=article.story,
        sketch=sketch(wording(article.body) or wording(article.title)),
    )


def origin_of(article: Article) -> str:
    """Return where an article was read, its id where nothing says."""
    return article.origin or article.id


def in_chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield sources, and what stands between them, by chunks; the one that fills a chunk is its last."""
    chunk: list[Item] = []
    size = count = 0
    for item in items:
        chunk.append(item)
        size += len(item.content) if isinstance(item, Source) else 0
        count += not isinstance(item, Ended)  # of files with an article each, as many as of rows
        if count >= CHUNK or size >= CHUNK_CHARS:
            yield chunk
            chunk, size, count = [], 0, 0
    if chunk:
        yield chunk
