"""Every rule has examples, and every example is touched by the rule it stands beside."""

import pytest

from transforms.extract.labels import is_byline, is_reading_time, is_timestamp, labels
from transforms.extract.rules import Rule, agencies, cleaning_rules, languages
from transforms.extract.verdict import Wall, walls

RULES = {rule.name: rule for language in languages() for rule in cleaning_rules(language)}


def finds() -> list[tuple[Rule, str, str]]:
    return [(rule, text, span) for rule in RULES.values() for text, span in rule.finds]


@pytest.mark.parametrize(("rule", "text", "span"), finds(), ids=lambda value: getattr(value, "name", None))
def test_rule_finds_its_examples(rule: Rule, text: str, span: str) -> None:
    assert span in [match[0] for match in rule.pattern.finditer(text)]
    assert rule.may_match(text)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_rule_ignores_what_it_says(rule: Rule) -> None:
    assert rule.finds, "a rule without an example"
    assert [text for text in rule.ignores if any(match[0] for match in rule.pattern.finditer(text))] == []


@pytest.mark.parametrize("wall", walls(), ids=lambda wall: wall.name)
def test_wall_finds_and_ignores_its_examples(wall: Wall) -> None:
    assert [text for text in wall.finds if not wall.pattern.search(text)] == []
    assert [text for text in wall.ignores if wall.pattern.search(text)] == []


def test_a_text_of_unknown_language_gets_only_the_rules_for_all() -> None:
    names = {rule.name for rule in cleaning_rules(None)}
    assert "soft_hyphen" in names
    assert "newsletter" not in names
    assert "newsletter" in {rule.name for rule in cleaning_rules("en")}


def test_agencies_are_known_by_all_their_names() -> None:
    assert agencies()["Agence France-Presse"] == agencies()["AFP"] == "AFP"


@pytest.mark.parametrize(
    ("kind", "rule", "shape"),
    [
        ("read_more", "other_story", "{}: Ferry stopped on the river"),
        ("read_more", "other_story", "{}"),
        ("advertisement", "advertisement_label", "– {} –"),
        ("share", "share_label", "{}"),
        ("tags", "tags", "{}: ferry, river"),
        ("photo", "photo_credit", "{}: Ana Ruiz / Harbour Press"),
        ("source", "source_line", "{}: Harbour Press"),
    ],
)
def test_every_label_is_known_to_its_rule(kind: str, rule: str, shape: str) -> None:
    lines = [shape.format(label) for label in labels(kind)]
    assert len(lines) > 20
    assert [line for line in lines if not RULES[rule].pattern.search(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Published on 3 May 2024 at 14:24",
        "Updated at 2:24 p.m.",
        "Veröffentlicht am 3. Mai 2024 um 14:24 Uhr | Aktualisiert: 15:00",
        "Publié le 3 mai 2024 à 14h24",
        "viernes, 3 de mayo de 2024",
        "Publicado em 03/05/2024 às 14h24",
        "Opublikowano: 3 maja 2024, 14:24",
        "3 Mayıs 2024 • Güncelleme: 4 Mayıs 2024",
        "2024年5月3日 14時24分 (5月3日 15時00分更新)",
        "입력 : 2024-05-03 14:24",
    ],
)
def test_a_line_that_only_says_when_is_a_timestamp(line: str) -> None:
    assert is_timestamp(line)


@pytest.mark.parametrize(
    "line",
    ["It rained on 3 May 2024.", "Friday", "2024", "14:24", "9.30 a.m. / 7 p.m.", "3 May", "Donnerstag, 18. 7.", ""],
)
def test_a_line_that_may_be_part_of_a_story_is_no_timestamp(line: str) -> None:
    assert not is_timestamp(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Ruiz", True),
        ("Von Ana Ruiz und Li Wei", True),
        ("ANA RUIZ, LI WEI", True),
        ("Li Wei | 3 May 2024", True),
        ("Ana Ruiz told the court", False),
        ("By the river", False),
    ],
)
def test_a_byline_is_nothing_but_names(line: str, expected: bool) -> None:
    assert is_byline(line, ["Ana Ruiz", "Li Wei"]) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5 min read", True),
        ("Lesezeit: 3 Minuten", True),
        ("Tempo de leitura: 1 minuto", True),
        ("3 minutes later", False),
        ("Reading time", False),
    ],
)
def test_reading_time(line: str, expected: bool) -> None:
    assert is_reading_time(line) is expected
