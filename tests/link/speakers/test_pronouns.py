"""Whom "he", "she", "it" and "they" mean; None when two may be meant."""

import pytest

NOBODY = None

RIGHT_ONE = [
    ("{[Ana Ruiz|PER]} said no. {She} said so.", "Ana Ruiz"),
    ("{[Rui Paz|PER]} said no.\n\nThe road is shut, {he} said.", "Rui Paz"),
    ("{[Rui Paz|PER]} said no.\n\n{He}'d warned that the road was shut.", "Rui Paz"),
    ('"We are tired," said {[Ana Ruiz|PER]}. "We have no water."\n\nTwo wells were dry, {she} said.', "Ana Ruiz"),
    ("The fire was out, {[Ana Ruiz|PER]} said. {[Ruiz|PER]} left. Rain helped, {she} said.", "Ana Ruiz"),
    ("[Ana Ruiz|PER] visited [Goma|LOC] on Monday. In a speech {she} said so.", "Ana Ruiz"),
    ("{[Rui Paz|PER]} said no.\n\nCoach [Ana Ruiz|PER] lost a bet. The cup, {she} said, was hers.", "Ana Ruiz"),
    ("{[Eva Gil|PER]} said no.\n\nCoach [Robin Ruiz|PER] lost a bet. The cup, {she} said, was hers.", "Robin Ruiz"),
    ("[Ana Ruiz|PER] met [Rui Paz|PER] on Monday. {She} said so.", "Ana Ruiz"),
    ("Mr [Ruiz|PER] met [Anna Paz|PER] on Monday. {She} said so.", "Anna Paz"),
    ("{[Ana Ruiz|PER]} said that [John Paz|PER] had fled. {He} denied it.", "John Paz"),
    ("Police arrested [Mary Ruiz|PER] on Monday. {She} denies it.", "Mary Ruiz"),
    ("When [Ana Ruiz|PER] reached [Goma|LOC], {she} said the toll would rise.", "Ana Ruiz"),
    ("{A mother} said no. {She} wept and said so.", "A mother"),
    ("The health minister disputed the figures. Old age had killed them, {he} said.", "The health minister"),
    ("{One commuter} said no. {He} said so.", "One commuter"),
    ("{[Ana Ruiz|PER]}, a nurse, told [Reuters|ORG] so. {She} said no.", "Ana Ruiz"),
    ("Mrs [Robin Ruiz|PER] left. {[Ruiz|PER]} said no. {[Tom Paz|PER]} said yes. But {she} said so.", "Robin Ruiz"),
    (
        "{[Kim Ruiz|PER]} said no. Coach [Robin Paz|PER] lost a bet and her temper. The road, {he} said, is shut.",
        "Kim Ruiz",
    ),
    ("Mr [Ruiz|PER] hid a car from [Kim Paz|PER], a father of two. {She} said so.", NOBODY),
    ("{[Anna-Luca Paz|PER]} said no. {He} said so.", "Anna-Luca Paz"),
    ("{[Ana Ruiz|PER]} said no.\n\nRain fell.\n\nThe road is shut.\n\n{She} said so.", "Ana Ruiz"),
    ("{The newcomer} said no. {He} said so.", "The newcomer"),
    ("{[Zeta|ORG]} said no.\n\nThe ministry gave another figure. It was 43, {it} said.", "The ministry"),
    ("{A report} said no. {It} said so.", "A report"),
    ("The report came out. In May, {it} said, it rained.", "The report"),
    ("So the mayor came to town. It is cold, {she} says.", "the mayor"),
    ("{[Zeta|ORG]} said no. {It} said so.", "Zeta"),
    ("[Zeta|ORG] apologised for outages. Thieves were to blame, {it} said.", "Zeta"),
    ("The [Zeta Committee|ORG] disagrees: they rose, {it} holds, because of tea.", "Zeta Committee"),
    ("{[Zeta|ORG]} said no. {[Ana Ruiz|PER]} said yes. {It} said so.", "Zeta"),
    ("{The ministry} said no. {It} said so.", "The ministry"),
    ("{Residents} said no. {They} said so.", "Residents"),
    ("The students want to stay. {They} say so.", "The students"),
    ("{[Zeta|ORG]} said no. {They} said so.", "Zeta"),
    ("[Zeta|ORG] left. The farmers were cross. {It} said so.", "Zeta"),
    ("{[Ana Ruiz|PER]} said no. In {her} view it rained.", "Ana Ruiz"),
]
RIGHT_ONE += [
    ("{The spokesman} said no.\n\nThe commander smiled. It rained, {he} said.", "The commander"),
    ("{[Rui Paz|PER]} said no.\n\nA herder who saw it gave another account. It rained, {he} said.", "A herder"),
    ("His lawyer, [Rui Paz|PER], disputed that. It rained, {he} said.", "Rui Paz"),
    ("A pastor who had preached against it, [Rui Paz|PER], now agrees. It rained, {he} said.", "Rui Paz"),
    ("The maker, [Goma|LOC]-based [Zeta|ORG], plans more. It is cheap, {it} said.", "Zeta"),
    ("His sister, [Zita|ORG], stayed. It rained, {she} said.", "Zita"),
    ("[Rui Paz|PER], the country's largest lender, lost money. It would grow, {it} said.", "Rui Paz"),
    ("[Rui Paz|PER] have lost a match. It rained, {it} said.", "Rui Paz"),
    # whose words open the story with themselves
    ("[Zeta|ORG] will cut 300 jobs, {it} said.", "Zeta"),
    ("[Ana Ruiz|PER] will not run again, {she} said.", "Ana Ruiz"),
    ("The army has retaken the town, {it} said.", "The army"),
    ("The bridge is shut, {it} said.", NOBODY),
]
DOUBT = [
    ("{[Ana Ruiz|PER]} said no.\n\nThey saw [Eva Gil|PER] near [Mia Paz|PER].\n\nRain fell.\n\n{She} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no. In a letter to [Eva Gil|PER] from [Mia Paz|PER] {she} said so.", NOBODY),
    ("{The spokesman} said no. The commander smiled. It rained, {he} said.", NOBODY),
    ("{The report} said no. {They} said so.", NOBODY),
    ("[Robin Ruiz|PER] and [Kim Paz|PER] left. {He} said so.", NOBODY),
    ("[Ana Ruiz|PER] and [Eva Gil|PER] left. {She} said so.", NOBODY),
    ("It rained. {He} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no. {He} said so.", NOBODY),
    ("Mr [Ruiz|PER] left. {She} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no. {It} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no. {They} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no and {[Eva Gil|PER]} said yes. {She} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} told [Reuters|ORG] so. {It} said no.", NOBODY),
    ('{[Zeta|ORG]} said: "[Ana Ruiz|PER] is ill." {She} said so.', NOBODY),
    (
        "{[Ana Ruiz|PER]} said no.\n\nIt rained.\n\nThe road is shut.\n\nIt froze.\n\nIt snowed.\n\n{She} said so.",
        NOBODY,
    ),
    ("{[Zeta|ORG]} said no.\n\nRain fell.\n\nThe road is shut.\n\n{It} said so.", NOBODY),
    ("{[Ana Ruiz|PER]} said no.\n\nRain fell.\n\nThey saw [Eva Gil|PER].\n\nIt is cold, {she} said.", "Eva Gil"),
    ("{[Ana Ruiz|PER] and [Rui Paz|PER]} said no. {She} said so.", NOBODY),
]


@pytest.mark.parametrize(("story", "speaker"), RIGHT_ONE + DOUBT)
def test_the_last_statement_is_by(story, speaker, linked):
    speakers, ids, _ = linked(story)
    assert speakers[-1] == speaker
    if speaker is None:
        assert ids[-1] is None


def test_all_words_of_one_person_have_one_id(linked):
    story = "{[Ana Ruiz|PER]} said no. {[Ruiz|PER]} said so.\n\nIt rained, {she} said. {Mayor [Ana Ruiz|PER]} agreed."
    speakers, ids, _ = linked(story)
    assert speakers == ["Ana Ruiz"] * 4
    assert ids == ["per:ana-ruiz"] * 4
