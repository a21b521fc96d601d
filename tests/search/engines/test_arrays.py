"""Arrays in a file: they come back as they went in, and what is no such file is refused."""

import os
import struct
import zlib
from errno import ENOSPC

import numpy as np
import orjson
import pytest

from search.engines.whoosh.arrays import BLOCK, VERSION, Arrays, ArraysWriter, read_spans
from search.errors import IndexCorrupt, IndexStale

HEAD, FOOT = struct.Struct("<8sQ"), struct.Struct("<QQQIIQ8s")


def written(path, **sections):
    with ArraysWriter(path) as writer:
        for name, values in sections.items():
            writer.put(name, values)
    return path


def forged(path, *, table=None, version=VERSION, sums=None, foot=()):
    """Write a file whose checksums hold, whatever its table says: 64 bytes of content, after the head."""
    content = HEAD.pack(b"dateline", version).ljust(128, b"\x01")
    names = orjson.dumps(table) if not isinstance(table, bytes) else table
    sums = struct.pack("<I", zlib.crc32(content)) if sums is None else sums
    size = len(content) + len(sums) + len(names) + FOOT.size
    end = [len(content), len(sums), len(names), zlib.crc32(sums), zlib.crc32(names), size, b"dateline"]
    for at, value in foot:
        end[at] = value
    path.write_bytes(content + sums + names + FOOT.pack(*end))
    return path


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param(np.array([1, 2, 255], np.uint8), "|u1", id="bytes"),
        pytest.param(np.array([1, -2], ">i4"), "<i4", id="other-byte-order"),
        pytest.param(np.array([0.5, -1e300]), "<f8", id="floats"),
        pytest.param(np.arange(200_000, dtype=np.uint64), "<u8", id="many-blocks"),
        pytest.param(np.arange(10, dtype=np.uint16)[::2], "<u2", id="strided"),
        pytest.param(np.zeros(0, np.uint32), "<u4", id="empty"),
    ],
)
def test_values_come_back_as_little_endian_views(tmp_path, values, kind):
    opened = Arrays(written(tmp_path / "a", first=np.zeros(3, np.uint8), values=values))
    found = opened.view("values")
    assert found.dtype.str == kind
    assert found.tolist() == values.tolist()
    assert not found.flags.writeable
    assert found.ctypes.data % 64 == 0 or not len(found)
    assert opened.size("values") == len(values)


def test_slices_agree_with_plain_arrays(tmp_path):
    """Whatever part is asked for first, and however it was written."""
    rng = np.random.default_rng(7)
    for _ in range(20):
        plain = {}
        with ArraysWriter(tmp_path / "a") as writer:
            for at in range(int(rng.integers(1, 6))):
                kind = rng.choice(["u1", "u2", "i4", "u8"])
                values = rng.integers(0, 100, int(rng.choice([0, 1, 50, 90_000]))).astype(kind)
                section = writer.reserve(f"s{at}", kind, len(values))
                for piece in np.array_split(values, 3):
                    section.write(piece)
                plain[f"s{at}"] = values
        opened = Arrays(tmp_path / "a")
        for _ in range(30):
            name = str(rng.choice(list(plain)))
            start, stop = sorted(rng.integers(0, len(plain[name]) + 1, 2).tolist())
            assert np.array_equal(opened.view(name, start, stop), plain[name][start:stop])
            places = rng.integers(0, len(plain[name]), 5 if len(plain[name]) else 0)
            assert np.array_equal(opened.take(name, places), plain[name][places])
        opened.verify()
        (tmp_path / "a").unlink()


def test_bytes_of_another_file_are_copied_by_spans(tmp_path):
    (tmp_path / "texts").write_bytes(b"abcdefgh")
    with ArraysWriter(tmp_path / "a") as writer:
        writer.put_stream("texts", read_spans(tmp_path / "texts", [(0, 2), (5, 8)]))
    assert bytes(Arrays(tmp_path / "a").data("texts", 1, 4)) == b"bfg"


