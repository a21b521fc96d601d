"""`dateline tags check`: what each line of a `tags.toml` does to an archive."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from indexer.corrections import Change, Corrections, Statement
from indexer.extract import extract_or_refuse
from indexer.read import read_sources
from indexer.report import counted
from indexer.source import Refusal, Source
from indexer.tag_command import tagger_option
from indexer.tagger import choose_tagger
from indexer.tags_file import NAME
from indexer.tags_option import choose_tags, tags_option
from search.errors import SettingError
from search.given import GivenPath
from search.record import dumps

EXAMPLES = 3
"""Articles that are named for each thing that a line does, and things of each kind that are named."""
KINDS = ("gains", "loses", "renames", "dates", "reads", "keeps")


@dataclass(slots=True)
class Effect:
    """What one statement did: articles by kind, how often each tag, and some of the articles."""

    articles: Counter[str] = field(default_factory=Counter)
    whats: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, article_id: str, changes: Iterable[Change]) -> None:
        """Count the changes of one article."""
        for change in changes:
            self.whats[change.did][change.what] += 1
        for did in {change.did for change in changes}:
            self.articles[did] += 1
            if len(self.examples[did]) < EXAMPLES:
                self.examples[did].append(article_id)


@dataclass(slots=True)
class Check:
    """The effects of a file on the articles seen so far."""

    corrections: Corrections
    articles: int = 0
    refused: int = 0
    effects: defaultdict[Statement, Effect] = field(default_factory=lambda: defaultdict(Effect))

    def look_at(self, source: Source | Refusal) -> None:
        """Take one source; it is tagged only if something that is said can touch it."""
        if isinstance(source, Source) and not self.corrections.part_for(source):
            self.articles += 1
            return
        outcome = source if isinstance(source, Refusal) else extract_or_refuse(source)
        if isinstance(outcome, Refusal):
            self.refused += not outcome.skipped
            return
        self.articles += 1
        by_statement: defaultdict[Statement, list[Change]] = defaultdict(list)
        for change in outcome.changes:
            by_statement[change.said].append(change)
        for said, changes in by_statement.items():
            self.effects[said].add(outcome.article.id, changes)

    def as_json(self) -> dict[str, Any]:
        """Return every statement with its effect, by line; `matched` is None without any article."""
        return {
            "file": self.corrections.name,
            "articles": self.articles,
            "refused": self.refused,
            "lines": [self._row(said) for said in self.corrections.statements],
        }

    def _row(self, said: Statement) -> dict[str, Any]:
        effect = self.effects.get(said, Effect())
        return {
            "line": said.line,
            "says": said.says,
            "words": said.words,
            "matched": bool(effect.articles) if self.articles else None,
            "effects": {
                did: {
                    "articles": effect.articles[did],
                    "what": dict(effect.whats[did].most_common(EXAMPLES)),
                    "examples": effect.examples[did],
                }
                for did in KINDS
                if effect.articles[did]
            },
        }


@click.command()
@click.argument("action", type=click.Choice(["check"]))
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=GivenPath(path_type=Path, exists=True))
@tags_option
@tagger_option
@click.option("--json", is_flag=True, help="Print JSON.")
def tags(action: str, sources: tuple[Path, ...], tags_file: Path | None, tagger: str, json: bool) -> None:  # noqa: ARG001
    """Say what each line of a tags.toml does to the articles of SOURCE, and which lines do nothing.

    Without SOURCE the file alone is checked, and what its lines mean is printed.
    """
    choose_tagger(tagger)
    given = tags_file or (None if sources else Path(NAME))
    check = Check(choose_tags(given, sources))
    if not check.corrections:
        where = f"{given} says nothing" if given else f"there is no {NAME} in the sources"
        raise SettingError(f"{where}; name a file with --tags")
    for source in read_sources(sources):
        check.look_at(source)
    if json:
        click.echo(dumps(check.as_json()))
    else:
        _print(check)


def _print(check: Check) -> None:
    """Print a line for each statement, and those that match nothing once more at the end."""
    name, statements = check.corrections.name, check.corrections.statements
    seen = f"over {counted(check.articles, 'article')}" if check.articles else "held against no article"
    click.echo(f"{counted(len(statements), 'statement')} in {name}, {seen}")
    for said in statements:
        click.echo(check.corrections.place(said))
        for row in _told(check.effects[said]) if said in check.effects else ():
            click.echo(f"    {row}")
    idle = [said for said in statements if said not in check.effects]
    if not check.articles or not idle:
        return
    click.echo(f"{counted(len(idle), 'statement')} matched nothing:")
    for said in idle:
        click.echo(f"    {check.corrections.place(said)}")


def _told(effect: Effect) -> Iterable[str]:
    """Yield what a statement did, a row for each kind."""
    for did in KINDS:
        if effect.articles[did]:
            common = effect.whats[did].most_common(EXAMPLES)
            whats = ", ".join(what if len(common) == 1 else f"{what} ({count:,})" for what, count in common)
            some = ", ".join(_printable(one) for one in effect.examples[did])
            yield f"{did} {_printable(whats)} in {counted(effect.articles[did], 'article')}, as in {some}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text[:200])
