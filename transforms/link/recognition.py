"""Which spans are places: the model's mentions come in, corrected and completed by gazetteer, wording and the story.

A name has one sense in a story: what is a place once is one throughout, and the last word of a person's full name is
that person. The model's labels give way only where the wording or the gazetteer is clear.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.bearers import is_contained, is_distinctive, is_known_town, lies_with
from transforms.link.countries import country_by_demonym, country_by_name, long_country_names, peoples
from transforms.link.gazetteer import Gazetteer
from transforms.link.missed import missed_places
from transforms.link.place import REGION
from transforms.link.wording import (
    container_after,
    ends_in_feature_word,
    feature_word_after,
    feature_word_before,
    is_after_preposition,
    is_announced,
    is_common_noun,
    is_dateline,
    is_listed,
    is_not_place,
)
from transforms.link.words import doubtful_words, news_places, not_places

_SETTLED = frozenset({"LOC", "NORP", "EVENT", "LAW", "WORK"})
_LARGE_PEOPLE = 50_000  # a town of so many is not a people's name that nobody has heard of
_SURE_VOTE = 3


def recognise_places(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The mentions with labels corrected where that is clear, and the places the model missed, in text order.

    A mention that is no name at all ("Turkey is served") is left out.
    """
    found = [
        _by_country_words(mention)
        for mention in _with_whole_people(text, list(_with_whole_countries(text, mentions)))
        if mention.label != "LOC" or not is_common_noun(text, mention.start, mention.end)
    ]
    people = [mention.text.split() for mention in found if mention.label == "PER" and " " in mention.text]
    found = _by_last_names(text, found, {words[-1] for words in people if words})
    found = _by_first_names(found, {words[0] for words in people if words})
    parts = {word for words in people for word in words}
    found = [_by_wording(text, mention, parts, gazetteer) for mention in found]
    found = _by_list(text, found, gazetteer)
    found = _by_one_sense(found, gazetteer)
    found += missed_places(text, found, gazetteer)
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.label))


