"""What a page says of itself, without the name of its site where that does not belong."""

import re
from urllib.parse import urlsplit

# Names of so few letters are mostly abbreviations, which a capital and small letters spoil.
LABEL_CHARS = 3
_PARTED = re.compile(r"\s+[|–—·•»-]\s+")
_KEY = re.compile(r"[\W_]+")


def host_of(url: str | None) -> str | None:
    """Return the host of an address without its www, None if it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def outlet_name(name: str | None, *, host: str | None) -> str | None:
    """Return the name of a site, its host when the name is only made of it ("Nj" of nj.com, "Hosted")."""
    if name is None or host is None:
        return name or host
    label, _, rest = host.partition(".")
    # Where a page gives no name, one is made of the first label, which alone may say nothing.
    made = name == label.capitalize() and (len(label) <= LABEL_CHARS or "." in rest)
    return host if made else name


def without_site(title: str | None, *, outlet: str | None, host: str | None) -> str | None:
    """Return a title without the name of the site at its end ("... - Town News", "... | town.example")."""
    parts = list(_PARTED.finditer(title or ""))
    if title is None or not parts or not title[: parts[-1].start()].strip():
        return title
    named = title[parts[-1].end() :]
    return title[: parts[-1].start()].strip() if _is_site(named, outlet=outlet, host=host) else title


def persons_of(author: str | None, *, outlet: str | None, host: str | None) -> str | None:
    """Return the authors, parted by semicolons, without repeats and without the name of the site."""
    kept: dict[str, str] = {}
    for name in (author or "").split(";"):
        if name.strip() and not _is_site(name, outlet=outlet, host=host):
            kept.setdefault(_key(name), name.strip())
    return "; ".join(kept.values()) or None


def _is_site(name: str, *, outlet: str | None, host: str | None) -> bool:
    """Return whether a name is that of the site or its host, whatever its spaces and marks."""
    key = _key(name).removeprefix("the")
    hosts = (_key(host), _key(host.split(".")[-2] if host.count(".") else host)) if host else ()
    return bool(key) and key in {_key(outlet or "").removeprefix("the"), *hosts}


def _key(name: str) -> str:
    """Return the letters and digits of a name, folded."""
    return _KEY.sub("", name).casefold()
