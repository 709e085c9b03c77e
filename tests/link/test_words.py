"""Every line of the word lists in `transforms/link/en/` does what its example says."""

from collections.abc import Callable

import pytest

from transforms.find.mentions import Mention
from transforms.link import link_places
from transforms.link.countries import country_by_demonym, country_by_name, country_names, read_rows
from transforms.link.gazetteer import Gazetteer
from transforms.link.wording import (
    feature_word_after,
    feature_word_before,
    is_after_preposition,
    is_announced,
    is_common_noun,
)
from transforms.link.words import abbreviations

Read = Callable[..., list[Mention]]


@pytest.mark.parametrize(
    "row", read_rows("place_words.csv"), ids=lambda row: "-".join((row["word"], row["means"], row["position"]))
)
def test_a_place_word_tells_the_place_of_its_example(row: dict[str, str]) -> None:
    text, means = row["example"], row["means"]
    start = text.rindex(row["place"])
    end = start + len(row["place"])
    if row["position"] == "after":
        assert feature_word_after(text, end, means)
    elif row["position"] == "lists":
        assert is_announced(text, start)
    elif means == "place":
        assert is_after_preposition(text, start)
    else:
        assert feature_word_before(text, start, means)


@pytest.mark.parametrize("row", read_rows("other_senses.csv"), ids=lambda row: row["word"])
def test_a_common_noun_is_no_country(row: dict[str, str]) -> None:
    start = row["example"].index(row["word"])
    assert is_common_noun(row["example"], start, start + len(row["word"]))
    assert not is_common_noun(f"{row['word']} closed its border.", 0, len(row["word"]))


@pytest.mark.parametrize("row", read_rows("not_places.csv"), ids=lambda row: row["word"])
def test_a_word_that_is_no_place_is_not_found_as_one(row: dict[str, str], gazetteer: Gazetteer) -> None:
    found = link_places(row["example"], [], gazetteer)
    assert [mention for mention in found if (mention.text, mention.label) == (row["word"], "LOC")] == []


@pytest.mark.parametrize("row", read_rows("doubtful.csv"), ids=lambda row: row["word"])
def test_a_doubtful_word_alone_is_not_found(row: dict[str, str], gazetteer: Gazetteer) -> None:
    start = row["example"].index(row["word"])
    around = [Mention(0, len(row["example"]), row["example"], "ORG", rule="model:ORG")]
    found = link_places(row["example"], around if row["where"] == "inside" else [], gazetteer)
    assert [mention for mention in found if mention.start == start and mention.text == row["word"]] == []


@pytest.mark.parametrize("row", read_rows("news_places.csv"), ids=lambda row: row["word"])
def test_a_place_of_the_news_is_found_in_its_country(row: dict[str, str], gazetteer: Gazetteer) -> None:
    found = link_places(row["example"], [], gazetteer)
    (mention,) = [mention for mention in found if mention.text == row["word"]]
    assert mention.label == "LOC"
    assert mention.country_code in {row["country"], None}


@pytest.mark.parametrize("code", sorted(country_names()))
def test_every_country_is_in_the_gazetteer(code: str, gazetteer: Gazetteer) -> None:
    place = gazetteer.by_code(code)
    assert place is not None
    assert (place.country_code, place.place_kind) == (code, "country")
    assert country_names()[code] != ()


@pytest.mark.parametrize("code", sorted({code for codes in abbreviations().values() for code in codes}))
def test_every_abbreviated_region_is_in_the_gazetteer(code: str, gazetteer: Gazetteer) -> None:
    place = gazetteer.by_code(code)
    assert place is not None
    assert (place.country_code, place.place_kind) == (code[:2], "region")


def test_no_name_is_of_two_countries() -> None:
    names = [name for row in read_rows("countries.csv") for name in row["names"].split("|") if name]
    demonyms = [word for row in read_rows("countries.csv") for word in row["demonyms"].split("|") if word]
    assert len(names) == len(set(names))
    assert len(demonyms) == len(set(demonyms))
    assert not country_by_name().keys() & country_by_demonym().keys()


@pytest.mark.parametrize("row", read_rows("areas.csv"), ids=lambda row: row["name"])
def test_an_area_is_none_of_the_towns_of_its_name(row: dict[str, str], gazetteer: Gazetteer) -> None:
    start = row["example"].index(row["name"])
    mention = Mention(start, start + len(row["name"]), row["name"], "LOC", rule="model:LOC")
    found = link_places(row["example"], [mention], gazetteer, source_country="US")
    assert [m.entity_id for m in found if m.text == row["name"]] == [None]


@pytest.mark.parametrize("row", read_rows("peoples.csv"), ids=lambda row: row["people"])
def test_a_people_without_a_country_is_found(row: dict[str, str], gazetteer: Gazetteer) -> None:
    found = link_places(row["example"], [], gazetteer)
    assert [(m.label, m.country_code) for m in found if m.text == row["people"]] == [("NORP", None)]
