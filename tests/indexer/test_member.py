"""Archives are read as folders are, and hostile ones end by name: what holds of every kind of archive."""

import gzip
import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from indexer import read
from indexer.member import LIST_BYTES, path_fault, plain_path
from indexer.source import Limits, Refusal, Source
from indexer.tarred import HEADER_BYTES
from indexer.update import Update
from indexer.write import Rebuild
from search.domain import Query
from search.generation import open_index
from search.run import answer

TEXT = "A bridge opens\n\nThe bridge over the river opened on Monday."
KINDS = ("a.zip", "a.tar", "a.tar.gz", "a.tgz")


def pack(path: Path, files: dict[str, bytes]) -> Path:
    """Write an archive of the kind that the path's suffix says, its members in the order given."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def found(*paths: Path, **limits: int) -> tuple[list[Source], list[Refusal]]:
    all_ = list(read.read_sources(paths, limits=Limits(**limits)))
    return [s for s in all_ if isinstance(s, Source)], [r for r in all_ if isinstance(r, Refusal)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_is_a_file_of_a_folder_of_the_archives_name(tmp_path, kind):
    files = {"sub/a.txt": TEXT, "./b.html": "<p>Hi</p>", "c.jsonl.gz": '{"text": "One."}\n{"text": "Two."}\n'}
    packed = {name: content.encode() for name, content in files.items()}
    packed["c.jsonl.gz"] = gzip.compress(packed["c.jsonl.gz"])
    path = pack(tmp_path / kind, packed)
    sources, refusals = found(tmp_path)
    assert refusals == []
    assert {(one.origin, one.path_id) for one in sources} == {
        (f"{path}/sub/a.txt", f"{kind}/sub/a"),
        (f"{path}/b.html", f"{kind}/b"),
        (f"{path}/c.jsonl.gz:1", None),
        (f"{path}/c.jsonl.gz:2", None),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_that_is_the_source_is_that_folder(tmp_path, kind):
    files = {
        "sub/a.txt": TEXT,
        "README.md": "About.",
        "sub/readme.md": TEXT,
        ".x.txt": TEXT,
        "s/.git/y.md": TEXT,
    }
    sources, (refusal,) = found(pack(tmp_path / kind, {name: text.encode() for name, text in files.items()}))
    assert {one.path_id for one in sources} == {"sub/a", "sub/readme"}
    assert refusal == Refusal(
        f"{tmp_path / kind}/README.md", "skipped: it is about the folder, no article", True
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("../x.txt", "leads out of the archive", id="up"),
        pytest.param("a/../../x.txt", "leads out of the archive", id="up-within"),
        pytest.param("..\\x.txt", "leads out of the archive", id="up-by-backslash"),
        pytest.param("/etc/x.txt", "its path is absolute", id="absolute"),
        pytest.param("C:\\x.txt", "its path is absolute", id="drive"),
        pytest.param("x" * 5000 + ".txt", "over 4,096 characters", id="endless"),
        pytest.param("in.zip", "an archive within an archive", id="zip"),
        pytest.param("sub/in.tar.gz", "an archive within an archive", id="tar-gz"),
        pytest.param("empty.txt", "no text", id="empty"),
    ],
)
def test_a_member_is_refused_by_name_and_the_others_are_read(tmp_path, kind, name, reason):
    path = pack(tmp_path / kind, {"a.txt": TEXT.encode(), name: b"", "b.txt": TEXT.encode()})
    sources, (refusal,) = found(tmp_path)
    assert {one.origin for one in sources} == {f"{path}/a.txt", f"{path}/b.txt"}
    assert refusal.origin == f"{path}/{name[:200]}"
    assert reason in refusal.reason
    assert not refusal.skipped


@pytest.mark.parametrize("kind", KINDS)
def test_other_formats_are_skipped_by_name(tmp_path, kind):
    path = pack(tmp_path / kind, {"a.txt": TEXT.encode(), "p.png": b"\x89PNG"})
    _, (refusal,) = found(tmp_path)
    assert (refusal.origin, refusal.skipped) == (f"{path}/p.png", True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("files", "limits", "reason"),
    [
        pytest.param(
            {f"{n}.txt": b"a " * 40_000 for n in range(9)},
            {"article_bytes": 100_000},
            "unpacks to over 100 times its size",
            id="ratio",
        ),
        pytest.param(
            {f"{n}.txt": TEXT.encode() for n in range(9)},
            {"archive_bytes": 300},
            "over 300 bytes",
            id="in-all",
        ),
        pytest.param(
            {f"{n}.txt": TEXT.encode() for n in range(9)},
            {"archive_members": 3},
            "over 3 members",
            id="members",
        ),
        pytest.param(
            {f"{n}.txt.gz": gzip.compress(b"a " * 40_000) for n in range(9)},
            {"article_bytes": 100_000},
            "unpacks to over 100 times its size",
            id="ratio-of-packed-members",
        ),
    ],
)
def test_a_bomb_is_given_up(tmp_path, kind, files, limits, reason):
    path = pack(tmp_path / kind, files)
    sources, refusals = found(path, **limits)
    if reason.endswith("its size") and kind == "a.tar":  # where nothing is packed
        assert (len(sources), refusals) == (9, [])
        return
    assert len(sources) < 9
    assert refusals[-1].origin == str(path)
    assert reason in refusals[-1].reason


def test_a_bomb_in_a_zip_is_refused_alone(tmp_path):
    files = {
        "a.txt": b"a " * 400_000,
        "b.txt": TEXT.encode(),
        "c.jsonl": b"{}\n" * 100_000,
        "d.txt": b"words",
    }
    path = pack(tmp_path / "a.zip", files)
    sources, refusals = found(path, article_bytes=100_000)
    assert [one.path_id for one in sources] == ["b", "d"]
    told = "unpacks to over 100 times its size"
    assert [(one.origin, one.reason) for one in refusals] == [
        (f"{path}/{n}", told) for n in ("a.txt", "c.jsonl")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_over_the_limit_of_an_article_is_refused_alone(tmp_path, kind):
    path = pack(tmp_path / kind, {"a.txt": b"word " * 500, "b.txt": TEXT.encode()})
    (source,), (refusal,) = found(path, article_bytes=2_000)
    assert source.path_id == "b"
    assert (refusal.origin, "limit of 2,000" in refusal.reason) == (
        f"{path}/a.txt",
        True,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [b"", b"no archive", b"\0" * 2_000], ids=["empty", "text", "zeros"])
def test_what_is_no_archive_is_refused(tmp_path, kind, data):
    (tmp_path / kind).write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT)
    (source,), (refusal,) = found(tmp_path)
    assert source.path_id == "b"
    assert refusal.origin == f"{tmp_path / kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_of_no_files_says_so(tmp_path, kind):
    (refusal,) = found(pack(tmp_path / kind, {}))[1]
    assert "an empty archive" in refusal.reason or "empty file" in refusal.reason


@pytest.mark.parametrize("kind", KINDS)
def test_any_damage_gives_articles_or_reasons(tmp_path, kind):
    """Bytes turned at random anywhere: reading ends, and nothing but sources and refusals comes out."""
    rng = random.Random(2024)
    whole = pack(
        tmp_path / kind, {f"{n}.txt": rng.randbytes(40).hex().encode() for n in range(8)}
    ).read_bytes()
    path = tmp_path / "in" / kind
    path.parent.mkdir()
    seen = set()
    for _ in range(150):
        data = bytearray(whole[: rng.choice((len(whole), rng.randrange(len(whole))))])
        for _ in range(rng.randint(0, 4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(data)
        sources, refusals = found(path)
        assert sources or refusals
        seen.add((bool(sources), bool(refusals)))
    assert (True, True) in seen


def random_files(rng: random.Random) -> dict[str, bytes]:
    """Return files as folders hold them: articles, rows, some broken, of other formats or hidden."""
    files = {}
    for number in range(rng.randint(1, 12)):
        folder = rng.choice(("", "sub/", "sub/deep/", "z-/", ".hid/"))
        name = f"{folder}{rng.choice('abcäñ')}{number}"
        rows = f'{{"id": "r{rng.randint(1, 4)}", "text": "wheat {rng.randint(1, 2)}"}}\n{{broken\n'
        files.update(
            rng.choice(
                (
                    {f"{name}.txt": f"Title {number}\n\noil and wheat {rng.randint(1, 3)}".encode()},
                    {f"{name}.jsonl": rows.encode()},
                    {f"{name}.md.gz": gzip.compress(b"Title\n\ntrade")},
                    {f"{name}.pdf": b"%PDF"},
                    {f"{name}.txt": b"\0binary"},
                )
            )
        )
    return files


@pytest.mark.parametrize("kind", ["in.zip", "in.tar.gz"])
def test_an_archive_gives_what_its_folder_gives(tmp_path, kind):
    """Whatever lies in a folder: packed in path order, the same articles come, and the same reasons."""
    rng = random.Random(7)
    for number in range(40):
        files = random_files(rng)
        folder = tmp_path / str(number)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        path = pack(tmp_path / f"{number}.{kind}", {name: files[name] for name in sorted(files)})
        plain, packed = read.read_sources([folder]), read.read_sources([path])
        assert told(packed, path) == told(plain, folder)


def told(outcomes, root: Path) -> list[str]:
    """Return sources and refusals without the path of what they were read from, and of an empty one none."""
    return [repr(one).replace(str(root), "ROOT") for one in outcomes if one.origin != str(root)]


def test_an_index_of_an_archive_is_kept_updated_and_its_members_tagged_once(tmp_path):
    texts = {
        f"{n}.txt": f"Title {n}\n\nMinister Ann Lee spoke of oil in Baku, {n}.".encode() for n in range(5)
    }
    path = pack(tmp_path / "in.zip", {**texts, "../evil.txt": b"x"})
    index = tmp_path / "index"
    first = Rebuild([path], index, workers=1).run()
    assert (first.read, first.refused, first.found, first.forms["zip"]) == (5, 1, 6, 5)
    assert Update([path], index, workers=1).run().unchanged
    pack(path, {**texts, "2.txt": b"Title 2\n\nWheat.", "new.txt": b"Title\n\nTrade."})
    second = Update([path], index, workers=1).run()
    assert (second.read, second.cached, second.written, second.deleted) == (6, 4, 2, 0)
    engine, _ = open_index(index)
    assert [answer(engine, Query(text)).total for text in ("oil", "wheat", "trade")] == [4, 1, 1]


def test_moving_an_archive_into_a_folder_that_is_read_gives_its_articles_their_new_ids(tmp_path):
    (tmp_path / "in").mkdir()
    path = pack(tmp_path / "in" / "a.zip", {"x.txt": TEXT.encode()})
    index = tmp_path / "index"
    Rebuild([path], index, workers=1).run()
    Update([path.parent], index, workers=1).run()
    assert [one.id for one in open_index(index)[0].articles()] == ["a.zip/x"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("a/b.txt", None, id="plain"),
        pytest.param("a..b/..c.txt", None, id="dots-in-names"),
        pytest.param("./a.txt", None, id="here"),
        pytest.param("a/..", "its path leads out of the archive", id="up-at-the-end"),
        pytest.param("\\\\host\\x", "its path is absolute", id="share"),
    ],
)
def test_path_fault(name, fault):
    assert path_fault(name) == fault


def test_plain_path():
    assert plain_path("./a//b/./c.txt") == "a/b/c.txt"


def test_the_limits_are_those_that_the_document_tells():
    told_ = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    limits = Limits()
    for bound in (
        limits.article_bytes,
        limits.archive_bytes,
        limits.archive_members,
        LIST_BYTES,
        HEADER_BYTES,
    ):
        assert f"{bound:,}" in told_
