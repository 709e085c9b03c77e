"""How sure a place is: the place chosen for a name and the evidence for it come in, a probability goes out."""

from dataclasses import dataclass
from math import exp, log1p

from transforms.link.place import DISTRICT, TOWN, Place

# Log odds. Round numbers near what a logistic regression gave on a development corpus of local newspapers; on the half
# of it that a regression had not seen, what is promised and what is right differ by 1.5 to 3 points (place_scores.py).
_BASE = -2.4
_SMALL_MARGIN, _UP_TO = 0.5, 3.0  # for each factor e between the place and its best rival elsewhere, up to e**3 …
_LARGE_MARGIN, _AT_MOST = 0.1, 20.0  # … and beyond: a choice that seems sure still errs now and then
_SAME_COUNTRY = 0.9
_KNOWN_NAME = 1.6  # its own name, or any name of a large place: Bombay, Peking
_PLACED = 1.3
_LARGE_TOWN = 100_000  # people
_LEAST_COMPANY = 0.3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a place was chosen.

    `margin` is by how many factors of e it is likelier than the best candidate elsewhere, `same_country` and `near`
    about how many other names of the story lie in its country and near it. `is_placed` says that what stands after the
    name, the publisher's country or the custom of the news puts it there.
    """

    margin: float
    same_country: float
    near: float
    is_placed: bool


def certainty(place: Place, evidence: Evidence) -> float:
    """The probability that the name means the place."""
    odds = _BASE + _SMALL_MARGIN * min(evidence.margin, _UP_TO) + _LARGE_MARGIN * min(evidence.margin, _AT_MOST)
    odds += _SAME_COUNTRY * log1p(evidence.same_country)
    odds += _KNOWN_NAME if place.is_own_name or place.population >= _LARGE_TOWN else 0.0
    odds += _PLACED if evidence.is_placed else 0.0
    return round(1.0 / (1.0 + exp(-odds)), 3)


def is_credible(place: Place, evidence: Evidence, *, only_sounds_like: bool, is_landform: bool) -> bool:
    """Whether a place is more than a namesake: one that bears the name among others needs some support."""
    if only_sounds_like and not evidence.same_country:
        return False
    if evidence.is_placed or place.level < DISTRICT or place.population >= _LARGE_TOWN:
        return True
    if is_landform and evidence.near < _LEAST_COMPANY:
        return False
    is_its_name = place.is_own_name or only_sounds_like  # "Khan Cheikhoun" in a story about Syrians
    return is_its_name or place.level != TOWN or evidence.near >= _LEAST_COMPANY
