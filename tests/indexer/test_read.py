"""Files to sources: formats, given fields, encodings, and everything that can be wrong with a file."""

import csv
import gzip
import io
import json
import os
import random
import re
from pathlib import Path

import pytest

from indexer import records
from indexer.read import read_sources, read_stream
from indexer.source import Limits, Refusal, Source

TEXT = "A bridge opens\n\nThe bridge over the river opened on Monday."


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(*paths: Path, **options) -> tuple[list[Source], list[Refusal]]:
    found = list(read_sources(paths, **options))
    return [s for s in found if isinstance(s, Source)], [r for r in found if isinstance(r, Refusal)]


@pytest.mark.parametrize(
    ("name", "content", "kind", "path_id"),
    [
        pytest.param("a/b.txt", TEXT, "text", "a/b", id="text"),
        pytest.param("notes.md", TEXT, "text", "notes", id="markdown"),
        pytest.param("x.HTM", "<p>Hi</p>", "html", "x", id="html-upper-case"),
        pytest.param("v1.2.txt.gz", gzip.compress(TEXT.encode()), "text", "v1.2", id="gz-and-dots"),
        pytest.param("one.json", b'{"text": "Words."}', "record", "one", id="json-object-is-a-file"),
        pytest.param("many.jsonl", b'{"text": "Words."}', "record", None, id="a-row-has-no-path-id"),
        pytest.param("t.csv", "title,text\nA,Words", "record", None, id="csv"),
        pytest.param("h.jsonl", b'{"html": "<p>Hi</p>"}', "html", None, id="html-in-a-record"),
    ],
)
def test_formats(tmp_path, name, content, kind, path_id):
    (source,), refusals = read(write(tmp_path, {name: content}))
    assert (source.kind, source.path_id, refusals) == (kind, path_id, [])


def test_files_come_in_path_order_and_hidden_ones_not_at_all(tmp_path):
    write(tmp_path, dict.fromkeys(("b.txt", "a/z.txt", "a.txt", "a-b/c.txt", ".git/x.txt", ".y.txt"), TEXT))
    sources, _ = read(tmp_path)
    origins = [source.origin.removeprefix(f"{tmp_path}/") for source in sources]
    assert origins == sorted(["a-b/c.txt", "a.txt", "a/z.txt", "b.txt"])


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        pytest.param('"id": 7', "id", "7", id="number-as-id"),
        pytest.param('"title": 1984', "title", "1984", id="number-as-title"),
        pytest.param('"title": null', "title", None, id="null"),
        pytest.param('"title": "  "', "title", None, id="blank"),
        pytest.param('"title": {"en": "x"}', "title", None, id="object-as-title"),
        pytest.param('"countries": []', "countries", None, id="empty-list"),
        pytest.param('"countries": ["AZ", null, "AZ", "GE"]', "countries", ("AZ", "GE"), id="list"),
        pytest.param('"people": "Ann Lee; Bo Day"', "people", ("Ann Lee", "Bo Day"), id="string-as-list"),
        pytest.param('"people": [1, {}]', "people", None, id="list-of-no-strings"),
        pytest.param('"topic": 1, "seen": 2', "unknown_keys", ("topic", "seen"), id="unknown-keys"),
        pytest.param('"body": "B"', "content", " T\\n".replace("\\n", "\n"), id="text-wins-over-body"),
    ],
)
def test_given_fields(tmp_path, row, field, value):
    (source,), _ = read(write(tmp_path, {"a.jsonl": f'{{"text": " T\\n", {row}}}'}))
    assert getattr(source, field) == value


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{not json", "malformed JSON", id="malformed"),
        pytest.param("[1]", "not a JSON object", id="list"),
        pytest.param("{}", "no text", id="empty"),
        pytest.param('{"text": ["a"]}', "its text is not a string", id="text-of-wrong-type"),
        pytest.param('{"text": "  "}', "no text", id="blank-text"),
        pytest.param('{"text": "a", "id": "%s"}' % ("x" * 600), "its id", id="endless-id"),
        pytest.param('{"text": "\\ud800"}', "malformed JSON", id="lone-surrogate"),
        pytest.param('{"text": "a\0b"}', "binary", id="nul-in-a-line"),
        pytest.param('{"text": "%s"}' % ("x" * 3000), "a line of over", id="too-long"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path, line, reason):
    write(tmp_path, {"a.jsonl": f'{{"text": "One."}}\n\n{line}\n{{"text": "Two."}}\n'})
    sources, (refusal,) = read(tmp_path, limits=Limits(article_bytes=1000))
    assert [source.content for source in sources] == ["One.", "Two."]
    assert refusal.origin == f"{tmp_path}/a.jsonl:3"
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("data", "content"),
    [
        pytest.param("\ufeffZürich".encode(), "Zürich", id="utf-8-with-mark"),
        pytest.param("Zürich".encode("utf-16"), "Zürich", id="utf-16-with-mark"),
        pytest.param("\ufeffZürich".encode("utf-16-be"), "Zürich", id="utf-16-big-endian"),
        pytest.param(
            "Später sprach er in Köln über die Lage, größere Fragen blieben.".encode("latin-1"),
            "Später sprach er in Köln über die Lage, größere Fragen blieben.",
            id="latin-1",
        ),
        pytest.param(
            "C'est très bien.".encode("cp1252"),
            "C'est très bien.",
            id="short-french",
        ),
        pytest.param(
            "Prezydent spotkał się z burmistrzem Łodzi; książę też był.".encode("cp1250"),
            "Prezydent spotkał się z burmistrzem Łodzi; książę też był.",
            id="cp1250",
        ),
        pytest.param(
            "Министр обороны прибыл вчера в Тбилиси с рабочим визитом.".encode("cp1251"),
            "Министр обороны прибыл вчера в Тбилиси с рабочим визитом.",
            id="cp1251",
        ),
    ],
)
def test_encodings(tmp_path, data, content):
    (source,), _ = read(write(tmp_path, {"a.txt": data}))
    assert source.content == content


