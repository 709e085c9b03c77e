"""The counts of a sentence: its tokens and the quantities in it come in, `Group` objects in text order go out.

Numbers come from the quantities; "a man", "both drivers" and "no one" are counts in words that are read here.
"""

from collections.abc import Iterator, Sequence

from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head, read_phrase
from transforms.find.claims.tokens import Tokens
from transforms.find.quantities import Quantity

COUNTS = "cardinal"
ARTICLE = "article"
"""The rule for the "a" of "three soldiers and a civilian", which is read here with its noun."""
Numbers = dict[int, tuple[int, float | None]]
"""Where each number begins: where it ends, and its value."""


def groups_of(tokens: Tokens, quantities: Sequence[Quantity]) -> list[Group]:
    """All counts of the sentence that may be counts of people."""
    tokens.numbers = frozenset(tokens.first_at(q.start) for q in quantities)
    numbers = {tokens.first_at(q.start): (tokens.first_at(q.end), q.value) for q in quantities}
    found = [group for quantity in quantities if (group := _of_quantity(tokens, quantity, numbers)) is not None]
    taken = {place for group in found for place in range(group.core, group.last)}
    found += [group for group in _in_words(tokens) if group.core not in taken]
    found.sort(key=lambda group: (group.core, group.last))
    for number, group in enumerate(found[:-1]):
        # "three of the 12 miners": the first count reaches over the second.
        if found[number + 1].core < group.last:
            group.inner = number + 1
    return found


def _of_quantity(tokens: Tokens, quantity: Quantity, numbers: Numbers) -> Group | None:
    core = tokens.first_at(quantity.start)
    after = tokens.first_at(quantity.end)
    if (
        quantity.kind != COUNTS
        or quantity.rule == ARTICLE
        or not core < after <= len(tokens)
        or tokens.starts[core] != quantity.start
    ):
        return None
    if tokens.ends[after - 1] != quantity.end:
        return None
    low, high = bounds(quantity)
    group = Group(core, core, after, quantity.start, quantity.end, low, high, quantity.comparator, quantity.rule)
    group.change, group.rate = quantity.change is not None, quantity.unit is not None
    _read(tokens, group, after, numbers)
    group.first = _determined(tokens, core)
    return None if group.people is None and _is_age(tokens, core) else group


def _is_age(tokens: Tokens, core: int) -> bool:
    """Whether a bare number is somebody's age: "a boy of six"."""
    return (
        tokens.at(core - 1) in tokens.words["of"]
        and core >= 2
        and is_head(tokens, core - 2, True)
        and (tokens.low[core - 2] not in tokens.words["body_of"])
    )


def bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """A definite number is both bounds; else what the text gives."""
    if quantity.value is not None and quantity.comparator in ("=", "~"):
        return quantity.value, quantity.value
    return quantity.low, quantity.high


def _read(tokens: Tokens, group: Group, at: int, numbers: Numbers) -> None:
    """Fill in whom a count counts."""
    words = tokens.words
    if tokens.at(at) in words["of"] or (tokens.at(at - 1) in words["of"] and tokens.at(at) in words["them"]):
        at += tokens.at(at) in words["of"]
        if tokens.at(at) in words["them"] and not (tokens.at(at) in words["those"] and _noun_follows(tokens, at)):
            _part(tokens, group, at)
            return
        group.of_the = tokens.at(at) in words["definite"]
        while tokens.at(at) in words["determiners"]:
            at += 1
        if tokens.at(at) in words["nominal_victims"] or (
            at < len(tokens) and tokens.at(at) in words.nominal and not _noun_follows(tokens, at)
        ):
            group.of_state = words.nominal.get(tokens.at(at), "killed")
            group.people, group.last, group.who, group.of_the = True, at + 1, None, False
            return
        if at in numbers:
            group.of_number = numbers[at][1]
            at = numbers[at][0]
            if tokens.at(at) in words.nominal and not _noun_follows(tokens, at):
                group.of_state, group.people, group.last = words.nominal[tokens.at(at)], True, at + 1
                group.of_the = False
                return
    one = group.low == group.high == 1 and at == tokens.first_at(group.end)
    at += tokens.at(at) in words["quotes"]
    phrase = read_phrase(tokens, at, one)
    if group.low == 1 and phrase.people is not True and phrase.noun is None:
        phrase = read_phrase(tokens, at, group.low == 1 and group.comparator != "=")
    group.last, group.who, group.people = phrase.last, phrase.who, phrase.people
    group.noun, group.state, group.others = phrase.noun, phrase.state, phrase.others
    if group.of_number is not None and phrase.people is None and phrase.noun is None:
        group.people = True


