"""Counts that are words: "a man", "one dead", "both drivers", "no one".

In: the tokens of a sentence. Out: their groups.
"""

from collections.abc import Iterator

from transforms.find.claims.counted import Numbers, read_counted
from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head, read_phrase
from transforms.find.claims.tokens import Tokens

LONGEST_PLACE = 8


def counts_in_words(tokens: Tokens, numbers: Numbers) -> Iterator[Group]:
    """The counts that no number tells, in text order; `numbers` are those that one does."""
    article, both = tokens.words.lists["article"], tokens.words.lists["both"]
    negative, nobody = tokens.words.lists["negative"], tokens.words.lists["nobody"]
    for place, word in enumerate(tokens.low):
        if word not in tokens.words.counting:
            continue
        if word in article:
            yield from _one(tokens, place, numbers)
        elif word in both:
            yield from _both(tokens, place)
        elif word in negative or word in nobody:
            yield from _nobody(tokens, place)


def _one(tokens: Tokens, place: int, numbers: Numbers) -> Iterator[Group]:
    """A policeman, another woman, a 22-year-old student, one more person; the one of "one dead, two hurt"."""
    number = tokens.low[place] in tokens.words.lists["one"]
    if (
        not number
        and tokens.at(place + 1) in tokens.words.sizes
        and tokens.at(place + 1) not in tokens.words.lists["body_of"]
        and tokens.at(place + 2) in tokens.words.lists["of"]
    ):
        yield from _sized(tokens, place)
        return
    phrase = read_phrase(tokens, place + 1, True)
    if _is_apposition(tokens, place, phrase.last):
        return
    if phrase.people and phrase.who and not phrase.state and (number or not phrase.others):
        head = tokens.low[phrase.last - 1]
        if head in tokens.words.lists["uncounted_groups"] and not number:
            return
        size = float(tokens.words.sizes.get(head, 1))
        who = phrase.who if size == 1 else tokens.words.texts["people"]
        end = tokens.ends[place if number else phrase.last - 1]
        yield Group(place, place, phrase.last, tokens.starts[place], end, size, size, "=", "one_person", who, True)
    elif _is_aged(tokens, place + 1):
        who, end = tokens.words.texts["people"], tokens.ends[place + 1]
        yield Group(place, place, place + 2, tokens.starts[place], end, 1.0, 1.0, "=", "one_person", who, True)
    elif (last := _is_next(tokens, place)) > place:
        yield Group(place, place, last, tokens.starts[place], tokens.ends[last - 1], 1.0, 1.0, "=", "one_alone")
    elif number and tokens.at(place + 1) in tokens.words.lists["of"]:
        group = Group(place, place, place + 1, tokens.starts[place], tokens.ends[place], 1.0, 1.0, "=", "one_alone")
        read_counted(tokens, group, place + 1, numbers)
        if group.people:
            yield group
    elif number and (_says_one(tokens, place) or (_opens_one(tokens, place))):
        start, end = tokens.starts[place], tokens.ends[place]
        yield Group(place, place, place + 1, start, end, 1.0, 1.0, "=", "one_alone")


def _is_next(tokens: Tokens, place: int) -> int:
    """Where the "a third" of "two men died and a third was hurt" ends, or the "another"; -1 when it is neither."""
    words = tokens.words
    if tokens.at(place + 1) in words.lists["ordinals_alone"]:
        return place + 2 if tokens.at(place + 2) in words.lists["be_one"] else -1
    told = (
        tokens.at(place + 1) in words.lists["be_one"] | words.lists["remain"] or tokens.at(place + 1) in words.nominal
    )
    return place + 1 if told and tokens.low[place] in words.lists["another"] and _stands_alone(tokens, place) else -1


def _sized(tokens: Tokens, place: int) -> Iterator[Group]:
    """A pair of hikers, a trio of climbers."""
    phrase = read_phrase(tokens, place + 3, False)
    if phrase.people and phrase.who:
        size, end = float(tokens.words.sizes[tokens.low[place + 1]]), tokens.ends[place + 1]
        yield Group(place, place, phrase.last, tokens.starts[place], end, size, size, "=", "sized", phrase.who, True)


def _says_one(tokens: Tokens, place: int) -> bool:
    """Whether it is the one of "one dead, two hurt"."""
    if (
        tokens.at(place + 1) in tokens.words.lists["gap_places"]
        and tokens.at(place - 1) not in tokens.words.lists["and"]
    ):
        return False  # "one in five"
    return tokens.at(place + 1) in tokens.words.lists["after_one"] and _stands_alone(tokens, place)


