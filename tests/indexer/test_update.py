"""An update gives the index that a rebuild gives, reading only what has changed."""

import json
import os
import random
import shutil
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from indexer import read, update
from indexer.corrections import Corrections, choose_corrections
from indexer.ledger import Ledger
from indexer.report import Report
from indexer.tags_option import choose_tags
from indexer.update import SourcesMoving, Update
from indexer.verify import Shrunk
from indexer.write import NothingRead, Rebuild
from search.domain import Query
from search.engines.whoosh.index import WhooshWriter
from search.errors import IndexMissing, SettingError
from search.generation import current, open_index
from search.run import answer

HISTORIES = int(os.environ.get("DATELINE_HISTORIES", "6"))
"""Histories of edits that are tried; bench/histories.py tries 500."""
EDITS = 5
PEOPLE = (
    "Zakir Hasanov",
    "Zakir Həsənov",
    "Ilham Aliyev",
    "Ilkham Aliev",
    "Ann Lee",
    "ANN LEE",
    "Miloš Vučević",
)
PLACES = ("Baku", "Belgrade", "Azerbaijan", "Serbia", "Georgia", "the United States")
TAGS = (
    '[people]\n"Ilham Aliyev" = ["Ilkham Aliev"]',
    '[countries]\nRS = ["the Land of Plums"]\nGE = { never = ["Georgia"] }',
    '[never]\npeople = ["Ann Lee"]',
    '[articles]\nn3 = { add_people = ["Zork Blim/quoted"], date = 2024-06-21 }',
)
"""Parts of a tags.toml."""
QUERIES = ("", "minister", '"said on"', "country:AZ", "trade OR oil", "min*", "-wheat", "story:~none")


def sentence(rng: random.Random) -> str:
    first, second = rng.sample(PEOPLE, 2)
    matter = rng.choice(("trade", "oil", "wheat"))
    return (
        f"Minister {first} said on Monday in {rng.choice(PLACES)} that {matter} "
        f"with {rng.choice(PLACES)} matters. {second} agreed, {rng.choice(('he', 'she'))} told reporters."
    )


def wired(rng: random.Random) -> str:
    """Return a report that others are near to: of a few, with some of its words put otherwise or cut off."""
    wire = random.Random(rng.randrange(3))
    words = ["".join(wire.choices("abcdefghij", k=6)) for _ in range(70)]
    for _ in range(rng.randrange(6)):
        words[rng.randrange(len(words))] = rng.choice(("oil", "trade"))
    return " ".join(words[: rng.choice((70, 66, 55))])


def rows(rng: random.Random) -> str:
    """Return lines whose ids meet those of other files, with the same content or another, and broken ones."""
    found = []
    for _ in range(rng.randint(1, 5)):
        record = {"id": f"n{rng.randrange(8)}", "title": "T", "text": "Oil in Baku."}
        if rng.random() < 0.6:
            record |= {
                "text": rng.choice((sentence, wired))(rng),
                "date": rng.choice(("2024-06-20", "2023", "2199-01-01", None)),
            }
        if rng.random() < 0.2:
            record["people"] = [rng.choice(PEOPLE)]
        found.append(json.dumps(record) if rng.random() < 0.9 else "{broken")
    return "\n".join(found) + "\n"


def put(folder: Path, name: str, rng: random.Random) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        rows(rng) if name.endswith(".jsonl") else f"A title\n\n{sentence(rng)}\n", encoding="utf-8"
    )


