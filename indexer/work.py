"""What worker processes do for a rebuild: chunks of sources to articles that are ready to be written.

A worker extracts, digests and prepares. Back come the batches of the engine, which the writer
takes as they are, and of each article the little that its fate is decided by.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from indexer.extract import Extracted, extract_or_refuse
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


Outcome = Ready | Refusal


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of some sources, in their order; `batches` hold the articles of the ready ones, in turn."""

    outcomes: tuple[Outcome, ...]
    batches: tuple[Batch, ...]


def worked(sources: Iterable[Source], *, prepare: Prepare, workers: int) -> Iterator[Chunk]:
    """Yield what became of the sources, in order, worked on by so many processes.

    `prepare` is that of the writer that will take the batches. At most a few chunks a worker are
    under way, so that memory does not grow with the archive. Raises SearchError when a worker dies.
    """
    chunks = in_chunks(sources)
    if workers <= 1:
        yield from (work(chunk, prepare) for chunk in chunks)
        return
    # Forked before any thread of ours runs: the tables that the parent loaded are shared.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            waiting: deque[Future[Chunk]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(work, chunk, prepare))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise SearchError("a worker died, most likely for want of memory; try --workers 1") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def work(sources: Sequence[Source], prepare: Prepare) -> Chunk:
    """Return what became of each source."""
    found = [extract_or_refuse(source) for source in sources]
    articles = [one.article for one in found if isinstance(one, Extracted)]
    batches, refused = prepared(articles, prepare)
    whole = iter(refused)
    outcomes = [one if isinstance(one, Refusal) else next(whole) or ready(one) for one in found]
    return Chunk(tuple(outcomes), tuple(batches))


def prepared(articles: Sequence[Article], prepare: Prepare) -> tuple[list[Batch], list[Refusal | None]]:
    """Return articles as batches, and of each the refusal if it cannot be prepared, else None.

    Where one breaks a batch, halves are tried until it stands alone: one among 128 costs 7 more
    rounds over ever fewer.
    """
    try:
        return ([prepare(articles)] if articles else []), [None] * len(articles)
    except Exception as error:
        if len(articles) == 1:
            reason = f"analysis failed: {type(error).__name__}: {error}"
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
    )


def origin_of(article: Article) -> str:
    """Return where an article was read, its id where nothing says."""
    return article.origin or article.id


def in_chunks(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Yield sources by chunks; the one that fills a chunk is its last."""
    chunk: list[Source] = []
    size = 0
    for source in sources:
        chunk.append(source)
        size += len(source.content)
        if len(chunk) >= CHUNK or size >= CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