def write_twice(path):
    with ArraysWriter(path) as writer:
        writer.put("x", np.zeros(1, np.uint8))
        writer.put("x", np.zeros(1, np.uint8))


def test_a_failed_writer_leaves_no_file(tmp_path):
    with pytest.raises(ValueError, match="written twice"):
        write_twice(tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_what_the_system_writes_in_part_is_written_whole(tmp_path, monkeypatch):
    """A write may take fewer bytes than it was given and tell no error, on a disk that fills up."""
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda handle, data, at: pwrite(handle, bytes(data)[:1_000], at))
    with ArraysWriter(tmp_path / "a") as writer:
        writer.put("values", np.arange(BLOCK, dtype=np.uint32))
        writer.put_stream("texts", [bytes(range(256)) * 40])
    opened = Arrays(tmp_path / "a")
    opened.verify()
    assert opened.view("values").tolist() == list(range(BLOCK))
    assert bytes(opened.data("texts", 0, 256 * 40)) == bytes(range(256)) * 40


def test_a_writer_that_cannot_finish_leaves_no_file(tmp_path, monkeypatch):
    """Checksums and table are written last: the disk may be full by then."""
    writer = ArraysWriter(tmp_path / "a")
    writer.put("x", np.zeros(1, np.uint8))

    def full(*_):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OSError, match="No space left"), writer:
        pass
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("values", [np.array([object()]), np.array(["a"]), np.array([1j]), np.zeros(1, bool)])
def test_only_plain_numbers_are_written(tmp_path, values):
    with pytest.raises(ValueError, match="cannot hold"), ArraysWriter(tmp_path / "a") as writer:
        writer.put("x", values)


def test_more_values_than_reserved_are_refused(tmp_path):
    with pytest.raises(ValueError, match="more values"), ArraysWriter(tmp_path / "a") as writer:
        writer.reserve("x", np.uint32, 2).write(np.zeros(3, np.uint32))


def test_a_forged_table_that_makes_sense_opens(tmp_path):
    assert Arrays(forged(tmp_path / "a", table={"x": [64, "|u1", 64]})).view("x").tolist() == [1] * 64


@pytest.mark.parametrize(
    "table",
    [
        pytest.param({"x": [64, "|O", 1]}, id="objects"),
        pytest.param({"x": [64, "<U9", 1]}, id="texts"),
        pytest.param({"x": [64, ">u4", 1]}, id="byte-order"),
        pytest.param({"x": [64, ["|u1"], 1]}, id="type-of-no-type"),
        pytest.param({"x": [64, "|u1", 65]}, id="past-the-end"),
        pytest.param({"x": [64, "<u8", 1 << 61]}, id="absurdly-long"),
        pytest.param({"x": [64, "<u8", (1 << 64) - 1]}, id="as-long-as-can-be"),
        pytest.param({"x": [64, "|u1", -1]}, id="negative-count"),
        pytest.param({"x": [-64, "|u1", 1]}, id="negative-place"),
        pytest.param({"x": [0, "|u1", 1]}, id="over-the-head"),
        pytest.param({"x": [65, "|u1", 1]}, id="not-aligned"),
        pytest.param({"x": [64, "|u1", 1.0]}, id="float"),
        pytest.param({"x": [64, "|u1", 64], "y": [64, "|u1", 1]}, id="overlap"),
        pytest.param({"x": [64, "|u1"]}, id="too-short"),
        pytest.param({"x": 1}, id="no-list"),
        pytest.param([1], id="no-object"),
        pytest.param(b"\xff", id="no-json"),
        pytest.param(b"[" * 5_000, id="deep"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_table_that_makes_no_sense_is_corrupt(tmp_path, table):
    with pytest.raises(IndexCorrupt, match=r"/a is damaged: its table of contents"):
        Arrays(forged(tmp_path / "a", table=table))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"sums": b""}, id="no-checksums"),
        pytest.param({"sums": b"\0" * 8}, id="too-many-checksums"),
        pytest.param({"sums": b"\0" * 5}, id="odd-checksums"),
        pytest.param({"sums": b"\0" * 4}, id="wrong-checksum"),
        pytest.param({"foot": [(0, (1 << 64) - 1)]}, id="absurd-length"),
        pytest.param({"foot": [(0, 0), (1, 4 + 128)]}, id="nothing-covered"),
        pytest.param({"foot": [(5, 1)]}, id="another-size"),
        pytest.param({"foot": [(6, b"elsewise")]}, id="magic"),
    ],
)
def test_an_end_that_makes_no_sense_is_corrupt(tmp_path, changed):
    with pytest.raises(IndexCorrupt, match="/a is damaged"):
        Arrays(forged(tmp_path / "a", table={"x": [64, "|u1", 1]}, **changed))


