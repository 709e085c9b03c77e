from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.find.mentions import Mention
from transforms.link import link_places
from transforms.link.certainty import Evidence, certainty
from transforms.link.gazetteer import Gazetteer
from transforms.link.place import TOWN, Place

Read = Callable[..., list[Mention]]


def named(mentions: Sequence[Mention], text: str) -> list[Mention]:
    return [mention for mention in mentions if mention.text == text]


def where(mentions: Sequence[Mention], text: str) -> set[tuple[str, str | None, str | None]]:
    return {(mention.label, mention.country_code, mention.place_kind) for mention in named(mentions, text)}


TOWNS = [
    ("Rebels entered Aleppo on Friday, residents said.", "Aleppo", "SY"),
    ("Hama fell on Thursday.", "Hama", "SY"),
    ("Shelling was reported in Homs overnight.", "Homs", "SY"),
    ("Raqqa was quiet on Monday.", "Raqqa", "SY"),
    ("Protesters gathered in Daraa after prayers.", "Daraa", "SY"),
    ("Idlib has been hit again, rescue workers said.", "Idlib", "SY"),
    ("In Deir ez-Zor and Hasakah, the militia pulled back.", "Deir ez-Zor", "SY"),
    ("In Deir ez-Zor and Hasakah, the militia pulled back.", "Hasakah", "SY"),
    ("Kobani and Afrin are quiet.", "Afrin", "SY"),
    ("Palmyra was retaken by the army.", "Palmyra", "SY"),
    ("Damascus said nothing.", "Damascus", "SY"),
    ("Aid trucks reached Gaza on Sunday.", "Gaza", "PS"),
    ("Rafah and Khan Younis were shelled.", "Rafah", "PS"),
    ("Rafah and Khan Younis were shelled.", "Khan Younis", "PS"),
    ("Jenin and Nablus saw raids.", "Nablus", "PS"),
    ("BEIRUT (AP) — Lebanon's cabinet met on Monday.", "BEIRUT", "LB"),
    ("Mosul was freed. Tikrit and Fallujah too.", "Mosul", "IQ"),
    ("Mosul was freed. Tikrit and Fallujah too.", "Fallujah", "IQ"),
    ("Sanaa and Hodeidah were bombed.", "Sanaa", "YE"),
    ("Taiz was besieged. Marib held out.", "Taiz", "YE"),
    ("Taiz was besieged. Marib held out.", "Marib", "YE"),
    ("Kabul, Kandahar and Herat fell in a week.", "Kandahar", "AF"),
    ("Kabul, Kandahar and Herat fell in a week.", "Herat", "AF"),
    ("Peshawar was hit by a blast, and Quetta by another.", "Quetta", "PK"),
    ("Islamabad accused New Delhi of shelling in Kashmir.", "Islamabad", "PK"),
    ("Fighters advanced towards Goma.", "Goma", "CD"),
    ("Congolese troops left Bukavu.", "Bukavu", "CD"),
    ("Bangui was tense.", "Bangui", "CF"),
    ("Juba and Malakal were calm.", "Malakal", "SS"),
    ("KHARTOUM, Sudan — Shells hit Omdurman.", "Omdurman", "SD"),
    ("Aid reached El Fasher and Nyala in Darfur.", "El Fasher", "SD"),
    ("Aid reached El Fasher and Nyala in Darfur.", "Nyala", "SD"),
    ("Mekelle and Gondar were calm, Ethiopian officials said.", "Mekelle", "ET"),
    ("Mogadishu was shaken by a blast; Kismayo was calm.", "Kismayo", "SO"),
    ("A village near Maiduguri in Borno State was raided.", "Maiduguri", "NG"),
    ("Kidal changed hands in Mali.", "Kidal", "ML"),
    ("Ouagadougou denied it. Djibo was besieged.", "Djibo", "BF"),
    ("Maputo and Pemba were quiet.", "Pemba", "MZ"),
    ("Clashes erupted in Tripoli, Misrata and Sirte.", "Tripoli", "LY"),
    ("Clashes erupted in Tripoli, Misrata and Sirte.", "Misrata", "LY"),
    ("Floods cut the road between Derna and Benghazi.", "Benghazi", "LY"),
    ("Russian drones struck Kherson at dawn.", "Kherson", "UA"),
    ("Kharkiv and Odesa lost power.", "Kharkiv", "UA"),
    ("Bakhmut fell in May.", "Bakhmut", "UA"),
    ("Shells hit Donetsk and Luhansk.", "Luhansk", "UA"),
    ("Moscow accused Kyiv of lying.", "Kyiv", "UA"),
    ("Stepanakert was shelled by Azerbaijani forces.", "Stepanakert", "AZ"),
    ("Myitkyina fell to the rebels, and Sittwe was cut off.", "Sittwe", "MM"),
    ("Port-au-Prince was paralysed.", "Port-au-Prince", "HT"),
    ("Troops entered Hasakah before dawn and pulled out of Qamishli by noon.", "Qamishli", "SY"),
    ("Residents fled Manbij; others stayed in Jarabulus.", "Manbij", "SY"),
    ("ERBIL, Iraq — Rockets landed outside Kirkuk on Tuesday.", "ERBIL", "IQ"),
    ("ERBIL, Iraq — Rockets landed outside Kirkuk on Tuesday.", "Kirkuk", "IQ"),
    ("In Beni, health workers went on strike; Butembo stayed calm.", "Butembo", "CD"),
    ("Rebels took Goma and marched on Bukavu in eastern Congo.", "Goma", "CD"),
    ("The dam in Kakhovka broke; Kherson and Nova Kakhovka flooded.", "Kherson", "UA"),
    ("The dam in Kakhovka broke; Kherson and Nova Kakhovka flooded.", "Nova Kakhovka", "UA"),
    ("Drones hit Zaporizhzhia and the outskirts of Sumy.", "Sumy", "UA"),
    ("Floods washed away a bridge linking Sylhet with Dhaka.", "Sylhet", "BD"),
    ("Gunmen attacked a mosque outside Katsina.", "Katsina", "NG"),
    ("The trial of the former mayor of Tumaco opened in Cali.", "Tumaco", "CO"),
    ("The quake was felt in Antakya and as far away as Aleppo.", "Antakya", "TR"),
    ("Islamic State fighters once held Palmyra, Raqqa and Mosul.", "Raqqa", "SY"),
    ("A quake struck Gaziantep in southern Turkey on Monday.", "Gaziantep", "TR"),
    ("Tens of thousands fled from northern Gaza to Khan Younis.", "Gaza", "PS"),
    ("The mayor of Nice met survivors of the attack.", "Nice", "FR"),
    ("Bombay was renamed in 1995.", "Bombay", "IN"),
    ("He was born in Reading and moved to Slough.", "Reading", "GB"),
    ("A truck drove into a crowd in Nice.", "Nice", "FR"),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The probe flew past Saturn's moon Titan. Clouds on Titan are dense.", "Titan"),
        ("Friends use the nickname Paris, and Paris left.", "Paris"),
    ],
)
def test_what_the_story_calls_another_thing_has_no_place(read: Read, text: str, name: str) -> None:
    assert [m.geonames_id for m in named(read(text), name) if m.geonames_id] == []


