"""How a count becomes part of another: a sentence, two counts and what the whole says in; a claim out."""

from transforms.find.claims.group import Group
from transforms.find.claims.phrase import read_phrase
from transforms.find.claims.sentence import Found, Sentence


def nearest_whole(sentence: Sentence, place: int, metric: str = "") -> Found | None:
    """The nearest claim before a token that is no part itself."""
    before = [f for f in sentence.found if f.group.last <= place and not f.part and metric in ("", f.metric)]
    if not before:
        before = [f for f in sentence.found if f.group.last <= place and f.of_state and metric in ("", f.metric)]
    return max(before, key=lambda f: (f.group.last, f.tally == "event"), default=None)


def people_in_predicate(sentence: Sentence, at: int) -> str | None:
    """Who they are: "children" in "three of them children" and "three of the dead were children"."""
    tokens = sentence.tokens
    while tokens.at(at) in tokens.words.lists["be"] | tokens.words.lists["determiners"]:
        at += 1
    if at >= len(tokens):
        return None
    phrase = read_phrase(tokens, at, False)
    if not phrase.people:
        phrase = read_phrase(tokens, at, True)
    return phrase.who if phrase.people else None


def make_part(sentence: Sentence, group: Group, parent: Found | None, metric: str, rule: str) -> None:
    """Mark the claim of a count as a part, or make it one with the metric of what includes it."""
    if parent is not None and (parent.group is group or (group.low or 0) >= parent.group.largest):
        return
    metric = metric or (parent.metric if parent is not None else "")
    own = sentence.claim_of(group, metric) or sentence.claim_of(group)
    if own is None:
        if (not metric and not group.of_them) or group.people is False or group.noun is not None:
            return
        sentence.add(group, metric, rule, group.core, parent is not None and parent.doubt)
        own = sentence.claim_of(group, metric)
        if own is not None and parent is not None:
            own.tally = parent.tally
    for found in sentence.found:
        if found.group is group:
            found.part, found.parent, found.of_state = (
                True,
                parent,
                found.of_state or (metric if parent is None else ""),
            )
            if group.who is None and parent is not None and not group.of_them:
                group.who = parent.group.who
