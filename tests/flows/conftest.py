from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.parameters import IngestParameters, ReprocessParameters
from flows.pipeline import run_ingest, run_reprocess
from flows.receipt import Receipt
from flows.settings import Settings, read_settings

PROJECT = Path(__file__).parents[2]


class Inline:
    """A mapper without processes: each call when its result is wanted."""

    def map(self, function: Callable[[Any], Any], items: Iterable[Any], *, name: str) -> Iterator[Any]:  # noqa: ARG002
        return (function(item) for item in items)


class Silent:
    """A reporter that tells nobody."""

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        pass

    def say(self, line: str) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project of its own in a temporary folder; only the gazetteer is that of the repository, built once."""
    file = tmp_path / "config" / "copydesk.toml"
    file.parent.mkdir()
    file.write_text(f'[storage]\ngazetteer = "{PROJECT / "data" / "gazetteer"}"\n')
    return read_settings(file, environment={})


@pytest.fixture
def ingest() -> Callable[..., Receipt]:
    """`ingest(settings, path, …)`: the plain pipeline, in this process."""

    def run(settings: Settings, *wanted: str | Path) -> Receipt:
        parameters = IngestParameters(sources=[str(item) for item in wanted])
        return run_ingest(parameters, settings, Inline(), Silent())

    return run


@pytest.fixture
def reprocess() -> Callable[..., Receipt]:
    """`reprocess(settings)`: all days of the lake again, in this process."""

    def run(settings: Settings, missing: bool = False) -> Receipt:
        parameters = ReprocessParameters(start=date(2000, 1, 1), end=date(2100, 1, 1), missing=missing)
        return run_reprocess(parameters, settings, Inline(), Silent())

    return run
