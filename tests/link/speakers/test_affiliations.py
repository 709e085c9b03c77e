"""Whom a speaker speaks for, wherever the story says so."""

import pytest

SPEAKS_FOR = [
    ("{[Ana Ruiz|PER]} of [Zeta|ORG] said so.", "Zeta"),
    ("{[Ana Ruiz|PER]} of the think tank [Zeta|ORG] said so.", "Zeta"),
    ("{[Ana Ruiz|PER]} at [Zeta|ORG] said so.", "Zeta"),
    ("{[Ana Ruiz|PER]} ([Zeta|ORG]) said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, head of [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, 43, the deputy head of the emergency unit at [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, [Zeta|ORG] head of finance and wealth, said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, head of trade and growth at [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, Director, [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, secretary of the [World Bread Council|ORG] ([WBC|ORG]), said so.", "World Bread Council"),
    ("{[Ana Ruiz|PER]}, who runs [Zeta|ORG]'s office in [Goma|LOC], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, who works for [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, [Zeta|ORG]'s director, said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, a [Zeta|ORG] spokeswoman, said so.", "Zeta"),
    ("[Zeta|ORG] spokeswoman {[Ana Ruiz|PER]} said so.", "Zeta"),
    ("[Zeta|ORG]'s chief executive {[Ana Ruiz|PER]} said so.", "Zeta"),
    ("[Zeta|ORG]'s {[Ana Ruiz|PER]} said so.", "Zeta"),
    ("[Zeta|ORG]'s director, General {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("The head of [Zeta|ORG], {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("In [Goma|LOC] the head of [Zeta|ORG], {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("[Zeta|ORG], led by [Ana Ruiz|PER], left. {[Ruiz|PER]} said so.", "Zeta"),
    ("{[Zeta|ORG]} said no. Its head, Dr. {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("The bakers' union [Zeta|ORG] was furious. The union's secretary, {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("Pump maker [Zeta|ORG] fell. Chief executive {[Ana Ruiz|PER]} said so.", "Zeta"),
    ("{[Ana Ruiz|PER]} said no. [Ruiz|PER] is the director of [Zeta|ORG].", "Zeta"),
    ("{[Ana Ruiz|PER]} of [Zeta|ORG] said no. {She} said so.", "Zeta"),
    ("[Ana Ruiz|PER], director of [Zeta|ORG], left. {The director} said so.", "Zeta"),
    ("{A spokesman for [Zeta|ORG]} said so.", "Zeta"),
    ("{A [Zeta|ORG] official} said so.", "Zeta"),
    ("{Two [Zeta|ORG] officials} said so.", "Zeta"),
    ("{A source in [Zeta|ORG]} said so.", "Zeta"),
    ("{[Zeta|ORG]} said no. {A spokeswoman} said so.", "Zeta"),
    ("{[Zeta|ORG]} said no. {Its spokeswoman} said so.", "Zeta"),
    ("{[Zeta|ORG]} said no. {The company's spokesman} said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, of [Zeta Watch|ORG], said so.", "Zeta Watch"),
    ("{[Ana Ruiz|PER]}, 43, from [ZETA|ORG], said so.", "ZETA"),
    ("{[Ana Ruiz|PER]}, who is the director of [Zeta|ORG], said so.", "Zeta"),
    ("{[Ana Ruiz|PER]}, a beekeeper at [Zeta|ORG] who was not there, said so.", "Zeta"),
    ("[Oslo University|ORG] grew. {[Ana Ruiz|PER]}, a beekeeper at the university, said so.", "Oslo University"),
    ("{[Zeta|ORG]} said no.\n\nSpokesperson {[Ana Ruiz|PER]} said so.", "Zeta"),
    ("The suit was brought by [Zeta|ORG]. Its lawyer, {[Ana Ruiz|PER]}, said so.", "Zeta"),
    ("[Zeta|ORG] fell. Chief executive {[Ana Ruiz|PER]} said so. The company makes pumps.", "Zeta"),
    ("The boss of [Zeta|ORG] was told to go.\n\n{[Ana Ruiz|PER]} said so.", "Zeta"),
    ("{The [Zeta|ORG] secretariat} said no. Its head, {[Ana Ruiz|PER]}, said so.", "Zeta"),
]
FOR_NOBODY = [
    "{[Ana Ruiz|PER]} told [Zeta|ORG] so.",
    "{[Ana Ruiz|PER]}, a nurse, [Zeta|ORG] and others said so.",
    "{[Ana Ruiz|PER]} of [Goma|LOC] and [Zeta|ORG] said so.",
    "{[Ana Maria Ruiz|PER]} ([AMR|ORG]) said so.",
    "{Family members of the [Zeta|ORG] founder} said so.",
    "{[Ana Ruiz|PER] and some [Zeta|ORG] members} said so.",
    "{A lawyer for [Zeta|ORG] director [Ana Ruiz|PER]} said so.",
    "{[Ana Ruiz|PER]} of [Goma|LOC] said so.",
    "{[Ana Ruiz|PER]}, a former director of [Zeta|ORG], said so.",
    "{[Zeta|ORG]}, the owner of [Eta|ORG], said so.",
    "{[Ana Ruiz|PER]}, who criticised [Zeta|ORG], said so.",
    "{[Ana Ruiz|PER]}, a critic of [Zeta|ORG], said so.",
    "{A victim of [Zeta|ORG]} said so.",
    "{[Ana Ruiz|PER]}, [Zeta|ORG] director [Rui Paz|PER] and others said so.",
    "[Zeta|ORG] fell. Chief executive {[Ana Ruiz|PER]} said so.",
    "[Zeta|ORG] fell. Mayor {[Ana Ruiz|PER]} said so.",
    "The mayor met the head of [Zeta|ORG], {[Ana Ruiz|PER]} said.",
    "{Officials in [Goma|LOC]} said so.",
    "[Goma|LOC] police chief {[Ana Ruiz|PER]} said so.",
    "[Zeta|ORG]'s rival, {[Ana Ruiz|PER]}, said so.",
    "{[Ana Ruiz|PER]}, a baker at [Zeta|ORG] market, said so.",
    "{[Ana Ruiz|PER]}, from [Zeta|ORG], said so.",
    "The boss of [Zeta|ORG] was told to go.\n\nMayor {[Ana Ruiz|PER]} said so.",
]


@pytest.mark.parametrize(("story", "body"), SPEAKS_FOR)
def test_speaks_for(story, body, linked):
    _, _, affiliations = linked(story)
    assert affiliations[-1] == body


@pytest.mark.parametrize("story", FOR_NOBODY)
def test_speaks_for_nobody(story, linked):
    _, _, affiliations = linked(story)
    assert affiliations[-1] is None


def test_what_is_told_late_holds_from_the_start(linked):
    _, _, affiliations = linked(
        "{[Ana Ruiz|PER]} said no.\n\n{[Rui Paz|PER]} said yes.\n\n{[Ruiz|PER]}, head of [Zeta|ORG], left."
    )
    assert affiliations == ["Zeta", None, "Zeta"]
