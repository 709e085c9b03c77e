"""Who may change a lake: one publisher at a time, and one at a time for each partition's file.

In: the lake's folder and how long to wait. Out: locks that the operating system frees when their holder dies. The lock
files stay in `lake/_locks`.
"""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from filelock import FileLock, Timeout

from flows.publish.problems import LakeBusy

LOCKS_FOLDER = "_locks"
PARTITION_LOCKS = 64  # partitions share so many lock files, else a lake would gather one for each table and day
_HOLDER_FILE = "publish.json"


@contextmanager
def partition_lock(lake: Path, path: str, timeout_seconds: float) -> Iterator[None]:
    """Hold the lock of the partition whose file is at `path`. Raises LakeBusy."""
    lock = FileLock(lake / LOCKS_FOLDER / f"partition-{crc32(path.encode()) % PARTITION_LOCKS:02d}.lock")
    try:
        lock.acquire(timeout=timeout_seconds, poll_interval=0.01)
    except Timeout:
        raise LakeBusy(
            f"{lake / path}: another process holds this partition{_holder(lake)}; waited {timeout_seconds:g} s. Run "
            "the same again when it is done, or raise lock_timeout_seconds in config/copydesk.toml. Nothing is lost: "
            "finished work is kept"
        ) from None
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class Publishing:
    """The right to change the lake, while it is held."""

    holder_file: Path

    def progress(self) -> None:
        """Tell those who wait that the work goes on."""
        os.utime(self.holder_file)


@contextmanager
def publishing(lake: Path, token: str, timeout_seconds: float) -> Iterator[Publishing]:
    """Hold the right to change the lake; `token` says which run does.

    Two publishers at once could each file the same article under another day; so the decision what replaces what and
    the writing are one at a time. Waits as long as the other makes progress, and `timeout_seconds` beyond; then raises
    LakeBusy.
    """
    lock = FileLock(lake / LOCKS_FOLDER / "publish.lock")
    holder_file = lake / LOCKS_FOLDER / _HOLDER_FILE
    _acquire(lock, timeout_seconds, lambda: _changed_at(holder_file), lake)
    try:
        holder = {
            "run": token,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(),
        }
        holder_file.write_text(json.dumps(holder), encoding="utf-8")
        yield Publishing(holder_file)
    finally:
        holder_file.unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, timeout_seconds: float, progress: Callable[[], float], lake: Path) -> None:
    seen, waited_since = progress(), time.monotonic()
    while True:
        try:
            lock.acquire(timeout=min(0.5, timeout_seconds))
            return
        except Timeout:
            if (now := progress()) != seen:
                seen, waited_since = now, time.monotonic()
            if (waited := time.monotonic() - waited_since) >= timeout_seconds:
                raise LakeBusy(
                    f"{lake}: another process publishes{_holder(lake)} and made no progress for {waited:.0f} s. Run "
                    "the same again when it is done (or end that process if it hangs), or raise lock_timeout_seconds "
                    "in config/copydesk.toml. Nothing is lost: finished work is kept"
                ) from None


def _changed_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0


def _holder(lake: Path) -> str:
    try:
        holder = json.loads((lake / LOCKS_FOLDER / _HOLDER_FILE).read_text(encoding="utf-8"))
        return f" (run {holder['run']}, process {holder['pid']} on {holder['host']}, since {holder['since'][:19]} UTC)"
    except (OSError, ValueError, KeyError):
        return ""
