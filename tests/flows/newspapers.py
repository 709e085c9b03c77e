"""Two newspapers on loopback and a WARC file of a third, for the end-to-end tests of collect.

`Papers` is the web server: a feed, a sitemap and their pages, all with an ETag; it remembers what it was asked, and can
keep one answer back. `Project` is the desk that collects them.
"""

import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Self

import duckdb
import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.collect.archive.archive import Archive
from flows.publish.verify import verify
from flows.settings import read_settings

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "collect"))  # for warc_standard.py
from warc_standard import kinds  # noqa: E402
from warc_standard import problems as warc_problems  # noqa: E402

FIRST_DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)
TOWNS = ("Konin", "Porto", "Tartu", "Cork", "Gdynia", "Malmö", "Lleida", "Namur", "Pécs", "Turku")
CRIMES = ("flooded mill", "closed ferry line", "striking bakers", "new tram depot", "stolen church bell")
PAGE = """<!doctype html><html lang="en"><head><title>{headline}</title>
<meta property="article:published_time" content="{day}"></head><body><article><h1>{headline}</h1>
<p>The council of {town} met for {number} hours on Monday about the {matter}, longer than at any time since the storm
of January, and sent {people} people home before it came to a vote.</p>
<p>"We owe the town an answer before spring," said Teresa Prado, who leads the committee for the {matter}. Her {number}
colleagues had asked the ministry for {people} thousand euros and received nothing so far.</p>
<p>Shopkeepers in {town} hope that the queue for permits, now {people} names long, will be shorter by Friday, when
the mayor, Jonas Lind, returns from Brussels with news of fund number {number}.</p></article></body></html>"""


