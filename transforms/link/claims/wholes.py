"""The place that "in the country" means: a sentence, its text's mentions and lead come in, a mention goes out."""

from collections.abc import Sequence

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.link.claims.scenes import WORD, Words

COUNTRY, REGION = "country", "region"


def whole_of(kind: str, sentence: Sentence, mentions: Sequence[Mention], lead: Mention | None) -> Mention | None:
    """The country or region that a sentence only calls so: the lead's, else the only one named so far."""
    named = [m for m in mentions if m.place_kind == kind and m.entity_id and m.start < sentence.end]
    if lead is not None and lead.country_code is not None:
        named = [mention for mention in named if mention.country_code == lead.country_code]
    if not named or (kind == COUNTRY and len({mention.entity_id for mention in named}) > 1):
        return None
    return named[-1]


def kind_of(text: str, words: Words) -> str | None:
    """Country or region, when people were counted in "the country" or "the province"."""
    low = [match.lower() for match in WORD.findall(text)]
    for place, word in enumerate(low):
        if word in words["nationwide"]:
            return COUNTRY
        kind = COUNTRY if word in words["country_words"] else REGION if word in words["region_words"] else None
        named = place >= 2 and low[place - 1] in words["the"] and low[place - 2] in words["firm"]
        if kind is not None and named:
            return kind
    return None
