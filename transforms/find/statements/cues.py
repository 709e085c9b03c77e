"""Verbs of saying: the place of one comes in, an `Attribution` goes out, or None when nobody says anything.

"did not say", "would not say", "to say" and "if he says" attribute no words.
"""

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.circumstances import what_follows
from transforms.find.statements.clauses import fewer_words, has_verb
from transforms.find.statements.leading import leading, resumes
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import Speaker
from transforms.find.statements.subjects import speaker_after, speaker_before
from transforms.find.statements.words import Verb


def read_cue(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of the verb at a token of the sentence `lowest` to `highest`."""
    for verb in marked.words.verbs[marked.low[index]]:
        if not marked.stands(verb.particle, index + 1):
            continue
        found = _read(marked, verb, index, index + 1 + len(verb.particle), lowest, highest)
        if found is not None:
            return found
    return None


def _read(marked: Marked, verb: Verb, index: int, after: int, lowest: int, highest: int) -> Attribution | None:
    if "past" in verb.forms or "third" in verb.forms or "base" in verb.forms or "participle" in verb.forms:
        inverted = _inverted(marked, verb, index, after, lowest, highest)
        if inverted is not None:
            return inverted
    start = _verb_group(marked, verb, index, lowest)
    if start < 0:
        return None
    if verb.forms == {"ing"} and start == index and marked.low[start - 1] == ",":
        return None
    if start > lowest and _needs_noun(marked, start - 1):
        return None  # "a proposed budget", "good on promises"
    speaker = speaker_before(marked, start, lowest)
    if speaker is None or _conditional(marked, speaker, lowest):
        return None
    if verb.forms == {"base"} and not _plural(marked, speaker, start, index):
        return None
    found = leading(marked, verb, speaker, index, after, lowest, highest)
    if found is None or ("weak" in verb.takes and not speaker.known and not _is_clear(marked, verb, found)):
        return None
    if verb.forms == {"ing"} and start == index and "bare" not in verb.takes:
        is_told = marked.low[found.begin - 1] in marked.words["that"]
        return found if is_told else None  # "with forecasters warning that …"
    return None if verb.forms == {"ing"} and start == index and not speaker.known else found


def _is_clear(marked: Marked, verb: Verb, found: Attribution) -> bool:
    """Whether a verb that says little by itself tells speech, though nothing is known of its subject.

    "The finder replied that …" and "“…,” the finder insisted" do, "the mechanism showed that …" does not.
    """
    if "quote" not in verb.takes or "past" not in verb.forms or found.framed:
        return False
    first = found.speaker.first if found.speaker is not None else found.first
    if marked.low[first] not in marked.words["determiners"] and not marked.capital(first):
        return False
    if found.right and not found.left:
        return marked.low[found.begin - 1] in marked.words["that"] or marked.quote_of[found.begin] != NONE
    return found.left


def _needs_noun(marked: Marked, token: int) -> bool:
    """Whether a word can have a noun behind it only."""
    word, words = marked.low[token], marked.words
    return word not in words["lone_speakers"] and (word in words["determiners"] or word in words["prepositions"])


def _verb_group(marked: Marked, verb: Verb, index: int, lowest: int) -> int:
    """The token at which "had also said" begins; -1 when it is no telling ("did not say", "to say", "was said")."""
    low, words = marked.low, marked.words
    start = index
    while start > lowest and marked.quote_of[start - 1] == NONE and marked.mention_of[start - 1] == NONE:
        word = low[start - 1]
        if word in words["be"] and verb.forms == {"ing"}:
            start -= 1
            continue
        if word in words["negations"] or word in words["modals"] or word in words["be"] or word.endswith("n't"):
            return -1
        if _in_passing(marked, start, lowest):
            start -= _in_passing(marked, start, lowest)
            continue
        if word in words["did"]:
            return start - 1 if "base" in verb.forms else -1
        if word == "to":
            going = start >= lowest + 3 and low[start - 2] == "on" and low[start - 3] in words["going_on"]
            return start - 3 if going and "base" in verb.forms else -1
        if word in words["lone_speakers"] and (start - 1 == lowest or not marked.is_word(start - 2)):
            break  # "Both said", not "they both said"
        if word in words["perfect"] or word in words["adverbs"] or (word.endswith("ly") and word not in words.nouns):
            start -= 1
        elif start >= lowest + 3 and word in words["dates"] and low[start - 2] in words["dates"]:
            start -= 2
        elif word in words["days"]:
            start -= 1 + (start >= lowest + 2 and low[start - 2] == "on")
        else:
            break
    return start


def _in_passing(marked: Marked, end: int, lowest: int) -> int:
    """How many tokens before a verb are a phrase such as "for his part"."""
    for length in (3, 2):
        if end - length >= lowest and "_".join(marked.low[end - length : end]) in marked.words["in_passing"]:
            return length
    return 0


def _plural(marked: Marked, speaker: Speaker, start: int, index: int) -> bool:
    """Whether a speaker agrees with "say": "officials say", "they say", or "did say"."""
    if marked.low[start] in marked.words["did"] or start < index:
        return True
    return any(_is_plural(marked, token) for token in range(speaker.first, start))


def _is_plural(marked: Marked, token: int) -> bool:
    word = marked.low[token]
    noun = marked.words.nouns.get(word)
    if noun is not None and noun.kind == "document" and word.endswith("s"):
        return True
    if word in marked.words["plural_pronouns"] or (noun is not None and noun.kind == "people"):
        return True
    return noun is None and word.endswith("s") and not word.endswith(("ss", "'s", "is", "us"))


def _conditional(marked: Marked, speaker: Speaker, lowest: int) -> bool:
    return speaker.first > lowest and marked.low[speaker.first - 1] in marked.words["conditions"]


def _inverted(marked: Marked, verb: Verb, index: int, after: int, lowest: int, highest: int) -> Attribution | None:
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
        or not (speaker.known or marked.quote_of[index - 1] != NONE or marked.low[after] in marked.words["determiners"])
    ):
        return None
    if marked.low[index - 1] == ",":
        before = speaker_before(marked, index, lowest)
        if before is not None and (before.first == lowest or not has_verb(marked, lowest, before.first)):
            return None
    if verb.forms == {"base"} and not any(_is_plural(marked, token) for token in range(speaker.first, speaker.last)):
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
        or marked.low[token] not in marked.words["relatives"]
        or marked.low[token] in marked.words["that"]
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
            marked.low[token] in marked.words["continuers"] or marked.low[token] in marked.words.verbs
        ):
            return token - 1, "end"
        token += 1
    return token, "end"
