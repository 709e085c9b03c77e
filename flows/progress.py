"""Shows long work as it goes on: a bar in a terminal, nothing where nobody looks.

In: what the stages report. Out: the bar, on standard error.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress


class Reporter(Protocol):
    """Whoever wants to know how far a run has come."""

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        """`done` more pieces of the stage are done; `total` is how many there are, once that is known."""
        ...

    def say(self, line: str) -> None:
        """One line about a stage that ended."""
        ...


class Progress:
    """A bar for each stage; a reporter that people can look at."""

    def __init__(self, bars: RichProgress) -> None:
        """Draw on these bars."""
        self._bars = bars
        self._tasks: dict[str, int] = {}

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        """See `Reporter.advance`."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        task = self._tasks[stage]
        self._bars.update(task, advance=done, **({} if total is None else {"total": total}))  # type: ignore[arg-type]

    def say(self, line: str) -> None:
        """See `Reporter.say`; the bars say enough."""

    def counter(self, stage: str) -> Callable[[int], None]:
        """A function that advances one stage."""
        return lambda done: self.advance(stage, done)


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Progress]:
    """Bars on standard error; none when it is not a terminal or the user wants quiet."""
    console = Console(stderr=True)
    bars = RichProgress(
        TextColumn("[bold]{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bars:
        yield Progress(bars)
