"""Pairs that must meet and pairs that must not; every line of both tables is its own test."""

import csv
from pathlib import Path

import pytest
from growth import text_grows
from hypothesis import given
from hypothesis import strategies as st

from transforms.link.folding import Level, fold_name, same_name, skeleton, variant_level
from transforms.link.folding.variants import _APART, _ELEMENTS, _OWN


def pairs(name: str) -> list[tuple[str, str, str | None]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return [(row["one"], row["other"], row["country"] or None) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("one", "other", "country"), pairs("same.csv"))
def test_spellings_of_one_name_meet(one: str, other: str, country: str | None) -> None:
    assert same_name(one, other, country=country)
    assert same_name(other, one, country=country)


@pytest.mark.parametrize(("one", "other", "country"), pairs("same.csv"))
def test_spellings_of_one_name_share_their_skeleton(one: str, other: str, country: str | None) -> None:
    assert skeleton(one) == skeleton(other), country


@pytest.mark.parametrize("name", ["", "…", "Aa", "Dara", "Зеленский", "a" * 300])
def test_what_says_too_little_has_no_skeleton(name: str) -> None:
    assert skeleton(name) == ""


@pytest.mark.parametrize(("one", "other", "country"), pairs("apart.csv"))
def test_different_names_stay_apart(one: str, other: str, country: str | None) -> None:
    assert not same_name(one, other, country=country)
    assert not same_name(other, one, country=country)


def test_no_spelling_belongs_to_two_elements() -> None:
    assert not set(_ELEMENTS) & _OWN
    assert all(fold_name(word) == word for word in _ELEMENTS)
    assert all(len(pair) == 2 for pair in _APART)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Al-Ḥasakah", "al Hasakah", Level.FOLDED),
        ("Mosul", "Mossoul", Level.SPELLED),
        ("Khan Cheikhoun", "Khan Shaykhun", Level.SOUNDED),
        ("محمد", "محمد", Level.FOLDED),
        ("Зеленский", "ЗЕЛЕНСКИЙ", Level.FOLDED),
        ("北京", "北京", Level.FOLDED),
        ("北京", "南京", None),
        ("", "", None),
        ("…", "…", None),
    ],
)
def test_the_level_says_how_loosely_they_meet(one: str, other: str, level: Level | None) -> None:
    assert variant_level(one, other) is level


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from([None, "SY", "CN", "FR", "??"]))
def test_no_name_raises_and_order_does_not_matter(one: str, other: str, country: str | None) -> None:
    assert variant_level(one, other, country=country) == variant_level(other, one, country=country)
    assert same_name(one, one, country=country) == bool(fold_name(one))


@pytest.mark.parametrize("piece", ["a", "kh", "abd al ", "y'", "ou", "-", "ﷺ"])
def test_long_names_take_linear_time(piece: str) -> None:
    assert text_grows(lambda name: same_name(name, f"{name}b", country="SY"), piece, 10_000 * len(piece))
