"""What holds for any text: spans, anchors, datelines, zones, time."""

import re
from calendar import day_name
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from growth import text_grows
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.dates import find_dates
from transforms.find.dates.interval import Interval, add_months, containing, shifted, timex_value
from transforms.find.dates.rulebook import language_of
from transforms.tables import DATES

PUBLISHED = date(2024, 12, 1)
ENGLISH = language_of("en")
assert ENGLISH is not None
WORDS = [
    "the",
    "last",
    "next",
    "this",
    "Friday",
    "Sunday",
    "March",
    "May",
    "Nov.",
    "30",
    "2024",
    "'98",
    "1990s",
    "two",
    "a",
    "second",
    "quarter",
    "week",
    "year",
    "years",
    "ago",
    "later",
    "earlier",
    "early",
    "mid-",
    "end",
    "of",
    "from",
    "to",
    "and",
    "between",
    "-",
    ",",
    ".",
    "5",
    "p.m.",
    "7:15",
    "at",
    "on",
    "in",
    "EST",
    "every",
    "same",
    "day",
    "that",
    "night",
    "first",
    "third",
    "fiscal",
    "Christmas",
    "more",
    "than",
    "about",
    "18-20",
    "2018-19",
    "1/2",
    "hour",
    "tomorrow",
    "now",
    "will",
    "was",
    "half",
    "9999",
    "0",
    "31",
    "12/31/9999",
    "century",
]
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.text(max_size=60))
DAYS = st.dates()


