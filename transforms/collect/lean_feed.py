"""Makes a huge or damaged feed small before feedparser sees it.

In: the bytes of a feed. Out: the same feed with only the elements of its items that lead to pages. feedparser needs
five seconds for a megabyte of unclosed tags, and four times that for twice as many; this is linear.
"""

import re
from itertools import islice

LARGE_BYTES = 2**19
"""Feeds from this size on are made lean: 512 KiB of the worst junk take feedparser about two seconds."""

_ITEM = re.compile(rb"<(item|entry)[\s>]")
_NAME = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_WANTED = frozenset(
    (
        *(b"title", b"link", b"guid", b"id", b"pubdate", b"published", b"updated", b"issued", b"modified", b"created"),
        *(b"dc:title", b"dc:date", b"dcterms:created", b"dcterms:issued", b"feedburner:origlink", b"a10:updated"),
    )
)
_MAX_HEAD = 64 * 1024
_MAX_ITEM = 512 * 1024
_MAX_CHILD = 16 * 1024
_MAX_CHILDREN = 64
_MAX_LEAN = 2 * 2**20
_MAX_ITEMS = 10_000


def lean_feed(data: bytes) -> bytes:
    """The feed with its head and, of each item, its links, titles, ids and dates; well-formed when the feed was."""
    data = _ascii_compatible(data)
    starts = [(found.start(), found[1]) for found in islice(_ITEM.finditer(data), _MAX_ITEMS)]
    if not starts:
        return data[:_MAX_HEAD]
    head = data[: min(starts[0][0], _MAX_HEAD)]
    parts, size = [head], len(head)
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (start, name), end in zip(starts, ends, strict=True):
        item = _lean_item(data[start : min(end, start + _MAX_ITEM)], name)
        size += len(item)
        if size > _MAX_LEAN:
            break
        parts.append(item)
    return b"".join((*parts, _closing(head)))


def _ascii_compatible(data: bytes) -> bytes:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = data.decode("utf-16", errors="replace")
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="utf-8"?>', text).encode("utf-8", "replace")


def _lean_item(item: bytes, name: bytes) -> bytes:
    """The wanted children of one item, each passed over whole, so that markup quoted inside of one is not seen."""
    opened = item.find(b">") + 1
    end = item.rfind(b"</" + name)
    kept = [item[:opened]] if opened else []
    unclosed: set[bytes] = set()
    place = opened
    while opened and (child := _NAME.search(item, place, end if end > 0 else len(item))):
        place = _end_of_child(item, child, unclosed)
        if child[1].lower() in _WANTED and place - child.start() <= _MAX_CHILD:
            kept.append(item[child.start() : place])
            if len(kept) > _MAX_CHILDREN:
                break
    return b"".join((*kept, b"</", name, b">")) if kept else b""


def _end_of_child(item: bytes, child: re.Match[bytes], unclosed: set[bytes]) -> int:
    """Where a child element ends; one that is never closed ends with its tag, and is not looked for again."""
    tag_end = item.find(b">", child.end()) + 1
    if not tag_end:
        return len(item)
    if item[tag_end - 2 : tag_end - 1] == b"/" or child[1] in unclosed:
        return tag_end
    closing = item.find(b"</" + child[1] + b">", tag_end)
    if closing < 0:
        unclosed.add(child[1])
        return tag_end
    return closing + len(child[1]) + 3


def _closing(head: bytes) -> bytes:
    """What closes the elements that the head opens."""
    opened: list[bytes] = re.findall(rb"<((?:[\w-]+:)?(?:rss|feed|RDF|channel))[\s>]", head)
    return b"".join(b"</" + name + b">" for name in reversed(opened) if b"</" + name not in head)
