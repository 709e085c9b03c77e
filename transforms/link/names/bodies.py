"""Bodies of a story: mentions come in; those of one organization go out with one id and one name.

Mentions are one body when the directory says so, when their names are equal but for company form and word order
("Ministry of Health", "health ministry"), when one is the acronym of the other, or when one is the short form of just
one other. A body that every country has takes its country's name and id.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_demonym, country_names
from transforms.link.directory import Known, entity_id_of
from transforms.link.folding import fold_name
from transforms.link.names.acronyms import resembles_any
from transforms.link.names.body_name import (
    BodyName,
    body_name,
    initials,
    is_national,
    short_names,
)
from transforms.link.names.context import Context
from transforms.link.names.words import bodies_of_countries, small_words

_MOST_RIVALS = 8
_OFTEN = 4  # mentions of a country and its places
_SHARE = 0.75


@dataclass(slots=True)
class _Body:
    """One way to write a body in the story, and the body it turns out to be."""

    name: BodyName
    country: str | None = None
    entity_id: str | None = None
    known_name: str | None = None
    numbers: list[int] = field(default_factory=list)
    same: "_Body | None" = None

    def first(self) -> "_Body":
        """The body that stands for all that are one."""
        body = self
        while body.same is not None:
            body = body.same
        return body


def link_bodies(context: Context, mentions: Sequence[Mention], meanings: Mapping[str, str]) -> list[Mention]:
    """The mentions, those of organizations with ids; nouns alone ("the Court") are left as they are.

    `meanings` are the long names by the acronym that the story introduces.
    """
    bodies = _bodies(context, mentions)
    by_text = {mentions[number].text: body for body in bodies for number in body.numbers}
    for acronym, name in meanings.items():
        _join(by_text.get(acronym), by_text.get(name))
    _join_equal(bodies)
    _join_shorter(bodies)
    _join_acronyms(context, mentions, bodies)
    return _named(context, mentions, bodies)


def _bodies(context: Context, mentions: Sequence[Mention]) -> list[_Body]:
    """One body for each form of a name, in each country it is said to be of."""
    bodies: dict[tuple[tuple[str, ...], str, str | None, str | None], _Body] = {}
    longer = {
        name.words[-1] for each in mentions if each.label == "ORG" and len((name := body_name(each.text)).words) > 1
    }
    for number, mention in enumerate(mentions):
        if mention.label != "ORG":
            continue
        name = body_name(mention.text)
        place = context.country_at(mention.start, mention.end)
        if mention.entity_id is None and place is not None and mention.start <= place.start < mention.end:
            name = _without_place(name, place)
        national = mention.entity_id is None and (
            is_national(name) or (place is not None and _is_known_elsewhere(context, mention))
        )
        if not name.words:
            continue
        if name.is_head_alone and mention.entity_id is None and not (national and place):
            is_called_so = name.head is not None and name.head.national == "alone" and mention.text[0].isupper()
            if not is_called_so or name.words[-1] in longer:
                continue
        country = place.country_code if national and place else None
        key = name.words, "" if name.words else mention.text, country, mention.entity_id
        body = bodies.get(key)
        if body is None:
            known_name = mention.name if mention.entity_id else None
            body = bodies[key] = _Body(name, country, mention.entity_id, known_name)
        elif name.is_company and not body.name.is_company:
            body.name = name
        body.numbers.append(number)
    return list(bodies.values())


def _is_known_elsewhere(context: Context, mention: Mention) -> bool:
    """Whether the name is that of a known body of another country."""
    return any(
        context.is_elsewhere(each, mention.start, mention.end) for each in context.directory.lookup(mention.text)
    )


def _without_place(name: BodyName, place: Mention) -> BodyName:
    """The name without the country in it, if the rest is a name that every country has."""
    cut = fold_name(place.text).split()
    words = name.words
    for at in range(len(words) - len(cut) + 1):
        if list(words[at : at + len(cut)]) == cut:
            rest = [*words[:at], *words[at + len(cut) :]]
            while rest and rest[-1] in small_words():
                rest.pop()
            plain = body_name(" ".join(rest)) if rest else name
            return plain if is_national(plain) else name
    return name


def _join(one: _Body | None, other: _Body | None) -> None:
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


def _join_equal(bodies: Sequence[_Body]) -> None:
    """Equal names; one without a country is that of the story's only body so called."""
    by_words: dict[tuple[str, ...], list[_Body]] = {}
    for body in bodies:
        by_words.setdefault(body.name.words, []).append(body)
    for same in by_words.values():
        placed = [body for body in same if body.country or body.entity_id]
        if len({body.first().country or body.first().entity_id for body in placed}) == 1:
            for body in same:
                _join(body, placed[0])
        elif not placed:
            for body in same[1:]:
                _join(body, same[0])


