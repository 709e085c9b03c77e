"""A speaker before a verb of saying ("he said that …", "…, he said") comes in, an `Attribution` goes out."""

from dataclasses import replace

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.circumstances import past_addressee, what_follows
from transforms.find.statements.clauses import BREAKS, fewer_words, has_verb, only_circumstance, opens_relative
from transforms.find.statements.frames import FRAMES, takes_words
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import Speaker
from transforms.find.statements.words import Verb

_SPEAKING = frozenset({"that", "quote", "bare"})
"""What a verb takes whose words may stand before it."""
_SHARED = "shared"
"""The rule of a second verb: what stands before it belongs to the first."""
_QUOTING = frozenset({"judge", "object"})
"""Frames whose object may begin with a quotation: "denounced “a barbaric act”"."""
_FEWEST_RIGHT = 3
"""Tokens behind "In May, he said," that are a statement."""
_SHORT = 7
"""Tokens of a clause that is told to go on behind its attribution by a preposition there."""


def leading(
    marked: Marked, verb: Verb, speaker: Speaker, index: int, after: int, lowest: int, highest: int, rule: str = ""
) -> Attribution | None:
    """The attribution of a speaker before the verb: "he said that …", "…, he said", "…, he said, …"."""
    found = _read(marked, verb, speaker, index, after, lowest, highest, rule)
    if found is None or not found.right or found.begin < highest:
        return found
    return replace(found, right=False, colon=False) if found.left else None  # nothing is behind "he said:"


def _read(
    marked: Marked, verb: Verb, speaker: Speaker, index: int, after: int, lowest: int, highest: int, rule: str
) -> Attribution | None:
    begin = after
    if "addressee" in verb.takes and begin < highest and marked.low[begin] not in marked.words.lists["circumstances"]:
        begin = past_addressee(marked, begin, highest)
    kind, begin = what_follows(marked, begin, highest)
    found = Attribution(speaker.first, begin, index, after, speaker, rule or "leading")
    opening = speaker.first
    if (
        opening > lowest + 2
        and marked.low[opening - 1] in marked.words.lists["how"]
        and marked.low[opening - 2] in marked.words.lists["be"]
    ):
        opening -= 2  # "…," is how she put it
        found.first = opening
    if opening > lowest + 1 and marked.low[opening - 1] in marked.words.lists["as"] and marked.low[opening - 2] == ",":
        opening -= 1  # "…, as she put it"
        found.first = opening
    left = "" if rule == _SHARED else _words_on_left(marked, opening, lowest)
    moved = begin > after and "addressee" not in verb.takes
    if left == "words" and "gesture" in verb.takes and marked.quote_of[opening - 2] == NONE:
        left = ""  # "When he was asked, he shrugged"
    is_manner = kind == "end" and after < highest and marked.low[after] in marked.words.lists["manner"]
    if left == "words" and is_manner and "bare" not in verb.takes:
        return None  # "After the vote, he responded with anger"
    if (
        kind == "clause"
        and left
        and (left == "quote" or moved or marked.low[begin] in marked.words.lists["circumstances"])
    ):
        kind = "end"
    if (kind == "end" or (kind == "comma" and left == "words")) and not verb.takes & _SPEAKING:
        return None
    if kind == "end":
        found.left, found.rule = bool(left), rule or "trailing"
        return found if left else None
    if kind == "comma":
        return _with_comma(marked, verb, found, left, begin, highest)
    if kind == "that" and "that" not in verb.takes:
        kind = "clause"  # "called that a joke"
    if kind == "that" and left == "quote" and "addressee" in verb.takes:
        return replace(found, left=True, rule=rule or "trailing")  # “…,” he told a meeting that was late
    if kind == "that" and "ask" in verb.takes and _stays_unnamed(marked, begin, highest):
        return None
    if kind == "that" and moved and opens_relative(marked, begin, highest):
        return None  # "ruled on an appeal that struck down the law"
    if kind == "that":
        begin += not (
            begin + 1 < highest and marked.low[begin + 1] in marked.words.lists["finite"]
        )  # "that was a mistake"
        found.right, found.begin = True, begin
        return found
    if kind == "colon":
        said = left == "quote" or (left == "words" and not marked.low[lowest].endswith(("ing", "ed")))
        return replace(found, left=said, right=True, begin=begin + 1, colon=True)
    if kind == "quote" and "quote" not in verb.takes:
        return replace(found, right=True, begin=begin, framed=True) if verb.takes & _QUOTING else None
    if kind == "quote":
        both = left == "quote" and marked.low[speaker.first - 1] != "."
        return replace(found, right=True, left=both, begin=begin)
    if kind == "infinitive":
        return replace(found, right=True, begin=begin) if "to" in verb.takes else None
    frame = takes_words(marked, verb, begin, highest)
    found.right, found.begin, found.framed = True, begin, frame in FRAMES
    return found if frame else None


