"""Bodies of a story: mentions come in; those of one organization go out with one id and one name.

Mentions are one body when the directory says so, when their names are equal but for company form and word order
("Ministry of Health", "health ministry"), when one is the acronym of the other, or when one is the short form of just
one other. A body that every country has takes its country's name and id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.link.folding import loose_key, same_name
from transforms.link.names.areas import country_of
from transforms.link.names.body import Body, bodies_of
from transforms.link.names.body_identity import identity
from transforms.link.names.context import Context
from transforms.link.names.generic import is_generic
from transforms.link.names.resemblance import resembles_any
from transforms.link.names.short_names import initials, short_names
from transforms.link.names.words import small_words

_MOST_RIVALS = 8
_LONGEST_TAIL = 4


def link_bodies(context: Context, mentions: Sequence[Mention], meanings: Mapping[str, str]) -> list[Mention]:
    """The mentions, those of organizations with ids; nouns alone ("the Court") are left as they are.

    `meanings` are the long names by the acronym that the story introduces.
    """
    bodies = bodies_of(context, mentions)
    by_text = {mentions[number].text: body for body in bodies for number in body.numbers}
    for acronym, name in meanings.items():
        _join(by_text.get(acronym), by_text.get(name))
    _join_equal(bodies)
    _join_spelled(bodies)
    _join_shorter(bodies)
    _join_generic(bodies)
    _join_acronyms(context, mentions, bodies)
    return _named(context, mentions, bodies)


def _join(one: Body | None, other: Body | None) -> None:
    """Makes two bodies one, unless they are known to be two."""
    if one is None or other is None:
        return
    a, b = other.first(), one.first()
    if (
        a is b
        or (a.entity_id and b.entity_id and a.entity_id != b.entity_id)
        or (a.country and b.country and a.country != b.country)
    ):
        return
    if b.entity_id and not a.entity_id:
        a, b = b, a
    b.same = a
    a.country = a.country or b.country


def _join_equal(bodies: Sequence[Body]) -> None:
    """Equal names; one without a country is that of the story's only body so called."""
    by_words: dict[tuple[str, ...], list[Body]] = {}
    for body in bodies:
        by_words.setdefault(body.name.words, []).append(body)
    for same in by_words.values():
        placed = [body for body in same if body.country or body.entity_id]
        if len({body.first().country or body.first().entity_id for body in placed}) == 1:
            for body in same:
                # "The Defence Ministry" is Syria's only after that was said.
                if body.country or body.entity_id or placed[0].numbers[0] < body.numbers[0]:
                    _join(body, placed[0])
        elif not placed:
            for body in same[1:]:
                _join(body, same[0])


def _join_spelled(bodies: Sequence[Body]) -> None:
    """Other spellings of one name: "Hayat Tahrir al-Cham" of "Hay'at Tahrir al-Sham"."""
    by_sound: dict[str, list[Body]] = {}
    for body in bodies:
        if len(body.name.words) > 1 and (key := loose_key(body.name.written)):
            by_sound.setdefault(key, []).append(body)
    for alike in by_sound.values():
        for body in alike[1:]:
            is_other = body.name.words != alike[0].name.words  # equal names were joined, or are told apart
            if is_other and not body.country and same_name(body.name.written, alike[0].name.written):
                _join(body, alike[0])


def _join_shorter(bodies: Sequence[Body]) -> None:
    """Short forms of just one other name."""
    longer: dict[tuple[str, ...], list[Body]] = {}
    for body in bodies:
        for form in short_names(body.name):
            rivals = longer.setdefault(form, [])
            if len(rivals) < _MOST_RIVALS:
                rivals.append(body)
    for body in bodies:
        if body.name.is_company or body.name.head is not None or body.name.words not in longer:
            continue
        firsts = {id(other.first()): other for other in longer[body.name.words] if other is not body}
        if len(firsts) == 1:
            _join(body, next(iter(firsts.values())))


def _join_generic(bodies: Sequence[Body]) -> None:
    """Names that many bodies bear, of the one body whose full name was said before: "City Council" of a town."""
    longer: dict[tuple[str, ...], dict[int, Body]] = {}
    for body in bodies:
        words = body.name.words
        if is_generic(body.name):
            firsts = longer.get(words, {}) if len(words) > 1 else {}
            if len(firsts) == 1:
                _join(body, next(iter(firsts.values())))
        else:
            for size in range(2, min(len(words), _LONGEST_TAIL + 1)):
                if words[-size - 1] not in small_words():
                    longer.setdefault(words[-size:], {})[id(body.first())] = body


def _join_acronyms(context: Context, mentions: Sequence[Mention], bodies: Sequence[Body]) -> None:
    """Acronyms whose letters begin the words of just one name."""
    by_letters: dict[str, list[Body]] = {}
    for body in bodies:
        for text in {mentions[number].text for number in body.numbers}:
            if " " in text:
                for letters in {*initials(text), *initials(body.name.written)}:
                    by_letters.setdefault(letters, []).append(body)
    for body in bodies:
        text = mentions[body.numbers[0]].text
        letters = text.replace(".", "")
        if " " in text or len(letters) < 2 or not letters.isupper():
            continue
        firsts = {id(other.first()): other for other in by_letters.get(letters, ())}
        if len(firsts) == 1:
            other = next(iter(firsts.values()))
            known = context.directory.by_id(body.entity_id) if body.entity_id else None
            if body.entity_id is None or (known is not None and resembles_any(other.name.written, known)):
                _join(body, other)


def _named(context: Context, mentions: Sequence[Mention], bodies: Sequence[Body]) -> list[Mention]:
    groups: dict[int, list[Body]] = {}
    for body in bodies:
        groups.setdefault(id(body.first()), []).append(body)
    linked = list(mentions)
    for group in groups.values():
        numbers = [number for body in group for number in body.numbers]
        entity_id, name = identity(context, group, [mentions[number].text for number in numbers])
        known = next((mentions[n] for n in numbers if mentions[n].entity_id == entity_id), None)
        for number in numbers:
            if linked[number].entity_id is None:
                country = known.country_code if known else country_of(group[0].first().country)
                linked[number] = replace(
                    linked[number],
                    entity_id=entity_id,
                    name=name,
                    country_code=linked[number].country_code or country,
                )
    return linked
