"""Sources that no verb of saying introduces: "according to X", "citing X", "X was quoted as saying".

In: a token of a sentence. Out: an `Attribution`, or the speaker that words are put down to.
"""

from dataclasses import replace

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb, opens_clause
from transforms.find.statements.followers import speaker_after
from transforms.find.statements.leading import is_aside
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import read_phrase
from transforms.find.statements.speaker import Speaker, is_boundary
from transforms.find.statements.subjects import speaker_before

_FEWEST = 8
"""Tokens of a sentence that says how somebody sees something."""


def read_according(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "according to X" at a token, wherever in the sentence it stands."""
    low, words = marked.low, marked.words
    if index + 2 >= highest or low[index + 1] not in words.lists["to"]:
        return None
    speaker = _lone_pronoun(marked, index + 2, highest) or speaker_after(marked, index + 2, highest)
    if speaker is None or any(low[token] in words.lists["not_sources"] for token in range(index + 2, speaker.last)):
        return None
    speaker = author(marked, speaker)
    found = Attribution(index, speaker.last, index, index + 2, speaker, "according")
    speaker = _past_bracket(marked, speaker, highest)
    found = replace(found, last=speaker.last)
    comma = speaker.last < highest and low[speaker.last] == ","
    if opens_clause(marked, index, lowest):
        begin = _past_apposition(marked, speaker.last, highest) if comma else NONE
        return replace(found, right=True, begin=begin) if begin != NONE else None
    between = comma and low[index - 1] == "," and not is_aside(marked, min(speaker.last + 1, highest - 1))
    if between and has_verb(marked, speaker.last + 1, highest) and not has_verb(marked, max(lowest, index - 40), index):
        return replace(found, left=True, right=True, begin=speaker.last + 1)
    return replace(found, left=True)


def _lone_pronoun(marked: Marked, token: int, highest: int) -> Speaker | None:
    """The speaker of "according to her."."""
    if marked.low[token] not in marked.words.lists["objects"] or (token + 1 < highest and marked.is_word(token + 1)):
        return None
    return Speaker(token, token + 1, marked.starts[token], marked.ends[token], True, "pronoun")


def _past_bracket(marked: Marked, speaker: Speaker, highest: int) -> Speaker:
    """The speaker with the acronym in brackets behind it."""
    closing = speaker.last
    if closing >= highest or marked.low[closing] != "(":
        return speaker
    while closing < min(highest, speaker.last + 8) and marked.low[closing] != ")":
        closing += 1
    return replace(speaker, last=closing + 1) if closing < highest and marked.low[closing] == ")" else speaker


def _past_apposition(marked: Marked, comma: int, highest: int) -> int:
    """The token at which the words after "According to X, a monitor in Britain," begin."""
    low = marked.low
    following = comma + 1
    if following + 1 < highest and low[following].isdigit() and low[following + 1] == ",":
        following += 2  # "According to Ana Ruiz, 34, …"
    end = following
    while end < highest and marked.low[end] != ",":
        if marked.quote_of[end] != NONE:
            return following
        end += 1
    described = following < highest and marked.low[following] in (
        *marked.words.lists["articles"],
        *marked.words.lists["relatives"],
    )
    if described and end < highest and not has_verb(marked, following, end) and has_verb(marked, end, highest):
        return end + 1
    return following if following < highest else NONE


def read_cited(marked: Marked, index: int, highest: int) -> Speaker | None:
    """The source behind "citing", None when it is a reason ("citing health concerns")."""
    speaker = speaker_after(marked, index + 1, highest)
    if speaker is None:
        return None
    speaker = author(marked, speaker)
    nouns = [marked.words.nouns.get(marked.low[token]) for token in range(speaker.first, speaker.last)]
    is_document = any(noun is not None and noun.kind == "document" for noun in nouns)
    return speaker if speaker.known and speaker.name != "pronoun" and not is_document else None


def read_quoted(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "X was quoted by AFP as saying that …", "AFP quotes X as saying …" at its "quoted"."""
    low, words = marked.low, marked.words
    saying = index + 1
    while saying < min(highest - 1, index + 12) and low[saying] not in words.lists["as"]:
        saying += 1
    if saying + 2 >= highest or not any("ing" in verb.forms for verb in words.verbs.get(low[saying + 1], ())):
        return None
    begin = saying + 2
    if low[begin] in words.lists["prepositions"] or begin == highest - 1:
        return _quoted_behind(marked, index, saying + 2, lowest)
    while begin < highest - 1 and (low[begin] in (",", ":") or low[begin] in words.lists["that"]):
        begin += 1
    if index <= lowest or low[index - 1] not in words.lists["be"]:
        quoted = speaker_after(marked, index + 1, saying)
        if quoted is None or not quoted.known:
            return None
        return Attribution(index, saying + 2, index, saying + 2, quoted, "quoted", right=True, begin=begin)
    helping = index - 1
    while helping > lowest and low[helping - 1] in words.lists["be"] | words.lists["perfect"]:
        helping -= 1
    speaker = speaker_before(marked, helping, lowest)
    if speaker is None:
        return None
    return Attribution(speaker.first, saying + 2, index, saying + 2, speaker, "quoted", right=True, begin=begin)


def _quoted_behind(marked: Marked, index: int, last: int, lowest: int) -> Attribution | None:
    """The attribution of "…, X was quoted as saying by AFP"."""
    helping = index - 1
    if index <= lowest or marked.low[helping] not in marked.words.lists["be"]:
        return None
    speaker = speaker_before(marked, helping, lowest)
    if speaker is None or not speaker.known or speaker.first <= lowest or marked.low[speaker.first - 1] != ",":
        return None
    return Attribution(speaker.first, last, index, last, speaker, "quoted", left=True)


def author(marked: Marked, speaker: Speaker) -> Speaker:
    """Whose words a document tells: of "a note from the bank" the bank; the same speaker when it is no document."""
    low, words = marked.low, marked.words
    if speaker.name:
        return speaker
    is_document = False
    for token in range(speaker.first, speaker.last):
        noun = words.nouns.get(low[token])
        is_document = is_document or (noun is not None and noun.kind == "document")
        if token > speaker.first and is_boundary(marked, token):
            break
        if is_document and low[token] in words.lists["authored"]:
            found = read_phrase(marked, token + 1, speaker.last)
            return replace(found, first=speaker.first, last=speaker.last) if found and found.known else speaker
    return speaker
