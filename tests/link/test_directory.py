"""A name as a story writes it, and who bears it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.link.directory import Directory, Known, OwnEntity, entity_id_of, label_of, packaged_directory


def found(name: str, label: str | None = None, directory: Directory | None = None) -> list[str]:
    return [known.entity_id for known in (directory or packaged_directory()).lookup(name, label)]


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        # English, in several spellings
        ("Syrian Observatory for Human Rights", "org:syrian-observatory-for-human-rights"),
        ("the Syrian Observatory for Human Rights", "org:syrian-observatory-for-human-rights"),
        ("SOHR", "org:syrian-observatory-for-human-rights"),
        ("Hay'at Tahrir al-Sham", "org:hayat-tahrir-al-sham"),
        ("Hay’at Tahrir al-Sham", "org:hayat-tahrir-al-sham"),
        ("HAYAT TAHRIR AL-SHAM", "org:hayat-tahrir-al-sham"),
        ("HTS", "org:hayat-tahrir-al-sham"),
        ("Isis", "org:islamic-state"),
        ("ISIL", "org:islamic-state"),
        ("Daesh", "org:islamic-state"),
        ("al-Qaida", "org:al-qaeda"),
        ("AL-QAEDA", "org:al-qaeda"),
        ("al Qaeda", "org:al-qaeda"),
        ("Al-Jazeera", "org:al-jazeera"),
        ("Shabaab", "org:al-shabaab"),
        ("Hizbullah", "org:hezbollah"),
        ("Ansar Allah", "org:houthis"),
        ("W.H.O.", "org:world-health-organization"),
        ("US State Department", "org:united-states-department-of-state"),
        ("Medecins Sans Frontieres", "org:doctors-without-borders"),
        # French
        ("OSDH", "org:syrian-observatory-for-human-rights"),
        ("Observatoire syrien des droits de l'Homme", "org:syrian-observatory-for-human-rights"),
        ("OTAN", "org:nato"),
        ("Nations unies", "org:united-nations"),
        ("Forces de soutien rapide", "org:rapid-support-forces"),
        ("Médecins sans frontières", "org:doctors-without-borders"),
        # Spanish
        ("Observatorio Sirio de Derechos Humanos", "org:syrian-observatory-for-human-rights"),
        ("Médicos Sin Fronteras", "org:doctors-without-borders"),
        ("Fondo Monetario Internacional", "org:international-monetary-fund"),
        ("Estado Islámico", "org:islamic-state"),
        ("talibanes", "org:taliban"),
        # Arabic in Latin letters
        ("al-Marsad al-Suri li-Huquq al-Insan", "org:syrian-observatory-for-human-rights"),
        ("Jabhat al-Nusra", "org:al-nusra-front"),
        ("Harakat al-Muqawama al-Islamiya", "org:hamas"),
        ("Quwwat al-Daam al-Sari", "org:rapid-support-forces"),
        # people
        ("Zelensky", "per:volodymyr-zelenskyy"),
        ("Volodymyr Zelenskiy", "per:volodymyr-zelenskyy"),
        ("Poutine", "per:vladimir-putin"),
        ("Erdogan", "per:recep-tayyip-erdogan"),
        ("Bachar al-Assad", "per:bashar-al-assad"),
        ("Xi", "per:xi-jinping"),
        # laws
        ("UN Charter", "law:un-charter"),
    ],
)
def test_a_known_name_is_its_entity(name: str, entity_id: str) -> None:
    assert found(name) == [entity_id]


@pytest.mark.parametrize(
    "name",
    [
        *("who", "Who", "Us", "us", "is", "Is", "ap", "Ap", "isis", "un", "Un", "act", "ACT", "eu", "Eu"),
        *("Sana", "Sanaa", "sana", "Sana'a", "Wafa", "Efe", "Ria"),  # a girl, a city, first names
        *("XI", "xi", "XI."),  # eleven, and a football team
        *("Observatory", "the Observatory", "the ministry", "Fund", "Council", "Court", "Bank", "Department"),
        *("Trump", "Bush", "Clinton", "Kim", "Assad", "al-Assad", "Gandhi", "Bhutto", "Johnson", "May", "Khan"),
        *("apple", "shell", "Shell", "Ford", "Target", "Amazon", "Meta", "Time", "Independent", "Memorial"),
        *("Wagner", "Bloomberg", "Gavi", "Fitch", "Amnesty", "Douma", "Duma", "IS", "Dow Jones", "Gallup"),
        *("Labour Party", "Socialist Party", "National Assembly", "Supreme Court", "Red Cross", "Ministry of Defence"),
        *(
            "PLC",
            "GM",
            "RBI",
            "CCTV",
            "PDF",
            "DNR",
            "RSS",
            "KIA",
            "MoD",
            "HTC",
            "B.C.E.",
            "BLM",
        ),  # other things more often
        *("Hindu", "Economist", "Irrawaddy", "Liberation"),
        *("Haq", "Qaeda", "Manar", "Mayadeen", "Al Mayadeen", "Islah", "Jazeera", "Al-Jazira"),  # people and places
        *("DRC", "CPI", "STL", "BAD", "", " ", "...", "—", "the", "The", "al-", "Al"),
    ],
)
def test_a_word_a_family_and_a_general_term_are_nobody(name: str) -> None:
    assert found(name) == []


def test_a_label_chooses_among_kinds() -> None:
    assert found("Putin", "PER") == ["per:vladimir-putin"]
    assert found("Putin", "ORG") == []


def test_what_is_known_of_an_entity() -> None:
    (known,) = packaged_directory().lookup("SOHR")
    assert (known.name, known.label, known.country_code) == ("Syrian Observatory for Human Rights", "ORG", "GB")
    assert {"SOHR", "OSDH"} <= set(known.aliases)
    assert known.kind == "monitor"
    assert "Observatory" in known.short
    assert packaged_directory().by_id(known.entity_id) == known
    assert packaged_directory().by_id("org:nobody") is None


@pytest.mark.parametrize(
    ("name", "entity_ids"),
    [
        ("Bachar Al-Asad", ["per:bashar-al-assad"]),
        ("Bashir al-Assad", []),
        ("Hayet Tahrir al-Cham", ["org:hayat-tahrir-al-sham"]),
        ("Putin", []),  # a lone word is too little to go by
    ],
)
def test_another_transliteration_is_found_by_its_sound(name: str, entity_ids: list[str]) -> None:
    assert [known.entity_id for known in packaged_directory().lookup_loosely(name)] == entity_ids


OWN = (
    OwnEntity(
        "org:harbour-watch",
        "Harbour Watch",
        "ORG",
        ("HW", "Observatorio del Puerto", "harbour watchers"),
        "Q1",
        None,
        "PT",
        "monitor",
    ),
    OwnEntity("org:rapid-support-forces", "RSF"),
    OwnEntity("per:rami-abdulrahman", "Rami Abdulrahman", same_as="per:rami-abdel-rahman"),
    OwnEntity("org:al-nusra-front", "Nusra", same_as="org:hayat-tahrir-al-sham"),
    OwnEntity("geonames:170063", "Khan Cheikhoun", "LOC"),
    OwnEntity("per:ana-ruiz-striker", "Ana Ruiz", "PER", when=("goal", "penalty kick")),
    OwnEntity("per:ana-ruiz-minister", "Ana Ruiz", "PER", when=("minister", "cabinet")),
    OwnEntity("org:sana-museum", "SANA", "ORG", when=("exhibition",)),
)
OURS = packaged_directory().with_own(OWN)


def test_an_own_entity_is_found_like_any_other() -> None:
    assert found("harbour watch".title(), directory=OURS) == ["org:harbour-watch"]
    assert found("HW", directory=OURS) == ["org:harbour-watch"]
    assert (
        found("harbour watchers", directory=OURS) == found("Harbour Watchers", directory=OURS) == ["org:harbour-watch"]
    )
    assert found("hw", directory=OURS) == found("harbour watch", directory=OURS) == []
    known = OURS.by_id("org:harbour-watch")
    assert known is not None
    assert (known.wikidata_id, known.country_code, known.kind) == ("Q1", "PT", "monitor")


def test_an_own_row_wins_over_the_shipped_ones_and_keeps_their_names() -> None:
    assert found("RSF", directory=OURS) == ["org:rapid-support-forces"]
    assert found("Reporters Without Borders", directory=OURS) == ["org:reporters-without-borders"]
    assert found("Rapid Support Forces", directory=OURS) == ["org:rapid-support-forces"]
    known = OURS.by_id("org:rapid-support-forces")
    assert known is not None
    assert known.name == "Rapid Support Forces"
    assert len(found("RSF")) == 2, "the shipped directory stays as it was"


def test_the_user_may_claim_what_is_an_acronym_to_us() -> None:
    river = packaged_directory().with_own([OwnEntity("geonames:1", "Isis", "LOC")])
    assert found("Isis", directory=river) == ["geonames:1"]
    assert found("ISIS", directory=river) == ["org:islamic-state"]


def test_what_the_user_merged_goes_under_one_id() -> None:
    assert found("Rami Abdulrahman", directory=OURS) == ["per:rami-abdel-rahman"]
    assert OURS.canonical_id("per:rami-abdulrahman") == "per:rami-abdel-rahman"
    assert OURS.canonical_id("per:nobody") == "per:nobody"
    (person,) = OURS.lookup("Rami Abdulrahman")
    assert person.label == "PER"
    for name in ("Nusra", "Jabhat al-Nusra", "Al-Nusra Front", "HTS"):
        assert found(name, directory=OURS) == ["org:hayat-tahrir-al-sham"]
    known = OURS.by_id("org:al-nusra-front")
    assert known is not None
    assert (known.entity_id, known.name) == ("org:hayat-tahrir-al-sham", "Hayat Tahrir al-Sham")
    assert "Jabhat al-Nusra" in known.aliases


def test_a_place_may_be_merged_too() -> None:
    (place,) = OURS.lookup("Khan Cheikhoun", "LOC")
    assert (place.entity_id, place.geonames_id) == ("geonames:170063", 170063)


def test_chains_of_merges_end_at_their_end() -> None:
    rows = [OwnEntity("org:a", "Alpha", same_as="org:b"), OwnEntity("org:b", "Beta", same_as="org:c")]
    chained = packaged_directory().with_own(rows)
    assert found("Alpha", directory=chained) == found("Beta", directory=chained) == ["org:c"]


@pytest.mark.parametrize(
    ("text", "name", "entity_ids", "withheld"),
    [
        ("Ana Ruiz scored the only goal.", "Ana Ruiz", ["per:ana-ruiz-striker"], False),
        ("The cabinet heard Ana Ruiz.", "Ana Ruiz", ["per:ana-ruiz-minister"], False),
        ("Ana Ruiz missed the Penalty-Kick.", "Ana Ruiz", ["per:ana-ruiz-striker"], False),
        ("Ana Ruiz bought a boat.", "Ana Ruiz", [], True),
        ("The minister Ana Ruiz saw the goal.", "Ana Ruiz", [], True),
        ("Ana Ruiz met the goalkeeper.", "Ana Ruiz", [], True),
        ("The exhibition opens on Friday.", "SANA", ["org:sana-museum"], False),
        ("SANA said air defences had fired.", "SANA", ["org:sana"], False),
        ("The goal stood.", "Harbour Watch", ["org:harbour-watch"], False),
    ],
)
def test_a_split_name_means_what_the_words_of_the_story_say(
    text: str, name: str, entity_ids: list[str], withheld: bool
) -> None:
    story = OURS.for_story(text)
    assert found(name, directory=story) == entity_ids
    assert story.is_withheld(name) is withheld
    assert set(found("Ana Ruiz", directory=OURS)) == {"per:ana-ruiz-striker", "per:ana-ruiz-minister"}


def test_own_rows_may_come_in_any_order_and_none_change_nothing() -> None:
    assert packaged_directory().with_own([]) is packaged_directory()
    backwards = packaged_directory().with_own(OWN[::-1])
    assert {known.entity_id for known in backwards} == {known.entity_id for known in OURS}
    for name in ("RSF", "HW", "Nusra", "Rami Abdulrahman"):
        assert found(name, directory=backwards) == found(name, directory=OURS)


NAMES = st.text(max_size=40) | st.sampled_from(["WHO", "RSF", "Putin", "al-", "UN."])


@given(NAMES, st.sampled_from([None, "ORG", "PER", "LOC"]))
def test_no_name_raises_and_every_answer_fits(name: str, label: str | None) -> None:
    for known in (*OURS.lookup(name, label), *OURS.lookup_loosely(name, label)):
        assert isinstance(known, Known)
        assert label in (None, known.label)
        assert OURS.by_id(known.entity_id) == known


@given(st.sampled_from([known for known in packaged_directory() if known.label == "ORG"]), st.text(max_size=30))
def test_an_entity_given_an_alias_is_found_by_it(known: Known, alias: str) -> None:
    ours = packaged_directory().with_own([OwnEntity(known.entity_id, known.name, aliases=(f"Zq{alias}7",))])
    assert found(f"Zq{alias}7", directory=ours) == [known.entity_id]
    assert found(known.name, directory=ours) == [known.entity_id]


@given(st.text(max_size=40))
def test_an_id_tells_its_label(name: str) -> None:
    entity_id = entity_id_of("ORG", name)
    assert entity_id is None or label_of(entity_id) == "ORG"


SOME_IDS = st.sampled_from(["org:a", "org:b", "per:c", "org:hamas", "org:nato", "geonames:7"])
SOME_ROWS = st.lists(
    st.builds(
        OwnEntity,
        SOME_IDS,
        st.sampled_from(["Alpha", "Hamas", "NATO", "RSF"]),
        same_as=SOME_IDS | st.just(""),
        when=st.sampled_from([(), ("goal",), ("storm", "flood")]),
    ),
    max_size=6,
)


@given(SOME_ROWS, SOME_ROWS, st.sampled_from(["A goal.", "The storm, the flood and the goal.", "Nothing."]))
def test_whatever_the_user_decides_every_name_leads_to_an_entity(one: list, other: list, story: str) -> None:
    ours = packaged_directory().with_own(one).with_own(other)
    for name in ("Alpha", "Hamas", "NATO", "RSF", "OTAN", "Rapid Support Forces"):
        for known in (*ours.lookup(name), *ours.for_story(story).lookup(name)):
            assert ours.canonical_id(known.entity_id) == known.entity_id
            assert ours.by_id(known.entity_id) == known
