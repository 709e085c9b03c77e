"""A desk to collect at: an archive in a temporary folder, a clock that stands, and a real web server on loopback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows.collect.archive import Archive
from flows.collect.collect import collect
from flows.collect.sources import Source
from flows.settings import Politeness
from transforms.collect.page import Page, Refused

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)


@dataclass
class Answer:
    """What the server says; `cut` closes the connection after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass
class Site:
    """A web site on loopback: answers by path (a list is used up to its last), and what it was asked."""

    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)
    url: str = ""

    def page(self, path: str, text: str) -> str:
        self.answers[path] = Answer(f"<html><p>{text}</p></html>".encode())
        return self.url + path

    def feed(self, path: str, *links: str) -> str:
        items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{items}</channel></rss>'
        self.answers[path] = Answer(body.encode(), media_type="application/rss+xml")
        return self.url + path

    def say(self, path: str, *answers: dict[str, Any]) -> str:
        """Answer so; of several answers the last one stays."""
        self.answers[path] = [Answer(**answer) for answer in answers]
        return self.url + path

    def answer(self, path: str) -> Answer:
        found = self.answers.get(path, Answer(b"nothing here", 404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.user_agents.add(self.headers["User-Agent"])
            answer = site.answer(self.path)
            self.send_response(answer.status)
            headers = {"Content-Type": answer.media_type, "Content-Length": str(len(answer.body))} | answer.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: answer.cut])
            self.close_connection = answer.cut is not None

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:  # a client that hangs up early is what some tests are about
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Desk:
    """Collects into a temporary archive; time passes only by sleeping."""

    folder: Path
    archive: Archive
    sources: dict[str, Source] = field(default_factory=dict)
    politeness: Politeness = field(
        default_factory=lambda: Politeness(contact="mailto:desk@example.org", max_bytes=50_000)
    )
    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def collect(self, *wanted: object, since: date | None = None, again: bool = False) -> list[Page | Refused]:
        return list(
            collect(
                [str(item) for item in wanted],
                sources=self.sources,
                archive=self.archive,
                politeness=self.politeness,
                base=self.folder,
                since=since,
                again=again,
                clock=lambda: NOON,
                monotonic=lambda: self.seconds,
                sleep=self.sleep,
            )
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def read(self, page: Page | Refused) -> bytes:
        assert page.raw_file is not None
        assert page.raw_offset is not None
        return self.archive.read(page.raw_file, page.raw_offset)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "news").mkdir()
    with Archive(tmp_path / "raw", tmp_path / "state.db", clock=lambda: NOON) as archive:
        yield Desk(tmp_path, archive)
