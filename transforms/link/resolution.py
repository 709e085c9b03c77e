"""Which place a name means: the names of a story with their candidates come in, a choice for each goes out.

Every name has candidates from the gazetteer. They support one another: a candidate gains by the countries and regions
that the story names, by what stands after its comma ("Paris, Texas"), and by lying near what the other names mean. As
those are not certain either, all are weighed together in a few rounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from math import log

import numpy as np
import numpy.typing as npt

from transforms.link.certainty import Evidence, certainty, is_credible
from transforms.link.place import CONTINENT, COUNTRY, DISTRICT, REGION, TOWN, Place

Floats = npt.NDArray[np.float64]

# The weights were set on a development corpus of local newspapers and checked on stories of our own; natural-log odds.
_POPULATION = 0.42  # for each factor e of people
_UNKNOWN_POPULATION = 800
_OWN_NAME = 2.2
_LEVEL = {CONTINENT: 3.0, COUNTRY: 6.0, REGION: 1.5, DISTRICT: -2.5, TOWN: 0.0}
_CAPITAL = 2.5
_USUAL_COUNTRY = 4.0
_SAME_NAME_TOWN = 2.5  # a town against the region that is called after it
_WANTED_LEVEL = 6.0
_CONTAINED = 9.0
_SUPPORT = np.array([1.6, 2.2, 2.5, 3.6])  # the country, the region or the district named; a place near by
_NEAR_KM = 120.0
_HOME_COUNTRY = 2.5
_DOUBTS = (2.5, 1.7, 1.2, 1.0)  # by round: at first no name is sure, so that two unlikely ones may find each other
# Each candidate is held against each other; these bound the memory for a text with very many names (six tables of 8 MB)
_MOST_NAMES = 120
_MOST_CANDIDATES = 1_000
_SAME_PLACE_KM = 60.0
_EARTH_KM = 6371.0088


@dataclass(slots=True)
class Name:
    """One name of a story. `weight` is how much it tells about the rest: how often it stands there, dateline double.

    `wants` is REGION or TOWN when the words about it say so; `containers` are the places named right after its comma,
    `usual_country` the one that the news means by it. `needs_context` says that the candidates only sound like it,
    `is_landform` that it reads like a river, a mountain or another part of the earth.
    """

    candidates: tuple[Place, ...]
    weight: float = 1.0
    wants: int | None = None
    containers: set[Place] = field(default_factory=set)
    usual_country: str | None = None
    needs_context: bool = False
    is_landform: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means, and how sure that is, from 0 to 1; `company` is about how many other names lie near it."""

    place: Place
    score: float
    company: float = 0.0


def resolve(names: Sequence[Name], countries: Mapping[str, float], home: str | None = None) -> list[Choice | None]:
    """The most likely place of each name, None for a name without candidates.

    `countries` are the countries that the story names by their people ("Syrian"), with how often; `home` is where its
    publisher sits (ISO 3166-1).
    """
    choices: list[Choice | None] = []
    for first in range(0, len(names), _MOST_NAMES):
        choices += _resolve_together(names[first : first + _MOST_NAMES], countries, home)
    return choices