def _stays_unnamed(marked: Marked, begin: int, highest: int) -> bool:
    """Whether what was asked for is to stay unnamed: "asked that his name not be used"."""
    return any(marked.low[token] in marked.words.lists["anonymity"] for token in range(begin, min(highest, begin + 5)))


def _with_comma(
    marked: Marked, verb: Verb, found: Attribution, left: str, comma: int, highest: int
) -> Attribution | None:
    following = comma + 1
    quoted = following < highest and marked.quote_of[following] != NONE
    if quoted and left == "words":
        fragment = not marked.capital(min(following + 1, highest - 1))  # “He was away, she said, “for his back”"
        return replace(
            found, left=fragment, right=True, begin=following, rule="interrupted" if fragment else found.rule
        )
    if left:
        if quoted:
            return replace(found, left=True, right=True, begin=following, rule="interrupted")
        if following >= highest or left == "quote" or not resumes(marked, found.first, following):
            return replace(found, left=True, rule="trailing")
        return replace(found, left=True, right=True, begin=following, rule="interrupted")
    if quoted:
        return replace(found, right=True, begin=following)
    for token in range(following, min(highest, following + 20)):
        if marked.low[token] in marked.words.lists["that"] and marked.low[token - 1] == ",":
            return replace(found, right=True, begin=token + 1)
    if highest - following <= _FEWEST_RIGHT or is_aside(marked, following):
        return None
    is_quoted = (
        marked.low[found.first - 1] in marked.words.lists["as"] if found.first > 0 else False
    )  # "As she told it, …"
    return replace(found, right=True, begin=following) if "bare" in verb.takes or is_quoted else None


def resumes(marked: Marked, end: int, following: int) -> bool:
    """Whether what stands behind ", he said," is still what he said; the words before it end at token `end`."""
    first, last = _left_clause(marked, end)
    words = marked.words
    word, opening = marked.low[following], marked.low[first]
    if word in words.lists["goes_on"] or word in words.lists["further"]:
        return True
    if opening in words.lists["conditions"] | words.lists["time_clauses"] | words.lists["subordinators"]:
        return not is_aside(marked, following)
    if (
        word in words.lists["relatives"]
        and opening in words.lists["things"]
        and marked.low[first + 1] in words.lists["be"]
    ):
        return True  # "it was the railway, she argues, that skipped it"
    if word in words.lists["questions"] or word in words.lists["relatives"]:
        return marked.low[last - 2] in words.lists["unsettled"]
    if _is_open(marked, last) or not has_verb(marked, first, last):
        return not is_aside(marked, following) or _is_open(marked, last)
    return word in words.lists["prepositions"] and word not in words.lists["as"] and last - first <= _SHORT


def _is_open(marked: Marked, last: int) -> bool:
    """Whether a clause ends with a helping verb: "It was, he said, …"."""
    while last > 0 and not marked.is_word(last - 1) and marked.quote_of[last - 1] == NONE:
        last -= 1
    if last == 0 or marked.mention_of[last - 1] != NONE or marked.capital(last - 1):
        return False  # "in May, he said"
    return marked.low[last - 1] in marked.words.lists["helping"]


def is_aside(marked: Marked, index: int) -> bool:
    """Whether an apposition or another clause begins here, not the second half of an interrupted sentence."""
    word = marked.low[index]
    return word in marked.words.lists["asides"] or word in marked.words.lists["continuers"] or word.endswith("ing")


def _left_clause(marked: Marked, end: int) -> tuple[int, int]:
    start = end
    while (
        start > max(0, end - 40) and marked.low[start - 1] not in (".", ";", ":") and marked.quote_of[start - 1] == NONE
    ):
        start -= 1
    return start, end


def _words_on_left(marked: Marked, first: int, lowest: int) -> str:
    """Whether words that may be a statement end before a token: `quote`, `words` or nothing."""
    if first <= lowest:
        return ""
    if marked.quote_of[first - 1] != NONE:
        return "quote"
    if first - 1 > lowest and marked.low[first - 1] in BREAKS:
        quote = marked.quote_of[first - 2]
        if quote != NONE and not _words_before(marked, quote, lowest):
            return "quote"
        if fewer_words(marked, lowest, first) or only_circumstance(marked, lowest, first):
            return ""
        return "words"
    return ""


def _words_before(marked: Marked, quote: int, lowest: int) -> bool:
    """Whether a quotation is only the end of a sentence: "It was “a joke”, he said", "For “best results”, it said"."""
    first = marked.quote_tokens[quote][0]
    return any(
        marked.is_word(token)
        and marked.low[token] not in marked.words.lists["continuers"]
        and marked.quote_of[token] == NONE
        for token in range(lowest, first)
    )
