"""What only a tar can be: links, devices, sparse files, headers without end, and ends that are none."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from indexer import tarred
from indexer.decode import open_regular
from indexer.member import Meter
from indexer.read import read_sources
from indexer.source import Limits, Refusal, Source

TEXT = b"A bridge opens\n\nThe bridge over the river opened on Monday."


def member(name: str, content: bytes = TEXT, **fields) -> bytes:
    """Return a member as a tar has it, without the end."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info.tobuf() + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)


END = b"\0" * 2 * tarfile.BLOCKSIZE


def found(path: Path, *data: bytes, **limits: int) -> tuple[list[str | None], list[Refusal]]:
    path.write_bytes(gzip.compress(b"".join(data)) if path.suffix == ".gz" else b"".join(data))
    outcomes = list(read_sources([path], limits=Limits(**limits)))
    refusals = [one for one in outcomes if isinstance(one, Refusal)]
    return [one.path_id for one in outcomes if isinstance(one, Source)], refusals


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        pytest.param({"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}, "a link", id="link"),
        pytest.param({"type": tarfile.LNKTYPE, "linkname": "a.txt"}, "a link", id="hard-link"),
        pytest.param({"type": tarfile.CHRTYPE}, "not a regular file", id="device"),
        pytest.param({"type": tarfile.FIFOTYPE}, "not a regular file", id="pipe"),
        pytest.param({"type": b"Z"}, "not a regular file", id="of-a-kind-unknown"),
    ],
)
def test_links_and_devices_are_refused_by_name(tmp_path, name, odd, reason):
    path = tmp_path / name
    ids, (refusal,) = found(path, member("a.txt"), member("m.txt", b"", **odd), member("z.txt"), END)
    assert ids == ["a", "z"]
    assert (refusal.origin, refusal.reason.startswith(reason)) == (f"{path}/m.txt", True)


@pytest.mark.parametrize(
    ("tail", "ids", "reason"),
    [
        pytest.param(END, ["a"], None, id="two-blocks-of-zeros"),
        pytest.param(b"", ["a"], None, id="nothing"),
        pytest.param(member("b.txt")[:520], ["a"], "damaged", id="within-a-member"),
        pytest.param(member("b.txt")[:300], ["a"], "no header where one should be", id="within-a-header"),
        pytest.param(b"x" * 512 + member("b.txt") + END, ["a"], "no header", id="no-header"),
        pytest.param(member("b.txt", size=-512) + END, ["a"], "damaged", id="points-back"),
        pytest.param(member("b.txt", size=1 << 40) + END, ["a"], "damaged", id="endless"),
    ],
)
def test_the_end(tmp_path, tail, ids, reason):
    """What ends before its end is told, and what came before is kept."""
    got, refusals = found(tmp_path / "a.tar", member("a.txt"), tail)
    assert got == ids
    assert all(reason in one.reason for one in refusals[-1:])
    assert bool(refusals) is (reason is not None)


def test_a_gzip_that_ends_early_keeps_what_came_before(tmp_path):
    path = tmp_path / "a.tar.gz"
    whole = gzip.compress(member("a.txt") + b"".join(member(f"{n}.txt", bytes(99)) for n in range(9)) + END)
    path.write_bytes(whole[:-40])
    outcomes = list(read_sources([path]))
    assert outcomes[0].path_id == "a"
    assert isinstance(outcomes[-1], Refusal)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
def test_a_header_without_end_is_given_up(tmp_path, kind):
    """tarfile takes a header into memory whole: the limit is ours."""
    endless = member("x", bytes(2 << 20), type=kind)
    ids, (refusal,) = found(tmp_path / "a.tar.gz", member("a.txt"), endless, member("b.txt"), END)
    assert ids == ["a"]
    assert "a header of over 1,048,576 bytes after a.txt" in refusal.reason


def test_headers_on_headers_are_given_up(tmp_path):
    """tarfile goes down one call for each."""
    nested = member("x", b"", type=tarfile.XGLTYPE) * 1_500
    ids, (refusal,) = found(tmp_path / "a.tar.gz", member("a.txt"), nested, member("b.txt"), END)
    assert ids == ["a"]
    assert refusal.origin == str(tmp_path / "a.tar.gz")


def test_a_sparse_file_is_refused_by_name(tmp_path):
    info = tarfile.TarInfo("m.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(info.tobuf())
    block[386:483] = b"\0" * 97
    block[148:156] = b"%06o\0 " % (sum(block) - sum(block[148:156]) + 8 * 32)
    ids, (refusal,) = found(tmp_path / "a.tar", bytes(block), member("z.txt"), END)
    assert ids == ["z"]
    assert refusal == Refusal(f"{tmp_path}/a.tar/m.txt", "a sparse file, which is not read")


def test_long_names_and_folders_are_as_tar_writes_them(tmp_path):
    path = tmp_path / "a.tgz"
    name = "/".join(["folder" * 10] * 8) + "/ä.txt"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        with tarfile.open(path, "w:gz", format=form) as archive:
            folder = tarfile.TarInfo("folder")
            folder.type = tarfile.DIRTYPE
            archive.addfile(folder)
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            archive.addfile(info, io.BytesIO(TEXT))
        (source,) = read_sources([path])
        assert source.path_id == name.removesuffix(".txt")


def test_nothing_is_kept_of_members_that_were_read(tmp_path):
    """An archive of millions of members takes no more memory than one of ten."""
    path = tmp_path / "a.tar"
    path.write_bytes(b"".join(member(f"{n}.txt", b"") for n in range(300)) + END)
    held = []

    class Noted(tarfile.TarFile):
        def next(self):
            held.append(len(self.members))
            return super().next()

    with pytest.MonkeyPatch.context() as patch, open_regular(path, origin="a.tar") as stream:
        patch.setattr(tarred.tarfile, "TarFile", Noted)
        assert sum(1 for _ in tarred.tar_members(stream, Meter(path.stat().st_size, Limits()))) == 300
    assert max(held) <= 1
