"""Edits that can be undone: several passes over a text become one set of disjoint edits of the original.

In: edits of each pass, in the coordinates of the text that the pass saw. Out: edits in the coordinates of the original,
and from them the new text, moved spans, and `Removal` rows from which the original can be rebuilt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from transforms.extract.article import Block, Removal


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` takes the place of `[start:end]`; an edit never inserts into nothing, so `start < end`."""

    start: int
    end: int
    text: str
    rule: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the edits made; they are in order and disjoint.

    >>> apply("a  b", [Edit(1, 3, " ", "spaces")])
    'a b'
    """
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join([*parts, text[done:]])


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order; of two that overlap the one that begins first (or, of those, the longer) is kept."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def compose(original: str, earlier: Sequence[Edit], current: str, later: Sequence[Edit]) -> list[Edit]:
    """One set of edits of `original` that does what `earlier` and then `later` do.

    Args:
        original: the text before any edit.
        earlier: edits of `original`, in order and disjoint; they give `current`.
        current: the text that the later pass saw.
        later: edits of `current`, in order and disjoint.
    """
    groups: list[_Group] = []
    for start, end, edit, is_later in sorted(_in_current(earlier, later), key=lambda item: (item[0], item[1])):
        if not groups or not groups[-1].touches(start, end):
            groups.append(_Group(start, end, [], []))
        groups[-1].take(start, end, edit, is_later)
    composed = []
    shift = 0  # from current to original, before the group
    for group in groups:
        first = group.start + shift
        shift += sum((edit.end - edit.start) - len(edit.text) for edit in group.earlier)
        inside = [replace(edit, start=edit.start - group.start, end=edit.end - group.start) for edit in group.later]
        text = apply(current[group.start : group.end], inside)
        rules = "+".join(dict.fromkeys(edit.rule for edit in (*group.earlier, *group.later)))
        if original[first : group.end + shift] != text:
            composed.append(Edit(first, group.end + shift, text, rules))
    return composed


@dataclass(slots=True)
class _Group:
    """Edits of both passes that touch the same characters of the current text."""

    start: int
    end: int
    earlier: list[Edit]
    later: list[Edit]

    def touches(self, start: int, end: int) -> bool:
        return start < self.end and end > self.start

    def take(self, start: int, end: int, edit: Edit, is_later: bool) -> None:
        self.start, self.end = min(self.start, start), max(self.end, end)
        (self.later if is_later else self.earlier).append(edit)


def _in_current(earlier: Sequence[Edit], later: Sequence[Edit]) -> Iterable[tuple[int, int, Edit, bool]]:
    shift = 0
    for edit in earlier:
        start = edit.start + shift
        yield start, start + len(edit.text), edit, False
        shift += len(edit.text) - (edit.end - edit.start)
    for edit in later:
        yield edit.start, edit.end, edit, True


def move_blocks(blocks: Iterable[Block], edits: Sequence[Edit]) -> tuple[Block, ...]:
    """Where the blocks stand after the edits; what is removed altogether is gone."""
    moved = []
    position = shift = 0
    for block in blocks:
        while position < len(edits) and edits[position].end <= block.start:
            shift += len(edits[position].text) - (edits[position].end - edits[position].start)
            position += 1
        start, ahead, inner = block.start + shift, position, shift
        if ahead < len(edits) and edits[ahead].start < block.start:  # an edit that reaches in from the left
            start = edits[ahead].start + shift + len(edits[ahead].text)
        while ahead < len(edits) and edits[ahead].end <= block.end:
            inner += len(edits[ahead].text) - (edits[ahead].end - edits[ahead].start)
            ahead += 1
        end = block.end + inner
        if ahead < len(edits) and edits[ahead].start < block.end:  # an edit that reaches out to the right
            end = edits[ahead].start + inner
        if start < end:
            moved.append(Block(start, end, block.kind))
    return tuple(moved)


def removals(original: str, edits: Sequence[Edit], flags: Iterable[Edit] = ()) -> tuple[Removal, ...]:
    """The rows of `removals`: what was done, and what was only flagged.

    Args:
        original: the text before cleaning.
        edits: edits of `original`, in order and disjoint.
        flags: doubtful stretches, in the coordinates of the cleaned text.
    """
    rows = []
    shift = 0
    for edit in edits:
        start = edit.start + shift
        action = "mended" if edit.text else "removed"
        end = start + len(edit.text)
        rows.append(Removal(edit.start, start, end, edit.text, original[edit.start : edit.end], action, edit.rule))
        shift += len(edit.text) - (edit.end - edit.start)
    flagged = []
    behind = 0
    for flag in disjoint(flags):
        while behind + 1 < len(rows) and rows[behind + 1].end <= flag.start:
            behind += 1
        if row := _flag(original, flag, islice(rows, behind, None)):
            flagged.append(row)
    return tuple(sorted([*rows, *flagged], key=lambda row: row.position))


def _flag(original: str, flag: Edit, rows: Iterable[Removal]) -> Removal | None:
    """A flag beside the edits: where it would cover one, only the part up to it is flagged."""
    start, end, shift = flag.start, flag.end, 0
    for row in rows:
        if row.end <= start:
            shift = row.position + len(row.original) - row.end
        elif row.start > start:
            end = min(end, row.start)
            break
        else:
            start, shift = row.end, row.position + len(row.original) - row.end
    text = original[start + shift : end + shift]
    return Removal(start + shift, start, end, text, text, "flagged", flag.rule) if start < end else None


def rebuild(text: str, removed: Iterable[Removal]) -> str:
    """The text before cleaning, from the cleaned text and its removals.

    >>> rebuild("a b", [Removal(1, 1, 2, " ", "  ", "mended", "spaces")])
    'a  b'
    """
    parts: list[str] = []
    done = 0
    for row in sorted(removed, key=lambda row: row.position):
        parts += (text[done : row.start], row.original)
        done = row.end
    return "".join([*parts, text[done:]])