def _opens_one(tokens: Tokens, place: int) -> bool:
    """Whether it is the one of "killed one and wounded four"."""
    after = tokens.at(place + 1)
    closes = after in tokens.words.lists["and"] or after in ("", ",", ".", ";")
    return closes and tokens.at(place - 1) in tokens.words.lists["one_after"]


def _is_aged(tokens: Tokens, place: int) -> bool:
    """Whether an age stands for a person: "an 18-year-old died", but not "an 18-year-old car"."""
    if not tokens.at(place).endswith(tokens.words.texts["age_ending"]):
        return False
    after, words = place + 1, tokens.words
    return not tokens.is_word(after) or (
        tokens.low[after] in words.lists["stops"]
        or tokens.low[after] in words.verbs
        or tokens.low[after] in words.states
    )


def _is_apposition(tokens: Tokens, place: int, last: int) -> bool:
    """Whether words only describe somebody named: "Ana Ruiz, a teacher, …", but not "in Homs, a teacher was killed"."""
    if place < 2 or tokens.low[place - 1] != ",":
        return False
    before = tokens.raw[place - 2]
    if before[0].isdigit():
        return tokens.at(place - 3) == ","
    if not before[0].isupper() or place - 2 in tokens.numbers:
        return False
    if is_head(tokens, place - 2, False) or is_head(tokens, place - 2, True):
        return False
    return not (_acts(tokens, last) or _in_a_place(tokens, place - 2))


def _acts(tokens: Tokens, place: int) -> bool:
    """Whether a verb stands at a token: what comes before it is its subject."""
    word, words = tokens.at(place), tokens.words
    return (
        word in words.lists["be"] or word in words.lists["have"] or word in words.lists["modals"] or word in words.verbs
    )


def _in_a_place(tokens: Tokens, name: int) -> bool:
    """Whether a name is the end of "in Homs", "near the town of Kafr Nabl", or a day."""
    words = tokens.words
    if tokens.low[name] in words.lists["weekdays"]:
        return True
    for at in range(name - 1, max(-1, name - LONGEST_PLACE), -1):
        if tokens.low[at] in words.lists["place_before"]:
            return at == 0 or not tokens.is_word(at - 1) or tokens.low[at - 1] in words.lists["openers"]
        if not tokens.is_word(at):
            return False
    return False


def _stands_alone(tokens: Tokens, place: int) -> bool:
    before = tokens.at(place - 1)
    return place == 0 or before in tokens.words.lists["before_one"] or not tokens.is_word(place - 1)


def _both(tokens: Tokens, place: int) -> Iterator[Group]:
    phrase = read_phrase(tokens, place + 1, False)
    if phrase.people is True or (phrase.people is None and phrase.noun is None and phrase.last == place + 1):
        start, end = tokens.starts[place], tokens.ends[phrase.last - 1]
        who = phrase.who or tokens.words.texts["people"]
        if phrase.people or tokens.at(place + 1) in tokens.words.lists["be"] | tokens.words.verbs.keys():
            yield Group(place, place, phrase.last, start, end, 2.0, 2.0, "=", "both", who, True)


def _nobody(tokens: Tokens, place: int) -> Iterator[Group]:
    """Nobody, no one, none of the passengers, no injuries."""
    people = tokens.words.texts["people"]
    word, following = tokens.low[place], place + 1
    if word in tokens.words.lists["nobody"]:
        if tokens.at(following) in tokens.words.lists["of"] and tokens.at(following + 1) in (
            tokens.words.lists["them"] - tokens.words.lists["those"]
        ):
            if tokens.at(following + 2) not in tokens.words.lists["be"] | tokens.words.lists["have"]:
                return  # "none of them badly"
            if tokens.at(following + 3) in tokens.words.lists["severity"]:
                return
            group = _zero(tokens, place, following + 2, people)
            group.end, group.of_them, group.who = tokens.ends[place], True, None
            yield group
        elif tokens.at(following) in tokens.words.lists["of"]:
            phrase = read_phrase(
                tokens, following + 1 + (tokens.at(following + 1) in tokens.words.lists["determiners"]), False
            )
            if phrase.people:
                group = _zero(tokens, place, phrase.last, phrase.who or people)
                group.end = tokens.ends[place]
                yield group
        elif (phrase := read_phrase(tokens, following, True)).people:
            group = _zero(tokens, place, phrase.last, phrase.who or people)
            group.end = tokens.ends[place]
            yield group
        else:
            yield _zero(tokens, place, following, people)
    elif tokens.at(following) in tokens.words.lists["nobody_second"]:
        yield _zero(tokens, place, following + 1, people)
    else:
        phrase = read_phrase(tokens, following, False)
        if (phrase.noun is not None and phrase.noun.needs not in tokens.words.lists["disease_needs"]) or (
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
