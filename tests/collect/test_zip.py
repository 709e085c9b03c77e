"""A zip is read like a folder; what zips are misused for is refused, and the other members are read."""

import io
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

PAGE = b"<p>news</p>"
Member = tuple[str | zipfile.ZipInfo, bytes]


def pack(desk: Any, *members: Member, name: str = "a.zip", method: int = zipfile.ZIP_DEFLATED) -> Path:
    path: Path = desk.folder / "news" / name
    with zipfile.ZipFile(path, "w", method) as archive:
        for member, body in members:
            archive.writestr(member, body)
    return path


def outcomes(found: Iterable[Page | Refused]) -> list[tuple[str, str]]:
    return [
        (item.url.rpartition("!/")[2], item.reject.reason if isinstance(item, Refused) else "page") for item in found
    ]


def test_a_zip_is_a_folder(desk: Any) -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": ["One.", "Two."]}), sink)
    path = pack(
        desk,
        ("b.html", PAGE),
        ("deep/er/a.txt", b"Rain."),
        ("deep/c.jsonl", b'{"text": "One."}\n[]\n'),
        ("d.csv", b"text\nOne.\n"),
        ("e.parquet", sink.getvalue()),
        ("story.php", b"<!doctype html><p>x"),
        ("empty.md", b""),
        ("photo.jpg", b"\xff\xd8"),
        ("README.md", b"about"),
        (".hidden.html", PAGE),
        ("__MACOSX/b.html", PAGE),
        ("folder/", b""),
    )
    found = desk.collect(path)
    assert outcomes(found) == [
        ("b.html", "page"),
        ("deep/er/a.txt", "page"),
        ("deep/c.jsonl#line=1", "page"),
        ("deep/c.jsonl#line=2", Reason.NOT_JSON),
        ("d.csv#row=1", "page"),
        ("e.parquet#row=1", "page"),
        ("e.parquet#row=2", "page"),
        ("story.php", "page"),
        ("empty.md", Reason.EMPTY),
        ("photo.jpg", Reason.UNKNOWN_KIND),
    ]
    assert found[0].url == f"{path.as_uri()}!/b.html"
    assert (found[0].media_type, found[0].source, desk.read(found[0])) == ("text/html", "news", PAGE)
    assert found[1].media_type == "text/plain"
    assert desk.collect(path) == found


@pytest.mark.parametrize(
    "name", ["../up.html", "deep/../../up.html", "/etc/news.html", "C:\\news.html", "..\\up.html", "//host/a.html"]
)
def test_a_member_that_would_leave_the_folder(desk: Any, name: str) -> None:
    path = pack(desk, (name, PAGE), ("b.html", PAGE))
    refused, page = desk.collect(path)
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.UNSAFE_ARCHIVE
    assert "would leave the folder" in refused.reject.detail
    assert isinstance(page, Page)
    assert not list(desk.folder.rglob("up.html"))


def test_a_member_that_is_a_link(desk: Any) -> None:
    link = zipfile.ZipInfo("a.html")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert outcomes(desk.collect(pack(desk, (link, b"/etc/passwd"), ("b.html", PAGE)))) == [
        ("a.html", Reason.UNSAFE_ARCHIVE),
        ("b.html", "page"),
    ]


def test_a_bomb_is_not_unpacked(desk: Any) -> None:
    path = pack(desk, ("bomb.jsonl", bytes(30_000_000)), ("b.html", PAGE))
    refused, page = desk.collect(path)
    assert outcomes([refused, page]) == [("bomb.jsonl", Reason.UNSAFE_ARCHIVE), ("b.html", "page")]
    assert "to 30,000,000 bytes, more than 200 times: a zip bomb" in refused.reject.detail


def test_a_bomb_that_hides_its_size(desk: Any) -> None:
    """The listed size is a lie; no more than it is unpacked, and the checksum tells."""
    path = pack(desk, ("bomb.txt", bytes(30_000_000)))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = data.index(mark) + at
        data[where : where + 4] = struct.pack("<I", 40_000)
    path.write_bytes(data)
    assert outcomes(desk.collect(path)) == [("bomb.txt", Reason.NOT_READABLE)]


