"""Whose a body is that is named without its country: the story and the name come in, the country goes out, or None.

A story tells when it is about one country. It does not when the body may be a region's, or serves abroad.
"""

from collections.abc import Iterator
from functools import cache

from transforms.link.folding import fold_name
from transforms.link.names.areas import shared_names
from transforms.link.names.body_name import BodyName, body_name
from transforms.link.names.context import Context
from transforms.link.names.short_names import is_national
from transforms.link.names.words import small_words, untold

_OFTEN = 4  # mentions of a country and its places
_SHARE = 0.75


def country_told(context: Context, name: BodyName) -> str | None:
    """The country of a body that the story names without one."""
    country = _only_country(context)
    if country is None:
        return None
    reasons = {why for why, countries in _reasons(name) if not countries or country in countries}
    if reasons & {"absent", "named"} or ("abroad" in reasons and context.countries[country] < _OFTEN):
        return None
    if "regional" in reasons and "whole" not in reasons and not _is_about_the_whole(context, country):
        return None
    return country


def serves_abroad(name: BodyName) -> bool:
    """Whether a body is mentioned where it serves: the Army in Iraq need not be Iraq's."""
    return any(why in {"abroad", "named"} for why, _ in _reasons(name))


def says_something(name: BodyName) -> bool:
    """Whether a name is a whole one: not "Ministry of"."""
    return name.words[-1] not in small_words()


def is_of_two_areas(name: BodyName) -> bool:
    """Whether a country and a region have such a body under one name: "Georgia Supreme Court"."""
    rest = [word for word in name.words if word not in shared_names()]
    return len(rest) < len(name.words) and is_national(_without_ends(rest))


def _without_ends(words: list[str]) -> BodyName:
    while words and words[-1] in small_words():
        words.pop()
    return body_name(" ".join(words))


def _only_country(context: Context) -> str | None:
    """The country that a story is about: the only one, or one that it names far more often than all others.

    One town may be a namesake, so that a country that is named but once must be named itself. People live elsewhere as
    well, so that a story of several countries must name a place in this one.
    """
    if not context.countries:
        return None
    country, count = context.countries.most_common(1)[0]
    if country not in context.sure_countries:
        return None
    total = context.countries.total()
    if count == total:
        return country if count > 1 or _is_about_the_whole(context, country) else None
    is_much = count >= _OFTEN and count >= _SHARE * total
    return country if is_much and country in context.place_countries else None


def _is_about_the_whole(context: Context, country: str) -> bool:
    """Whether the story names the country itself, or its people, more often than places in it."""
    return 2 * context.whole_countries[country] > context.countries[country]


def _reasons(name: BodyName) -> Iterator[tuple[str, frozenset[str]]]:
    head = fold_name(name.head.noun) if name.head else ""
    for words, why, countries in _untold():
        if words == name.words or words == (head,) or (why == "whole" and words[0] in name.words):
            yield why, countries


@cache
def _untold() -> tuple[tuple[tuple[str, ...], str, frozenset[str]], ...]:
    return tuple((body_name(body).words, why, countries) for body, why, countries in untold())
