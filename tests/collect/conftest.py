"""A desk to collect at: an archive in a temporary folder, a clock that stands, and real web servers on loopback."""

import asyncio
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Event, Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from flows.collect.archive.archive import Archive
from flows.collect.client.exchange import EVERY_HOST, Errand
from flows.collect.client.fetcher import Failed, Fetched, Fetcher, Unchanged
from flows.collect.collect import collect
from flows.collect.sources import Source
from flows.settings import Politeness
from transforms.collect.page import Page, Refused

ROBOTS = "/robots.txt"
TDMREP = "/.well-known/tdmrep.json"
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
    requests: list[dict[str, str]] = field(default_factory=list)
    user_agents: set[str] = field(default_factory=set)
    url: str = ""

    @property
    def pages_asked(self) -> list[str]:
        """What was asked for besides the files in which a site speaks of itself."""
        return [path for path in self.asked if path not in (ROBOTS, TDMREP)]

    def headers_of(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path, their names in lower case."""
        return [headers for asked, headers in zip(self.asked, self.requests, strict=True) if asked == path]

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
        wbufsize = -1  # one packet for headers and body, which spares waiting 40 ms for an acknowledgement

        def do_GET(self) -> None:
            site.requests.append({name.lower(): value for name, value in self.headers.items()})
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


RESET = "reset the connection"
Step = bytes | float | str | Iterator[bytes]
"""What a `Liar` does: sends bytes, waits so many seconds, resets the connection, sends what an iterator gives."""


@dataclass
class Liar:
    """A server that says anything at all, byte for byte, and hangs up after it; it has no robots.txt.

    `steps` are by path, called anew for each request; of a path that is not there nothing is said.
    """

    host: str
    steps: dict[str, Callable[[], list[Step]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0
    tls: SSLContext | None = None
    over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    def say(self, path: str, *steps: Step) -> str:
        self.steps[path] = lambda: list(steps)
        return self.url + path

    def answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (more := connection.recv(65536)):
                return
            request += more
        path = request.split()[1].decode()
        self.asked.append(path)
        absent: list[Step] = [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"]
        steps = self.steps.get(path, lambda: absent if path in (ROBOTS, TDMREP) else [])
        for step in steps():
            if isinstance(step, bytes):
                connection.sendall(step)
            elif isinstance(step, float):
                self.over.wait(step)
            elif isinstance(step, str):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            else:
                for part in step:
                    if self.over.is_set():
                        return
                    connection.sendall(part)

    def serve(self, server: socket.socket) -> None:
        while not self.over.is_set():
            connection, _ = server.accept()
            Thread(target=self.attend, args=(connection,), daemon=True).start()

    def attend(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            if self.tls is None:
                self.answer(connection)
                return
            with self.tls.wrap_socket(connection, server_side=True) as wrapped:
                self.answer(wrapped)


@pytest.fixture
def liars() -> Iterator[Callable[..., Liar]]:
    """Starts servers that lie: on another loopback address than 127.0.0.1, with TLS, as is wanted."""
    started: list[tuple[Liar, socket.socket, Thread]] = []

    def start(host: str = "127.0.0.1", tls: SSLContext | None = None) -> Liar:
        server = socket.create_server((host, 0))
        liar = Liar(host, port=server.getsockname()[1], tls=tls)
        thread = Thread(target=liar.serve, args=(server,))
        thread.start()
        started.append((liar, server, thread))
        return liar

    yield start
    for liar, server, thread in started:
        liar.over.set()
        with suppress(OSError):
            socket.create_connection(server.getsockname(), 1).close()
        thread.join()
        server.close()


@pytest.fixture(scope="session")
def make_tls(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[SSLContext, Path]]:
    """Makes a server's TLS context for a host, and the file with its certificate, signed by itself."""

    def make(host: str = "127.0.0.1", *, has_expired: bool = False) -> tuple[SSLContext, Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "the harbour")])
        alternative = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        today = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - timedelta(days=30))
            .not_valid_after(today + timedelta(days=-1 if has_expired else 1))
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .sign(key, SHA256())
        )
        file = tmp_path_factory.mktemp("tls") / "harbour.pem"
        public = certificate.public_bytes(Encoding.PEM)
        file.write_bytes(public + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context, file

    return make


@pytest.fixture
def liar(liars: Callable[..., Liar]) -> Liar:
    return liars()


@dataclass
class Desk:
    """Collects into a temporary archive; seconds pass only by sleeping, the time of day only when it is set."""

    folder: Path
    archive: Archive
    sources: dict[str, Source] = field(default_factory=dict)
    politeness: Politeness = field(
        default_factory=lambda: Politeness(contact="mailto:desk@example.org", max_bytes=50_000)
    )
    moment: datetime = NOON
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
                clock=self.clock,
                monotonic=lambda: self.seconds,
                sleep=self.nap,
            )
        )

    def clock(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    async def nap(self, seconds: float) -> None:
        self.sleep(seconds)

    def fetch(
        self, *errands: str | Errand, memory: Any = None, at_once: bool = False, **politeness: Any
    ) -> list[Fetched | Failed | Unchanged]:
        """What one run of the HTTP client makes of each errand, one after the other unless `at_once`."""
        wanted = [Errand(item, "harbour", EVERY_HOST) if isinstance(item, str) else item for item in errands]
        fetcher = self.fetcher(memory, **politeness)

        async def run() -> list[Fetched | Failed | Unchanged]:
            try:
                if at_once:
                    return list(await asyncio.gather(*map(fetcher.fetch, wanted)))
                return [await fetcher.fetch(errand) for errand in wanted]
            finally:
                await fetcher.close()

        return asyncio.run(run())

    def fetcher(self, memory: Any = None, **politeness: Any) -> Fetcher:
        return Fetcher(
            self.politeness.model_copy(update=politeness),
            self.archive,
            memory,
            clock=self.clock,
            monotonic=lambda: self.seconds,
            sleep=self.nap,
            jitter=lambda: 0.0,
        )

    def read(self, page: Page | Refused) -> bytes:
        assert page.raw_file is not None
        assert page.raw_offset is not None
        return self.archive.read(page.raw_file, page.raw_offset)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "news").mkdir()
    with Archive(tmp_path / "raw", tmp_path / "state.db", clock=lambda: desk.moment) as archive:
        desk = Desk(tmp_path, archive)
        yield desk