def test_a_guessed_encoding_is_noted_and_a_declared_one_is_taken(tmp_path):
    page = '<meta charset="iso-8859-2"><p>Ministr přijel do města.</p>'
    write(tmp_path, {"a.txt": "Später in Köln sprach er über größere Fragen.".encode("latin-1")})
    write(tmp_path, {"b.html": page.encode("iso-8859-2")})
    guessed, declared = read(tmp_path)[0]
    assert "not UTF-8" in guessed.notes[0]
    assert (declared.content, declared.notes) == (page, ())


def test_lines_in_utf_16_are_read(tmp_path):
    write(tmp_path, {"a.jsonl": '{"text": "Ä"}\n{"text": "Ö"}\n'.encode("utf-16")})
    assert [source.content for source in read(tmp_path)[0]] == ["Ä", "Ö"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("a.txt", b"GIF89a\0\0\1", "binary", id="binary"),
        pytest.param("a.txt", bytes(range(1, 32)) * 9, "binary", id="control-characters"),
        pytest.param("a.txt", b" \n", "blank", id="blank"),
        pytest.param("a.txt.gz", b"no gzip", "damaged", id="no-gzip"),
        pytest.param("a.txt.gz", gzip.compress(b"text " * 999)[:-20], "damaged", id="cut-gzip"),
        pytest.param("a.txt.gz", gzip.compress(b"x" * 2000), "unpacks to more", id="unpacks-to-too-much"),
        pytest.param("a.txt", b"\xff\xfe\x00\xd8\x41", "encoding", id="broken-utf-16"),
        pytest.param("a.json", b"{", "malformed JSON", id="malformed-json"),
        pytest.param("a.json", b"[]", "no article", id="empty-list"),
        pytest.param("a.jsonl", b"\n\n", "no article", id="blank-lines"),
        pytest.param(
            "a.jsonl.gz", gzip.compress(b"\n" * 400_000), "times its size", id="endless-blank-lines"
        ),
        pytest.param("a.csv.gz", gzip.compress(b"text\n" + b"\n" * 900), "its size", id="a-line-has-a-price"),
        pytest.param("a.csv", b"title,date\nA,B", "names no column", id="csv-without-text"),
        pytest.param("a.csv", b"text\n", "no row", id="csv-without-rows"),
        pytest.param("a.csv", b"text,title\na,b,c", "3 values under 2", id="csv-row-too-long"),
        pytest.param("a.csv", b'text,title\n"a b,c\n\n', "unexpected end", id="csv-quote-never-closed"),
        pytest.param("a.csv", b"id,text\r1,A\r2,B\r", "first line cannot", id="csv-with-bare-returns"),
    ],
)
def test_a_bad_file_is_refused(tmp_path, name, data, reason):
    sources, (refusal,) = read(write(tmp_path, {name: data}), limits=Limits(article_bytes=1000))
    assert sources == []
    assert refusal.origin.startswith(f"{tmp_path}/{name}")
    assert reason in refusal.reason


