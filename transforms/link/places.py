"""Places in a story: mentions come in; they go out with countries, coordinates and ids, and the missed ones as well."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_demonym
from transforms.link.folding import fold_name
from transforms.link.gazetteer import Gazetteer
from transforms.link.missed import CIVIC_NAME
from transforms.link.place import COUNTRY, DISTRICT, REGION, TOWN, Place
from transforms.link.recognition import recognise_places
from transforms.link.resolution import Choice, Name, resolve
from transforms.link.wording import (
    container_after,
    ends_in_feature_word,
    feature_word_after,
    feature_word_before,
    is_dateline,
    is_listed,
    places_of_abbreviation,
)
from transforms.link.words import areas, news_places, word_after, word_before

LEAST_SCORE = 0.35
"""Below this a place stays without an id: a null rather than a guess."""

# "Harvard" in "Harvard University" is the town of that name only in a story about that part of the world.
_LEAST_COMPANY = 0.3
_MOST_WEIGHT = 3.0
_LEVELS_OF = {"region": (COUNTRY, REGION, DISTRICT), "town": (TOWN,), "part": (COUNTRY, REGION, DISTRICT, TOWN)}
_SHORTEST_SHOUTED = 4  # letters of a town in capitals: "YORK"
_PEOPLE_SCORE = 0.95  # what a demonym says of its country; "American" and "Indian" are not always of one


@dataclass(slots=True)
class _Surface:
    """All mentions of a story that are one name in one sense."""

    name: Name
    mentions: list[int] = field(default_factory=list)


def link_places(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, *, source_country: str | None = None
) -> list[Mention]:
    """The mentions of one text in text order, their labels corrected where that is clear, and the missed places.

    Places that can be told get `entity_id`, `name`, coordinates, `geonames_id`, `country_code`, `place_kind` and
    `score`; peoples (NORP) get their country. Where the story does not tell, they stay None. Only what is no name at
    all ("Turkey is served with gravy") is left out. Mentions may nest. `source_country` (ISO 3166-1) is where the
    publisher sits.
    """
    found = recognise_places(text, mentions, gazetteer)
    people = Counter(code for mention in found if (code := _people_of(mention)))
    countries = {code: min(float(count), _MOST_WEIGHT) for code, count in people.items()}
    surfaces = _surfaces(text, found, gazetteer)
    choices = resolve([surface.name for surface in surfaces], countries, source_country)
    unlikely: set[int] = set()
    for surface, choice in zip(surfaces, choices, strict=True):
        if choice is not None and choice.score >= LEAST_SCORE:
            for number in surface.mentions:
                found[number] = _linked(found[number], choice)
        if choice is None or choice.company < _LEAST_COMPANY:
            unlikely.update(number for number in surface.mentions if found[number].rule == CIVIC_NAME)
    return [_with_country(mention, gazetteer) for number, mention in enumerate(found) if number not in unlikely]


def _people_of(mention: Mention) -> str | None:
    return country_by_demonym().get(mention.text.replace("’", "'")) if mention.label == "NORP" else None


def _surfaces(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[_Surface]:
    last_end, listed = 0, None  # where the last name ended, and what kind of place its list is of
    surfaces: dict[tuple[str, int | None], _Surface] = {}
    for number, mention in enumerate(mentions):
        if mention.label != "LOC":
            continue
        wants = _wanted_level(text, mention)
        if wants is None and listed is not None and is_listed(text, last_end, mention.start):
            wants = listed
        last_end, listed = mention.end, wants
        key = fold_name(mention.text), wants
        surface = surfaces.get(key)
        if surface is None:
            surface = surfaces[key] = _Surface(_new_name(text, mention, wants, gazetteer))
        else:
            surface.name.weight = min(_MOST_WEIGHT, surface.name.weight + 0.5)
        surface.mentions.append(number)
        surface.name.containers |= set(container_after(text, mention.end, gazetteer).places)
        if is_dateline(text, mention.start, mention.end):
            surface.name.weight += 1.0
    return list(surfaces.values())


def _wanted_level(text: str, mention: Mention) -> int | None:
    """REGION or TOWN when the words about the mention ask for one."""
    for means, level in (("region", REGION), ("town", TOWN)):
        if feature_word_before(text, mention.start, means) or feature_word_after(text, mention.end, means):
            return level
    return REGION if ends_in_feature_word(mention.text) else None


def _new_name(text: str, mention: Mention, wants: int | None, gazetteer: Gazetteer) -> Name:
    name, usual, is_landform = mention.text, news_places().get(mention.text), mention.rule == "model:LOC"
    if name.islower() or feature_word_before(text, mention.start, "other"):
        return Name(())
    if name in areas() and wants is None and not container_after(text, mention.end, gazetteer).places:
        return Name(())
    candidates = _candidates(text, mention, gazetteer)
    if candidates:
        return Name(candidates, wants=wants, usual_country=usual, is_landform=is_landform)
    return Name(gazetteer.lookup_loosely(name), wants=wants, usual_country=usual, needs_context=True)


def _candidates(text: str, mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    name = mention.text
    is_acronym = name.isupper() and len(name) < _SHORTEST_SHOUTED
    if name.isupper() or name.endswith(".") or text.startswith(".", mention.end):
        regions = places_of_abbreviation(name, gazetteer)
        if regions or is_acronym:  # "UN" is no town, but "UK" a country
            return regions or tuple(place for place in gazetteer.lookup(name) if place.level <= COUNTRY)
    return gazetteer.lookup(name) or _without_feature_word(name, gazetteer)


def _without_feature_word(name: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Candidates for "Aleppo province" and "City of Aleppo", where the feature word chooses, and "Northern Aleppo"."""
    last = name.rfind(" ")
    if last > 0 and word_after("region").fullmatch(name, last):
        return tuple(place for place in gazetteer.lookup(name[:last]) if place.level != TOWN)
    for space in re.finditer(r"\s", name[:40]):
        for means, levels in _LEVELS_OF.items():
            if word_before(means).fullmatch(name, 0, space.end()):
                return tuple(place for place in gazetteer.lookup(name[space.end() :]) if place.level in levels)
    return ()


def _linked(mention: Mention, choice: Choice) -> Mention:
    place = choice.place
    return replace(
        mention,
        entity_id=place.entity_id,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=place.geonames_id,
        country_code=place.country_code or None,
        place_kind=place.place_kind,
        score=choice.score,
    )


def _with_country(mention: Mention, gazetteer: Gazetteer) -> Mention:
    """A people with its country; its `place_kind` says that the id is the country's."""
    code = _people_of(mention)
    country = gazetteer.by_code(code) if code else None
    return _linked(mention, Choice(country, _PEOPLE_SCORE)) if country else mention