@pytest.mark.parametrize(("text", "town", "country"), TOWNS)
def test_towns_of_the_news_are_places(read: Read, text: str, town: str, country: str) -> None:
    assert {(m.label, m.country_code) for m in named(read(text), town)} == {("LOC", country)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paris Hilton opened a shop in Milan.", "Paris"),
        ("Jordan Peterson spoke in Toronto.", "Jordan"),
        ("Denzel Washington won an award. Washington thanked his wife.", "Washington"),
        ("Chad Smith plays drums. Chad likes jazz.", "Chad"),
        ("Turkey is served with gravy in many homes.", "Turkey"),
        ("The turkey was dry, guests said.", "turkey"),
        ("Reading is good for children.", "Reading"),
        ("Nice try, said the coach.", "Nice"),
        ("Paris Hilton flew to Milan, where Paris opened a shop.", "Paris Hilton"),
        ("George Washington crossed the river. Washington was 44.", "Washington"),
        ("We roasted a turkey; Turkey was served with gravy.", "Turkey"),
        ("Reading was his first love.", "Reading"),
        ("Kyle Austin scored twice. Austin has never lost.", "Austin"),
        ("Read https://example.org/Kenya/floods for more.", "Kenya"),
        ("He may march in May or March.", "March"),
        ("The hat costs US$20 in the shop.", "US"),
    ],
)
def test_what_is_no_place_stays_none(read: Read, text: str, name: str) -> None:
    assert [m for m in named(read(text), name) if m.label == "LOC" or m.geonames_id] == []


