"""What the story calls people and companies after their full names: mentions come in, those forms as names go out.

The model takes "Harwell" for a person and "Xi" for nothing. Where the story names Harwell Industries Inc and Xi
Jinping in full, and nobody else so called, the forms are relabelled, and added where they were missed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_demonym, country_by_name
from transforms.link.folding import fold_name
from transforms.link.names.body_name import body_name
from transforms.link.names.context import Context
from transforms.link.names.occurrences import find_forms
from transforms.link.names.person_name import person_name, titles_before
from transforms.link.names.short_names import can_call, is_company, short_names
from transforms.link.names.words import common_words, company_context, family_first, not_people, particles
from transforms.link.wording import is_after_preposition, is_listed

PART_OF_NAME = "part_of_name"
"""Rule of a part of a name that the story says in full elsewhere."""

_SHORTEST = 2
_CAPITAL = re.compile(r"[^\W\d_a-z][^\W\d_]+$")
_NEXT_WORD = re.compile(r"(?:['’]s)?\s([a-z]+)")
_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]*[.]?[ -]$")
_NAME_AFTER = re.compile(r"[ -](?:[A-Z][a-z]|\d)|['’-]?\w")


def find_call_names(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in text order, with the missed parts of names, and those of a wrong label put right."""
    labels = _call_names(context, mentions)
    if not labels:
        return list(mentions)
    companies = _one_sense(context, mentions, labels, _in_company(context, mentions, labels))
    relabelled = [_relabelled(context, each, labels, number in companies) for number, each in enumerate(mentions)]
    return _with_missed(context, relabelled, labels)


def _call_names(context: Context, mentions: Sequence[Mention]) -> dict[str, str]:
    """The label by each form that can call only people, or only companies, of the story."""
    people: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    for text, label, entity_id in sorted({(each.text, each.label, each.entity_id or "") for each in mentions}):
        if label == "PER":
            people.update(_last_names(text))
            first = text.partition(" ")[0]
            # "Tedros", whom the directory knows by his first name.
            if any(known.entity_id == entity_id for known in context.directory.lookup(first, "PER")):
                people.update([first])
        elif label == "ORG":
            bodies.update(_short_forms(text))
    peoples = {mention.text for mention in mentions if mention.label == "NORP"}
    labels = {form: "ORG" for form in bodies if form not in people and form not in peoples}
    labels.update({form: "PER" for form in people if form not in bodies})
    taken = country_by_name(), country_by_demonym()
    return {form: label for form, label in labels.items() if not any(form in names for names in taken)}


def _last_names(text: str) -> Iterator[str]:
    """How a person is called by the last name: "de la Torre", "Torre", "De la Torre"."""
    name = person_name(text)
    pieces = name.written.split()
    if not name.is_full or len(pieces) < 2:
        return
    if name.words[0] in family_first() and len(pieces) < 4:
        last = pieces[:1]
    else:
        at = len(pieces) - 1
        while at > 1 and fold_name(pieces[at - 1]) in particles():
            at -= 1
        last = pieces[at:]
    for form in {" ".join(last), last[-1]}:
        if _CAPITAL.search(form) and len(form) >= _SHORTEST and form.strip(".") == form and form not in not_people():
            yield form
            yield form[0].upper() + form[1:]


def _short_forms(text: str) -> Iterator[str]:
    """How a company is called: the first words of its name, as written."""
    name = body_name(text)
    pieces = name.written.split()
    if not is_company(name):
        return
    if len(pieces) != len(name.words):  # "AT&T", "Al-Rajhi": words and pieces do not go together
        return
    for form in [*short_names(name), *([name.words] if name.is_company and can_call(name.words) else [])]:
        at = next((at for at in range(len(pieces)) if name.words[at : at + len(form)] == form), None)
        written = " ".join(pieces[at : at + len(form)]) if at is not None else ""
        if written[:1].isupper() and len(written) > _SHORTEST and (len(form) > 1 or written not in common_words()):
            yield written


