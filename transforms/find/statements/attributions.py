"""The attributions of one sentence: marked text and a sentence come in, `Attribution` after `Attribution` goes out.

Each word that may be a cue is shown to the readers of its list; the first that makes sense of it wins.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import compress

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb
from transforms.find.statements.cues import read_cue
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.named_sources import author, read_according, read_cited, read_quoted
from transforms.find.statements.nouns_of_saying import read_conviction, read_noun, read_told_by
from transforms.find.statements.quotations import may_be_verb, read_colon, read_quoting
from transforms.find.statements.shared_subjects import read_shared
from transforms.find.statements.views import read_for, read_view

_READERS: tuple[tuple[str, Callable[[Marked, int, int, int], Attribution | None]], ...] = (
    ("according", read_according),
    ("convictions", read_conviction),
    ("views", read_view),
    ("quoted_as", read_quoted),
    ("sayings", read_noun),
)


def attributions_of(marked: Marked, lowest: int, highest: int) -> Iterator[Attribution]:
    """The attributions of the sentence of tokens `lowest` to `highest` (exclusive), in text order.

    A source that is cited stands in place of the outlet that cites it.
    """
    last: Attribution | None = None
    cited = None
    cues = marked.words.cues
    for token, is_behind_quote in _places(marked, lowest, highest):
        if marked.mention_of[token] != NONE or (last is not None and token < last.cue_last):
            continue
        word = marked.low[token]
        if word in marked.words.lists["citing"]:
            cited = read_cited(marked, token, highest)
            if cited is not None and last is not None and token <= last.last + 2 and _is_outlet(last):
                end = max(last.last, cited.last)
                last = replace(last, speaker=cited, cue_first=token, cue_last=token + 1, last=end, rule="citing")
                cited = None
            elif cited is not None and last is not None and _passes_on(marked, last, token, cited.last, highest):
                last = replace(last, speaker=cited, end=token, rule="citing")
                cited = None
            continue
        found = _read(marked, token, lowest, highest, last) if word in cues else None
        if found is None and is_behind_quote:
            found = read_quoting(marked, token, lowest, highest)
        if found is not None:
            if last is not None:
                yield last
            found.speaker = cited or (author(marked, found.speaker) if found.speaker is not None else None)
            last, cited = found, None
    last = last or read_for(marked, lowest, highest)
    if last is not None:
        yield last


def _places(marked: Marked, lowest: int, highest: int) -> Iterator[tuple[int, bool]]:
    """The tokens that may be a cue, and whether a quotation stands before them: behind one any verb may."""
    cues, low, quote_of = marked.words.cues, marked.low, marked.quote_of
    is_quoting = lowest < highest and max(quote_of[lowest:highest]) != NONE
    first = next(token for token in range(lowest, highest) if quote_of[token] != NONE) if is_quoting else highest
    for token in compress(range(lowest, first), map(cues.__contains__, low[lowest:first])):
        yield token, False
    for token in range(first, highest):
        if quote_of[token] == NONE and (low[token] in cues or may_be_verb(marked, token)):
            yield token, True


def _read(marked: Marked, token: int, lowest: int, highest: int, last: Attribution | None) -> Attribution | None:
    word, words = marked.low[token], marked.words
    found = None
    if word == ":" and (last is None or last.begin != token + 1):
        is_told = last is not None and last.right and not last.left and has_verb(marked, last.begin, token)
        found = read_colon(marked, token, lowest, highest, last.speaker if last is not None and is_told else None)
    if word in words.rare_cues:
        for name, reader in _READERS:
            if found is None and word in words.lists[name]:
                found = reader(marked, token, lowest, highest)
    if found is None and word in words.verbs and not _is_governed(marked, token, lowest):
        found = read_cue(marked, token, lowest, highest) or read_shared(marked, token, lowest, highest, last)
    if found is None and word in words.lists["told_by"]:
        found = read_told_by(marked, token, lowest, highest)
    return found


def _is_governed(marked: Marked, token: int, lowest: int) -> bool:
    """Whether the word before a verb tells that it is a noun or denied: most words that may be a cue are."""
    before, words = token - 1, marked.words
    if before < lowest or marked.mention_of[before] != NONE or marked.quote_of[before] != NONE:
        return False
    word = marked.low[before]
    if word in words.lists["be"]:
        return marked.low[token] not in words.participles
    if word in words.lists["to"]:
        return before == lowest or marked.low[before - 1] not in words.lists["on"]  # "went on to say"
    if word not in words.before_no_telling:
        return False
    # "a mother of three said"
    return not (before > lowest and marked.low[before - 1] in words.lists["of"] and word in words.lists["numerals"])


def _passes_on(marked: Marked, last: Attribution, token: int, end: int, highest: int) -> bool:
    """Whether an outlet reported what somebody cited at the end of the sentence said."""
    relays = marked.low[last.cue_first] in marked.words.lists["relaying"] and last.right and _is_outlet(last)
    return relays and marked.low[token - 1] == "," and end >= highest - 1


def _is_outlet(attribution: Attribution) -> bool:
    """Whether who cites a source is no person: a person who cites figures still speaks for herself."""
    return attribution.speaker is None or attribution.speaker.name not in ("PER", "pronoun")
