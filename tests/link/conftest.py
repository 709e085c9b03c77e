"""The real model and the real gazetteer, loaded once for all tests of linking.

The gazetteer is the one of the checkout (`data/gazetteer`), built on first use: half a minute, once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.gazetteer import open_gazetteer
from transforms.find.mentions import Mention, find_mentions
from transforms.find.model import load_model
from transforms.link import link_places
from transforms.link.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer(ROOT / "data" / "gazetteer")


@pytest.fixture(scope="session")
def model() -> Any:
    return load_model()


@pytest.fixture(scope="session")
def read(model: Any, gazetteer: Gazetteer) -> Callable[..., list[Mention]]:
    """What a text gives, from letters to linked mentions."""

    def read(text: str, source_country: str | None = None) -> list[Mention]:
        return link_places(text, find_mentions([text], model)[0], gazetteer, source_country=source_country)

    return read
