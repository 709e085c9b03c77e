"""Speed and memory of collect against a server on this machine: 40 virtual hosts with 500 pages of 60 kB each.

usage: collect.py [--hosts 40] [--pages 500] [--kilobytes 60] [--folder DIR]

The server is a process of its own on the same cores. Three runs: everything is new; nothing is due, so that only the
sitemaps are asked for, conditionally; an hour later every page is due and asked for conditionally. Prints JSON.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from aiohttp import web

from flows.collect.archive.archive import Archive
from flows.collect.collect import collect
from flows.collect.discovery.discovery import Discovery
from flows.collect.sources import Source
from flows.settings import Politeness
from transforms.collect.page import Page

TEXT = "the harbour council said boats fishermen returned storm minister budget school river bridge votes price"
WORDS = tuple(TEXT.split(" "))
VARIANTS = 50
EARLY = 2_000
PAGES_PER_SECOND = 250
LARGEST_GROWTH = 1.2
LARGEST_SHARE = 0.25
"""Of the first run's time, for a second one over unchanged pages."""


def main() -> None:
    options = _options()
    with _server(options) as port, tempfile.TemporaryDirectory(dir=options.folder) as folder:
        _resolve_localhost()
        found = _Desk(Path(folder), port, options).measure()
    print(json.dumps(found, indent=2))
    if below := list(_below_floors(found)):
        sys.exit("\n".join(below))


def _below_floors(found: dict[str, Any]) -> Iterator[str]:
    speed = found["first run"]["pages_per_second"]
    growth, share = found["resident size, late / early"], found["second run, nothing due"]["share of time"]
    if speed < PAGES_PER_SECOND:
        yield f"{speed} pages/s; the floor is {PAGES_PER_SECOND}"
    if growth > LARGEST_GROWTH:
        yield f"memory grows to {growth} of what it was after {EARLY:,} pages; at most {LARGEST_GROWTH}"
    if share > LARGEST_SHARE:
        yield f"a second run takes {share} of the first's time; at most {LARGEST_SHARE}"


