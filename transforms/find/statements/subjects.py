"""The subject before a verb: a token comes in, the `Speaker` that ends before it goes out."""

from dataclasses import replace

from transforms.find.statements.holders import holder_of
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import LONGEST, read_phrase
from transforms.find.statements.speaker import Speaker, is_boundary


def speaker_before(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """The subject that ends before token `index`, not reaching below token `lowest`."""
    if index <= lowest or (marked.low[index - 1].endswith("'s") and not _is_contraction(marked, index - 1)):
        return None
    first = _segment_start(marked, index, lowest)
    if first == index:
        return _across_sign(marked, index, lowest)
    boundary = marked.low[first - 1] if first > lowest else ""
    plain = read_phrase(marked, first, index)
    if (
        plain is not None
        and first - 2 >= lowest
        and f"{marked.low[first - 2]}_{boundary}" in marked.words.lists["measured"]
    ):
        return replace(plain, first=first - 2, start=marked.starts[first - 2])  # "more than 100 countries said"
    if plain is None and boundary == "," and marked.low[first] in marked.words.lists["prepositions"]:
        described = _before_apposition(marked, first, lowest)  # "Ana Ruiz, with the fire service said"
        return _until(described, index)
    is_own = (
        plain is not None and plain.known and (boundary in marked.words.lists["that"] or _is_subject(marked, plain))
    )
    if boundary in marked.words.lists["relatives"] and not is_own:
        governed = speaker_before(marked, _without_comma(marked, first - 1, lowest), lowest)
        if governed is not None:
            return _until(governed, index)
    if boundary in marked.words.lists["and"] and plain is not None:
        wider = _segment_start(marked, first - 1, lowest)
        if (holder := holder_of(marked, wider, index)) is not None:
            return holder
        left = read_phrase(marked, wider, first - 1)
        if left and left.known and left.name != "pronoun" and left.first >= wider and first - 1 - wider <= 6:
            return Speaker(left.first, index, marked.starts[left.first], plain.end, plain.known)
    return plain


def _is_subject(marked: Marked, plain: Speaker) -> bool:
    """Whether no verb opens a phrase behind "which": "which they said", but not "who runs the ministry said"."""
    opening = marked.low[plain.first]
    if marked.mention_of[plain.first] != NONE or plain.name == "pronoun":
        return True
    noun = marked.words.nouns.get(opening)
    return opening in marked.words.lists["determiners"] or (noun is not None and noun.kind == "people")


def _is_contraction(marked: Marked, token: int) -> bool:
    return marked.low[token].partition("'")[0] in marked.words.lists["pronouns"]


def _without_comma(marked: Marked, index: int, lowest: int) -> int:
    return index - 1 if index > lowest and marked.low[index - 1] == "," else index


def _segment_start(marked: Marked, index: int, lowest: int) -> int:
    lowest = max(lowest, index - LONGEST)
    while index > lowest and not is_boundary(marked, index - 1):
        index -= 1
    return index


def _across_sign(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """The subject of "Ana Ruiz, a nurse, said", "Ana Ruiz (28) said", "a man who said"."""
    sign = marked.low[index - 1]
    if sign in marked.words.lists["relatives"]:
        end = _without_comma(marked, index - 1, lowest)
        found = speaker_before(marked, end, lowest)
        return found if found is not None and found.known else _antecedent(marked, end, lowest) or found
    if sign == ")":
        start = index - 1
        while start > max(lowest, index - LONGEST) and marked.low[start] != "(":
            start -= 1
        found = speaker_before(marked, start, lowest) if marked.low[start] == "(" else None
        return _until(found, index)
    return _before_apposition(marked, index, lowest) if sign in (",", "–", "—", "--") else None


def _antecedent(marked: Marked, end: int, lowest: int) -> Speaker | None:
    """The noun phrase that a relative clause describes: "is among retailers that said"."""
    low, words = marked.low, marked.words
    first = end
    while first > max(lowest, end - 6) and not is_boundary(marked, first - 1):
        if low[first - 1] in words.lists["prepositions"] or low[first - 1] in words.lists["finite"]:
            break
        first -= 1
    return read_phrase(marked, first, end) if first < end else None


def _before_apposition(marked: Marked, index: int, lowest: int) -> Speaker | None:
    end, apposition = index - 1, None
    best: Speaker | None = None
    for step in range(6):
        lower = max(lowest, index - 2 * LONGEST)
        comma = end
        while comma > lower and not (
            marked.low[comma - 1] in (",", ";", ":", "–", "—", "--") or marked.quote_of[comma - 1] != NONE
        ):
            comma -= 1
        if comma >= end:
            break
        if _is_clause(marked, comma, end):
            break
        begin = _segment_start(marked, end, max(comma, lowest))
        found = read_phrase(marked, begin, end)
        if (
            found is None
            and begin - 1 > comma
            and marked.low[comma] not in marked.words.lists["joins"]
            and marked.low[begin - 1] in marked.words.lists["relatives"]
        ):
            found, begin = read_phrase(marked, comma, begin - 1), comma
        if step == 0:
            apposition = found if found and found.name == "PER" else None
        elif found and found.name == "PER":
            return _until(found, index)
        elif (
            found
            and best is None
            and begin == _past_continuer(marked, comma)
            and (found.known or marked.low[begin] in marked.words.lists["articles"])
        ):
            best = _until(found, index)
            if apposition is not None:
                found.start, found.end, found.name = apposition.start, apposition.end, "PER"
        elif best is not None or (found is None and not _is_aside(marked, begin, end, comma)):
            break
        if comma <= lower or marked.low[comma - 1] != ",":
            break
        end = comma - 1
    return best or _until(apposition, index)


def _until(speaker: Speaker | None, last: int) -> Speaker | None:
    """A speaker just read, with all words before a token."""
    if speaker is not None:
        speaker.last = last
    return speaker


def _past_continuer(marked: Marked, token: int) -> int:
    """The token behind a "but" at which a subject begins; the same token when there is none."""
    return token + (marked.mention_of[token] == NONE and marked.low[token] in marked.words.lists["continuers"])


def _is_clause(marked: Marked, first: int, last: int) -> bool:
    """Whether what stands between commas has a verb of its own, so that it describes nobody."""
    low, words = marked.low, marked.words
    stretch = [token for token in range(first, last) if marked.mention_of[token] == NONE]
    if low[first].endswith("ing") or any(low[token] in words.lists["relatives"] for token in stretch):
        return False
    if stretch[:1] == [first] and first + 1 < last and low[first + 1] in words.lists["prepositions"]:
        del stretch[0]  # "led by Ana Ruiz"
    return any(low[token] in words.lists["finite"] for token in stretch)


def _is_aside(marked: Marked, begin: int, end: int, comma: int) -> bool:
    """Whether what stands between commas only describes: "of Ten Mile", "many of whom live nearby", "who is 34"."""
    low, words = marked.low, marked.words
    if (
        low[comma] in words.lists["prepositions"]
        or low[comma][0].isdigit()
        or low[begin - 1] in words.lists["relatives"]
    ):
        return True
    return any(low[token] in words.lists["relatives"] for token in range(comma, end))
