"""What a run collects for: a source with its rules, or an address that somebody typed.

In: sources, settings. Out: `Scope`, which says how its pages are to be asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flows.collect.client.exchange import EVERY_HOST
from flows.collect.sources import Source
from flows.settings import Politeness


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose pages they are and by which rules they are asked for.

    `name` is the source's key, or the address that was typed; `source` is None for the latter, whose pages belong to
    the host they lie on. `private` are the hosts that may have private addresses.
    """

    name: str
    source: str | None
    private: frozenset[str]
    revisit_after: Sequence[timedelta]
    respect_tdm: bool
    pause_seconds: float | None = None
    follow: str | None = None

    def source_of(self, url: str) -> str:
        """The source that a page at this address belongs to."""
        return self.source or host_name(url)


def scope_of(source: Source | None, address: str, politeness: Politeness, name: str | None = None) -> Scope:
    """The scope of a source; without one that of an address, whose pages may belong to a `name`."""
    return scope_of_source(source, politeness) if source else scope_of_address(address, politeness, name)


def respects_tdm(source: Source | None, politeness: Politeness) -> bool:
    """Whether a reservation of text and data mining keeps pages out: as the source's file says, else the settings."""
    stated = source.respect_tdm if source else None
    return politeness.respect_tdm if stated is None else stated


def scope_of_source(source: Source, politeness: Politeness) -> Scope:
    """The scope of a source; what its file leaves out is as the settings say."""
    return Scope(
        name=source.key,
        source=source.key,
        private=EVERY_HOST if source.allow_private else frozenset(),
        revisit_after=politeness.revisit_after if source.revisit_after is None else source.revisit_after,
        respect_tdm=respects_tdm(source, politeness),
        pause_seconds=source.pause_seconds,
        follow=source.follow,
    )


def scope_of_address(address: str, politeness: Politeness, source: str | None = None) -> Scope:
    """The scope of an address that was typed, or of a file of addresses.

    Whoever types an address of this machine or network means it; only links that lead there are a trap.
    """
    host = (urlsplit(address).hostname or "").lower()
    return Scope(
        name=address,
        source=source,
        private=frozenset({host} if host else ()),
        revisit_after=politeness.revisit_after,
        respect_tdm=politeness.respect_tdm,
    )


def host_name(url: str) -> str:
    """The host of an address as the name of a source: without `www.`.

    >>> host_name("https://www.example.org/a")
    'example.org'
    """
    return (urlsplit(url).hostname or "web").lower().removeprefix("www.")
