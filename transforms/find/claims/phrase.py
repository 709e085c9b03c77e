"""The noun phrase behind a count: the place after a number comes in; where the phrase ends and whom it counts go out.

The head is a noun for people (`people.yaml`), a people's name ("Palestinians"), or a noun for what befell them
("deaths"). Anything else that looks like a noun says that no people are counted.
"""

from dataclasses import dataclass

from transforms.find.claims.tokens import Tokens
from transforms.find.claims.who import who_of
from transforms.find.claims.words import Noun

LONGEST = 8
"""Tokens of the longest phrase: "suspected members of the banned separatist group"."""


@dataclass(slots=True)
class Phrase:
    """What a phrase says: see `group.Group` for the fields."""

    last: int
    who: str | None = None
    people: bool | None = None
    noun: Noun | None = None
    state: str = ""
    others: bool = False


def read_phrase(tokens: Tokens, at: int, one: bool) -> Phrase:
    """The phrase that begins at a token; `one` asks for a singular head."""
    begin = at
    others = False
    while tokens.at(at) in tokens.words.lists["others"]:
        others, at = True, at + 1
    if others and tokens.at(at - 1) in tokens.words.lists["pronouns"]:
        return Phrase(at, tokens.words.texts["people"], True, others=True)
    head, place = -1, at
    while place < min(len(tokens), at + LONGEST) and not _ends(tokens, place, at):
        if place == at and _tells(tokens, at):
            break
        if is_head(tokens, place, one) or tokens.low[place] in tokens.words.nouns:
            head = place
            if not _compound(tokens, place, one):
                break
        place += 1
    if head < 0:
        return _headless(tokens, begin, at, place, others)
    if head + 1 < len(tokens) and _another_noun(tokens, head, one):
        return Phrase(head + 2, people=False)
    return _headed(tokens, at, head, others, one)


def is_head(tokens: Tokens, place: int, one: bool) -> bool:
    """Whether a token is a noun for people in the right number."""
    word = tokens.low[place]
    last = word.rsplit("-", 1)[-1]
    if not one and (tokens.words.is_plural(word) or word.endswith(tokens.words.texts["aged_ending"])):
        return True
    if (
        one
        and "-" in word
        and word.split("-")[0] in tokens.words.lists["small_numbers"]
        and not tokens.raw[place].endswith(tokens.words.texts["age_ending"])
    ):
        return False  # "a three-man crew"
    if one:
        if word.endswith(tokens.words.texts["age_ending"]):
            return not tokens.is_word(place + 1) or _closes(tokens, place + 1)
        if (
            word in tokens.words.lists["also_adjectives"]
            and tokens.is_word(place + 1)
            and not _closes(tokens, place + 1)
        ):
            return is_follower(tokens, place + 1)
        known = (
            tokens.words.plural_of(last) is not None
            or (last != word and tokens.words.plural_of(word) is not None)
            or place in tokens.peoples
        )
        return known or _demonym(tokens, place, True)
    if tokens.words.is_plural(last):
        return True
    return place in tokens.peoples or _demonym(tokens, place)


def is_follower(tokens: Tokens, place: int) -> bool:
    """Whether a noun for a person follows, or a name: "a police officer", "a rebel Tuareg"."""
    low = tokens.low[place : place + 3]
    return tokens.raw[place][:1].isupper() or any(tokens.words.plural_of(word.rsplit("-", 1)[-1]) for word in low)


def _demonym(tokens: Tokens, place: int, one: bool = False) -> bool:
    """Whether a token is the name of a people: "Canadians", "three French", "a Canadian"."""
    raw, words = tokens.raw[place], tokens.words
    if not raw[:1].isupper() or tokens.low[place] in words.lists["not_demonyms"]:
        return False
    adjective = tokens.low[place] in words.lists["peoples_as_adjectives"] or raw.endswith(
        words.texts["people_and_adjective"]
    )
    if one and not adjective:
        adjective = (raw + words.texts["plural_ending"]).endswith(words.demonyms)
    elif not adjective:
        return raw.endswith(words.demonyms)
    return adjective and not (tokens.is_word(place + 1) and not _closes(tokens, place + 1))


