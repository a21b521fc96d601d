"""The names that stand for others, in files beside the segments: JSON objects of name to value and rule."""

import os
from pathlib import Path

from search.aliases import Alias, Aliases
from search.errors import IndexCorrupt
from search.intact import content, damaged
from search.record import dumps, loads

ALIASES, COUNTRIES, STORIES = "aliases.json", "countries.json", "stories.json"
_MOST = 1 << 28
"""Bytes of the file that are read at most: some millions of names."""


def write_aliases(path: Path, aliases: Aliases) -> None:
    """Put a table in place of the one there, whole or not at all; an empty one leaves no file."""
    if not aliases:
        path.unlink(missing_ok=True)
        return
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(dumps({name: [alias.value, alias.rule] for name, alias in sorted(aliases.items())}))
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def read_aliases(path: Path) -> Aliases:
    """Return the table of a file, empty without one. Raises IndexCorrupt for one that makes no sense."""
    if not path.exists():
        return {}
    try:
        return {name: _alias(told) for name, told in loads(content(path, _MOST)).items()}
    except IndexCorrupt:
        raise
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged(path, f"it is no table of names ({error})") from error


def _alias(told: object) -> Alias:
    match told:
        case [str(value), str(rule)]:
            return Alias(value, rule)
    raise ValueError("a name stands for no value and rule")
