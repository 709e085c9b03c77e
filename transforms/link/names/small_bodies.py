"""Bodies written small: "the health ministry" of a story that also says Ministry of Health, as mentions."""

import re
from collections.abc import Sequence
from functools import cache

from transforms.find.mentions import Mention
from transforms.link.names.short_forms import SHORT_FORM
from transforms.link.names.words import heads, national_words


def find_small_bodies(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in text order, with those that may be bodies written small."""
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    added = [
        Mention(*found.span(), found[0], "ORG", rule=SHORT_FORM)
        for found in _pattern().finditer(text)
        if not any(covered[slice(*found.span())])
    ]
    return sorted([*mentions, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def without_strangers(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those written small that are no body named in the story."""
    named = {mention.entity_id for mention in mentions if mention.rule != SHORT_FORM}
    return [each for each in mentions if each.rule != SHORT_FORM or (each.entity_id and each.entity_id in named)]


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(re.escape(head.noun.lower()) for head in heads().values() if head.small)
    words = "|".join(sorted(map(re.escape, national_words("portfolio")), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})\s(?:{nouns})(?![\w-])")