@pytest.mark.parametrize(
    ("text", "name", "geonames_id"),
    [
        ("Georgia's parliament in Tbilisi passed the bill.", "Georgia", 614540),
        ("Voters in Georgia queued in Atlanta and Savannah.", "Georgia", 4197000),
        ("The governor of Georgia met the mayor of Savannah.", "Georgia", 4197000),
        ("Tbilisi and Moscow have no relations, but Georgia trades with Russia.", "Georgia", 614540),
        ("Lebanon, Pa. — A fire destroyed two barns.", "Lebanon", 5197517),
        ("Lebanon's army deployed in Tyre.", "Lebanon", 272103),
        ("Police in Hyderabad, Pakistan, closed the road to Karachi.", "Hyderabad", 1176734),
        ("Police in Hyderabad, Telangana, closed a road.", "Hyderabad", 1269843),
        ("Protesters in Tripoli, Lebanon, burned tyres.", "Tripoli", 266826),
        ("Protesters in Tripoli burned tyres, Libyan media said.", "Tripoli", 2210247),
        ("Burkina Faso's army said nothing.", "Burkina Faso", 2361809),
        ("He lives in Paris, Texas.", "Paris", 4717560),
        ("The ministers met in Paris, French officials said.", "Paris", 2988507),
        ("They met in London, Ontario, and flew to Toronto.", "London", 6058560),
        ("Police in Birmingham, Alabama, arrested two men.", "Birmingham", 4049979),
        ("Police in Birmingham and Coventry arrested two men.", "Birmingham", 2655603),
        ("Officials in Washington declined to comment.", "Washington", 4140963),
        ("The council in Charleston, S.C., met on Monday.", "S.C.", 4597040),
        ("The United States called for calm.", "United States", 6252001),
        ("Britain called for calm.", "Britain", 2635167),
        ("Fighting spread across Aleppo, officials said.", "Aleppo", 170063),
        ("Fighting spread across the province of Aleppo.", "Aleppo", 170062),
        ("Schools closed in the provinces of Homs, Hama and Idlib.", "Hama", 170015),
        ("Schools closed in the provinces of Homs, Hama and Idlib.", "Idlib", 169387),
        ("Syrian rescuers reached villages such as Khan Cheikhoun by night.", "Khan Cheikhoun", 168325),
    ],
)
def test_context_chooses_among_namesakes(read: Read, text: str, name: str, geonames_id: int) -> None:
    assert {m.geonames_id for m in named(read(text), name)} == {geonames_id}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Syrian army withdrew.", "Syrian", "SY"),
        ("Kurdish forces withdrew.", "Kurdish", None),
        ("The Congolese army withdrew.", "Congolese", "CD"),
        ("South Korean officials met.", "South Korean", "KR"),
    ],
)
def test_a_people_carries_its_country(read: Read, text: str, name: str, country: str | None) -> None:
    assert {(m.label, m.country_code) for m in named(read(text), name)} == {("NORP", country)}


def test_a_place_inside_an_organisation_is_a_mention_of_its_own(read: Read) -> None:
    found = read("The Kentucky State Police found the car in Lexington.")
    assert where(found, "Kentucky") == {("LOC", "US", "region")}
    assert [m.label for m in named(found, "Kentucky State Police")] == ["ORG"]


def test_a_name_has_one_sense_in_a_story(read: Read) -> None:
    text = "Shelling was reported in Homs overnight.\n\nHoms has been quiet for years.\n\nThe army left Homs in May."
    assert [m.country_code for m in named(read(text), "Homs")] == ["SY", "SY", "SY"]


