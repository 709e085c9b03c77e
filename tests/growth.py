"""How long something takes, for laws of growth: a text four times as long may not take sixteen times as long."""

import time
from collections.abc import Callable
from functools import partial

TRIES = 3
"""What else the machine does may spoil one try or two, so the quickest counts."""


def grows_with_length(run: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether what `run(size)` makes ready takes not much more than four times what a quarter of it takes.

    A way that is quadratic takes sixteen times as long. No number of seconds is a limit: machines differ.
    """
    limit = 9 * min(_computing_seconds(run(size // 4)) for _ in range(TRIES)) + 0.2
    return any(_computing_seconds(run(size)) < limit for _ in range(TRIES))


def text_grows(find: Callable[[str], object], piece: str, length: int) -> bool:
    """`grows_with_length` for what reads a text, here a piece of it again and again, `length` characters in all."""
    return grows_with_length(lambda size: partial(find, piece * (size // len(piece))), length)


def _computing_seconds(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun
