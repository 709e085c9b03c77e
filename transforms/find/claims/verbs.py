"""Claims of verbs: "killed 12 people", "12 people were killed", "12 died", "pulled three children alive".

In: a sentence and the place of a verb of `verbs.csv`. Out: claims added to the sentence.
"""

from transforms.find.claims.chain import Chain, chain_before, doubts, is_wished
from transforms.find.claims.completion import LONGEST_COMPLETION, is_completed
from transforms.find.claims.coordinated import far_subject, shared_subjects
from transforms.find.claims.group import Group
from transforms.find.claims.objects import companions, objects
from transforms.find.claims.pattern import follows
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.subjects import subjects
from transforms.find.claims.words import Verb

OBJECT, SUBJECT, MISSING = "object", "subject", "missing"


def read_verb(sentence: Sentence, index: int) -> None:
    """Add the claims of the verb at a token."""
    tokens = sentence.tokens
    if _shared(sentence, index) or _only_how(sentence, index) or _missed(sentence, index):
        return
    done: set[str] = set()
    for verb in tokens.words.verbs[tokens.low[index]]:
        if not is_completed(sentence, verb, index):
            continue
        if not _among_its_words(sentence, verb, index):
            continue
        key = "same" if verb.affected == OBJECT and not verb.completed else verb.metric
        if key in done or ("only" in done and not verb.completed):
            continue
        if _read(sentence, verb, index):
            done |= {key, "only"}
            if verb.completed:
                return


def _among_its_words(sentence: Sentence, verb: Verb, index: int) -> bool:
    """Whether a word that a verb asks for is in its sentence, and none near it of those that change its meaning."""
    near = sentence.tokens.low[max(0, index - LONGEST_COMPLETION) : index + LONGEST_COMPLETION]
    return verb.unless.isdisjoint(near) and (not verb.beside or not verb.beside.isdisjoint(sentence.low))


def _only_how(sentence: Sentence, index: int) -> bool:
    """Whether the verb behind it tells what came of it: the "shot" of "shot and killed three guards"."""
    tokens = sentence.tokens
    return (
        tokens.low[index] in tokens.words.lists["attacks"]
        and tokens.at(index + 1) in tokens.words.lists["and"]
        and tokens.at(index + 2) in tokens.words.verbs
    )


def _missed(sentence: Sentence, index: int) -> bool:
    """Whether they were only "shot at"."""
    tokens, words = sentence.tokens, sentence.tokens.words
    if tokens.low[index] not in words.lists["attacks"] or tokens.at(index + 1) not in words.lists["missed"]:
        return False
    return (
        not tokens.is_word(index + 2)
        or tokens.at(index + 2) in words.lists["after_participle"] - words.lists["at_a_place"]
    )


def _shared(sentence: Sentence, index: int) -> bool:
    """Whether two verbs share one count that neither has alone: "killed or injured 12", "12 killed or missing"."""
    tokens = sentence.tokens
    words = tokens.words
    here = next((verb.metric for verb in words.verbs[tokens.low[index]] if not verb.completed), "")
    for joint, other in ((index + 1, index + 2), (index - 1, index - 2)):
        word = tokens.at(joint)
        while joint > index and tokens.at(other) in words.lists["left_out"]:
            other += 1  # "died or have gone missing"
        if joint < index and index + 1 in sentence.by_first:
            continue  # "left 12 dead and wounded 40"
        if tokens.low[index] in words.lists["attacks"] or tokens.at(other) in words.lists["attacks"]:
            continue
        metrics = {verb.metric for verb in words.verbs.get(tokens.at(other), ()) if not verb.completed}
        metrics |= {metric for _, metric in words.states.get(tokens.at(other), ())}
        if not metrics or not here or here in metrics:
            continue
        if word in words.lists["or"] or (
            word in words.lists["and"] and {here, *metrics} <= words.lists["killed_and_injured"]
        ):
            return True
    return False


