"""The `dateline` command: one group, filled by every installed package's entry points.

A package names its commands in a tuple and registers it under `dateline.commands`; none of them
imports another. Settings come from flags, then the environment (`DATELINE_…`), then a
`dateline.toml` in the working folder.
"""

import errno
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, Literal, NoReturn

import click

from search.answer_json import error_json, explanation_json, page_json
from search.domain import MATCHES, SORTS, Hit, Match, Page, Query, Sort
from search.errors import QueryError, SearchError, SettingError
from search.explain import lines
from search.generation import Manifest, open_index, report_of
from search.given import GivenPath
from search.judgments import GRADES, add_judgment, grades_of, judgments_beside
from search.record import dumps
from search.run import answer
from search.run import explain as explanations

INDEX = Path(".dateline")
_SETTINGS = Path("dateline.toml")

index_option = click.option(
    "--index",
    type=GivenPath(path_type=Path, file_okay=False),
    default=INDEX,
    show_default=True,
    envvar="DATELINE_INDEX",
    help="The index folder.",
)


class Group(click.Group):
    """A group that says our own errors in one line and exits with 1, without a traceback.

    The packages' commands are loaded when they are first asked for, not on import: a package's
    module imports this one, and may itself be what a process imports first.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of every package's commands, ascending."""
        _load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        _load()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command named."""
        try:
            return super().invoke(ctx)
        except SearchError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read what we print has gone; click ends quietly
            raise click.ClickException(f"the system refused something: {error}") from error


@click.group(
    cls=Group, context_settings={"auto_envvar_prefix": "DATELINE", "help_option_names": ["-h", "--help"]}
)
@click.version_option(version("dateline"), prog_name="Dateline")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Search news archives by word, date, country and person."""
    ctx.default_map = settings(_SETTINGS)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--json", is_flag=True, help="Print what /search.json answers.")
