from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.find.mentions import find_mentions
from transforms.find.model import load_model
from transforms.find.name_shape import is_built, is_name, read_mention_rules, trim_name, trim_owner, trim_titles
from transforms.tables import LABELS, MENTIONS


@pytest.fixture(scope="module")
def model() -> Any:
    return load_model()


@pytest.mark.parametrize("row", read_mention_rules("labels.csv"), ids=lambda row: row["model_label"])
def test_each_label_of_the_model_has_ours(model: Any, row: dict[str, str]) -> None:
    ((mention,),) = [[m for m in find_mentions([row["example"]], model)[0] if m.text == row["span"]]]
    assert (mention.label, mention.rule) == (row["label"], f"model:{row['model_label']}")
    assert row["label"] in LABELS


@pytest.mark.parametrize("row", read_mention_rules("trims.csv"), ids=lambda row: row["example"])
def test_a_name_is_trimmed(row: dict[str, str]) -> None:
    text = row["example"]
    start, end = trim_name(text, 0, len(text))
    assert text[start:end] == row["span"]


@pytest.mark.parametrize("row", read_mention_rules("titles.csv"), ids=lambda row: row["title"])
def test_a_title_is_no_part_of_a_name(row: dict[str, str]) -> None:
    text = row["example"]
    start = trim_titles(text, 0, text.index(" left"))
    assert text[start : text.index(" left")] == row["span"]


def test_a_title_alone_is_kept_for_a_name_needs_words() -> None:
    assert trim_titles("General", 0, 7) == 0
    owned = "Lima's Chief of Staff General Ana Ruiz"
    assert owned[trim_owner(owned, 0, len(owned)) :] == "Ana Ruiz"
    assert trim_owner("Dawson's Creek", 0, 14) == 0
    assert trim_titles("Major John Major", 0, 16) == 6


@pytest.mark.parametrize("row", read_mention_rules("not_names.csv"), ids=lambda row: row["word"])
def test_an_office_names_nobody(row: dict[str, str]) -> None:
    text = row["example"]
    start = text.index(row["word"])
    assert not is_name(text, start, start + len(row["word"]))
    assert is_name(f"Ann {row['word']} spoke.", 4, 4 + len(row["word"])) is (row["after"] == "the")


@pytest.mark.parametrize("row", read_mention_rules("facilities.csv"), ids=lambda row: row["word"])
def test_a_facility_is_told_by_its_word(row: dict[str, str]) -> None:
    assert is_built(row["example"].removeprefix("Crews closed ").removesuffix("."))
    assert row["word"] in row["example"]


@pytest.mark.parametrize("name", ["Harlow Mining", "Acme Robotics", "Otter Lake Growers"])
def test_what_has_no_such_word_is_mostly_a_company(name: str) -> None:
    assert not is_built(name)


@pytest.mark.parametrize("name", ["Pentagon", "Interstate 95", "Building 7"])
def test_one_word_or_a_number_may_be_a_facility(name: str) -> None:
    assert is_built(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Read https://example.org/kenya/Nairobi-floods today.", "Nairobi"),
        ("Read www.example.org/Nairobi today.", "Nairobi"),
        ("Write to desk@Nairobi.example today.", "Nairobi"),
        ("It cost HK$40 in all.", "HK$40"),
        ("The minister of the interior spoke.", "minister of the interior"),
        ("It ran from 2022/2024 on.", "2022/2024"),
    ],
)
def test_what_is_no_name(text: str, name: str) -> None:
    start = text.index(name)
    assert not is_name(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Она живёт в Москве.", "Москве"),
        ("قصفت الطائرات حلب", "حلب"),
        ("他住在北京。", "北京"),
        ("The band A$AP played.", "A$AP"),
        ("He uses an iPhone.", "iPhone"),
    ],
)
def test_what_may_be_a_name(text: str, name: str) -> None:
    start = text.index(name)
    assert is_name(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Reuters”", "Reuters"),
        ("the\u00a0UN's", "UN"),
        ("Bashar al-Assad\nSyria", "Bashar al-Assad"),
        ("U.S.", "U.S."),
        ("...", ""),
    ],
)
def test_trimming_keeps_the_name_alone(text: str, name: str) -> None:
    start, end = trim_name(text, 0, len(text))
    assert text[start:end] == name