def _read(sentence: Sentence, verb: Verb, index: int) -> bool:
    chain = chain_before(sentence.tokens, index)
    if is_wished(sentence.tokens, chain):
        return False
    if all(
        sentence.tokens.low[place] in sentence.tokens.words.lists["then_words"] for place in range(chain.first, index)
    ):
        passive = verb.affected == OBJECT
        groups, other = shared_subjects(sentence, index, passive)
        if other is not None and groups and (verb.forms & ({"participle"} if passive else {"past"})):
            return _keep(sentence, verb, index, other, "coordinated", groups)
    if others := companions(sentence, index) if chain.passive or verb.affected == SUBJECT else []:
        _keep(sentence, verb, index, chain, "company", others)
    if verb.affected == SUBJECT:
        return _intransitive(sentence, verb, index, chain)
    if chain.passive and "participle" in verb.forms:
        found = subjects(sentence, chain)
        if not found and chain.one != chain.many:
            found = [g for g in far_subject(sentence, chain.first - 1) if g.one == chain.one]
        return _keep(sentence, verb, index, chain, "passive", found)
    is_active = verb.forms != {"participle"} or chain.perfect
    found = objects(sentence, index + 1) if is_active else []
    if found and not (chain.infinitive and chain.doubt and not verb.forms):
        doubt = chain.doubt or _unreal(sentence, verb, index)
        return _keep(sentence, verb, index, chain, "active", found, doubt)
    closes = bool(verb.completed) and follows(sentence.tokens, index + 1, verb.completed) >= 0
    if "participle" in verb.forms and (closes or _reduced(sentence, index)):
        return _keep(sentence, verb, index, chain, "reduced", subjects(sentence, chain, near=True))
    return False


def _intransitive(sentence: Sentence, verb: Verb, index: int, chain: Chain) -> bool:
    plain = verb.forms != {"ing"} or chain.passive
    if verb.forms == {"participle"} and not chain.perfect:
        return False  # "four broken arms"
    found = subjects(sentence, chain, near=not plain, cargo=verb.metric == MISSING)
    found = [group for group in found if verb.least <= (group.low if group.low is not None else group.largest)]
    bare = any(group.people is None and group.noun is None for group in found)
    if not found or (bare and len(found) == 1 and found[0].last != chain.first and not _told_apart(sentence, found[0])):
        return False
    return _keep(sentence, verb, index, chain, "subject", found, chain.doubt or _unreal(sentence, verb, index))


def _told_apart(sentence: Sentence, group: Group) -> bool:
    """Whether a count without a noun is told by where they were: "seven who were on the bus died"."""
    tokens, words = sentence.tokens, sentence.tokens.words
    opens = (
        group.first == 0
        or tokens.low[group.first - 1] in words.lists["say"]
        or tokens.low[group.first - 1] in words.lists["joints"]
    )
    after = tokens.at(group.last)
    marks = words.lists["opening_marks"]
    return opens and (after in words.lists["relatives"] or after in words.lists["prepositions"] or after in marks)


def _keep(
    sentence: Sentence, verb: Verb, index: int, chain: Chain, rule: str, groups: list[Group], doubt: bool | None = None
) -> bool:
    for group in groups:
        if group.human:
            unreal = chain.doubt if doubt is None else doubt
            metric = _deadly(sentence, index) or verb.metric
            sentence.add(group, metric, rule, index, unreal or doubts(sentence.tokens, max(0, index - 1), "verb"))
    return any(group.human for group in groups)


def _deadly(sentence: Sentence, index: int) -> str:
    """What "fatally shot" tells: that they were killed."""
    tokens = sentence.tokens
    near = tokens.at(index - 1) in tokens.words.lists["deadly"] or tokens.at(index + 1) in tokens.words.lists["deadly"]
    return tokens.words.texts["deadly_metric"] if near else ""


def _reduced(sentence: Sentence, index: int) -> bool:
    """Whether a participle without "were" may close its phrase: "12 people killed in the blast"."""
    tokens = sentence.tokens
    following = index + 1
    while tokens.is_adverb(following):
        following += 1
    if following >= len(tokens) or not tokens.raw[following][0].isalnum():
        return tokens.at(following) not in ("'", '"', "“", "‘")
    return tokens.low[following] in tokens.words.lists["after_participle"]


def _unreal(sentence: Sentence, verb: Verb, index: int) -> bool:
    """Whether a base form tells no fact: "to evacuate 2,000", unless they managed to; "could kill 12 and injure 40"."""
    tokens = sentence.tokens
    if "base" not in verb.forms or verb.forms & {"past", "participle"}:
        return False
    before = tokens.at(index - 1)
    place = index - 1
    while place > 0 and tokens.is_adverb(place):
        place -= 1
        before = tokens.at(place)
    if before in tokens.words.lists["to"]:
        return not any(tokens.at(p) in tokens.words.lists["did_it"] for p in range(max(0, place - 3), place))
    if before in tokens.words.lists["and"] | tokens.words.lists["or"]:
        return any(found.doubt for found in sentence.found) or any(
            tokens.low[p] in tokens.words.lists["modals"] for p in range(max(0, place - 12), place)
        )
    return False
