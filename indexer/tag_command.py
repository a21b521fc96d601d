"""`dateline tag`: the tags of articles, one JSON line each, without an index."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click

from indexer.extract import Extracted, extract_or_refuse
from indexer.read import Form, read_sources, read_stream
from indexer.source import Refusal, Source
from indexer.tagger import BUILT_IN, SPACY, choose_tagger
from indexer.tags_option import choose_tags, tags_option
from search.domain import Article, CountryTag, PersonTag
from search.given import GivenPath
from search.record import dumps, mention_rows

STDIN = "-"


tagger_option = click.option(
    "--tagger",
    metavar="NAME",
    default=BUILT_IN,
    show_default=True,
    envvar="DATELINE_TAGGER",
    help=f"Who finds persons: {BUILT_IN}, or {SPACY}PIPELINE of an installed spaCy.",
)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "jsonl"]),
    help="How every file is read; without it the suffix decides, and standard input is text.",
)
@click.argument("paths", metavar="PATH...|-", nargs=-1, required=True, type=GivenPath())
@tagger_option
@tags_option
@click.pass_context
def tag(
    context: click.Context, form: Form | None, paths: tuple[str, ...], tagger: str, tags_file: Path | None
) -> None:
    """Print the date, countries and people of each article, one JSON line an article.

    Offsets are half-open, count Unicode code points, and point into the emitted body or title.
    What cannot be read is named on standard error, the rest goes on, and the exit status is 1.
    """
    if paths.count(STDIN) > 1:
        raise click.UsageError("standard input is read once: name - once")
    choose_tagger(tagger)
    choose_tags(tags_file, [Path(path) for path in paths if path != STDIN])
    failed = False
    for outcome in _outcomes(paths, form=form):
        if isinstance(outcome, Refusal):
            failed = failed or not outcome.skipped
            click.echo(f"{outcome.origin}: {outcome.reason}", err=True)
            continue
        for note in outcome.notes:
            click.echo(f"{outcome.article.origin}: note: {note}", err=True)
        click.echo(dumps(as_json(outcome.article)))
    context.exit(1 if failed else 0)


def _outcomes(paths: tuple[str, ...], *, form: Form | None) -> Iterator[Extracted | Refusal]:
    """Yield the article of each source, or its refusal, in the order of the paths."""
    for path in paths:
        for source in _sources(path, form=form):
            yield source if isinstance(source, Refusal) else extract_or_refuse(source)


def _sources(path: str, *, form: Form | None) -> Iterator[Source | Refusal]:
    """Yield the sources of a path or of standard input."""
    if path == STDIN:
        # Buffered once more, since a test's standard input cannot be peeked into.
        stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
        return read_stream(stream, origin=STDIN, form=form or "text")
    return read_sources([Path(path)], form=form)


def as_json(article: Article) -> dict[str, Any]:
    """Return an article as `dateline tag` prints it; the keys are part of the product's contract."""
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "date_source": article.date_source,
        "date_precision": article.date_precision,
        "says": [
            {
                "date": said.value,
                "precision": {4: "year", 7: "month"}.get(len(said.value), "day"),
                "mentions": mention_rows(said.mentions),
                "title_mentions": mention_rows(said.title_mentions),
            }
            for said in article.says
        ],
        "author": article.author,
        "outlet": article.outlet,
        "language": article.language,
        "body": article.body,
        "countries": [{"code": country.code, **_named(country)} for country in article.countries],
        "people": [_named(person) for person in article.people],
    }


def _named(found: CountryTag | PersonTag) -> dict[str, Any]:
    """Return the keys that countries and people share."""
    return {
        "name": found.name,
        "roles": list(found.roles),
        "mentions": mention_rows(found.mentions),
        "title_mentions": mention_rows(found.title_mentions),
    }
