"""What holds for every text: nothing raises, spans quote the text, the time is linear."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from growth import grows_with_length, text_grows
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, packaged_directory
from transforms.link.directory.merging import Entities
from transforms.link.names import link_names
from transforms.tables import LABELS

PIECES = (
    *("Ana Ruiz", "Mr. ", "Ruiz", "President ", "al-", "Assad", "Kia Motors Corp", "Kia", "(KMC)", ", or KMC,", "the "),
    *("Observatory", "Ministry of Health", "ministry", "Resolution 2254", "2015 UN resolution", "Article 5", "UN"),
    *("أحمد", "Петров", "习近平", "“El”", "\n", " ", ".", "'s", "’", "(", ")", "É", "İ", "ß", "ﬁ", "1999", "\u0301"),
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    text = draw(TEXTS)
    mentions = []
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 30)))
        mentions.append(Mention(start, end, text[start:end], draw(st.sampled_from(LABELS)), rule="model:X"))
    return text, sorted(mentions, key=lambda mention: (mention.start, mention.end))


@settings(max_examples=200, deadline=None)
@given(stories())
@example((":: ::", [Mention(0, 5, ":: ::", "PER", rule="model:X")]))
@example(("”\n(", [Mention(0, 3, "”\n(", "PER", rule="model:X")]))
def test_no_text_raises_and_spans_quote_it(story: tuple[str, list[Mention]]) -> None:
    text, mentions = story
    linked = link_names(text, mentions, packaged_directory())
    assert [text[each.start : each.end] for each in linked] == [each.text for each in linked]
    assert linked == sorted(linked, key=lambda each: (each.start, each.end, each.label))
    assert {each.label for each in linked} <= set(LABELS)
    assert all(each.entity_id != "" for each in linked)
    assert link_names(text, mentions, packaged_directory()) == linked


@settings(max_examples=50, deadline=None)
@given(stories())
def test_an_id_that_a_mention_has_stays(story: tuple[str, list[Mention]]) -> None:
    text, mentions = story
    placed = [replace(each, label="LOC", entity_id="geonames:1", name="Hama", rule="x") for each in mentions]
    nothing = Directory(Entities({}, {}))
    assert [each for each in link_names(text, placed, nothing) if each.entity_id == "geonames:1"] == placed


@pytest.mark.parametrize(
    "piece",
    [
        "A. ",
        "Kim ",
        "the Act of ",
        "UN ",
        "(ABC) ",
        "Resolution 12 ",
        "Ministry of ",
        "X",
        "習",
        "\n",
        "A.B.",
        "Dr. ",
        "(A",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    assert text_grows(lambda text: link_names(text, [], packaged_directory()), piece, 100_000)


@pytest.mark.parametrize("label", LABELS)
def test_many_names_alike_take_no_longer(label: str) -> None:
    def story(size: int) -> Callable[[], object]:
        names = [f"Ana{number % 700} Ruiz" for number in range(size)]
        mentions, at = [], 0
        for name in names:
            mentions.append(Mention(at, at + len(name), name, label, rule="model:X"))
            at += len(name) + 2
        return partial(link_names, "; ".join(names), mentions, packaged_directory())

    assert grows_with_length(story, 4_000)


def test_a_very_long_name_has_the_id_of_its_folded_form() -> None:
    text = "Wahadugu " * 1_100
    (mention,) = link_names(text, [Mention(0, 9_899, text[:9_899], "PER", rule="x")], packaged_directory())
    assert mention.entity_id is not None
    assert mention.entity_id.startswith("per:wahadugu-wahadugu-")


@pytest.mark.parametrize(
    "text", ["the observatory said so. who knows?", "THE MINISTRY OF HEALTH SAID THE UN AND WHO LEFT."]
)
def test_text_in_one_case_has_no_names(text: str) -> None:
    assert link_names(text, [], packaged_directory()) == []