class _Desk:
    """Collects from all hosts."""

    def __init__(self, folder: Path, port: int, options: argparse.Namespace) -> None:
        self._folder = folder
        self._port = port
        self._total = options.hosts * options.pages
        self._sources = {
            name: Source(key=name, sitemaps=(f"http://{name}.localhost:{port}/sitemap.xml",), allow_private=True)
            for name in (f"h{number:02}" for number in range(options.hosts))
        }

    def measure(self) -> dict[str, Any]:
        first = self._run(timedelta(0))
        assert first["pages"] == self._total, f"{first['pages']} of {self._total} pages came"
        second = self._run(timedelta(minutes=5))
        third = self._run(timedelta(hours=1, minutes=5))
        return {
            "first run": first,
            "second run, nothing due": second | {"share of time": round(second["seconds"] / first["seconds"], 3)},
            "third run, all due": third | {"share of time": round(third["seconds"] / first["seconds"], 3)},
            "resident size, late / early": round(first["late_bytes"] / first["early_bytes"], 3),
        }

    def _run(self, later: timedelta) -> dict[str, Any]:
        politeness = Politeness(contact="mailto:desk@example.org", pause_seconds=0, host_seconds=86_400)
        before = self._counts()
        began, cpu, count, first_seconds, early, late = time.monotonic(), time.process_time(), 0, 0.0, 0, 0

        def clock() -> datetime:
            return datetime.now(UTC) + later

        with Archive(self._folder / "raw", self._folder / "state.db", clock=clock) as archive:
            state = Discovery(f"sqlite:///{self._folder / 'state.db'}", clock=clock)
            pages = collect(
                [],
                sources=self._sources,
                archive=archive,
                politeness=politeness,
                base=self._folder,
                discovery=state,
                clock=clock,
            )
            for page in pages:
                assert isinstance(page, Page), page
                count += 1
                first_seconds = first_seconds or time.monotonic() - began
                if count == min(EARLY, self._total):
                    early = resident_bytes()
                if count == self._total:
                    late = resident_bytes()
            state.settle()
            state.close()
        seconds = time.monotonic() - began
        return {
            "pages": count,
            "seconds": round(seconds, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
            "pages_per_second": round(count / seconds),
            "seconds_to_first_page": round(first_seconds, 2),
            "early_bytes": early,
            "late_bytes": late,
            "answers": dict(self._counts() - before),
        }

    def _counts(self) -> Counter[str]:
        with urlopen(f"http://127.0.0.1:{self._port}/_counts") as answer:
            return Counter(json.load(answer))


def resident_bytes() -> int:
    """Memory of this process that is in use now (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise OSError("this benchmark needs Linux: /proc/self/status has no VmRSS")


@contextmanager
def _server(options: argparse.Namespace) -> Iterator[int]:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs, options), daemon=True)
    server.start()
    yield mine.recv()
    server.terminate()
    server.join()


def _serve(pipe: Any, options: argparse.Namespace) -> None:
    asyncio.run(_serve_for_ever(pipe, options))


async def _serve_for_ever(pipe: Any, options: argparse.Namespace) -> None:
    site = _Sites(options)
    runner = web.ServerRunner(web.Server(site.answer, access_log=None))
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()


class _Sites:
    """What the virtual hosts answer; every page and sitemap has an ETag."""

    def __init__(self, options: argparse.Namespace) -> None:
        chance = random.Random(7)
        size = options.kilobytes * 1000
        self._bodies = [_prose(chance, size) for _ in range(VARIANTS)]
        self._pages = options.pages
        self._counts: Counter[str] = Counter()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        if request.path == "/_counts":
            return web.json_response(self._counts)
        body, media_type = self._page(request)
        if body is None:
            return self._counted("404", web.Response(status=404))
        etag = f'"{request.path}-1"'
        kind = "sitemap" if request.path == "/sitemap.xml" else "page"
        if request.headers.get("If-None-Match") == etag:
            return self._counted(f"304 {kind}", web.Response(status=304, headers={"ETag": etag}))
        response = web.Response(body=body, headers={"ETag": etag, "Content-Type": media_type})
        return self._counted(f"200 {kind}", response)

    def _page(self, request: web.BaseRequest) -> tuple[bytes | None, str]:
        if request.path == "/sitemap.xml":
            links = "".join(f"<url><loc>http://{request.host}/{n}</loc></url>" for n in range(self._pages))
            return f'<?xml version="1.0"?><urlset>{links}</urlset>'.encode(), "application/xml"
        if not request.path[1:].isdecimal():
            return None, ""
        title = f"<!doctype html><html><title>{request.host}{request.path}</title>".encode()
        return title + self._bodies[int(request.path[1:]) % VARIANTS], "text/html; charset=utf-8"

    def _counted(self, what: str, response: web.Response) -> web.Response:
        self._counts[what] += 1
        return response


def _prose(chance: random.Random, size: int) -> bytes:
    text = ""
    while len(text) < size:
        text += f"<p>{' '.join(chance.choices(WORDS, k=40))} {chance.random()}</p>\n"
    return text.encode()


def _resolve_localhost() -> None:
    """Let `*.localhost` be this machine also where the system does not know it."""
    look_up = socket.getaddrinfo

    def resolve(host: Any, *values: Any, **options: Any) -> Any:
        return look_up("127.0.0.1" if str(host).endswith(".localhost") else host, *values, **options)

    socket.getaddrinfo = resolve


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(sys.modules["__main__"].__doc__ or "").splitlines()[0])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--pages", type=int, default=500, help="pages of each host")
    parser.add_argument("--kilobytes", type=int, default=60, help="size of a page")
    parser.add_argument("--folder", type=Path, default=None, help="where archive and state are written for the time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
