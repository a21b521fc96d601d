"""Saved searches and judged queries before a swap: what changed is told, much worse answers are refused."""

import json
import random
from pathlib import Path

import pytest

from indexer import replay
from indexer.replay import MOST, Worsened, read_saved
from indexer.report import Report, print_report
from indexer.update import Update
from indexer.write import Rebuild
from search.domain import Query
from search.engines.whoosh.index import WhooshEngine
from search.errors import CorpusError, IndexCorrupt
from search.generation import ENGINE_FOLDER, current
from search.judgments import add_judgment
from search.run import answer


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a", "oil rose"), ("b", "oil fell"), ("c", "wheat rose")):
        write(folder, name, text)
    Rebuild([folder], tmp_path / "index", workers=1).run()
    return folder


def write(folder, name, text):
    (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": text}) + "\n")


def lines(path, *given):
    path.write_text("".join(f"{line}\n" for line in given))
    return path


def run(kind, archive, **saved):
    made = kind([archive], archive.parent / "index", workers=1)
    made.saved = read_saved(
        saved.get("searches"), saved.get("judgments"), allow_worse=saved.get("worse", False)
    )
    made.allow_shrink = True
    return made.run()


@pytest.mark.parametrize("kind", [Rebuild, Update])
def test_what_a_saved_search_has_now_and_had_is_told(archive, tmp_path, capsys, kind):
    searches = lines(tmp_path / "searches.txt", "# mine", "", "oil", "wheat", "oil", "title:snow")
    write(archive, "b", "wheat fell")
    write(archive, "d", "oil and wheat")
    report = run(kind, archive, searches=searches)
    assert report.searches == [
        {"query": "oil", "before": 2, "now": 2, "gone": ["b"], "come": ["d"]},
        {"query": "wheat", "before": 1, "now": 3, "gone": [], "come": ["b", "d"]},
        {"query": "title:snow", "before": 0, "now": 0, "gone": [], "come": []},
    ]
    print_report(report)
    told = capsys.readouterr().err
    assert (
        "search 'oil': 2 articles before, 2 now; 'b' left its first hits; 'd' joined its first hits" in told
    )
    assert "1 saved search answered as before" in told
    kept = json.loads((current(tmp_path / "index") / "report.json").read_text())
    assert kept["searches"] == report.searches


def test_the_first_index_has_nothing_to_be_compared_with(archive, tmp_path, capsys):
    made = Rebuild([archive], tmp_path / "other", workers=1)
    made.saved = read_saved(lines(tmp_path / "searches.txt", "oil"), None)
    print_report(made.run())
    assert "search 'oil': 2 articles\n" in capsys.readouterr().err


@pytest.mark.parametrize("kind", [Rebuild, Update])
def test_much_worse_answers_to_judged_queries_keep_the_old_index(archive, tmp_path, kind):
    judgments = tmp_path / "judgments.tsv"
    add_judgment(judgments, "oil", "a", 3)
    add_judgment(judgments, "oil", "b", 0)
    write(archive, "a", "nothing of the kind")
    old = current(tmp_path / "index")
    with pytest.raises(Worsened, match=r"nDCG@10 0\.000, and 1\.000 in the one that serves"):
        run(kind, archive, judgments=judgments)
    assert current(tmp_path / "index") == old
    report = run(kind, archive, judgments=judgments, worse=True)
    assert report.judged["before"] == {"ndcg10": 1.0, "mrr": 1.0}
    assert report.judged["now"] == {"ndcg10": 0.0, "mrr": 0.0}
    assert current(tmp_path / "index") != old


class Damaged:
    """An engine whose index turns out to be damaged when it is asked."""

    def close(self):
        pass

    def __getattr__(self, name):
        raise IndexCorrupt("a block is damaged: rebuild the index")


@pytest.mark.parametrize("kind", [Rebuild, Update])
def test_a_damaged_index_is_rebuilt_though_nothing_can_be_compared(archive, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(replay, "_engine", lambda generation: Damaged())
    write(archive, "d", "oil and wheat")
    add_judgment(tmp_path / "judgments.tsv", "oil", "a", 3)
    report = run(
        kind, archive, searches=lines(tmp_path / "s.txt", "oil"), judgments=tmp_path / "judgments.tsv"
    )
    assert report.searches == [{"query": "oil", "before": None, "now": 3, "gone": [], "come": []}]
    assert (report.judged["queries"], report.judged["before"]) == (1, None)
    assert current(tmp_path / "index").name == "gen-000002"


def test_any_searches_are_those_of_the_two_indexes(archive, tmp_path):
    rng = random.Random(7)
    words = ("oil", "rose", "fell", "wheat", "-oil", "rose OR fell", '"oil rose"', "ro*")
    old = totals(tmp_path, words)
    for name in "abcdefgh":
        write(archive, name, " ".join(rng.choices(("oil", "rose", "fell", "wheat"), k=3)))
    report = run(Update, archive, searches=lines(tmp_path / "searches.txt", *words))
    now = totals(tmp_path, words)
    assert [(one["before"], one["now"]) for one in report.searches] == list(zip(old, now, strict=True))
    assert old != now


def totals(tmp_path, queries):
    engine = WhooshEngine(current(tmp_path / "index") / ENGINE_FOLDER)
    found = [answer(engine, Query(query)).total for query in queries]
    engine.close()
    return found


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"oil\n(oil\n", "searches.txt:2: ", id="no-query"),
        pytest.param(b"\xff\n", "not UTF-8", id="encoding"),
        pytest.param(
            b"".join(b"w%d\n" % at for at in range(MOST + 1)), "more than 1,000 searches", id="many"
        ),
        pytest.param(b" " * 1_000_001, "larger than 1,000,000 bytes", id="large"),
        pytest.param(None, "the file of searches .* does not exist", id="gone"),
    ],
)
def test_what_cannot_be_replayed_is_told_before_anything_is_read(tmp_path, content, message):
    path = tmp_path / "searches.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        read_saved(path, None)


def test_searches_of_a_device_are_not_read():
    with pytest.raises(CorpusError, match="/dev/null is no regular file"):
        read_saved(Path("/dev/null"), None)


def test_judgments_that_are_not_there_are_an_error(tmp_path):
    with pytest.raises(CorpusError, match="there are no judgments in"):
        read_saved(None, tmp_path / "judgments.tsv")


def test_nothing_saved_is_nothing_told():
    assert not read_saved(None, None)
    assert Report().searches == []
