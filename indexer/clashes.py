"""Names of a `tags.toml` that cannot all hold: an alias that leads on, or in a circle, a name given twice."""

from collections.abc import Iterable, Mapping, Sequence

from indexer.corrections import Named, Never
from indexer.phrases import Key, key_of
from indexer.toml_lines import TomlError


def without_clashes(named: Iterable[Named], never: Iterable[Never]) -> list[Named]:
    """Return the names, each run of words once. Raises TomlError where two statements cannot both hold.

    What is left out says again what is there: an alias that is the name itself but for case and accents.
    """
    held: dict[Key, Named] = {}
    aliases = []
    for one in named:
        if one.is_alias:
            aliases.append(one)
        elif (known := held.setdefault(key_of(one.words), one)) is not one:
            raise _error(
                one, f'is the name "{known.words}" of line {known.said.line} once more; join the two'
            )
    values = dict(held)
    for one in aliases:
        known = held.setdefault(key_of(one.words), one)
        if known.kind != one.kind or known.value != one.value:
            raise _error(one, _clash(one, known, values, aliases))
    _check_nevers(held, never)
    return list(held.values())


def _clash(one: Named, known: Named, values: Mapping[Key, Named], aliases: Sequence[Named]) -> str:
    """Return what is wrong with an alias whose words stand for another."""
    if known.is_alias:
        return f"is also an {known.said.says} on line {known.said.line}; keep one"
    told = f"is an {one.said.says}, and on line {known.said.line} a name of its own; aliases lead to one name"
    return f"{told}, and these go in a circle" if _comes_back(one, values, aliases) else told


def _comes_back(one: Named, values: Mapping[Key, Named], aliases: Sequence[Named]) -> bool:
    """Return whether going from an alias to its name, as an alias of another, leads back to the alias."""
    onward = {key_of(alias.words): key_of(alias.value) for alias in aliases if alias.kind == "person"}
    at, seen = key_of(one.words), set[Key]()
    while at in onward and at not in seen:
        seen.add(at)
        at = onward[at]
    return at in seen and at in values


def _check_nevers(held: Mapping[Key, Named], never: Iterable[Never]) -> None:
    """Raise for words that name somebody here and are never a name there."""
    for one in never:
        known = held.get(key_of(one.words))
        if known and known.kind == one.kind and one.value in (None, known.value):
            raise TomlError(
                one.said.line,
                f'"{one.words}" is {one.said.says}, but a name on line {known.said.line}; keep one',
            )


def _error(one: Named, message: str) -> TomlError:
    return TomlError(one.said.line, f'"{one.words}" {message}')