@click.option("--size", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits to print.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of them.")
@click.option(
    "--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="What comes first."
)
@click.option("--match", type=click.Choice(MATCHES), default="all", show_default=True, help="Words required.")
@index_option
def search(
    query: tuple[str, ...], json: bool, size: int, page: int, sort: Sort, match: Match, index: Path
) -> None:
    """Find the articles that match QUERY; see docs/query-language.md."""
    asked = Query(text=" ".join(query), size=size, page=page, sort=sort, match=match)
    engine, _ = open_index(index)
    try:
        found = answer(engine, asked)
    except QueryError as error:
        _refuse(asked.text, error, json=json)
    finally:
        engine.close()
    if json:
        click.echo(dumps(page_json(found)))
    else:
        _print_page(found)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.argument("article_id", metavar="ID")
@click.option("--json", is_flag=True, help="Print JSON.")
@click.option("--match", type=click.Choice(MATCHES), default="all", show_default=True, help="Words required.")
@index_option
def explain(query: tuple[str, ...], article_id: str, json: bool, match: Match, index: Path) -> None:
    """Say what the score of the article ID under QUERY is made of."""
    asked = Query(text=" ".join(query), match=match)
    engine, _ = open_index(index)
    try:
        [found] = explanations(engine, asked, [article_id])
    except QueryError as error:
        _refuse(asked.text, error, json=json)
    finally:
        engine.close()
    if found is None:
        message = f"no article of this archive has the id {article_id!r}; `dateline search` prints ids"
        if json:
            click.echo(dumps(error_json("not-found", message)))
            sys.exit(1)
        raise click.ClickException(message)
    if json:
        click.echo(dumps({"id": article_id, "title": found.title, **explanation_json(found)}))
        return
    click.secho(_printable(found.title) or "(no title)", bold=True)
    for line in (article_id, *lines(found)):
        click.echo(_unsteering(line))


@click.command()
@click.option("--json", is_flag=True, help="Print JSON.")
@index_option
def stats(json: bool, index: Path) -> None:
    """Say what the index holds and how it was built."""
    engine, manifest = open_index(index)
    try:
        facts = _facts(answer(engine, Query(size=1), values=10), manifest, index)
    finally:
        engine.close()
    if json:
        click.echo(dumps(facts))
        return
    for name, value in facts.items():
        shown = (
            ", ".join(f"{_printable(key)} {count:,}" for key, count in value.items()) or "none"
            if isinstance(value, dict)
            else value
        )
        click.echo(f"{name.replace('_', ' '):>12}  {shown}")


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--size", type=click.IntRange(1, 1000), default=10, show_default=True, help="Hits to grade.")
@click.option("--match", type=click.Choice(MATCHES), default="all", show_default=True, help="Words required.")
@click.option(
    "--judgments",
    type=GivenPath(path_type=Path),
    show_default="judgments.tsv beside the index",
    help="The file that grades go to.",
)
@index_option
def judge(query: tuple[str, ...], size: int, match: Match, judgments: Path | None, index: Path) -> None:
    """Grade the hits of QUERY, for `dateline evaluate ranking --judgments FILE`; see docs/evaluation.md."""
    asked = Query(text=" ".join(query), size=size, match=match)
    path = judgments or judgments_beside(index)
    known = grades_of(path, asked.text)
    engine, _ = open_index(index)
    try:
        found = answer(engine, asked)
    except QueryError as error:
        raise click.UsageError(_explained(asked.text, error)) from error
    finally:
        engine.close()
    click.echo(_counted(found))
    graded = 0
    for hit in found.hits:
        _print_hit(hit)
        grade = _asked_grade(known.get(hit.article.id))
        if grade == "quit":
            break
        if isinstance(grade, int):
            add_judgment(path, asked.text, hit.article.id, grade)
            graded += 1
    click.echo(f"{graded} graded, in {_printable(str(path))}")


def _asked_grade(known: int | None) -> int | Literal["skip", "quit"]:
    """Return the grade that is typed for a hit; the end of the input quits."""
    held = "" if known is None else f", now {known}"
    while True:
        try:
            typed = click.prompt(
                f"grade 0 to 3, s to skip, q to quit{held}",
                default="s",
                show_default=False,
                prompt_suffix=": ",
            )
        except click.Abort:
            click.echo()
            return "quit"
        meant = typed.strip().lower()
        if meant in map(str, GRADES):
            return int(meant)
        if meant in ("s", "skip"):
            return "skip"
        if meant in ("q", "quit"):
            return "quit"
        click.echo("0 no answer, 1 touches it, 2 a good answer, 3 just what was sought")


COMMANDS: tuple[click.Command, ...] = (search, explain, stats, judge)


def settings(path: Path) -> dict[str, Any]:
    """Return the defaults that a `dateline.toml` gives each command; none when it is not there.

    Keys are the names of options. Those at the top are for every command that has them, those in a
    table for the command of its name. Raises SettingError for a file that is no TOML, and for a
    name that nothing answers to.
    """
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: {error}") from error
    _load()
    _check(found, path)
    everywhere = {key: value for key, value in found.items() if not isinstance(value, dict)}
    tables = {key: value for key, value in found.items() if isinstance(value, dict)}
    strange = set(tables) - set(main.commands)
    strange |= {key for key in everywhere if not any(_option(c, key) for c in main.commands.values())}
    strange |= {
        f"{name}.{key}"
        for name, command in main.commands.items()
        for key in tables.get(name, {})
        if not _option(command, key)
    }
    if strange:
        raise SettingError(f"{path}: {min(strange)!r} is no command and no option; see docs/operations.md")
    return {
        name: dict(
            _default(option, value)
            for key, value in (everywhere | tables.get(name, {})).items()
            if (option := _option(command, key))
        )
        for name, command in main.commands.items()
    }


def _option(command: click.Command, key: str) -> click.Option | None:
    """Return the option that a key names: `trusted_host` and `trusted-host` are `--trusted-host`."""
    flag = "--" + key.replace("_", "-")
    return next((p for p in command.params if isinstance(p, click.Option) and flag in p.opts), None)


def _default(option: click.Option, value: Any) -> tuple[str, Any]:
    """Return the parameter's name and its default, in the form that click converts as it does a flag's."""
    if option.multiple:
        return str(option.name), tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    if isinstance(value, bool | int | str) and not isinstance(option.type, click.Path):
        return str(option.name), value
    return str(option.name), str(value)


def _check(found: Mapping[str, Any], path: Path) -> None:
    """Raise SettingError for a value that no flag could have."""
    for key, value in found.items():
        if isinstance(value, dict):
            _check(value, path)
        elif not isinstance(value, str | int | list):
            raise SettingError(f"{path}: {key} = {value} is no text, whole number, true or false")


def _facts(page: Page, manifest: Manifest, index: Path) -> dict[str, Any]:
    facets = {facet.field: facet for facet in page.facets}
    periods = [value for value in facets["date"].values if value.value is not None]
    undated = sum(value.count for value in facets["date"].values if value.value is None)
    return {
        "articles": page.total,
        "dated": page.total - undated,
        "undated": undated,
        "years": f"{periods[0].value} to {periods[-1].value}" if periods else "none",
        "countries": facets["country"].distinct,
        "people": facets["person"].distinct,
        "outlets": facets["outlet"].distinct,
        "date_sources": {value.label: value.count for value in facets["source"].values},
        "built": manifest.built,
        "language": manifest.language,
        "engine": f"{manifest.engine}, format {manifest.format}",
        "version": manifest.version,
        "size_bytes": sum(_size(Path(base) / name) for base, _, names in os.walk(index) for name in names),
        "report": {key: value for key, value in manifest.report.items() if isinstance(value, int | float)},
        **_told(report_of(index), page.total),
    }


def _told(report: dict[str, Any], articles: int) -> dict[str, Any]:
    """Return what a run's whole report says beyond its figures."""
    tags = {name: round(report.get(name, 0) / max(articles, 1), 2) for name in ("people", "countries")}
    kinds = {name: report.get(key) or {} for name, key in (("formats", "forms"), ("refused_for", "reasons"))}
    return {"tags_per_article": tags, **kinds, "seconds_by_stage": report.get("stages") or {}}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # a writer may tidy up while we look
        return 0


def _refuse(text: str, error: QueryError, *, json: bool) -> NoReturn:
    """Say what is wrong with a query, as JSON or for people, and end with status 2."""
    if json:
        click.echo(dumps(error_json(error.kind, error.message, at=error.at, repaired=error.repaired)))
        sys.exit(2)
    raise click.UsageError(_explained(text, error)) from error


def _explained(text: str, error: QueryError) -> str:
    """Return the error with the place it points at, and the query that reads."""
    lines = [error.message]
    if error.at is not None and "\n" not in text:
        lines += ["", f"  {text}", "  " + " " * error.at + "^"]
    if error.repaired:
        lines.append(f"Did you mean: {error.repaired}")
    return "\n".join(lines)


def _print_page(page: Page) -> None:
    click.echo(_counted(page))
    for note in page.notes:
        click.echo(f"note: {note}")
    for hit in page.hits:
        _print_hit(hit)


def _counted(page: Page) -> str:
    """Return which hits of how many are shown."""
    articles = f"{page.total:,} article" if page.total == 1 else f"{page.total:,} articles"
    if page.total <= len(page.hits):
        return articles
    first = (page.query.page - 1) * page.query.size + 1
    if not page.hits:
        pages = -(-page.total // page.query.size)
        return f"{articles}; there is no page {page.query.page}, the last is {pages}"
    last = first + len(page.hits) - 1
    return f"{first} – {last} of {articles}" if last > first else f"{first} of {articles}"


def _print_hit(hit: Hit) -> None:
    article = hit.article
    day = str(article.date)[: {"year": 4, "month": 7}.get(article.date_precision or "", 10)]
    click.echo()
    click.secho(_printable(article.title) or "(no title)", bold=True)
    click.echo(f"{day if article.date else 'undated'}  {_printable(article.id)}")
    shown, at = "… " if hit.snippet.start else "", 0
    for start, end in hit.snippet.marks:
        plain, marked = hit.snippet.text[at:start], hit.snippet.text[start:end]
        shown += _printable(plain) + click.style(_printable(marked), bold=True, underline=True)
        at = end
    click.echo(shown + _printable(hit.snippet.text[at:]) + (" …" if hit.snippet.goes_on else ""))


def _printable(text: str) -> str:
    """Return text on one line without control characters, which could steer a terminal."""
    return re.sub(" +", " ", _unsteering(text))


def _unsteering(text: str) -> str:
    """Return text with a space for each control character, line ends too."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


@cache
def _load() -> None:
    """Add the commands of every installed package to the group."""
    for found in entry_points(group="dateline.commands"):
        for command in found.load():
            main.add_command(command)
