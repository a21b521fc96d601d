"""The only module that names spaCy, which is no part of a plain installation."""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from search.domain import Span
from search.errors import SettingError

PERSONS = frozenset(("PERSON", "PER"))
PIECE = 100_000
"""Characters that are read at once; a pipeline refuses more than a million."""


def load_spacy(pipeline: str) -> Callable[[str], Iterator[Span]]:
    """Return what yields the spans of persons in a text by an installed pipeline, named or given as a path.

    Raises SettingError that tells what to install.
    """
    if find_spec("spacy") is None:
        raise SettingError(
            f"the tagger spacy:{pipeline[:60]} needs spaCy: install it with pip install 'dateline[spacy]'"
        )
    try:
        language = import_module("spacy").load(pipeline)
    except Exception as error:  # a module of that name runs its own code, and may be no pipeline at all
        why = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise SettingError(
            f"spaCy has no pipeline {pipeline[:60]!r} installed ({why}); "
            "install its package, or name a folder that holds one"
        ) from error
    return lambda text: _spans(language, text)


def pipeline_version(pipeline: str) -> str:
    """Return what tells a pipeline from another of its name: its version, or a folder's digest."""
    try:
        return f"{version('spacy')} {version(pipeline)}"
    except PackageNotFoundError:
        pass
    try:
        told = [(Path(pipeline) / name).read_bytes() for name in ("meta.json", "config.cfg")]
    except (OSError, ValueError):
        return "unknown"
    return blake2b(b"".join(told), digest_size=16).hexdigest()


def _spans(language: Any, text: str) -> Iterator[Span]:
    for first, last in _pieces(text):
        for one in language(text[first:last]).ents:
            if one.label_ in PERSONS:
                yield first + one.start_char, first + one.end_char


def _pieces(text: str) -> Iterator[Span]:
    """Yield half-open pieces of a text, parted at white space where there is any."""
    first = 0
    while first < len(text):
        last = min(first + PIECE, len(text))
        if last < len(text):
            cut = max(text.rfind(" ", first, last), text.rfind("\n", first, last))
            last = cut if cut > first else last
        yield first, last
        first = last
