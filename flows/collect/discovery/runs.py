"""Tells runs that are at work from those that died, so that nobody waits for the dead.

In: the table of runs. Out: which of them live. On the same machine the process itself is looked at; a run on another
machine lives as long as it renews its row.
"""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from flows.collect.discovery.tables import RUNS, micros

ALIVE = timedelta(minutes=10)
"""How long a run counts as alive after it last said so."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process, for ever: `started` tells it from a later one with the same number, "" where that is not known."""

    machine: str
    pid: int
    started: str


def begin_run(connection: Connection, now: datetime) -> str:
    """Note a run of this process; its name."""
    me, run = _this_process(os.getpid()), uuid4().hex
    connection.execute(
        insert(RUNS).values(
            run=run, machine=me.machine, pid=me.pid, started=me.started, alive_until=micros(now + ALIVE)
        )
    )
    return run


def renew_run(connection: Connection, run: str, now: datetime) -> None:
    """Note that the run is still alive."""
    connection.execute(update(RUNS).where(RUNS.c.run == run).values(alive_until=micros(now + ALIVE)))


def end_run(connection: Connection, run: str) -> None:
    """Forget the run."""
    connection.execute(delete(RUNS).where(RUNS.c.run == run))


def live_runs(connection: Connection, now: datetime) -> set[str]:
    """The names of the runs that are at work; the rows of the others are removed."""
    rows = connection.execute(select(RUNS)).all()
    live = {row.run for row in rows if _is_alive(Process(row.machine, row.pid, row.started), row.alive_until, now)}
    dead = {row.run for row in rows} - live
    if dead:
        connection.execute(delete(RUNS).where(RUNS.c.run.in_(dead)))
    return live


def _is_alive(process: Process, alive_until: int, now: datetime) -> bool:
    if process.machine != _this_process(os.getpid()).machine:
        return alive_until > micros(now)
    if process.started:
        return _started(process.pid) == process.started
    return _exists(process.pid) and alive_until > micros(now)


@cache
def _this_process(pid: int) -> Process:
    return Process(_machine(), pid, _started(pid))


def _machine() -> str:
    """This machine since it was last started; containers have their own process numbers, so they count as machines."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(os.readlink("/proc/self/ns/pid"))  # noqa: PTH115 (the link leads nowhere, its text is the id)
    return " ".join(parts)


def _started(pid: int) -> str:
    """When a process was started, in the kernel's ticks; "" when it is gone, a zombie, or nobody can tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it belongs to somebody else
    return True
