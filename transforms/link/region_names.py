"""Names of regions with and without their feature word: a name comes in, its short or its English form goes out."""

import re
from collections.abc import Sequence

_FEATURES = (
    "Governorate",
    "Province",
    "Region",
    "State",
    "County",
    "Parish",
    "District",
    "Prefecture",
    "Department",
    "Oblast",
    "Krai",
    "Raion",
    "Canton",
    "Wilaya",
    "Borough",
    "Municipality",
    "Republic",
    "Voivodeship",
    "Division",
    "Emirate",
    "Territory",
    "Autonomous Community",
    "Capital Region",
)
_FEATURES_FIRST = (
    "State|Province|Governorate|Region|County|Department|Republic|Provincia|Departamento|Muhafazat|Ostan|Wilayat|"
    "Région|Département"
)
_SHORT = re.compile(
    rf"(?:{_FEATURES_FIRST}) (?:of|de|del|di|d')? ?(?P<after>.+)|(?P<before>.+?)(?: City)? (?:{'|'.join(_FEATURES)})"
)

# Letters that English does not have, or the Arabic article before a sun letter.
_TRANSCRIBED = re.compile(r"[^\x00-\x7f]|^A[a-z] ")

# What is left of "Central Region" and "National Capital Region" names nothing.
_NO_NAME = re.compile(
    r"(?i:(?:the )?(?:national|federal|central|cent(?:er|re)|capital|coast(?:al)?|littoral|islands?|upper|lower|middle|"
    r"first|second|third|free|golden|(?:north|south|east|west|northern|southern|eastern|western|north-?east(?:ern)?|"
    r"north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?)|autonomous|metropolitan|district|city|[ivx]+)"
    r"(?: (?:national|federal|capital|central|metropolitan|autonomous))?)"
)


def short_name(name: str) -> str | None:
    """The name of a region without its feature word; None when it has none, or when the rest is no name.

    >>> short_name("Aleppo Governorate"), short_name("State of Iowa"), short_name("Wales"), short_name("Central Region")
    ('Aleppo', 'Iowa', None, None)
    """
    found = _SHORT.fullmatch(name)
    short = (found["before"] or found["after"]) if found else ""
    return short if len(short) > 3 and not _NO_NAME.fullmatch(short) else None


def english_name(name: str, others: Sequence[str]) -> str:
    """The short English name of a region when its other names tell it, else its name.

    >>> english_name("Ḩalab", ["حلب", "Aleppo Governorate"])
    'Aleppo'
    """
    shorts = [short for other in others if other.endswith(_FEATURES) and (short := short_name(other))]
    return name if short_name(name) or name in shorts or not shorts else shorts[0]


def is_transcribed(name: str) -> bool:
    """Whether a name is a strict transcription that English news would not write.

    >>> is_transcribed("Ḩamāh"), is_transcribed("Ar Raqqah"), is_transcribed("Beirut")
    (True, True, False)
    """
    return _TRANSCRIBED.search(name) is not None
