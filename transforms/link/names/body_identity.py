"""Which body it is: the ways in which a story writes it come in, its id and its name go out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from transforms.link.countries import country_by_demonym, country_names
from transforms.link.directory import Known, entity_id_of
from transforms.link.names.body import Body
from transforms.link.names.body_name import BodyName, body_name
from transforms.link.names.context import Context
from transforms.link.names.short_names import is_national
from transforms.link.names.words import bodies_of_countries, small_words

_OFTEN = 4  # mentions of a country and its places
_SHARE = 0.75


def identity(context: Context, group: Sequence[Body], texts: Sequence[str]) -> tuple[str | None, str]:
    """The id and the name of a body: the directory's, the country's, or those of its fullest form."""
    first = group[0].first()
    if first.entity_id:
        return first.entity_id, first.known_name or texts[0]
    fullest = fullest_form(texts)
    plain = body_name(fullest)
    national = [body for body in group if body.country or is_national(body.name)]
    if national:
        country = first.country or _only_country(context)
        if country is None or not _has_name(country):
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


def _has_name(country: str) -> bool:
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
