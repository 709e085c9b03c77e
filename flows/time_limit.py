"""Reads pages in a process of their own, so that none can hold up, crash or bloat the work on the others.

In: calls of a function. Out: what it returns; TooSlow or Crashed when it does not. C code that is stuck holds Python's
lock and hears no signal handler, so no thread of the same process can stop it: the kernel does, by a timer whose signal
nobody handles. Cost of the detour over a pipe: about 0.3 ms for a page that takes 35 (benchmarks say how much now).

    this process ──page──▶ reader, armed with the timers         answers itself while all goes well
         ▲                   │ dies of them
         └───── "it died" ── keeper, which forks the next reader: it has one thread only, so that forking is safe
"""

import os
import pickle
import resource
import signal
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from time import process_time
from typing import Any, NoReturn

from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.outcome import Reason, Reject

CPU_SECONDS = 30.0
"""Computing time for one page: a thousand times what is usual, and the same verdict on a busy machine."""
WAIT_FACTOR = 4
"""Times the computing time that may pass by the clock: for what waits and never computes."""
MEMORY_BYTES = 3 * 2**30
"""Memory of a reader. The largest page that is read at all takes a tenth of it."""

_TIMERS = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
_spent = threading.local()


class TooSlow(Exception):
    """The function took more time than it may."""


class Stalled(TooSlow):
    """It let the time by the clock pass without computing: it waited for something that did not come."""


class Crashed(Exception):
    """The process ended without an answer; the message says by what."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a reader sends: the result, or what the function raised, and the computing time it took."""

    result: Any = None
    error: Exception | None = None
    seconds: float = 0.0


class InTime[**Given, Result]:
    """A function that is called in a process of its own, which starts at the first call and ends with this one."""

    def __init__(
        self,
        function: Callable[Given, Result],
        cpu_seconds: float = CPU_SECONDS,
        memory_bytes: int | None = MEMORY_BYTES,
    ) -> None:
        """Let each call of `function` take `cpu_seconds` of computing time, and four times that by the clock."""
        self._function = function
        self._seconds = cpu_seconds
        self._memory = memory_bytes
        self._mine = threading.local()  # a process for each thread: Dask calls from several

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """The result of the function. Raises TooSlow, Crashed, and what the function raises."""
        try:
            connection = self._connection()
            connection.send_bytes(pickle.dumps((args, kwargs), pickle.HIGHEST_PROTOCOL))
            answer: _Answer = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError) as error:
            self._mine.__dict__.clear()
            raise Crashed("the process that reads pages was ended from outside, perhaps for want of memory") from error
        _spent.seconds = getattr(_spent, "seconds", 0.0) + answer.seconds
        if answer.error:
            raise answer.error
        result: Result = answer.result
        return result

    def close(self) -> None:
        """End the process of this thread; the next call starts another."""
        if getattr(self._mine, "owner", None) == os.getpid():
            connection, keeper = self._mine.process
            connection.close()
            with suppress(ChildProcessError):
                os.waitpid(keeper, 0)
        self._mine.__dict__.clear()

    def _connection(self) -> Connection:
        # after a fork of ours the child has the object, and must not speak on its parent's line
        if getattr(self._mine, "owner", None) != os.getpid():
            self._mine.owner, self._mine.process = os.getpid(), self._start()
        connection: Connection = self._mine.process[0]
        return connection

    def _start(self) -> tuple[Connection, int]:
        here, there = Pipe()
        with warnings.catch_warnings():
            # The warning is about locks that other threads may hold; the keeper takes none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            keeper = os.fork()
        if not keeper:
            here.close()
            _keep(there, self._function, self._seconds, self._memory)
        there.close()
        return here, keeper


def computing_seconds() -> float:
    """Computing time of this process, and of what it had done elsewhere for this thread, in seconds."""
    seconds: float = getattr(_spent, "seconds", 0.0)
    return process_time() + seconds


def _keep(line: Connection, function: Callable[..., Any], seconds: float, memory: int | None) -> NoReturn:
    """Fork readers, one after the other, until the other end of the line is closed."""
    try:
        # Ctrl-C reaches the whole group of processes; whoever reads our answers decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, *_TIMERS):
            signal.signal(number, signal.SIG_DFL)
        while reader := os.fork():
            ended_by = os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
            if not ended_by:
                break
            line.send_bytes(pickle.dumps(_Answer(error=_obituary(ended_by, seconds))))
        else:
            if memory:
                _bound_memory(memory)
            _read(line, function, seconds)
    finally:
        os._exit(0)  # nothing of the process we were forked from is to be flushed or cleaned up here


def _read(line: Connection, function: Callable[..., Any], seconds: float) -> None:
    """Answer until the line is closed."""
    while True:
        try:
            args, kwargs = pickle.loads(line.recv_bytes())
        except EOFError:
            os._exit(0)
        _arm(seconds)
        started = process_time()
        try:
            answer = _Answer(function(*args, **kwargs))
        except Exception as error:
            answer = _Answer(error=error)
        _arm(0)  # half an answer would be worse than a late one
        line.send_bytes(_packed(answer, process_time() - started))


def _packed(answer: _Answer, seconds: float) -> bytes:
    try:
        return pickle.dumps(_Answer(answer.result, answer.error, seconds), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(_Answer(error=Crashed(f"the answer cannot be sent: {error}"), seconds=seconds))


def _arm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WAIT_FACTOR)


def _bound_memory(memory: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory if most == resource.RLIM_INFINITY else min(memory, most), most))


def _obituary(ended_by: int, seconds: float) -> Exception:
    if -ended_by == signal.SIGPROF:
        return TooSlow(f"more than {seconds:g} s of computing time")
    if -ended_by == signal.SIGALRM:
        return Stalled(f"more than {seconds * WAIT_FACTOR:g} s by the clock, most of them waiting")
    name = signal.Signals(-ended_by).name if ended_by < 0 else f"exit code {ended_by}"
    return Crashed(f"the process that read it ended by {name}")


_extract = InTime(extract_page)


def extract_in_time(content: bytes, **about: Any) -> Article | Reject:
    """`extract_page` in a process of its own: TOO_SLOW when a page takes longer than any article may.

    A page that crashes the process, as a fault in a C library does, is a reject too, and the next page is read.
    """
    try:
        try:
            return _extract(content, **about)
        except Stalled:
            # No page makes us wait. A lock may, that another thread held when the process was forked: begin anew, once.
            _extract.close()
            return _extract(content, **about)
    except TooSlow as error:
        return Reject(
            "extract", Reason.TOO_SLOW, f"{error}; no article takes so long. If this is one, please report it"
        )
    except Crashed as error:
        return Reject("extract", Reason.FAILED, f"our mistake, please report it: {error}")