def test_the_model_has_name_recognition_alone(model: Any) -> None:
    assert model.pipe_names == ["ner"]
    assert load_model() is model


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(OSError, match="no_such_model"):
        load_model("no_such_model")


def test_mentions_have_the_columns_of_the_table(model: Any) -> None:
    ((mention, *_),) = find_mentions(["Elena Petrova spoke in Nairobi."], model)
    columns = {column.name for column in MENTIONS.columns} - {"article_id", "version"}
    assert set(mention.__slots__) == columns
    assert mention.entity_id is None
    assert mention.metonymy is None


def test_dates_and_amounts_are_no_mentions(model: Any) -> None:
    assert find_mentions(["On Monday 40 percent, or $5 million, was paid."], model) == [[]]


def test_each_text_has_its_own_list(model: Any) -> None:
    texts = ["", "Elena Petrova spoke.", "Nothing here.", "Floods closed roads in Nairobi."]
    found = find_mentions(texts, model)
    assert [[mention.text for mention in each] for each in found] == [[], ["Elena Petrova"], [], ["Nairobi"]]
    assert find_mentions([], model) == []


def test_a_long_text_is_read_to_its_end(model: Any) -> None:
    text = "Nothing happened that day, and nobody said why.\n\n" * 1_000 + "Floods closed roads in Nairobi."
    (mention,) = find_mentions([text], model)[0]
    assert (mention.text, mention.end) == ("Nairobi", len(text) - 1)


@pytest.mark.parametrize("text", ["A" * 200_000, "a " * 100_000, "\n" * 200_000, "A.B" * 50_000, "🙂" * 50_000])
def test_odd_text_is_no_crash_and_no_name(model: Any, text: str) -> None:
    assert all(len(mention.text) <= 150 for mention in find_mentions([text], model)[0])


def test_text_without_capitals_or_all_in_capitals_gives_no_names(model: Any) -> None:
    text = "The mayor Elena Petrova spoke to reporters in Nairobi on Friday."
    assert find_mentions([text.upper(), text.lower()], model) == [[], []]


def test_a_headline_in_capitals_does_not_make_names_of_its_words(model: Any) -> None:
    text = (
        "COUNCIL VOTES TO CLOSE OLD SCHOOL\n\nThe council of Nairobi voted on Friday. Elena Petrova, the mayor, agreed."
    )
    found = {mention.text for mention in find_mentions([text], model)[0]}
    assert {"Nairobi", "Elena Petrova"} <= found
    assert not found & {"CLOSE", "OLD", "TO", "VOTES", "SCHOOL", "OLD SCHOOL"}


def test_a_name_of_ten_thousand_letters_is_no_mention(model: Any) -> None:
    text = f"The firm {'Abc' * 3_333} opened. {'Petrova ' * 1_500} spoke in Nairobi."
    assert all(len(mention.text) <= 150 for mention in find_mentions([text], model)[0])


def test_a_word_broken_at_its_hyphen_is_made_whole(model: Any) -> None:
    text = "President Yoon Suk-yeol met Kim Jong-un. Yoon Suk-yeol then left for Seoul."
    names = {mention.text for mention in find_mentions([text], model)[0] if mention.label == "PER"}
    assert not names & {"Yoon Suk", "Kim Jong"}


PIECES = st.sampled_from(
    [
        "The ",
        "Nairobi",
        "Elena Petrova",
        " said ",
        "'s ",
        "’",
        "\n",
        "\n\n",
        ". ",
        "UN",
        "“",
        "🙂",
        "حلب",
        "Москва",
        "1",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=3))
def test_spans_quote_the_text_in_order(model: Any, texts: list[str]) -> None:
    for text, mentions in zip(texts, find_mentions(texts, model), strict=True):
        assert all(text[m.start : m.end] == m.text != "" for m in mentions)
        assert all(one.end <= other.start for one, other in pairwise(mentions))