def _closes(tokens: Tokens, place: int) -> bool:
    """Whether a word cannot be the noun that an adjective before it describes."""
    word, words = tokens.low[place], tokens.words
    return word in words.lists["stops"] or word in words.verbs or word in words.states or word in words.lists["links"]


def _ends(tokens: Tokens, place: int, first: int) -> bool:
    """Whether a phrase stops before a token."""
    word = tokens.low[place]
    if place == first and word in tokens.words.nominal and _describes(tokens, place):
        return False
    if word in tokens.words.lists["stops"] or (word in tokens.words.lists["be"]):
        return tokens.raw[place] not in tokens.words.lists["not_pronouns"]
    if not tokens.raw[place][0].isalnum():
        return place == first or word not in tokens.words.texts["signs_in_phrases"]
    if word.endswith((tokens.words.texts["age_ending"], tokens.words.texts["aged_ending"])):
        return False
    return place > first and (place in tokens.numbers or (tokens.raw[place][0].isdigit() and "-" not in word))


def _describes(tokens: Tokens, place: int) -> bool:
    """Whether a state stands before its noun: "three missing climbers", but not "three dead"."""
    return any(
        is_head(tokens, at, False) and tokens.low[at] not in _no_kind(tokens)
        for at in range(place + 1, min(len(tokens), place + 3))
        if at == place + 1 or (tokens.is_word(place + 1) and tokens.low[place + 1] not in tokens.words.lists["stops"])
    )


def _compound(tokens: Tokens, place: int, one: bool) -> bool:
    """Whether the head is still to come: "police officers", "construction workers", "Palestinian farmers"."""
    if tokens.low[place] == tokens.words.texts["people"]:
        return False
    loose = one or tokens.low[place] in tokens.words.lists["people_modifiers"]
    for following in range(place + 1, min(len(tokens), place + (4 if loose else 2))):
        if _ends(tokens, following, place) or _only_says(tokens, following, place):
            return False
        if is_head(tokens, following, one):
            return True
        if not _may_modify(tokens, following):
            return False
    return False


def _only_says(tokens: Tokens, following: int, head: int) -> bool:
    """Whether a noun tells what somebody is or became: "a man accused of fraud", "took a clerk hostage"."""
    words = tokens.words
    taken = not words.lists["takers"].isdisjoint(tokens.low[max(0, head - 4) : head])
    word = tokens.low[following]
    return word in words.lists["said_of_noun"] or (taken and word in words.lists["taken_as"])


def _may_modify(tokens: Tokens, place: int) -> bool:
    """Whether a word may stand between two nouns of one phrase: the "drug" of "a major drug dealer"."""
    word = tokens.low[place]
    known = word in tokens.words.verbs or word in tokens.words.states or word in tokens.words.lists["links"]
    return not (known or word.endswith(tokens.words.texts["plural_ending"]) or tokens.is_adverb(place))


def _another_noun(tokens: Tokens, head: int, one: bool) -> bool:
    """Whether the noun for people only describes another noun: "12 police cars", "a child seat"."""
    word = tokens.low[head + 1]
    if not tokens.is_word(head + 1) or word in tokens.words.lists["stops"] or word in tokens.words.verbs:
        return word in tokens.words.lists["possessives"]
    if word in tokens.words.states or word in tokens.words.lists["links"] or tokens.is_adverb(head + 1):
        return False
    if tokens.low[head] in tokens.words.lists["as_is_modifiers"]:
        return word.endswith(tokens.words.texts["plural_ending"])
    return one and word in tokens.words.lists["things"]


