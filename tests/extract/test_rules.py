"""Every rule has examples, and every example is touched by the rule it stands beside."""

import pytest

from transforms.extract.rules import Rule, agencies, cleaning_rules, languages
from transforms.extract.verdict import Wall, walls

RULES = {rule.name: rule for language in languages() for rule in cleaning_rules(language)}


def finds() -> list[tuple[Rule, str, str]]:
    return [(rule, text, span) for rule in RULES.values() for text, span in rule.finds]


@pytest.mark.parametrize(("rule", "text", "span"), finds(), ids=lambda value: getattr(value, "name", None))
def test_rule_finds_its_examples(rule: Rule, text: str, span: str) -> None:
    assert span in [match[0] for match in rule.pattern.finditer(text)]


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
