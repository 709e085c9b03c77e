"""When a source is not well, a sentence says so; when it is, nobody is disturbed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from transforms.publish.alarms import DayCount, Fared, alarms, longest_silence

HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)


def heard(hours: float, **known: object) -> Fared:
    """A source whose last new page came so many hours ago."""
    return Fared("gazette", last_new=NOW - hours * HOUR, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fared", "kinds"),
    [
        pytest.param(Fared("gazette"), [], id="nothing is known of it"),
        pytest.param(heard(100), [], id="too little is known to say what is usual"),
        pytest.param(heard(8, longest=9 * HOUR), [], id="it was silent for longer before"),
        pytest.param(heard(10, longest=9 * HOUR), ["silent"], id="never for so long"),
        pytest.param(heard(50, longest=9 * HOUR, unwatched=42 * HOUR), [], id="the laptop was off"),
        pytest.param(heard(50, longest=9 * HOUR, unwatched=24 * HOUR), ["silent"], id="and still it is silent"),
        pytest.param(heard(10, longest=9 * HOUR, silent_after=48 * HOUR), [], id="its file allows it"),
        pytest.param(heard(8, longest=9 * HOUR, silent_after=6 * HOUR), ["silent"], id="its file says sooner"),
        pytest.param(heard(8, silent_after=6 * HOUR), ["silent"], id="its file is enough"),
        pytest.param(Fared("gazette", at_least=40, yesterday=DayCount(SATURDAY, 39)), ["too_few"], id="too few"),
        pytest.param(Fared("gazette", at_least=40, yesterday=DayCount(SATURDAY, 40)), [], id="just enough"),
        pytest.param(Fared("gazette", at_least=40, today=DayCount(SUNDAY, 3)), [], id="the day is not over"),
        pytest.param(Fared("gazette", at_most=60, today=DayCount(SUNDAY, 61)), ["too_many"], id="too many already"),
        pytest.param(Fared("gazette", refused=["blocked"] * 3), ["blocked"], id="all is forbidden"),
        pytest.param(Fared("gazette", refused=["blocked", "paywall"]), ["nothing"], id="all is refused"),
        pytest.param(
            Fared("gazette", refused=["not_fetched"], unreachable=[("https://g.example/rss", "no answer")]),
            ["unreachable"],
            id="its only feed is gone",
        ),
        pytest.param(
            heard(99, longest=HOUR, at_least=9, yesterday=DayCount(SATURDAY, 0), refused=["robots_forbid"]),
            ["blocked", "silent", "too_few"],
            id="all at once",
        ),
    ],
)
def test_alarms(fared: Fared, kinds: list[str]) -> None:
    found = list(alarms(fared, NOW))
    assert [alarm.kind for alarm in found] == kinds
    assert {alarm.source for alarm in found} <= {"gazette"}


def test_a_sentence_says_since_when_and_where_to_look() -> None:
    (alarm,) = alarms(heard(51, longest=9 * HOUR), NOW)
    assert alarm.message == (
        "gazette is silent: nothing new since 2026-11-20 09:00 UTC (2 d 3 h), and it never was for longer than 9 h; "
        "see whether its feeds moved, or set silent_after in config/sources/gazette.yaml"
    )
    (alarm,) = alarms(Fared("gazette", at_least=40, yesterday=DayCount(SATURDAY, 1)), NOW)
    assert alarm.message == "gazette brought 1 article on 2026-11-21; its file expects at least 40"
    (alarm,) = alarms(Fared("", refused=["no_text"]), NOW)
    assert alarm.message == "nothing of what was named could be published; see the rejects"


@pytest.mark.parametrize(
    ("longest_hours", "known_days", "usual_hours"),
    [
        (9, 30, 9),
        (0.2, 30, 1),  # runs do not come more often
        (9, 6, 24),  # has no weekend behind it
        (40, 6, 40),
        (0.001, 0.02, None),  # its first run
    ],
)
def test_the_longest_silence_that_is_usual(longest_hours: float, known_days: float, usual_hours: float | None) -> None:
    usual = longest_silence(longest_hours * HOUR, known_days * 24 * HOUR)
    assert usual == (None if usual_hours is None else usual_hours * HOUR)
