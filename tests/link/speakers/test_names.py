"""Names of all kinds as speakers: canonical forms, places that stand for governments, outlets that are only told."""

import pytest

SPEAKERS = [
    ("{President [Ana Ruiz|PER]} said so.", [("Ana Ruiz", "per:ana-ruiz")]),
    ("[Ana Ruiz|PER] left. {Mrs [Ruiz|PER]} said so.", [("Ana Ruiz", "per:ana-ruiz")]),
    ("{[Ruiz|PER]} said no. {[Ana Ruiz|PER]} said yes.", [("Ana Ruiz", "per:ana-ruiz")] * 2),
    ("{[Rachel Ruiz|PER] KC}, prosecuting, said so.", [("Rachel Ruiz", "per:rachel-ruiz")]),
    ("{Judge [Rachel Ruiz|PER] Paz} said so.", [("Rachel Ruiz", "per:rachel-ruiz")]),
    ("{The [Ana Ruiz|PER] Foundation} said so.", [("The Ana Ruiz Foundation", None)]),
    ("{The [Zeta|ORG]} said so.", [("Zeta", "org:zeta")]),
    ("{The [World Bread Council|ORG] ([WBC|ORG])} said so.", [("World Bread Council", "org:world-bread-council")]),
    ("{The prison service [Zeta|ORG]} said so. {It} said no.", [("Zeta", "org:zeta")] * 2),
    ("{The countess's lawyer [Ana Ruiz|PER]} said so.", [("Ana Ruiz", "per:ana-ruiz")]),
    ("{[Kenya|LOC]} said so. {It} said no.", [("Kenya", "geonames:Kenya")] * 2),
    ("{[Kenya|LOC] police} said so.", [("Kenya police", None)]),
    ("{[Palestinians|NORP]} said so. {They} said no.", [("Palestinians", None)] * 2),
    ("{A note from the bank [Zeta|ORG]} said so.", [("A note from the bank Zeta", None)]),
    ("{Nobody} said so.", [("Nobody", None)]),
    ("{One of them} said so.", [("One of them", None)]),
    ("{[Ana Ruiz|PER]} told [AFP|ORG] so. {[AFP|ORG]} said no.", [("Ana Ruiz", "per:ana-ruiz"), ("AFP", "org:afp")]),
    ("{[Ana Ruiz|PER]} told [AFP|ORG] so. {She} said no.", [("Ana Ruiz", "per:ana-ruiz")] * 2),
]


@pytest.mark.parametrize(("story", "expected"), SPEAKERS)
def test_the_speakers_are(story, expected, linked):
    speakers, ids, _ = linked(story)
    assert list(zip(speakers, ids, strict=True)) == expected


def test_an_outlet_that_is_told_is_nobodys_body(linked):
    assert linked("{[Ana Ruiz|PER]} of [Zeta|ORG] told [AFP|ORG] so. {She} told [AFP|ORG] no.")[2] == ["Zeta", "Zeta"]
    assert linked("{[Ana Ruiz|PER]} told [AFP|ORG] so. {A spokeswoman} said no.")[2] == [None, None]


def test_a_body_speaks_for_itself(linked):
    assert linked("{[Zeta|ORG]}, part of [Eta|ORG], said so. {It} said no.")[2] == [None, None]
