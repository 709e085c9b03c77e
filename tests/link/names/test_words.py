"""Every line of the word files has an example, which must come out as the line says."""

import re

import pytest

from transforms.find.mentions import Mention
from transforms.link.directory import packaged_directory
from transforms.link.folding import fold_name
from transforms.link.names import link_names, words
from transforms.link.names.acronyms import find_acronyms
from transforms.link.names.body_name import body_name
from transforms.link.names.context import Context
from transforms.link.names.laws import find_laws, law_rules
from transforms.link.names.person_name import gender_of, may_be_same, person_name, titles_before
from transforms.link.names.short_names import is_company, is_national, may_stand_for, short_names

ROWS = words.read_rows


@pytest.mark.parametrize("row", ROWS("titles.csv"), ids=lambda row: row["title"])
def test_titles_are_not_part_of_the_name(row: dict[str, str]) -> None:
    title = re.sub(r"[.]", "", row["title"]).lower()
    assert title in words.titles()
    assert row["example"].replace(".", "").lower().startswith(title)
    # "Don Felipe" may be a name of two words; as a title it stands before a text's mention.
    text, name = f"Then {row['example']} left.", row["name"]
    assert name in text
    if row["kind"] != "unsure":
        assert person_name(row["example"]).written == name
    if row["gender"]:
        assert gender_of(person_name(f"{row['title']} Robin Tanner")) == row["gender"]


@pytest.mark.parametrize("row", ROWS("nouns_as_names.csv"), ids=lambda row: row["noun"])
def test_nouns_that_are_names_stay_in_the_name(row: dict[str, str]) -> None:
    assert row["name"].lower().startswith(row["noun"])
    assert person_name(row["name"]).written == row["name"]
    assert person_name(f"Novelist {row['name']}").written == row["name"]


@pytest.mark.parametrize("row", ROWS("kin.csv"), ids=lambda row: row["word"])
def test_words_of_kin_tell_the_gender(row: dict[str, str]) -> None:
    start = row["example"].index(row["name"])
    assert {title.gender for title in titles_before(row["example"], start)} == {row["gender"]}


@pytest.mark.parametrize("row", ROWS("country_joints.csv"), ids=lambda row: row["example"])
def test_countries_stand_about_a_body(row: dict[str, str]) -> None:
    text, country = row["example"], row["country"]
    at = text.index(country)
    place = Mention(
        at, at + len(country), country, "LOC", "geonames:1", country, country_code="SY", place_kind="country"
    )
    body = (
        (text.index("Supreme"), text.index("Supreme") + 13) if "Supreme" in text else (text.index("Health"), len(text))
    )
    context = Context(text, [place], packaged_directory())
    find = context.country_at if row["position"] in {"before", "after"} else context.country_about
    assert find(*body) == place


@pytest.mark.parametrize("row", ROWS("bodies_of_countries.csv"), ids=lambda row: row["example"])
def test_bodies_are_named_with_their_country(row: dict[str, str]) -> None:
    assert row["country"] in {"name", "demonym"}
    country = row["example"].replace(row["body"], "").replace(" of ", "").strip()
    assert row["template"].format(country=country, body=row["body"]) == row["example"]


@pytest.mark.parametrize("row", ROWS("suffixes.csv"), ids=lambda row: row["suffix"])
def test_suffixes_are_not_part_of_the_name(row: dict[str, str]) -> None:
    with_suffix, without = person_name(row["example"]), person_name(row["name"])
    assert with_suffix.words == without.words
    assert may_be_same(with_suffix, without) == (row["distinct"] == "no")


@pytest.mark.parametrize("row", ROWS("particles.csv"), ids=lambda row: row["particle"])
def test_particles_do_not_count(row: dict[str, str]) -> None:
    name = person_name(row["example"])
    assert name.is_full == (row["full"] == "yes")
    assert " ".join(name.words).endswith(row["last"])


@pytest.mark.parametrize("row", ROWS("family_first.csv"), ids=lambda row: row["name"])
def test_family_names_that_stand_first_call_a_person(row: dict[str, str]) -> None:
    text = f"{row['example']} spoke. {row['name']} left."
    spans = [(0, len(row["example"])), (text.rindex(row["name"]), text.rindex(" left"))]
    mentions = [Mention(start, end, text[start:end], "PER", rule="x") for start, end in spans]
    first, second = [each.entity_id for each in link_names(text, mentions, packaged_directory())]
    assert first == second is not None


@pytest.mark.parametrize("row", ROWS("nicknames.csv"), ids=lambda row: f"{row['short']}-{row['full']}")
def test_nicknames_are_of_one_person(row: dict[str, str]) -> None:
    assert may_be_same(person_name(f"{row['short']} Tanner"), person_name(f"{row['full']} Tanner"))


@pytest.mark.parametrize("row", ROWS("given_names.csv"), ids=lambda row: row["name"])
def test_given_names_tell_the_gender(row: dict[str, str]) -> None:
    assert gender_of(person_name(f"{row['name']} Tanner")) == row["gender"]


