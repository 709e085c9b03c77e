"""Verbs that share a subject with a verb before: "were ambushed and killed", "fell ill and died".

In: a sentence and the place of the second verb. Out: whom the first one concerns.
"""

from transforms.find.claims.chain import Chain, chain_before
from transforms.find.claims.group import Group
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.subjects import opens_clause, subjects
from transforms.find.claims.tokens import Tokens

REACH, FAR = 9, 22
AS_SUBJECT = ("passive", "subject", "reduced", "coordinated", "state")


def shared_subjects(sentence: Sentence, index: int, passive: bool) -> tuple[list[Group], Chain | None]:
    """The counts that are the subject of the verb before "and", and its chain; none when there is no such verb."""
    tokens = sentence.tokens
    joint = index - 1
    while joint > 0 and (tokens.is_adverb(joint) or tokens.low[joint] in tokens.words.lists["then_words"]):
        joint -= 1
    if tokens.at(joint) not in tokens.words.lists["and"]:
        return [], None
    begin = max(0, joint - REACH)
    if any(place in sentence.by_last and place > begin + 1 for place in range(joint, joint + 1)):
        return [], None
    if passive:
        return _of_participle(sentence, begin, joint)
    last = [f for f in sentence.found if begin <= f.at < joint and f.rule in AS_SUBJECT and f.group.last <= f.at]
    at = max((f.at for f in last), default=-1)
    if at < 0:
        far = far_subject(sentence, joint)
        return (far, Chain(index, index)) if far else ([], None)
    if _object_between(sentence, at, joint):
        return [], None
    return [f.group for f in last if f.at == at and not f.part], Chain(index, index, doubt=last[-1].doubt)


def _of_participle(sentence: Sentence, begin: int, joint: int) -> tuple[list[Group], Chain | None]:
    tokens = sentence.tokens
    for place in range(joint - 1, begin, -1):
        if not tokens.raw[place][0].isalnum():
            return [], None
        if _is_participle(tokens, place):
            chain = chain_before(tokens, place)
            if chain.passive and not _object_between(sentence, place, joint):
                return subjects(sentence, chain), chain
    return [], None


def far_subject(sentence: Sentence, joint: int) -> list[Group]:
    """Whom the clause before "and" is about: "three men broke a window and were arrested"."""
    tokens, words = sentence.tokens, sentence.tokens.words
    if tokens.at(joint) not in words.lists["and"]:
        return []
    acted = False
    for place in range(joint - 1, max(-1, joint - FAR), -1):
        word = tokens.low[place]
        if any(word in words.lists[name] for name in ("clause_marks", "breaks", "subordinators", "relatives", "say")):
            return []
        acted = (
            acted
            or word in words.lists["acted"]
            or word in words.lists["be"]
            or word in words.verbs
            or _is_participle(tokens, place)
        )
        number = sentence.by_last.get(place)
        if number is None or not acted:
            continue
        group = sentence.groups[number]
        if tokens.at(group.first - 1) in words.lists["including"]:
            continue
        found = group.people is True and not group.of_them and opens_clause(tokens, group.first)
        return [group] if found else []
    return []


def _is_participle(tokens: Tokens, place: int) -> bool:
    word = tokens.low[place]
    known = any("participle" in verb.forms for verb in tokens.words.verbs.get(word, ()))
    return known or word.endswith(tuple(tokens.words.lists["participle_endings"]))


def _object_between(sentence: Sentence, verb: int, joint: int) -> bool:
    """Whether a count stands between two verbs, whose subject may be it."""
    return any(verb < group.first < joint and group.human for group in sentence.groups)
