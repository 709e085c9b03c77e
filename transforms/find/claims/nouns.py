"""Claims of nouns: "12 deaths", "the arrest of 30 activists", "200 new cases of cholera", "claimed 12 lives".

In: a sentence. Out: claims added to it.
"""

from transforms.find.claims.chain import chain_before, doubts
from transforms.find.claims.group import Group
from transforms.find.claims.objects import objects
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.words import Noun

LONGEST_NEED = 14


def read_counted_nouns(sentence: Sentence) -> None:
    """Add the claims of counts whose noun tells what happened."""
    tokens = sentence.tokens
    for group in sentence.groups:
        if group.noun is None or group.change or not _needed(sentence, group):
            continue
        if not tokens.words.lists["attempted"].isdisjoint(tokens.low[group.core : group.last]):
            continue
        doubt = any(doubts(tokens, place, "chain") for place in range(max(0, group.first - 3), group.first))
        after = any(tokens.at(place) in tokens.words.lists["modals"] for place in range(group.last, group.last + 2))
        sentence.add(group, group.noun.metric, "noun", group.last - 1, doubt or after)


def read_noun(sentence: Sentence, index: int) -> None:
    """Add the claims of "the arrest of 30 activists"."""
    tokens = sentence.tokens
    noun = tokens.words.nouns[tokens.low[index]]
    if (
        not noun.of
        or tokens.at(index + 1) not in tokens.words.lists["of"]
        or tokens.at(index - 1) in tokens.words.lists["attempted"]
    ):
        return
    doubt = chain_before(tokens, index).doubt
    for group in objects(sentence, index + 2, of_noun=True):
        if (group.people or (group.people is None and group.noun is None)) and _around(
            sentence, noun, index, group.last
        ):
            sentence.add(group, noun.metric, "noun_of", index, doubt)


def _needed(sentence: Sentence, group: Group) -> bool:
    """Whether the words are there that make "bodies" or "cases" a count of people."""
    tokens = sentence.tokens
    assert group.noun is not None
    if not group.noun.needs or (group.exact == 0 and group.noun.needs not in tokens.words.lists["disease_needs"]):
        return True
    if group.noun.needs in tokens.words.lists["disease_needs"]:
        close = tokens.low[max(0, group.first - 3) : group.last + 4]
        if not tokens.words.lists["diseases"].isdisjoint(sentence.low):
            return True
        told = any(word in tokens.words.lists["case_words"] for word in close)
        return sentence.disease and (told or tokens.words.lists["court_words"].isdisjoint(sentence.low))
    return _around(sentence, group.noun, group.first, group.last) and not any(
        tokens.low[place] in tokens.words.lists["not_bodies"] for place in range(group.core, group.last)
    )


def _around(sentence: Sentence, noun: Noun, first: int, last: int) -> bool:
    """Whether one of the words that a noun asks for stands near: "recovered" near "bodies"."""
    needs = sentence.tokens.words.needs.get(noun.needs)
    near = sentence.tokens.low[max(0, first - LONGEST_NEED) : last + LONGEST_NEED]
    return needs is None or any(word in needs for word in near)
