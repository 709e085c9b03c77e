"""Only what is meant to be reached is reached: private networks, names, certificates, proxies."""

import asyncio
import socket
from typing import Any

import pytest

from flows.collect.client import addresses
from flows.collect.client.addresses import PrivateAddress, is_public, public_socket
from flows.collect.client.answers import Failed, Fetched
from flows.collect.client.exchange import Errand
from transforms.outcome import Reason

STORY = b"<p>seven boats</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LOCAL = frozenset({"127.0.0.1"})


def failure(outcome: Any) -> str:
    assert isinstance(outcome, Failed)
    return outcome.reject.detail


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0x7f.1",
        "2130706433",
        "127.1",
        "0.0.0.0",
        "169.254.169.254",
    ],
)
def test_this_machine_is_refused_unless_the_source_says_so(desk: Any, site: Any, host: str) -> None:
    port = site.url.rpartition(":")[2]
    (found,) = desk.fetch(Errand(f"http://{host}:{port}/a", "harbour"))
    assert found.reject.reason is Reason.ROBOTS_UNREACHABLE
    assert not found.is_temporary
    assert "a source that means it says `allow_private: true`" in failure(found) or "canonical" in failure(found)
    assert site.asked == []


def test_a_private_host_opens_no_other(desk: Any, site: Any) -> None:
    port = site.url.rpartition(":")[2]
    url = site.say("/a", {"status": 302, "headers": {"Location": f"http://localhost:{port}/b"}})
    (found,) = desk.fetch(Errand(url, "harbour", LOCAL))
    assert "localhost is 127.0.0.1, an address of this machine" in failure(found) or "::1" in failure(found)
    assert site.pages_asked == ["/a"]


