r"""From bytes to characters: what came in, unpacked and decoded, or the reason why that cannot be done.

In: the bytes of one input and what its sender said about them. Out: a string without lone surrogates, with "\n" as the
only line end; or a `Reject`. Line ends and broken surrogates are decoding, not cleaning: they leave no `Removal`.
"""

import re
import zlib
from collections.abc import Iterator

from charset_normalizer import from_bytes

from transforms.outcome import Reason, Reject

MAX_BYTES = 16 * 2**20
"""Unpacked size that is still read. The largest of 186 real pages has 2.2 million bytes."""

WHAT_IS_READ = "HTML, text, Markdown, JSON, PDF, Word (.docx) or e-mail (.eml)"
"""For people."""

_GZIP = b"\x1f\x8b"
_OLE = b"\xd0\xcf\x11\xe0"
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "sound, video or a WebP image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (_OLE, "an office document"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"wOF", "a font"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
# Browsers read these labels as the Windows page: https://encoding.spec.whatwg.org/#names-and-labels
_AS_BROWSERS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
}
# The detector also knows DOS and Macintosh pages, and finds them in short German texts; on the web there are none.
_ON_THE_WEB = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "koi8_r"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "cp932", "euc_jp", "gb18030", "big5", "cp949", "utf_8"),
)
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 12, 13, 27})


def decode(content: bytes, charset: str | None = None) -> str | Reject:
    """The characters of an input.

    Args:
        content: the bytes, perhaps gzip-compressed.
        charset: what an HTTP header said; believed only when the bytes agree.

    Returns:
        The string, or a `Reject` with EMPTY, TRUNCATED, TOO_LARGE or NOT_TEXT.
    """
    unpacked = unpack(content)
    if isinstance(unpacked, Reject):
        return unpacked
    if not unpacked.strip():
        return _reject(Reason.EMPTY, "there are no characters in it")
    if kind := _binary_kind(unpacked):
        return _not_text(unpacked, kind)
    if len(unpacked) > MAX_BYTES:
        return _reject(Reason.TOO_LARGE, f"{len(unpacked):,} bytes; up to {MAX_BYTES:,} are read")
    text = mend_surrogates(_decode_charset(unpacked, charset))
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return text if text.strip() else _reject(Reason.EMPTY, "there are no characters in it")


def unpack(content: bytes) -> bytes | Reject:
    """The bytes themselves, or what gzip holds: recognised by its first bytes, read up to `MAX_BYTES`."""
    if not content.startswith(_GZIP):
        return content
    parts: list[bytes] = []
    size = 0
    while content.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(content, MAX_BYTES + 1 - size))
        except zlib.error as error:
            return _reject(Reason.TRUNCATED, f"damaged gzip data: {error}; fetch or copy it again")
        size += len(parts[-1])
        if size > MAX_BYTES:
            return _reject(Reason.TOO_LARGE, f"unpacks to more than {MAX_BYTES:,} bytes, the most that is read")
        if not member.eof:
            return _reject(
                Reason.TRUNCATED, f"the gzip data ends too early, after {size:,} bytes of text; fetch it again"
            )
        content = member.unused_data
    return b"".join(parts)


def _binary_kind(content: bytes) -> str | None:
    if any(content.startswith(bom) for bom, _ in _BOMS):
        return None
    start = content[:1024].lstrip()
    for magic, kind in _BINARY:
        if start.startswith(magic):
            return kind
    sample = content[:65536]
    if _utf16_without_bom(sample):
        return None
    # 0.02: a page may hold a stray NUL or two; compressed or random bytes have 10% control characters
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "binary data" if controls > 0.02 * len(sample) + 2 else None


def _utf16_without_bom(sample: bytes) -> str | None:
    """The byte order of UTF-16 text in a Latin script: every other byte is NUL."""
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_charset(content: bytes, charset: str | None) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, "replace")
    if name_without_bom := _utf16_without_bom(content[:4096]):
        return content.decode(name_without_bom, "replace")
    declared = list(_declared(content, charset))
    # Escape-coded Japanese is plain ASCII to every other decoder, so it has to be believed first.
    if b"\x1b" in content and any(name.startswith("iso-2022") for name in declared):
        declared.sort(key=lambda name: not name.startswith("iso-2022"))
    else:
        # Text that is valid UTF-8 beyond ASCII is UTF-8, whatever was declared.
        declared.insert(0, "utf-8")
    for name in declared:
        if (text := _strictly(content, name)) is not None:
            return text
        if name == "utf-8" and (text := _mostly_utf8(content)) is not None:
            return text
    return _guessed(content)


def _declared(content: bytes, charset: str | None) -> Iterator[str]:
    head = content[:4096]
    found = [charset.encode("ascii", "ignore") if charset else b""]
    found += [match[1] for pattern in (_META, _XML) if (match := pattern.search(head))]
    for label in found:
        name = label.decode("ascii", "ignore").strip().lower()
        if name and name not in ("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-32"):
            yield _AS_BROWSERS.get(name, name)


def _strictly(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    # C1 controls never stand in text: a single-byte page that yields some of them was declared wrongly.
    return None if name != "utf-8" and re.search("[\x80-\x84\x86-\x9f]", text) else text


def _mostly_utf8(content: bytes) -> str | None:
    """UTF-8 with a few damaged characters, as when a text was cut or two were glued together."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if damaged <= 0.1 * beyond_ascii else None


def _guessed(content: bytes) -> str:
    # 20,000 bytes from where the text leaves ASCII: enough for the detector, and bounded in time
    first = re.search(rb"[\x80-\xff]", content)
    start = max(0, first.start() - 2000) if first else 0
    best = from_bytes(content[start : start + 20000], cp_isolation=list(_ON_THE_WEB)).best()
    for name in (best.encoding if best else "cp1252", "cp1252"):
        if (text := _strictly(content, name)) is not None:
            return text
    return content.decode(best.encoding if best else "cp1252", "replace")


def mend_surrogates(text: str) -> str:
    r"""`text` without lone surrogates: pairs are joined, what is left becomes U+FFFD.

    >>> mend_surrogates("a\ud83d\ude00b\ud800")
    'a😀b�'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _not_text(content: bytes, kind: str) -> Reject:
    if content.startswith(_OLE):
        # the directory of the file has its names in UTF-16
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _reject(Reason.ENCRYPTED, "the office document asks for a password; save it without one")
        return _reject(Reason.NOT_TEXT, "this is an office document of the old kind (.doc); save it as .docx or PDF")
    return _reject(Reason.NOT_TEXT, f"this is {kind}; {WHAT_IS_READ} is read")


def _reject(reason: Reason, detail: str) -> Reject:
    return Reject("extract", reason, detail)
