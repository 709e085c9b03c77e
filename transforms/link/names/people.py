"""People of a story: mentions come in; those of one person go out with one id and one name.

Who is named in full has an id of that name. A lone last name goes to the one person who bears it; among several, to
the one whose title fits or who alone was named just before. Else, if the directory does not know it, it has no id.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from transforms.find.mentions import Mention
from transforms.link.directory import entity_id_of
from transforms.link.folding import same_name
from transforms.link.names.context import Context
from transforms.link.names.known import choose
from transforms.link.names.person_name import (
    PersonName,
    gender_of,
    kin_before,
    may_be_same,
    person_name,
    rank,
    titles_before,
)
from transforms.link.names.words import Title, given_names

_MOST_NAMESAKES = 12
_MOST_FORMS = 4
_NEAR_KIN = 80  # letters between two of a family
_MOST_WORDS = 200
_ROMAN = frozenset("ivx")


@dataclass(slots=True, eq=False)
class _Person:
    """One person of the story, by all forms of the full name."""

    names: list[PersonName]
    numbers: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    titles: set[Title] = field(default_factory=set)
    entity_id: str | None = None
    known_name: str | None = None

    @property
    def gender(self) -> str:
        told = {title.gender for title in self.titles if title.gender}
        told = told or {gender for name in self.names if (gender := gender_of(name))}
        return told.pop() if len(told) == 1 else ""


def link_people(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of people with ids."""
    names = {number: person_name(each.text) for number, each in enumerate(mentions) if each.label == "PER"}
    full = {number: name for number, name in names.items() if name.is_full}
    people = _people(context, mentions, full)
    linked = list(mentions)
    for person in people:
        person.entity_id, person.known_name = _identity(context, person)
        for number in person.numbers:
            linked[number] = replace(mentions[number], entity_id=person.entity_id, name=person.known_name)
    by_word = _by_word(people)
    for number, name in names.items():
        if not name.is_full and name.words:
            linked[number] = _lone(context, mentions[number], name, by_word)
    return linked


def _people(context: Context, mentions: Sequence[Mention], full: dict[int, PersonName]) -> list[_Person]:
    """The people named in full, the longest forms first, so that a short one meets all that it may be."""
    forms: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, name in full.items():
        forms[name.words, name.suffix].append(number)
    people: list[_Person] = []
    by_end: dict[str, list[_Person]] = defaultdict(list)
    for numbers in sorted(forms.values(), key=lambda each: _fullness(full[each[0]])):
        name = full[numbers[0]]
        near = _unique(person for word in {name.words[0], name.words[-1]} for person in by_end[word][:_MOST_NAMESAKES])
        fitting = [person for person in near if all(may_be_same(name, other) for other in person.names)]
        known = next((mentions[n].entity_id for n in numbers if mentions[n].entity_id), None)
        fitting = [each for each in fitting if not (known and each.entity_id and each.entity_id != known)]
        if not fitting and not known:
            fitting = [each for each in near if _is_last_name(name, each) or _is_spelling(name, each)]
        fitting = [each for each in fitting if not _is_kin(context, [mentions[n].start for n in numbers], each)]
        person = fitting[0] if len(fitting) == 1 else _Person([])
        if not person.names:
            people.append(person)
        person.names += [full[number] for number in numbers[:_MOST_FORMS]]
        person.numbers += numbers
        person.entity_id = person.entity_id or known
        for word in {name.words[0], name.words[-1]}:
            by_end[word].append(person)
        for number in numbers:
            person.places.append(mentions[number].start)
            person.titles.update(full[number].titles)
            person.titles.update(titles_before(context.text, mentions[number].start))
    for person in people:
        person.places.sort()
        person.known_name = next((mentions[n].name for n in person.numbers if mentions[n].entity_id), None)
    return people


def _fullness(name: PersonName) -> tuple[int, int]:
    """Sorts the fullest names first: more words, and "John" before "J."."""
    return -len(name.words), -sum(map(len, name.words))


def _is_last_name(name: PersonName, person: _Person) -> bool:
    """Whether a name of two words is the double last name of somebody: "Soto Prado", but not the father Ali Hassan."""
    return name.words[0] not in given_names() and any(rank(name.words, full) == 0 for full in person.names)


def _is_kin(context: Context, starts: Sequence[int], person: _Person) -> bool:
    """Whether a name is introduced as that of a person's kin: "George W. Bush and his father, George Bush"."""
    return any(
        0 < start - place < _NEAR_KIN
        for start in starts[:_MOST_FORMS]
        if kin_before(context.text, start)
        for place in person.places
    )


def _is_spelling(name: PersonName, person: _Person) -> bool:
    """Whether a name is another spelling of a person's: "Bachar al-Assad"."""
    return any(
        len(full.words) == len(name.words) and full.suffix == name.suffix and same_name(name.written, full.written)
        for full in person.names[:_MOST_FORMS]
    )


