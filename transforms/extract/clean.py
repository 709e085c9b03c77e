"""From an article as it stood on the page to its text for good, with a record of every character that was touched.

In: the uncleaned text with its blocks, the headline, the language. Out: `Cleaned`. The rules are data (see `rules`);
what needs to compare two places of a text (a repeated headline or paragraph) is a function here. Passes follow each
other until nothing changes, so that cleaning twice is cleaning once.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from html import unescape

from transforms.extract.article import Block, Removal
from transforms.extract.edits import Edit, apply, compose, disjoint, move_blocks, removals
from transforms.extract.mojibake import mend_mojibake
from transforms.extract.rules import Rule, agencies, cleaning_rules
from transforms.extract.stated import Stated

__all__ = ["Cleaned", "Stated", "clean"]

_LEADING = 8
"""Blocks among which the headline may stand as a heading of its own: a kicker or a date may come before it."""

_MIN_DOUBLED = 40
"""Characters from which a paragraph that follows itself is a copy rather than a refrain."""

_PARAGRAPH = 80
"""Characters of a block that is surely a paragraph: the opening ends before the second of them."""

_OPENING = 10
_CLOSING = 8
"""Blocks at most that come before and behind a story."""

_LAST = 3
"""Blocks at the very end among which a note about an author may be."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that is fixed from now on. `agency` is what a removed tag named, `sign_off` the credit that ended it."""

    text: str
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    agency: str | None = None
    sign_off: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    blocks: tuple[Block, ...]
    stated: Stated
    rules: tuple[Rule, ...]


def clean(
    text: str,
    blocks: Sequence[Block],
    *,
    headline: str | None = None,
    language: str | None = None,
    signs: Sequence[Edit] = (),
    stated: Stated | None = None,
) -> Cleaned:
    """Clean a text.

    Args:
        text: the text as it was on the page, blocks parted by one or two newlines.
        blocks: the blocks of the text, in order.
        headline: what stands in `Article.headline`; a first line that repeats it is removed.
        language: ISO 639-1; unknown: only the rules for all languages apply.
        signs: edits to make first: the signs of a markup.
        stated: what the page states beside the text.
    """
    stated = stated or Stated()
    stated = replace(stated, titles=(headline or "", *stated.titles))
    edits = [edit for edit in signs if edit.start < edit.end]
    draft = _Draft(apply(text, edits), move_blocks(blocks, edits), stated, cleaning_rules(language))
    agency = None
    sign_offs: list[str] = []
    while changes := _next_pass(draft):
        agency = agency or _named_agency(draft, changes)
        sign_offs += _sign_offs(draft, changes)
        edits = compose(text, edits, draft.text, changes)
        draft = replace(draft, text=apply(draft.text, changes), blocks=move_blocks(draft.blocks, changes))
    rows = removals(text, edits, _flags(draft))
    return Cleaned(draft.text, draft.blocks, rows, agency, max(sign_offs, key=len, default=None))


def _next_pass(draft: _Draft) -> list[Edit]:
    """The edits of the first pass that has any: letters before spaces before lines, so that rules see tidy text."""
    return disjoint(mend_mojibake(draft.text)) or disjoint(_characters(draft)) or _lines(draft)


def _characters(draft: _Draft) -> Iterator[Edit]:
    for rule in draft.rules:
        if rule.where == "character" and rule.action != "flagged" and rule.may_match(draft.text):
            for match in rule.pattern.finditer(draft.text):
                replacement = unescape(match[0]) if rule.name == "entity" else rule.replacement
                if match[0] and match[0] != replacement:
                    yield Edit(match.start(), match.end(), replacement, rule.name)
    if not unicodedata.is_normalized("NFC", draft.text):
        yield from _not_composed(draft.text)


def _not_composed(text: str) -> Iterator[Edit]:
    """Words that NFC writes otherwise: "e" with a combining acute becomes "é"."""
    for word in re.finditer(r"\S+", text):
        if not unicodedata.is_normalized("NFC", word[0]):
            yield Edit(word.start(), word.end(), unicodedata.normalize("NFC", word[0]), "nfc")


def _lines(draft: _Draft) -> list[Edit]:
    whole: dict[int, str] = {}
    parts: list[Edit] = []
    places_of = _places(draft.blocks)
    for number, block in enumerate(draft.blocks):
        line = draft.text[block.start : block.end]
        places = places_of[number]
        if rule := _repeats(draft, number, line, places) or _line_rule(draft, block, line, places):
            whole[number] = rule
        else:
            parts += _at_edges(draft, block, line)
    if len(whole) == len(draft.blocks):
        return []  # an article of nothing but such lines is about them
    return disjoint([*_remove_blocks(draft, whole), *parts])


