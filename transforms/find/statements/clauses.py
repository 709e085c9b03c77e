"""Whether words are a clause: a stretch of tokens comes in, whether a verb seems to be in it goes out."""

from transforms.find.statements.marked import NONE, Marked

BREAKS = (",", "–", "—", "--")
"""Signs between a statement and its attribution."""
_PHRASE = 5
"""Words between commas that are more than a name or a day."""
_FEWEST_WORDS = 2
"""Words before ", he said" that can be a statement: "Not yet, he said" has two."""


def has_verb(marked: Marked, first: int, last: int) -> bool:
    """Whether a verb seems to be among tokens: a helping or common one, or a form in -ed."""
    low, finite, irregular = marked.low, marked.words.lists["finite"], marked.words.lists["irregular"]
    for token in range(first, min(last, first + 60)):
        word = low[token]
        if marked.mention_of[token] != NONE:
            continue
        if word in finite or word in irregular or (len(word) > 4 and word.endswith("ed")):
            return True
    return False


def fewer_words(marked: Marked, lowest: int, index: int) -> bool:
    """Whether too few words stand before a token to be a statement; "That, he said, is over" has enough."""
    if index - 2 == lowest and marked.low[lowest] in marked.words.lists["lone_subjects"]:
        return False
    return sum(marked.is_word(token) for token in range(max(lowest, index - 8), index)) < _FEWEST_WORDS


def only_circumstance(marked: Marked, lowest: int, index: int) -> bool:
    """Whether "In Damascus," or "After the attack," is all there is before a speaker."""
    words = marked.words
    if (
        marked.low[lowest] in words.verbs
        and marked.low[lowest].endswith("ed")
        and not has_verb(marked, lowest + 1, index)
        and _segments(marked, lowest, index) <= 1
    ):
        return True  # "Asked about the final,"
    if (
        lowest + 1 < index
        and marked.low[lowest + 1] == ","
        and marked.low[lowest] in words.lists["adverbs"] | words.lists["days"]
    ):
        lowest += 2
        if lowest >= index - 1:
            return True
        if marked.low[lowest] not in words.lists["prepositions"]:
            return False
    if _segments(marked, lowest, index) > 1:
        return False
    opens = (
        marked.low[lowest] in words.lists["prepositions"]
        or marked.low[lowest] in words.lists["adverbs"]
        or marked.low[lowest] in words.lists["days"]
    )
    return opens and not has_verb(marked, lowest, index)


def _segments(marked: Marked, lowest: int, index: int) -> int:
    """How many stretches of several words stand between commas."""
    counts, words = [], 0
    for token in range(max(lowest, index - 60), index):
        if marked.low[token] == ",":
            counts.append(words)
            words = 0
        elif marked.is_word(token):
            words += 1
    return sum(count >= _PHRASE for count in [*counts, words])


def opens_clause(marked: Marked, index: int, lowest: int) -> bool:
    """Whether "According to X" stands first, but for "But," or "and,"."""
    token = index - 1
    while token >= lowest and not marked.is_word(token) and marked.quote_of[token] == NONE:
        token -= 1
    if token < lowest:
        return True
    return marked.quote_of[token] == NONE and marked.low[token] in marked.words.lists["continuers"]


def opens_relative(marked: Marked, that: int, highest: int) -> bool:
    """Whether a verb follows "that" at once, so that it tells nothing: "an appeal that struck down the law"."""
    if that + 1 >= highest or marked.mention_of[that + 1] != NONE or marked.quote_of[that + 1] != NONE:
        return False
    word, words = marked.low[that + 1], marked.words
    if word in words.nouns or word in words.lists["determiners"]:
        return False
    if word in words.lists["finite"]:
        return True
    following = marked.low[that + 2] if that + 2 < highest else ""
    if word in words.lists["irregular"]:
        return not following.endswith("s")  # "lost sales"
    is_past = len(word) > 4 and word.endswith("ed")
    return is_past and (
        following in words.lists["determiners"] or following in words.lists["prepositions"]
    )  # not "armed men"
