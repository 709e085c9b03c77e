"""How the tests share two cores: those of one file stay together, and those of the one Prefect server do too."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for in_one_process.py

ORCHESTRATION = Path(__file__).parent / "orchestration"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group tests for `--dist loadgroup`. The orchestration tests mostly wait, so they go first, beside all others."""
    for item in items:
        together = ORCHESTRATION if ORCHESTRATION in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(together)))
    items.sort(key=lambda item: ORCHESTRATION not in item.path.parents)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their length: compressed ones differ from second to second, and both processes must agree."""
    return f"{argname}-{len(val)}" if isinstance(val, bytes) and not val.isascii() else None