@given(TEXTS, st.one_of(st.none(), DAYS, st.datetimes(timezones=st.just(UTC)), st.datetimes()))
@settings(max_examples=400, deadline=None)
def test_nothing_raises_and_every_span_quotes_the_text(text: str, published: date | None) -> None:
    found = find_dates(text, published)
    assert all(text[row.start : row.end] == row.text != "" for row in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert {row.type for row in found} <= set(DATES.column("type").allowed)
    assert all(row.range_start is None or row.range_end is None or row.range_start < row.range_end for row in found)


@given(TEXTS)
def test_a_moved_sentence_moves_its_spans(text: str) -> None:
    opening = "Nobody came.\n\n"
    moved = find_dates(opening + text, PUBLISHED)
    assert [(row.start - len(opening), row.text) for row in moved] == [
        (row.start, row.text) for row in find_dates(text, PUBLISHED)
    ]


WEEKDAYS = st.sampled_from(list(day_name))


@given(
    WEEKDAYS, st.sampled_from(["He left on {}.", "He will leave on {}.", "He left last {}.", "See you next {}."]), DAYS
)
def test_a_story_a_week_later_means_days_a_week_later(weekday: str, sentence: str, published: date) -> None:
    week = timedelta(days=7)
    if not date(2, 1, 1) < published < date(9998, 1, 1):
        return
    (first,), (second,) = (find_dates(sentence.format(weekday), day) for day in (published, published + week))
    assert first.value is not None and second.value is not None
    assert date.fromisoformat(second.value) - date.fromisoformat(first.value) == week


@given(WEEKDAYS, DAYS.filter(lambda day: day.year > 1))
def test_a_weekday_in_the_past_is_the_latest_not_after_the_story(weekday: str, published: date) -> None:
    (found,) = find_dates(f"They met on {weekday}.", published)
    assert found.value is not None
    day = date.fromisoformat(found.value)
    assert day.strftime("%A") == weekday
    assert timedelta(0) <= published - day < timedelta(days=7)


def stretch_of(value: str) -> tuple[datetime, datetime] | None:
    """The calendar a TIMEX3 value stands for, read by its own rules; None for what is no unit of the calendar."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        return day, day + timedelta(days=1)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = datetime.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(days=5 if match[3] else 0), monday + timedelta(days=7)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        first = datetime(int(match[1]), int(match[2]), 1)
        return first, add_months(first, 1)
    if match := re.fullmatch(r"\d{2,4}", value):
        first = datetime(int(value.ljust(4, "0")) or 1, 1, 1)
        return first, add_months(first, 12 * 10 ** (4 - len(value)))
    return None


@given(TEXTS, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_value_and_range_agree(text: str, published: date) -> None:
    """Where an expression stands alone, its range is the stretch of calendar that its value names."""
    found = find_dates(text, published)
    shared = [row.range_start for row in found]
    for row in found:
        alone = shared.count(row.range_start) == 1 and row.mod is None
        if row.type == "DATE" and row.value and row.range_start and row.range_end and alone:
            named = stretch_of(row.value)
            first, last = datetime.fromisoformat(row.range_start), datetime.fromisoformat(row.range_end)
            if named and not row.rule.startswith(("holiday_weekend", "between", "years", "quarter_ended")):
                assert (first, last) == named


EXAMPLES = [(rule.name, example["text"]) for rule in ENGLISH.rules for example in rule.finds]


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES], ids=[name for name, _ in EXAMPLES])
def test_the_example_of_any_rule_can_be_read_on_any_day(text: str) -> None:
    """Neither the first and last years of the calendar nor a story without a day make a rule fail."""
    for day in (date(1, 1, 1), date(1900, 2, 28), date(2024, 2, 29), date(9999, 12, 31), None):
        found = find_dates(text, day)
        assert all(row.range_start is None or row.range_end is None or row.range_start < row.range_end for row in found)


@given(TEXTS)
def test_an_undated_story_is_never_counted_from_today(text: str) -> None:
    for row in find_dates(text, None):
        assert row.value is not None or row.reason is not None or row.range_start is not None


RELATIVE = ["on Friday", "last week", "yesterday", "in March", "two weeks ago", "tonight", "this year", "on Nov. 3"]


@pytest.mark.parametrize("words", RELATIVE)
def test_a_relative_expression_of_an_undated_story_has_a_reason_and_no_value(words: str) -> None:
    (row,) = find_dates(f"It happened {words}.", None)
    assert (row.value, row.range_start, row.range_end, row.reason) == (None, None, None, "no_publication_date")


def test_a_full_date_of_an_undated_story_has_its_value() -> None:
    (row,) = find_dates("It happened to them on Nov. 3, 2019.", None)
    assert (row.value, row.reason) == ("2019-11-03", None)


def test_a_dateline_with_a_year_dates_the_story() -> None:
    found = find_dates("BEIRUT, Nov. 30, 2024 — Shells fell on Wednesday.", None)
    assert [row.value for row in found] == ["2024-11-30", "2024-11-27"]


DATELINES = [
    "BEIRUT, Nov. 30, 2024 (AP) — Shells fell last Tuesday.",
    "PARIS, 30 November 2024 - Shells fell last Tuesday.",
    "WASHINGTON, D.C., November 30, 2024 (Reuters) -- Shells fell last Tuesday.",
    "KYIV, Ukraine, Nov. 30, 2024 /Wire/ -- Shells fell last Tuesday.",
    "30 November 2024\nShells fell last Tuesday.",
]


@pytest.mark.parametrize("text", DATELINES)
def test_a_full_dateline_is_the_day_an_undated_story_counts_from(text: str) -> None:
    assert [row.value for row in find_dates(text, None)] == ["2024-11-30", "2024-11-26"]


@pytest.mark.parametrize("text", ["BEIRUT, Nov. 30 — Shells fell on Wednesday.", "ROME, 30 Nov (AP) - It fell Friday."])
def test_a_dateline_without_a_year_keeps_its_day_and_dates_nothing(text: str) -> None:
    found = find_dates(text, None)
    assert [(row.value, row.reason) for row in found] == [
        ("XXXX-11-30", "no_publication_date"),
        (None, "no_publication_date"),
    ]


def test_a_full_date_in_an_undated_story_only_serves_the_same_day() -> None:
    found = find_dates("He was born on Nov. 3, 2019. The same day it snowed. Last Tuesday he left.", None)
    assert [row.value for row in found] == ["2019-11-03", "2019-11-03", None]


ZONES = [
    ("The game is at 8 p.m. ET.", date(2024, 7, 1), "2024-07-01T20:00-04:00"),
    ("The game is at 8 p.m. ET.", date(2024, 12, 1), "2024-12-01T20:00-05:00"),
    ("The game is at 8 p.m. London time.", date(2024, 7, 1), "2024-07-01T20:00+01:00"),
    ("The game is at 20:00 CEST.", date(2024, 7, 1), "2024-07-01T20:00+02:00"),
    ("The game is at 20:00 EAT.", date(2024, 7, 1), "2024-07-01T20:00+03:00"),
    ("The game is at 11:00 IST.", date(2024, 7, 1), "2024-07-01T11:00"),
    ("It fell at 10:35 a.m. (0735 GMT), police said.", date(2024, 7, 1), "2024-07-01T10:35+03:00"),
    ("It fell at 6:05 p.m. (1235 GMT), police said.", date(2024, 7, 1), "2024-07-01T18:05+05:30"),
    ("It fell at 6:07 p.m. (1235 GMT), police said.", date(2024, 7, 1), "2024-07-01T18:07"),
]


@pytest.mark.parametrize(("text", "published", "start"), ZONES)
def test_the_offset_is_that_of_the_zone_on_its_day(text: str, published: date, start: str) -> None:
    assert find_dates(text, published)[0].range_start == start


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
def test_a_moment_told_in_two_zones_is_one_moment(published: date, hour: int, minute: int) -> None:
    utc = datetime(2024, 1, 1, hour, minute)
    there = utc + timedelta(hours=9)
    text = f"It fell at {there:%H:%M} JST ({hour:02d}{minute:02d} GMT)."
    first, second = find_dates(text, published)
    assert first.range_start is not None and second.range_start is not None
    assert datetime.fromisoformat(first.range_start) == datetime.fromisoformat(second.range_start)


def test_the_clock_of_a_live_blog_is_of_the_day_of_publication() -> None:
    found = find_dates("He left on Friday.\n\n14:32 GMT\n\nThe minister has resigned.", PUBLISHED)
    assert [row.value for row in found] == ["2024-11-29", "2024-12-01T14:32"]


def test_an_aware_publication_time_counts_with_its_own_date() -> None:
    late = datetime(2024, 12, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    (row,) = find_dates("He left today.", late)
    assert row.value == "2024-12-01"


def test_a_zone_is_written_in_the_range() -> None:
    (row,) = find_dates("It came at 2:30 p.m. EST.", PUBLISHED)
    assert (row.value, row.range_start) == ("2024-12-01T14:30", "2024-12-01T14:30-05:00")


def test_the_anchor_is_what_an_expression_was_counted_from() -> None:
    found = find_dates("Rebels struck on Wednesday. They withdrew the next day.", PUBLISHED)
    assert [(row.value, row.anchor) for row in found] == [("2024-11-27", "2024-12-01"), ("2024-11-28", "2024-11-27")]


@pytest.mark.parametrize("language", ["zz", None, "", "../en", "fr"])
def test_a_language_without_rules_has_no_dates(language: str | None) -> None:
    assert find_dates("am Freitag, May 5, 2024", PUBLISHED, language) == []


def test_a_regional_language_has_the_rules_of_its_language() -> None:
    assert len(find_dates("He left on Friday.", PUBLISHED, "en-GB")) == 1


UNITS = ["day", "week", "month", "quarter", "half", "year", "decade", "century"]
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(2900, 1, 1))


@given(MOMENTS, st.sampled_from(UNITS))
def test_a_unit_holds_its_moment_and_names_itself(moment: datetime, unit: str) -> None:
    whole = containing(moment, unit)
    assert whole.start <= moment < whole.end
    assert timex_value(whole) == timex_value(Interval(whole.start, whole.end, unit))


@given(MOMENTS, st.sampled_from(UNITS), st.integers(-9, 9))
def test_units_follow_each_other_without_gaps(moment: datetime, unit: str, count: int) -> None:
    whole = shifted(containing(moment, unit), count, unit)
    assert shifted(whole, 1, unit).start == whole.end


@given(MOMENTS, st.integers(-500, 500))
def test_months_keep_the_day_or_the_last_of_the_month(moment: datetime, months: int) -> None:
    moved = add_months(moment, months)
    assert moved.day <= moment.day
    assert (moved.year * 12 + moved.month) - (moment.year * 12 + moment.month) == months


MEGABYTES = ["1,", "12, ", "2019-", "2019 ", "the last ", "Friday ", "a ", "1/1/2015 ", "from Monday to ", "5 p.m. ",
             "- ' ", "two years and ", "more than ", "x", "\n", "twenty ", "Nov. "]  # fmt: skip


@pytest.mark.parametrize("piece", MEGABYTES)
def test_a_long_line_costs_time_in_proportion(piece: str) -> None:
    assert text_grows(lambda text: find_dates(text, PUBLISHED), piece, 100_000)


def test_a_long_line_of_digits_and_commas_takes_time_in_proportion() -> None:
    assert text_grows(lambda text: find_dates(text, PUBLISHED), "1,2, 3-4/5:6 ", 400_000)
