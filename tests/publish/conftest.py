import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for newsroom.py, which the tests also run as a program


@pytest.fixture(autouse=True)
def no_power_cuts(monkeypatch):
    """These tests kill processes, not machines; waiting for the disk would make them ten times as long."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def lake(tmp_path):
    return tmp_path / "lake"


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state.db"


@pytest.fixture
def tree():
    """The bytes of every file that readers of a lake see."""

    def bytes_of(lake):
        return {
            file.relative_to(lake).as_posix(): file.read_bytes()
            for file in sorted(lake.rglob("*"))
            if file.is_file() and not file.relative_to(lake).as_posix().startswith("_")
        }

    return bytes_of
