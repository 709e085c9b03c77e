"""Which body it is: the ways in which a story writes it come in, its id and its name go out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from transforms.link.countries import country_by_demonym, country_names
from transforms.link.directory import Known, entity_id_of
from transforms.link.names.areas import area_name
from transforms.link.names.body import Body
from transforms.link.names.body_name import BodyName, body_name
from transforms.link.names.context import Context
from transforms.link.names.generic import is_generic
from transforms.link.names.short_names import is_national
from transforms.link.names.story_country import country_told, is_of_two_areas, says_something
from transforms.link.names.words import bodies_of_countries, small_words


def identity(context: Context, group: Sequence[Body], texts: Sequence[str]) -> tuple[str | None, str]:
    """The id and the name of a body: the directory's, the country's, or those of its fullest form.

    No id when many bodies have that name and the story does not tell whose it is.
    """
    first = group[0].first()
    if first.entity_id:
        return first.entity_id, first.known_name or texts[0]
    fullest = fullest_form(texts)
    plain = body_name(fullest)
    national = [body for body in group if body.country or is_national(body.name)]
    if national:
        name, area = national[0].name, first.country or country_told(context, national[0].name)
        called = area_name(area) if area else None
        if area is None or called is None or not says_something(name):
            return None, fullest
        known = _known_of_country(context, name, area)
        if known is not None:
            return known.entity_id, known.name
        written = " ".join(word if word in small_words() else word.capitalize() for word in name.words)
        says_country = first.country and len(plain.words) > len(name.words)
        return _id_in(area, written), fullest if says_country else f"{written} ({called})"
    if is_generic(plain) or is_of_two_areas(plain):
        return None, fullest
    if context.directory.is_withheld(fullest) or not any(
        letter.isupper() or not letter.islower() for letter in plain.written if letter.isalpha()
    ):
        return None, fullest
    return context.directory.canonical_id(entity_id_of("ORG", " ".join(plain.words)) or "") or None, fullest


def _id_in(area: str, name: str) -> str | None:
    # Not of "AL Supreme Court": folding takes Albania for an Arabic article.
    entity_id = entity_id_of("ORG", name)
    return entity_id and entity_id.replace(":", f":{area.casefold()}-", 1)


def _known_of_country(context: Context, name: BodyName, country: str) -> Known | None:
    """The directory's body of that name in that country: "Supreme Court" of the United States."""
    bodies = {" ".join(name.words), name.written}
    words = {"name": country_names().get(country, ()), "demonym": _demonyms(country)}
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


def fullest_form(texts: Iterable[str]) -> str:
    """The form with the most words; of equal ones the most frequent, then the first."""
    counts = Counter(texts)
    return max(counts, key=lambda text: (len(text.split()), counts[text]))
