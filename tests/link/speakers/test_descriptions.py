"""Whom phrases mean that say something else than the introduction did."""

import pytest

from transforms.link.speakers.words import read_rows

SPEAKERS = [
    ("[Ana Ruiz|PER], 61, left. [Eva Gil|PER], 34, came. {The 61-year-old} said so.", "Ana Ruiz"),
    ("[Ana Ruiz|PER] left. {The 61-year-old from [Goma|LOC]} said so.", "Ana Ruiz"),
    ("[Ana Ruiz|PER], 34, left. {The 61-year-old} said so.", "The 61-year-old"),
    ("[Zeta|ORG] sold striker [Ana Ruiz|PER], the club said. {The 22-year-old} said so.", "Ana Ruiz"),
    ("{Manager [Ana Ruiz|PER]} said no. {The former [Kenya|LOC] captain} said so.", "Ana Ruiz"),
    ("{Mr [Paz|PER]} said no. {The woman} said so.", "The woman"),
    ("{A miner who had left} said no. {The man} said so.", "A miner who had left"),
    ("{Ambassador [Ana Ruiz|PER]} said no. {The envoy} said so.", "Ana Ruiz"),
    ("{Colonel [Ana Ruiz|PER]} said no. {The prosecutor} said so.", "The prosecutor"),
    ("{The mayor, [Ana Ruiz|PER],} said no. {The ombudsman} said so.", "The ombudsman"),
    ("{A nurse, [Ana Ruiz|PER],} said no. {An officer} said so.", "An officer"),
    ("{Trade minister [Ana Ruiz|PER]} said no. {The health minister} said so.", "The health minister"),
    (
        "[Belgian|NORP] [Ana Ruiz|PER] won. {Coach [Mia Paz|PER]} said no. {The [Belgian|NORP]} said so.",
        "Ana Ruiz",
    ),
    ("[Ana Ruiz|PER] left. {The [Belgian|NORP]} said so.", "Ana Ruiz"),
    ("[Ana Ruiz|PER] left. {The [Belgians|NORP]} said so.", "Belgians"),
    ("Police held a [Briton|NORP]. {[Ana Ruiz|PER]} said no. {The [Briton|NORP]} said so.", "Briton"),
    ("{The [Dutch|NORP]} said so.", "Dutch"),
]
SPEAKERS += [
    ("[Zeta|ORG] grew. {The [Swedish|NORP] company} said so.", "Zeta"),
    ("[Zeta|ORG] grew. {The insurgent group} said so.", "The insurgent group"),
    ("The [Storm Department|ORG] grew. {The weather office} said so.", "Storm Department"),
    ("[Zeta|ORG] grew. {The weather office} said so.", "The weather office"),
    ("Its owner [Ruy Nobre|PER] fell. {The company} said so.", "Ruy Nobre"),
    ("{District Collector [Ana Ruiz|PER]} said no. {The [Collector|ORG]} said so.", "Ana Ruiz"),
    ("{District Collector [Ana Ruiz|PER]} said no. The {[Collector|ORG]} said so.", "Ana Ruiz"),
]
SPEAKERS += [
    ("{His barrister, [Rui Paz|PER],} said no. {[Eva Gil|PER]} said no. {The barrister} said so.", "Rui Paz"),
    ("{General counsel [Rui Paz|PER]} said no. {The singer's attorney} said so.", "The singer's attorney"),
    ("[Nikoline|ORG], who is 14, left. Rain fell, {she} said.", "Nikoline"),
    ("[Nikoline|ORG], 14, left. Rain fell, {she} said.", "Nikoline"),
    ("Its operator, [Tasman Seismic|PER], left. Rain fell, {it} said.", "Tasman Seismic"),
    ("A survey ship left. {[Zeta|ORG]} said no. Rain fell, {it} said.", "Zeta"),
    ("{[Rui Paz|PER]} said no. The lorry, according to {him}, had no lights.", "Rui Paz"),
]
SPEAKERS += [
    ("{[Ana Ruiz|PER]} said no. {The Goma-born immunologist} said so.", "Ana Ruiz"),
    ("{[Ana Ruiz|PER]} said no. {The 20-year-old debutant} said so.", "Ana Ruiz"),
    ("{Mission chief [Ana Ruiz|PER]} said no. {The [Kenyan|NORP] economist} said so.", "Ana Ruiz"),
    ("{Mission chief [Ana Ruiz|PER]} said no. {The [Kenyan|NORP] president} said so.", "The Kenyan president"),
    ("{[Ana Ruiz|PER]} said no. {The beekeeper} said so.", "Ana Ruiz"),
    ("{Coach [Ana Ruiz|PER]} said no. {The beekeeper} said so.", "Ana Ruiz"),
    ("{Coach [Ana Ruiz|PER]} said no. {The beekeeper} behind her said so.", "The beekeeper"),
    ("{[Rui Paz|PER]} said no.\n\nTo [Goma|LOC] the mayor sent [Tom Gil|PER]. Rain fell, {he} said.", "Rui Paz"),
    ("[Rui Paz|PER] and his partner [Xu Li|PER] were late. Rain fell, {it} said.", None),
    ("[Tom Wu|PER] left. [Wu|PER] are late. Rain fell, {it} said.", None),
    ("Friends of [Xu Li|PER] were late. Rain fell, {it} said.", None),
    ("[Tom Paz|PER] left. [Xu Li|PER] saw it and [Yi Wu|PER] were late. Rain fell, {it} said.", None),
    ("He told the court [Xu Li|PER] was late. Rain fell, {it} said.", None),
    ("{Col. [Ana Ruiz|PER]} said no. {The officer} said so.", "Ana Ruiz"),
    ("{[Ana Ruiz|PER]} said no. The {[Dane|PER]} said so.", "Ana Ruiz"),
    ("[Germany|LOC]'s [Ana Ruiz|PER] left. {[Rui Paz|PER]} said no. {The [Germany|LOC] minister} said so.", "Ana Ruiz"),
    ("{[Zeta|PER]} said no. The road is shut, {it} said.", "Zeta"),
    ("{[Zeta|PER]} said no. {The company} said so.", "Zeta"),
    ("{[Zeta|ORG]} said no. {[Xu|PER]} said no. {The company} said so.", "Zeta"),
    ("Her mother, a former [Athlete|PER], watched. Rain fell, {she} said.", "Her mother"),
    ("[Teacher|ORG] [Ana Ruiz|PER] left. {The [Teacher|ORG]} said so.", "Ana Ruiz"),
    ("They saw a beekeeper. {[Ana Ruiz|PER]} said no. {The beekeeper} said so.", "The beekeeper"),
    ("Captain [Ana Ruiz|PER], the deputy head, left. {The captain} said so.", "Ana Ruiz"),
    ("{[Ranger Ana Ruiz|PER]} said no. It rained. {The ranger} said so.", "Ranger Ana Ruiz"),
    ("The ship is owned by [Zeta|ORG] of [Goma|LOC]. {The company} said so.", "Zeta"),
    ("The ship was sold by [Zeta|ORG] to [Eta|ORG]. {The company} said so.", "The company"),
    (
        "The prize went to [Rui Paz|PER] and [Judith Bierhoff|ORG]. It was late, {[Bierhoff|ORG]} said.",
        "Judith Bierhoff",
    ),
    ("{[Rui Paz|PER]} said no.\n\nIt was too little for [Tom Gil|PER]. Rain fell, {he} said.", "Tom Gil"),
]
SPEAKERS += [
    ("{A baker} said so.\n\n[Ana Ruiz|PER], 61, left.", "Ana Ruiz"),
    ("{A woman} said so.\n\n[Peter Paz|PER], 61, left.", "A woman"),
    ("{A baker} said so.\n\n[Eva Gil|PER] left. [Ana Ruiz|PER], 61, left.", "A baker"),
    ("{A judge} said so.\n\nJudge [Ana Ruiz|PER] left.", "Ana Ruiz"),
    ("{A judge} said so.\n\nJudge [Ana Ruiz|PER] left. Judge [Eva Gil|PER] left.", "A judge"),
    ("[GOMA|LOC] ([Zeta|ORG]) - Shares of [Eta|ORG] fell.\n\n{The company} said so.", "Eta"),
    ("[Ana Ruiz|PER] left. {The [Oregon|LOC] [Democrat|NORP]} said so.", "Ana Ruiz"),
]
SPEAKERS += [
    ("[Rui Paz|PER] left. Asked by [Tom Gil|PER] about it, {he} said so.", "Rui Paz"),
    ("[Ana Ruiz|PER] left. The {[Goma MP|ORG]} said so.", "Ana Ruiz"),
    ("[SAO|ORG] PAULO ([Zeta|ORG]) - [Eta|ORG] fell.\n\n{The company} said so.", "Eta"),
]
NAMED_BEHIND = [
    ("{the prefect}, [Rui Paz|PER], said so.", "Rui Paz"),
    ("It rains, said {the head of the Viedma hospital}, [Zita Xo|ORG].", "Zita Xo"),
    ("It rains, said {the head of the hospital}, [Zeta|ORG].", "the head of the hospital"),
    ("{The state buyer, [GASC|ORG],} said so.", "GASC"),
    ("{The international federation, FIDE,} said so.", "FIDE"),
    ("{The owner}, state-controlled [Zeta|ORG], said so.", "Zeta"),
    ("{[Paz|PER]'s attorney}, [Ana Ruiz|ORG], said so.", "Ana Ruiz"),
    ("{His sister}, Alicja, said so.", "Alicja"),
    ("It fell, according to {the chamber}, CIARA-Norte.", "CIARA-Norte"),
    ("It fell, its owner {[Zeta|PRODUCT]} said. {The company} said so.", "Zeta"),
    ("{The company} said no. [Zeta|PRODUCT] left [Zeta|ORG]. {[Zeta|PRODUCT]} said so.", "Zeta"),
    ("According to {the company}, [Zeta|ORG], a rival, was hit.", "the company"),
    ("{A lawyer}, [Zeta|ORG] and others said so.", "A lawyer"),
    ("{The minister}, in [Goma|LOC], said so.", "The minister"),
]
NAMED_LATE = [
    ('{The minister} said no.\n\n"I slept badly," {[Ana Ruiz|PER]} said.', ["Ana Ruiz"] * 2),
    ('{His lawyer} said no. "He sleeps," {[Ana Ruiz|PER]} said. {The lawyer} said so.', ["Ana Ruiz"] * 3),
    ('{A mayor} said no. "I slept badly," {[Ana Ruiz|PER]} said.', ["Ana Ruiz"] * 2),
    ('It rained. {A mayor} said no. "I slept badly," {[Ana Ruiz|PER]} said.', ["A mayor", "Ana Ruiz"]),
    ('{The minister} said no. "I slept badly," said {[Ana Ruiz|PER]}, who sells fish.', ["The minister", "Ana Ruiz"]),
    ('{The minister} said no. "I slept badly," said {[Ana Ruiz|PER]} of [Zeta|ORG].', ["The minister", "Ana Ruiz"]),
    ("{The minister} said no. {Nurse [Ana Ruiz|PER]} said yes.", ["The minister", "Ana Ruiz"]),
    ("[Ana Ruiz|PER] left. {The minister} said no. {[Ana Ruiz|PER]} said yes.", ["The minister", "Ana Ruiz"]),
    ("{Mayor [Rui Paz|PER]} said no. {The mayor} said no. {[Ana Ruiz|PER]} said so.", ["Rui Paz"] * 2 + ["Ana Ruiz"]),
    ("{A spokesman} said no. {[Ana Ruiz|PER]} said yes.", ["A spokesman", "Ana Ruiz"]),
    ("{His brother} said no. {[Ana Ruiz|PER]} said yes.", ["His brother", "Ana Ruiz"]),
]


@pytest.mark.parametrize(("story", "speaker"), SPEAKERS + NAMED_BEHIND)
def test_the_last_speaker_is(story, speaker, linked):
    speakers, _, _ = linked(story)
    assert speakers[-1] == speaker


@pytest.mark.parametrize(("story", "expected"), NAMED_LATE)
def test_a_name_may_follow_the_first_words(story, expected, linked):
    speakers, _, _ = linked(story)
    assert speakers == expected


@pytest.mark.parametrize("row", read_rows("en", "descriptions.csv"), ids=lambda row: row["noun"])
def test_nouns_describe_who_was_introduced(row, linked):
    story = row["example"].replace("Ana Ruiz", "[Ana Ruiz|PER]").replace("Rui Paz", "[Rui Paz|PER]")
    name = "Ana Ruiz" if "Ana Ruiz" in story else "Rui Paz"
    assert linked(f"{story} {{The {row['noun']}}} said so.")[0] == [name]
    assert linked(f"{story} {{A {row['noun']}}} said so.")[0] != [name]