def _part(tokens: Tokens, group: Group, at: int) -> None:
    """A part of people named before, or of a state: "two of them", "three of those killed"."""
    group.people, group.last = True, at + 1
    after = at + 1
    if tokens.at(at) in tokens.words["those"]:
        after += tokens.at(after) in tokens.words["relatives"]
        after += tokens.at(after) in tokens.words["be"]
        if tokens.at(after) in tokens.words.nominal:
            group.of_state, group.last = tokens.words.nominal[tokens.at(after)], after + 1
            return
    group.of_them = True


def _noun_follows(tokens: Tokens, at: int) -> bool:
    """Whether a pronoun or state is followed by its noun: "those men", "the injured passengers"."""
    following = at + 1
    return following < len(tokens) and is_head(tokens, following, False)


def _determined(tokens: Tokens, core: int) -> int:
    """Where the phrase begins with its determiners: "his two children", "another 12", "a family of five"."""
    first = core
    if tokens.at(core - 1) in tokens.words["of"] and tokens.at(core - 2) in tokens.words["body_of"]:
        first = core - 2
    while first > 0 and first > core - 6 and tokens.low[first - 1] in tokens.words["determiners"]:
        first -= 1
    return first


def _in_words(tokens: Tokens) -> Iterator[Group]:
    words = tokens.words
    for place, word in enumerate(tokens.low):
        if word in words["article"]:
            yield from _one(tokens, place)
        elif word in words["both"]:
            yield from _both(tokens, place)
        elif word in words["negative"] or word in words["nobody"]:
            yield from _nobody(tokens, place)


def _one(tokens: Tokens, place: int) -> Iterator[Group]:
    """A policeman, another woman, a 22-year-old student, one more person; the one of "one dead, two hurt"."""
    number = tokens.low[place] in tokens.words["one"]
    phrase = read_phrase(tokens, place + 1, True)
    if phrase.people and phrase.who and not phrase.state and (number or not phrase.others):
        end = tokens.ends[place if number else phrase.last - 1]
        yield Group(place, place, phrase.last, tokens.starts[place], end, 1.0, 1.0, "=", "one_person", phrase.who, True)
    elif number and _stands_alone(tokens, place) and tokens.at(place + 1) in tokens.words["of"]:
        group = Group(place, place, place + 1, tokens.starts[place], tokens.ends[place], 1.0, 1.0, "=", "one_alone")
        _read(tokens, group, place + 1, {})
        if group.of_them:
            yield group
    elif number and tokens.at(place + 1) in tokens.words["after_one"] and _stands_alone(tokens, place):
        start, end = tokens.starts[place], tokens.ends[place]
        yield Group(place, place, place + 1, start, end, 1.0, 1.0, "=", "one_alone")


def _stands_alone(tokens: Tokens, place: int) -> bool:
    before = tokens.at(place - 1)
    return place == 0 or before in tokens.words["before_one"] or not tokens.is_word(place - 1)


def _both(tokens: Tokens, place: int) -> Iterator[Group]:
    phrase = read_phrase(tokens, place + 1, False)
    if phrase.people is True or (phrase.people is None and phrase.noun is None and phrase.last == place + 1):
        start, end = tokens.starts[place], tokens.ends[phrase.last - 1]
        who = phrase.who or tokens.words.texts["people"]
        if phrase.people or tokens.at(place + 1) in tokens.words["be"] | tokens.words.verbs.keys():
            yield Group(place, place, phrase.last, start, end, 2.0, 2.0, "=", "both", who, True)


def _nobody(tokens: Tokens, place: int) -> Iterator[Group]:
    """Nobody, no one, none of the passengers, no injuries."""
    people = tokens.words.texts["people"]
    word, following = tokens.low[place], place + 1
    if word in tokens.words["nobody"]:
        if tokens.at(following) in tokens.words["of"]:
            phrase = read_phrase(
                tokens, following + 1 + (tokens.at(following + 1) in tokens.words["determiners"]), False
            )
            if phrase.people:
                group = _zero(tokens, place, phrase.last, phrase.who or people)
                group.end = tokens.ends[place]
                yield group
        else:
            yield _zero(tokens, place, following, people)
    elif tokens.at(following) in tokens.words["nobody_second"]:
        yield _zero(tokens, place, following + 1, people)
    else:
        phrase = read_phrase(tokens, following, False)
        if (phrase.noun is not None and phrase.noun.needs not in tokens.words["disease_needs"]) or (
            phrase.people and phrase.who
        ):
            group = _zero(tokens, place, phrase.last, phrase.who or people)
            group.noun, group.people = phrase.noun, phrase.people
            if phrase.noun is not None:
                group.end = tokens.ends[place]
            yield group


def _zero(tokens: Tokens, place: int, last: int, who: str) -> Group:
    start, end = tokens.starts[place], tokens.ends[last - 1]
    return Group(place, place, last, start, end, 0.0, 0.0, "=", "nobody", who, True)
