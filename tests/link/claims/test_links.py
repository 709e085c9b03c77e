"""Who made a claim and where it happened, from names and statements written by hand."""

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from transforms.find.claims import Claim, find_claims
from transforms.find.dates import find_dates
from transforms.find.mentions import Mention
from transforms.find.quantities import find_quantities
from transforms.find.sentences import find_sentences
from transforms.find.statements.statement import Statement
from transforms.link.claims import link_claims

PUBLISHED = date(2026, 3, 10)
LABELS = {
    "Kabul": "LOC",
    "Ghazni": "LOC",
    "Afghanistan": "LOC",
    "KABUL": "LOC",
    "Herat": "LOC",
    "Reuters": "ORG",
    "Rana Aziz": "PER",
    "Herat province": "LOC",
    "Afghan": "NORP",
    "Pakistan": "LOC",
    "Sanano": "PER",
}
KINDS = {"Afghanistan": ("country", "AF"), "Pakistan": ("country", "PK"), "Afghan": ("country", "AF")}
KINDS |= {
    "Kabul": ("city", "AF"),
    "Ghazni": ("city", "AF"),
    "Herat": ("city", "AF"),
    "Herat province": ("region", "AF"),
}


@dataclass
class Said:
    """A statement: its words, and its speaker."""

    words: str
    speaker: str | None


def mentions_of(text: str) -> list[Mention]:
    found = []
    for name, label in LABELS.items():
        kind, country = KINDS.get(name, (None, None))
        for match in re.finditer(rf"\b{name}\b", text):
            mention = Mention(*match.span(), name, label, f"id:{name.lower()}", name.title())
            unknown = {"entity_id": None, "name": None} if name == "Sanano" else {}
            found.append(replace(mention, place_kind=kind, country_code=country, **unknown))
    return sorted(found, key=lambda mention: mention.start)


def linked(text: str, *said: Said) -> list[Claim]:
    dates = find_dates(text, PUBLISHED, "en")
    quantities = find_quantities(text, language="en", taken=[(found.start, found.end) for found in dates])
    mentions = mentions_of(text)
    claims = find_claims(text, find_sentences(text, (), "en"), quantities, dates, mentions, PUBLISHED)
    statements = [
        Statement(
            start := text.index(each.words),
            start + len(each.words),
            each.words,
            speaker=each.speaker,
            speaker_entity_id=each.speaker and f"id:{each.speaker.lower()}",
        )
        for each in said
    ]
    return link_claims(text, claims, mentions, statements)


def test_the_source_is_the_speaker_of_the_statement_around_the_claim():
    text = "Nine people died and 40 were hurt, Rana Aziz said."
    nine, forty = linked(text, Said("Nine people died and 40 were hurt", "Rana Aziz"))
    assert (nine.source, nine.source_entity_id) == ("Rana Aziz", "id:rana aziz")
    assert forty.source == "Rana Aziz"


def test_the_innermost_statement_with_a_speaker_is_the_source():
    text = "The governor said Rana Aziz had told him that nine people died."
    whole = Said("Rana Aziz had told him that nine people died", "the governor")
    (claim,) = linked(text, whole, Said("nine people died", "Rana Aziz"))
    assert claim.source == "Rana Aziz"
    (claim,) = linked(text, whole, Said("nine people died", None))
    assert claim.source == "the governor"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A bomb killed nine people.", None),
        ("The mayor put the death toll at 40.", "The mayor"),
        ("Police confirmed 12 deaths.", "Police"),
        ("Local authorities have reported 12 deaths.", "Local authorities"),
        ("Rana Aziz put the number of dead at 31.", "Rana Aziz"),
        ("The district hospital on Monday confirmed at least 12 deaths.", "The district hospital"),
        ("The heat caused 12 deaths.", None),
        ("A storm claimed 12 lives.", None),
        ("Police arrested 30 people.", None),
    ],
)
def test_who_reports_a_count_is_its_source(text, source):
    (claim,) = linked(text)
    assert claim.source == source


