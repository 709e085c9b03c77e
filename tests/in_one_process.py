"""A run without processes and without a word: what tests hand to the pipeline where its workers are not the matter."""

from collections.abc import Callable, Iterable
from typing import Any


class Inline:
    """A mapper without processes: each call when its result is wanted."""

    def map(self, function: Callable[[Any], Any], items: Iterable[Any], *, name: str) -> Iterable[Any]:  # noqa: ARG002
        return (function(item) for item in items)


class Silent:
    """A reporter that tells nobody."""

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        pass

    def say(self, line: str) -> None:
        pass
