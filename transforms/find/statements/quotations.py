"""Quotations without a verb of the list: "…," he deadpanned, and whole quotations that stand next to an attribution.

In: marked text, the passages found so far. Out: an `Attribution`, or the passages of quotations that were left.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb
from transforms.find.statements.followers import speaker_after
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.passage import Passage, ends_sentence, quotation
from transforms.find.statements.phrases import read_phrase
from transforms.find.statements.shared_subjects import first_subject
from transforms.find.statements.speaker import Speaker
from transforms.find.statements.subjects import speaker_before

_FEWEST_WORDS = 3
"""Words of a quotation on its own that can be somebody's speech; fewer are a title or a slogan."""
_FEWEST_IN_SENTENCE = 5
"""The same behind a colon, where titles stand as well."""
_SHORT_PHRASE = 4
"""Tokens before a colon that are a speaker and nothing else."""
_SIGNS = 30
"""Characters of signs and spaces around a quotation that is a sentence of its own."""
_FARTHEST = 14
"""Tokens between a quotation and a verb that is not on the list."""


def read_quoting(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of a verb that the list does not know, right behind a quotation that ends with a comma."""
    low, words = marked.low, marked.words
    if low[index] in words.verbs or index <= lowest or not may_be_verb(marked, index):
        return None
    before = index - 1
    while before > max(lowest, index - _FARTHEST) and marked.quote_of[before] == NONE:
        before -= 1
    quote = marked.quote_of[before]
    if quote == NONE or not _expects_speaker(marked, quote, before):
        return None
    direct = before + 1 + (low[before + 1] in (",", "–", "—"))
    if direct == index:
        speaker = speaker_after(marked, index + 1, highest)
        if speaker is None or speaker.clause or not speaker.known:
            return None
        return Attribution(index, speaker.last, index, index + 1, speaker, "quoted", left=True)
    if any(_is_verb(marked, token) for token in range(direct, index)):
        return None
    speaker = speaker_before(marked, index, direct)
    if speaker is None or not speaker.known or speaker.first != direct:
        return None
    return Attribution(speaker.first, index + 1, index, index + 1, speaker, "quoted", left=True)


def _is_verb(marked: Marked, token: int) -> bool:
    word, words = marked.low[token], marked.words
    return marked.mention_of[token] == NONE and (
        word in words.verbs or word in words.lists["finite"] or word in words.lists["relatives"]
    )


def may_be_verb(marked: Marked, index: int) -> bool:
    """Whether a word looks like the past of a verb."""
    word, words = marked.low[index], marked.words
    if word in words.lists["irregular"]:
        return True
    return len(word) > 4 and word.endswith("ed")


def read_colon(
    marked: Marked, index: int, lowest: int, highest: int, teller: Speaker | None = None
) -> Attribution | None:
    """The attribution of a quotation behind a colon that no verb of saying opens: "Ruiz was blunt: “…”".

    `teller`: whose words stand before the colon: "Ruiz warned it would rain: “…”".
    """
    if index + 1 >= highest or marked.quote_of[index + 1] == NONE or index <= lowest:
        return None
    quote = marked.quote_of[index + 1]
    if _words_in(marked, quote) < _FEWEST_WORDS:
        return None
    speaker = teller or _before_colon(marked, index, lowest)
    if speaker is None or not speaker.known:
        if not ends_sentence(marked, quote) or _words_in(marked, quote) < _FEWEST_IN_SENTENCE:
            return None
        speaker = None  # "So will her husband: “…”": somebody's words, but nobody is told to speak
    first = index if speaker is None or teller is not None else speaker.first
    return Attribution(first, index, index, index, speaker, "colon", right=True, begin=index + 1, colon=True)


def _before_colon(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """Who speaks behind a colon: a phrase alone before it, its subject, else the only person named."""
    if not has_verb(marked, lowest, index):
        phrase = read_phrase(marked, lowest, index)
        if phrase is not None and index - lowest <= _SHORT_PHRASE:
            return phrase
        pronoun = read_phrase(marked, lowest, lowest + 1)
        if pronoun is not None and pronoun.name == "pronoun":
            return pronoun
    subject = first_subject(marked, index, lowest)
    if subject is not None:
        return subject
    persons = {marked.mention_of[token] for token in range(lowest, index) if marked.label(token) == "PER"}
    if len(persons) != 1:
        return None
    first, last = marked.mention_tokens[persons.pop()]
    return read_phrase(marked, first, last)


def _expects_speaker(marked: Marked, quote: int, last: int) -> bool:
    """Whether a quotation ends with a comma, so that who said it comes next."""
    if marked.quote_tokens[quote][1] != last + 1:
        return False
    span = marked.quotes[quote]
    return marked.text[span.inner_start : span.inner_end].rstrip().endswith(",") or marked.low[last + 1] == ","


def lone_quotations(marked: Marked, passages: Sequence[Passage]) -> Iterator[Passage]:
    """Quotations that are sentences of their own, said by who spoke just before, else by nobody that is named."""
    taken = {quote for passage in passages for quote in passage.quotes}
    ordered = sorted(passages, key=lambda passage: passage.start)
    ends = [passage.start for passage in ordered]
    for quote, span in enumerate(marked.quotes):
        if quote in taken or span.continues or not _is_whole(marked, quote) or _is_pulled(marked, quote):
            continue
        place = bisect_right(ends, span.start) - 1
        before = ordered[place] if place >= 0 else None
        if _words_in(marked, quote) < _FEWEST_WORDS and not _goes_on(marked, quote, before):
            continue
        attribution = _same_voice(marked, quote, before) or _subject_before(marked, quote)
        if attribution is not None or has_verb(marked, *marked.quote_tokens[quote]):
            yield quotation(marked, quote, attribution or _nobody(marked, quote))


def _words_in(marked: Marked, quote: int) -> int:
    return sum(marked.is_word(token) for token in range(*marked.quote_tokens[quote]))


def _goes_on(marked: Marked, quote: int, before: Passage | None) -> bool:
    """Whether a quotation is the rest of a speech: "“Never,” he said. “Never.”"."""
    if before is None or not before.direct:
        return False
    start = marked.quotes[quote].start
    behind = max(before.end, marked.ends[max(0, before.attribution.last - 1)])
    return _only_signs(marked.text, behind, start) and "\n" not in marked.text[behind:start]


def _is_whole(marked: Marked, quote: int) -> bool:
    """Whether a quotation begins and ends sentences, with nothing else in them."""
    span = marked.quotes[quote]
    opening = _sentence_of(marked, span.start)
    closing = _sentence_of(marked, span.end - 1)
    if opening is None or closing is None:
        return False
    begins, ends = marked.sentences[opening].start, marked.sentences[closing].end
    return _only_signs(marked.text, begins, span.start) and _only_signs(marked.text, span.end, ends)


def _is_pulled(marked: Marked, quote: int) -> bool:
    """Whether a quotation stands by itself without a full stop: words that the page only shows large."""
    span, text = marked.quotes[quote], marked.text
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    alone = before in ("", "\n") and behind in ("", "\n")
    return alone and text[span.inner_start : span.inner_end].rstrip()[-1:] not in tuple(".!?…,:;")


def _only_signs(text: str, start: int, end: int) -> bool:
    return end - start <= _SIGNS and not any(map(str.isalnum, text[start:end]))


def _sentence_of(marked: Marked, offset: int) -> int | None:
    place = bisect_right(marked.sentence_starts, offset) - 1
    return place if place >= 0 else None


def _nobody(marked: Marked, quote: int) -> Attribution:
    first = marked.quote_tokens[quote][0]
    return Attribution(first, first, first, first, None, "unattributed")


def _subject_before(marked: Marked, quote: int) -> Attribution | None:
    """The subject of the sentence before in the same paragraph: "Ruiz shook her head. “Not here.”"."""
    here = _sentence_of(marked, marked.quotes[quote].start)
    if not here or marked.sentences[here - 1].paragraph != marked.sentences[here].paragraph:
        return None
    lowest, highest = marked.sentence_tokens[here - 1]
    if marked.low[highest - 1] == "?":
        return None
    speaker = first_subject(marked, highest, lowest)
    if (
        speaker is None
        or speaker.name not in ("PER", "pronoun")
        or marked.low[speaker.first] in marked.words.lists["things"]
    ):
        return None
    return Attribution(speaker.first, speaker.last, speaker.last, speaker.last, speaker, "subject")


def _same_voice(marked: Marked, quote: int, before: Passage | None) -> Attribution | None:
    """The attribution before, when it is in the same paragraph or at the end of the one before."""
    if before is None:
        return None
    here = _sentence_of(marked, marked.quotes[quote].start)
    there = _sentence_of(marked, max(before.end - 1, marked.starts[max(0, before.attribution.last - 1)]))
    if here is None or there is None:
        return None
    distance = marked.sentences[here].paragraph - marked.sentences[there].paragraph
    if distance == 0 or (distance == 1 and here - there == 1):
        attribution = before.attribution
        rule = "continued" if attribution.speaker is not None else "unattributed"
        return Attribution(
            attribution.first, attribution.last, attribution.cue_first, attribution.cue_last, attribution.speaker, rule
        )
    return None
