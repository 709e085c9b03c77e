"""Claims of words right before a count: "searching for 14 miners", "among the killed were 12 nurses".

In: a sentence and the place of a phrase of `leads.csv`. Out: claims added to the sentence.
"""

from transforms.find.claims.chain import chain_before
from transforms.find.claims.group import Group
from transforms.find.claims.objects import objects
from transforms.find.claims.pattern import follows
from transforms.find.claims.sentence import Sentence

SAME = "same"


def read_lead(sentence: Sentence, index: int) -> None:
    """Add the claims of the counts behind a phrase at a token."""
    tokens = sentence.tokens
    for phrase, metric in tokens.words.leads[tokens.low[index]]:
        last = follows(tokens, index, (phrase,))
        wanted = tokens.words.beside.get((phrase, metric))
        if last < 0 or (wanted is not None and wanted.isdisjoint(sentence.low)):
            continue
        for group in objects(sentence, last):
            if metric == SAME:
                _add_same(sentence, group, index)
            elif group.human and group.people:
                sentence.add(group, metric, "lead", index, chain_before(tokens, index).doubt)
        return


def _add_same(sentence: Sentence, group: Group, index: int) -> None:
    """Add another count of what was counted before: "17 dead; the Red Crescent speaks of 26"."""
    before = [f for f in sentence.found if f.group.last <= index and not f.part]
    if group.people is None and group.noun is None and before and sentence.claim_of(group) is None:
        sentence.add(group, before[-1].metric, "lead", index)
        group.who = group.who or before[-1].group.who
