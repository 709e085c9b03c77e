"""Days that are not the event's: a report's ("police said on Tuesday"), a dateline's, a count's ("as of 9 February").

In: the tokens of a sentence and the place of a time expression. Out: whether it is one of those.
"""

from transforms.find.claims.tokens import Tokens

SUCH = 4
"""Tokens of "the second such massacre this week", which tells nothing of the day."""
RECORD = 7
"""Tokens between a superlative and the time since when nothing was worse."""
DATELINE = 10
"""Tokens that the place and the day at the head of a story take up."""


def is_beside_the_event(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a time expression tells when something was said, written or counted, rather than when it happened."""
    return (
        of_report(tokens, place, after)
        or _of_dateline(tokens, place, after)
        or _of_count(tokens, place, after)
        or _of_record(tokens, place, after)
        or not tokens.words.lists["such"].isdisjoint(tokens.low[max(0, place - SUCH) : place])
    )


def _of_dateline(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a day stands at the head of a story: "LAGOS, Jan 20 (Reuters) - "."""
    words = tokens.words
    shouted = tokens.raw[0].isupper() and len(tokens.raw[0]) > 1
    return shouted and place <= DATELINE and any(tokens.at(p) in words.lists["dashes"] for p in range(after, after + 6))


def _of_count(tokens: Tokens, place: int, after: int) -> bool:
    """As of 9 February; by Wednesday, but not by Wednesday's storm; up 25 from Friday."""
    words = tokens.words
    owns = tokens.at(after) in words.lists["possessives"] or tokens.at(after - 1).endswith(
        tuple(words.lists["possessives"])
    )
    if tokens.at(place - 1) in words.lists["compared_to"] and not owns:
        return True
    return any(
        tokens.follows(p, words.phrases["as_of"].get(tokens.at(p), ())) == place
        for p in (place - 2, place - 3)
        if p >= 0
    )


def _of_record(tokens: Tokens, place: int, after: int) -> bool:
    """The deadliest attack since the coup of 2021, but not since 2021, when nine died."""
    words = tokens.words
    if tokens.at(after + (tokens.at(after) == ",")) in words.lists["subordinators"]:
        return False
    for at in range(place - 1, max(-1, place - RECORD), -1):
        if tokens.low[at] in words.lists["since"]:
            return not words.lists["records"].isdisjoint(tokens.low[max(0, at - RECORD) : at])
        if not tokens.is_word(at) or tokens.low[at] in words.verbs:
            return False
    return False


def of_report(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a time expression tells when something was said: "the ministry said on Tuesday"."""
    back = place - 1
    for _ in range(5):
        word = tokens.at(back)
        if word in tokens.words.lists["say"]:
            return True
        if not tokens.is_word(back) or word in tokens.words.lists["subordinators"] or word in tokens.words.verbs:
            break
        back -= 1
    opens = place - 1 < 0 or (
        tokens.at(place - 1) in tokens.words.lists["date_openers"] and not tokens.is_word(place - 2)
    )
    ahead = after + (tokens.at(after) == ",")
    return opens and any(
        tokens.at(p) in tokens.words.lists["say"]
        for p in range(ahead, ahead + 5)
        if all(tokens.is_word(q) and tokens.at(q) not in tokens.words.verbs for q in range(ahead, p))
    )
