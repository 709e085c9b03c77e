"""The discovery state: which addresses are known, what came of them, and when each is to be asked for again.

In: what listings name and what visits bring. Out: what to ask for next, and what was found before. It is kept in the
state file, or in PostgreSQL when several machines collect for one lake.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Self

from flows.collect.archive.archive import now as now_utc
from flows.collect.client.hosts import Remembered
from flows.collect.discovery import frontier, known_listings, runs, visits
from flows.collect.discovery.database import Database, discovery_address
from flows.collect.discovery.frontier import Work
from flows.collect.discovery.known_listings import KnownListing
from flows.collect.discovery.known_page import Found, KnownPage, Visit
from flows.collect.discovery.standing import Standing, how_it_stands
from flows.collect.discovery.tables import micros
from flows.collect.discovery.visits import Silence, VisitCount

__all__ = ["Discovery", "Silence", "Standing", "VisitCount", "discovery_address"]


class Discovery:
    """The state at a database address; one object for each run. Also the client's memory of sites (`HostMemory`).

    May be used from several threads. Every method raises StateError when the database cannot be used.
    """

    def __init__(self, address: str, *, clock: Callable[[], datetime] = now_utc) -> None:
        """`address` is `sqlite:////path/to/file` or `postgresql://…`, see `discovery_address`; opened on first use."""
        self._database = Database(address)
        self._clock = clock
        self._position = 0
        self._runs: list[str] = []
        self._users: list[Callable[[], None]] = []

    @property
    def name(self) -> str:
        """What to call the database in messages."""
        return self._database.name

    def begin(self) -> str:
        """Begin a run; its name. What an earlier run of this object claimed is given up."""
        with self._database.changing() as connection:
            for run in self._runs:
                _end(connection, run)
            visits.prune(connection, self._clock())
            known_listings.prune(connection, self._clock())
            run = runs.begin_run(connection, self._clock())
        self._runs.append(run)
        return run

    def renew(self, run: str) -> None:
        """Say that the run is alive; to be called every few minutes."""
        with self._database.changing() as connection:
            runs.renew_run(connection, run, self._clock())

    def release(self, run: str) -> None:
        """Give up what the run has claimed and not asked for."""
        with self._database.changing() as connection:
            frontier.release(connection, run)

    def give_up(self, run: str) -> None:
        """Note that the caller wanted no more: what was handed on to the run cannot be settled any more."""
        with self._database.changing() as connection:
            frontier.release(connection, run)
            frontier.take_back(connection, run)

    def add(self, found: Sequence[Found], work: Work, *, again: bool = False) -> Standing:
        """Note what a listing names, each address once; the run is to have the outcome of all of it.

        What is known already is noted as handed on. `again`: ask for all of it anew.
        """
        now = self._clock()
        with self._database.changing() as connection:
            pages = frontier.add_found(connection, found, work, now, self._take_positions(len(found)), again=again)
            standing = how_it_stands(pages, work, runs.live_runs(connection, now), now)
            frontier.hand_on(connection, [page.asked for page in standing.known], work.run)
        return standing

    def due_hosts(self, work: Work) -> list[str]:
        """The hosts that have pages to be asked for now, whether a listing still names them or not."""
        with self._database.changing() as connection:
            now = self._clock()
            return frontier.due_hosts(connection, work, runs.live_runs(connection, now), now)

    def claim(self, host: str, work: Work, count: int, *, only_direct: bool = False) -> list[KnownPage]:
        """Up to `count` pages to be asked for now, new ones first; no other run gets them until this one is over.

        `only_direct`: only those that were named themselves, by whoever started the run or its source.
        """
        with self._database.changing() as connection:
            return frontier.claim(connection, host, work, self._clock(), count, only_direct=only_direct)

    def record(self, pages: Sequence[KnownPage], made: Sequence[Visit]) -> None:
        """Note what came of visits."""
        with self._database.changing() as connection:
            frontier.record(connection, pages, self._take_positions(len(pages)))
            visits.add_visits(connection, made)

    def unsettled(self, work: Work, count: int, after: str = "") -> list[KnownPage]:
        """Up to `count` pages that were handed on to a run that died, noted as handed on to this one."""
        with self._database.changing() as connection:
            live = runs.live_runs(connection, self._clock())
            pages = frontier.unsettled(connection, work, live, count, after)
            frontier.hand_on(connection, [page.asked for page in pages], work.run)
        return pages

    def lose(self, asked: Sequence[str]) -> None:
        """Note that the archive does not hold these pages any more, so that they are asked for again."""
        with self._database.changing() as connection:
            frontier.lose(connection, asked, self._clock())

    def settle(self) -> int:
        """Note that all that was handed on to the runs of this object is published; how many outcomes that are.

        To be called when the tables are written. What is not settled is handed on again by the next run that asks for
        the same sources, also when no listing names it any more.
        """
        with self._database.changing() as connection:
            return frontier.settle(connection, self._runs)

    def listing(self, asked: str) -> KnownListing | None:
        """What is known of a listing."""
        with self._database.changing() as connection:
            return known_listings.listing(connection, asked)

    def keep_listing(self, known: KnownListing) -> None:
        """Note a listing that was read to its end."""
        with self._database.changing() as connection:
            known_listings.keep_listing(connection, known)

    def recall(self, origin: str, path: str) -> Remembered | None:
        """A file of a site (robots.txt, tdmrep.json) if it was asked for within 24 hours."""
        with self._database.changing() as connection:
            return known_listings.recall(connection, origin, path, self._clock())

    def remember(self, origin: str, path: str, remembered: Remembered) -> None:
        """Keep a file of a site."""
        with self._database.changing() as connection:
            known_listings.remember(connection, origin, path, remembered)

    def rest_until(self, host: str) -> datetime | None:
        """Until when a host asked to be left alone, None when it may be asked."""
        with self._database.changing() as connection:
            return known_listings.rest_until(connection, host, self._clock())

    def let_rest(self, host: str, until: datetime) -> None:
        """Leave a host alone until then, in the next runs too."""
        with self._database.changing() as connection:
            known_listings.let_rest(connection, host, until)

    def visit_counts(self, first: date, last: date) -> list[VisitCount]:
        """What came of the visits from `first` to `last` (UTC days, both included), by source and day."""
        with self._database.changing() as connection:
            return visits.visit_counts(connection, first, last)

    def silences(self, now: datetime) -> list[Silence]:
        """When each source last had a new page, and the longest it had been without one before."""
        with self._database.changing() as connection:
            return visits.silences(connection, now)

    def before_close(self, end: Callable[[], None]) -> None:
        """Let whoever works with the state be ended before it is closed, also when an error closes it."""
        self._users.append(end)

    def close(self) -> None:
        """End the runs of this object and close the database. What was not settled is left to the next run."""
        while self._users:
            self._users.pop()()
        if self._runs:
            with self._database.changing() as connection:
                for run in self._runs:
                    _end(connection, run)
        self._runs.clear()
        self._database.close()

    def __enter__(self) -> Self:
        """The state itself."""
        return self

    def __exit__(self, *_: Any) -> None:
        """See `close`."""
        self.close()

    def _take_positions(self, count: int) -> int:
        # What is found later comes later, in one run and from run to run, even while the clock stands.
        self._position = max(self._position, micros(self._clock()))
        self._position += count
        return self._position - count


def _end(connection: Any, run: str) -> None:
    frontier.release(connection, run)
    runs.end_run(connection, run)
