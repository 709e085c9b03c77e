"""How the tests share two cores: those of one file stay together, and those of the one Prefect server do too."""

import sys
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

sys.path.insert(0, str(Path(__file__).parent))  # for in_one_process.py

ORCHESTRATION = Path(__file__).parent / "orchestration"


class ByFile(LoadScopeScheduling):
    """Gives a file of tests to one process, and all files of the one Prefect server to one.

    xdist's own groups are names it writes into the ids of tests, which pytest 9.2 does not let it do any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.partition("::")[0])
        return str(ORCHESTRATION if ORCHESTRATION in (self.config.rootpath / file).parents else file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """The scheduler of `--dist loadscope`."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The orchestration tests mostly wait, so they go first, beside all others."""
    items.sort(key=lambda item: ORCHESTRATION not in item.path.parents)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their length: compressed ones differ from second to second, and both processes must agree."""
    return f"{argname}-{len(val)}" if isinstance(val, bytes) and not val.isascii() else None
