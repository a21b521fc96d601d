"""What an operator may set about the pages, and where each setting is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.errors import SettingError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and names of one running application.

    `hosts` are the names and addresses that a Host header may carry, without port; with
    `any_address` every literal IP address is good as well. A page that rebinds a DNS name of its
    own to our address carries that name in its Host header, never a bare address, so addresses
    are safe to open up where names are not.

    `size_max` is hits a page; `depth_max` the last hit that paging reaches, because an engine
    sorts everything before it; `filters_max` and `value_max` (characters) bound what one request
    may pick; `address_max` is the length of path and query string together. `values_max` is values
    a page of a facet, `values_pages_max` the last such page that may be asked for. `judgments` is
    the file that grades given in the browser go to; without one none can be given. `log_requests` has every
    request told on standard error, with what was searched for.
    """

    hosts: tuple[str, ...] = LOOPBACK
    any_address: bool = False
    size_max: int = 100
    depth_max: int = 10_000
    filters_max: int = 50
    value_max: int = 500
    address_max: int = 65_536
    values_max: int = 1_000
    values_pages_max: int = 100_000
    judgments: Path | None = None
    log_requests: bool = False


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Return the settings that environment variables ask for.

    `DATELINE_TRUSTED_HOSTS` holds names apart by spaces or commas; `DATELINE_SIZE_MAX` and
    `DATELINE_DEPTH_MAX` are whole numbers from 1 up. Raises `SettingError`.
    """
    return Settings(
        hosts=trusted(environ.get("DATELINE_TRUSTED_HOSTS", "").replace(",", " ").split()),
        size_max=_positive(environ, "DATELINE_SIZE_MAX", Settings().size_max),
        depth_max=_positive(environ, "DATELINE_DEPTH_MAX", Settings().depth_max),
    )


def trusted(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the loopback names and `names`, lower case, without brackets, each once."""
    return tuple(dict.fromkeys((*LOOPBACK, *(name.strip("[]").lower() for name in names))))


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    written = environ.get(name, "").strip()
    if not written:
        return default
    if not (written.isascii() and written.isdigit() and len(written) <= 9 and int(written) > 0):
        raise SettingError(f"{name} is {written!r}; write a whole number from 1 up")
    return int(written)
