"""Claims of states: "12 dead", "40 people are still missing", "12 injured passengers", "Killed: 12".

In: a sentence. Out: claims added to it.
"""

from transforms.find.claims.chain import chain_before, is_wished
from transforms.find.claims.coordinated import far_subject
from transforms.find.claims.group import Group
from transforms.find.claims.objects import objects
from transforms.find.claims.pattern import follows
from transforms.find.claims.row import SPAN
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.subjects import subjects
from transforms.find.claims.words import Phrase

LONGEST_OBJECT = 16
LABELS_NEED = ("LOST", "FOUND")
MISSING = "missing"


def read_state(sentence: Sentence, index: int) -> None:
    """Add the claims of the state at a token."""
    tokens = sentence.tokens
    for phrase, metric in tokens.words.states[tokens.low[index]]:
        last = follows(tokens, index, (phrase,))
        if last < 0 or not _beside(sentence, phrase, metric):
            continue
        if _shared(sentence, index, last, metric) or (len(phrase) == 1 and _named_state(sentence, last)):
            return
        _labelled(sentence, index, last, metric)
        chain = chain_before(tokens, index)
        if is_wished(tokens, chain):
            return
        if tokens.low[index] in tokens.words.lists["prepositions"] and not _remains(sentence, chain.first, index):
            _held(sentence, index, metric)
            return
        if len(phrase) == 1 and tokens.low[index] in tokens.words.verbs and not chain.passive:
            found = subjects(sentence, chain, near=True) if last_closes(sentence, last) else []
        else:
            near = not (chain.passive or _remains(sentence, chain.first, index))
            found = subjects(sentence, chain, near, cargo=metric == MISSING)
            if not found and chain.passive and chain.one != chain.many:
                far = far_subject(sentence, chain.first - 1)
                found = [g for g in far if g.one == chain.one and sentence.claim_of(g) is None]
        for group in found or _left_behind(sentence, index):
            told = any(f.group is group and f.at == index for f in sentence.found)
            if tokens.low[index] in tokens.words.lists["ill_with"] and not _among_losses(sentence, group, index):
                continue
            if group.human and not told and not (group.of_state and chain.first == index and not chain.passive):
                sentence.add(group, metric, "state", index, chain.doubt)
                if (
                    group.rule in SPAN
                    and tokens.at(group.first - 1) in tokens.words.lists["grows"] | tokens.words.lists["going_up"]
                ):
                    sentence.found[-1].tally, sentence.found[-1].rule = "total", "toll"
        return


def _left_behind(sentence: Sentence, index: int) -> list[Group]:
    """The four of "left four workers from Nepal dead": the object of a verb before, up to its state."""
    tokens = sentence.tokens
    for place in range(index - 1, max(-1, index - LONGEST_OBJECT), -1):
        word = tokens.low[place]
        if word in tokens.words.lists["leaving"]:
            found = objects(sentence, place + 1)
            return found if found and found[-1].last <= index else []
        told = follows(tokens, place, (phrase for phrase, _ in tokens.words.states.get(word, ()))) >= 0
        if told or word in tokens.words.lists["clause_marks"] or word in tokens.words.lists["breaks"]:
            return []
    return []


def _among_losses(sentence: Sentence, group: Group, index: int) -> bool:
    """Whether those "with burns" are new, and told of beside other losses: "left two dead and nine with burns"."""
    before = sentence.tokens.low[:index]
    fresh = sentence.claim_of(group) is None
    return fresh and (
        any(found.group.last <= group.first for found in sentence.found)
        or not sentence.tokens.words.lists["leaving"].isdisjoint(before)
    )


def _beside(sentence: Sentence, phrase: Phrase, metric: str) -> bool:
    """Whether the words that a state asks for are in its sentence."""
    wanted = sentence.tokens.words.beside.get((phrase, metric))
    return wanted is None or not wanted.isdisjoint(sentence.low)


def last_closes(sentence: Sentence, last: int) -> bool:
    """Whether a participle that ends before a token closes its phrase rather than taking an object."""
    tokens = sentence.tokens
    if last >= len(tokens) or not tokens.raw[last][0].isalnum():
        return True
    if last - 1 in sentence.by_last and tokens.low[last] in tokens.words.verbs:
        return True  # "two of the 14 wounded died"
    return tokens.low[last] in tokens.words.lists["after_participle"] or tokens.is_adverb(last)


def _remains(sentence: Sentence, first: int, index: int) -> bool:
    words = sentence.tokens.words
    links = words.lists["be"] | words.lists["remain"] | words.lists["did"]
    return any(word in links for word in sentence.tokens.low[first:index])


def _shared(sentence: Sentence, index: int, last: int, metric: str) -> bool:
    """Whether one count has two states together: "12 dead or missing", "12 dead and wounded"."""
    tokens = sentence.tokens
    words = tokens.words
    while tokens.at(index - 1) in words.lists["left_out"]:
        index -= 1  # "died or have gone missing"
    for joint, other in ((last, last + 1), (index - 1, index - 2)):
        if tokens.at(joint) not in words.lists["and"] | words.lists["or"] or (
            other > joint and other + 1 in sentence.by_first
        ):
            continue
        metrics = {m for _, m in words.states.get(tokens.at(other), ())} | {
            v.metric for v in words.verbs.get(tokens.at(other), ())
        }
        if metrics and metric not in metrics:
            return True
    return False


def _named_state(sentence: Sentence, last: int) -> bool:
    """Whether the state describes something else: "dead end", "12 dead cows", "missing persons report"."""
    tokens = sentence.tokens
    word = tokens.at(last)
    if not tokens.is_word(last) or word in tokens.words.lists["stops"] or word in tokens.words.lists["links"]:
        return False
    if tokens.raw[last][0].isupper() or tokens.is_adverb(last) or word in tokens.words.verbs:
        return False
    return word not in tokens.words.lists["after_participle"] and word not in tokens.words.states


def opens_line(sentence: Sentence, index: int) -> bool:
    """Whether a label may begin at a token: at the head of a sentence or behind a mark."""
    tokens = sentence.tokens
    while (
        tokens.at(index - 1)
        in tokens.words.lists["case_words"] | tokens.words.lists["label_words"] | tokens.words.lists["definite"]
    ):
        index -= 1
    return index == 0 or not tokens.raw[index - 1][0].isalnum()


def read_labelled_noun(sentence: Sentence, index: int) -> None:
    """Deaths: 4; new cases: 31."""
    tokens = sentence.tokens
    noun = tokens.words.nouns[tokens.low[index]]
    if not (noun.counts and noun.plural) or noun.needs in LABELS_NEED:
        return
    if noun.needs in tokens.words.lists["disease_needs"] and not sentence.disease:
        return
    _labelled(sentence, index, index + 1, noun.metric)


def _labelled(sentence: Sentence, index: int, last: int, metric: str) -> None:
    """Killed: 12; wounded: 5."""
    tokens = sentence.tokens
    if not opens_line(sentence, index) or tokens.at(last) != ":":
        return
    for group in objects(sentence, last + 1):
        if group.human:
            sentence.add(group, metric, "labelled", index)


def _held(sentence: Sentence, index: int, metric: str) -> None:
    """Police have 31 people in custody."""
    number = sentence.by_last.get(index)
    if number is None:
        return
    group = sentence.groups[number]
    if group.human and sentence.tokens.at(group.first - 1) in sentence.tokens.words.lists["have"]:
        sentence.add(group, metric, "held", index)