def test_a_name_that_changes_its_address(desk: Any, site: Any, liars: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: every answer of DNS is judged, not only the first one of a name."""
    public = liars("127.0.0.2")
    public.say("/a", OK + b"Connection: close\r\n\r\n" + STORY)
    answers = {str(public.port): "127.0.0.2", site.url.rpartition(":")[2]: "127.0.0.1"}
    real, asked = socket.getaddrinfo, []

    def look_up(host: str, port: Any, *rest: Any, **more: Any) -> Any:
        asked.append((host, str(port)))
        return real(answers[str(port)] if host == "harbour.example" else host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.2")
    first, second = desk.fetch(
        Errand(f"http://harbour.example:{public.port}/a", "harbour"),
        Errand(site.url.replace("127.0.0.1", "harbour.example") + "/a", "harbour"),
    )
    assert isinstance(first, Fetched), first
    assert "harbour.example is 127.0.0.1, an address of this machine" in failure(second)
    assert site.asked == []
    assert len(asked) == 2


def test_the_address_that_is_connected_to_is_judged_once_more() -> None:
    with pytest.raises(PrivateAddress, match=r"10\.0\.0\.1 is an address of this machine or a private network"):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.0.0.1", 80)))
    public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80))).close()


def test_a_resolver_that_is_fooled_is_not_enough(desk: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.collect.client.addresses.Resolver._may_be_private", True, raising=False)
    monkeypatch.setattr("flows.collect.client.network.Network._check", lambda *_: asyncio.sleep(0))
    monkeypatch.setattr("flows.collect.client.addresses.Resolver.resolve", _loopback)
    (found,) = desk.fetch(Errand(site.url.replace("127.0.0.1", "harbour.example") + "/a", "harbour"))
    assert "127.0.0.1 is an address of this machine" in failure(found)
    assert site.asked == []


async def _loopback(_: Any, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[dict[str, Any]]:
    return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.mark.parametrize(("code", "times"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, 3)])
def test_a_name_that_is_not_known(desk: Any, monkeypatch: pytest.MonkeyPatch, code: int, times: int) -> None:
    asked: list[object] = []

    def unknown(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(code, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (found,) = desk.fetch(Errand("http://nowhere.invalid/a", "harbour"))
    assert "the host's name is not known" in failure(found)
    assert found.reject.reason is Reason.ROBOTS_UNREACHABLE
    assert found.is_temporary
    assert asked == ["nowhere.invalid"] * times


@pytest.mark.parametrize("address", ["http://" + "a" * 70 + ".example/", "http://a..example/", "http://☃.example/"])
def test_names_that_no_host_has(desk: Any, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("flows.collect.client.addresses.LOOKUPS_AT_ONCE", 1)
    assert isinstance(desk.fetch(Errand(address, "harbour"))[0], Failed)


def test_a_name_in_any_script(desk: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *rest, **more: real("127.0.0.1", *rest, **more))
    site.page("/a", "one")
    port = site.url.rpartition(":")[2]
    (found,) = desk.fetch(f"http://Bücher.example:{port}/a")
    assert found.page.url == f"http://xn--bcher-kva.example:{port}/a"
    assert site.requests[-1]["host"] == f"xn--bcher-kva.example:{port}"


def test_nobody_listens(desk: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    (found,) = desk.fetch(f"http://127.0.0.1:{port}/a")
    assert found.reject.reason is Reason.ROBOTS_UNREACHABLE
    assert "refused" in failure(found)
    assert found.is_temporary


def test_a_page_over_tls(desk: Any, liars: Any, make_tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context, file = make_tls()
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    (found,) = desk.fetch(liars(tls=context).say("/a", OK + b"\r\n" + STORY))
    assert isinstance(found, Fetched), found
    assert desk.read(found.page) == STORY


@pytest.mark.parametrize(
    ("certificate", "is_trusted", "cause"),
    [
        ({}, False, "TLS failed: self-signed certificate"),
        ({"has_expired": True}, True, "TLS failed: certificate has expired"),
        ({"host": "other.example"}, True, "TLS failed: IP address mismatch"),
    ],
)
def test_certificates_that_prove_nothing(
    desk: Any,
    liars: Any,
    make_tls: Any,
    monkeypatch: pytest.MonkeyPatch,
    certificate: dict[str, Any],
    is_trusted: bool,
    cause: str,
) -> None:
    context, file = make_tls(**certificate)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    (found,) = desk.fetch(liars(tls=context).say("/a", OK + b"\r\n" + STORY))
    assert cause in failure(found)
    assert found.reject.reason is Reason.ROBOTS_UNREACHABLE
    assert desk.slept == []


def test_a_tls_port_that_speaks_plain_http(desk: Any, site: Any) -> None:
    assert "TLS failed" in failure(desk.fetch(site.url.replace("http:", "https:") + "/a")[0])


def test_a_proxy(desk: Any, liar: Any) -> None:
    url = "http://news.example/a"
    liar.say("http://news.example/robots.txt", b"HTTP/1.1 404 No\r\n\r\n")
    liar.say("http://news.example/.well-known/tdmrep.json", b"HTTP/1.1 404 No\r\n\r\n")
    liar.say(url, OK + b"\r\n" + STORY)
    (found,) = desk.fetch(Errand(url, "harbour"), proxy=f"http://desk:word@127.0.0.1:{liar.port}")
    assert isinstance(found, Fetched), found
    assert found.exchange.address is None
    assert not any(name.lower() == "proxy-authorization" for name, _ in found.exchange.request_headers)
    assert liar.asked[-1] == url


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1"])
def test_a_proxy_is_not_asked_for_private_addresses(desk: Any, liar: Any, host: str) -> None:
    (found,) = desk.fetch(Errand(f"http://{host}/a", "harbour"), proxy=liar.url)
    assert "private network" in failure(found)
    assert liar.asked == []


def test_a_proxy_of_the_environment_is_not_used(
    desk: Any, site: Any, liar: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", liar.url)
    monkeypatch.setenv("http_proxy", liar.url)
    assert isinstance(desk.fetch(site.page("/a", "one"))[0], Fetched)
    assert liar.asked == []
