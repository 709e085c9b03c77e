"""From an article as it stood on the page to its text for good, with a record of every character that was touched.

In: the uncleaned text with its blocks, the headline, the language. Out: `Cleaned`. The rules are data (see `rules`);
what needs to compare two places of a text (a repeated headline or paragraph) is a function here. Passes follow each
other until nothing changes, so that cleaning twice is cleaning once.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.extract.article import Block, Removal
from transforms.extract.edits import Edit, apply, compose, disjoint, move_blocks, removals
from transforms.extract.rules import Rule, agencies, cleaning_rules

_LEADING = 8
"""Blocks among which the headline may stand as a heading of its own: a kicker or a date may come before it."""

_MIN_DOUBLED = 40
"""Characters from which a paragraph that follows itself is a copy rather than a refrain."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that is fixed from now on. `agency` is what a removed tag named."""

    text: str
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    blocks: tuple[Block, ...]
    headline: str
    rules: tuple[Rule, ...]


def clean(
    text: str,
    blocks: Sequence[Block],
    *,
    headline: str | None = None,
    language: str | None = None,
    signs: Sequence[Edit] = (),
) -> Cleaned:
    """Clean a text.

    Args:
        text: the text as it was on the page, blocks parted by one or two newlines.
        blocks: the blocks of the text, in order.
        headline: what stands in `Article.headline`; a first line that repeats it is removed.
        language: ISO 639-1; unknown: only the rules for all languages apply.
        signs: edits to make first: the signs of a markup.
    """
    rules = cleaning_rules(language)
    edits = [edit for edit in signs if edit.start < edit.end]
    draft = _Draft(apply(text, edits), move_blocks(blocks, edits), _fold(headline or ""), rules)
    agency = None
    while changes := _next_pass(draft):
        agency = agency or _named_agency(draft, changes)
        edits = compose(text, edits, draft.text, changes)
        current = apply(draft.text, changes)
        draft = _Draft(current, move_blocks(draft.blocks, changes), draft.headline, rules)
    flags = _flags(draft)
    return Cleaned(draft.text, draft.blocks, removals(text, edits, flags), agency)


def _next_pass(draft: _Draft) -> list[Edit]:
    """The edits of the first pass that has any: characters before lines, so that rules see tidy text."""
    return disjoint(_characters(draft)) or _lines(draft)


def _characters(draft: _Draft) -> Iterator[Edit]:
    for rule in draft.rules:
        if rule.where == "character" and rule.action != "flagged":
            for match in rule.pattern.finditer(draft.text):
                if match[0] and match[0] != rule.replacement:
                    yield Edit(match.start(), match.end(), rule.replacement, rule.name)
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
    for number, block in enumerate(draft.blocks):
        line = draft.text[block.start : block.end]
        if rule := _repeats(draft, number, line) or _line_rule(draft, block, line):
            whole[number] = rule
        else:
            parts += _at_edges(draft, block, line)
    return disjoint([*_remove_blocks(draft, whole), *parts])


def _repeats(draft: _Draft, number: int, line: str) -> str | None:
    """The rule by which a block only repeats what stands elsewhere."""
    leads = number == 0 or (number < _LEADING and draft.blocks[number].kind == "heading")
    if leads and draft.headline and _fold(line) == draft.headline and len(draft.blocks) > 1:
        return "headline_repeated"
    if number and len(line) >= _MIN_DOUBLED:
        before = draft.blocks[number - 1]
        if draft.text[before.start : before.end] == line:
            return "doubled_paragraph"
    return None


def _line_rule(draft: _Draft, block: Block, line: str) -> str | None:
    if len(line) > 400 or block.kind == "quote":
        return None
    for rule in draft.rules:
        if rule.where == "line" and rule.action == "removed" and rule.pattern.search(line):
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
            start = edit.start if rule.where == "line" else max(0, edit.start - 1)
            match = rule.pattern.search(draft.text[start : edit.end].strip("\n"))
            if match and match["agency"]:
                return agencies().get(match["agency"])
    return None


def _flags(draft: _Draft) -> list[Edit]:
    """Doubtful stretches, in the coordinates of the draft."""
    found = []
    for rule in draft.rules:
        if rule.action == "flagged":
            stretches = [Block(0, len(draft.text), "")] if rule.where == "character" else draft.blocks
            for block in stretches:
                for match in rule.pattern.finditer(draft.text[block.start : block.end]):
                    start, end = block.start + match.start(), block.start + match.end()
                    found.append(Edit(start, end, match[0], rule.name))
    return [flag for flag in found if flag.start < flag.end]


def _fold(text: str) -> str:
    """Letters and digits only: headlines differ in quotes and dashes from the line that repeats them."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