def _places(blocks: Sequence[Block]) -> list[frozenset[str]]:
    """Where each block stands: before the second paragraph there may be kicker, byline and date, behind the last notes.

    The first half of a text is never its closing.
    """
    paragraphs = [number for number, block in enumerate(blocks) if block.end - block.start >= _PARAGRAPH]
    opening = min(_OPENING, paragraphs[1] if len(paragraphs) > 1 else len(blocks))
    closing = max(len(blocks) - _CLOSING, (len(blocks) + 1) // 2)
    ends = {"opening": range(opening), "closing": range(closing, len(blocks))}
    ends["last"] = range(max(closing, len(blocks) - _LAST), len(blocks))
    return [
        frozenset(("line", *(place for place, numbers in ends.items() if number in numbers)))
        for number in range(len(blocks))
    ]


def _repeats(draft: _Draft, number: int, line: str, places: Set[str]) -> str | None:
    """The rule by which a block only repeats what stands elsewhere."""
    block = draft.blocks[number]
    leads = number == 0 or (number < _LEADING and block.kind == "heading")
    if leads and len(draft.blocks) > 1 and draft.stated.is_headline(line):
        return "headline_repeated"
    if number and len(line) >= _MIN_DOUBLED:
        before = draft.blocks[number - 1]
        if draft.text[before.start : before.end] == line:
            return "doubled_paragraph"
    if block.kind == "live_entry" or len(draft.blocks) == 1:
        return None
    if places & {"opening", "closing"}:
        return draft.stated.repeats(line, places)
    return None


def _line_rule(draft: _Draft, block: Block, line: str, places: Set[str]) -> str | None:
    if len(line) > 400 or block.kind in ("quote", "live_entry"):
        return None
    for rule in draft.rules:
        if rule.where in places and rule.action == "removed" and rule.pattern.search(line):
            return rule.name
    return None


def _at_edges(draft: _Draft, block: Block, line: str) -> Iterator[Edit]:
    # a tag is short: looking at the last 120 characters keeps this cheap on long paragraphs
    tail = max(0, len(line) - 120)
    for rule in draft.rules:
        if rule.where in ("start", "end") and rule.action != "flagged":
            match = rule.pattern.search(line, tail if rule.where == "end" else 0)
            if match and match[0]:
                yield Edit(block.start + match.start(), block.start + match.end(), rule.replacement, rule.name)


def _remove_blocks(draft: _Draft, whole: dict[int, str]) -> Iterator[Edit]:
    """Whole blocks go with the newlines behind them; at the end of the text with those before them."""
    last = len(draft.blocks)
    while last and last - 1 in whole:
        last -= 1
    for number, rule in whole.items():
        block = draft.blocks[number]
        start = draft.blocks[number - 1].end if number == last and number else block.start
        end = draft.blocks[number + 1].start if number + 1 < len(draft.blocks) else len(draft.text)
        yield Edit(start, end, "", rule)


def _named_agency(draft: _Draft, changes: Sequence[Edit]) -> str | None:
    by_name = {rule.name: rule for rule in draft.rules if rule.names_agency}
    for edit in changes:
        if rule := by_name.get(edit.rule):
            # a tag is recognised by the full stop before it, a line by standing alone
            start = edit.start if rule.where in ("line", "closing") else max(0, edit.start - 1)
            match = rule.pattern.search(draft.text[start : edit.end].strip("\n"))
            if match and match["agency"]:
                return agencies().get(match["agency"])
    return None


def _sign_offs(draft: _Draft, changes: Sequence[Edit]) -> list[str]:
    names = {rule.name for rule in draft.rules if rule.signs_off}
    return [draft.text[edit.start : edit.end].strip() for edit in changes if edit.rule in names]


def _flags(draft: _Draft) -> list[Edit]:
    """Doubtful stretches, in the coordinates of the draft."""
    found = []
    for rule in draft.rules:
        if rule.action == "flagged" and rule.may_match(draft.text):
            stretches = [Block(0, len(draft.text), "")] if rule.where == "character" else draft.blocks
            for block in stretches:
                for match in rule.pattern.finditer(draft.text[block.start : block.end]):
                    start, end = block.start + match.start(), block.start + match.end()
                    found.append(Edit(start, end, match[0], rule.name))
    return [flag for flag in found if flag.start < flag.end]
