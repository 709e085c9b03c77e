"""Every file has one outcome."""

import gzip
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.collect.archive.archive import ArchiveError
from flows.collect.collect import UnknownInput
from flows.collect.files.read_files import FileReader, LocalUrls
from flows.collect.sources import Source
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


def write(desk: Any, name: str, body: bytes | str = "<p>news</p>") -> Path:
    path = desk.folder / "news" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def outcomes(found: Sequence[Page | Refused]) -> list[tuple[str, str]]:
    return [
        (item.url.rpartition("/")[2], item.reject.reason if isinstance(item, Refused) else "page") for item in found
    ]


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("a.html", b"<p>a</p>", "text/html"),
        ("a.HTM", b"<p>a</p>", "text/html"),
        ("a.html.gz", gzip.compress(b"<p>a</p>", mtime=0), "text/html"),
        ("a.txt", "Caf\u00e9 reopens".encode("latin-1"), "text/plain"),
        ("a.md", b"# Ferry", "text/markdown"),
        ("a.pdf", b"%PDF-1.7 \xff", "application/pdf"),
        ("a.DOCX", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.eml", b"Subject: Ferry\r\n\r\nIt sails.", "message/rfc822"),
        ("story.php", b"\n<!DOCTYPE html><p>a</p>", "text/html"),
        ("no ending \u00fc", b"<html><p>a</p>", "text/html"),
    ],
)
def test_a_file_is_archived_as_it_is(desk: Any, name: str, body: bytes, media_type: str) -> None:
    path = write(desk, name, body)
    (page,) = desk.collect(path)
    assert isinstance(page, Page)
    assert desk.read(page) == body
    assert (page.url, page.media_type, page.source) == (path.as_uri(), media_type, "news")
    assert (page.charset, page.robots_verdict, page.country) == (None, None, None)


def test_a_folder_is_read_in_order_and_nothing_is_dropped_silently(desk: Any) -> None:
    for name in ("b.html", "a.txt", "z/c.md", ".hidden.html", ".git/x.html", "README.md", "LICENSE", "photo.jpg"):
        write(desk, name)
    write(desk, "empty.html", b"")
    assert outcomes(desk.collect(desk.folder / "news")) == [
        ("a.txt", "page"),
        ("b.html", "page"),
        ("empty.html", Reason.EMPTY),
        ("photo.jpg", Reason.UNKNOWN_KIND),
        ("c.md", "page"),
    ]


def test_a_readme_that_is_named_is_read(desk: Any) -> None:
    assert outcomes(desk.collect(write(desk, "README.md"))) == [("README.md", "page")]


def test_a_glob(desk: Any) -> None:
    for name in ("a.html", "b.txt", "deep/c.html"):
        write(desk, name)
    assert outcomes(desk.collect(f"{desk.folder}/news/**/*.html")) == [("a.html", "page"), ("c.html", "page")]


def test_a_file_named_like_a_glob_is_that_file(desk: Any) -> None:
    write(desk, "a.html")
    assert outcomes(desk.collect(write(desk, "[a].html"))) == [("%5Ba%5D.html", "page")]


def test_a_file_reached_twice_is_read_once(desk: Any) -> None:
    path = write(desk, "a.html")
    write(desk, "b.jsonl", '{"text": "one"}\n')
    (desk.folder / "news" / "link.html").symlink_to(path)
    found = desk.collect(path, desk.folder / "news", f"{desk.folder}/news/../news/a.html")
    assert outcomes(found) == [("a.html", "page"), ("b.jsonl#line=1", "page")]


def test_reading_again_gives_the_same_pages(desk: Any) -> None:
    for name in ("a.html", "b.txt"):
        write(desk, name)
    write(desk, "c.jsonl", '{"text": "x"}\nno\n')
    assert desk.collect(desk.folder / "news") == desk.collect(desk.folder / "news")


