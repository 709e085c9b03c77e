"""`copydesk sources check URL`: looks at a site and writes its source file.

In: an address, settings. Out: a `SiteReport`, and `config/sources/<name>.yaml`.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime

from flows.collect.archive.archive import Archive
from flows.collect.client.fetcher import Fetcher
from flows.collect.client.hosts import ShortMemory
from flows.collect.sources import is_web_address
from flows.problem import Problem
from flows.progress import Reporter
from flows.settings import Settings
from flows.sources.look import Look
from flows.sources.report import SiteReport
from flows.sources.source_file import FileIsThere, source_yaml, write_source
from transforms.collect.site import source_key
from transforms.collect.wire import NotAskable, wire_address


class BadAddress(Problem):
    """What was given is no address of a site; the message says what one looks like."""


def check_site(
    url: str,
    settings: Settings,
    *,
    name: str | None = None,
    write: bool = True,
    force: bool = False,
    reporter: Reporter | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SiteReport:
    """Look at the site of an address.

    Args:
        url: of a front page, section, feed or sitemap; "gazette.example" is taken for "https://gazette.example".
        settings: whose politeness holds; the archive takes all that is fetched.
        name: of the source; from the address when it is None.
        write: write the source file when there is anything to collect, otherwise only say what would stand there.
        force: replace a source file that is there.
        reporter: hears of each request.
        clock: the time of day, in UTC.

    Raises BadAddress, FileIsThere, NoContact before anything is asked; ArchiveError and StateError.
    """
    address = read_address(url)
    key = name or source_key(address)
    if not re.fullmatch(r"[\w.-]+", key):
        raise Problem(f"--name {key!r}: a source's name may hold letters, digits, '.', '_' and '-'")
    file = settings.sources / f"{key}.yaml"
    if write and not force and file.exists():
        raise FileIsThere(file)
    storage = settings.storage
    with Archive(storage.raw, storage.state) as archive:
        look = asyncio.run(_look(address, key, settings, archive, reporter, clock))
    report = look.report
    if report.best or report.section:
        report.yaml = source_yaml(report, is_private=look.is_private)
        if write:
            write_source(file, report.yaml)
            report.file = str(file)
    return report


def read_address(text: str) -> str:
    """An address as people type it, as one that can be asked. Raises BadAddress.

    >>> read_address("gazette.example/world"), read_address(" http://gazette.example ")
    ('https://gazette.example/world', 'http://gazette.example/')
    """
    address = text.strip()
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", address) and "." in address.partition("/")[0]:
        address = f"https://{address}"
    try:
        if is_web_address(address):
            return wire_address(address)
    except NotAskable as error:
        raise BadAddress(str(error)) from None
    raise BadAddress(f"{text!r} is no web address; write it as in https://gazette.example/world")


async def _look(
    address: str,
    key: str,
    settings: Settings,
    archive: Archive,
    reporter: Reporter | None,
    clock: Callable[[], datetime],
) -> Look:
    memory = ShortMemory(clock)

    def tell(count: int) -> None:
        if reporter:
            reporter.advance("look", count)

    fetcher = Fetcher(settings.politeness, archive, memory, clock=clock)
    try:
        look = Look(address, key, fetcher, memory, settings.politeness, clock, tell)
        await look.take()
    finally:
        await fetcher.close()
    return look
