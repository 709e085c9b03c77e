"""The words between people and what happened to them: "were later reported", "are feared to have been".

In: the place of a verb or state. Out: a `Chain`: where it begins, its number and voice, and whether it leaves doubt.
"""

from dataclasses import dataclass

from transforms.find.claims.tokens import Tokens

LONGEST = 10


@dataclass(slots=True)
class Chain:
    """Tokens `first` to `last` (exclusive, the verb or state itself) tie a subject to it."""

    first: int
    last: int
    passive: bool = False
    perfect: bool = False
    one: bool = False
    many: bool = False
    doubt: bool = False
    infinitive: bool = False
    relative: bool = False


def chain_before(tokens: Tokens, index: int, lowest: int = 0) -> Chain:
    """The chain that ends at a token, which may be empty."""
    words = tokens.words
    chain = Chain(index, index)
    place = index
    while place > max(lowest, index - LONGEST):
        word = tokens.low[place - 1]
        if word in words.lists["quotes"] or word in words.lists["opening_quotes"]:
            place -= 1
            continue
        if word not in words.lists["links"] and not tokens.is_adverb(place - 1):
            hop = _parenthesis(tokens, place - 1, lowest)
            if hop < 0:
                break
            place = hop
            continue
        place -= 1
        _note(tokens, chain, place, word)
    while (
        place < index
        and tokens.low[place]
        in words.lists["to"] | words.lists["left_only"] | words.lists["quotes"] | words.lists["opening_quotes"]
    ):
        place += 1
    chain.first = place
    return chain


def _parenthesis(tokens: Tokens, comma: int, lowest: int) -> int:
    """Where the parenthesis that a comma closes begins: "were, according to witnesses, arrested"; -1 if it does not."""
    if tokens.low[comma] != ",":
        return -1
    for at in range(comma - 1, max(lowest, comma - LONGEST), -1):
        if tokens.low[at] == ",":
            return at if tokens.at(at - 1) in tokens.words.lists["auxiliaries"] else -1
    return -1


def _note(tokens: Tokens, chain: Chain, place: int, word: str) -> None:
    words = tokens.words
    chain.passive |= word in words.lists["be"] and not chain.perfect
    chain.perfect |= word in words.lists["have"]
    chain.one |= word in words.lists["be_one"]
    chain.many |= word in words.lists["be_many"]
    chain.relative |= word in words.lists["relatives"]
    chain.infinitive |= word in words.lists["to"] and place == chain.last - 1
    chain.doubt |= doubts(tokens, place, "chain")


def is_wished(tokens: Tokens, chain: Chain) -> bool:
    """Whether something is only asked for: "60 residents demanded to be evacuated"."""
    before = chain.first - 1
    fact = tokens.words.lists["did_it"] | tokens.words.lists["fact_to"]
    return chain.passive and tokens.at(before) in tokens.words.lists["to"] and tokens.at(before - 1) not in fact


def doubts(tokens: Tokens, place: int, scope: str) -> bool:
    """Whether a word of doubt of that scope stands at a token."""
    phrases = tokens.words.doubt.get(scope, {})
    return tokens.phrase_at(place, phrases) >= 0 or (
        scope == "chain" and tokens.low[place].endswith(tokens.words.texts["negated_ending"])
    )
