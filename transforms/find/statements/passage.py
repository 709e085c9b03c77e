"""A stretch of words that is put into a mouth: tokens or a quotation come in, a `Passage` of characters goes out."""

from dataclasses import dataclass

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.marked import NONE, Marked


@dataclass(slots=True)
class Passage:
    """Words from character `start` to `end` that an attribution puts into a mouth; `quotes` are those it holds.

    `direct`: the words are a whole quotation, or stand after a colon.
    """

    start: int
    end: int
    direct: bool
    attribution: Attribution
    quotes: tuple[int, ...] = ()


def trimmed(marked: Marked, first: int, last: int) -> tuple[int, int]:
    """Tokens without signs, and without "But" or "and that" before them; marks of quotations stay."""
    while first < last and marked.quote_of[first] == NONE and _opens_nothing(marked, first):
        first += 1
    while last > first and marked.quote_of[last - 1] == NONE and _closes_nothing(marked, last - 1):
        last -= 1
    return first, last


def _opens_nothing(marked: Marked, token: int) -> bool:
    word = marked.low[token]
    if word in marked.words.lists["continuers"] and marked.mention_of[token] == NONE:
        return True
    return not marked.is_word(token) and word not in marked.words.lists["kept_signs"]


def _closes_nothing(marked: Marked, token: int) -> bool:
    word = marked.low[token]
    return word in marked.words.lists["joins"] or not (
        marked.is_word(token) or word in marked.words.lists["kept_signs"] or word == ")"
    )


def passage_of(marked: Marked, attribution: Attribution, first: int, last: int) -> Passage | None:
    """The words from token `first` to `last` (exclusive), as a quotation if they are one; None without words."""
    if first >= last:
        return None
    quote = marked.quote_of[first]
    if (
        quote != NONE
        and not attribution.framed
        and marked.quote_of[last - 1] == quote
        and fills(marked, quote, first, last)
    ):
        return quotation(marked, quote, attribution)
    return Passage(
        start_of(marked, first), end_of(marked, last), attribution.colon, attribution, quotes_in(marked, first, last)
    )


def fills(marked: Marked, quote: int, first: int, last: int) -> bool:
    """Whether a quotation holds every token from `first` to `last` (exclusive)."""
    begin, end = marked.quote_tokens[quote]
    return first <= max(begin, first) and end >= last and begin <= first


def quotation(marked: Marked, quote: int, attribution: Attribution) -> Passage:
    """The words between the marks, without a comma at their end, through all the paragraphs they go on for."""
    first = last = quote
    while first > 0 and marked.quotes[first].continues:
        first -= 1
    while last + 1 < len(marked.quotes) and marked.quotes[last].goes_on and marked.quotes[last + 1].continues:
        last += 1
    start, end = marked.quotes[first].inner_start, marked.quotes[last].inner_end
    text = marked.text
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–—-"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Passage(start, end, True, attribution, tuple(range(first, last + 1)))


def start_of(marked: Marked, token: int) -> int:
    """The character at which a token begins, the mark of its quotation included."""
    quote = marked.quote_of[token]
    return marked.starts[token] if quote == NONE else min(marked.starts[token], marked.quotes[quote].start)


def end_of(marked: Marked, last: int) -> int:
    """The character at which the token before `last` ends, the mark of its quotation included."""
    quote = marked.quote_of[last - 1]
    return marked.ends[last - 1] if quote == NONE else max(marked.ends[last - 1], marked.quotes[quote].end)


def quotes_in(marked: Marked, first: int, last: int) -> tuple[int, ...]:
    """The quotations that tokens from `first` to `last` (exclusive) touch, in order."""
    return tuple(quote for quote in dict.fromkeys(marked.quote_of[first:last]) if quote != NONE)


def ends_sentence(marked: Marked, quote: int) -> bool:
    """Whether the words of a quotation end like a sentence."""
    span = marked.quotes[quote]
    return marked.text[span.inner_start : span.inner_end].rstrip()[-1:] in tuple(".!?")
