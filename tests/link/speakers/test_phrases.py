"""Whom phrases mean: offices, kinds of bodies, short forms; as written when nobody or several are so called."""

import pytest

KNOWN = [
    ("Mayor [Ana Ruiz|PER] left. {The mayor} said so.", "Ana Ruiz"),
    ("{The mayor} said no. Mayor [Ana Ruiz|PER] left.", "Ana Ruiz"),
    ("The mayor of Goma, [Ana Ruiz|PER], left. [Rui Paz|PER] came. {The mayor} said so.", "Ana Ruiz"),
    ("[Ana Ruiz|PER], the mayor of [Goma|LOC], left. {The mayor} said so.", "Ana Ruiz"),
    ("[Ana Ruiz|PER], 51, head of [Zeta|ORG], left. {The head of [Zeta|ORG]} said so.", "Ana Ruiz"),
    ("Coach [Ana Ruiz|PER] left. {The coach} said so.", "Ana Ruiz"),
    ("Gov. [Ana Ruiz|PER] left. {The governor} said so.", "Ana Ruiz"),
    ("[Zeta|ORG] spokeswoman [Ana Ruiz|PER] left. {The spokeswoman} said so.", "Ana Ruiz"),
    ("Health Minister [Ana Ruiz|PER] met Trade Minister [Rui Paz|PER]. {The health minister} said so.", "Ana Ruiz"),
    ("A source in the army said no. {A source in the army} said no. {The source} said so.", "A source in the army"),
    ("{A resident of the town} said no. {The same source} said so.", "A resident of the town"),
    ("The [Ministry of Health|ORG] was shut. {The ministry} said so.", "Ministry of Health"),
    ("The charity [Zeta|ORG] left. {The charity} said so.", "Zeta"),
    ("[Zeta|ORG], a group of lawyers, left. {The group} said so.", "Zeta"),
    ("Pump maker [Zeta AB|ORG] fell. {The company} said so.", "Zeta AB"),
    ("[Zeta|ORG] has left [Goma|LOC]. {The organisation} said so.", "Zeta"),
    ("The union [Zeta|ORG] met the bank [Eta|ORG]. {The union} said so.", "Zeta"),
    ("The [Volcano Observatory of Goma|ORG] wrote. {The [Observatory|ORG]} said so.", "Volcano Observatory of Goma"),
    ("The [World Bread Council|ORG] ([WBC|ORG]) left. {[WBC|ORG]} said so.", "World Bread Council"),
    ("{The mayor, [Ana Ruiz|PER]}, said so.", "Ana Ruiz"),
    ("{Its head, Dr. [Ana Ruiz|PER]}, said so.", "Ana Ruiz"),
    ("{The writer and painter [Ana Ruiz|PER]} said so.", "Ana Ruiz"),
    ("{[Ana Ruiz|PER] MP} said so.", "Ana Ruiz"),
    ("{The bank [Zeta|ORG]} said so.", "Zeta"),
    ("{[Kenya|LOC]} said so.", "Kenya"),
    ("{[Zeta|ORG]'s [Ana Ruiz|PER]} said so.", "Ana Ruiz"),
    ("{A trader, who gave her name as [Ana Ruiz|PER]}, said so.", "Ana Ruiz"),
]
KNOWN += [
    ("{[Zeta|ORG]} said no. {The low-cost airline} said so.", "Zeta"),
    ("{[Corvo Bank|ORG]} said no. {The lender} said so.", "Corvo Bank"),
    ("{[Goma Police|ORG]} said no. {The force} said so.", "Goma Police"),
    ("{A person close to the talks} said no. {The source} said so.", "A person close to the talks"),
]
AS_WRITTEN = [
    "An airline fell. {[Zeta|ORG]} said no. {The airline} said so.",
    "{[Corvo Bank|ORG]} said no. {The airline} said so.",
    "{[Zeta|ORG]} said no. {The union} said so.",
    "Mayor [Ana Ruiz|PER] met Mayor [Rui Paz|PER]. {The mayor} said so.",
    "Prime Minister [Ana Ruiz|PER] left. {The minister} said so.",
    "The former mayor, [Ana Ruiz|PER], left. {The mayor} said so.",
    "Mayor [Ana Ruiz|PER] left. {A mayor} said so.",
    "Mayor [Ana Ruiz|PER] left. {The mayor of Beni} said so.",
    "Trade Minister [Rui Paz|PER] left. {The health minister} said so.",
    "The bank [Zeta|ORG] met the bank [Eta|ORG]. {The bank} said so.",
    "The [Ministry of Health|ORG] was shut. {The company} said so.",
    "{A resident} said no. {Another resident} said yes. {The resident} said so.",
    "{A spokesman for [Ana Ruiz|PER]} said so.",
    "{A colleague of [Ana Ruiz|PER]} said so.",
    "{[Ana Ruiz|PER]'s lawyer} said so.",
    "{Officials in [Goma|LOC]} said so.",
    "{[Ana Ruiz|PER] and [Rui Paz|PER]} said so.",
    "{[Kenya|LOC]'s government} said so.",
    "{Police and the [Zeta|ORG]} said so.",
    "He told the mayor so. {The ombudsman} said so.",
    "They told the mayor, [Ana Ruiz|PER] said. {The mayor} said so.",
]


@pytest.mark.parametrize(("story", "speaker"), KNOWN)
def test_the_last_speaker_is(story, speaker, linked):
    speakers, _, _ = linked(story)
    assert speakers[-1] == speaker


@pytest.mark.parametrize("story", AS_WRITTEN)
def test_the_last_speaker_stays_as_written(story, linked, story_of):
    _, statements, _ = story_of(story)
    speakers, ids, _ = linked(story)
    assert (speakers[-1], ids[-1]) == (statements[-1].speaker, None)