def page(number: int) -> bytes:
    """News page number N, its own town, day and numbers."""
    town, matter = TOWNS[number % len(TOWNS)], CRIMES[number // len(TOWNS) % len(CRIMES)]
    return PAGE.format(
        headline=f"{town} votes on the {matter}, session {number}",
        day=(FIRST_DAY + timedelta(hours=number)).isoformat(),
        town=town,
        matter=matter,
        number=number + 3,
        people=410 + 7 * number,
    ).encode()


RSS, XML = "application/rss+xml", "application/xml"


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


def sitemap(*links: str) -> bytes:
    named = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>'.encode()


@dataclass(frozen=True)
class Asked:
    """One request: its path, whether it was conditional, and what was answered."""

    path: str
    conditional: bool
    status: int


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:  # a collector that was killed hangs up
        pass


class Papers:
    """The web server. `pages` are those of the feed, then those of the sitemap, which names the first one too."""

    def __init__(self, count: int = 6) -> None:
        self.asked: list[Asked] = []
        self._lock = Lock()
        self._released, self.is_holding, self._until_held = Event(), Event(), -1
        papers = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                papers.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._answers = self._written(count)

    def forget(self) -> None:
        """From now on neither feed nor sitemap names anything, as when a day has passed."""
        self._answers |= {"/rss.xml": (RSS, rss()), "/sitemap.xml": (XML, sitemap())}

    def _written(self, count: int) -> dict[str, tuple[str, bytes]]:
        of_feed, of_map = [f"/feed/{n}" for n in range(count)], [f"/map/{n}" for n in range(count, 2 * count)]
        self.pages = [self.url + path for path in (*of_feed, *of_map)]
        answers = {path: ("text/html; charset=utf-8", page(n)) for n, path in enumerate((*of_feed, *of_map))}
        answers["/rss.xml"] = (RSS, rss(*self.pages[:count]))
        answers["/sitemap.xml"] = (XML, sitemap(*self.pages[count:], self.pages[0]))
        answers["/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow: /private/\n")
        return answers

    def hold(self, count: int) -> None:
        """Keep back the answer to page number `count` that is asked for from now on, until `release`."""
        self._until_held, self.is_holding = count, Event()
        self._released.clear()

    def release(self) -> None:
        self._released.set()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        media_type, body = self._answers.get(request.path, ("text/plain", b""))
        status = 200 if request.path in self._answers else 404
        etag = f'"{sha256(body).hexdigest()[:12]}"'
        condition = request.headers.get("If-None-Match")
        if status == 200 and condition == etag:
            status, body = 304, b""
        with self._lock:
            self.asked.append(Asked(request.path, condition is not None, status))
            self._until_held -= f"{self.url}{request.path}" in self.pages
            is_held = self._until_held == 0 and not self.is_holding.is_set()
        if is_held:
            self.is_holding.set()
            self._released.wait(60)
        with suppress(ConnectionError):  # whoever asked may have been killed
            request.send_response(status)
            request.send_header("Content-Type", media_type)
            request.send_header("Content-Length", str(len(body)))
            request.send_header("ETag", etag)
            request.end_headers()
            request.wfile.write(body)

    def requests(self, since: int = 0) -> Counter[str]:
        """How often each path was asked for."""
        with self._lock:
            return Counter(asked.path for asked in self.asked[since:])

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()


def write_warc(file: Path, count: int = 4) -> list[str]:
    """A WARC file as a crawler leaves it, a page each record; the addresses."""
    urls = [f"https://archived.example/{number}" for number in range(count)]
    with file.open("wb") as stream:
        writer: Any = WARCWriter(stream, gzip=True, warc_version="1.0")
        for number, url in enumerate(urls, start=100):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            fields = {"WARC-Date": "2026-03-09T10:00:00Z"}
            body = BytesIO(page(number))
            writer.write_record(
                writer.create_warc_record(url, "response", payload=body, http_headers=http, warc_headers_dict=fields)
            )
    return urls


class Project:
    """A project with three sources: the feed, the sitemap and the WARC file."""

    def __init__(self, home: Path, papers: Papers) -> None:
        self.home, self.papers = home, papers
        (home / "config" / "sources").mkdir(parents=True)
        self.file = home / "config" / "copydesk.toml"
        self.file.write_text(
            f'[storage]\ngazetteer = "{ROOT / "data" / "gazetteer"}"\n[engine]\nworkers = 2\nbatch_size = 4\n'
            '[politeness]\ncontact = "mailto:desk@example.org"\npause_seconds = 0.0\n'
        )
        self.archived = write_warc(home / "old_times.warc.gz")
        self._add("gazette", feeds=[f"{papers.url}/rss.xml"], allow_private=True)
        self._add("courier", sitemaps=[f"{papers.url}/sitemap.xml"], allow_private=True)
        self._add("old_times", warcs=["old_times.warc.gz"])
        self.storage = read_settings(self.file, environment={}).storage

    def _add(self, key: str, **source: Any) -> None:
        (self.home / "config" / "sources" / f"{key}.yaml").write_text(yaml.safe_dump(source | {"country": "PT"}))

    @property
    def pages(self) -> set[str]:
        """The addresses of all articles."""
        return {*self.papers.pages, *self.archived}

    def articles(self) -> list[tuple[str, str, str]]:
        """Address, source and text of every row of the articles."""
        files = f"{self.storage.lake}/articles/**/*.parquet"
        return duckdb.sql(f"SELECT url, source, text FROM read_parquet('{files}') ORDER BY ALL").fetchall()

    def problems(self) -> list[str]:
        """What is not there exactly once, or not as it should be; empty when all is well."""
        held, rows = kinds(self.storage.raw), Counter(url for url, _, _ in self.articles())
        archived = {url: held["response", "page", url] + held["resource", "page", url] for url in self.pages}
        found = [f"{url} is archived {times} times" for url, times in archived.items() if times != 1]
        found += [f"{url} is in the lake {rows[url]} times" for url in self.pages | rows.keys() if rows[url] != 1]
        found += [f"{url}: {text[:60]!r}" for url, _, text in self.articles() if "the mayor, Jonas Lind" not in text]
        found += [problem for file in self.storage.raw.glob("*/*.warc.gz") for problem in warc_problems(file)]
        with Archive(self.storage.raw, self.storage.state) as archive:
            return found + verify(self.storage.lake, self.storage.state, archive.check).problems
