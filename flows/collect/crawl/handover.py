"""Hands things from an event loop in one thread to a caller in another, a few at a time.

In: things put by coroutines. Out: the same things, in order, to whoever iterates; errors of the loop's thread too.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from threading import Condition


class Handover[Thing]:
    """A queue that holds about `size` things: who puts waits while it is full, who takes waits while it is empty."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._things: deque[Thing] = deque()
        self._changed = Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._room = asyncio.Event()
        self._is_over = False
        self._error: BaseException | None = None

    async def put(self, things: Sequence[Thing]) -> None:
        """Put things in order; waits while it is full, so that more than `size` are there only by one call's worth."""
        self._loop = asyncio.get_running_loop()
        with self._changed:
            self._things.extend(things)
            self._changed.notify()
            if len(self._things) < self._size:
                return
            self._room.clear()
        await self._room.wait()

    def take(self, timeout_seconds: float | None = None) -> list[Thing]:
        """What is there; waits for something. An empty list: it is over, or nothing came in time.

        Raises what the other thread ended with, once all is taken.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._things or self._is_over, timeout_seconds)
            things = list(self._things)
            self._things.clear()
            if things and self._loop and not self._is_over:
                self._loop.call_soon_threadsafe(self._room.set)
            if not things and self._error:
                raise self._error
        return things

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more."""
        with self._changed:
            return self._is_over and not self._things

    def end(self, error: BaseException | None = None) -> None:
        """Nothing is put any more; `error` is why, if it is for the caller to know."""
        with self._changed:
            self._is_over, self._error = True, error
            self._changed.notify()