def _resolve_together(names: Sequence[Name], countries: Mapping[str, float], home: str | None) -> list[Choice | None]:
    story = _Story([_with_likeliest(name, home, _MOST_CANDIDATES // len(names)) for name in names], countries, home)
    if not len(story.base):
        return [None] * len(names)
    logits = story.base
    for doubt in _DOUBTS:
        logits = story.base + story.support(story.chances(logits / doubt))
    chances = story.chances(logits)
    return story.choices(chances)


def _with_likeliest(name: Name, home: str | None, count: int) -> Name:
    if len(name.candidates) <= count:
        return name
    likeliest = sorted(name.candidates, key=lambda place: -_prior(place, name, home))
    return replace(name, candidates=tuple(likeliest[:count]))


def is_within(place: Place, container: Place) -> bool:
    """Whether the gazetteer has one place in the other."""
    if container.level == COUNTRY:
        return place.level > COUNTRY and place.country_code == container.country_code
    return container.geonames_id in (place.region_id, place.district_id)


def _prior(place: Place, name: Name, home: str | None) -> float:
    people = place.population or _UNKNOWN_POPULATION
    if place.level == REGION or place.level == DISTRICT:
        people = min(people, 3_000_000)
    odds = _POPULATION * log(people) + _LEVEL[place.level] + (_OWN_NAME if place.is_own_name else 0.0)
    if place.level == REGION and any(_is_called_after(place, town) for town in name.candidates):
        odds -= _SAME_NAME_TOWN
    if name.wants is not None and place.level > COUNTRY and (place.level == TOWN) == (name.wants == TOWN):
        odds += _WANTED_LEVEL
    if any(is_within(place, container) for container in name.containers):
        odds += _CONTAINED
    if place.is_capital:
        odds += _CAPITAL
    if place.country_code == name.usual_country:
        odds += _USUAL_COUNTRY
    return odds + (_HOME_COUNTRY if home and place.country_code == home else 0.0)


def _is_called_after(region: Place, town: Place) -> bool:
    return town.level == TOWN and town.region_id == region.geonames_id and town.population * 12 > region.population


class _Story:
    """The candidates of all names, one after another, and what each of them adds to each other one."""

    def __init__(self, names: Sequence[Name], countries: Mapping[str, float], home: str | None) -> None:
        self.names = names
        self.home = home
        places = [place for name in names for place in name.candidates]
        self.base = np.array([_prior(place, name, home) for name in names for place in name.candidates])
        counts = [len(name.candidates) for name in names]
        self.ends = [0, *accumulate(counts)]
        self.filled = np.array([count for count in counts if count])
        self.starts = np.array([start for start, count in zip(self.ends, counts, strict=False) if count])
        demonyms = [countries.get(place.country_code, 0.0) if place.level >= COUNTRY else 0.0 for place in places]
        self.demonyms = np.array(demonyms)
        self.kilometres = _distances(_points(places))
        # For each kind of support, each row is a candidate, each column what supports it.
        self.company = np.zeros((len(_SUPPORT), len(places), len(places)))
        if len(self.filled) > 1:
            self._keep_company(places, counts)

    def _keep_company(self, places: Sequence[Place], counts: Sequence[int]) -> None:
        """Candidates support those of other names, by the weight of their own."""
        owner = np.repeat(np.arange(len(counts)), counts)
        weights = np.array([name.weight for name in self.names], dtype=np.float64)[owner]
        local = np.array([place.level > COUNTRY for place in places], dtype=np.float64)
        others = (owner[:, None] != owner[None, :]) * weights[None, :]
        same = np.array(
            [
                [_code_number(place.country_code) for place in places],
                [_region(place) for place in places],
                [_district(place) for place in places],
            ]
        )
        np.multiply(others, _same(same), out=self.company[:3])
        self.company[3] = others * np.exp(-self.kilometres / _NEAR_KM) * local[:, None] * local[None, :]

    def chances(self, logits: Floats) -> Floats:
        """Odds as shares that add up to one for each name."""
        likeliest = np.repeat(np.maximum.reduceat(logits, self.starts), self.filled)
        shares = np.exp(logits - likeliest)
        chances: Floats = shares / np.repeat(np.add.reduceat(shares, self.starts), self.filled)
        return chances

    def support(self, chances: Floats) -> Floats:
        """What the other names of the story add to each candidate."""
        company = self.company @ chances
        company[0] += self.demonyms
        support: Floats = _SUPPORT @ np.log1p(company)
        return support

    def choices(self, chances: Floats) -> list[Choice | None]:
        """The best candidate of each name."""
        company = self.company @ chances
        shares = chances.tolist()
        return [self._choice(*span, shares, company) for span in enumerate(pairwise(self.ends))]

    def _choice(self, number: int, span: tuple[int, int], chances: Sequence[float], company: Floats) -> Choice | None:
        start, end = span
        if end == start:
            return None
        name = self.names[number]
        best = max(range(start, end), key=chances.__getitem__)
        place = name.candidates[best - start]
        kilometres = self.kilometres[best, start:end].tolist()
        rivals = (
            share
            for share, far, other in zip(chances[start:end], kilometres, name.candidates, strict=True)
            if far >= _SAME_PLACE_KM and not _is_same(place, other)
        )
        evidence = Evidence(
            margin=log(chances[best]) - log(max((1e-12, *rivals))),
            same_country=float(self.demonyms[best] + company[0, best]),
            near=float(company[3, best]),
            is_placed=self._is_placed(place, name),
        )
        if not is_credible(place, evidence, only_sounds_like=name.needs_context, is_landform=name.is_landform):
            return None
        return Choice(place, certainty(place, evidence), evidence.near)

    def _is_placed(self, place: Place, name: Name) -> bool:
        """Whether the words after the name, the publisher's country or the custom of the news put it there."""
        return place.country_code in {self.home, name.usual_country} or any(
            is_within(place, container) for container in name.containers
        )


def _is_same(place: Place, other: Place) -> bool:
    """Whether two candidates are one place, or a town and the region about it, which are no two answers."""
    local = COUNTRY not in {place.level, other.level}
    return place is other or (local and (is_within(place, other) or is_within(other, place)))


def _code_number(code: str) -> int:
    return int.from_bytes(code.encode("ascii"))


def _region(place: Place) -> int:
    return place.geonames_id if place.level == REGION else place.region_id


def _district(place: Place) -> int:
    return place.geonames_id if place.level == DISTRICT else place.district_id


def _same(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which values of each row are equal to which; 0 is unknown and equal to none."""
    equal: npt.NDArray[np.bool_] = (values[:, :, None] == values[:, None, :]) & (values[:, :, None] != 0)
    return equal


def _points(places: Sequence[Place]) -> Floats:
    """Places as unit vectors; one without coordinates is NaN."""
    degrees = np.array(
        [(np.nan, np.nan) if place.latitude is None else (place.latitude, place.longitude) for place in places],
        dtype=np.float64,
    ).reshape(-1, 2)
    latitude, longitude = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1
    )


def _distances(points: Floats) -> Floats:
    """Kilometres from each point to each other; unknown is as far as can be."""
    cosines = np.minimum(np.fmax(points @ points.T, -1.0), 1.0)  # fmax takes -1 rather than NaN
    kilometres: Floats = _EARTH_KM * np.arccos(cosines)
    return kilometres
