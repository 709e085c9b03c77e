"""What a sentence says of people by the way, and what they went through: "12 injured passengers", "was shot and died".

In: a sentence. Out: claims of adjectives added, and those dropped that other claims of the same people tell better.
"""

from transforms.find.claims.sentence import Sentence

DESCRIBED = "described"
MISSING, FOUND = "missing", ("rescued", "killed")
BEFORE_DEATH = ("injured", "infected", "rescued", "displaced")


def read_described(sentence: Sentence) -> None:
    """Add the claims that an adjective before the noun makes: "12 injured passengers"."""
    for group in sentence.groups:
        if (
            group.state
            and group.people
            and not (group.of_them or group.of_the or group.inner >= 0)
            and not _theirs(sentence, group.core)
            and group.rule != "one_person"
            and group.who not in sentence.tokens.words.lists["athletes"]
        ):
            sentence.add(group, group.state, DESCRIBED, group.core, False)


def drop_described(sentence: Sentence) -> None:
    """Keep only the news of people who are described too: "freed two kidnapped engineers" tells of a rescue.

    So does "six boys trapped in a cave were brought out", and who "was shot and later died" was killed.
    """
    told = {id(found.group) for found in sentence.found if found.rule != DESCRIBED}
    died = {id(f.group) for f in sentence.found if f.metric == "killed" and not f.doubt}
    rescued = {id(f.group) for f in sentence.found if f.metric in FOUND and not f.doubt}
    sentence.found = [
        f
        for f in sentence.found
        if not (f.rule == DESCRIBED and id(f.group) in told)
        and not (f.metric == MISSING and id(f.group) in rescued)
        and not (f.metric in BEFORE_DEATH and id(f.group) in died)
    ]


def _theirs(sentence: Sentence, core: int) -> bool:
    """Whether a count is about somebody's own people: "his two dead brothers" is no news of two dead."""
    return sentence.tokens.at(core - 1) in sentence.tokens.words.lists["possessive_words"]
