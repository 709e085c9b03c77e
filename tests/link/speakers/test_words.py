"""Every word of the lists has an example, which must come out as it says."""

import pytest

from transforms.link.speakers.words import read_lists, read_rows

NAMES = {"Ana Ruiz": "PER", "Eva Gil": "PER", "Robin Paz": "PER", "Zeta": "ORG"}
LISTS = read_lists("en")
AFFILIATION = (
    *("belongs", "belongs_loosely", "office_of", "works_at", "leads", "serves", "led_by", "speaks_for", "of_company"),
    *("and", "by", "who", "is", "articles"),
)


def examples(*names: str) -> list[tuple[str, str]]:
    return [pytest.param(word, example, id=f"{name}-{word}") for name in names for word, example in LISTS[name].items()]


def marked(example: str, speaker: str) -> str:
    """An example with its names marked, the last of `speaker` as whoever speaks."""
    before, _, after = example.rpartition(speaker)
    text = f"{before}{{{speaker}}}{after}"
    for name, label in NAMES.items():
        text = text.replace(name, f"[{name}|{label}]")
    return text


def subject(example: str) -> str:
    """What stands before the last "said"."""
    return example.rpartition(" said")[0].rpartition(". ")[2]


@pytest.mark.parametrize("row", read_rows("en", "pronouns.csv"), ids=lambda row: row["word"])
def test_pronouns_stand_for(row, linked):
    assert "{" + row["word"] + "}" in row["example"].lower()
    assert linked(row["example"])[0][-1] == row["speaker"]


@pytest.mark.parametrize("row", read_rows("en", "offices.csv"), ids=lambda row: row["noun"])
def test_offices_speak_for_a_body(row, linked):
    assert row["noun"] in row["example"].lower()
    office = row["example"].replace("Zeta", "[Zeta|ORG]")
    assert linked(f"{{{office}}} said so.")[2] == ["Zeta"]
    if not office.startswith("two"):
        assert linked(f"{{[Ana Ruiz|PER]}}, {office}, said so.")[2] == ["Zeta"]
    if row["gender"]:
        other = {"m": "She", "f": "He"}[row["gender"]]
        story = f"{{[Kim Tanner|PER]}}, {office}, said no. {{{other}}} said so."
        assert linked(story)[0] == ["Kim Tanner", None]


@pytest.mark.parametrize("row", read_rows("en", "bodies.csv"), ids=lambda row: row["noun"])
def test_bodies_are_called(row, linked):
    assert row["noun"] in row["example"].lower()
    example = row["example"].replace(row["name"], f"[{row['name']}|ORG]")
    assert linked(f"The mayor met {example}. {{The {row['noun']}}} said so.")[0] == [row["name"]]
    if row["any"] == "public":
        other = "Met Office" if row["noun"] != "office" else "Storm Centre"
        assert linked(f"The [{other}|ORG] grew. {{The local {row['noun']}}} said so.")[0] == [other]
    elif row["any"]:
        assert linked(f"[Eta|ORG] grew. {{The {row['noun']}}} said so.")[0] == ["Eta"]
    if row["business"] and row["any"] != "business":
        assert linked(f"The {row['noun']} [Eta|ORG] grew. {{The company}} said so.")[0] == ["Eta"]


@pytest.mark.parametrize(("word", "example"), examples(*AFFILIATION))
def test_words_tell_whom_somebody_speaks_for(word, example, linked):
    assert word in example.lower()
    assert linked(marked(example, subject(example) if "Ana" not in subject(example) else "Ana Ruiz"))[2][-1] == "Zeta"


@pytest.mark.parametrize(("word", "example"), examples("not_for", "of_state", "guests"))
def test_words_tell_that_somebody_does_not_speak_for_it(word, example, linked):
    assert word in example
    assert linked(marked(example, "Ana Ruiz"))[2] == [None]


@pytest.mark.parametrize(("word", "example"), examples("police", "of_police"))
def test_ranks_are_of_the_police_of_the_story(word, example, linked):
    assert f" {word}" in example.lower()
    story = example.replace("Zeta Police", "[Zeta Police|ORG]").replace("Ana Ruiz", "{[Ana Ruiz|PER]}")
    assert linked(story)[2] == ["Zeta Police"]
    assert linked(f"[Eta Police|ORG] left. {story}")[2] == [None]


@pytest.mark.parametrize(("word", "example"), examples("definite", "verb_endings"))
def test_words_lead_to_a_person_named_before(word, example, linked):
    speakers, _, _ = linked(marked(example, subject(example)))
    assert speakers[-1] in ("Ana Ruiz", "The mayor")
    assert word in example.lower()


@pytest.mark.parametrize(("word", "example"), examples("distinct", "joins"))
def test_words_keep_two_apart(word, example, linked):
    assert word in example
    assert linked(marked(example, subject(example)))[1] == [None]


@pytest.mark.parametrize(("word", "example"), examples("one", "many", "same", "joined_to"))
def test_phrases_are_of_one_or_several(word, example, linked):
    assert word in example.lower()
    first, second = subject(example.partition(". ")[0]), subject(example)
    assert linked(example.replace(first, f"{{{first}}}", 1).replace(f" {second} ", f" {{{second}}} "))[0] == [
        first,
        first,
    ]


@pytest.mark.parametrize(("word", "example"), examples("behind_names"))
def test_words_behind_a_name_are_still_the_body(word, example, linked):
    assert f" {word} " in example
    assert linked(f"{{{example.replace('Zeta', '[Zeta|ORG]').replace(' said so.', '')}}} said so.")[1] == ["org:zeta"]


@pytest.mark.parametrize(("word", "example"), examples("calls"))
def test_somebody_gives_a_name(word, example, linked):
    assert word in example
    assert linked(f"{{{example.replace('Ana Ruiz', '[Ana Ruiz|PER]')}}} said so.")[0] == ["Ana Ruiz"]


@pytest.mark.parametrize(("word", "example"), examples("either"))
def test_words_are_of_persons_and_bodies(word, example, linked):
    assert word in example
    assert linked(f"{{The {word}}}, [Zeta|ORG], said no. {{The {word}}} said so.")[0] == ["Zeta", "Zeta"]


@pytest.mark.parametrize(("word", "example"), examples("plural_verbs"))
def test_one_person_has_no_plural(word, example, linked):
    assert f" {word} " in example
    story = example.replace("Robin Paz", "[Robin Paz|PER]")
    assert linked(f"{story} {{It}} said so.")[0] == ["Robin Paz"]


@pytest.mark.parametrize(("word", "example"), examples("plural_endings"))
def test_names_of_peoples_may_be_of_several(word, example, linked):
    assert f"{word}|NORP]" in example
    assert linked(example)[0] != ["Ana Ruiz"]


@pytest.mark.parametrize(("word", "example"), examples("seated"))
def test_words_tell_where_a_body_sits(word, example, linked):
    assert f"-{word} " in example
    assert linked(example)[0] == ["Zeta"]


@pytest.mark.parametrize(("word", "example"), examples("unique"))
def test_words_may_mean_somebody_who_did_not_speak(word, example, linked):
    assert f"{{The {word}}}" in example
    assert linked(example)[0] == ["Kim Paz", f"The {word}"]