def test_members_that_lie_over_each_other(desk: Any) -> None:
    """David Fifield's bomb: many names for the same packed bytes."""
    body = bytes(range(256)) * 200
    path = pack(desk, ("a.html", body), ("b.html", PAGE), method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 20 : second + 28] = data[first + 20 : first + 28]
    path.write_bytes(data)
    (refused,) = desk.collect(path)
    assert refused.reject.reason is Reason.UNSAFE_ARCHIVE
    assert "members that lie over each other: a zip bomb" in refused.reject.detail


def test_a_zip_in_a_zip_is_not_opened(desk: Any) -> None:
    inner = pack(desk, ("b.html", PAGE), name="inner.zip").read_bytes()
    path = pack(desk, ("inner.zip", inner), ("f.xml", b"<rss version='2.0'/>"), ("b.html", PAGE))
    found = desk.collect(path)
    assert outcomes(found) == [
        ("inner.zip", Reason.UNKNOWN_KIND),
        ("f.xml", Reason.UNKNOWN_KIND),
        ("b.html", "page"),
    ]
    assert found[0].reject.detail == f"{path}!/inner.zip is a .zip in a .zip; unpack {path} and name the folder"


def test_a_member_that_asks_for_a_password(desk: Any) -> None:
    path = pack(desk, ("a.html", PAGE), ("b.html", PAGE))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert outcomes(desk.collect(path)) == [("a.html", Reason.ENCRYPTED), ("b.html", "page")]


@pytest.mark.parametrize("name", ["a.html", "a.csv", "a.jsonl", "a.parquet", "a.warc"])
def test_a_damaged_member_does_not_stop_the_others(desk: Any, name: str) -> None:
    body = b'{"text": "One."}\n' * 100
    path = pack(desk, (name, body), ("b.html", PAGE), method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(body) + len(body) - 9] ^= 1
    path.write_bytes(data)
    *_, last_of_damaged, other = desk.collect(path)
    assert last_of_damaged.reject.reason in (Reason.NOT_READABLE, Reason.NOT_A_TABLE)
    assert other.url.endswith("!/b.html")
    assert isinstance(other, Page)


def test_a_method_that_is_not_read(desk: Any) -> None:
    path = pack(desk, ("a.html", PAGE * 100), method=zipfile.ZIP_LZMA)
    (refused,) = desk.collect(path)
    assert refused.reject.reason is Reason.NOT_READABLE
    assert "pack the zip again with deflate" in refused.reject.detail


def test_a_zip_that_is_cut_off(desk: Any) -> None:
    path = pack(desk, ("a.html", PAGE), ("b.html", PAGE))
    path.write_bytes(path.read_bytes()[:-30])
    (refused,) = desk.collect(path)
    assert (refused.reject.reason, refused.url) == (Reason.NOT_READABLE, path.as_uri())


def test_of_two_members_of_one_name_the_last_is_read(desk: Any) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = pack(desk, ("a.html", b"<p>old"), ("a.html", b"<p>new"))
    old, new = desk.collect(path)
    assert outcomes([old, new]) == [("a.html", Reason.UNSAFE_ARCHIVE), ("a.html", "page")]
    assert desk.read(new) == b"<p>new"
    assert old.input_id != new.input_id


def test_names_in_any_encoding(desk: Any) -> None:
    path = pack(desk, ("Z?rich.html", PAGE), ("caf??.html", PAGE), ("S\u00e3o Jo\u00e3o #1.html", PAGE))
    data = path.read_bytes().replace(b"Z?rich", b"Z\x81rich").replace(b"caf??", b"caf\xc3\xa9")
    path.write_bytes(data)
    assert [name for name, _ in outcomes(desk.collect(path))] == [
        "Z%C3%BCrich.html",
        "caf%C3%A9.html",
        "S%C3%A3o%20Jo%C3%A3o%20%231.html",
    ]


def test_a_member_that_is_too_large(desk: Any) -> None:
    found = desk.collect(pack(desk, ("a.html", bytes(range(256)) * 400), ("b.html", PAGE)))
    assert outcomes(found) == [("a.html", Reason.TOO_LARGE), ("b.html", "page")]
    assert "102,400 bytes; the limit (politeness.max_bytes) is 50,000" in found[0].reject.detail
