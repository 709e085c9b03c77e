"""Who speaks: tokens before or after a verb come in, the phrase for a speaker goes out.

There is no parser: a phrase ends at signs, at words that open clauses, and at verbs. A name in its head is the speaker;
otherwise the whole phrase is ("a spokesman for the army").
"""

from transforms.find.statements.holders import holder_of
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import Speaker, named

LONGEST = 25
"""Tokens of a phrase for a speaker, relative clauses and appositions included."""
_LONGEST_NOMINAL = 12


def read_phrase(marked: Marked, first: int, last: int) -> Speaker | None:
    """The speaker that tokens `first` to `last` name, if they are one noun phrase."""
    first = _without_lead(marked, first, last)
    if first < 0 or not 0 < last - first <= LONGEST:
        return None
    low, words = marked.low, marked.words
    if last - first == 1 and marked.mention_of[first] == NONE:
        return _single(marked, first)
    if low[last - 1].partition("'")[0] in words.lists["pronouns"] and marked.mention_of[last - 1] == NONE:
        return _single(marked, last - 1)  # "to charges he"
    is_part = last - first > 1 and low[first] in words.lists["partitives"] and low[first + 1] in words.lists["of"]
    is_narrated = low[last - 1].partition("'")[0] in words.lists["narrators"] and marked.mention_of[last - 1] == NONE
    if is_narrated and not (is_part and low[last - 1] in words.lists["lone_subjects"]):
        return None  # but "some of those"
    if low[first] in words.lists["negations"] or low[first] in words.lists["empty_subjects"]:
        return None
    if is_part:
        if not words.lists["irregular"].isdisjoint(low[first:last]):
            return None  # "three of them later died in hospital, which"
        return Speaker(first, last, marked.starts[first], marked.ends[last - 1], True)
    if _is_participle(marked, first):
        first = _behind_object(marked, first, last)
        if first < 0:
            return None
    if (holder := holder_of(marked, first, last)) is not None:
        return holder
    core, end = _extent(marked, first, last)
    if core <= first:
        return None
    head = core - 1
    if low[head] in words.lists["silent_speakers"] or _is_this_page(marked, first, last):
        return None
    number = marked.mention_of[head]
    if number != NONE and marked.mention_tokens[number][1] >= core:
        return named(marked, first, last, number, coordinated=_joined(marked, first, core))
    return _nominal(marked, first, last, core, end)


def _single(marked: Marked, index: int) -> Speaker | None:
    word, words = marked.low[index], marked.words
    bare = word.partition("'")[0]  # "he's"
    if bare in words.lists["pronouns"]:
        return Speaker(index, index + 1, marked.starts[index], marked.starts[index] + len(bare), True, "pronoun")
    if word in words.lists["lone_speakers"]:
        return Speaker(index, index + 1, marked.starts[index], marked.ends[index], True)
    if bare in words.lists["narrators"] or word in words.lists["adverbs"] or word in words.lists["prepositions"]:
        return None
    if not marked.text[marked.starts[index]].isalpha():
        return None
    if word in words.lists["determiners"]:
        return None
    known = word in words.nouns or _is_coined(marked, index)
    return Speaker(index, index + 1, marked.starts[index], marked.ends[index], known)


def _is_coined(marked: Marked, index: int) -> bool:
    """Whether a word has capitals within, as only names have: "SolarEdge"."""
    written = marked.text[marked.starts[index] : marked.ends[index]]
    has_both = any(map(str.isupper, written[1:])) and any(map(str.islower, written))
    return written[0].isupper() and has_both and written[-1] != "s"


def _without_lead(marked: Marked, first: int, last: int) -> int:
    """Past "But", "Meanwhile", "On Sunday"; -1 when a preposition opens the phrase and no speaker follows."""
    low, words = marked.low, marked.words
    while first < last and marked.mention_of[first] == NONE:
        word = low[first]
        if (
            word in words.lists["continuers"]
            or word in words.lists["days"]
            or (word in words.lists["adverbs"] and word not in words.lists["whole"])
        ) or not marked.is_word(first):
            first += 1
        elif word in words.lists["prepositions"] and word not in ("about", "over", "around"):
            return _past_circumstance(marked, first, last)
        else:
            break
    return first