def _with_whole_countries(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, but what is part of a country's name as the whole of it: "Burkina" in "Burkina Faso"."""
    end = 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        found = long_country_names().match(text, mention.start)
        if found and found.end() > mention.end:
            yield replace(mention, end=found.end(), text=found[0], label="LOC", rule="country_name")
            end = found.end()
        elif mention.end > end:
            yield mention


def _with_whole_people(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, but a person's name that was cut in two as one: "Israel" and "Adesanya"."""
    whole: list[Mention] = []
    for mention in mentions:
        before = whole[-1] if whole else None
        if before and _opens_name(text, before, mention):
            name = text[before.start : mention.end]
            whole[-1] = replace(before, end=mention.end, text=name, label="PER", rule="whole_name")
        else:
            whole.append(mention)
    return whole


def _opens_name(text: str, before: Mention, mention: Mention) -> bool:
    """Whether a mention goes on with the name before it: of a person, or of a country that people are called after."""
    if mention.label != "PER" or text[before.end : mention.start] != " " or not mention.text[0].isupper():
        return False
    is_given_name = before.text in doubtful_words() and not is_after_preposition(text, before.start)
    return before.label == "PER" or (before.label == "LOC" and is_given_name and " " not in mention.text)


def _by_country_words(mention: Mention) -> Mention:
    """A mention that is a country's name is a place, one that is its people is NORP, unless the word is doubtful."""
    name = mention.text.replace("’", "'")
    if name in doubtful_words():
        return mention
    if name in country_by_name() and mention.label != "LOC":
        return replace(mention, label="LOC", rule="country_name")
    if name in country_by_demonym() and mention.label != "NORP":
        return replace(mention, label="NORP", rule="demonym")
    if name in peoples() and mention.label != "NORP":
        return replace(mention, label="NORP", rule="people")
    return mention


def _by_last_names(text: str, mentions: Sequence[Mention], people: set[str]) -> list[Mention]:
    """A lone last name of somebody whom the story names in full is that person, unless it is clearly a place."""
    return [
        replace(mention, label="PER", rule="last_name")
        if mention.text in people
        and mention.label in {"LOC", "ORG", "NORP", "PRODUCT", "FAC"}
        and mention.text not in country_by_name()
        and mention.text not in country_by_demonym()
        and not is_after_preposition(text, mention.start)
        else mention
        for mention in mentions
    ]


def _by_first_names(mentions: Sequence[Mention], people: set[str]) -> list[Mention]:
    """A lone first name of somebody whom the story names in full is that person rather than a body or a ware.

    In the east of Asia it is the family's name.
    """
    return [
        replace(mention, label="PER", rule="first_name")
        if mention.text in people and mention.label in {"ORG", "PRODUCT", "FAC", "WORK"}
        else mention
        for mention in mentions
    ]


def _by_wording(text: str, mention: Mention, people: set[str], gazetteer: Gazetteer) -> Mention:
    """A mention with another label that the words about it and the gazetteer make a place.

    `people` are the words of all full names of persons in the story.
    """
    if mention.label in {"LOC", "EVENT", "LAW"} or mention.rule in {"demonym", "people", "last_name", "first_name"}:
        return mention
    rule = _place_rule(text, mention, mention.text in people, gazetteer)
    return replace(mention, label="LOC", rule=rule) if rule else mention


def _place_rule(text: str, mention: Mention, is_of_person: bool, gazetteer: Gazetteer) -> str | None:
    """Why the mention is a place after all, or None."""
    name, start, end = mention.text, mention.start, mention.end
    if name in news_places() and not is_of_person:
        return "news_place"
    places = [place for place in gazetteer.lookup(name) if place.level <= REGION or place.is_own_name]
    if not places or name in country_by_demonym() or is_not_place(text, start, name):
        return None
    if is_contained(places, container_after(text, end, gazetteer).places):
        return "container_after_comma"
    if ends_in_feature_word(name):
        return "feature_word"
    if not is_of_person and places[0].population >= 2_000 and is_after_preposition(text, start):
        return "preposition"
    if feature_word_after(text, end, "place") and is_known_town(places):
        return "civic_word"
    if is_dateline(text, start, end):
        return "dateline"
    if mention.label == "NORP" and places[0].is_own_name and places[0].population >= _LARGE_PEOPLE:
        return "town_not_people"
    if mention.label != "PER" and feature_word_before(text, start, "region"):
        return "feature_word"
    return "distinctive_name" if not is_of_person and is_distinctive(name, mention.label, gazetteer) else None


def _by_list(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Names of a list are places when the words before it say so, or when a neighbour in it is a place near by."""
    found = list(mentions)
    for step in (1, -1):  # the clue may stand on either side
        for number in range(len(found))[::step]:
            mention, neighbour = found[number], number - step
            if mention.label in _SETTLED or mention.text in not_places():
                continue
            announced = step == 1 and is_announced(text, mention.start)
            if announced or (
                0 <= neighbour < len(found) and _is_listed_with(text, mention, found[neighbour], gazetteer)
            ):
                found[number] = replace(mention, label="LOC", rule="list_of_places")
    return found


def _is_listed_with(text: str, mention: Mention, other: Mention, gazetteer: Gazetteer) -> bool:
    first, last = (mention, other) if mention.start < other.start else (other, mention)
    if not is_listed(text, first.end, last.start):
        return False
    if mention.text in country_by_name() and other.text in country_by_name():
        return True
    if other.label != "LOC":
        return False
    # After "towns such as" the whole list is towns, in the gazetteer or not.
    goes_on = other.rule == "list_of_places" and other is first and not gazetteer.holds(other.text)
    return goes_on or lies_with(mention.text, other.text, gazetteer)


def _by_one_sense(mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The sense that a name has most often in the story, if that is a person or a place; wording outvotes the model."""
    votes: dict[str, Counter[str]] = {}
    for mention in mentions:
        sure = not (mention.rule or "").startswith("model:")
        votes.setdefault(mention.text, Counter())[mention.label] += _SURE_VOTE if sure else 1
    return [_with_sense(mention, votes[mention.text], gazetteer) for mention in mentions]


def _with_sense(mention: Mention, votes: Counter[str], gazetteer: Gazetteer) -> Mention:
    label, count = max(votes.items(), key=lambda item: (item[1], item[0]))
    if label == mention.label or count <= votes[mention.label] or mention.label in {"EVENT", "LAW", "WORK"}:
        return mention
    is_place = label == "LOC" and gazetteer.holds(mention.text) and mention.text not in not_places()
    return replace(mention, label=label, rule="one_sense") if is_place or label == "PER" else mention
