"""What the words of a sentence say about all its counts: denied, feared, planned; or no news at all.

In: a sentence with its claims. Out: claims marked as hypothetical, or whether the sentence is about a film or a law.
"""

from transforms.find.claims.sentence import Sentence
from transforms.find.claims.tokens import Tokens

NEAR_BEHIND = 2
SILENT = ("fiction", "law", "idioms")
SCOPES = ("left", "aim", "any")


def is_silent(tokens: Tokens) -> bool:
    """Whether a sentence tells of a film, a law or a figure of speech."""
    return any(tokens.places_of(tokens.words.phrases[name]) for name in SILENT)


def drop_animals(sentence: Sentence) -> None:
    """Drop counts without a noun in a sentence about animals: "the shelter holds 300 dogs; 12 were infected"."""
    low, animals = sentence.tokens.low, sentence.tokens.words.lists["animals"]
    if sentence.low & animals:
        sentence.found = [
            f
            for f in sentence.found
            if f.group.who or f.group.people or animals.isdisjoint(low[: f.group.last + NEAR_BEHIND])
        ]


def mark_doubt(sentence: Sentence) -> None:
    """Mark claims that the words to their left, or an exercise anywhere, make unreal."""
    tokens = sentence.tokens
    left, aims, anywhere = (tokens.places_of(tokens.words.doubt.get(scope, {})) for scope in SCOPES)
    for found in sentence.found:
        begin = min(found.group.first, found.at)
        said = left if _happened(tokens, found.at) else [*left, *aims]
        found.past = not tokens.words.lists["past_doubt"].isdisjoint(sentence.low)
        found.doubt |= bool(anywhere) or any(place < begin and not _parted(tokens, place, begin) for place in said)


def _happened(tokens: Tokens, at: int) -> bool:
    """Whether a verb is in a form that is no aim: "tried to stop the march and shot two men"."""
    verbs = tokens.words.verbs.get(tokens.low[at], ())
    return bool(verbs) and not any(verb.forms & {"base", "ing"} for verb in verbs)


def _parted(tokens: Tokens, place: int, begin: int) -> bool:
    """Whether a new clause begins between a word of doubt and a count."""
    between = tokens.low[place + 1 : begin]
    parting = tokens.words.lists["breaks"] | tokens.words.lists["new_event"]
    return any(word in parting for word in between) or (
        "," in between and any(word in tokens.words.lists["new_clause"] for word in between)
    )