def edit(folder: Path, rng: random.Random) -> None:
    """Add, change, remove, rename, copy, touch, or put a line in, before or among others."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "tags.toml")
    kind = rng.choice(("add", "add", "change", "remove", "rename", "copy", "touch", "line", "tags"))
    suffix = rng.choice((".txt", ".jsonl", ".jsonl", ".png"))
    name = f"{rng.choice(('', 'a/', 'b/c/'))}{rng.choice('abcdef')}{suffix}"
    if kind == "add" or len(files) < 3:
        put(folder, name, rng)
        return
    path = rng.choice(files)
    if kind == "tags":
        lines = [line for line in TAGS if rng.random() < 0.5]
        (folder / "tags.toml").write_text("\n".join(lines), encoding="utf-8")
        return
    if kind == "change":
        put(folder, str(path.relative_to(folder)), rng)
    elif kind == "remove":
        path.unlink()
    elif kind == "touch":
        path.touch()
    elif kind == "line":
        before = path.read_text(encoding="utf-8")
        path.write_text(rows(rng) + before, encoding="utf-8")
    elif path != folder / name:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.move if kind == "rename" else shutil.copy)(path, folder / name)


def told(index: Path, report: Report) -> dict:
    """Return all that an index answers: articles, facets, rankings with scores, counts and names."""
    engine, manifest = open_index(index)
    pages = [answer(engine, Query(text, size=100), values=100) for text in QUERIES]
    found = {
        "articles": sorted((engine.article(one.id) for one in engine.articles()), key=lambda one: one.id),
        "pages": [
            (
                page.total,
                page.facets,
                page.notes,
                [(hit.article.id, round(hit.score, 9), hit.copies) for hit in page.hits],
            )
            for page in pages
        ],
        "stories": Counter(engine.article(one.id).story for one in engine.articles()),
        "values": [engine.values(name) for name in ("person", "country", "outlet", "story")],
        "counts": [
            getattr(report, name) for name in ("found", "read", "duplicates", "refused", "undated", "joined")
        ],
        "refusals": report.refusals,
        "forms": report.forms,
    }
    assert manifest.articles == report.read
    engine.close()
    return found


def rebuilt(sources: list[Path], index: Path) -> Report:
    return Rebuild(sources, index, workers=1, force=True, allow_shrink=True).run()


def updated(sources: list[Path], index: Path, **settings) -> Report:
    return Update(sources, index, workers=1, **({"allow_shrink": True} | settings)).run()


@pytest.fixture
def corrections():
    """Leaves none behind."""
    yield
    choose_corrections(Corrections())


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_an_update_is_a_rebuild_whatever_was_edited(tmp_path, seed, corrections):
    rng = random.Random(seed)
    folder = tmp_path / "in"
    for number in range(rng.randint(1, 6)):
        put(folder, f"first{number}{rng.choice(('.txt', '.jsonl'))}", rng)
    put(folder, "last.txt", rng)  # there is always an article
    rebuilt([folder], tmp_path / "updated")
    for _ in range(EDITS):
        for _ in range(rng.randint(1, 3)):
            edit(folder, rng)
        put(folder, "last.txt", rng)
        choose_tags(None, [folder])
        mine, theirs = updated([folder], tmp_path / "updated"), rebuilt([folder], tmp_path / "rebuilt")
        assert told(tmp_path / "updated", mine) == told(tmp_path / "rebuilt", theirs)


@pytest.fixture
def archive(tmp_path):
    rng = random.Random(1)
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        put(tmp_path / "in", name, rng)
    (tmp_path / "in" / "rows.jsonl").write_text('{"id": "r", "text": "wheat"}\n')
    rebuilt([tmp_path / "in"], tmp_path / "index")
    return tmp_path / "in"


@pytest.fixture
def reads(monkeypatch):
    """The files that are read."""
    found = []

    def noted(item, **settings):
        found.append(item.relative)
        return real(item, **settings)

    real = read.read_file
    monkeypatch.setattr("indexer.intake.read_file", noted)
    return found


@pytest.mark.parametrize(
    ("edit", "read", "written", "deleted"),
    [
        pytest.param(lambda one: (one / "d.txt").write_text("T\n\noil"), {"d.txt"}, 1, 0, id="added"),
        pytest.param(lambda one: (one / "a.txt").write_text("T\n\noil"), {"a.txt"}, 1, 0, id="changed"),
        pytest.param(lambda one: (one / "a.txt").unlink(), set(), 0, 1, id="removed"),
        pytest.param(lambda one: (one / "a.txt").rename(one / "z.txt"), {"z.txt"}, 1, 1, id="renamed"),
        pytest.param(lambda one: (one / "p.png").write_text("x"), {"p.png"}, 0, 0, id="skipped"),
    ],
)
def test_only_what_changed_is_read_and_written(archive, reads, edit, read, written, deleted):
    edit(archive)
    report = updated([archive], archive.parent / "index")
    assert set(reads) == read
    assert (report.written, report.deleted) == (written, deleted)
    assert current(archive.parent / "index").name == "gen-000002"


def test_a_copy_that_comes_or_goes_changes_the_story_of_others(archive):
    """Two reports that are near a third one only share its story while it is there."""
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghij", k=6)) for _ in range(120)]
    texts = {"first": words[:84], "middle": words[18:102], "last": words[36:]}
    for name, own in texts.items():
        (archive / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": " ".join(own)}))

    def stories() -> int:
        updated([archive], archive.parent / "index")
        engine, _ = open_index(archive.parent / "index")
        found = {engine.article(name).story for name in texts if engine.article(name)}
        engine.close()
        return len(found)

    assert stories() == 1
    (archive / "middle.jsonl").rename(archive / "middle.kept")
    assert stories() == 2
    (archive / "middle.kept").rename(archive / "middle.jsonl")
    assert stories() == 1


def test_nothing_changed_is_said_and_nothing_done(archive, reads):
    assert updated([archive], archive.parent / "index").unchanged
    assert reads == []
    assert current(archive.parent / "index").name == "gen-000001"


def test_segments_are_shared_with_the_generation_before_and_stay_few(archive):
    index = archive.parent / "index"
    for number in count(1):
        (archive / f"new{number}.txt").write_text(f"Title\n\noil {number}")
        updated([archive], index)
        segments = list((current(index) / "whoosh").glob("*.arrays"))
        assert len(segments) <= 4
        if len(segments) > 2:
            break
    assert sum(path.stat().st_nlink > 1 for path in segments) == len(segments) - 1
    assert len(list(index.glob("gen-*"))) == 2


def test_without_sources_those_of_the_index_are_read(archive, monkeypatch):
    (archive / "d.txt").write_text("T\n\noil")
    assert updated([], archive.parent / "index").read == 5
    monkeypatch.chdir(archive.parent)
    rebuilt([Path("in")], Path("index"))
    monkeypatch.chdir(archive)
    with pytest.raises(SettingError, match="run this there"):
        updated([], archive.parent / "index")


def test_other_settings_and_a_lost_ledger_build_anew(archive, monkeypatch):
    index = archive.parent / "index"
    monkeypatch.setattr("indexer.write.version", lambda _: "0.0.1")
    assert updated([archive], index).cached == 4
    (current(index) / "sources.sqlite").unlink()
    assert updated([archive], index).read == 4
    with Ledger(current(index)) as ledger:
        assert len(ledger) == 4


def test_an_index_that_proves_damaged_half_way_is_built_anew_and_counted_once(archive):
    index = archive.parent / "index"
    updated([archive], index)
    segment = next((current(index) / "whoosh").glob("*.arrays"))
    segment.write_bytes(segment.read_bytes()[:-1])
    (archive / "b.txt").write_text("Title\n\nOil again.")
    report = updated([archive], index)
    assert report.found == report.read + report.duplicates + report.refused == len(open_index(index)[0])


def test_an_article_that_breaks_the_analysis_is_refused_by_name_and_the_rest_goes_on(archive, monkeypatch):
    """As a rebuild refuses it; it is no file that moves."""

    def prepare(articles):
        if any("a trap" in one.body for one in articles):
            raise ValueError("a trap")
        return real(articles)

    real = WhooshWriter.prepare
    monkeypatch.setattr(WhooshWriter, "prepare", staticmethod(prepare))
    (archive / "trap.txt").write_text("Title\n\nwords and a trap")
    (archive / "zest.txt").write_text("Title\n\nwords and zest")
    report = updated([archive], archive.parent / "index")
    assert [reason for _, reason in report.refusals if "trap" in reason] == [
        "analysis failed: ValueError: a trap"
    ]
    engine, _ = open_index(archive.parent / "index")
    assert engine.article("zest") is not None
    assert engine.article("trap") is None
    again = updated([archive], archive.parent / "index")
    assert [reason for _, reason in again.refusals if "trap" in reason] == [
        "analysis failed: ValueError: a trap"
    ]


def test_an_update_that_would_lose_much_or_all_keeps_the_old_index(archive):
    index = archive.parent / "index"
    (archive / "many.jsonl").write_text("".join(f'{{"id": "m{n}", "text": "oil"}}\n' for n in range(40)))
    updated([archive], index)
    (archive / "many.jsonl").unlink()
    with pytest.raises(Shrunk):
        updated([archive], index, allow_shrink=False)
    shutil.rmtree(archive)
    archive.mkdir()
    with pytest.raises(NothingRead):
        updated([archive], index)
    assert len(open_index(index)[0]) == 44
    assert len(list(index.glob("gen-*"))) == 2


@pytest.mark.parametrize("other", ["Title\n\nother", "", None], ids=["changed", "emptied", "removed"])
def test_a_file_that_changes_while_it_is_read_keeps_the_old_index(archive, monkeypatch, other):
    """It is read once to decide, and once to be written; in between somebody saves it."""
    path = archive / "d.txt"

    def moving(*given):
        path.unlink() if other is None else path.write_text(other)
        return real(*given)

    real = update.Update._write
    path.write_text("Title\n\noil")
    monkeypatch.setattr(update.Update, "_write", moving)
    with pytest.raises(SourcesMoving, match="run this again"):
        updated([archive], archive.parent / "index")
    assert current(archive.parent / "index").name == "gen-000001"
    assert len(list((archive.parent / "index").glob("gen-*"))) == 1


def test_without_an_index_there_is_nothing_to_update(tmp_path):
    with pytest.raises(IndexMissing):
        updated([tmp_path], tmp_path / "index")