def test_a_file_of_100_mb_is_refused_by_its_size(tmp_path, monkeypatch):
    big = tmp_path / "big.txt"
    with big.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr(
        Path, "open", lambda path, mode: pytest.fail("read") if mode != "rb" else io.BytesIO()
    )
    _, (refusal,) = read(big)
    assert "100,000,000 bytes are over the limit of 50,000,000" in refusal.reason


def test_rows_of_csv(tmp_path):
    table = 'id;Text;countries\n1;"Two\nlines; one cell";AZ;GE\n2;Short\n\n3;"Semi;colon";AZ|GE\n'
    sources, (refusal,) = read(write(tmp_path, {"a.csv": table}))
    assert [(s.origin[-7:], s.id, s.content) for s in sources] == [
        ("a.csv:4", "2", "Short"),
        ("a.csv:6", "3", "Semi;colon"),
    ]
    assert sources[1].countries == ("AZ", "GE")
    assert refusal.origin.endswith("a.csv:2")


@pytest.mark.parametrize(
    ("table", "ids", "refused"),
    [
        pytest.param('1,A,"a b\n2,B,c d\n3,C,e\n', ["2", "3"], {2: "unexpected end"}, id="never-closed"),
        pytest.param(
            '1,A,"a b\n2,B,c d\n3,C,"e\nf"\n', ["2", "3"], {2: "expected after"}, id="closed-by-another"
        ),
        pytest.param(
            '1,A,a\n2,"B,c d\n3,C,"e"\n4,D,f\n', ["1", "3", "4"], {3: "expected after"}, id="closed-late"
        ),
        pytest.param(
            '1,A,a\n2,B,"cut off, in\nthe middle\nof a line',
            ["1"],
            {3: "nor the 2 lines below"},
            id="file-cut-off",
        ),
    ],
)
def test_an_open_quotation_mark_costs_its_own_row(tmp_path, table, ids, refused):
    sources, refusals = read(write(tmp_path, {"a.csv": "id,title,text\n" + table}))
    assert [source.id for source in sources] == ids
    assert [int(one.origin.rpartition(":")[2]) for one in refusals] == list(refused)
    for refusal, reason in zip(refusals, refused.values(), strict=True):
        assert reason in refusal.reason


def test_open_quotation_marks_on_every_line_take_linear_time(tmp_path, monkeypatch):
    """Past a bound what stands below is lost, and told."""
    monkeypatch.setattr(records, "READ_OVER", 2_000)
    table = "".join(f'{at},A,"word\n' if at % 2 else f"{at},A,word\n" for at in range(400))
    sources, refusals = read(write(tmp_path, {"a.csv": "id,title,text\n" + table}))
    lost = sum(int(found[1]) for one in refusals if (found := re.search(r"nor the (\d+) line", one.reason)))
    assert len(sources) + len(refusals) + lost == 400
    assert lost


def test_elements_of_a_json_list_are_named_by_their_place(tmp_path):
    sources, (refusal,) = read(write(tmp_path, {"a.json": '[{"text": "A."}, 3, {"body": "B."}]'}))
    assert [source.origin[-9:] for source in sources] == ["a.json[0]", "a.json[2]"]
    assert refusal.origin.endswith("a.json[1]")


def test_an_id_that_a_float_would_blur_is_not_used(tmp_path):
    (source,), _ = read(write(tmp_path, {"a.jsonl": '{"id": 123456789012345678901, "text": "Words."}'}))
    assert source.id is None
    assert "too large to be kept exactly" in source.notes[0]


def test_an_index_among_the_sources_is_skipped(tmp_path):
    files = {"a.txt": TEXT, "index/lock": "", "index/gen-000001/manifest.json": '{"text": "Words."}'}
    (source,), (refusal,) = read(write(tmp_path, files))
    assert source.path_id == "a"
    assert refusal.skipped
    assert refusal.origin == f"{tmp_path}/index"


def test_a_source_that_is_an_index_is_refused(tmp_path):
    """Its files would be read for articles: a manifest has words too."""
    files = {"index/lock": "", "index/gen-000001/manifest.json": '{"text": "Words."}'}
    write(tmp_path, files)
    sources, (refusal,) = read(tmp_path / "index")
    assert sources == []
    assert (refusal.reason, refusal.skipped) == ("it is an index, not a source", False)


