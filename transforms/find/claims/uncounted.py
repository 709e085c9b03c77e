"""People in a list who are not counted: the "her son" of "a woman, her son and two nephews were killed".

In: tokens and a place in a list. Out: the place behind or before such a member.
"""

from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head
from transforms.find.claims.tokens import Tokens

LONGEST = 5


def before_uncounted(tokens: Tokens, place: int) -> int:
    """Where the list goes on to the left of an uncounted member that ends before a token; -1 when none does."""
    if place < 1 or not (is_head(tokens, place - 1, True) or is_head(tokens, place - 1, False)):
        return -1
    for at in range(place - 1, max(0, place - LONGEST - 1), -1):
        if tokens.low[at] in tokens.words.lists["owned_by"]:
            joint = tokens.at(at - 1)
            if joint in tokens.words.lists["and"]:
                return at - 1 - (tokens.at(at - 2) == ",")
            return at - 1 if joint == "," else -1
        if not tokens.is_word(at) or tokens.low[at] in tokens.words.lists["stops"]:
            return -1
    return -1


def after_uncounted(tokens: Tokens, place: int) -> int:
    """Where the next member of a list begins behind an uncounted one that begins at a token; -1 when none does."""
    if tokens.at(place) not in tokens.words.lists["owned_by"]:
        return -1
    for at in range(place + 1, min(len(tokens), place + LONGEST)):
        if tokens.low[at] in tokens.words.lists["and"] or tokens.low[at] == ",":
            return at + 1 if is_head(tokens, at - 1, True) or is_head(tokens, at - 1, False) else -1
        if not tokens.is_word(at) or tokens.low[at] in tokens.words.lists["stops"]:
            return -1
    return -1


def ends_uncounted(tokens: Tokens, place: int) -> bool:
    """Whether an uncounted member begins at a token: the "their son" of "killed a man, a woman and their son"."""
    if tokens.at(place) not in tokens.words.lists["owned_by"]:
        return False
    return any(
        is_head(tokens, at, True) or is_head(tokens, at, False)
        for at in range(place + 1, min(len(tokens), place + LONGEST))
        if all(tokens.is_word(between) for between in range(place + 1, at + 1))
    )


def belongs_to_another(tokens: Tokens, group: Group) -> bool:
    """Whether a count only tells of whom or what another noun speaks: "the homes of three men", "half of the 40"."""
    place = group.first - 1
    if tokens.at(place) in tokens.words.lists["as_link"] and tokens.at(place - 1) in tokens.words.lists["named_as"]:
        return True  # "a woman identified as a victim"
    return place > 0 and tokens.low[place] in tokens.words.lists["owners"] and tokens.is_word(place - 1)


def is_cargo(tokens: Tokens, group: Group) -> bool:
    """Whether those counted are carried by what the clause is about: "a boat with nine men", "carrying 40 people"."""
    return tokens.at(group.first - 1) in tokens.words.lists["carriers"]
