"""Acronyms that a story introduces: mentions come in; they go out with the missed acronyms, and what each stands for.

"Hayat Tahrir al-Sham (HTS)", "HTS (Hayat Tahrir al-Sham)" and "the World Food Programme, or WFP," introduce one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_name
from transforms.link.names.body_name import body_name
from transforms.link.names.context import Context
from transforms.link.names.occurrences import find_forms
from transforms.link.names.resemblance import resembles_any
from transforms.link.names.short_names import initials, may_stand_for
from transforms.link.names.spelled_out import ACRONYM, with_spelled_out
from transforms.link.names.words import heads, introductions

_ACRONYM = re.compile(r"[\"“'‘]?((?:[A-Z]\.){2,6}|[A-Z][A-Za-z0-9&-]{1,9})(?=[\"”'’]?(?:[\s),;.]|$))")
_BEFORE = re.compile(r"(?<![\w.])((?:[A-Z]\.){2,6}|[A-Z][A-Za-z0-9&-]{1,9})\s\((?:the\s)?$")
_BODIES = frozenset({"ORG", "PER", "NORP", "FAC", "EVENT", "PRODUCT", "WORK", "LAW", "LOC"})
_SHORTEST_FOREIGN = 3  # letters of an acronym in another language: "Doctors Without Borders (MSF)"


def find_acronyms(context: Context, mentions: Sequence[Mention]) -> tuple[list[Mention], dict[str, str]]:
    """The mentions with the acronyms of the story added, and the long name by acronym.

    A name that has an acronym, after a noun such as "group", is a body whatever the model thought.
    """
    text = context.text
    found = with_spelled_out(text, mentions)
    meanings: dict[str, str] = {}
    for number, mention in enumerate(found):
        if mention.label not in _BODIES or (mention.label == "LOC" and mention.entity_id) or " " not in mention.text:
            continue
        acronym = _introduced(context, mention)
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


def _introduced(context: Context, mention: Mention) -> str | None:
    """The acronym that stands after a name as its introduction, or before its parenthesis."""
    text = context.text
    for _, between, after in introductions():
        joint = between.match(text, mention.end)
        match = _ACRONYM.match(text, joint.end()) if joint else None
        if match and (after is None or after.match(text, match.end())) and _fits(context, match[1], mention):
            return match[1]
    if text.startswith(")", mention.end) and (match := _BEFORE.search(text, max(0, mention.start - 24), mention.start)):
        return match[1] if _fits(context, match[1], mention) else None
    return None


def _fits(context: Context, acronym: str, mention: Mention) -> bool:
    """Whether it is an acronym, and that of the name: by its letters, or because the story goes on to use it."""
    if sum(letter.isupper() for letter in acronym) < 2 or acronym == mention.text:
        return False
    if may_stand_for(acronym, mention.text) or acronym.replace(".", "").upper() in initials(mention.text):
        return True
    is_foreign = (
        acronym.isupper() and acronym.isalpha() and len(acronym) >= _SHORTEST_FOREIGN and mention.label == "ORG"
    )
    return is_foreign and context.acronyms[acronym] > 1


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
    for start, end in find_forms(text, labels):
        if not any(covered[start:end]):
            yield Mention(start, end, text[start:end], labels[text[start:end]], rule=ACRONYM)