def _identity(context: Context, person: _Person) -> tuple[str | None, str]:
    """The id and the name: the directory's, or those of the fullest form."""
    if person.entity_id and person.known_name:
        return person.entity_id, person.known_name
    best = min(person.names, key=_fullness)
    written = f"{best.written} {_written_suffix(best.suffix)}".strip()
    if context.directory.is_withheld(best.written) or best.written.islower():
        return None, written
    entity_id = entity_id_of("PER", written)
    return (context.directory.canonical_id(entity_id) if entity_id else None), written


def _written_suffix(suffix: str) -> str:
    return suffix.upper() if set(suffix) <= _ROMAN else suffix.capitalize()


def _by_word(people: Iterable[_Person]) -> dict[str, list[_Person]]:
    """People by each word of their names and by their nicknames."""
    by_word: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        words = {word for name in person.names for word in (*name.words, name.nickname) if word}
        for word in words:
            if len(by_word[word]) <= _MOST_NAMESAKES:
                by_word[word].append(person)
    return by_word


def _lone(context: Context, mention: Mention, name: PersonName, by_word: dict[str, list[_Person]]) -> Mention:
    said = {*name.titles, *titles_before(context.text, mention.start)}
    bearers = _bearers(name, by_word)
    if not bearers:
        known = choose(context, name.written, "PER")
        if known is not None:
            return replace(mention, entity_id=known.entity_id, name=known.name)
        bearers = _bearers_spelled(name, by_word)
    fitting = [person for person in bearers if _fits(person, said)]
    if len(fitting) == 1 and not said and _is_known_other(context, name, fitting[0]):
        return mention
    if gender := {title.gender for title in said if title.gender}:
        fitting = [person for person in fitting if person.gender in gender] or fitting
    person = fitting[0] if len(fitting) == 1 else _nearest(context, mention, fitting)
    if person is None:
        return mention
    insort(person.places, mention.start)
    person.titles.update(said)
    return replace(mention, entity_id=person.entity_id, name=person.known_name)


def _is_known_other(context: Context, name: PersonName, person: _Person) -> bool:
    """Whether everybody knows somebody else by that last name: "Trump" in a story with Donald Trump Jr. only."""
    known = choose(context, name.written, "PER")
    if known is None and person.names[0].suffix:
        known = choose(context, person.names[0].written, "PER")
    return known is not None and known.entity_id != person.entity_id


def _bearers(name: PersonName, by_word: dict[str, list[_Person]]) -> list[_Person]:
    """Those whom a part of a name may call, by the best way it calls anyone."""
    best: int | None = None
    bearers: list[_Person] = []
    for person in _unique([*by_word.get(name.words[-1], ()), *by_word.get(" ".join(name.words), ())]):
        ranks = [found for full in person.names if (found := rank(name.words, full)) is not None]
        if any(" ".join(name.words) == full.nickname for full in person.names):
            ranks.append(0)
        if ranks and (best is None or min(ranks) < best):
            best, bearers = min(ranks), [person]
        elif ranks and min(ranks) == best:
            bearers.append(person)
    return bearers


def _bearers_spelled(name: PersonName, by_word: dict[str, list[_Person]]) -> list[_Person]:
    """Those whose last name is another spelling: "Kouznetsov" of Ivan Kuznetsov. Only in stories with few people."""
    if len(by_word) > _MOST_WORDS or len(name.words) != 1:
        return []
    likely = [word for word in by_word if word[:1] == name.words[0][:1] and same_name(word, name.words[0])]
    return _unique(person for word in likely for person in by_word[word] if rank((word,), person.names[0]) == 0)


def _fits(person: _Person, said: set[Title]) -> bool:
    """Whether the title before a lone name may be the person's: not "Mrs." of a man, not another's office."""
    gender = {title.gender for title in said if title.gender}
    if gender and person.gender and person.gender not in gender:
        return False
    offices = {title.kind for title in said if title.kind != "form"}
    held = {title.kind for title in person.titles if title.kind != "form"}
    return not offices or not held or bool(offices & held) or _is_part(offices, held)


def _is_part(offices: set[str], held: set[str]) -> bool:
    """Whether one title is short for another: "Minister" for the foreign minister."""
    return any(office in other.split() and "vice" not in other for office in offices for other in held)


def _nearest(context: Context, mention: Mention, bearers: Sequence[_Person]) -> _Person | None:
    """The only one named so far; else the only one named in this paragraph, or else in the one before."""
    last = {id(person): at for person in bearers if (at := bisect_left(person.places, mention.start))}
    before = [person for person in bearers if id(person) in last]
    if len(before) < 2:
        return before[0] if before else None
    here = context.paragraph(mention.start)
    for paragraph in (here, here - 1):
        near = [p for p in before if context.paragraph(p.places[last[id(p)] - 1]) == paragraph]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _unique(people: Iterable[_Person]) -> list[_Person]:
    return list({id(person): person for person in people}.values())
