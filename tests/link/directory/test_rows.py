"""Every line of the shipped directory does what its example says, and no name belongs to two by accident."""

from collections import Counter, defaultdict

import pytest

from transforms.link.directory import Known, entity_id_of, packaged_directory
from transforms.link.directory.forms import key_of
from transforms.link.directory.packaged import Row, ambiguous_rows, forms_of, packaged_rows
from transforms.tables import LABELS

ROWS = list(packaged_rows())
BY_KIND: dict[str, list[Row]] = defaultdict(list)
for row in ROWS:
    BY_KIND[row["kind"]].append(row)


def ids(found: tuple[Known, ...]) -> list[str]:
    return [known.entity_id for known in found]


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_the_name_in_an_example_is_that_row_and_no_other(kind: str) -> None:
    wrong = []
    for row in BY_KIND[kind]:
        forms = sorted((form for form, _ in forms_of(row) if form in row["example"]), key=len, reverse=True)
        found = ids(packaged_directory().lookup(forms[0], row["label"])) if forms else []
        if found != [row["entity_id"]]:
            wrong.append((row["entity_id"], row["example"], found))
    assert wrong == []


def test_ids_are_unique_and_readable() -> None:
    counted = Counter(row["entity_id"] for row in ROWS)
    assert [entity_id for entity_id, count in counted.items() if count > 1] == []
    assert [row["entity_id"] for row in ROWS if not row["entity_id"].partition(":")[2].replace("-", "").isalnum()] == []
    assert {row["label"] for row in ROWS} <= set(LABELS)


def test_a_form_belongs_to_two_only_where_ambiguous_csv_says_so() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for form, is_acronym in forms_of(row):
            bearers[key_of(form, is_acronym)].add(row["entity_id"])
    shared = {key: found for key, found in bearers.items() if len(found) > 1}
    said = {key_of(row["form"]): set(row["entities"].split("|")) for row in ambiguous_rows()}
    assert shared == said


@pytest.mark.parametrize("row", ambiguous_rows(), ids=lambda row: row["form"])
def test_an_ambiguous_form_gives_all_that_bear_it_the_most_usual_first(row: Row) -> None:
    assert row["form"] in row["example"]
    assert ids(packaged_directory().lookup(row["form"])) == row["entities"].split("|")


def test_every_form_is_found_and_has_letters() -> None:
    lost = [
        (row["entity_id"], form)
        for row in ROWS
        for form, _ in forms_of(row)
        if row["entity_id"] not in ids(packaged_directory().lookup(form))
    ]
    assert lost == []


def test_a_short_word_is_no_name() -> None:
    """ "Observatory" refers to a body only after the story introduced it."""
    words = {word for row in ROWS for word in (row.get("short") or "").split("|") if word}
    assert {word: ids(packaged_directory().lookup(word)) for word in words if packaged_directory().lookup(word)} == {}


def test_wikidata_ids_are_well_formed_and_used_once() -> None:
    used = [row["wikidata_id"] for row in ROWS if row["wikidata_id"]]
    assert len(used) == len(set(used))
    assert [number for number in used if not (number[0] == "Q" and number[1:].isdigit())] == []


def test_a_person_has_the_id_that_an_unknown_full_name_would_get() -> None:
    people = [row for row in ROWS if row["label"] == "PER"]
    assert [row["name"] for row in people if row["entity_id"] != entity_id_of("PER", row["name"])] == []
    assert [row["name"] for row in people if row["alone"] not in ("yes", "no")] == []


def test_a_last_name_that_may_stand_alone_is_that_person_and_one_of_a_family_nobody() -> None:
    wrong = []
    for row in ROWS:
        if row["label"] == "PER":
            for name in filter(None, row["last_names"].split("|")):
                found = ids(packaged_directory().lookup(name, "PER"))
                if found != ([row["entity_id"]] if row["alone"] == "yes" else []):
                    wrong.append((name, found))
    assert wrong == []


def test_every_row_says_where_its_facts_come_from() -> None:
    assert {row["source"] for row in ROWS} == {"general knowledge"}
    assert [row["entity_id"] for row in ROWS if row["country"] and len(row["country"]) != 2] == []
