"""Sentences in the shape of news: every quantity in them, and nothing in the lookalikes."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from transforms.find.dates import find_dates
from transforms.find.quantities import Quantity, find_quantities

HERE = Path(__file__).parent


def read(name: str) -> list:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def number(quantity: Quantity) -> str:
    if quantity.value is not None:
        return f"{quantity.value:.6g}"
    if quantity.low is None:
        return "-"
    return f"{quantity.low:.6g}.." + (f"{quantity.high:.6g}" if quantity.high is not None else "")


def in_words(quantity: Quantity) -> str:
    amount = f"{quantity.comparator} {number(quantity)}"
    parts = (amount, quantity.change, quantity.kind, quantity.unit, quantity.counted)
    return f"{quantity.text} => " + " | ".join(part or "" for part in parts)


@pytest.mark.parametrize("case", read("sentences.yaml"), ids=lambda case: case["text"])
def test_every_quantity_of_a_sentence_is_found_as_stated(case):
    assert [in_words(quantity) for quantity in find_quantities(case["text"])] == case["finds"]


@pytest.mark.parametrize("text", read("lookalikes.yaml"))
def test_numbers_that_are_no_quantities_stay_silent(text):
    assert [in_words(quantity) for quantity in find_quantities(text)] == []


@pytest.mark.parametrize("case", read("known_failures.yaml"), ids=lambda case: case["text"])
@pytest.mark.xfail(strict=True, reason="wanted, not yet right")
def test_known_failures(case):
    assert [in_words(quantity) for quantity in find_quantities(case["text"])] == case["finds"]


def one(text: str, **more) -> Quantity:
    (quantity,) = find_quantities(text, **more)
    return quantity


def test_a_one_sided_bound_is_repeated_in_low_or_high():
    above, below = one("more than 412 dead"), one("fewer than 50 delegates")
    assert (above.value, above.low, above.high, above.comparator) == (412.0, 412.0, None, ">")
    assert (below.value, below.low, below.high, below.comparator) == (50.0, None, 50.0, "<")


def test_a_definite_value_has_no_low_and_no_high():
    quantity = one("230 kilometers")
    assert (quantity.value, quantity.low, quantity.high, quantity.comparator) == (230.0, None, None, "=")


def test_a_range_has_no_value():
    quantity = one("between 5 and 7 percent")
    assert (quantity.value, quantity.low, quantity.high, quantity.unit) == (None, 5.0, 7.0, "percent")


def test_si_value_of_a_measure():
    quantity = one("about 230 kilometers south")
    assert (quantity.unit, quantity.unit_text, quantity.si_value, quantity.si_unit) == (
        "kilometre",
        "kilometers",
        230000.0,
        "m",
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("It was 20C in the shade.", 293.15, "K"), ("Temperatures rose 2C.", 2.0, "K"), ("a 5kW panel", 5000.0, "W")],
)
def test_a_rise_of_temperature_is_a_difference(text, value, unit):
    quantity = one(text)
    assert (quantity.si_value, quantity.si_unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "country", "currency", "unit"),
    [
        ("It costs $40.", None, None, "dollar"),
        ("It costs $40.", "US", "USD", "US dollar"),
        ("It costs $40.", "AU", "AUD", "Australian dollar"),
        ("It costs $40.", "FR", None, "dollar"),
        ("It costs US$40.", "AU", "USD", "US dollar"),
        ("It costs £40.", "US", "GBP", "pound sterling"),
        ("It costs 40 pesos.", "MX", "MXN", "Mexican peso"),
        ("It costs 40 pesos.", None, None, "peso"),
        ("It costs Rs 40.", "IN", "INR", "Indian rupee"),
    ],
)
def test_which_dollar_is_a_matter_of_the_country(text, country, currency, unit):
    quantity = one(text, country=country)
    assert (quantity.kind, quantity.currency, quantity.unit) == ("money", currency, unit)


def test_a_span_taken_by_a_date_is_no_quantity():
    text = "It closed after 40 sessions."
    assert [quantity.text for quantity in find_quantities(text)] == ["40"]
    assert find_quantities(text, taken=[(16, 18)]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In May 12 people died.", ["12"]),
        ("In June 3 million people fled.", ["3 million"]),
        ("In July 31 drivers were fined, 4 of them on July 30.", ["31", "4"]),
        ("In August 25 per cent of the stores closed.", ["25 per cent"]),
        ("The trial in April 12 miles away cost $4.", ["12 miles", "$4"]),
        ("He was born on May 12 in a tent.", []),
    ],
)
def test_a_number_that_the_finder_of_dates_left_out_may_count(text, found):
    taken = [(row.start, row.end) for row in find_dates(text, date(2024, 12, 1))]
    assert [row.text for row in find_quantities(text, taken=taken)] == found


def test_a_date_beside_a_rate_does_not_take_the_number():
    text = "They pay $3,500 a month."
    assert [quantity.text for quantity in find_quantities(text, taken=[(16, 23)])] == ["$3,500 a month"]


@pytest.mark.parametrize("language", ["de", "xx", "../en", ""])
def test_a_language_without_words_has_no_quantities(language):
    expected = 1 if language == "" else 0
    assert len(find_quantities("40 ships", language=language)) == expected