def test_a_headline_alone_is_an_article(tmp_path):
    (source,), _ = read(write(tmp_path, {"a.jsonl": '{"title": "Bridge opens"}'}))
    assert (source.title, source.content, source.notes) == (
        "Bridge opens",
        "",
        ("no text: the title is all there is",),
    )


def test_other_formats_are_skipped_by_name(tmp_path):
    _, refusals = read(write(tmp_path, {"a.pdf": b"%PDF", "b.gz": b"x"}))
    assert [(r.skipped, "not a known format" in r.reason) for r in refusals] == [(True, True)] * 2


def test_links_pipes_and_missing_paths(tmp_path):
    """Loops, dangling links and pipes are named; the files beside them are read, each once."""
    write(tmp_path, {"sub/a.txt": TEXT})
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    sources, refusals = read(tmp_path, tmp_path / "missing")
    reasons = {refusal.origin.rpartition("/")[2]: refusal.reason for refusal in refusals}
    assert len(sources) == 1
    assert "the same folder as" in reasons["up"]
    assert "leads back to itself" in reasons["round"]
    assert "link to nothing" in reasons["gone.txt"]
    assert "not a regular file" in reasons["pipe.txt"]
    assert "no such file" in reasons["missing"]


def test_an_unreadable_file_does_not_stop_the_rest(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT})
    real = Path.open

    def refuse(path, *args, **options):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    (source,), (refusal,) = read(tmp_path)
    assert source.path_id == "b"
    assert refusal.reason == "cannot be read: Permission denied"


def test_an_empty_folder_says_so(tmp_path):
    _, (refusal,) = read(tmp_path)
    assert "an empty folder" in refusal.reason


def test_a_file_name_of_any_bytes_can_be_printed(tmp_path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.txt"))).write_text(TEXT)
    (source,), _ = read(tmp_path)
    assert source.path_id == "\\xff\\n"


def test_a_stream_is_read_as_told():
    stream = io.BufferedReader(io.BytesIO(b'{"text": "A."}\n{"text": "B."}'))
    found = list(read_stream(stream, origin="-", form="jsonl"))
    assert [source.origin for source in found] == ["-:1", "-:2"]


def test_a_stream_may_be_longer_than_one_article():
    """A stream has no size on disk, so nothing can be said of how much it was packed."""
    stream = io.BufferedReader(io.BytesIO(b'{"text": "Some words."}\n' * 200))
    found = list(read_stream(stream, origin="-", form="jsonl", limits=Limits(article_bytes=1000)))
    assert [type(one) for one in found] == [Source] * 200


def test_a_csv_whose_first_line_is_one_wide_value_is_refused(tmp_path):
    csv.field_size_limit(131_072)  # as a process begins; the limit is one for all readers
    wide = "x" * 200_000
    _, (refusal,) = read(write(tmp_path, {"a.csv": f"{wide}\n1\n"}))
    assert "names no column" in refusal.reason


def test_no_line_is_lost(tmp_path):
    """Of random lines, good and bad, each that is not blank gives one source or refusal, in order."""
    rng = random.Random(2024)
    choices = ['{"text": "Fine."}', "{", "", "[]", '{"text": 3}', "\xff", '{"body": "Fine."}']
    for _ in range(100):
        lines = [rng.choice(choices) for _ in range(rng.randint(1, 12))]
        path = tmp_path / "a.jsonl"
        path.write_bytes("\n".join(lines).encode("latin-1"))
        found = [one.origin for one in read_sources([path])]
        full = [f"{path}:{number}" for number, line in enumerate(lines, start=1) if line]
        assert found == (full or [str(path)])


def test_a_name_can_stand_in_an_address(tmp_path):
    """It is one line without control characters, and no longer than a name is."""
    names = {"people": ["Vera\x00 \x1bHolm\n", "P" * 5_000], "outlet": "O" * 5_000, "author": "\x00\x07"}
    write(tmp_path, {"a.jsonl": json.dumps({"id": "a", "text": TEXT} | names) + "\n"})
    (source,), refusals = read(tmp_path)
    assert refusals == []
    assert source.people == ("Vera Holm", "P" * 200)
    assert (source.outlet, source.author) == ("O" * 200, None)
    assert "outlet has 5,000 characters: cut at 200" in source.notes