def test_the_publishers_country_decides_when_the_story_does_not(read: Read) -> None:
    text = "Police in Perth arrested two men."
    assert {m.country_code for m in named(read(text, source_country="AU"), "Perth")} == {"AU"}
    assert {m.country_code for m in named(read(text, source_country="GB"), "Perth")} == {"GB"}


def test_a_doubtful_place_stays_open(read: Read) -> None:
    (springfield,) = named(read("A shop in Springfield closed."), "Springfield")
    assert springfield.label == "LOC"
    assert (springfield.score or 0.0) < 0.9


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Rain fell on Northern Kenya.", "Northern Kenya", "KE"),
        ("The drought has hit Southeastern Kenya hardest.", "Southeastern Kenya", "KE"),
        ("Wages rose in the Middle East.", "Middle East", None),
        ("Trade across the Pacific rose.", "Pacific", None),
        ("Staff of the UN left Kabul.", "UN", None),
    ],
)
def test_a_part_of_a_country_lies_in_it_and_an_area_of_the_earth_in_none(
    gazetteer: Gazetteer, text: str, name: str, country: str | None
) -> None:
    start = text.index(name)
    found = link_places(text, [Mention(start, start + len(name), name, "LOC", rule="model:GPE")], gazetteer)
    assert [m.country_code for m in found if m.start == start and m.text == name] == [country]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("A man called Hawke left.", "Hawke", "model:GPE"),
        ("A tale of Persia was read.", "Persia", "model:LOC"),
        ("They drank by the green city walls.", "green city", "model:GPE"),
    ],
)
def test_a_namesake_without_support_has_no_id(gazetteer: Gazetteer, text: str, name: str, rule: str) -> None:
    start = text.index(name)
    found = link_places(text, [Mention(start, start + len(name), name, "LOC", rule=rule)], gazetteer)
    assert [m.entity_id for m in found if m.text == name] == [None]


@pytest.mark.parametrize(
    ("text", "first", "second", "names"),
    [
        ("Israel Adesanya won in Auckland.", ("Israel", "LOC"), ("Adesanya", "PER"), {"Israel Adesanya"}),
        ("Farid Khalil left.", ("Farid", "PER"), ("Khalil", "PER"), {"Farid Khalil"}),
        ("In Israel Adesanya won.", ("Israel", "LOC"), ("Adesanya", "PER"), {"Israel", "Adesanya"}),
        ("Farid, Khalil left.", ("Farid", "PER"), ("Khalil", "PER"), {"Farid", "Khalil"}),
    ],
)
def test_a_name_cut_in_two_is_made_whole(
    gazetteer: Gazetteer, text: str, first: tuple[str, str], second: tuple[str, str], names: set[str]
) -> None:
    given = [
        Mention(text.index(name), text.index(name) + len(name), name, label, rule="model:X")
        for name, label in (first, second)
    ]
    assert {m.text for m in link_places(text, given, gazetteer)} - {"Auckland"} == names


@given(st.floats(0, 30), st.floats(0, 5), st.floats(0, 20), st.floats(0, 20), st.booleans(), st.integers(0, 10**7))
def test_certainty_is_a_probability_that_grows_with_the_evidence(
    margin: float, more: float, same_country: float, near: float, placed: bool, population: int
) -> None:
    place = Place(1, "Oxford", "GB", TOWN, 0, 0, 51.75, -1.25, population, "town", False)
    some = certainty(place, Evidence(margin, same_country, near, placed))
    assert 0.0 < some < 1.0
    assert some <= certainty(place, Evidence(margin + more, same_country, near, placed))
    assert some <= certainty(place, Evidence(margin, same_country + more, near, placed))
    assert some <= certainty(place, Evidence(margin, same_country, near, True))


