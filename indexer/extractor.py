"""Which extractor this is: what makes another one of it is every file that a tag or date depends on.

A digest, not a number that somebody has to raise: whoever changes a rule or a list gets new tags.
"""

import sys
import unicodedata
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from indexer.tagger import chosen_tagger_name

VERSION = 1
"""The form in which extractions are kept. Raise it when that changes."""

APART = frozenset(
    (
        "cache.py",
        "canonical.py",
        "commands.py",
        "extractor.py",
        "expected.py",
        "generations.py",
        "intake.py",
        "ledger.py",
        "lock.py",
        "naming.py",
        "report.py",
        "signature.py",
        "stories.py",
        "tag_command.py",
        "tags_command.py",
        "tags_option.py",
        "taken.py",
        "unchanged.py",
        "fate.py",
        "verify.py",
        "work.py",
        "write.py",
    )
)
"""Modules of this package that no extraction runs; a new module counts until it is named here."""
BELOW = ("aliases.py", "domain.py", "tokens.py")
"""Modules of `search` that an extraction runs."""
LIBRARIES = (
    "charset-normalizer",
    "htmldate",
    "lxml",
    "lxml_html_clean",
    "PyStemmer",
    "python-crfsuite",
    "python-dateutil",
    "trafilatura",
)
"""Libraries that extraction asks; another version may answer otherwise."""


def extractor() -> bytes:
    """Return 16 bytes that change when extraction may: its code, its lists, its libraries and its tagger.

    What `tags.toml` says is no part of them: each article has its own part of it.
    """
    return blake2b(_program() + chosen_tagger_name().encode(), digest_size=16).digest()


@cache
def _program() -> bytes:
    """Return the digest of what is installed, read once a process."""
    told = blake2b(f"{VERSION} {sys.version_info[:3]} {unicodedata.unidata_version}".encode(), digest_size=16)
    for name in LIBRARIES:
        told.update(f"{name} {_version(name)}\n".encode())
    own, below = files("indexer"), files("search")
    modules = [one for one in _sorted(own) if one.name.endswith(".py") and one.name not in APART]
    data = [one for one in _sorted(own / "data") if one.is_file() and not one.name.endswith(".pyc")]
    for file in (*modules, *data, *(below / name for name in BELOW)):
        content = file.read_bytes()
        told.update(f"{file.name} {len(content)}\n".encode() + content)
    return told.digest()


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda one: one.name)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
