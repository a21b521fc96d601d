"""`tags.toml` to corrections: every key and value checked, every error with its line and the way out."""

import difflib
import os
import stat
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from indexer.clashes import without_clashes
from indexer.corrections import Corrections, Fix, Kind, Named, Never, Outlet, Own, Statement, outlet_key
from indexer.days import EARLIEST_YEAR, Day, Order, read_day
from indexer.language import language_code
from indexer.phrases import WORDS, key_of
from indexer.places import country_named
from indexer.toml_lines import Place, Toml, TomlError, read_toml
from search.domain import COUNTRY_ROLES, PERSON_ROLES
from search.errors import SettingError

NAME = "tags.toml"
"""The file that is looked for in a source folder."""
BYTES = 1_000_000
STATEMENTS = 20_000
NAME_CHARS = 200
WORD_CHARS = 100
SHOWN_CHARS = 60
"""Characters of a value that a message repeats."""

SECTIONS = ("people", "countries", "never", "outlets", "articles")
ORDERS: tuple[Order, ...] = ("day-first", "month-first")
NO_DATE = "none"
_ROLES: Mapping[Kind, tuple[str, ...]] = {"person": PERSON_ROLES, "country": COUNTRY_ROLES}
_PLURALS: Mapping[str, Kind] = {"people": "person", "countries": "country"}


class TagsError(SettingError):
    """A `tags.toml` that cannot be used; the message names file, line and the way out."""

    kind = "tags"