@pytest.mark.parametrize("foot", [[], [(6, b"elsewise")]], ids=["same-end", "another-end"])
def test_a_file_of_a_later_version_is_stale(tmp_path, foot):
    with pytest.raises(IndexStale, match=f"/a has layout {VERSION + 1}"):
        Arrays(forged(tmp_path / "a", table={}, version=VERSION + 1, foot=foot))


@pytest.mark.parametrize(
    ("make", "what"),
    [
        pytest.param(lambda path: None, "it is missing", id="missing"),
        pytest.param(lambda path: path.write_bytes(b""), "only 0 bytes", id="empty"),
        pytest.param(lambda path: path.mkdir(), "it is no file", id="folder"),
        pytest.param(os.mkfifo, "it is no file", id="pipe"),
        pytest.param(lambda path: path.symlink_to(path), "cannot be opened", id="loop"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), "it is no file", id="device"),
    ],
)
def test_what_is_no_file_is_corrupt(tmp_path, make, what):
    make(tmp_path / "a")
    with pytest.raises(IndexCorrupt, match=f"/a is damaged: .*{what}"):
        Arrays(tmp_path / "a")


def test_a_file_that_may_not_be_read_is_corrupt(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("search.intact.os.open", refuse)
    with pytest.raises(IndexCorrupt, match=r"/a is damaged: it cannot be opened \(Permission denied\)"):
        Arrays(tmp_path / "a")


def test_sections_that_are_not_there_and_slices_past_the_end_are_corrupt(tmp_path):
    opened = Arrays(written(tmp_path / "a", x=np.zeros(3, np.uint8)))
    for asked in (("y",), ("x", 0, 4), ("x", 2, 1), ("x", -1, 2)):
        with pytest.raises(IndexCorrupt, match="/a is damaged"):
            opened.view(*asked)


def test_damage_is_found_where_it_is_looked_at_and_nowhere_else(tmp_path):
    path = written(tmp_path / "a", x=np.zeros(5 * BLOCK, np.uint8))
    content = bytearray(path.read_bytes())
    content[3 * BLOCK] ^= 4
    path.write_bytes(content)
    opened = Arrays(path)
    assert not opened.view("x", 0, 2 * BLOCK).any()
    for _ in range(2):
        with pytest.raises(IndexCorrupt, match=f"bytes {3 * BLOCK} to {4 * BLOCK} were altered"):
            opened.view("x", 0, 4 * BLOCK)
        with pytest.raises(IndexCorrupt, match=f"bytes {3 * BLOCK} to {4 * BLOCK} were altered"):
            opened.take("x", np.array([1, 4 * BLOCK - 100]))
    with pytest.raises(IndexCorrupt, match="were altered"):
        opened.verify()


def test_verify_looks_again(tmp_path):
    path = written(tmp_path / "a", x=np.zeros(BLOCK, np.uint8))
    opened = Arrays(path)
    opened.view("x")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\x01")
    with pytest.raises(IndexCorrupt, match="were altered"):
        opened.verify()
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(IndexCorrupt, match="its length has changed"):
        opened.verify()


def test_seals_tell_files_apart(tmp_path):
    first, again, other = (
        Arrays(written(tmp_path / name, x=np.full(9, value, np.uint8))).seal
        for name, value in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again != other
