"""How long something takes, for laws of growth: a text four times as long may not take sixteen times as long."""

import time
from collections.abc import Callable


def computing_seconds(run: Callable[[], object]) -> float:
    """Of computing, the least of three: what else the machine does is no matter."""
    tries = []
    for _ in range(3):
        begun = time.process_time()
        run()
        tries.append(time.process_time() - begun)
    return min(tries)


def grows_with_length(run: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether what `run(size)` makes ready takes not much more than four times what a quarter of it takes."""
    short, long = (computing_seconds(run(length)) for length in (size // 4, size))
    return long < 9 * short + 0.2
