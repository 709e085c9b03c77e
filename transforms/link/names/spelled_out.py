"""Names that an acronym spells out: "Tavan Seed Front (TSF)" comes in, the mention that nobody saw goes out."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_name
from transforms.link.names.body_name import body_name
from transforms.link.names.short_names import initials
from transforms.link.names.words import small_words, words_of_kind

ACRONYM = "acronym"
"""Rule of an acronym that its introduction showed, and of the name that the acronym showed."""

_LONGEST = 120  # letters of a name
_PARENTHESIS = re.compile(r"(?<=\w)\s?\(([A-Z]{3,8})[);,]")
_ARTICLE = "|".join(sorted(words_of_kind("article")))
_LONG_FORM = re.compile(rf"(?<!\w)([A-Z]{{3,8}})\s\((?:(?:{_ARTICLE})\s)?([A-Z][^()\n]{{5,120}})\)")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def with_spelled_out(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and names that nobody saw whose initials are the acronym in parentheses after them."""
    added = [mention for found in _PARENTHESIS.finditer(text) if (mention := _spelled_out(text, found))]
    added += [mention for found in _LONG_FORM.finditer(text) if (mention := _spelled_inside(text, found))]
    ends = {mention.end: mention for mention in mentions if " " in mention.text}
    added = [each for each in added if each.end not in ends or ends[each.end].start > each.start]
    if not added:
        return list(mentions)
    starts = sorted((each.start, each.end) for each in added)
    kept = [each for each in mentions if each.entity_id is not None or not _is_inside(each, starts)]
    return sorted([*kept, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def _spelled_out(text: str, acronym: re.Match[str]) -> Mention | None:
    """The words before an acronym in parentheses that it is made of."""
    if acronym[1] in country_by_name():
        return None
    end = acronym.start()
    words = list(_WORDS.finditer(text, max(0, end - _LONGEST), end))
    for word in reversed(words[-2 * len(acronym[1]) :]):
        start = word.start()
        if word[0][0].isupper() and acronym[1] in initials(text[start:end]) and "\n" not in text[start:end]:
            named = all(each[0][0].isupper() or each[0] in small_words() for each in words if each.start() >= start)
            head = body_name(text[start:end]).head
            return Mention(start, end, text[start:end], head.label, rule=ACRONYM) if named and head else None
    return None


def _spelled_inside(text: str, found: re.Match[str]) -> Mention | None:
    """The words in the parentheses after an acronym that it is made of."""
    start, end = found.span(2)
    head = body_name(found[2]).head
    if found[1] in country_by_name() or found[1] not in initials(found[2]) or head is None:
        return None
    return Mention(start, end, text[start:end], head.label, rule=ACRONYM)


def _is_inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (mention.start, len(mention.text) + mention.start)) - 1
    return any(start <= mention.start and mention.end <= end for start, end in spans[max(0, at) : at + 2])
