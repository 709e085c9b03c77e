"""Opens a `.zip` as if it were a folder, and keeps away from what zips are misused for.

In: the zip as a seekable stream. Out: a `Material` for each member to be read, or why a member is not.

A member's address is that of the zip, `!/` and the member's name. Nothing is unpacked to the disk, so no member can be
written anywhere; a name that would leave the folder tells that somebody tried.
"""

import io
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from flows.collect.files.find_files import FEED, PARQUET, ZIP, is_about_folder, kind_of, unknown_kind
from flows.collect.files.material import Material, Unreadable
from transforms.collect.media_types import looks_like_html
from transforms.outcome import Reason

RATIO = 200
"""Most that a member may grow. Text shrinks to a tenth, a log or table that repeats itself to a hundredth."""
HARMLESS_BYTES = 1 << 20
"""A member that is no larger than this may grow as it likes."""
SPOOL_BYTES = 1 << 22
READ_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others are unpacked by Python without a limit."""


@dataclass(frozen=True, slots=True)
class BadMember:
    """A member that is not read."""

    name: str
    url: str
    reason: Reason
    detail: str


def members(material: Material, stream: BinaryIO) -> Iterator[Material | BadMember]:
    """The members as they are listed in the zip, without hidden files and those about the folder itself.

    Raises Unreadable when it is not a whole zip. What is damaged inside a member raises while that is read: see
    `DAMAGED`.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        what = str(error).rstrip(".")
        raise Unreadable(Reason.NOT_READABLE, f"{material.name} is no whole .zip ({what}); copy it again") from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        packed = sum(info.compress_size for info in infos)
        size = stream.seek(0, io.SEEK_END)
        if packed > size:
            detail = f"{material.name} has members that lie over each other: a zip bomb; it is not opened"
            raise Unreadable(Reason.UNSAFE_ARCHIVE, detail)
        last = {_name(info): info for info in infos}
        for info in infos:
            name = _name(info)
            if not _is_passed_over(name):
                yield _look_at(material, archive, info, name, last[name] is not info)


DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a damaged member raises."""


def _look_at(
    material: Material, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, is_replaced: bool
) -> Material | BadMember:
    where = f"{material.name}!/{name}"
    url = f"{material.url}!/{quote(name)}"
    problem = _danger(info, name) or _obstacle(info, is_replaced)
    if problem:
        return BadMember(where, url, problem[0], f"{where} {problem[1]}")
    kind = kind_of(name, lambda: _begins_like_html(archive, info))
    if kind is None:
        return BadMember(where, url, Reason.UNKNOWN_KIND, unknown_kind(where))
    if kind in (ZIP, FEED):
        what = "is a .zip in a .zip" if kind == ZIP else "is a feed in a .zip, whose links lead nowhere"
        return BadMember(where, url, Reason.UNKNOWN_KIND, f"{where} {what}; unpack {material.name} and name the folder")
    member = replace(material, name=where, url=url, kind=kind)
    if kind == PARQUET:
        return replace(member, open=lambda: _spooled(archive, info))
    return replace(member, open=lambda: _buffered(archive.open(info)))


def _danger(info: zipfile.ZipInfo, name: str) -> tuple[Reason, str] | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Reason.UNSAFE_ARCHIVE, "is a link to another file, which is not followed"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return Reason.UNSAFE_ARCHIVE, "would leave the folder it is unpacked in; it is not read"
    if info.file_size > HARMLESS_BYTES and info.file_size > RATIO * info.compress_size:
        grown = f"{info.compress_size:,} to {info.file_size:,} bytes"
        return Reason.UNSAFE_ARCHIVE, f"would grow from {grown}, more than {RATIO} times: a zip bomb"
    return None


def _obstacle(info: zipfile.ZipInfo, is_replaced: bool) -> tuple[Reason, str] | None:
    if info.flag_bits & 0x1:
        return Reason.ENCRYPTED, "asks for a password; unpack the zip with it and name the folder"
    if is_replaced:
        return Reason.UNSAFE_ARCHIVE, "is in the zip more than once; the last one is read"
    if info.compress_type not in READ_METHODS:
        return Reason.NOT_READABLE, f"is packed by method {info.compress_type}; pack the zip again with deflate"
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """The name with slashes. One that is not marked as UTF-8 may be it all the same, many tools forget the mark."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/").removeprefix("./")


def _is_passed_over(name: str) -> bool:
    *folders, last = name.split("/")
    is_hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in (*folders, last))
    return is_hidden or is_about_folder(last)


def _begins_like_html(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(info) as file:
            return looks_like_html(file.read(1024))
    except DAMAGED:
        return False


def _buffered(file: Any) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(file, 1 << 16))


def _spooled(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """A copy in which one can jump to and fro, as Parquet needs; beyond a few MB it is a nameless file on disk."""
    copy = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 (whoever reads it closes it)
    with archive.open(info) as file:
        while part := file.read(1 << 20):
            copy.write(part)
    copy.seek(0)
    return cast(BinaryIO, copy)
