"""What cleaning takes out, what it only flags, and the laws it keeps."""

import pytest
from growth import text_grows
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.extract.clean import Cleaned, Stated, clean
from transforms.extract.edits import rebuild
from transforms.extract.layout import read_blocks

MANY = "Then it fell."
RIVER = "The river rose again on Monday and the ferry was stopped."
TALKS = "The talks go on in Porto, the minister said on Tuesday evening."


def cleaned(text: str, **more: str | None) -> Cleaned:
    return clean(text, read_blocks(text), **{"language": "en", **more})


@pytest.mark.parametrize(
    ("text", "result", "rules"),
    [
        ("the gov\u00adernor of the port", "the governor of the port", ["soft_hyphen"]),
        ("10\u00a0km  of road", "10 km of road", ["odd_space", "odd_space"]),
        ("a\u200bb and more", "ab and more", ["zero_width"]),
        ("bell\x07 rings", "bell rings", ["control_character"]),
        ("cafe\u0301 by the port", "café by the port", ["nfc"]),
        ("One line. \n\n\n\nNext line.  ", "One line.\n\nNext line.", ["edge_space", "edge_space", "edge_space"]),
        (f"{RIVER} AFP.\n\n{TALKS}", f"{RIVER}\n\n{TALKS}", ["agency_tag"]),
        (f"{RIVER} (Reuters)", RIVER, ["agency_tag"]),
        (f"{RIVER}\n\nAP", RIVER, ["agency_line"]),
        (f"{RIVER}\n\nRead more: Bridge reopens\n\n{TALKS}", f"{RIVER}\n\n{TALKS}", ["read_more"]),
        (f"Sign up for our newsletter\n\n{RIVER}", RIVER, ["newsletter"]),
        (f"{RIVER}\n\nShare on Facebook\n\nAdvertisement", RIVER, ["share_buttons", "advertisement"]),
        (f"{RIVER}\n\n{RIVER}\n\n{TALKS}", f"{RIVER}\n\n{TALKS}", ["doubled_paragraph"]),
        (f"{RIVER}\n\n{TALKS}\n\n{RIVER}", f"{RIVER}\n\n{TALKS}\n\n{RIVER}", []),
        ("No, he said.\n\nNo, he said.\n\nThen he left.", "No, he said.\n\nNo, he said.\n\nThen he left.", []),
        ("He spoke to AFP.\n\nThen he left.", "He spoke to AFP.\n\nThen he left.", []),
    ],
)
def test_what_is_taken_out(text: str, result: str, rules: list[str]) -> None:
    outcome = cleaned(text)
    assert (outcome.text, [row.rule for row in outcome.removals]) == (result, rules)
    assert rebuild(outcome.text, outcome.removals) == text


def test_the_first_line_that_repeats_the_headline_goes() -> None:
    outcome = cleaned(f"“Ferry stopped”\n\n{RIVER}", headline="Ferry stopped")
    assert outcome.text == RIVER
    assert [(row.rule, row.original, row.action) for row in outcome.removals] == [
        ("headline_repeated", "“Ferry stopped”\n\n", "removed")
    ]


def test_a_removed_tag_names_the_agency() -> None:
    assert cleaned(f"{RIVER} AFP.").agency == "AFP"
    assert cleaned(f"{RIVER}\n\nAgence France-Presse").agency == "AFP"
    assert cleaned(RIVER).agency is None


def test_doubtful_fragments_are_flagged_and_stay() -> None:
    text = "The count is his, she said. the woman, based in Porto. AFP."
    outcome = cleaned(text)
    assert outcome.text == "The count is his, she said. the woman, based in Porto."
    assert [(row.text, row.original, row.action) for row in outcome.removals] == [
        ("the woman, based in Porto.", "the woman, based in Porto.", "flagged"),
        ("", " AFP.", "removed"),
    ]
    assert rebuild(outcome.text, outcome.removals) == text


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Reporting by Ana Ruiz in Porto; Editing by Li Wei", None),
        ("(Additional reporting by Li Wei)", None),
        ("— With files from The Canadian Press", "CP"),
        ("Li Wei in Oslo contributed to this report.", None),
        ("Source: Reuters", "Reuters"),
        ("NDR (kb)", None),
    ],
)
def test_the_sign_off_leaves_the_text_and_is_kept_beside_it(credit: str, agency: str | None) -> None:
    outcome = cleaned(f"{RIVER}\n\n{TALKS}\n\n{credit}")
    assert (outcome.text, outcome.sign_off, outcome.agency) == (f"{RIVER}\n\n{TALKS}", credit, agency)
    assert rebuild(outcome.text, outcome.removals) == f"{RIVER}\n\n{TALKS}\n\n{credit}"


def test_a_credit_in_the_middle_is_part_of_the_story() -> None:
    text = f"Reporting by Ana Ruiz won a prize; edited by Li Wei, it ran in May.\n\n{RIVER}\n\n{TALKS}\n\n{MANY}"
    assert cleaned(text).text == text


STATED = Stated(titles=("Ferry stopped for the third time",), authors=("Ana Ruiz", "Li Wei"), sections=("River life",))


