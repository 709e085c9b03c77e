"""What follows a verb of saying: tokens come in; whether words begin there, and how, goes out.

"said in a statement on Sunday that": the statement and the Sunday are circumstances of saying, `that` is what comes
after them.
"""

from transforms.find.statements.marked import NONE, Marked

_STOPS = ("!", "?", ";", "—", "–", "--", "(", ")", "…", "...")


def what_follows(marked: Marked, index: int, highest: int) -> tuple[str, int]:
    """What comes after the circumstances that begin at a token, and where.

    `end` (of the sentence or clause), `comma`, `colon`, `quote`, `that`, `infinitive` or `clause`.
    """
    low, words = marked.low, marked.words
    topic = False
    while index < highest:
        if marked.quote_of[index] != NONE:
            return "quote", index
        word = low[index]
        if word == ",":
            return "comma", index
        if word == ":":
            return "colon", index
        if word in _STOPS or (word == "." and index == highest - 1):
            return "end", index
        if word in words.lists["that"] and not (index + 1 < highest and low[index + 1] in words.lists["dates"]):
            return ("clause", index) if topic or low[index - 1] in words.lists["topics"] else ("that", index)
        if word in words.lists["to"] and _infinitive(marked, index, highest):
            return "infinitive", index
        number = marked.mention_of[index]
        if (
            number != NONE
            and marked.mention_tokens[number][1] < highest
            and low[marked.mention_tokens[number][1]] in words.lists["that"]
        ):
            index = marked.mention_tokens[number][1]  # "said AFP that": a name in the way
        elif word in words.lists["only"] or word in words.lists["days"] or word == "." or _date(marked, index, highest):
            past = index + 1 + _is_two_words(marked, index, highest)
            if past == index + 2 and past < highest and low[past] in words.lists["finite"]:
                return "clause", index  # "said last year was dry"
            index = past  # a full stop within a sentence is an abbreviation's: "on Sept. 30"
        elif word in words.lists["circumstances"] and number == NONE:
            past = _past_circumstance(marked, index, highest)
            if past < 0:
                return "clause", index
            topic = topic or _is_topic(marked, index, past)
            index = past
        else:
            return "clause", index
    return "end", index


def _is_topic(marked: Marked, index: int, past: int) -> bool:
    """Whether a phrase tells what is spoken about: of "adding to problems that grow" `that` opens no statement."""
    low, words = marked.low, marked.words
    stretch = range(index + 1, past)
    if any(low[token] in words.lists["dates"] or low[token] in words.lists["media"] for token in stretch):
        return False
    if low[index] in words.lists["to"]:
        return not any(
            marked.mention_of[token] != NONE or low[token] in words.nouns or low[token] in words.lists["addressees"]
            for token in stretch
        )
    return low[index] in words.lists["topics"]


def _infinitive(marked: Marked, index: int, highest: int) -> bool:
    if index + 1 >= highest or marked.mention_of[index + 1] != NONE:
        return False
    following = marked.low[index + 1]
    words = marked.words
    noun = words.nouns.get(following)
    if noun is not None and noun.kind == "people":
        return False  # "wrote in a note to clients that"
    return not (
        following in words.lists["determiners"]
        or following in words.lists["addressees"]
        or following in words.lists["media"]
    )


def _is_two_words(marked: Marked, index: int, highest: int) -> bool:
    """Whether a time has a second word: "last week", "Monday morning"."""
    if index + 1 >= highest:
        return False
    word, following, words = marked.low[index], marked.low[index + 1], marked.words
    return following in words.lists["parts_of_day"] or (
        word not in words.lists["days"] and word in words.lists["dates"] and following in words.lists["spans_of_time"]
    )


def _date(marked: Marked, index: int, highest: int) -> bool:
    """Whether two words of dates begin here: "late Monday", "last week"."""
    dates = marked.words.lists["dates"]
    return index + 1 < highest and marked.low[index] in dates and marked.low[index + 1] in dates


def _past_circumstance(marked: Marked, index: int, highest: int) -> int:
    """The token after a phrase such as "in a statement"; -1 when the words said may begin here instead."""
    low, words = marked.low, marked.words
    if index + 1 < highest and low[index + 1] in words.lists["degrees"]:
        return -1
    past = -1
    token = index + 1
    while token < highest:
        number = marked.mention_of[token]
        word = low[token]
        if number != NONE:
            token = past = max(token + 1, min(marked.mention_tokens[number][1], highest))
        elif _ends(marked, token):
            return token
        elif (
            word in words.lists["media"]
            or word in words.lists["dates"]
            or word in words.lists["days"]
            or (word[0].isdigit() and not ("-" in word and word[-1].isalpha()))
            or (word == "." and past == token)
        ):
            token = past = token + 1
        elif word in words.lists["pronouns"] or word.partition("'")[0] in words.lists["subject_pronouns"]:
            return token
        elif word in words.lists["finite"] or (past >= 0 and word not in words.lists["circumstances"]):
            return past
        else:
            token += 1
    return highest


def _ends(marked: Marked, token: int) -> bool:
    if marked.quote_of[token] != NONE:
        return True
    word = marked.low[token]
    return word in (",", ":") or word in _STOPS or word in marked.words.lists["that"]


def past_addressee(marked: Marked, index: int, highest: int) -> int:
    """The token after whom was told; the same token when there is nobody."""
    low, words = marked.low, marked.words
    token = index
    while token < highest and marked.quote_of[token] == NONE:
        number = marked.mention_of[token]
        word = low[token]
        if number != NONE:
            end = max(token + 1, min(marked.mention_tokens[number][1], highest))
            while (
                end < highest
                and marked.mention_of[end] == NONE
                and (low[end] in words.lists["media"] or low[end] in words.nouns)
            ):
                end += 1
            if not low[end - 1].endswith("'s"):
                return end
            token = end
        elif (
            word in words.lists["that"]
            or word in words.lists["questions"]
            or not marked.is_word(token)
            or (
                token > index
                and (
                    word in words.lists["circumstances"]
                    or word in words.lists["determiners"]
                    or word in words.lists["pronouns"]
                )
            )
        ):
            return token
        elif token == index and word in words.lists["addressees"] and not _premodifier(marked, token, highest):
            return token + 1
        elif token > index and word in words.lists["finite"]:
            return index
        else:
            token += 1
    return token


def _premodifier(marked: Marked, token: int, highest: int) -> bool:
    """Whether "state" or "local" describes what follows: "told state television"."""
    following = marked.low[token + 1] if token + 1 < highest else ""
    return (
        following in marked.words.lists["media"]
        or following in marked.words.lists["addressees"]
        or following in marked.words.nouns
    )
