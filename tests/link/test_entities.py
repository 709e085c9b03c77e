from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, OwnEntity
from transforms.link.directory.merging import Entities
from transforms.link.entities import entity_rows, merge_entities
from transforms.link.names import link_names
from transforms.tables import ENTITIES, problems

FRIDAY, SATURDAY = date(2024, 11, 29), date(2024, 11, 30)


def mention(text: str, name: str | None = None, label: str = "LOC") -> Mention:
    if name is None:
        return Mention(0, len(text), text, label)
    number = sum(name.encode())
    return Mention(0, len(text), text, label, f"geonames:{number}", name, 1.0, 2.0, number, "SY", "city", score=0.9)


def test_one_row_for_each_entity_with_its_aliases_and_days() -> None:
    rows = entity_rows(
        [
            (SATURDAY, [mention("Alep", "Aleppo"), mention("Ana Ruiz", label="PER")]),
            (FRIDAY, [mention("ALEPPO", "Aleppo"), mention("Syrian", "Syria", "NORP")]),
        ]
    )
    assert problems(ENTITIES, rows) == []
    aleppo, syria = sorted(rows.to_pylist(), key=lambda row: row["name"])
    assert (aleppo["aliases"], aleppo["first_seen"], aleppo["last_seen"]) == (["ALEPPO", "Alep"], FRIDAY, SATURDAY)
    assert (syria["label"], syria["aliases"], syria["first_seen"]) == ("LOC", [], FRIDAY)


def test_no_mentions_give_an_empty_table() -> None:
    assert entity_rows([]).num_rows == 0
    assert merge_entities(None, entity_rows([])).schema.equals(ENTITIES.schema)


def test_a_row_has_what_the_directory_knows() -> None:
    own = OwnEntity("org:korrin-farm-programme", "Korrin Farm Programme", "ORG", wikidata_id="Q1", country_code="KE")
    directory = Directory(Entities({}, {})).with_own([own])
    text = "The Korrin Farm Programme met. The Programme paid Ana Ruiz. Ruiz left."
    spans = [(4, 25, "ORG"), (50, 58, "PER"), (60, 64, "PER")]
    linked = link_names(text, [Mention(start, end, text[start:end], label) for start, end, label in spans], directory)
    rows = entity_rows([(FRIDAY, linked)], directory)
    assert problems(ENTITIES, rows) == []
    programme, ruiz = rows.to_pylist()
    assert (programme["name"], programme["wikidata_id"], programme["country_code"]) == (own.name, "Q1", "KE")
    assert programme["aliases"] == ["Korrin Farm Programme"]  # "Programme" is no name of it
    assert (ruiz["entity_id"], ruiz["name"], ruiz["label"]) == ("per:ana-ruiz", "Ana Ruiz", "PER")
    assert ruiz["aliases"] == ["Ana Ruiz", "Ruiz"]


def test_countries_and_regions_have_wikidata_ids_and_towns_none() -> None:
    places = [
        Mention(0, 5, "Syria", "LOC", "geonames:163843", "Syria", country_code="SY", geonames_id=163843),
        Mention(9, 15, "Syrian", "NORP", "geonames:163843", "Syria", country_code="SY", geonames_id=163843),
        Mention(20, 25, "Texas", "LOC", "geonames:4736286", "Texas", country_code="US", geonames_id=4736286),
        Mention(30, 36, "Aleppo", "LOC", "geonames:170063", "Aleppo", country_code="SY", geonames_id=170063),
    ]
    rows = entity_rows([(FRIDAY, places)]).to_pylist()
    assert {row["name"]: row["wikidata_id"] for row in rows} == {"Syria": "Q858", "Texas": "Q1439", "Aleppo": None}


def test_the_fullest_name_of_all_stories_is_the_name() -> None:
    short, full = (
        Mention(0, len(name), name, "ORG", "org:kia-motors", name) for name in ("Kia Motors", "Kia Motors Corp")
    )
    assert entity_rows([(FRIDAY, [short]), (SATURDAY, [full])]).to_pylist()[0]["name"] == "Kia Motors Corp"


STORIES = st.lists(
    st.tuples(
        st.sampled_from([FRIDAY, SATURDAY]),
        st.lists(st.builds(mention, st.sampled_from(["Alep", "Hama", "X"]), st.sampled_from(["Aleppo", "Hama", None]))),
    ),
    max_size=4,
)


@given(STORIES, STORIES, STORIES)
def test_merging_is_idempotent_commutative_and_associative(one: list, other: list, third: list) -> None:
    a, b, c = entity_rows(one), entity_rows(other), entity_rows(third)
    assert merge_entities(a, a).equals(a)
    assert merge_entities(a, b).equals(merge_entities(b, a))
    assert merge_entities(merge_entities(a, b), c).equals(merge_entities(a, merge_entities(b, c)))
    assert merge_entities(a, b).equals(entity_rows([*one, *other]))
    assert isinstance(merge_entities(None, a), pa.Table)
