from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from in_one_process import Inline, Silent

from flows.parameters import IngestParameters, ReprocessParameters
from flows.pipeline import run_ingest, run_reprocess
from flows.receipt import Receipt
from flows.settings import Settings, read_settings

PROJECT = Path(__file__).parents[2]


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
