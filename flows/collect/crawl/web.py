"""The web, as a synchronous caller sees it: started when it is first needed, one outcome after the other.

In: the items of a plan that are of the web. Out: `Page` and `Refused`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched

from flows.collect.client.network import user_agent
from flows.collect.crawl.crawl import Crawl, Order
from flows.collect.crawl.listing_reader import Wanted
from flows.collect.crawl.scopes import Scope, scope_of
from flows.collect.desk import Desk
from flows.collect.discovery.known_page import Found
from flows.collect.plan import WEB_KINDS, Item
from transforms.collect.address import normalised
from transforms.collect.page import Page, Refused
from transforms.collect.wire import host_of

ADDED_AT_ONCE = 500
PATIENCE_SECONDS = 0.05


class Web:
    """One crawl, or none when nothing of the web is wanted."""

    def __init__(
        self,
        plan: Sequence[Item],
        desk: Desk,
        *,
        since: date | None,
        again: bool,
    ) -> None:
        self._items = [item for item in plan if item.kind in WEB_KINDS]
        self._desk = desk
        self._since = since
        self._again = again
        self._crawl: Crawl | None = None

    @property
    def was_started(self) -> bool:
        """Whether anything was asked of the web."""
        return self._crawl is not None

    def start_if_needed(self) -> None:
        """Start if the plan needs the web. Raises NoContact."""
        if self._items:
            self._start()

    def add(self, scope: Scope, found: Sequence[Found]) -> Iterator[Page | Refused]:
        """Ask for more pages; meanwhile what is ready. Raises NoContact."""
        crawl = self._start()
        for some in batched(found, ADDED_AT_ONCE):
            noted = crawl.add(scope, some)
            while not noted.done() and not crawl.is_over:
                yield from crawl.take(PATIENCE_SECONDS)
            if noted.done():
                noted.result()

    def ready(self) -> Iterator[Page | Refused]:
        """What has come, without waiting."""
        if self._crawl:
            yield from self._crawl.take(0)

    def rest(self) -> Iterator[Page | Refused]:
        """All that is still to come."""
        if self._crawl:
            self._crawl.finish()
            while outcomes := self._crawl.take():
                yield from outcomes

    def close(self) -> None:
        """End the crawl, finished or not."""
        if self._crawl:
            self._crawl.stop()

    def _start(self) -> Crawl:
        if self._crawl is None:
            user_agent(self._desk.politeness.contact)
            self._crawl = Crawl(self._order(), self._desk)
            # A caller who fails may keep the iterator alive in his traceback; the crawl must end all the same.
            self._desk.discovery.before_close(self._crawl.stop)
            self._crawl.start()
        return self._crawl

    def _order(self) -> Order:
        scopes: dict[str, Scope] = {}
        listings: list[Wanted] = []
        found: dict[str, Found] = {}
        for item in self._items:
            asked = normalised(item.value)
            scope = scope_of(item.source, asked, self._desk.politeness)
            scopes.setdefault(scope.name, scope)
            if item.kind == "url":
                source = scope.source_of(asked)
                found.setdefault(asked, Found(asked, host_of(asked), source, scope.name, is_direct=True))
            else:
                listings.append(Wanted(asked, scope, item.kind))
        return Order(scopes, tuple(listings), tuple(found.values()), self._since, self._again)