def test_each_line_of_a_jsonl_is_an_input(desk: Any) -> None:
    lines = [b'{"text": "one"}', b"", b"[1]", b"{no json", b'{"text": "\xff"}', b'{"text": "six"}\r', b"[" * 100_000]
    path = write(desk, "a.jsonl", b"\n".join(lines))
    desk.politeness = desk.politeness.model_copy(update={"max_bytes": 200_000})
    found = desk.collect(path)
    assert outcomes(found) == [
        ("a.jsonl#line=1", "page"),
        ("a.jsonl#line=3", Reason.NOT_JSON),
        ("a.jsonl#line=4", Reason.NOT_JSON),
        ("a.jsonl#line=5", Reason.NOT_JSON),
        ("a.jsonl#line=6", "page"),
        ("a.jsonl#line=7", Reason.NOT_JSON),
    ]
    assert json.loads(desk.read(found[0])) == {"text": "one"}
    assert desk.read(found[2]) == b"{no json"
    assert isinstance(found[1], Refused)
    assert found[1].reject.detail == f"{path} line 3: JSON, but list instead of an object {{…}}"


def test_a_compressed_jsonl_that_breaks_off(desk: Any) -> None:
    lines = b"".join(b'{"n": %d, "text": "%s"}\n' % (n, os.urandom(30).hex().encode()) for n in range(400))
    whole, torn = write(desk, "a.jsonl.gz", gzip.compress(lines)), gzip.compress(lines)[:-4000]
    assert [item.url for item in desk.collect(whole)][-1].endswith("#line=400")
    found = desk.collect(write(desk, "torn.jsonl.gz", torn))
    assert len(found) > 100
    assert outcomes(found)[-1] == ("torn.jsonl.gz", Reason.TRUNCATED)


def test_a_jsonl_in_zstd(desk: Any) -> None:
    lines = b"".join(b'{"n": %d, "text": "%s"}\n' % (n, os.urandom(300).hex().encode()) for n in range(1000))
    packed = pa.compress(lines[:60_000], codec="zstd", asbytes=True) + pa.compress(
        lines[60_000:], codec="zstd", asbytes=True
    )
    whole, torn = write(desk, "a.jsonl.zst", packed), write(desk, "torn.jsonl.zst", packed[:-100_000])
    assert [item.url for item in desk.collect(whole)][-1].endswith("#line=1000")
    *lines_before, last = desk.collect(torn)
    assert len(lines_before) > 400
    assert {type(item) for item in lines_before} == {Page}
    assert outcomes([last]) == [("torn.jsonl.zst", Reason.TRUNCATED)]
    assert f"breaks off after line {len(lines_before)}" in last.reject.detail


@pytest.mark.parametrize(
    ("line", "archived"),
    [
        ('{"text": "Rain.",  "headline": "R", "x": 1}', '{"text": "Rain.",  "headline": "R", "x": 1}'),
        ('{"text": null, "id": 3}', '{"text": null, "id": 3}'),
        ('{"body": "Rain.", "byline": "Ana Sousa", "x": 1}', '{"text": "Rain.", "authors": "Ana Sousa"}'),
        ('{"text": null, "body": "Rain."}', '{"text": "Rain."}'),
        ('{"content": "<p>Rain.</p>", "pubDate": "2024"}', '{"published_at": "2024", "html": "<p>Rain.</p>"}'),
        ('{"body": "R\\ud83d.", "lang": "pt-PT"}', '{"text": "R\ufffd.", "language": "pt"}'),
        ('{"body": "Rain.", "author": [{"name": "Ana Sousa"}, {}, "Rui Reis"]}',
         '{"text": "Rain.", "authors": ["Ana Sousa", "Rui Reis"]}'),
    ],
)  # fmt: skip
def test_the_fields_of_a_line_get_the_names_that_extract_knows(desk: Any, line: str, archived: str) -> None:
    (page,) = desk.collect(write(desk, "a.jsonl", line))
    assert isinstance(page, Page)
    assert desk.read(page).decode() == archived


def test_a_line_without_text_says_what_to_write(desk: Any) -> None:
    (refused,) = desk.collect(write(desk, "a.jsonl", '{"kop": "Regen", "meta": {"tekst": "Het regent."}, "n": 3}'))
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.NOT_A_TABLE
    assert "the columns are: kop, meta.tekst, n." in refused.reject.detail
    assert "columns:\n  text: kop\n" in refused.reject.detail


def test_the_source_says_which_field_is_which(desk: Any) -> None:
    path = write(
        desk, "a.jsonl", '{"kop": "Regen", "meta": {"tekst": "Het regent."}}\n{"meta": {"tekst": "Nog steeds."}}'
    )
    columns = {"news": {"text": "meta.tekst", "title": "kop"}}
    reader = FileReader(desk.archive, lambda: NOON, 50_000, [], columns)
    found = [json.loads(desk.read(page)) for page in reader.read(path, None)]
    assert found == [{"text": "Het regent.", "title": "Regen"}, {"text": "Nog steeds."}]


