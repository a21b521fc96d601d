"""Sources that are followed: whenever something below them changes, an update is asked for.

    a change ─▶ quiet for a while ─▶ update ─▶ done
                                        └▶ failed: again after 1, 2, 4 … seconds, up to five minutes

The system tells of changes below folders (inotify, through watchfiles). It has limits, of folders and
of programs; past them, folders are looked through every few seconds instead. Files that are sources
themselves are looked at, since editors put others in their place. No notice is needed for the index
to be right: it is brought up at the beginning, and looked over once an hour.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from watchfiles import watch

from indexer.signature import signature_of

_NOTICES = (OSError, RuntimeError)
"""What watchfiles raises where the system gives no notices; its own error is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: of quiet before an update, after which it is not waited for more, and between looks.

    `poll` is between two looks through folders that the system tells nothing of, `again` between
    two updates without a change. `retry` is the wait after the first failure, `retry_most` after many.
    """

    settle: float = 2.0
    settle_most: float = 60.0
    look: float = 1.0
    poll: float = 10.0
    again: float = 3600.0
    retry: float = 1.0
    retry_most: float = 300.0


@dataclass(slots=True)
class Follower:
    """Follows sources. `update` does one and tells whether it succeeded; `tell` hears of each step.

    `index` lies below a source at times, and what is written there is no change; `files` are looked at
    as well. `polling` looks through folders from the beginning, for file systems that give no notices.
    """

    sources: Sequence[Path]
    index: Path
    update: Callable[[], bool]
    tell: Callable[[str, dict[str, Any]], None]
    files: Sequence[Path] = ()
    pace: Pace = field(default_factory=Pace)
    polling: bool = False
    _seen: tuple[object, ...] = ()

    def run(self, until: Event) -> None:
        """Follow until the event is set. Raises KeyboardInterrupt when the process is interrupted."""
        failures, wanted, not_before, done = 0, True, 0.0, monotonic()
        for changed in self._looks(until):
            now = monotonic()
            wanted = wanted or changed or now - done >= self.pace.again
            if not wanted or now < not_before:
                continue
            # What changes from here on is seen by the next look.
            if self.update():
                failures, wanted, not_before, done = 0, False, 0.0, monotonic()
                continue
            wait = min(self.pace.retry_most, self.pace.retry * 2**failures)
            failures, not_before = min(failures + 1, 30), monotonic() + wait
            self.tell("failed", {"again_in_seconds": wait})

    def _looks(self, until: Event) -> Iterator[bool]:
        """Yield, at once and then at least every `look` seconds or so, whether something has changed."""
        self._seen = self._states()
        yield False
        while not until.is_set():
            folders = [source.resolve() for source in self.sources if source.is_dir()]
            if not folders:
                until.wait(self.pace.look)
                yield self._is_other()
                continue
            try:
                yield from self._noticed(folders, until)
            except _NOTICES as error:
                if self.polling:
                    raise
                self.polling = True
                self.tell("polling", {"every_seconds": self.pace.poll, "reason": str(error)})

    def _noticed(self, folders: Sequence[Path], until: Event) -> Iterator[bool]:
        """Yield whether something has changed, as long as the folders are the same ones."""
        notices = watch(
            *folders,
            watch_filter=lambda _, path: self._matters(Path(path), folders),
            debounce=_ms(self.pace.settle_most),
            step=_ms(self.pace.settle),
            rust_timeout=_ms(self.pace.look),
            yield_on_timeout=True,
            stop_event=until,
            raise_interrupt=True,
            force_polling=self.polling or None,
            poll_delay_ms=_ms(self.pace.poll),
            ignore_permission_denied=True,
        )
        # What changed while the system was asked for notices gave none.
        yield True
        for changes in notices:
            other = self._is_other()
            yield other or bool(changes)
            if other:
                return  # a folder may be another one of the same name, of which nothing is told

    def _matters(self, path: Path, folders: Sequence[Path]) -> bool:
        """Tell whether a path may be a source: not of the index, and no part of it begins with a dot."""
        if path.is_relative_to(self.index.resolve()):
            return False
        below = [path.relative_to(folder) for folder in folders if path.is_relative_to(folder)]
        return any(not any(part.startswith(".") for part in one.parts) for one in below)

    def _is_other(self) -> bool:
        """Tell whether a file that is looked at has changed, or a folder is another, since the last time."""
        before, self._seen = self._seen, self._states()
        return before != self._seen

    def _states(self) -> tuple[object, ...]:
        return tuple(_state(path) for path in (*self.sources, *self.files))


def _state(path: Path) -> object:
    """Return what tells a file from one that was changed, and a folder from another one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return signature_of(path) or (found.st_dev, found.st_ino)


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))
