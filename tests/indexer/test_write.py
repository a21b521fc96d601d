"""Sources to an index: what is counted, what is refused, and what is left alone when it fails."""

import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import extract, work, write
from indexer.verify import Shrunk
from indexer.write import GIVEN_BACK, NothingRead, Rebuild, giving_back
from search.domain import Article, Query
from search.engines.whoosh import codec
from search.engines.whoosh.analysis import Batch, analyse
from search.engines.whoosh.index import WhooshWriter
from search.errors import IndexLocked, IndexUnsafe, SearchError, SettingError
from search.generation import current, open_index
from search.run import answer


def sources(folder: Path, **texts: str) -> Path:
    """Write files into a folder; a name's `__` stands for the dot of its suffix."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def rebuilt(index: Path, *paths: Path, workers: int = 1) -> Rebuild:
    run = Rebuild(paths, index, workers=workers, force=True)
    run.run()
    return run


def found(index: Path, text: str = "") -> list[str]:
    engine, _ = open_index(index)
    ids = sorted(hit.article.id for hit in answer(engine, Query(text, size=1000)).hits)
    engine.close()
    return ids


def lines(*records: dict) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_rebuild_reads_every_format_and_swaps_it_in(tmp_path):
    folder = sources(
        tmp_path / "in",
        one__txt="First title\n\nOil prices rose in Baku.",
        two__md="# Second\n\nWheat fell.",
        three__jsonl=lines({"id": "j1", "title": "T", "text": "oil"}, {"id": "j2", "text": "wheat"}),
        four__csv="id,title,text\nc1,Title,oil and wheat\n",
        five__html="<html><head><title>Page</title></head><body><article><p>"
        + "Oil was shipped from the harbour to the refinery on the coast. " * 8
        + "</p></article></body></html>",
    )
    run = rebuilt(tmp_path / "index", folder)
    assert (run.report.found, run.report.read, run.report.refused) == (6, 6, 0)
    assert found(tmp_path / "index", "oil") == ["c1", "five", "j1", "one"]
    assert current(tmp_path / "index").name == "gen-000001"
    _, manifest = open_index(tmp_path / "index")
    assert manifest.articles == 6
    assert manifest.report["found"] == 6


def test_one_bad_article_never_stops_the_others(tmp_path):
    folder = sources(
        tmp_path / "in",
        good__txt="A title\n\nSome words here.",
        rows__jsonl='{"id": "a", "text": "words"}\n{broken\n{"id": "b", "text": "words"}\n',
    )
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    run = rebuilt(tmp_path / "index", folder)
    assert found(tmp_path / "index") == ["a", "b", "good"]
    assert run.report.refused == 2
    assert run.report.balanced()
    origins = [origin for origin, _ in run.report.refusals]
    assert any(origin.endswith("rows.jsonl:2") for origin in origins)
    assert any(origin.endswith("binary.txt") for origin in origins)


def test_an_index_opens_however_much_was_refused(tmp_path):
    """What was refused and noted stands in report.json; the manifest is read in one bounded piece."""
    bad = "".join(f'{{"title": "{"x" * 90}{number}\n' for number in range(1500))
    odd = lines({"id": "a", "text": "words", **{f"{number:080}": 1 for number in range(40)}})
    run = rebuilt(tmp_path / "index", sources(tmp_path / "in", rows__jsonl=bad + odd))
    assert found(tmp_path / "index") == ["a"]
    _, manifest = open_index(tmp_path / "index")
    assert manifest.report["refused"] == 1500
    kept = json.loads((current(tmp_path / "index") / "report.json").read_bytes())
    assert kept["refusals"] == [list(refusal) for refusal in run.report.refusals]
    assert len(kept["unknown_keys"]) == 40


def test_the_same_id_twice_is_a_duplicate_or_is_refused(tmp_path):
    same = {"id": "a", "text": "the same words"}
    folder = sources(tmp_path / "in", rows__jsonl=lines(same, same, {"id": "a", "text": "other words"}))
    run = rebuilt(tmp_path / "index", folder)
    assert (run.report.found, run.report.read, run.report.duplicates, run.report.refused) == (3, 1, 1, 1)
    ((origin, reason),) = run.report.refusals
    assert origin.endswith("rows.jsonl:3")
    assert "another article has the same id: 'a' in " in reason
    assert "rows.jsonl:1" in reason


def test_nothing_read_keeps_the_old_index(tmp_path):
    rebuilt(tmp_path / "index", sources(tmp_path / "in", a__txt="Title\n\nwords"))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingRead, match="empty"):
        rebuilt(tmp_path / "index", empty)
    assert found(tmp_path / "index") == ["a"]
    assert [path.name for path in (tmp_path / "index").glob("gen-*")] == ["gen-000001"]


def test_an_error_while_writing_keeps_the_old_index_and_leaves_no_litter(tmp_path, monkeypatch):
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords")
    rebuilt(tmp_path / "index", folder)
    monkeypatch.setattr(WhooshWriter, "commit", _disk_full)
    with pytest.raises(OSError, match="No space"):
        rebuilt(tmp_path / "index", folder)
    monkeypatch.undo()
    assert found(tmp_path / "index") == ["a"]
    assert [path.name for path in (tmp_path / "index").glob("gen-*")] == ["gen-000001"]
    rebuilt(tmp_path / "index", folder)
    assert current(tmp_path / "index").name == "gen-000002"


def test_a_rebuild_that_would_lose_much_keeps_the_old_index(tmp_path):
    many = sources(tmp_path / "in", rows__jsonl=lines(*({"id": str(n), "text": "words"} for n in range(40))))
    rebuilt(tmp_path / "index", many)
    few = sources(tmp_path / "few", a__txt="Title\n\nwords")
    with pytest.raises(Shrunk, match="hold 1 article, and"):
        rebuilt(tmp_path / "index", few)
    assert len(found(tmp_path / "index")) == 40
    assert [path.name for path in (tmp_path / "index").glob("gen-*")] == ["gen-000001"]
    Rebuild([few], tmp_path / "index", workers=1, allow_shrink=True).run()
    assert found(tmp_path / "index") == ["a"]


def _disk_full(writer: WhooshWriter, **_: object) -> None:
    writer.cancel()
    raise OSError(28, "No space left on device")


def test_the_previous_generation_is_kept_and_older_ones_go(tmp_path):
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords")
    for _ in range(3):
        rebuilt(tmp_path / "index", folder)
    kept = sorted(path.name for path in (tmp_path / "index").glob("gen-*"))
    assert kept == ["gen-000002", "gen-000003"]


def test_an_index_inside_the_source_is_not_read(tmp_path):
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords")
    for _ in range(2):
        run = rebuilt(folder / "index", folder)
    assert (run.report.found, run.report.read, run.report.skipped) == (1, 1, 1)


def test_the_index_is_private(tmp_path):
    rebuilt(tmp_path / "index", sources(tmp_path / "in", a__txt="Title\n\nwords"))
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o700
    assert current(tmp_path / "index").stat().st_mode & 0o077 == 0


def test_two_rebuilds_at_once_are_told_apart(tmp_path, monkeypatch):
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords")

    def again(*_: object, **__: object) -> None:
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} on "):
            rebuilt(tmp_path / "index", folder)

    monkeypatch.setattr(write, "verify", again)
    rebuilt(tmp_path / "index", folder)
    assert found(tmp_path / "index") == ["a"]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda path: (path / "notes.txt").write_text("mine"), SettingError, "notes.txt", id="foreign"
        ),
        pytest.param(lambda path: path.chmod(0o777), IndexUnsafe, "chmod go-w", id="open-to-others"),
    ],
)
def test_a_folder_that_is_no_index_is_left_alone(tmp_path, make, error, message):
    index = tmp_path / "index"
    index.mkdir(mode=0o700)
    make(index)
    before = sorted(index.iterdir())
    with pytest.raises(error, match=message):
        rebuilt(index, sources(tmp_path / "in", a__txt="Title\n\nwords"))
    assert sorted(index.iterdir()) == before


def test_an_index_path_that_is_a_file_is_named(tmp_path):
    (tmp_path / "index").write_text("mine")
    with pytest.raises(SettingError, match="cannot be an index folder"):
        rebuilt(tmp_path / "index", sources(tmp_path / "in", a__txt="Title\n\nwords"))


def test_worker_processes_give_the_same_index_as_one(tmp_path):
    rng = random.Random(3)
    vocabulary = ["Baku", "oil", "wheat", "minister", "Hasanov", "Serbia", "talks", "price", "the", "visited"]
    records = [
        {"id": str(number), "title": "T", "text": " ".join(rng.choices(vocabulary, k=30)) + "."}
        for number in range(150)
    ]
    folder = sources(tmp_path / "in", rows__jsonl=lines(*records))
    one, two = rebuilt(tmp_path / "one", folder), rebuilt(tmp_path / "two", folder, workers=2)
    assert [one.taken.digest(key) for key in one.taken] == [two.taken.digest(key) for key in two.taken]
    assert list(one.taken) == list(two.taken)
    pages = [
        answer(open_index(tmp_path / name)[0], Query("oil OR serbia", size=100)) for name in ("one", "two")
    ]
    assert pages[0].hits == pages[1].hits
    assert pages[0].facets == pages[1].facets


def test_an_article_that_trips_a_rule_is_refused_by_name(tmp_path, monkeypatch):
    def tripped(source, **_):
        if "trap" in source.content:
            raise RecursionError("too deep")
        return real(source)

    real = extract.extract
    monkeypatch.setattr(extract, "extract", tripped)
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords", b__txt="Title\n\na trap")
    run = rebuilt(tmp_path / "index", folder)
    assert found(tmp_path / "index") == ["a"]
    assert run.report.refusals[0][1] == "tagging failed: RecursionError: too deep"


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_breaks_the_analysis_is_refused_by_name(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(WhooshWriter, "prepare", staticmethod(_Broken()))
    records = [{"id": str(number), "text": "a trap" if number in (7, 8) else "words"} for number in range(20)]
    folder = sources(tmp_path / "in", rows__jsonl=lines(*records, records[3], records[9]))
    run = rebuilt(tmp_path / "index", folder, workers=workers)
    assert found(tmp_path / "index") == sorted(str(number) for number in range(20) if number not in (7, 8))
    assert [reason for _, reason in run.report.refusals] == ["analysis failed: ValueError: a trap"] * 2
    assert [origin.rpartition(":")[2] for origin, _ in run.report.refusals] == ["8", "9"]
    assert (run.report.found, run.report.read, run.report.duplicates) == (22, 18, 2)


class _Broken:
    """An analysis that trips over some articles; of this module, so that workers can be given it."""

    def __call__(self, articles: Sequence[Article]) -> Batch:
        if any("trap" in one.body for one in articles):
            raise ValueError("a trap")
        return analyse(articles)


def test_a_rebuild_leaves_one_segment_however_many_were_closed(tmp_path, monkeypatch):
    """Duplicates lie in batches of other chunks and of the same one; the writer closes early and often."""
    monkeypatch.setattr(codec, "MEMORY_BYTES", 200_000)
    monkeypatch.setattr(codec.ArrayWriter.__init__, "__kwdefaults__", {"memory_bytes": 200_000})
    monkeypatch.setattr(work, "CHUNK", 16)
    records = [{"id": str(n), "text": " ".join(f"word{n * k % 977}" for k in range(40))} for n in range(300)]
    again = [one for record in records for one in (record, record)] + records[:50]
    run = rebuilt(tmp_path / "index", sources(tmp_path / "in", rows__jsonl=lines(*again)), workers=2)
    assert (run.report.read, run.report.duplicates, run.report.refused) == (300, 350, 0)
    assert found(tmp_path / "index") == sorted(str(number) for number in range(300))
    assert len(list(current(tmp_path / "index").rglob("*.arrays"))) == 1


def test_a_worker_that_dies_is_an_error_with_a_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "extract", lambda source: os._exit(9))
    folder = sources(tmp_path / "in", a__txt="Title\n\nwords")
    with pytest.raises(SearchError, match="a worker died"):
        rebuilt(tmp_path / "index", folder, workers=2)
    assert not list((tmp_path / "index").glob("gen-*"))


def test_what_is_read_to_compare_texts_is_given_back(tmp_path):
    """A thousand of them at a time; the texts are the engine's own."""
    rebuilt(tmp_path / "index", sources(tmp_path / "in", a__txt="Title\n\nwords of a story"))
    engine, _ = open_index(tmp_path / "index")
    given_back = []
    engine.release = lambda: given_back.append(True)
    read = giving_back(engine)
    story = engine.article("a").story
    texts = {read(story) for _ in range(2 * GIVEN_BACK + 5)}
    engine.close()
    assert texts == {"words of a story"}
    assert len(given_back) == 2
