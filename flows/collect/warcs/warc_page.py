"""What a WARC record says of the page in it.

In: the headers of a record and of the HTTP answer in it. Out: whether it may be a page; its bytes, type, date, source.
"""

# mypy: disable-error-code="no-untyped-call"
# (warcio has no types)

import io
import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders

from transforms.collect.decoding import CannotDecode, decode
from transforms.collect.media_types import JSON, UNKNOWN, bare, looks_like_html, may_be_page

GOOD = frozenset({"200", "203"})
ADDRESSES = frozenset({"http", "https", "file", "ftp"})
"""Records of others (`dns:`, `urn:`, `metadata:` …) are the crawler's notes."""
_NOTES = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt\Z|\A/\.well-known/", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d)?\Z")


def is_wanted(kind: str, fields: StatusAndHeaders, http: StatusAndHeaders | None) -> bool:
    """Whether a record may hold a page."""
    scheme, path = _scheme_and_path(fields)
    role = fields.get_header("Copydesk-Role")
    if scheme not in ADDRESSES or role not in (None, "page"):
        return False
    if kind == "revisit":
        return http is None or status_of(http) in GOOD | {"304", ""}
    media_type = type_of(fields, http)
    if kind == "response":
        is_page = may_be_page(media_type) and (media_type != JSON or role is not None)
        return http is not None and status_of(http) in GOOD and is_page and not _NOTES.search(path)
    # A .jsonl of ours is archived line by line; JSON of others is not written for readers.
    is_json_page = media_type != JSON or role is not None or scheme == "file"
    return kind == "resource" and may_be_page(media_type) and is_json_page and not _NOTES.search(path)


def status_of(http: StatusAndHeaders) -> str:
    """The three digits of an answer."""
    return str(http.get_statuscode() or "")


def type_of(fields: StatusAndHeaders, http: StatusAndHeaders | None) -> str:
    """The media type of the body, without parameters: as we archived it, as the server said, as the crawler saw it."""
    said = fields.get_header("Copydesk-Media-Type")
    said = said or (http.get_header("Content-Type") if http else fields.get_header("Content-Type"))
    name = bare(said)
    if name in ("", UNKNOWN):
        name = bare(fields.get_header("WARC-Identified-Payload-Type"))
    return name or UNKNOWN


def content_of(http: StatusAndHeaders | None, sent: bytes, limit: int) -> bytes:
    """The body without chunks and Content-Encoding. Raises CannotDecode.

    Many archives keep the header of what they have undone already, so a body that was never encoded is taken as it is.
    """
    if http is None:
        return sent
    if "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        sent = ChunkedDataReader(io.BytesIO(sent)).read()
    encoding = ",".join(value for name, value in http.headers if name.lower() == "content-encoding")
    try:
        content = decode(sent, encoding, limit)
    except CannotDecode:
        if not looks_like_html(sent):
            raise
        content = sent
    if len(content) > limit:
        raise CannotDecode(f"the body is larger than {limit:,} bytes once decompressed")
    return content


def date_of(text: str | None) -> datetime | None:
    """A WARC-Date in UTC; WARC 1.1 allows a year or a month alone.

    >>> date_of("2024-05"), date_of("yesterday")
    (datetime.datetime(2024, 5, 1, 0, 0, tzinfo=datetime.timezone.utc), None)
    """
    text = (text or "").strip()
    if _PARTIAL_DATE.match(text):
        text = f"{text}-01-01"[:10]
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def digest_of(text: str | None) -> str | None:
    """A payload digest in one form: the name of the algorithm in lower case, its value as it is written.

    >>> digest_of("SHA1:ABC"), digest_of("sha256:ABC"), digest_of("nothing")
    ('sha1:ABC', 'sha256:abc', None)
    """
    name, colon, value = (text or "").strip().partition(":")
    is_hex = name.lower() in ("sha256", "sha-256", "md5")
    return f"{name.lower()}:{value.lower() if is_hex else value}" if colon and value else None


def source_of(url: str, said: str | None) -> str:
    """The source of a record: what it says, else the host of its address, else the folder its file lay in."""
    parts = _split(url)
    if said or parts is None:
        return said or "files"
    return parts.hostname or PurePosixPath(unquote(parts.path)).parent.name or "files"


def _scheme_and_path(fields: StatusAndHeaders) -> tuple[str, str]:
    parts = _split((fields.get_header("WARC-Target-URI") or "").strip("<> "))
    return (parts.scheme, parts.path) if parts else ("", "")


def _split(url: str):  # type: ignore[no-untyped-def]
    try:
        return urlsplit(url)
    except ValueError:
        return None
