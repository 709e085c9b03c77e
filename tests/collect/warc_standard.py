"""What ISO 28500:2017 (WARC 1.1) asks of a file, checked record by record with warcio."""

import re
import zlib
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

MANDATORY = ("WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type")
WITH_TARGET = {"response", "resource", "request", "revisit", "metadata", "conversion", "continuation"}
WITH_PAYLOAD = {"response", "resource", "request"}
A_RECORD_ID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>")
A_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
PROFILES = {
    f"http://netpreserve.org/warc/1.1/revisit/{name}" for name in ("identical-payload-digest", "server-not-modified")
}
TRUNCATIONS = {"length", "time", "disconnect", "unspecified"}


def members(file: Path) -> list[bytes]:
    """Each gzip member of a file, decompressed; fails at damage."""
    found, data = [], file.read_bytes()
    while data:
        stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        found.append(stream.decompress(data))
        assert stream.eof, f"{file}: torn"
        data = stream.unused_data
    return found


def fields_of(member: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """The header fields of a record and its block, by the grammar of the standard and nothing else."""
    head, separator, rest = member.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    assert separator and lines[0] == "WARC/1.1"
    fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
    assert all(re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) for name, _ in fields)
    return fields, rest


def problems(file: Path) -> list[str]:
    """What is wrong with a WARC file, in sentences; empty when nothing is."""
    found = []
    ids = set()
    for number, member in enumerate(members(file)):
        fields, rest = fields_of(member)
        field = dict(fields)
        found += [f"record {number}: {problem}" for problem in _record_problems(number, fields, field, rest)]
        ids.add(field.get("WARC-Record-ID"))
    if len(ids) != len(members(file)):
        found.append("record ids repeat")
    found += [f"{kind} at {at}: digests: {why}" for kind, at, why in _digest_problems(file)]
    return found


def _record_problems(number: int, fields: list[tuple[str, str]], field: dict[str, str], rest: bytes) -> list[str]:
    kind, length = field["WARC-Type"], int(field["Content-Length"])
    wrong = {
        f"{name} is missing": name not in field for name in MANDATORY
    } | {
        f"{name} is repeated": times > 1
        for name, times in Counter(name for name, _ in fields).items()
        if name != "WARC-Concurrent-To"
    } | {
        "the id is no UUID": not A_RECORD_ID.fullmatch(field["WARC-Record-ID"]),
        "the date is not as the standard writes it": not A_DATE.fullmatch(field["WARC-Date"]),
        "warcinfo comes first, and only there": (kind == "warcinfo") != (number == 0),
        "a target is needed (or forbidden)": ("WARC-Target-URI" in field) != (kind in WITH_TARGET),
        "the target is no URI": bool(re.search(r"[\s<>]", field.get("WARC-Target-URI", ""))),
        "a block has a type": length > 0 and not field.get("Content-Type"),
        "two line ends close a record": rest[length:] != b"\r\n\r\n",
        "the block's digest is missing": "WARC-Block-Digest" not in field,
        "the block's digest is wrong": field.get("WARC-Block-Digest") != f"sha256:{sha256(rest[:length]).hexdigest()}",
        "the payload's digest is missing": kind in WITH_PAYLOAD and "WARC-Payload-Digest" not in field,
        "warcinfo has no payload": kind == "warcinfo" and "WARC-Payload-Digest" in field,
        "a revisit has a profile": (kind == "revisit") != (field.get("WARC-Profile") in PROFILES),
        "WARC-Truncated has its own words": field.get("WARC-Truncated", "length") not in TRUNCATIONS,
        "HTTP is application/http": kind in ("request", "response", "revisit")
        and not field.get("Content-Type", "").startswith("application/http;msgtype=".replace(";", "; ")),
    }  # fmt: skip
    return [problem for problem, is_so in wrong.items() if is_so]


def _digest_problems(file: Path) -> list[tuple[str, int, list[str]]]:
    """What `warcio check` finds."""
    found: list[tuple[str, int, list[str]]] = []
    with file.open("rb") as stream:
        records: Any = ArchiveIterator(stream, check_digests=True)
        for record in records:
            record.content_stream().read()
            if record.digest_checker.passed is False:
                found.append((record.rec_type, records.get_record_offset(), record.digest_checker.problems))
    return found


def kinds(folder: Path) -> Counter[tuple[str, str, str]]:
    """How many records of each (kind, role, address) there are below a folder of WARC files."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for file in sorted(folder.glob("*/*.warc.gz")):
        for member in members(file):
            field = dict(fields_of(member)[0])
            counted[field["WARC-Type"], field.get("Copydesk-Role", ""), field.get("WARC-Target-URI", "")] += 1
    return counted