LIST = "# front pages\n\nhttps://example.org/a\n  https://example.org/b  \r\n"


@pytest.mark.parametrize("name", ["a.urls", "a.txt"])
def test_a_list_of_addresses_is_handed_back(desk: Any, name: str) -> None:
    path = write(desk, name, LIST)
    (found,) = FileReader(desk.archive, lambda: NOON, 50_000, []).read(path, "harbour")
    assert isinstance(found, LocalUrls)
    assert found.urls == ("https://example.org/a", "https://example.org/b")
    assert (found.page.url, found.page.source, found.page.media_type) == (path.as_uri(), "harbour", "text/uri-list")


def test_what_is_no_address_in_a_list_is_refused(desk: Any) -> None:
    path = write(desk, "a.urls", LIST + "example.org/c\n")
    found, refused = FileReader(desk.archive, lambda: NOON, 50_000, []).read(path, None)
    assert isinstance(found, LocalUrls)
    assert isinstance(refused, Refused)
    assert "'example.org/c' is not an http or https address" in refused.reject.detail


def test_a_text_that_names_an_address_is_a_text(desk: Any) -> None:
    (page,) = desk.collect(write(desk, "a.txt", "The ferry sails again.\n\nhttps://example.org/ferry\n"))
    assert (type(page), page.media_type) == (Page, "text/plain")


def test_a_line_that_is_too_long_does_not_stop_the_others(desk: Any) -> None:
    path = write(desk, "a.jsonl", b'{"text": "a"}\n{"text": "' + b"x" * 60_000 + b'"}\n{"text": "c"}')
    assert outcomes(desk.collect(path)) == [
        ("a.jsonl#line=1", "page"),
        ("a.jsonl#line=2", Reason.TOO_LARGE),
        ("a.jsonl#line=3", "page"),
    ]


def test_a_file_that_is_too_large_is_not_archived(desk: Any) -> None:
    (refused,) = desk.collect(write(desk, "big.html", bytes(60_000)))
    assert isinstance(refused, Refused)
    assert (refused.reject.reason, refused.raw_file, refused.fetched_at) == (
        Reason.TOO_LARGE,
        None,
        datetime(2024, 5, 2, 12, tzinfo=UTC),
    )
    assert "60,000 bytes; the limit (politeness.max_bytes) is 50,000" in refused.reject.detail


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("a.exe", b"MZ\0\0", Reason.UNKNOWN_KIND),
        ("a.html", b"", Reason.EMPTY),
        ("a.jsonl", b"", Reason.EMPTY),
        ("a.jsonl.gz", b"", Reason.EMPTY),
        ("a.xml", b"", Reason.EMPTY),
        ("a.urls", b"# none\n", Reason.EMPTY),
        ("a.csv", b"", Reason.EMPTY),
        ("a.csv", b"title,text\n", Reason.EMPTY),
        ("a.parquet", b"PAR1", Reason.NOT_READABLE),
        ("a.zip", b"PK\x03\x04 torn", Reason.NOT_READABLE),
        ("a.warc", b"", Reason.EMPTY),
        ("a.warc.gz", b"<html>", Reason.NOT_READABLE),
        ("a.warc.gz", bytes(100), Reason.NOT_READABLE),
        ("a.xml", b"<html>no feed</html>", Reason.NOT_A_FEED),
        ("a.rss", b"\0\1\2", Reason.NOT_A_FEED),
    ],
)
def test_files_that_are_no_pages(desk: Any, name: str, body: bytes, reason: Reason) -> None:
    (refused,) = desk.collect(write(desk, name, body))
    assert isinstance(refused, Refused)
    assert refused.reject.reason is reason
    assert refused.reject.stage == "collect"


def test_a_pipe_is_not_opened(desk: Any) -> None:
    os.mkfifo(desk.folder / "news" / "pipe.html")
    (desk.folder / "news" / "broken.html").symlink_to("nowhere")
    (desk.folder / "news" / "folder").symlink_to(desk.folder)
    assert outcomes(desk.collect(desk.folder / "news")) == [
        ("nowhere", Reason.MISSING_PATH),
        (desk.folder.name, Reason.UNKNOWN_KIND),
        ("pipe.html", Reason.UNKNOWN_KIND),
    ]


