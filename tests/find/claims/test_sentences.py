"""Sentences in the shape of news: every claim in them, and nothing in those that count nobody."""

from pathlib import Path

import pytest
import yaml
from shown_claims import claims_of, in_words

HERE = Path(__file__).parent


def read(name: str) -> list:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", read("sentences.yaml") + read("news.yaml"), ids=lambda case: case["text"])
def test_every_claim_of_a_sentence_is_found_as_stated(case):
    assert in_words(claims_of(case["text"])) == case["finds"]


@pytest.mark.parametrize("text", read("silent.yaml"))
def test_sentences_that_count_nobody_affected_stay_silent(text):
    assert in_words(claims_of(text)) == []


@pytest.mark.parametrize("case", read("known_failures.yaml"), ids=lambda case: case["text"])
@pytest.mark.xfail(strict=True, reason="wanted, not yet right")
def test_known_failures(case):
    assert in_words(claims_of(case["text"])) == case["finds"]


@pytest.mark.parametrize("case", read("days.yaml"), ids=lambda case: case["text"])
def test_the_day_of_the_event_is_not_the_day_of_the_report(case):
    (claim,) = claims_of(case["text"])
    assert [claim.event_start, claim.event_end] == [day and day.isoformat() for day in case["days"]]


def test_a_name_of_a_place_before_a_number_counts_what_was_counted_before():
    text = "Jordan has reported 75 dead, Tunisia 49."
    found = claims_of(text, names={"Jordan": "LOC", "Tunisia": "LOC"})
    assert in_words(found) == ["75 => killed = 75 people", "49 => killed = 49 people"]


def test_the_name_of_a_people_counts_and_the_name_of_a_place_does_not_say_which_people():
    text = "Four Wayuu and two Riohacha women were killed."
    found = claims_of(text, names={"Wayuu": "NORP", "Riohacha": "LOC"})
    assert in_words(found) == ["Four => killed = 4 Wayuu", "two => killed = 2 women"]


def test_a_headline_and_its_lead_are_two_claims_as_reported():
    text = "Bomb kills 12 at market\n\nA bomb killed 12 people at a crowded market in the old town on Monday."
    assert in_words(claims_of(text)) == ["12 => killed = 12 people", "12 => killed = 12 people"]


def test_the_day_told_once_is_the_day_of_the_other_counts():
    text = "A bomb killed nine people on Monday. Forty were wounded, officials said. No one was arrested."
    assert [claim.event_start for claim in claims_of(text)] == ["2026-03-09", "2026-03-09", None]


def test_a_background_count_does_not_get_the_day_of_the_event():
    text = "A bomb killed nine people on Monday. More than 35,000 civilians have died since the war began."
    assert [(claim.tally, claim.event_start) for claim in claims_of(text)] == [
        ("event", "2026-03-09"),
        ("period", None),
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # where a storm was to strike next
        ("A storm killed nine people. Four more were missing. It was due to hit Hue on Tuesday.", [None, None]),
        # suspects are caught days after the crime
        ("Police arrested nine men. Their gang had kidnapped two bakers on Monday.", [None, "2026-03-09"]),
        # the day of the event is told behind a lead without one
        ("A crush left six people dead. It happened at about 5am on Monday, officials said.", ["2026-03-09"]),
        ("A crush left six people dead. The mayor flew home on Monday.", [None]),
        ("A crush left six people dead, officials said on Monday.", [None]),
        ("Help arrived on Monday after a storm. Nine people died. It hit on Sunday.", ["2026-03-08"]),
        ("Boca lost on Sunday. It rained. They sang. They left. Police detained nine men.", ["2026-03-08"]),
        # of one sentence, whatever else is told
        (
            "Nine died on Sunday. On Monday, 13 people were killed in the town; 14 others were wounded.",
            ["2026-03-08", "2026-03-09", "2026-03-09"],
        ),
        # what is feared has happened, what is threatened has not
        ("A slide hit a village on Friday. Nine people are feared dead.", ["2026-03-06"]),
        ("A slide hit a village on Friday. The rebels threatened to kill nine hostages.", [None]),
        # suspects are caught later, marchers on the spot
        ("A man was stabbed to death on Monday. Two men were arrested.", ["2026-03-09", None]),
        ("A man was killed in the riots on Monday. Two men were arrested.", ["2026-03-09", "2026-03-09"]),
        ("A man was stabbed to death on Monday. Two men were arrested on Tuesday.", ["2026-03-09", "2026-03-10"]),
    ],
)
def test_the_day_may_be_told_behind_the_count_but_not_of_another_matter(text, days):
    assert [claim.event_start for claim in claims_of(text)] == days


def test_what_happened_in_the_night_is_told_of_the_day_it_began():
    (claim,) = claims_of("A boat sank on Sunday night, drowning nine people.")
    assert (claim.event_start, claim.event_end) == ("2026-03-08", "2026-03-09")


def test_a_count_of_days_before_the_event_is_of_another_event():
    text = "A bus crash killed nine people on Monday. On February 9, eight labourers died near the town."
    assert [(claim.tally, claim.event_start) for claim in claims_of(text)] == [
        ("event", "2026-03-09"),
        ("period", "2026-02-09"),
    ]
    text = "It rained. It was cold. Aid came. On October 7, 2023, 1,200 people were killed and 250 abducted."
    assert [claim.tally for claim in claims_of(text)] == ["period", "period"]
    text = "Nine girls were rescued on Monday. They were among 12 girls kidnapped on February 9."
    assert [claim.tally for claim in claims_of(text)] == ["event", "event"]


def test_cases_are_people_only_where_a_disease_is_named():
    assert claims_of("The court has heard 30 new cases.") == []
    (claim,) = claims_of("The ministry reported 30 new cases. The cholera outbreak began in May.")
    assert (claim.metric, claim.low) == ("infected", 30.0)


def test_another_language_has_no_claims_until_it_has_a_folder():
    from transforms.find.claims import find_claims
    from transforms.find.sentences import find_sentences

    text = "A bomb killed nine people."
    assert find_claims(text, find_sentences(text), [], [], language="tlh") == []
