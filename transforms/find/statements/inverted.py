"""A verb of saying before its speaker ("…, said Ana Ruiz, a nurse") comes in, an `Attribution` goes out."""

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.circumstances import what_follows
from transforms.find.statements.clauses import fewer_words, has_verb
from transforms.find.statements.followers import speaker_after
from transforms.find.statements.leading import resumes
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import is_plural
from transforms.find.statements.subjects import speaker_before
from transforms.find.statements.words import Verb


def read_inverted(marked: Marked, verb: Verb, index: int, after: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "…, said Ana Ruiz, a nurse"."""
    if "invert" not in verb.takes or index <= lowest or after >= highest:
        return None
    if not (marked.quote_of[index - 1] != NONE or marked.low[index - 1] in (",", "–", "—", "--")):
        return None
    if marked.low[index - 1] == "," and fewer_words(marked, lowest, index):
        return None
    speaker = speaker_after(marked, after, highest)
    if (
        speaker is None
        or speaker.clause
        or not (
            speaker.known
            or marked.quote_of[index - 1] != NONE
            or marked.low[after] in marked.words.lists["determiners"]
        )
    ):
        return None
    if marked.low[index - 1] == ",":
        before = speaker_before(marked, index, lowest)
        if before is not None and (before.first == lowest or not has_verb(marked, lowest, before.first)):
            return None
    if verb.forms == {"base"} and not any(is_plural(marked, token) for token in range(speaker.first, speaker.last)):
        return None
    kind, begin = what_follows(marked, _past_relative(marked, speaker.last, highest), highest)
    quoted = marked.quote_of[index - 1] != NONE or (index > lowest + 1 and marked.quote_of[index - 2] != NONE)
    if kind in ("that", "clause", "infinitive") and not quoted:
        return None
    last = begin
    if kind == "comma" and begin + 1 < highest and not quoted and resumes(marked, index, begin + 1):
        return Attribution(index, last, index, after, speaker, "inverted", left=True, right=True, begin=begin + 1)
    if kind == "comma":
        last, kind = _past_apposition(marked, begin, highest)
        begin = last
    both = kind == "quote" and marked.quote_of[index - 1] != NONE
    return Attribution(index, last, index, after, speaker, "inverted", left=True, right=both, begin=begin)


def _past_relative(marked: Marked, token: int, highest: int) -> int:
    """Past "who hid under a bed" behind a speaker, to the sign that ends it."""
    if (
        token >= highest
        or marked.low[token] not in marked.words.lists["relatives"]
        or marked.low[token] in marked.words.lists["that"]
    ):
        return token
    while token < highest and marked.low[token] != "," and marked.quote_of[token] == NONE:
        token += 1
    return token


def _past_apposition(marked: Marked, comma: int, highest: int) -> tuple[int, str]:
    """Where what follows "said Ana Ruiz," ends: at a quotation, at a second cue or at the end."""
    token = comma + 1
    while token < highest:
        if marked.quote_of[token] != NONE:
            return token, "quote" if marked.low[token - 1] in (",", ":") else "end"
        if marked.low[token - 1] == "," and (
            marked.low[token] in marked.words.lists["continuers"] or marked.low[token] in marked.words.verbs
        ):
            return token - 1, "end"
        token += 1
    return token, "end"
