"""The place that "in the country" means: a sentence, its text's mentions and lead come in, a mention goes out."""

from collections.abc import Sequence

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.link.claims.scenes import WORD, Words
from transforms.link.claims.words import WHOLES

COUNTRY, REGION, TOWN = "country", "region", "town"
TOWNS = ("city", "town", "village")
LISTS = {COUNTRY: "country_words", REGION: "region_words", TOWN: "town_words"}


def whole_of(kind: str, sentence: Sentence, mentions: Sequence[Mention], lead: Mention | None) -> Mention | None:
    """The country, region or town that a sentence only calls so: the lead's, else the only one named so far."""
    kinds = TOWNS if kind == TOWN else (kind,)
    named = [m for m in mentions if m.place_kind in kinds and m.entity_id and m.start < sentence.end]
    if lead is not None and lead.place_kind in TOWNS and kind == TOWN:
        return lead
    if lead is not None and lead.country_code is not None:
        named = [mention for mention in named if mention.country_code == lead.country_code]
    if not named or (kind == COUNTRY and len({mention.entity_id for mention in named}) > 1):
        return None
    return named[-1]


def kind_of(text: str, words: Words) -> str | None:
    """Country, region or town, when people were counted in "the country" or "the province"."""
    low = [match.lower() for match in WORD.findall(text)]
    if words[WHOLES].isdisjoint(low):
        return None
    for place, word in enumerate(low):
        if word in words["nationwide"]:
            return COUNTRY
        kind = next((kind for kind, name in LISTS.items() if word in words[name]), None)
        first = place - (place > 0 and low[place - 1] in words["same"])
        named = first >= 2 and low[first - 1] in words["the"] and low[first - 2] in words["firm"]
        named = named and not words["history"].intersection(low[place + 1 : place + 3])
        if kind is not None and named:
            return kind
    return None
