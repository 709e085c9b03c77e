"""Where the words of an attribution begin and end: a sentence's attributions come in, `Passage` spans go out.

Words on the left reach back to the start of the sentence, words on the right on to its end, both no further than a
semicolon or another attribution.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import BREAKS, has_verb
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.passage import (
    Passage,
    end_of,
    ends_sentence,
    fills,
    passage_of,
    quotation,
    quotes_in,
    start_of,
    trimmed,
)
from transforms.find.statements.scopes import clause_end, in_relative_clause, joint, left_floor


def passages_of(marked: Marked, attributions: Sequence[Attribution], lowest: int, highest: int) -> Iterator[Passage]:
    """The passages of a sentence, in order."""
    floor = lowest
    for number, attribution in enumerate(attributions):
        following = attributions[number + 1] if number + 1 < len(attributions) else None
        ceiling = highest
        if following is not None:
            end = joint(marked, attribution, following) if attribution.right else NONE
            ceiling = end if end != NONE else following.first
        if attribution.end:
            ceiling = min(ceiling, attribution.end)
        if attribution.left:
            floor = left_floor(marked, attribution, floor)
        if attribution.left and attribution.right and attribution.colon and _speaks(marked, attribution, ceiling):
            yield from _single(marked, replace(attribution, colon=False), *trimmed(marked, floor, attribution.first))
            yield from _speech(marked, attribution, ceiling)
        elif attribution.left and attribution.right:
            yield from _both(marked, attribution, floor, ceiling)
        elif attribution.left:
            yield from _single(marked, attribution, *trimmed(marked, floor, attribution.first))
        else:
            yield from _speech(marked, attribution, ceiling)
        floor = max(attribution.last, ceiling if following is not None and attribution.right else attribution.last)


def _single(marked: Marked, attribution: Attribution, first: int, last: int) -> Iterator[Passage]:
    passage = passage_of(marked, attribution, first, last)
    if passage is not None:
        yield passage


def _speaks(marked: Marked, attribution: Attribution, ceiling: int) -> bool:
    """Whether a clause or quotation follows a colon, and not only a list: "It was the heaviest, he said: 40 drones"."""
    begin = attribution.begin
    return begin < ceiling and (marked.quote_of[begin] != NONE or has_verb(marked, begin, ceiling))


def _speech(marked: Marked, attribution: Attribution, ceiling: int) -> Iterator[Passage]:
    """The passage on the right of an attribution, if there are words."""
    aside = in_relative_clause(marked, attribution)
    opening = marked.low[attribution.first - 1] if attribution.first > 0 else ""
    in_time = opening in marked.words.lists["time_clauses"]
    end = (
        ceiling
        if attribution.colon
        else clause_end(marked, attribution.begin, ceiling, aside, attribution.framed, in_time)
    )
    passage = _right(marked, attribution, attribution.begin, end)
    if passage is not None:
        yield passage


def _right(marked: Marked, attribution: Attribution, begin: int, end: int) -> Passage | None:
    first, last = trimmed(marked, begin, end)
    if first >= last:
        return None
    quote = marked.quote_of[first]
    if quote != NONE and not attribution.framed:
        past = marked.quote_tokens[quote][1]
        if not attribution.colon and marked.low[first - 1] not in BREAKS and _is_fragment(marked, quote):
            return passage_of(marked, replace(attribution, framed=True), first, last)
        if past >= last or attribution.colon or _stops(marked, quote) or marked.low[first - 1] in BREAKS:
            return quotation(marked, quote, attribution)
    return (
        passage_of(marked, replace(attribution, framed=True), first, last)
        if quote != NONE
        else passage_of(marked, attribution, first, last)
    )


def _is_fragment(marked: Marked, quote: int) -> bool:
    """Whether a quotation is a part of the reporter's sentence: "promised “to be loyal”", "said “nothing at all”"."""
    first, last = marked.quote_tokens[quote]
    words = [token for token in range(first, last) if marked.is_word(token)]
    if not words or marked.capital(words[0]):
        return False
    return marked.low[words[0]] in marked.words.lists["to"] or not has_verb(marked, first, last)


def _stops(marked: Marked, quote: int) -> bool:
    """Whether a quotation ends like a sentence."""
    span = marked.quotes[quote]
    return marked.text[span.inner_start : span.inner_end].rstrip()[-1:] in tuple(".!?,…")


def _both(marked: Marked, attribution: Attribution, floor: int, ceiling: int) -> Iterator[Passage]:
    first, last = trimmed(marked, floor, attribution.first)
    second, end = trimmed(marked, attribution.begin, clause_end(marked, attribution.begin, ceiling))
    if first >= last or second >= end:
        lone = (first, last) if first < last else (second, end)
        passage = passage_of(marked, attribution, *lone)
        if passage is not None:
            yield passage
        return
    left, right = marked.quote_of[first], marked.quote_of[second]
    whole = left != NONE and marked.quote_of[last - 1] == left and fills(marked, left, first, last)
    if whole and right != NONE:
        if ends_sentence(marked, left):
            yield quotation(marked, left, attribution)
            yield quotation(marked, right, attribution)
        else:
            start, past = marked.quotes[left].start, marked.quotes[right].end
            yield Passage(start, past, True, attribution, (left, right))
    elif whole:
        yield quotation(marked, left, attribution)
    else:
        yield Passage(
            start_of(marked, first), end_of(marked, end), False, attribution,
            quotes_in(marked, first, last) + quotes_in(marked, second, end),
        )  # fmt: skip
