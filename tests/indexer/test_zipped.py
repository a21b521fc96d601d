"""What only a zip can be: encrypted, packed in other ways, with a list that lies."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from indexer import zipped
from indexer.read import read_sources
from indexer.source import Limits, Refusal, Source

TEXT = "A bridge opens\n\nThe bridge over the river opened on Monday."


def made(path: Path, name: str, *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr, info.compress_type = 3, mode << 16, method
        archive.writestr(info, TEXT)
        archive.writestr("z.txt", TEXT)
    return path


def turned(path: Path, name: str, place: int, value: bytes) -> Path:
    """Write over a field of a member's entry in the list."""
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\1\2", 0, data.rindex(name.encode())) + place
    data[at : at + len(value)] = value
    path.write_bytes(data)
    return path


def found(path: Path, **limits: int) -> tuple[list[str | None], list[Refusal]]:
    outcomes = list(read_sources([path], limits=Limits(**limits)))
    refusals = [one for one in outcomes if isinstance(one, Refusal)]
    return [one.path_id for one in outcomes if isinstance(one, Source)], refusals


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        pytest.param(stat.S_IFLNK | 0o777, "a link, which is not followed", id="link"),
        pytest.param(stat.S_IFIFO | 0o644, "not a regular file", id="pipe"),
        pytest.param(stat.S_IFCHR | 0o644, "not a regular file", id="device"),
    ],
)
def test_links_and_devices_are_refused_by_name(tmp_path, mode, reason):
    path = made(tmp_path / "a.zip", "m.txt", mode=mode)
    ids, (refusal,) = found(path)
    assert ids == ["a", "z"]
    assert (refusal.origin, reason in refusal.reason) == (f"{path}/m.txt", True)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_what_would_be_unpacked_whole_is_refused(tmp_path, method):
    ids, (refusal,) = found(made(tmp_path / "a.zip", "m.txt", method=method))
    assert ids == ["a", "z"]
    assert "pack it with deflate" in refusal.reason


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        pytest.param(8, b"\x01\x00", "encrypted", id="encrypted"),
        pytest.param(16, b"\xff\xff\xff\xff", "damaged", id="checksum"),
        pytest.param(42, b"\xff\xff\xff\x0f", "damaged", id="points-beyond-the-end"),
        pytest.param(42, b"\x01\x00\x00\x00", "damaged", id="points-at-no-member"),
    ],
)
def test_a_member_that_cannot_be_opened_or_is_damaged_stands_alone(tmp_path, place, value, reason):
    path = turned(made(tmp_path / "a.zip", "m.txt"), "m.txt", place, value)
    ids, (refusal,) = found(path)
    assert ids == ["a", "z"]
    assert (refusal.origin, reason in refusal.reason) == (f"{path}/m.txt", True)


def test_members_come_in_path_order_and_twice_the_same_name_twice(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("b.txt", "a/z.txt", "a.txt", "a-b/c.txt"):
            archive.writestr(name, TEXT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("b.txt", TEXT)
    assert found(path)[0] == ["a-b/c", "a", "a/z", "b", "b"]


def test_sizes_that_the_list_tells_are_not_believed(tmp_path):
    """The list says four bytes where a megabyte comes out."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a " * 500_000)
    turned(path, "a.txt", 24, struct.pack("<L", 4))
    ids, (refusal,) = found(path, article_bytes=10_000)
    assert ids == []
    assert "damaged" in refusal.reason or "over" in refusal.reason


def test_a_list_of_members_that_would_fill_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zipped, "LIST_BYTES", 4_000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number}.txt", b"")
    ids, (refusal,) = found(path)
    assert ids == []
    assert "as .tar.gz" in refusal.reason


def test_a_format_that_is_asked_for_is_that_of_the_members(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.php", "<p>Hi</p>")
    (source,) = read_sources([path], form="html")
    assert (source.kind, source.path_id) == ("html", "page.php")
