"""Verbs of saying: the place of one comes in, an `Attribution` goes out, or None when nobody says anything.

"did not say", "would not say", "to say" and "if he says" attribute no words.
"""

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.inverted import read_inverted
from transforms.find.statements.leading import leading
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import is_plural
from transforms.find.statements.speaker import Speaker
from transforms.find.statements.subjects import speaker_before
from transforms.find.statements.words import Verb

_LONGEST_TIME = 7
"""Tokens of a time between a helping verb and its verb."""


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
        inverted = read_inverted(marked, verb, index, after, lowest, highest)
        if inverted is not None:
            return inverted
    start = _verb_group(marked, verb, index, lowest)
    if start < 0:
        return None
    if verb.forms == {"ing"} and start == index and marked.low[start - 1] == ",":
        return None
    if start > lowest and _needs_noun(marked, start - 1):
        return None  # "a proposed budget", "good on promises"
    if verb.forms == {"third"} and start == index > lowest + 1 and _has_object(marked, start - 1, lowest):
        return None  # "rejected calls for a vote"
    if "to_figure" in verb.takes and start > lowest and marked.low[start - 1] in marked.words.lists["of_events"]:
        return None  # "three more died, which raised the toll to 18"
    speaker = speaker_before(marked, start, lowest)
    if speaker is None or _conditional(marked, verb, speaker, lowest):
        return None
    if verb.forms == {"base"} and not _plural(marked, speaker, start, index):
        return None
    found = leading(marked, verb, speaker, index, after, lowest, highest)
    if found is None or ("weak" in verb.takes and not speaker.known and not _is_clear(marked, verb, found)):
        return None
    if verb.forms == {"ing"} and start == index and "bare" not in verb.takes:
        is_told = marked.low[found.begin - 1] in marked.words.lists["that"]
        return found if is_told else None  # "with forecasters warning that …"
    return None if verb.forms == {"ing"} and start == index and not speaker.known else found


def _is_clear(marked: Marked, verb: Verb, found: Attribution) -> bool:
    """Whether a verb that says little by itself tells speech, though nothing is known of its subject.

    "The finder replied that …" and "“…,” the finder insisted" do, "the mechanism showed that …" does not.
    """
    if "quote" not in verb.takes or found.framed:
        return False
    if "past" not in verb.forms and not (
        "third" in verb.forms and found.right and marked.low[found.begin - 1] in marked.words.lists["that"]
    ):
        return False
    first = found.speaker.first if found.speaker is not None else found.first
    if marked.low[first] not in marked.words.lists["determiners"] and not marked.capital(first):
        return False
    if found.right and not found.left:
        return marked.low[found.begin - 1] in marked.words.lists["that"] or marked.quote_of[found.begin] != NONE
    return found.left


def _needs_noun(marked: Marked, token: int) -> bool:
    """Whether a word can have a noun behind it only."""
    word, words = marked.low[token], marked.words
    if word in words.lists["numerals"] and token > 0 and marked.low[token - 1] in words.lists["of"]:
        return False  # "a mother of three said"
    return word not in words.lists["lone_speakers"] and (
        word in words.lists["determiners"] or word in words.lists["prepositions"]
    )


def _has_object(marked: Marked, token: int, lowest: int) -> bool:
    """Whether a word is the past of a verb, so that what follows is no verb: but "the accused says"."""
    word, words = marked.low[token], marked.words
    if marked.mention_of[token] != NONE or marked.quote_of[token] != NONE or word in words.nouns:
        return False
    if word not in words.lists["irregular"] and not (len(word) > 4 and word.endswith("ed")):
        return False
    return token > lowest and marked.low[token - 1] not in words.lists["determiners"]


def _verb_group(marked: Marked, verb: Verb, index: int, lowest: int) -> int:
    """The token at which "had also said" begins; -1 when it is no telling ("did not say", "to say", "was said")."""
    low, words = marked.low, marked.words
    start = index
    while start > lowest and marked.quote_of[start - 1] == NONE and marked.mention_of[start - 1] == NONE:
        word = low[start - 1]
        if word not in words.in_verb_groups and not word.endswith(("n't", "ly")):
            break
        if word in words.lists["be"] and verb.forms == {"ing"}:
            start -= 1
            continue
        if (
            word in words.lists["negations"]
            or word in words.lists["modals"]
            or word in words.lists["be"]
            or word.endswith("n't")
        ):
            return -1
        if _in_passing(marked, start, lowest):
            start -= _in_passing(marked, start, lowest)
            continue
        if word in words.lists["dates"] and (in_time := _since(marked, start, lowest)) != NONE:
            start = in_time
            continue
        if word in words.lists["did"]:
            return start - 1 if "base" in verb.forms else -1
        if word in words.lists["to"]:
            going = (
                start >= lowest + 3
                and low[start - 2] in words.lists["on"]
                and low[start - 3] in words.lists["going_on"]
            )
            return start - 3 if going and "base" in verb.forms else -1
        if word in words.lists["lone_speakers"] and (start - 1 == lowest or not marked.is_word(start - 2)):
            break  # "Both said", not "they both said"
        if (
            word in words.lists["perfect"]
            or word in words.lists["adverbs"]
            or (word.endswith("ly") and word not in words.nouns)
        ):
            start -= 1
        elif start >= lowest + 3 and word in words.lists["dates"] and low[start - 2] in words.lists["dates"]:
            start -= 2
        elif word in words.lists["days"]:
            start -= 1 + (start >= lowest + 2 and low[start - 2] in words.lists["on"])
        else:
            break
    return start


def _since(marked: Marked, end: int, lowest: int) -> int:
    """Where a time between "has" and its verb begins: "has over the last few weeks warned"; else NONE."""
    low, words = marked.low, marked.words
    for token in range(end - 1, max(lowest, end - _LONGEST_TIME), -1):
        if low[token] in words.lists["circumstances"] and marked.mention_of[token] == NONE:
            return token if low[token - 1] in words.lists["perfect"] else NONE
        if low[token] not in words.lists["dates"] | words.lists["determiners"] | words.lists["lately"]:
            return NONE
    return NONE


def _in_passing(marked: Marked, end: int, lowest: int) -> int:
    """How many tokens before a verb are a phrase such as "for his part"."""
    for length in (3, 2):
        if end - length >= lowest and "_".join(marked.low[end - length : end]) in marked.words.lists["in_passing"]:
            return length
    return 0


def _plural(marked: Marked, speaker: Speaker, start: int, index: int) -> bool:
    """Whether a speaker agrees with "say": "officials say", "they say", or "did say"."""
    if marked.low[start] in marked.words.lists["did"] or start < index:
        return True
    return any(is_plural(marked, token) for token in range(speaker.first, start))


def _conditional(marked: Marked, verb: Verb, speaker: Speaker, lowest: int) -> bool:
    """Whether it is only told what would be, or what is each time: "if she says so", "whenever she says so"."""
    if speaker.first <= lowest:
        return False
    before, lists = marked.low[speaker.first - 1], marked.words.lists
    is_told = not {"past", "participle"}.isdisjoint(verb.forms)  # "when he said so"
    return before in lists["conditions"] or (before in lists["each_time"] and not is_told)
