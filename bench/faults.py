"""Whether the old index serves whatever fails while a new one is made.

    python bench/faults.py [--errors ENOSPC EIO EMFILE EDQUOT full short] [--runs rebuild update]
        [--step 1] [--save FILE]

Every call of a rebuild and of an update that opens, writes, syncs, renames, links or makes something in
the index folder fails in turn, by each error (bench/faults.c, built with cc). `full` is ENOSPC for that
call and all after it that take room, `short` a write that takes half. After each: the message names the
cause or the run got along without; the index answers as the old one or the new one, every byte of it
whole; nothing is left over; and the next run succeeds.
"""

import argparse
import contextlib
import ctypes
import errno
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from indexer.update import Update
from indexer.write import Rebuild
from search.domain import Query
from search.engines.whoosh.index import WhooshEngine
from search.errors import SearchError
from search.generation import ENGINE_FOLDER, current
from search.run import answer
from search.verify import verify

HERE = Path(__file__).parent
OLD, NEW = 6, 8
"""Articles of the old index and of the new one."""
ROUNDS = 5_000
ONCE, FULL, SHORT = 0, 1, 2
ERRORS = {
    "ENOSPC": (errno.ENOSPC, ONCE),
    "EIO": (errno.EIO, ONCE),
    "EMFILE": (errno.EMFILE, ONCE),
    "EDQUOT": (errno.EDQUOT, ONCE),
    "full": (errno.ENOSPC, FULL),
    "short": (0, SHORT),
}
HEAD = "| run | error | tried | message | got along | broke | did harm |\n|---|---|---|---|---|---|---|"
FINE, PRINTED, BROKEN = 0, 1, 2
"""What a run came to: done, stopped with a message of ours or the system's, or anything else."""


