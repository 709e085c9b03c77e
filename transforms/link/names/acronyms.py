"""Acronyms that a story introduces: mentions come in; they go out with the missed acronyms, and what each stands for.

"Hayat Tahrir al-Sham (HTS)", "HTS (Hayat Tahrir al-Sham)" and "the World Food Programme, or WFP," introduce one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_name
from transforms.link.directory import Known
from transforms.link.folding import loose_key
from transforms.link.names.body_name import body_name, initials, may_stand_for
from transforms.link.names.context import Context
from transforms.link.names.words import heads, introductions, small_words

ACRONYM = "acronym"
"""Rule of an acronym that its introduction showed."""

_ACRONYM = re.compile(r"[\"“'‘]?((?:[A-Z]\.){2,6}|[A-Z][A-Za-z0-9&-]{1,9})(?=[\"”'’]?(?:[\s),;.]|$))")
_BEFORE = re.compile(r"(?<![\w.])((?:[A-Z]\.){2,6}|[A-Z][A-Za-z0-9&-]{1,9})\s\((?:the\s)?$")
_BODIES = frozenset({"ORG", "PER", "NORP", "FAC", "EVENT", "PRODUCT", "WORK", "LAW", "LOC"})
_SHORTEST_FOREIGN = 3  # letters of an acronym in another language: "Doctors Without Borders (MSF)"
_PARENTHESIS = re.compile(r"(?<=\w)\s?\(([A-Z]{3,8})[);,]")
_LONG_FORM = re.compile(r"(?<!\w)([A-Z]{3,8})\s\((?:the\s)?([A-Z][^()\n]{5,120})\)")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST = 120  # letters of a name


def find_acronyms(context: Context, mentions: Sequence[Mention]) -> tuple[list[Mention], dict[str, str]]:
    """The mentions with the acronyms of the story added, and the long name by acronym.

    A name that has an acronym, after a noun such as "group", is a body whatever the model thought.
    """
    text = context.text
    found = _with_spelled_out(text, mentions)
    meanings: dict[str, str] = {}
    for number, mention in enumerate(mentions):
        if mention.label not in _BODIES or (mention.label == "LOC" and mention.entity_id) or " " not in mention.text:
            continue
        acronym = _introduced(text, mention)
        if acronym is None or acronym in country_by_name() or meanings.get(acronym, mention.text) != mention.text:
            continue
        if mention.label in {"PER", "LOC", "NORP"}:
            if not _is_called_body(text, mention):
                continue
            found[number] = replace(mention, label="ORG", rule=ACRONYM)
        meanings[acronym] = mention.text
    labels = {mention.text: mention.label for mention in found if mention.text in meanings.values()}
    found = [_as_introduced(context, mention, meanings) for mention in found]
    return _with_missed(text, found, {acronym: labels.get(name, "ORG") for acronym, name in meanings.items()}), meanings


def _as_introduced(context: Context, mention: Mention, meanings: dict[str, str]) -> Mention:
    """An acronym without the directory's id where the story says that it stands for something else."""
    name = meanings.get(mention.text)
    if name is None or mention.entity_id is None:
        return mention
    known = context.directory.by_id(mention.entity_id)
    if known is None or resembles_any(name, known):
        return mention
    return Mention(mention.start, mention.end, mention.text, "ORG", rule=ACRONYM)


def resembles_any(name: str, known: Known) -> bool:
    """Whether a name is much like one that the directory has for the entity."""
    return any(_resembles(name, form) for form in (known.name, *known.aliases))


def _resembles(name: str, form: str) -> bool:
    """Whether two names have half of their words in common, however they are spelled."""
    one, other = ({loose_key(word) or word for word in body_name(each).words} for each in (name, form))
    small = small_words()
    return 2 * len((one & other) - small) >= max(len(one - small), 1)


def _with_spelled_out(text: str, mentions: Sequence[Mention]) -> list[Mention]:
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


def _introduced(text: str, mention: Mention) -> str | None:
    """The acronym that stands after a name as its introduction, or before its parenthesis."""
    for _, between, after in introductions():
        joint = between.match(text, mention.end)
        match = _ACRONYM.match(text, joint.end()) if joint else None
        if match and (after is None or after.match(text, match.end())) and _fits(text, match[1], mention):
            return match[1]
    if text.startswith(")", mention.end) and (match := _BEFORE.search(text, max(0, mention.start - 24), mention.start)):
        return match[1] if _fits(text, match[1], mention) else None
    return None


def _fits(text: str, acronym: str, mention: Mention) -> bool:
    """Whether it is an acronym, and that of the name: by its letters, or because the story goes on to use it."""
    if sum(letter.isupper() for letter in acronym) < 2 or acronym == mention.text:
        return False
    if may_stand_for(acronym, mention.text) or acronym.replace(".", "").upper() in initials(mention.text):
        return True
    is_foreign = (
        acronym.isupper() and acronym.isalpha() and len(acronym) >= _SHORTEST_FOREIGN and mention.label == "ORG"
    )
    return is_foreign and len(re.findall(rf"(?<!\w){re.escape(acronym)}(?!\w)", text)) > 1


def _is_called_body(text: str, mention: Mention) -> bool:
    """Whether the word before a name, or in it, says what kind of body it is: "the Islamist group"."""
    before = text[max(0, mention.start - 30) : mention.start].split()
    head = heads().get(before[-1].lower()) if before else None
    own = body_name(mention.text).head
    return any(noun is not None and noun.label == "ORG" for noun in (head, own))


def _with_missed(text: str, mentions: Sequence[Mention], labels: dict[str, str]) -> list[Mention]:
    if not labels:
        return list(mentions)
    added = list(_missed(text, mentions, labels))
    relabelled = [
        replace(mention, label=labels[mention.text], rule=ACRONYM)
        if mention.text in labels and mention.entity_id is None and mention.label != labels[mention.text]
        else mention
        for mention in mentions
    ]
    return sorted([*relabelled, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def _missed(text: str, mentions: Sequence[Mention], labels: dict[str, str]) -> Iterator[Mention]:
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    forms = "|".join(re.escape(form) for form in sorted(labels, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w&-])(?:{forms})(?![\w&])", text):
        if not any(covered[match.start() : match.end()]):
            yield Mention(match.start(), match.end(), match[0], labels[match[0]], rule=ACRONYM)
