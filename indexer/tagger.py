"""Who finds the names: the project's own rules and model, or another tagger that is installed.

What is found is joined, given roles and shown in the same way whoever found it.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from indexer.spacy_tagger import load_spacy, pipeline_version
from search.errors import SettingError

BUILT_IN = "built-in"
SPACY = "spacy:"


class Found(NamedTuple):
    """The name of a person at a half-open span of a text, in code points, and the rule that gave it."""

    start: int
    end: int
    rule: str


class PersonTagger(Protocol):
    """Anything that finds the names of persons."""

    def persons(self, text: str) -> Iterator[Found]:
        """Yield the names in a text, ascending and apart."""


class SpacyTagger:
    """The persons of a spaCy pipeline, loaded by name or path; nothing is downloaded."""

    def __init__(self, pipeline: str) -> None:
        self._rule = f"spaCy {pipeline[:60]}"
        self.name = f"{SPACY}{pipeline} {pipeline_version(pipeline)}"
        self._spans = load_spacy(pipeline)

    def persons(self, text: str) -> Iterator[Found]:
        """Yield the entities that the pipeline calls persons."""
        return (Found(start, end, self._rule) for start, end in self._spans(text))


_chosen: list[SpacyTagger] = []


def choose_tagger(name: str) -> None:
    """Have this process, and those forked from it, find names with a tagger: `built-in` or `spacy:PIPELINE`.

    Raises SettingError for another name, and when spaCy or the pipeline is not installed.
    """
    _chosen.clear()
    if name == BUILT_IN:
        return
    if not name.startswith(SPACY) or name == SPACY:
        raise SettingError(f"there is no tagger {name[:80]!r}; name {BUILT_IN}, or {SPACY}PIPELINE")
    _chosen.append(SpacyTagger(name.removeprefix(SPACY)))


def chosen_tagger() -> PersonTagger | None:
    """Return the tagger that was chosen, None for the built-in one."""
    return _chosen[0] if _chosen else None


def chosen_tagger_name() -> str:
    """Return what the tagger that was chosen is called, with the version of a pipeline."""
    return _chosen[0].name if _chosen else BUILT_IN