@pytest.mark.parametrize("row", ROWS("company_forms.csv"), ids=lambda row: row["form"])
def test_company_forms_are_not_compared(row: dict[str, str]) -> None:
    assert fold_name(row["form"]) in fold_name(row["example"])
    assert body_name(row["example"]).words == body_name(row["name"]).words
    assert body_name(row["example"]).is_company


@pytest.mark.parametrize("row", ROWS("branches.csv"), ids=lambda row: row["word"])
def test_branches_are_other_companies(row: dict[str, str]) -> None:
    assert row["word"] in row["example"]
    assert body_name(row["parent"]).words not in short_names(body_name(row["example"]))


@pytest.mark.parametrize("row", ROWS("sectors.csv"), ids=lambda row: row["word"])
def test_last_words_of_companies_are_left_out(row: dict[str, str]) -> None:
    name = body_name(row["example"])
    assert is_company(name)
    assert body_name(row["short"]).words in short_names(name)


@pytest.mark.parametrize("row", ROWS("common_words.csv"), ids=lambda row: row["word"])
def test_common_words_call_no_company(row: dict[str, str]) -> None:
    assert body_name(row["word"]).words not in short_names(body_name(row["example"]))


@pytest.mark.parametrize("row", ROWS("company_context.csv"), ids=lambda row: row["word"])
def test_words_after_a_company_make_a_place_one(row: dict[str, str]) -> None:
    text = f"{row['example']} Lorain Works Inc is old."
    at, full = text.index("Lorain"), text.rindex("Lorain")
    mentions = [
        Mention(at, at + 6, "Lorain", "LOC", "geonames:1", "Lorain", country_code="US"),
        Mention(full, full + 16, "Lorain Works Inc", "ORG"),
    ]
    assert {each.entity_id for each in link_names(text, mentions, packaged_directory())} == {"org:lorain-works"}


@pytest.mark.parametrize("row", ROWS("heads.csv"), ids=lambda row: row["noun"])
def test_head_nouns_end_or_begin_a_name(row: dict[str, str]) -> None:
    head = body_name(row["example"]).head
    assert head is not None
    assert body_name(head.noun).words == body_name(row["noun"]).words  # "Center" is "Centre"
    assert head.label == row["label"]
    assert {row[column] for column in ("small", "turns")} <= {"yes", "no"}
    assert row["national"] in {"always", "alone", "yes", "no"}


@pytest.mark.parametrize("row", ROWS("national_words.csv"), ids=lambda row: row["word"])
def test_national_words_make_names_that_every_country_has(row: dict[str, str]) -> None:
    assert fold_name(row["word"]) in fold_name(row["example"]).split()


def test_names_of_national_words_are_national() -> None:
    national = {row["example"]: is_national(body_name(row["example"])) for row in ROWS("national_words.csv")}
    assert [name for name, is_one in national.items() if not is_one] == []
    assert not is_national(body_name("European Parliament"))


@pytest.mark.parametrize("row", ROWS("same_words.csv"), ids=lambda row: row["word"])
def test_words_that_mean_the_same_are_compared_as_one(row: dict[str, str]) -> None:
    name = body_name(row["example"]).words
    assert row["means"] in " ".join(name)
    assert row["word"] not in " ".join(name)


@pytest.mark.parametrize("row", ROWS("small_words.csv"), ids=lambda row: row["word"])
def test_small_words_stand_inside_names(row: dict[str, str]) -> None:
    assert f" {row['word']}" in row["example"]


@pytest.mark.parametrize("row", ROWS("introductions.csv"), ids=lambda row: row["rule"])
def test_introductions_tell_what_an_acronym_means(row: dict[str, str]) -> None:
    at = row["example"].index(row["long"])
    long = Mention(at, at + len(row["long"]), row["long"], "ORG")
    found, meanings = find_acronyms(Context(row["example"], [long], packaged_directory()), [long])
    assert meanings == {row["short"]: row["long"]}
    assert [each.text for each in found] == [row["long"], row["short"]]


LAWS = [(name, example) for name, _, rule in law_rules() for example in rule["finds"]]


@pytest.mark.parametrize(("name", "example"), LAWS, ids=[example["span"] for _, example in LAWS])
def test_laws_are_found(name: str, example: dict[str, str]) -> None:
    found = find_laws(example["text"], [])
    assert [(law.text, law.label, law.rule) for law in found] == [(example["span"], "LAW", f"law:{name}")]


@pytest.mark.parametrize("text", [text for _, _, rule in law_rules() for text in rule["ignores"]])
def test_what_is_no_law_is_not_found(text: str) -> None:
    assert find_laws(text, []) == []


@pytest.mark.parametrize("row", ROWS("not_people.csv"), ids=lambda row: row["word"])
def test_words_that_are_no_last_names_are_not_added(row: dict[str, str]) -> None:
    assert row["word"].lower() in row["example"].lower()
    full = f"Ana {row['word']}"
    text = f"{full} left. {row['example']}"
    found = link_names(text, [Mention(0, len(full), full, "PER")], packaged_directory())
    assert [each.text for each in found if each.label == "PER"] == [full]


def test_letters_of_an_acronym_come_in_order() -> None:
    assert may_stand_for("HTS", "Hayat Tahrir al-Sham")
    assert not may_stand_for("STH", "Hayat Tahrir al-Sham")
