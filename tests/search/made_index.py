"""An index folder made by hand, generation by generation."""

from pathlib import Path

from search.domain import Article
from search.engines.whoosh.index import create
from search.engines.whoosh.schema import FORMAT
from search.generation import ENGINE_FOLDER, MANIFEST, POINTER, sealed_manifest

MANIFEST_OF = {
    "format": FORMAT,
    "engine": "whoosh",
    "language": "en",
    "articles": 1,
    "built": "2024-06-20T00:00:00+00:00",
    "version": "0.1.0",
    "report": {},
}


def build(folder: Path, name: str, *articles: Article, **changed: object) -> None:
    """Build a generation of these articles and make it current."""
    folder.mkdir(mode=0o700, exist_ok=True)
    generation = folder / name
    generation.mkdir(mode=0o700)
    with create(generation / ENGINE_FOLDER).writer() as writer:
        for article in articles:
            writer.add(article)
    facts = MANIFEST_OF | {"articles": len(articles)} | changed
    (generation / MANIFEST).write_bytes(sealed_manifest(generation, facts))
    (folder / POINTER).write_text(name + "\n")
