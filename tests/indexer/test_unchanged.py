"""Whether an index would be the same if it were built again."""

import json
import os
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from indexer import extractor, signature, unchanged, write
from indexer.corrections import Corrections, Statement, choose_corrections
from indexer.generations import current_or_none
from indexer.ledger import FILE
from indexer.update import Update
from indexer.write import Rebuild
from search.generation import current, open_index


class Tomorrow(date):
    @classmethod
    def today(cls):
        return date(2050, 1, 1)


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text("Title\n\nwords of a")
    (folder / "below" / "b.txt").write_text("Title\n\nwords of b")
    (folder / "rows.jsonl").write_text('{"id": "r", "text": "words"}\n{broken\n')
    (folder / "picture.png").write_bytes(b"\x89PNG")
    os.mkfifo(folder / "pipe.txt")  # refused, and no reason to build again
    return folder


def built(archive: Path, **settings) -> Rebuild:
    run = Rebuild([archive], archive.parent / "index", workers=1, **settings)
    run.run()
    return run


def generations(archive: Path) -> list[str]:
    return sorted(path.name for path in (archive.parent / "index").glob("gen-*"))


@pytest.mark.parametrize("run", [Rebuild, Update])
def test_what_a_killed_run_left_goes_though_nothing_has_changed(archive, run):
    """It swapped the new generation in, and came no further."""
    built(archive)
    built(archive, force=True)
    index = archive.parent / "index"
    shutil.copytree(index / "gen-000002", index / "gen-000003")
    (index / "CURRENT").write_text("gen-000003\n")
    (index / "gen-000004").mkdir()
    assert run([archive], index, workers=1).run().unchanged
    assert generations(archive) == ["gen-000002", "gen-000003"]


def put(path: Path, text: str) -> None:
    path.write_text(f"Title\n\n{text}")


def move(archive: Path, name: str) -> None:
    (archive / "a.txt").rename(archive / name)


def touch(archive: Path) -> None:
    os.utime(archive / "a.txt", ns=(1, 1))


def piped(archive: Path) -> None:
    (archive / "pipe.txt").unlink()
    put(archive / "pipe.txt", "words of a file")


def changed_in_place(archive: Path) -> None:
    """Same size, same time of change: only the inode's own time or the bytes tell."""
    path = archive / "a.txt"
    before = path.stat()
    path.write_text(path.read_text().replace("words", "swords"[:5]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("edit", "same"),
    [
        pytest.param(lambda archive: None, True, id="nothing"),
        pytest.param(touch, True, id="touched"),
        pytest.param(lambda archive: put(archive / "a.txt", "words of a"), True, id="rewritten"),
        pytest.param(lambda archive: put(archive / ".hidden", "x"), True, id="hidden"),
        pytest.param(lambda archive: put(archive / "a.txt", "other words"), False, id="text"),
        pytest.param(changed_in_place, False, id="same-size-and-time"),
        pytest.param(lambda archive: put(archive / "c.txt", "words"), False, id="added"),
        pytest.param(lambda archive: put(archive / "c.png", "x"), False, id="skipped-one-added"),
        pytest.param(lambda archive: (archive / "a.txt").unlink(), False, id="removed"),
        pytest.param(lambda archive: move(archive, "z.txt"), False, id="renamed"),
        pytest.param(lambda archive: move(archive, "below/a.txt"), False, id="moved"),
        pytest.param(piped, False, id="pipe-becomes-a-file"),
    ],
)
@pytest.mark.parametrize("settled_ns", [0, 2_000_000_000], ids=["settled", "racy"])
def test_what_makes_another_index_is_seen(archive, monkeypatch, edit, same, settled_ns):
    monkeypatch.setattr(signature, "_SETTLED_NS", settled_ns)
    built(archive)
    edit(archive)
    again = built(archive)
    assert bool(again.report.unchanged) is same
    texts = sum(path.is_file() for path in archive.rglob("*.txt"))
    assert again.report.read == texts + 1
    assert generations(archive) == (["gen-000001"] if same else ["gen-000001", "gen-000002"])


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"force": True}, id="force"),
        pytest.param({"language": "de"}, id="language"),
    ],
)
def test_other_settings_build_anew(archive, settings):
    built(archive)
    assert not built(archive, **settings).report.unchanged
    assert len(generations(archive)) == 2


def test_other_corrections_build_anew(archive):
    built(archive)
    choose_corrections(Corrections(statements=(Statement(1, "person", "Zork Blim"),)))
    run = built(archive)
    choose_corrections(Corrections())
    assert (run.report.unchanged, run.report.cached) == ("", 3)
    assert not built(archive).report.unchanged


def test_another_format_or_extractor_builds_anew(archive, monkeypatch):
    """After a change of the engine's format alone nothing is tagged again."""
    built(archive)
    monkeypatch.setattr(write, "FORMAT", write.FORMAT + 1)
    monkeypatch.setattr("search.generation.FORMAT", write.FORMAT)
    run = built(archive)
    assert (run.report.unchanged, run.report.cached) == ("", 3)
    monkeypatch.setattr(extractor, "VERSION", 0)
    extractor._program.cache_clear()
    assert built(archive).report.cached == 0
    monkeypatch.undo()
    extractor._program.cache_clear()


def test_order_of_sources_matters_where_two_articles_have_one_id(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rows.jsonl").write_text(json.dumps({"id": "a", "text": name}))
    orders = [("one", "two"), ("two", "one")]
    for order in orders:
        run = Rebuild([tmp_path / name for name in order], tmp_path / "index", workers=1)
        assert not run.run().unchanged
        engine, _ = open_index(tmp_path / "index")
        assert engine.article("a").body == order[0]
        engine.close()


def test_an_article_dated_ahead_is_read_again_on_another_day(archive, monkeypatch):
    (archive / "late.jsonl").write_text('{"id": "late", "text": "words", "date": "2049-01-01"}\n')
    built(archive)
    assert built(archive).report.unchanged
    monkeypatch.setattr(write, "date", Tomorrow)
    monkeypatch.setattr("indexer.extract.date", Tomorrow)
    run = built(archive)
    assert not run.report.unchanged
    assert run.report.undated == 3


def test_what_could_not_be_read_for_the_moment_is_read_again(archive, monkeypatch):
    def tripped(source, **_):
        raise MemoryError("not now")

    monkeypatch.setattr("indexer.extract.extract", tripped)
    (archive / "rows.jsonl").unlink()
    with pytest.raises(write.NothingRead):
        built(archive)
    monkeypatch.undo()
    assert built(archive).report.read == 2


def test_a_generation_without_a_whole_ledger_is_built_anew(archive):
    """Its digest stands in the manifest; what is damaged is no reason to believe that nothing changed."""
    rng = random.Random(5)
    built(archive)
    ledger = current(archive.parent / "index") / FILE
    ledger.write_bytes(rng.randbytes(5000))
    assert not built(archive).report.unchanged
    (current(archive.parent / "index") / FILE).unlink()
    assert not built(archive).report.unchanged
    about = {"day": "2024-06-20"}
    assert not unchanged.is_unchanged(archive, [archive], about)
    assert current_or_none(archive.parent / "index").name == "gen-000003"