def _past_circumstance(marked: Marked, first: int, last: int) -> int:
    """Where the speaker begins in "In Damascus the army": an article or name that nothing governs."""
    low, words = marked.low, marked.words
    for index in range(first + 2, last):
        if low[index - 1] in words.lists["prepositions"] or low[index - 1] in words.lists["determiners"]:
            continue
        number = marked.mention_of[index]
        opens_name = number != NONE and marked.mention_tokens[number][0] == index
        after_date = low[index - 1] in words.lists["dates"] and low[index] not in words.lists["dates"]
        is_pronoun = low[index].partition("'")[0] in words.lists["pronouns"]
        if low[index] in words.lists["determiners"] or opens_name or after_date or is_pronoun:
            return index
    return -1


def _extent(marked: Marked, first: int, last: int) -> tuple[int, int]:
    """Where the core of a phrase ends, and where what describes it ends; (0, 0) when it holds a clause."""
    low, lists = marked.low, marked.words.lists
    relatives, finite, prepositions = lists["relatives"], lists["finite"], lists["prepositions"]
    core = end = 0
    index = first
    while index < last:
        number = marked.mention_of[index]
        if number != NONE:
            index = max(index + 1, min(last, marked.mention_tokens[number][1]))
            continue
        word = low[index]
        if marked.quote_of[index] != NONE:
            return 0, 0
        if word in relatives and index > first:
            return core or index, end or index
        if word in finite and not end:
            return 0, 0
        if word in prepositions and index > first:
            core = core or index
            if word not in lists["describers"] or word in lists["on"]:
                end = end or index
        elif index > first and word.endswith(("ing", "ed")) and _governs(marked, index):
            core, end = core or index, end or index
        index += 1
    return core or last, end or last


def _behind_object(marked: Marked, first: int, last: int) -> int:
    """Where the speaker begins in "Visiting the town the mayor"; -1 when "the town" is all that follows."""
    low, words = marked.low, marked.words
    for index in range(first + 3, last):
        if low[index] in words.lists["articles"] and low[index - 1] not in words.lists["prepositions"]:
            return index
    return -1


def _is_participle(marked: Marked, first: int) -> bool:
    """Whether a phrase begins with a verb and its object: "rejecting the order"."""
    is_ing = marked.low[first].endswith("ing") and marked.mention_of[first] == NONE
    return is_ing and (first + 1 >= len(marked.low) or marked.low[first + 1] in marked.words.lists["articles"])


def _governs(marked: Marked, index: int) -> bool:
    """Whether a participle has something after it, as in "people living near the plant"."""
    if index + 1 >= len(marked.low):
        return False
    following = marked.low[index + 1]
    return following in marked.words.lists["prepositions"] or following in marked.words.lists["determiners"]


def _joined(marked: Marked, first: int, core: int) -> bool:
    low, joins = marked.low, marked.words.lists["and"]
    return any((low[at] in joins or low[at] == "&") and marked.mention_of[at] == NONE for at in range(first, core))


def _nominal(marked: Marked, first: int, last: int, core: int, end: int) -> Speaker | None:
    low, words = marked.low, marked.words
    known = any(low[index] in words.nouns or _phrase_noun(marked, index) for index in range(first, core))
    known = known or (core - first > 1 and marked.capital(core - 1))  # a name that no model marked
    end = min(end, first + _LONGEST_NOMINAL, last)
    while end > core and (
        low[end - 1] in words.lists["prepositions"]
        or (low[end - 1] in words.lists["determiners"] and low[end - 1] not in words.lists["numerals"])
    ):
        end -= 1
    if not any(marked.is_word(index) for index in range(first, core)):
        return None
    start_of_name = marked.starts[first]
    return Speaker(first, last, start_of_name, marked.ends[max(end, core) - 1], known)


def _is_this_page(marked: Marked, first: int, last: int) -> bool:
    """Whether the reporter speaks of the text itself: "an earlier version of this article"."""
    low, words = marked.low, marked.words
    return any(
        low[index] in words.lists["this"] and low[index + 1] in words.lists["this_page"]
        for index in range(first, last - 1)
    )


def _phrase_noun(marked: Marked, index: int) -> bool:
    """Whether a token ends a hyphenated or joined word for a speaker ("co-author", "the 28-year-old")."""
    last = marked.low[index].rsplit("-", 1)[-1]
    return "-" in marked.low[index] and (last in marked.words.nouns or last in marked.words.lists["ages"])


def is_plural(marked: Marked, token: int) -> bool:
    """Whether a word stands for several people, so that "say" goes with it."""
    word = marked.low[token]
    noun = marked.words.nouns.get(word)
    if noun is not None and noun.kind == "document" and word.endswith("s"):
        return True
    if word in marked.words.lists["plural_pronouns"] or (noun is not None and noun.kind == "people"):
        return True
    return noun is None and word.endswith("s") and not word.endswith(("ss", "'s", "is", "us"))