def _headless(tokens: Tokens, begin: int, at: int, place: int, others: bool) -> Phrase:
    """Nothing counted is named: a count that stands alone, or one of things."""
    word = tokens.at(at)
    alone = (
        place == at or _may_be_verb(tokens, at) or word in tokens.words.states or word in tokens.words.lists["links"]
    )
    alone = alone or tokens.is_adverb(at)
    if others and alone:
        return Phrase(at, tokens.words.texts["people"], True, others=True)
    return Phrase(begin, None, None) if alone else Phrase(place, _named(tokens, at, place), False)


def _may_be_verb(tokens: Tokens, at: int) -> bool:
    """Whether a word behind a number is its verb: "12 cut", but not "12 guns"."""
    return any(verb.forms != {"third"} for verb in tokens.words.verbs.get(tokens.at(at), ()))


def _tells(tokens: Tokens, at: int) -> bool:
    """Whether the word behind a number tells what those counted did: "seven others sustained injuries"."""
    verbs = tokens.words.verbs.get(tokens.low[at], ())
    return bool(verbs) and all(verb.affected == "subject" and "past" in verb.forms for verb in verbs)


def _headed(tokens: Tokens, at: int, head: int, others: bool, one: bool) -> Phrase:
    noun = tokens.words.nouns.get(tokens.low[head])
    if noun is not None and noun.counts and (noun.plural != one or tokens.at(at - 1) in tokens.words.lists["negative"]):
        if not noun.plural and tokens.is_word(head + 1) and tokens.low[head + 1] not in tokens.words.lists["stops"]:
            return Phrase(head + 2, None, False)
        return Phrase(head + 1, tokens.words.texts["people"], None, noun)
    if noun is not None and not is_head(tokens, head, one):
        return Phrase(head + 1, None, False)
    last = _joined(tokens, head) if not one else head + 1
    state = tokens.words.state_nouns.get(tokens.low[head], "") or next(
        (tokens.words.nominal[w] for w in tokens.low[at:head] if w in tokens.words.nominal), ""
    )
    if tokens.low[head] in tokens.words.nominal and not one:
        if not all(tokens.low[i] in tokens.words.lists["links"] or tokens.is_adverb(i) for i in range(at, head)):
            return Phrase(head, _named(tokens, at, head), False)
        # "12 dead": the state is all there is; the state's own reader sees it.
        people = tokens.words.texts["people"] if others else None
        return Phrase(head, people, True if others else None, others=others)
    return Phrase(last, who_of(tokens, at, head, last, one), True, state=state, others=others)


def _joined(tokens: Tokens, head: int) -> int:
    """Where "men, women and children" or "members of the security forces" ends."""
    at = head + 1
    if tokens.low[head] in tokens.words.lists["of_what"] and tokens.at(at) in tokens.words.lists["of"]:
        place = at + 1
        while place < min(len(tokens), at + 6) and (place <= at + 2 or not _ends(tokens, place, place)):
            if place > at + 1 and _ends(tokens, place, place):
                break
            place += 1
        return place
    while tokens.at(at) in tokens.words.lists["and"] | {","} and at + 1 < len(tokens):
        if not is_head(tokens, at + 1, False) or tokens.low[at + 1] in _no_kind(tokens):
            return head + 1
        joined = tokens.at(at) in tokens.words.lists["and"]
        at += 2
        if joined:
            return at if not _goes_on(tokens, at) else head + 1
    return head + 1


def _no_kind(tokens: Tokens) -> frozenset[str]:
    """Nouns that join no list of kinds of people: "four workers and wounded eleven others"."""
    return tokens.words.lists["others"] | tokens.words.nominal.keys()


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a word behind a list begins something else: "nine children, police and hospital staff said"."""
    return tokens.is_word(at) and tokens.low[at] in tokens.words.lists["say"]


def _named(tokens: Tokens, at: int, last: int) -> str | None:
    """A phrase whose head is no known noun, as written: people only if something else says so."""
    return tokens.text[tokens.starts[at] : tokens.ends[last - 1]] if at < last else None