def _relabelled(context: Context, mention: Mention, labels: Mapping[str, str], in_company: bool) -> Mention:
    label = labels.get(mention.text)
    if label is None or label == mention.label or (mention.label == "NORP" and mention.entity_id):
        return mention
    if mention.entity_id is not None and not (
        mention.label == "LOC" and label == "ORG" and (in_company or _is_company_here(context, mention))
    ):
        return mention
    if label == "ORG" and titles_before(context.text, mention.start):
        return mention
    return Mention(mention.start, mention.end, mention.text, label, rule=PART_OF_NAME)


def _is_company_here(context: Context, mention: Mention) -> bool:
    """Whether the next word is one that goes with companies: "Lorain shares"; the place is nothing then."""
    found = _NEXT_WORD.match(context.text, mention.end)
    return found is not None and found[1] in company_context()


def _one_sense(
    context: Context, mentions: Sequence[Mention], labels: Mapping[str, str], companies: set[int]
) -> set[int]:
    """The companies, and what else has their name: if the words about one show it, and those about none a place."""
    inside = bytearray(len(context.text))
    for mention in mentions:
        if mention.label == "ORG" and mention.text not in labels:
            inside[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    free = [n for n, each in enumerate(mentions) if labels.get(each.text) == "ORG" and not inside[each.start]]
    shown = {mentions[n].text for n in free if n in companies or _is_company_here(context, mentions[n])}
    places = {mentions[n].text for n in free if is_after_preposition(context.text, mentions[n].start)}
    return {number for number in free if number in companies or mentions[number].text in shown - places}


def _in_company(context: Context, mentions: Sequence[Mention], labels: Mapping[str, str]) -> set[int]:
    """The mentions that stand in a list with a company: "Fujitsu and Hitachi"."""
    listed: set[int] = set()
    for number, (one, other) in enumerate(pairwise(mentions)):
        if is_listed(context.text, one.end, other.start):
            listed.update([number] if _is_of_company(other, labels) else [])
            listed.update([number + 1] if _is_of_company(one, labels) else [])
    return listed


def _is_of_company(mention: Mention, labels: Mapping[str, str]) -> bool:
    return mention.label == "ORG" and (labels.get(mention.text) == "ORG" or body_name(mention.text).is_company)


def _with_missed(context: Context, mentions: Sequence[Mention], labels: Mapping[str, str]) -> list[Mention]:
    text = context.text
    covered = bytearray(len(text))
    for mention in mentions:
        soft = mention.entity_id is None and mention.label in {"PER", "ORG"}
        covered[mention.start : mention.end] = (b"\1" if soft else b"\2") * (mention.end - mention.start)
    spans = {(mention.start, mention.end) for mention in mentions}
    by_start = {mention.start: mention for mention in mentions}
    added: list[Mention] = []
    dropped: set[tuple[int, int]] = set()
    for start, end in find_forms(text, labels):
        form = text[start:end]
        inside = covered[start:end]
        first = by_start.get(start)
        if (start, end) in spans or 2 in inside:
            continue
        # "de la" of "de la Torre" gives way; "Torre" inside "Rosa de la Torre" does not count.
        if any(inside) and (first is None or first.end > end or " " not in form):
            continue
        if not any(inside) and not _stands_alone(context, start, end, labels[form]):
            continue
        if first is not None:
            dropped.add((first.start, first.end))
        added.append(Mention(start, end, form, labels[form], rule=PART_OF_NAME))
    kept = [mention for mention in mentions if (mention.start, mention.end) not in dropped]
    return sorted([*kept, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def _stands_alone(context: Context, start: int, end: int, label: str) -> bool:
    """Whether a form is not a piece of a longer name, nor a word that any sentence may begin with."""
    text = context.text
    before = _NAME_BEFORE.search(text, max(0, start - 30), start)
    opens = context.opens_sentence(start)
    if before and not opens and not (label == "PER" and titles_before(text, start)):
        return False
    if _NAME_AFTER.match(text, end) and not text.startswith(("'s", "’s"), end):
        return False
    return not opens or text[start:end].lower() not in context.small_words