def test_no_permission(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = write(desk, "a.html"), write(desk, "b.html")
    opened = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:  # tests may run as root, who may read everything
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    found = desk.collect(path, other)
    assert outcomes(found) == [("a.html", Reason.NOT_READABLE), ("b.html", "page")]
    assert isinstance(found[0], Refused)
    assert found[0].reject.detail == f"{path}: Permission denied"


def test_an_archive_that_cannot_be_written_ends_the_run(desk: Any) -> None:
    path = write(desk, "a.html")
    (desk.folder / "raw").write_text("in the way")
    with pytest.raises(ArchiveError, match=r"raw.*set another storage\.raw"):
        desk.collect(path)


def test_what_does_not_exist_is_told_before_anything_is_done(desk: Any) -> None:
    desk.sources = {"guardian": Source(key="guardian", feeds=("https://example.org/rss",))}
    write(desk, "ferry.html")
    for text, cure in [
        ("guardain", "did you mean guardian?"),
        (f"{desk.folder}/news/fery.html", "did you mean ferry.html?"),
        (f"{desk.folder}/nowhere/*.html", "matches no file"),
        ("ftp://example.org/a", "is not an http or https address"),
        ("http://", "is not an http or https address"),
        ("", "is neither a source"),
        ("a\0b", "is neither a source"),
    ]:
        with pytest.raises(UnknownInput) as raised:
            desk.collect(text)
        assert cure in str(raised.value)
        assert repr(text) in str(raised.value)


def test_what_does_not_exist_among_others_is_refused(desk: Any) -> None:
    found = desk.collect("nowhere.html", write(desk, "a.html"))
    assert outcomes(found) == [("nowhere.html", Reason.MISSING_PATH), ("a.html", "page")]


def test_a_source_and_its_files(desk: Any) -> None:
    path = write(desk, "a.html")
    desk.sources = {
        "harbour": Source(key="harbour", paths=("news", "gone"), country="PT"),
        "off": Source(key="off", paths=("other",), enabled=False),
    }
    by_source = desk.collect("harbour")
    assert outcomes(by_source) == [("a.html", "page"), ("gone", Reason.MISSING_PATH)]
    assert desk.collect() == by_source
    assert desk.collect(path) == by_source[:1]
    assert isinstance(by_source[0], Page)
    assert (by_source[0].source, by_source[0].country, by_source[1].source) == ("harbour", "PT", "harbour")


def test_a_feed_on_disk_leads_to_the_files_beside_it(desk: Any) -> None:
    items = "".join(f"<item><link>{link}</link></item>" for link in ("b.html", "gone.html", "../out.html", "f.xml"))
    feed = write(desk, "f.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")
    write(desk, "b.html")
    (desk.folder / "out.html").write_text("<p>not beside</p>")
    assert outcomes(desk.collect(feed)) == [
        ("b.html", "page"),
        ("gone.html", Reason.MISSING_PATH),
        ("out.html", Reason.NOT_FETCHED),
    ]


def test_a_feed_in_a_folder_may_name_files_anywhere_in_it(desk: Any) -> None:
    feed = write(desk, "feeds/f.xml", "<rss version='2.0'><channel><item><link>../a.html</link></item></channel></rss>")
    write(desk, "a.html")
    assert outcomes(desk.collect(desk.folder / "news")) == [("a.html", "page")]
    assert outcomes(desk.collect(desk.folder / "news" / "feeds")) == [("a.html", Reason.NOT_FETCHED)]
    assert outcomes(desk.collect(feed)) == [("a.html", Reason.NOT_FETCHED)]
    desk.sources = {"harbour": Source(key="harbour", paths=("news",))}
    assert [page.source for page in desk.collect(feed)] == ["news"]  # as it was first archived


def test_a_feed_in_a_folder_needs_a_contact_only_for_its_web_links(desk: Any) -> None:
    write(desk, "f.xml", "<rss version='2.0'><channel><item><link>http://127.0.0.1:9/a</link></item></channel></rss>")
    write(desk, "z.html")
    desk.politeness = desk.politeness.model_copy(update={"contact": ""})
    found = desk.collect(desk.folder / "news")
    assert outcomes(found) == [("a", Reason.NOT_FETCHED), ("z.html", "page")]
    assert isinstance(found[0], Refused)
    assert "politeness.contact" in found[0].reject.detail