def read_corrections(path: Path) -> Corrections:
    """Return what a file says. Raises TagsError with the line of what cannot be used."""
    shown = _printable(os.fsencode(path).decode("utf-8", "backslashreplace"))
    try:
        text = _content(path).decode("utf-8-sig")
        toml = read_toml(text)
        return _Reading(toml, _printable(path.name)[:NAME_CHARS]).corrections()
    except OSError as error:
        raise TagsError(f"{shown} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TagsError(f"{shown}:{line}: it is not UTF-8; save it as such") from error
    except TomlError as error:
        raise TagsError(f"{shown}:{error.line}: {error.message}") from error


def found_corrections(given: Path | None, sources: Sequence[Path]) -> Corrections:
    """Return the corrections of the file that is given, else of the one directly in a source folder.

    Empty without one. Raises TagsError when two source folders have one each.
    """
    if given is not None:
        return read_corrections(given)
    found = [path for source in sources if (path := source / NAME).is_file()]
    if len({path.resolve() for path in found}) > 1:
        both = " and ".join(str(path) for path in found[:2])
        raise TagsError(f"there are {both}; name the one to use with --tags")
    return read_corrections(found[0]) if found else Corrections()


def _content(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises TomlError for one that is no file, or too long."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no file")
    with path.open("rb") as file:
        data = file.read(BYTES + 1)
    if len(data) > BYTES:
        line = data.count(b"\n") + 1
        raise TomlError(line, f"the file goes on past {BYTES:,} bytes, which is all that is read of one")
    return data


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


@dataclass(slots=True)
class _Reading:
    """One file being read, and what it has said so far."""

    toml: Toml
    name: str
    named: list[Named] = field(default_factory=list)
    never: list[Never] = field(default_factory=list)
    shown: dict[str, tuple[str, Statement]] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    fixes: dict[str, Fix] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def corrections(self) -> Corrections:
        """Return what the file says."""
        self._known(self.toml.data, (), SECTIONS)
        self._section("people", self._person)
        self._section("countries", self._country)
        for key, words in self._table(("never",), tuple(_PLURALS)).items():
            self.never += self._nevers(("never", key), words, _PLURALS[key], None)
        self._section("outlets", self._outlet)
        self._section("articles", self._article)
        named = without_clashes(self.named, self.never)
        said_again = {one.said for one in self.named} - {one.said for one in named}
        return Corrections(
            self.name,
            tuple(named),
            tuple(self.never),
            self.shown,
            self.outlets,
            self.fixes,
            tuple(sorted(set(self.statements) - said_again)),
        )

    def _section(self, name: str, read: Callable[[Place, str, Any], None]) -> None:
        """Read each key of a section."""
        for key, value in self._table((name,), None).items():
            read((name, key), key, value)

    def _person(self, place: Place, name: str, value: Any) -> None:
        self._name(place, name)
        told = self._aliases_or_table(place, value, ("aliases", "never"))
        said = self._say(place, "name", name)
        self.named.append(Named("person", name, name, said))
        self._aliases(place, told, "person", name, shown=name)

    def _country(self, place: Place, name: str, value: Any) -> None:
        code, display = self._code(place, name)
        told = self._aliases_or_table(place, value, ("aliases", "never", "name"))
        if "name" in told:
            at = (*place, "name")
            own = self._name(at, told["name"])
            if code in self.shown:
                raise self._error(
                    at, f"{display} has a name on line {self.shown[code][1].line} already; keep one"
                )
            self.shown[code] = own, self._say(at, f"name of {display}", own)
        self._aliases(place, told, "country", code, shown=display)

    def _aliases_or_table(self, place: Place, value: Any, keys: tuple[str, ...]) -> Mapping[str, Any]:
        """Return the table of a name; a list alone is its aliases."""
        if isinstance(value, list):
            return {"": value}
        if not isinstance(value, dict):
            raise self._error(
                place, f"{_told(place[-1])} takes a list of aliases, or a table of {_listed(keys)}"
            )
        self._known(value, place, keys)
        return value

    def _aliases(self, place: Place, told: Mapping[str, Any], kind: Kind, value: str, *, shown: str) -> None:
        """Take in the aliases of a name, and the words that never mean it."""
        for key in ("", "aliases"):
            at = (*place, key) if key else place
            for where, words in self._words(at, told.get(key, [])):
                said = self._say(where, f"alias of {shown}", words)
                self.named.append(Named(kind, value, words, said))
        self.never += self._nevers((*place, "never"), told.get("never", []), kind, value, shown=shown)

    def _nevers(
        self, place: Place, value: Any, kind: Kind, only: str | None, *, shown: str = ""
    ) -> Iterator[Never]:
        """Yield the words of a list that are no names; of one value `only`, if it is given."""
        says = f"never {shown}" if only else f"never a {kind}"
        for where, words in self._words(place, value):
            yield Never(kind, words, only, self._say(where, says, words))

    def _outlet(self, place: Place, name: str, _: Any) -> None:
        self._plain(place, name)
        read: dict[str, Callable[[Place, Any], str]] = {
            "language": self._language,
            "zone": self._zone,
            "dates": self._order,
        }
        told = self._table(place, (*read, "never_people", "never_countries"))
        key = outlet_key(name)
        if key in self.outlets:
            raise self._error(place, f"the outlet {_told(name)} stands here twice; join the two")
        before = len(self.statements)
        found = {}
        for setting, reader in read.items():
            if setting in told:
                at = (*place, setting)
                found[setting] = reader(at, told[setting])
                self._say(at, f"{setting} of {name}", found[setting])
        never = [
            one
            for plural, kind in _PLURALS.items()
            for one in self._nevers((*place, f"never_{plural}"), told.get(f"never_{plural}", []), kind, None)
        ]
        self.outlets[key] = Outlet(
            name,
            found.get("language"),
            found.get("zone"),
            cast(Order | None, found.get("dates")),
            tuple(never),
            tuple(self.statements[before:]),
        )

    def _article(self, place: Place, name: str, _: Any) -> None:
        if not name:
            raise self._error(place, "an article has an id, and here it is empty")
        keys = tuple(f"{verb}_{plural}" for plural in _PLURALS for verb in ("add", "remove"))
        told = self._table(place, (*keys, "date"))
        before = len(self.statements)
        add, remove = (
            tuple(
                own
                for plural, kind in _PLURALS.items()
                for own in self._owns((*place, f"{verb}_{plural}"), told, kind, verb)
            )
            for verb in ("add", "remove")
        )
        dated, day = None, None
        if "date" in told:
            day = self._day((*place, "date"), told["date"])
            length = {"year": 4, "month": 7}.get(day.precision, 10) if day else 0
            dated = self._say((*place, "date"), "date", day.date.isoformat()[:length] if day else NO_DATE)
        self.fixes[name] = Fix(add, remove, dated, day, tuple(self.statements[before:]))

    def _owns(self, place: Place, told: Mapping[str, Any], kind: Kind, verb: str) -> Iterator[Own]:
        """Yield the tags that a list adds or removes, each with the role behind its last slash."""
        for where, text in self._strings(place, told.get(str(place[-1]), [])):
            name, slash, role = text.rpartition("/")
            if not slash:
                name, role = text, ""
            roles = _ROLES[kind]
            if slash and (role not in roles or verb == "remove"):
                wanted = (
                    f"behind a / stands one of {_listed(roles)}" if verb == "add" else "leave out the role"
                )
                raise self._error(where, f"{_told(text)}: {wanted}")
            value = self._code(where, name)[0] if kind == "country" else self._name(where, name)
            said = self._say(where, f"{verb} {kind}", text)
            yield Own(kind, value, (role,) if role else (), said)

    def _day(self, place: Place, value: Any) -> Day | None:
        """Return the day that a fix says, None where it says that there is none."""
        if value == NO_DATE:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, int) and 1_000 <= value <= 9_999:
            value = str(value)  # a year without quotation marks
        day = read_day(value) if isinstance(value, str) and len(value) <= 10 else None
        if day is None or day.date.year < EARLIEST_YEAR:
            raise self._error(
                place, f'{_told(value)} is no date; write 2023-11-27, "2023-11", "2023" or "{NO_DATE}"'
            )
        return day

    def _language(self, place: Place, value: Any) -> str:
        code = language_code(value) if isinstance(value, str) else None
        if code is None:
            raise self._error(place, f'{_told(value)} is no language; write its code, such as "en"')
        return code

    def _zone(self, place: Place, value: Any) -> str:
        """Return the name of a zone; one that is not in the list is never looked for on disk."""
        known = zoneinfo.available_timezones()
        if not isinstance(value, str) or value not in known:
            raise self._error(place, f"{_told(value)} is no time zone{_nearest(value, known)}")
        return value

    def _order(self, place: Place, value: Any) -> str:
        if value not in ORDERS:
            raise self._error(place, f"{_told(value)}: dates are {_listed(ORDERS)}")
        return str(value)

    def _code(self, place: Place, name: Any) -> tuple[str, str]:
        """Return code and display name of a country."""
        known = country_named(name) if isinstance(name, str) else None
        if known is None:
            raise self._error(place, f'{_told(name)} is no country; write its ISO 3166 code, such as "AZ"')
        return known

    def _table(self, place: Place, keys: Iterable[str] | None) -> Mapping[str, Any]:
        """Return the table at a place, empty if there is none; `keys` are those that it may have."""
        value: Any = self.toml.data
        for part in place:
            value = value.get(part, {})
        if not isinstance(value, dict):
            raise self._error(place, f"{_told(place[-1])} is a table of names, and no {_kind_of(value)}")
        if keys is not None:
            self._known(value, place, keys)
        return value

    def _known(self, table: Mapping[str, Any], place: Place, keys: Iterable[str]) -> None:
        """Raise for a key that nothing reads."""
        keys = tuple(keys)
        for key in table:
            if key not in keys:
                raise self._error(
                    (*place, key), f"{_told(key)} means nothing here{_nearest(key, keys) or _one_of(keys)}"
                )

    def _words(self, place: Place, value: Any) -> Iterator[tuple[Place, str]]:
        """Yield the names of a list with their places."""
        for where, text in self._strings(place, value):
            yield where, self._name(where, text)

    def _strings(self, place: Place, value: Any) -> Iterator[tuple[Place, str]]:
        if not isinstance(value, list):
            raise self._error(place, f"{_told(place[-1])} takes a list, as in [{_told(value)}]")
        for number, text in enumerate(value):
            where = (*place, number)
            if not isinstance(text, str):
                raise self._error(where, f"{_told(text)} is no text; put names in quotation marks")
            yield where, self._plain(where, text)

    def _plain(self, place: Place, text: Any) -> str:
        """Return a text that can be shown and kept. Raises for any other."""
        if not isinstance(text, str):
            raise self._error(place, f"{_told(text)} is no text; put it in quotation marks")
        if not text.strip() or text != text.strip():
            raise self._error(place, f"{_told(text)}: a name is not blank, and has no spaces round it")
        if len(text) > NAME_CHARS:
            raise self._error(place, f"{_told(text)} has {len(text):,} characters; {NAME_CHARS} are read")
        if not text.isprintable():
            raise self._error(place, f"{_told(text)} has a character that cannot be seen; take it out")
        return text

    def _name(self, place: Place, text: Any) -> str:
        """Return words that can be found in a text. Raises for any other."""
        name = self._plain(place, text)
        key = key_of(name)
        if not key:
            raise self._error(place, f"{_told(name)} has no word in it that could be found")
        if len(key) > WORDS or max(map(len, key)) > WORD_CHARS:
            told = f"names of {WORDS} words of {WORD_CHARS} letters are found"
            raise self._error(place, f"{_told(name)} is too long: {told}")
        return name

    def _say(self, place: Place, says: str, words: str) -> Statement:
        if len(self.statements) >= STATEMENTS:
            raise self._error(place, f"the file says more than {STATEMENTS:,} things, and no more are read")
        said = Statement(self.toml.line(place), says, words)
        self.statements.append(said)
        return said

    def _error(self, place: Place, message: str) -> TomlError:
        return TomlError(self.toml.line(place), message)


def _told(value: Any) -> str:
    """Return a value of the file in a message: in quotation marks, short, and nothing in it that steers."""
    if isinstance(value, dict | list):
        return f"a {_kind_of(value)}"
    text = str(value)
    return f'"{_printable(text[:SHOWN_CHARS])}{"…" if len(text) > SHOWN_CHARS else ""}"'


def _kind_of(value: Any) -> str:
    kinds = {dict: "table", list: "list", str: "text", bool: "true or false"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "number or date")


def _nearest(key: Any, known: Iterable[str]) -> str:
    """Return a question that names the key meant, if one is near."""
    near = difflib.get_close_matches(str(key)[:SHOWN_CHARS], sorted(known), n=1)
    return f'; is "{near[0]}" meant?' if near else ""


def _one_of(keys: Iterable[str]) -> str:
    return f"; what stands here is {_listed(keys)}"


def _listed(keys: Iterable[str]) -> str:
    """Return `a`, `a or b`, `a, b or c`."""
    *rest, last = keys
    return f"{', '.join(rest)} or {last}" if rest else last
