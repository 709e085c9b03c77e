"""The view `reports`: what an analyst may add up, from claims made by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from transforms.publish.views import VIEWS
from transforms.publish.views.reports import REPORTS, who_classes
from transforms.tables import TABLES, Rows

DAY = date(2025, 4, 2)
OBSERVATORY = {"source": "Lake Observatory", "source_entity_id": "org:lake-observatory"}
HARBOUR = {"place": "Mopti", "place_entity_id": "geonames:2453348"}
TUESDAY = {"event_start": "2025-04-01", "event_end": "2025-04-02"}


class Lake:
    """Tables in memory, one article and claim at a time."""

    def __init__(self) -> None:
        self._rows = {name: Rows(TABLES[name]) for name in ("articles", "claims", "mentions", "sentences")}
        self._days: dict[str, list[date]] = {name: [] for name in self._rows}

    def article(
        self, article_id: str, *claims: dict[str, Any], day: date = DAY, version: str = "v1", **row: Any
    ) -> None:
        """An article with a sentence of 100 characters for each claim; claims are 10 characters long."""
        owner = {"article_id": article_id, "version": version}
        published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        row = {
            "source": "harbour_post",
            "url": f"https://harbour.example/{article_id}",
            "published_at": published,
            **row,
        }
        self._add("articles", day, **owner, **row)
        self._add("mentions", day, **owner, start=0, end=5, text="Mopti", label="LOC", entity_id="geonames:2453348",
                  latitude=14.5, longitude=-4.2, country_code="ML", place_kind="city")  # fmt: skip
        for number, claim in enumerate(claims):
            said = claim.pop("sentence", f"{article_id}, sentence {number}")
            start = number * 100
            self._add("sentences", day, **owner, start=start, end=start + 100, text=said, kind="sentence")
            values = {
                "metric": "killed",
                "who": "people",
                "tally": "event",
                "hypothetical": False,
                "comparator": "=",
                **claim,
            }
            self._add("claims", day, **owner, start=start, end=start + 10, text="ten letter", **values)

    def reports(self, columns: str) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            for name, rows in self._rows.items():
                table = rows.to_arrow().append_column("date", pa.array(self._days[name], pa.date32()))
                connection.register(name, table)
            return connection.execute(f"select {columns} from ({REPORTS.query}) order by all").fetchall()

    def _add(self, table: str, day: date, **row: Any) -> None:
        self._rows[table].add(**row)
        self._days[table].append(day)


@pytest.fixture
def lake() -> Iterator[Lake]:
    return Lake()


def number(value: float, comparator: str = "=") -> dict[str, Any]:
    return {
        "low": value if comparator != "<=" else None,
        "high": value if comparator in ("=", "<=", "~") else None,
        "comparator": comparator,
    }


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (number(12), (12, 12, 12, "=")),
        (number(12, ">="), (None, 12, None, ">=")),
        (number(12, ">"), (None, 12, None, ">")),
        (number(12, "<="), (None, None, 12, "<=")),
        (number(12, "~"), (None, 12, 12, "~")),
        ({"low": 10, "high": 15}, (None, 10, 15, "=")),
    ],
)
def test_best_is_a_number_only_when_the_source_gives_one(lake: Lake, bounds: dict[str, Any], expected: Any) -> None:
    lake.article("a", {**bounds})
    assert lake.reports("best, low, high, comparator") == [expected]


def test_a_subset_is_never_added_to_its_total(lake: Lake) -> None:
    lake.article("a", number(40, ">"), {**number(7, ">="), "who": "civilians", "part_of": 0})
    assert lake.reports("sum(low), count(*), any_value(deaths_civilians)") == [(40, 1, 7)]


@pytest.mark.parametrize(
    ("groups", "civilians"),
    [
        (["civilians", "children"], 5),  # the children may be among the civilians
        (["women", "children"], None),  # there may be others, and a girl may be counted twice
        (["fighters"], None),
        (["young farmers"], 5),
        (["police officers"], None),
        ([], None),
    ],
)
def test_civilians_among_the_dead(lake: Lake, groups: list[str], civilians: int | None) -> None:
    parts = [{**number(5 - place), "who": who, "part_of": 0} for place, who in enumerate(groups)]
    lake.article("a", number(20), *parts)
    assert lake.reports("best, deaths_civilians") == [(20, civilians)]


def test_a_count_of_civilians_alone(lake: Lake) -> None:
    lake.article("a", {**number(3), "who": "civilians"})
    assert lake.reports("best, deaths_civilians") == [(3, 3)]


def test_twenty_copies_of_a_wire_story_are_one_report(lake: Lake) -> None:
    for copy in range(20):
        lake.article(f"a{copy:02}", {**number(9), **OBSERVATORY, **HARBOUR, **TUESDAY}, source=f"paper_{copy}")
    assert lake.reports("best, number_of_articles, number_of_publishers, source_article") == [
        (9, 20, 20, "https://harbour.example/a00")
    ]


def test_copies_whose_count_has_no_source_are_one_report_by_agency_or_by_sentence(lake: Lake) -> None:
    for copy in range(3):
        lake.article(f"a{copy}", {**number(9), **HARBOUR, **TUESDAY}, agency="AFP", source=f"paper_{copy}")
        sentence = {"sentence": "A bus fell into the river and nine people died."}
        lake.article(f"b{copy}", {**number(8), **HARBOUR, **TUESDAY, **sentence}, source=f"paper_{copy}")
    assert lake.reports("best, number_of_articles") == [(8, 3), (9, 3)]


@pytest.mark.parametrize(
    "other",
    [
        {"source": "the army", "source_entity_id": None},
        {"place": "Gao", "place_entity_id": "geonames:2457161"},
        {"event_start": "2025-03-01", "event_end": "2025-03-02"},
        {"who": "soldiers"},
        {"tally": "total"},
        number(10),
    ],
    ids=["source", "place", "day", "who", "tally", "number"],
)
def test_what_differs_in_one_respect_is_another_report(lake: Lake, other: dict[str, Any]) -> None:
    same = {**number(9), **OBSERVATORY, **HARBOUR, **TUESDAY}
    lake.article("a", {**same})
    lake.article("b", {**same, **other})
    assert lake.reports("count(*), count(distinct id)") == [(2, 2)]


def test_counts_without_a_day_meet_only_on_one_day_of_publication(lake: Lake) -> None:
    for name, day in (("a", DAY), ("b", DAY), ("c", date(2025, 6, 2))):
        lake.article(name, {**number(9), **OBSERVATORY, **HARBOUR}, day=day)
    assert lake.reports("number_of_articles, date_start, year") == [(1, None, 2025), (2, None, 2025)]


@pytest.mark.parametrize(
    "left_out",
    [{"hypothetical": True}, {"tally": "period"}, {"metric": "injured"}],
    ids=["feared", "background", "injured"],
)
def test_what_is_no_report_of_deaths(lake: Lake, left_out: dict[str, Any]) -> None:
    lake.article("a", {**number(9), **left_out})
    assert lake.reports("*") == []


def test_only_the_latest_version_of_an_article_counts(lake: Lake) -> None:
    lake.article("a", {**number(9), **OBSERVATORY}, version="v1")
    lake.article("a", {**number(11), **OBSERVATORY}, version="v2", modified_at=datetime(2025, 4, 3, tzinfo=UTC))
    assert lake.reports("best, version") == [(11, "v2")]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-04-01", "2025-04-02", (date(2025, 4, 1), date(2025, 4, 1), 1)),
        ("2025-04-01", "2025-04-04", (date(2025, 4, 1), date(2025, 4, 3), 2)),
        ("2025-03-24", "2025-03-31", (date(2025, 3, 24), date(2025, 3, 30), 3)),
        ("2025-03-01", "2025-04-01", (date(2025, 3, 1), date(2025, 3, 31), 4)),
        ("2025-01-01", "2026-01-01", (date(2025, 1, 1), date(2025, 12, 31), 5)),
        (None, None, (None, None, None)),
    ],
)
def test_days_are_inclusive_and_their_precision_is_that_of_ucdp(
    lake: Lake, start: str | None, end: str | None, expected: Any
) -> None:
    lake.article("a", {**number(9), "event_start": start, "event_end": end})
    assert lake.reports("date_start, date_end, date_prec") == [expected]


def test_a_report_is_on_the_map(lake: Lake) -> None:
    lake.article("a", {**number(9), **HARBOUR})
    lake.article("b", number(8))
    columns = "best, where_coordinates, where_prec, latitude, longitude, country_code"
    assert lake.reports(columns) == [(8, None, None, None, None, None), (9, "Mopti", 1, 14.5, -4.2, "ML")]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_column_of_a_view_has_its_meaning(lake: Lake, view: Any) -> None:
    lake.article("a", number(9))
    with duckdb.connect() as connection:
        for name, rows in lake._rows.items():
            table = rows.to_arrow().append_column("date", pa.array(lake._days[name], pa.date32()))
            connection.register(name, table)
        columns = [column[0] for column in connection.execute(view.query).description]
    assert columns == [name for name, _ in view.columns]


def test_every_noun_for_people_has_a_class_and_is_there_once() -> None:
    nouns = [noun for noun, _, _ in who_classes()]
    assert sorted(set(nouns)) == sorted(nouns)
    assert {kind for _, kind, _ in who_classes()} == {"civilian", "combatant"}