def main() -> None:
    """Let each call fail in turn, print what happened by kind of run and error, exit with 1 for any harm."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", nargs="+", choices=list(ERRORS), default=list(ERRORS))
    parser.add_argument("--runs", nargs="+", choices=list(RUNS), default=list(RUNS))
    parser.add_argument("--step", type=int, default=1, help="only every n-th call fails")
    parser.add_argument("--save", type=Path, help="where the table is kept")
    asked = parser.parse_args()
    if "FAULTS" not in os.environ:
        sys.exit(under_shim())
    shim = ctypes.CDLL(os.environ["FAULTS"])
    harm = 0
    rows = [HEAD]
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.runs:
            bench = Bench(Path(folder) / name, shim, RUNS[name])
            for error in asked.errors:
                harm += bench.all_calls(name, error, asked.step)
                rows.append(bench.row)
    if asked.save:
        told = " ".join(("python bench/faults.py", *sys.argv[1:]))
        asked.save.write_text(f"`{told}`\n\n" + "\n".join(rows) + "\n")
    sys.exit(bool(harm))


def under_shim() -> int:
    """Build the shim and run this program under it."""
    with tempfile.TemporaryDirectory() as folder:
        shim = Path(folder) / "faults.so"
        build = ["cc", "-O1", "-shared", "-fPIC", "-o", str(shim), str(HERE / "faults.c"), "-ldl"]
        subprocess.run(build, check=True)
        environment = {**os.environ, "FAULTS": str(shim), "LD_PRELOAD": str(shim)}
        return subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode


def rebuild(archive: Path, index: Path) -> None:
    """Build anew."""
    Rebuild([archive], index, workers=1, force=True).run()


def update(archive: Path, index: Path) -> None:
    """Bring up to date."""
    Update([archive], index, workers=1).run()


RUNS = {"rebuild": rebuild, "update": update}


class Bench:
    """An archive with an old index, from which every try begins."""

    def __init__(self, folder: Path, shim: ctypes.CDLL, run: Callable[[Path, Path], None]) -> None:
        self.shim, self.run = shim, run
        self.archive, self.index, self.old = folder / "in", folder / "index", folder / "old"
        self.archive.mkdir(parents=True)
        self._write("old", OLD)
        with contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO())):
            rebuild(self.archive, self.old)  # here: what it loads, every fork has
        self._write("new", NEW - OLD)
        self.told = folder / "told"
        self.row = ""

    def all_calls(self, name: str, error: str, step: int) -> int:
        """Let every call fail by an error; return how many did harm."""
        came: Counter[str] = Counter()
        harm: list[str] = []
        started = time.monotonic()
        for at in range(1, ROUNDS, step):
            failed, status = self._try(at, *ERRORS[error])
            if not failed:
                break
            came["message" if status == PRINTED else "got along" if status == FINE else "broke"] += 1
            harm += [f"call {at}: {fault}" for fault in self._faults(status, error)]
        took = f"{time.monotonic() - started:.0f} s"
        tried = f"{name:8} {error:7} {sum(came.values()):4} calls failed in turn"
        print(f"{tried}: {dict(came)}, {len(harm)} did harm, {took}", flush=True)
        for line in harm[:20]:
            print("  ", line)
        counts = [str(came[what]) for what in ("message", "got along", "broke")]
        self.row = f"| {name} | {error} | {sum(came.values())} | {' | '.join(counts)} | {len(harm)} |"
        return len(harm)

    def _write(self, name: str, count: int) -> None:
        for number in range(count):
            text = {"id": f"{name}{number}", "text": f"Oil rose in Baku, minister Ann Lee said. {number}"}
            (self.archive / f"{name}{number}.jsonl").write_text(json.dumps(text))

    def _try(self, at: int, error: int, how: int) -> tuple[bool, int]:
        """Run with the call failing; return whether it came to that, and what the run came to."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.old, self.index)
        self.told.write_text("")

        def armed() -> None:
            self.shim.fault_arm(str(self.index).encode(), at, error, how)
            try:
                self.run(self.archive, self.index)
            finally:
                failed = self.shim.fault_failed()
                self.shim.fault_arm(b"", -1, 0, 0)
                os.write(mark, b"failed" if failed else b"-")

        read, mark = os.pipe()
        status = in_child(armed, told=self.told)
        os.close(mark)
        with os.fdopen(read, "rb") as pipe:
            return pipe.read() == b"failed", status

    def _faults(self, status: int, error: str) -> list[str]:
        """Return what is wrong after a run."""
        told = self.told.read_text()
        reasons = (os.strerror(ERRORS[error][0]), "disk I/O error", "disk is full", "unable to open")
        found = []
        if status == BROKEN:
            found.append(f"neither done nor told: {told[-600:]}")
        elif status == PRINTED and not any(reason in told for reason in reasons):
            found.append(f"the cause is not named: {told[-300:]}")
        found += served(self.index)
        ours = {"CURRENT", "lock", "cache", "gen-000001", current(self.index).name}
        litter = set(os.listdir(self.index)) - ours
        if litter:
            found.append(f"left over: {litter}")
        if in_child(lambda: self.run(self.archive, self.index), told=self.told) != FINE:
            found.append(f"the next run fails: {self.told.read_text()[-600:]}")
        elif served(self.index, only=NEW):
            found.append("the next run is not served")
        return found


def served(index: Path, *, only: int | None = None) -> list[str]:
    """Return what is wrong with the index that readers see."""
    try:
        verify(index)
        engine = WhooshEngine(current(index) / ENGINE_FOLDER)
        totals = answer(engine, Query("oil")).total, len(engine)
        engine.close()
    except (SearchError, OSError) as error:
        return [f"the index does not answer: {error}"]
    right = (only,) if only else (OLD, NEW)
    return [] if totals in [(one, one) for one in right] else [f"the index has {totals} articles"]


def in_child(run: Callable[[], None], *, told: Path | None = None) -> int:
    """Run in a fork; return what it came to. What it says goes to a file."""
    pid = os.fork()
    if pid == 0:
        status = BROKEN
        with (told or Path(os.devnull)).open("w") as out, contextlib.suppress(BaseException):
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            try:
                run()
                status = FINE
            except (SearchError, OSError) as error:
                os.write(1, f"{type(error).__name__}: {error}".encode())
                status = PRINTED
            except BaseException:
                os.write(1, traceback.format_exc().encode())
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    main()