def _join_shorter(bodies: Sequence[_Body]) -> None:
    """Short forms of just one other name."""
    longer: dict[tuple[str, ...], list[_Body]] = {}
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


def _join_acronyms(context: Context, mentions: Sequence[Mention], bodies: Sequence[_Body]) -> None:
    """Acronyms whose letters begin the words of just one name."""
    by_letters: dict[str, list[_Body]] = {}
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


def _named(context: Context, mentions: Sequence[Mention], bodies: Sequence[_Body]) -> list[Mention]:
    groups: dict[int, list[_Body]] = {}
    for body in bodies:
        groups.setdefault(id(body.first()), []).append(body)
    linked = list(mentions)
    for group in groups.values():
        numbers = [number for body in group for number in body.numbers]
        entity_id, name = _identity(context, group, [mentions[number].text for number in numbers])
        known = next((mentions[n] for n in numbers if mentions[n].entity_id == entity_id), None)
        for number in numbers:
            if linked[number].entity_id is None:
                country = known.country_code if known else group[0].first().country
                linked[number] = replace(
                    linked[number],
                    entity_id=entity_id,
                    name=name,
                    country_code=linked[number].country_code or country,
                )
    return linked


def _identity(context: Context, group: Sequence[_Body], texts: Sequence[str]) -> tuple[str | None, str]:
    """The id and the name of a body: the directory's, the country's, or those of its fullest form."""
    first = group[0].first()
    if first.entity_id:
        return first.entity_id, first.known_name or texts[0]
    fullest = fullest_form(texts)
    plain = body_name(fullest)
    national = [body for body in group if body.country or is_national(body.name)]
    if national:
        country = first.country or _only_country(context)
        if country is None or not can_tell(country):
            return None, fullest
        known = _known_of_country(context, national[0].name, country)
        if known is not None:
            return known.entity_id, known.name
        written = " ".join(word if word in small_words() else word.capitalize() for word in national[0].name.words)
        says_country = first.country and len(plain.words) > len(national[0].name.words)
        name = fullest if says_country else f"{written} ({country_names()[country][0]})"
        return entity_id_of("ORG", f"{country} {written}"), name
    if context.directory.is_withheld(fullest) or not any(
        letter.isupper() or not letter.islower() for letter in plain.written if letter.isalpha()
    ):
        return None, fullest
    return context.directory.canonical_id(entity_id_of("ORG", " ".join(plain.words)) or "") or None, fullest


def _known_of_country(context: Context, name: BodyName, country: str) -> Known | None:
    """The directory's body of that name in that country: "Supreme Court" of the United States."""
    bodies = {" ".join(name.words), name.written}
    words = {"name": country_names()[country], "demonym": _demonyms(country)}
    for template, kind in bodies_of_countries():
        for word in words[kind]:
            for body in bodies:
                found = context.directory.lookup(template.format(country=word, body=body.title()), "ORG")
                if len(found) == 1 and found[0].country_code in {country, None}:
                    return found[0]
    return None


@cache
def _demonyms(country: str) -> tuple[str, ...]:
    return tuple(word for word, code in country_by_demonym().items() if code == country)


def can_tell(country: str) -> bool:
    """Whether the country has a name."""
    return bool(country_names().get(country))


def fullest_form(texts: Iterable[str]) -> str:
    """The form with the most words; of equal ones the most frequent, then the first."""
    counts = Counter(texts)
    return max(counts, key=lambda text: (len(text.split()), counts[text]))


def _only_country(context: Context) -> str | None:
    """The country that a story is about: the only one, or one that it names far more often than all others."""
    if not context.countries:
        return None
    country, count = context.countries.most_common(1)[0]
    total = context.countries.total()
    return country if count == total or (count >= _OFTEN and count >= _SHARE * total) else None
