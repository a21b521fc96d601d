"""Request arguments to the domain's `Query`, and back.

    country=AZ  country=AZ.about  country=-AM  country=~none  country=-~none  person=\\-value

A filter's argument reads, from the left: an optional `-` (leave these out), then `~none` (has no
value) or the value, then for countries and people an optional `.role`. A value that begins with
`-`, `~` or `\\` is written with a leading `\\`. A value that itself ends like a role is written
with one dot more: the person `A.quoted` is `person=A.quoted.`

Reading and writing are inverse: the arguments of a query read back to the same query. Arguments
without a value count as absent, because a form sends its empty inputs; unknown ones are ignored.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import parse_qsl

from search.answer_json import ends_like_role, written_value
from search.counting import ORDERS, Wanted
from search.domain import MATCHES, SORTS, Filter, Query
from search.errors import SearchError
from search.periods import Period, period, period_of
from web.parameters import FILTERS, MISSING, OF_VALUES, ROLES, SINGLE, Parameter, of_query, of_values
from web.settings import Settings

Arguments = tuple[tuple[str, str], ...]
Choice = TypeVar("Choice", bound=str)

_KNOWN = frozenset((*FILTERS, *SINGLE, *OF_VALUES))


class ParameterError(SearchError):
    """A request argument that cannot be read; `name` is the argument to mend or to leave out.

    `other` is the one that it may have been taken for, if there is such a one.
    """

    kind = "parameter"

    def __init__(self, name: str, message: str, *, other: str = "") -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.other = other


def arguments(query_string: bytes, settings: Settings) -> Arguments:
    """Return names and values in the order given, those with an empty value left out.

    Names this module does not know are dropped before they are looked at. Raises `ParameterError`
    for a known one that is no UTF-8 text or holds a NUL, and when there are too many.
    """
    try:
        # Latin-1 keeps every byte apart, so that a broken one is found below rather than guessed at.
        pairs = parse_qsl(query_string.decode("latin-1"), encoding="latin-1", max_num_fields=1000)
    except ValueError as error:
        raise ParameterError("", "The address holds more than 1000 parameters.") from error
    known = [(name, value) for name, value in pairs if name in _KNOWN]
    if sum(name in FILTERS for name, _ in known) > settings.filters_max:
        raise ParameterError("", f"More than {settings.filters_max} filters were picked at once.")
    return tuple((name, _text(name, value)) for name, value in known)


def article_id(query_string: bytes) -> str:
    """Return the value of `id`, empty when there is none; what is no UTF-8 names no article."""
    return _first(query_string, "id")


def shown_tag(query_string: bytes) -> str:
    """Return the tag whose words an article page marks, such as `person:Vera Holm`; empty when none is."""
    return _first(query_string, "show")


def compared_copy(query_string: bytes) -> str:
    """Return the id of the copy that an article page is compared with; empty when it is with none."""
    return _first(query_string, "copy")


def _first(query_string: bytes, wanted: str) -> str:
    pairs = parse_qsl(query_string.decode("latin-1"), encoding="latin-1")
    value = next((value for name, value in pairs if name == wanted), "")
    return value.encode("latin-1").decode("utf-8", "replace")


def _text(name: str, latin: str) -> str:
    try:
        value = latin.encode("latin-1").decode()
    except UnicodeDecodeError as error:
        raise ParameterError(name, f"The value of {name!r} is not UTF-8 text.") from error
    if "\0" in value:
        raise ParameterError(name, f"The value of {name!r} holds a NUL character.")
    return value


def query_from(given: Iterable[tuple[str, str]], settings: Settings) -> Query:
    """Return the query that arguments ask for. Raises `ParameterError` naming the one to mend."""
    pairs = [(name, value) for name, value in given if value]
    single, known = _single(pairs), of_query(settings)
    for switch in ("stories", "explain"):
        _one_of(known[switch], single, ("0", "1"))
    query = Query(
        text=single.get("q", ""),
        filters=tuple(dict.fromkeys(read_filter(*pair, settings) for pair in pairs if pair[0] in FILTERS)),
        since=_day("from", single.get("from")),
        until=_day("to", single.get("to"), last=True),
        says_since=_day("says_from", single.get("says_from")),
        says_until=_day("says_to", single.get("says_to"), last=True),
        sort=_one_of(known["sort"], single, SORTS),
        match=_one_of(known["match"], single, MATCHES),
        page=_number(known["page"], single),
        size=_number(known["size"], single),
        stories=single.get("stories") == "1",
    )
    _check_order("from", "to", query.since, query.until)
    _check_order("says_from", "says_to", query.says_since, query.says_until)
    if query.page * query.size > settings.depth_max:
        raise ParameterError(
            "page",
            f"Pages reach as far as hit {settings.depth_max:,}. "
            "Narrow the search, or turn the sort round to come from the other end.",
        )
    return query


def wanted_from(given: Iterable[tuple[str, str]], settings: Settings) -> Wanted:
    """Return which values of a facet arguments ask for. Raises `ParameterError`."""
    single = _single([(name, value) for name, value in given if value and name in ("page", *OF_VALUES)])
    known, named = of_values(settings), single.get("named", "")
    if len(named) > known["named"].most:
        raise ParameterError("named", f"named is longer than {known['named'].most} characters.")
    return Wanted(
        named=named,
        order=_one_of(known["order"], single, ORDERS),
        page=_number(known["page"], single),
        size=_number(known["values"], single),
    )


_PLAIN = Query()


def arguments_of(query: Query) -> Arguments:
    """Return the arguments that read back to `query`, in a fixed order, defaults left out."""
    plain = _PLAIN
    written = [("q", query.text)] if query.text else []
    written += [(picked.field, write_filter(picked)) for picked in query.filters]
    days = (
        ("from", query.since),
        ("to", query.until),
        ("says_from", query.says_since),
        ("says_to", query.says_until),
    )
    written += [(name, day.isoformat()) for name, day in days if day]
    settled = (
        ("sort", query.sort, plain.sort),
        ("match", query.match, plain.match),
        ("page", query.page, plain.page),
        ("size", query.size, plain.size),
    )
    written += [(name, str(value)) for name, value, default in settled if value != default]
    written += [("stories", "1")] if query.stories else []
    return tuple(written)


def read_filter(field: str, written: str, settings: Settings) -> Filter:
    """Return the filter that one argument stands for. Raises `ParameterError`."""
    exclude = written.startswith("-")
    value = written[exclude:]
    if value == MISSING:
        return Filter(field, None, exclude=exclude)
    if value.startswith("~"):
        raise ParameterError(field, f"{field}={written!r}: after ~ only 'none' is known; \\~ is a plain ~.")
    value, role = _split_role(field, value.removeprefix("\\"))
    if not value or len(value) > settings.value_max:
        raise ParameterError(field, f"{field} needs a value of 1 to {settings.value_max} characters.")
    if field in ("date", "says"):
        _check_period(field, value)
    if field == "country" and len(value) == 2 and value.isascii():
        value = value.upper()
    return Filter(field, value, role=role, exclude=exclude)


def write_filter(picked: Filter) -> str:
    """Return the argument that reads back to `picked`."""
    return ("-" if picked.exclude else "") + written_value(picked.field, picked.value, picked.role)


def whole_period(since: date | None, until: date | None) -> str | None:
    """Return the year, month or day that two inclusive ends span exactly, as an ISO prefix."""
    if since is None or until is None:
        return None
    spans = (period_of(since, precision) for precision in ("year", "month", "day"))
    return next((span.value for span in spans if (span.first, span.last) == (since, until)), None)


def _period(written: str) -> Period:
    span = period(written)
    if span.value != written:  # such as the month 00
        raise ValueError(f"{written!r} is in no calendar")
    return span


def _split_role(field: str, value: str) -> tuple[str, str | None]:
    head, dot, tail = value.rpartition(".")
    if dot and tail in ROLES.get(field, ()):
        return head, tail
    if value.endswith(".") and ends_like_role(field, value):
        return value[:-1], None
    return value, None


def _single(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    single: dict[str, str] = {}
    for name, value in pairs:
        if name not in FILTERS and name in single:
            raise ParameterError(name, f"{name!r} is given more than once; one is enough.")
        single[name] = value
    return single


def _day(name: str, written: str | None, *, last: bool = False) -> date | None:
    if written is None:
        return None
    try:
        return _period(written).last if last else _period(written).first
    except ValueError as error:
        message = f"{name}={written[:40]!r} is no date; write it as 2024-06-20, 2024-06 or 2024."
        raise ParameterError(name, message) from error


def _check_period(field: str, value: str) -> None:
    try:
        _period(value)
    except ValueError as error:
        message = f"{field}={value[:40]!r} is no period; write 2024, 2024-06, 2024-06-20 or {MISSING}."
        raise ParameterError(field, message) from error


def _check_order(first: str, last: str, since: date | None, until: date | None) -> None:
    if since and until and since > until:
        message = f"The first day, {since}, comes after the last day, {until}."
        raise ParameterError(first, message, other=last)


def _number(known: Parameter, single: Mapping[str, str]) -> int:
    written = single.get(known.name, known.plain)
    fits = written.isascii() and written.isdigit() and len(written) <= 9
    if not (fits and 1 <= int(written) <= known.most):
        message = f"{known.name}={written[:40]!r}; write a whole number from 1 to {known.most:,}."
        raise ParameterError(known.name, message)
    return int(written)


def _one_of(known: Parameter, single: Mapping[str, str], choices: Sequence[Choice]) -> Choice:
    """Return the one of `choices`, which are those of the table, that is written."""
    written = single.get(known.name, known.plain)
    for choice in choices:
        if choice == written:
            return choice
    message = f"{known.name}={written[:40]!r} is not known; write {' or '.join(known.choices)}."
    raise ParameterError(known.name, message)