def test_a_score_grows_with_what_speaks_for_the_place(read: Read) -> None:
    texts = (
        "A shop in Oxford closed.",
        "A shop in Oxford closed, police in Reading said.",
        "A shop in Oxford, England.",
    )
    alone, in_company, contained = (max(m.score or 0.0 for m in named(read(text), "Oxford")) for text in texts)
    assert alone < in_company < contained < 1.0


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("Sunni and Shiite leaders met Kurds.", "NORP", {"Sunni", "Shiite", "Kurds"}),
        ("Wang Lihua left the bank. Wang said nothing, and Wang's lawyer agreed.", "PER", {"Wang Lihua", "Wang"}),
    ],
)
def test_peoples_and_family_names(read: Read, text: str, label: str, found: set[str]) -> None:
    assert {m.text for m in read(text) if m.label == label} == found


def test_a_headline_in_capitals_inside_a_story_is_no_crowd_of_names(read: Read) -> None:
    text = (
        "SHELLS HIT OLD TOWN AS TALKS FAIL\n\nShells hit Homs on Friday as talks between both sides failed in Geneva."
    )
    assert {m.text for m in read(text) if m.label == "LOC"} >= {"Homs", "Geneva"}
    assert {m.text for m in read(text) if m.start < 34 and m.label == "LOC"} == set()


def test_a_pronoun_in_capitals_is_no_country(read: Read) -> None:
    assert read("THEY TOLD US THAT MOST OF US IN NICE AND READING WILL MARCH") == []
    assert {m.text for m in read("STORM SHUTS SCHOOLS IN NAIROBI, MINISTER TELLS US")} <= {"NAIROBI"}


@pytest.mark.parametrize("name", ["حلب", "Харьков", "北京", "A" * 10_000, "Bab " * 2_500, "٤٢", "İstanbul"])
def test_odd_names_pass_through(gazetteer: Gazetteer, name: str) -> None:
    text = f"Shells hit {name} and Aleppo."
    mentions = [Mention(11, 11 + len(name), name, "LOC", rule="model:GPE")]
    found = link_places(text, mentions, gazetteer)
    assert [m.text for m in found if m.start == 11] == [name]


def test_text_without_capitals_or_all_in_capitals_has_no_crowd_of_names(read: Read) -> None:
    text = "The minister said on Monday that the army had taken the town and that all roads were open."
    assert read(text.lower()) == []
    assert read(text.upper()) == []


STORY = (
    "Aleppo Paris Texas Syria Syrian U.S. S.C. the in near Mr Washington Georgia , . \n — and Hama police County "
    "(AP) Kentucky State Police 's ’s US$ Москва حلب 🙂 province of BEIRUT Turkey served"
)
WORDS = st.sampled_from(STORY.split(" "))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25), st.data())
def test_spans_quote_the_text_and_nothing_is_lost(gazetteer: Gazetteer, words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    given_mentions = []
    at = 0
    while at < len(text):
        start = data.draw(st.integers(at, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        label = data.draw(st.sampled_from(["PER", "ORG", "LOC", "NORP", "FAC"]))
        given_mentions.append(Mention(start, end, text[start:end], label, rule="model:X"))
        at = end
    found = link_places(text, given_mentions, gazetteer)
    assert all(text[m.start : m.end] == m.text for m in found)
    # What is a part of a longer name ("Israel" and "Adesanya") is found as the whole of it.
    kept = [m for m in given_mentions if m.text not in ("Turkey", "China", "Guinea")]
    assert all(any(one.start <= m.start and m.end <= one.end for one in found) for m in kept)
    assert len({(m.start, m.end, m.label) for m in found}) == len(found)
    assert all((m.geonames_id is None) == (m.entity_id is None) == (m.score is None) for m in found)
    assert found == link_places(text, given_mentions, gazetteer)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 30))
def test_moving_a_story_moves_its_spans(gazetteer: Gazetteer, lines: int) -> None:
    text = "Shells hit Aleppo and Hama. The Syrian army withdrew to Homs."
    mentions = [Mention(11, 17, "Aleppo", "LOC", rule="model:GPE"), Mention(22, 26, "Hama", "ORG", rule="model:ORG")]
    moved = [replace(m, start=m.start + lines, end=m.end + lines) for m in mentions]
    found = link_places(text, mentions, gazetteer)
    again = link_places("\n" * lines + text, moved, gazetteer)
    assert [replace(m, start=m.start + lines, end=m.end + lines) for m in found] == again