def test_a_part_has_the_source_of_its_whole():
    text = "At least 17 people, five of them children, were killed, Rana Aziz said."
    whole, part = linked(text, Said("At least 17 people", "Rana Aziz"))
    assert (whole.source, part.source, part.part_of) == ("Rana Aziz", "Rana Aziz", whole.start)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A bomb killed nine people in Kabul.", ["Kabul"]),
        ("A bomb killed nine people near the eastern town of Ghazni.", ["Ghazni"]),
        ("In Kabul, nine people died.", ["Kabul"]),
        ("Nine people died when a bomb went off in Kabul.", ["Kabul"]),
        ("Nine people were killed in Ghazni, in the south-east of Afghanistan.", ["Ghazni"]),
        ("Nine people died in Afghanistan's Ghazni province.", ["Ghazni"]),
        ("Nine people were killed in Ghazni and 12 were wounded in Herat.", ["Ghazni", "Herat"]),
        ("Nine people were killed, officials said in Kabul.", [None]),
        ("A bomb went off in Kabul on Monday. Nine people were killed.", ["Kabul"]),
        ("KABUL (Reuters) - A bomb killed 9 people at a wedding.", ["Kabul"]),
        ("KABUL (Reuters) - A bomb killed 9 people in Ghazni.", ["Ghazni"]),
        ("A bomb went off in Kabul. Some 35,000 people have been killed since 2009.", [None]),
        ("A truck from Herat hit a bus in Ghazni, killing nine people.", ["Ghazni"]),
        ("Some 4,000 people fled from Ghazni.", ["Ghazni"]),
        ("The bomb went off in Kabul. Men shouted in Herat. Nine people were shot dead there.", ["Herat"]),
        ("Nine people died.", [None]),
        # the story has gone elsewhere, the sentence before tells where, or nobody was hurt yet
        (
            "A bomb killed four in Kabul. It rained.\n\nA raid in Herat failed.\n\nNine people were hurt.",
            ["Kabul", None],
        ),
        ("A bomb killed four in Kabul.\n\nA raid in Herat failed. Nine people were hurt.", ["Kabul", "Herat"]),
        ("A bomb exploded in Kabul.\n\nThe rebels threatened to kill ten hostages.", [None]),
        ("In Herat four people were hurt, and a woman died in Ghazni.", ["Herat", "Ghazni"]),
        ("Twelve people died of cholera in the capital, Kabul.", ["Kabul"]),
        ("A bomb killed nine people in Kabul.\n\nTwo of the dead were children.", ["Kabul", "Kabul"]),
    ],
)
def test_the_place_is_the_one_its_clause_names_or_the_one_of_the_story(text, places):
    found = linked(text)
    assert [claim.place for claim in found] == places
    assert [claim.place_entity_id for claim in found] == [place and f"id:{place.lower()}" for place in places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # the lead names no place, the next sentence does; or the lead only tells where it was written
        ("A bomb killed nine people. It went off near Ghazni on Monday.", ["Ghazni"]),
        ("Kabul - A bomb killed nine people.", ["Kabul"]),
        ("A bomb went off outside the Pakistan embassy in Kabul, killing nine people.", ["Kabul"]),
        # a small place that is taken for something else, and a region that only describes one
        ("A boat sank off Sanano, drowning nine people.", ["Sanano"]),
        ("Nine people died in the Sanano quarter.", ["Sanano"]),
        ("Nine people died in Sanano's words.", [None]),
        ("Nine people died in the Afghanistan district of Ghazni.", ["Ghazni"]),
        # "in Herat" tells where those are that it counts
        ("Some 90 people have died. In Herat, nine are in hospital.", [None, "Herat"]),
        # a country that only owns, and the town beside a wider place
        ("Kabul - A plane took off from Afghanistan's capital and crashed, killing nine people.", ["Kabul"]),
        ("A boat sank in Pakistan near Ghazni, drowning nine people.", ["Ghazni"]),
        (
            "A bomb killed four in Kabul. It was the worst attack in the country's history, killing nine more.",
            ["Kabul"] * 2,
        ),
        ("A bomb killed four in Kabul. In 2014, 31 people were killed in the same city.", ["Kabul", "Kabul"]),
        # where it struck, and where people come from
        ("Bombs hit a suburb of Ghazni, killing nine people.", ["Ghazni"]),
        (
            "A bomb went off in Kabul. Two men from Herat were killed.",
            [
                "Kabul",
            ],
        ),
        ("A bomb went off in Kabul. Some 900 people fled from Herat.", ["Herat"]),
        ("A ferry sank west of Herat. Nine people died.", ["Herat"]),
        ("Twelve people were rescued on the road to Ghazni.", ["Ghazni"]),
        ("Police in Kabul said nine people were killed.", ["Kabul"]),
        ("Gunmen stormed a school in Kabul, which a man from Ghazni had built.", []),
        # a hospital is no scene of the crime
        (
            "A bomb killed four in Kabul. Nine others were taken to hospital in Ghazni, and two men died.",
            ["Kabul", "Ghazni", "Kabul"],
        ),
        ("A slide hit Kabul. Crews rescued one man; he was flown to hospital in Ghazni.", ["Kabul"]),
        ("A raid on Herat failed.\n\nA bomb in Kabul, near Ghazni, went off. Nine men died there.", ["Kabul"]),
        # what is feared has happened there
        ("A slide buried a suburb of Kabul. Nine people are feared dead.", ["Kabul"]),
        ("A bomb killed four in Kabul. Since May, 900 people have died in the city.", ["Kabul", "Kabul"]),
        # a place that is only mentioned moves no story; counts told elsewhere do
        (
            "A bomb killed four in Kabul.\n\nIt was bought in Herat.\n\nIt rained.\n\nNine people were hurt.",
            ["Kabul", "Kabul"],
        ),
        (
            "A bomb killed four in Kabul.\n\nA raid in Herat killed two.\n\nIt rained.\n\nNine people were hurt.",
            ["Kabul", "Herat", None],
        ),
        # "the country" is the one the story is about
        ("A bomb killed four in Kabul, Afghanistan. Some 900 have died across the country.", ["Kabul", "Afghanistan"]),
        ("A bomb killed four Afghan guards in Kabul. Nationwide 900 have died.", ["Kabul", "Afghan"]),
        (
            "A bomb killed four in Kabul, Afghanistan. Pakistan condemned it. Some 900 have died in the country.",
            ["Kabul", "Afghanistan"],
        ),
        ("Flu spread in Herat province.\n\nSince May, 900 people have died in the province.", ["Herat Province"]),
        ("A bomb killed four in Kabul. Since May, 900 people have died in the province.", ["Kabul", None]),
    ],
)
def test_the_place_may_be_told_by_the_story_rather_than_the_sentence(text, places):
    assert [claim.place for claim in linked(text)] == places


def test_linking_keeps_every_claim_and_changes_nothing_else():
    text = "KABUL - At least 17 people, five of them children, were killed in Ghazni, the mayor said."
    before = find_claims(text, find_sentences(text, (), "en"), find_quantities(text), [], [])
    after = link_claims(text, before, mentions_of(text), [])
    bare = {"place": None, "place_entity_id": None, "source": None, "source_entity_id": None}
    assert [replace(claim, **bare) for claim in after] == before != []


def test_a_language_without_rules_has_the_sources_of_its_statements_only():
    text = "Nine people died in Kabul."
    claims = find_claims(text, find_sentences(text, (), "en"), find_quantities(text), [], [])
    statement = Statement(0, len(text), text, speaker="Rana Aziz")
    (claim,) = link_claims(text, claims, mentions_of(text), [statement], language="tlh")
    assert (claim.source, claim.place) == ("Rana Aziz", None)
