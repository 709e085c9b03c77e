"""Addresses are asked for as they were meant, in ASCII, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.collect.wire import NotAskable, host_of, origin_of, wire_address


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org?q", "https://example.org/?q"),
        ("HTTPS://Example.ORG:443/Path", "https://example.org/Path"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://example.org:/a", "http://example.org/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("http://EXAMPLE.org/a#part", "http://example.org/a"),
        ("  http://example.org/a\n", "http://example.org/a"),
        ("http://example.org/a b", "http://example.org/a%20b"),
        ("http://example.org/café?q=é", "http://example.org/caf%C3%A9?q=%C3%A9"),
        ("http://example.org/%7e%2F%zz", "http://example.org/%7e%2F%zz"),
        ("http://example.org/a?b=1&b=2+3%20;c[]=x|y", "http://example.org/a?b=1&b=2+3%20;c[]=x|y"),
        ('http://example.org/a\\b"<>', "http://example.org/a%5Cb%22%3C%3E"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/../../a", "http://example.org/a"),
        ("http://example.org/a/..", "http://example.org/"),
        ("http://example.org/a/b/..", "http://example.org/a/"),
        ("http://example.org/a/%2E%2e/b", "http://example.org/b"),
        ("http://example.org/a...b/.well-known/", "http://example.org/a...b/.well-known/"),
        ("http://example.org//a//b", "http://example.org//a//b"),
        ("http://my_site.example.org/", "http://my_site.example.org/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://BÜCHER.example/", "http://xn--bcher-kva.example/"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_the_form_that_is_sent(written: str, sent: str) -> None:
    assert wire_address(written) == sent
    assert wire_address(sent) == sent


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "not an http or https address"),
        ("a.html", "not an http or https address"),
        ("//example.org/a", "not an http or https address"),
        ("ftp://example.org/a", "not an http or https address"),
        ("file:///etc/passwd", "not an http or https address"),
        ("mailto:desk@example.org", "not an http or https address"),
        ("http:/a", "not an http or https address"),
        ("http://:80/", "not an http or https address"),
        ("http://[::1/", "is not an address"),
        ("http://example.org:99999/", "is not an address"),
        ("http://example.org:http/", "is not an address"),
        ("http://exa mple.org/", "is not an address"),
        ("http://example.org%2f/", "is not an address"),
        ("http://%\u00bc/", "is no host"),
        ("http://\u2603%00.example/", "is no host"),
        ("http://reader@example.org/", "user name or password"),
        ("http://reader:secret@example.org/", "user name or password"),
        ("http://:@example.org/", "user name or password"),
        ("http://reader:secret@[::1/", "is not an address"),
        ("http://example.org/" + "a" * 9000, "an address of 9,019 characters"),
    ],
)
def test_what_is_not_asked_for(written: str, problem: str) -> None:
    with pytest.raises(NotAskable, match=problem) as refused:
        wire_address(written)
    assert "secret" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_parts() -> None:
    assert origin_of("http://example.org:8080/a?b") == "http://example.org:8080"
    assert (host_of("http://Example.org:8080/a"), host_of("http://[x"), host_of("a")) == ("example.org", "", "")


@given(st.text(max_size=60))
def test_any_text_is_sent_in_ascii_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            sent = wire_address(written)
        except NotAskable:
            continue
        assert sent.isascii()
        assert not any(mark.isspace() for mark in sent)
        assert wire_address(sent) == sent