@pytest.mark.parametrize(
    ("before", "behind", "rule"),
    [
        ("Ferry stopped for the third time", "", "headline_repeated"),
        ("River: Ferry stopped for the third time", "", "headline_repeated"),
        ("By Ana Ruiz and Li Wei", "", "byline"),
        ("Published on 3 May 2024 at 14:24", "", "timestamp"),
        ("5 min read", "", "reading_time"),
        ("River life", "", "kicker"),
        ("", "Updated on 4 May 2024", "timestamp"),
        ("", "Li Wei has written about ports for ten years and lives by one.", "about_the_author"),
    ],
)
def test_what_the_page_states_elsewhere_is_not_part_of_the_text(before: str, behind: str, rule: str) -> None:
    story = f"{RIVER}\n\n{TALKS}\n\nLi Wei waited there, on 3 May 2024.\n\n{MANY}"
    text = "\n\n".join(filter(None, (before, story, behind)))
    outcome = clean(text, read_blocks(text), language="en", stated=STATED)
    assert (outcome.text, [row.rule for row in outcome.removals]) == (story, [rule])
    assert rebuild(outcome.text, outcome.removals) == text


def test_a_text_of_nothing_but_labels_stays() -> None:
    assert cleaned("Advertisement\n\nShare").text == "Advertisement\n\nShare"


@pytest.mark.parametrize(
    ("text", "result", "rule"),
    [
        ("the cafÃ© by the port", "the café by the port", "mojibake"),
        ("â€œWe waitâ€\x9d, he said", "“We wait”, he said", "mojibake"),
        ("l\x92eau du port", "l’eau du port", "mojibake"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚ from the port", "Привет from the port", "mojibake"),
        ("Salt &amp; Sons", "Salt & Sons", "entity"),
        ("they don`t know", "they don't know", "odd_apostrophe"),
        ("the ``quiet'' port", 'the "quiet" port', "typed_quotes"),
    ],
)
def test_letters_are_mended_and_can_be_restored(text: str, result: str, rule: str) -> None:
    outcome = cleaned(text)
    assert outcome.text == result
    assert {(row.rule, row.action) for row in outcome.removals} == {(rule, "mended")}
    assert rebuild(outcome.text, outcome.removals) == text


@pytest.mark.parametrize("text", ["le café – « bien »", "naïve Ångström ± 5 °C", "Ærø, Łódź, Škoda, ñandú", "它很好。"])
def test_letters_that_may_be_meant_stay(text: str) -> None:
    assert cleaned(text).text == text


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("It must end, a note said. note written by the mayor.", "note said. note written by the mayor."),
        ("A ferryman said AFP that it was late.", "said AFP that"),
        ("They don?t know.", "?"),
        ("The <unk> of the port", "<unk>"),
    ],
)
def test_debris_of_machines_is_flagged_and_stays(text: str, flagged: str) -> None:
    outcome = cleaned(text)
    assert outcome.text == text
    assert [(row.original, row.action) for row in outcome.removals] == [(flagged, "flagged")]


@pytest.mark.parametrize("run", [" ", "\n", " \n", "\u00a0", "\u00ad", "a. b. ", "AFP. ", "e\u0301"])
def test_long_runs_take_no_long_time(run: str) -> None:
    text = f"{RIVER}{run * 5_000}{MANY}"
    assert rebuild(cleaned(text).text, cleaned(text).removals) == text
    assert text_grows(lambda runs: cleaned(f"{RIVER}{runs}{MANY}"), run, 20_000 * len(run))


def test_blocks_follow_their_text() -> None:
    outcome = cleaned(f"Ferry\u00ad news\n\nAdvertisement\n\n{RIVER} AFP.")
    assert [outcome.text[block.start : block.end] for block in outcome.blocks] == ["Ferry news", RIVER]


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.text("aE\u0301 .\n\t\u00ad\u00a0\u200bA", max_size=30),
            st.text("Ã©â€œÂ\x9d\x92a &;`'´ \n", max_size=20),
            st.sampled_from(
                [RIVER, TALKS, " AFP.", "Advertisement", "AP", "\n\n", "\n", "Read more: x", "he said. the man left."]
            ),
            st.sampled_from(
                [
                    "&amp;quot;",
                    "``a''",
                    "don`t",
                    "\n\nBy Ana Ruiz\n\n",
                    "\n\n3 May 2024, 14:24",
                    "\n\nQuelle: dpa",
                    "(kb)",
                ]
            ),
        ),
        max_size=8,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_cleaning_can_be_undone_and_twice_is_once(text: str) -> None:
    outcome = clean(text, read_blocks(text), headline=RIVER, language="en", stated=STATED)
    assert rebuild(outcome.text, outcome.removals) == text
    assert all(outcome.text[row.start : row.end] == row.text for row in outcome.removals)
    assert len({row.position for row in outcome.removals}) == len(outcome.removals)
    again = clean(outcome.text, outcome.blocks, headline=RIVER, language="en", stated=STATED)
    assert again.text == outcome.text
    assert [block for block in outcome.blocks if not outcome.text[block.start : block.end].strip()] == []
