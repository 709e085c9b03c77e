"""What one run collects with, handed on as one thing.

In: nothing. Out: `Desk`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows.collect.archive.archive import Archive
from flows.collect.client.fetcher import Fetcher
from flows.collect.discovery.discovery import Discovery
from flows.settings import Politeness


@dataclass(frozen=True, slots=True)
class Desk:
    """The archive, what is known of the web, how we behave, the time of day (UTC), and how a client is made."""

    archive: Archive
    discovery: Discovery
    politeness: Politeness
    clock: Callable[[], datetime]
    make_fetcher: Callable[..., Fetcher]

    def fetcher(self) -> Fetcher:
        """A client; raises NoContact."""
        return self.make_fetcher(self.politeness, self.archive, self.discovery)
