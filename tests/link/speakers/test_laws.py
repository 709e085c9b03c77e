"""What holds for every story: nothing raises, nothing but the speakers changes, the time is linear."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from growth import grows_with_length
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.mentions import Mention
from transforms.find.sentences import find_sentences
from transforms.find.statements.statement import Statement
from transforms.link.speakers import link_speakers
from transforms.tables import LABELS

PIECES = (
    *(
        "Ana Ruiz",
        "Ruiz",
        "Mr. ",
        "the mayor",
        "The mayor",
        "A spokesman for ",
        "he",
        "She",
        "it",
        "they",
        "Its head, ",
    ),
    *(
        " said",
        " of ",
        ", ",
        "Zeta",
        "'s ",
        "’s",
        " (",
        ")",
        ", who heads ",
        "the union's secretary ",
        "and ",
        ". ",
        "\n\n",
    ),
    *(
        "“",
        "”",
        '"',
        "Kenya",
        "the company",
        "the same source",
        " led by ",
        "İ",
        "ß",
        "ﬁ",
        "\u0301",
        "習",
        "ex-",
        "-",
        "'",
    ),
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, list[Statement], list[Mention]]:
    text = draw(TEXTS)

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, min(len(text), start + 30)))

    statements, mentions = [], []
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start, end = span()
        entity_id = draw(st.sampled_from([None, "id:1", "id:2"]))
        mentions.append(
            Mention(start, end, text[start:end], draw(st.sampled_from(LABELS)), entity_id, entity_id and "A Name")
        )
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start, end = span()
        speaker = draw(st.one_of(st.none(), st.just(span())))
        words = text[slice(*speaker)] if speaker else None
        statements.append(
            Statement(
                start, end, text[start:end], *(speaker or (None, None)), words, cue="said", direct=draw(st.booleans())
            )
        )
    return text, statements, mentions


@settings(max_examples=300, deadline=None)
@given(stories())
def test_nothing_raises_and_only_the_speakers_change(story: tuple[str, list[Statement], list[Mention]]) -> None:
    text, statements, mentions = story
    linked = link_speakers(text, statements, mentions)
    unset = {"speaker": None, "speaker_entity_id": None, "speaker_affiliation_id": None}
    assert [replace(each, **unset) for each in linked] == [replace(each, **unset) for each in statements]
    ids = {mention.entity_id for mention in mentions} | {None}
    assert {each.speaker_entity_id for each in linked} | {each.speaker_affiliation_id for each in linked} <= ids
    assert all(each.speaker != "" for each in linked)
    assert link_speakers(text, statements, mentions) == linked
    assert link_speakers(text, statements, mentions, sentences=find_sentences(text, (), "en")) == linked


@settings(max_examples=50, deadline=None)
@given(stories(), st.sampled_from([None, "", "fr", "xx", "en-GB", "EN"]))
def test_no_language_raises(story: tuple[str, list[Statement], list[Mention]], language: str | None) -> None:
    text, statements, mentions = story
    assert len(link_speakers(text, statements, mentions, language)) == len(statements)


def test_a_language_without_a_folder_leaves_speakers_alone() -> None:
    statement = Statement(0, 2, "Il", 0, 2, "Il")
    assert link_speakers("Il dit oui.", [statement], [], "fr") == [statement]


@pytest.mark.parametrize(
    "piece",
    [
        "Ana Ruiz said so. ",
        "he said so. ",
        "the mayor said so. ",
        "A mayor of Zeta said. ",
        "Ana Ruiz, ",
        "Zeta's ",
        "the union's ",
        "the company said ",
        "it ",
        "Its head, ",
        "a spokesman said\n\n",
        '"',
        "Ana Ruiz and ",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def story(size: int) -> Callable[[], object]:
        words = piece.split()
        name = next((at for at, word in enumerate(words) if word[:1].isupper()), 0)
        begin = len(" ".join([*words[:name], ""])) if name else 0
        text, label = piece * size, "ORG" if "Zeta" in piece else "PER"
        mentions, statements = [], []
        for number in range(size):
            at = number * len(piece)
            start, end = at + begin, at + len(piece.rstrip())
            mentions.append(Mention(start, start + 4, text[start : start + 4], label, f"id:{number % 700}"))
            statements.append(
                Statement(at, end, text[at:end], at, at + len(words[0]), words[0], direct=number % 5 == 0)
            )
        return partial(link_speakers, text, statements, mentions if words[0][:1] != '"' else [])

    assert grows_with_length(story, 10_000)


def test_many_people_of_one_office_take_no_longer() -> None:
    def story(size: int) -> Callable[[], object]:
        text = "".join(f"Mayor Ana{number} Ruiz{number} left. The mayor said so. " for number in range(size))
        mentions, statements, at = [], [], 0
        for number in range(size):
            name = f"Ana{number} Ruiz{number}"
            mentions.append(Mention(at + 6, at + 6 + len(name), name, "PER", f"id:{number}", name))
            start = at + len(f"Mayor {name} left. ")
            statements.append(Statement(start + 16, start + 18, "so", start, start + 9, "The mayor"))
            at = start + len("The mayor said so. ")
        assert {each.speaker_entity_id for each in link_speakers(text, statements, mentions)} == {None}
        return partial(link_speakers, text, statements, mentions)

    assert grows_with_length(story, 10_000)
