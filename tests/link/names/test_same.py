"""Stories of a sentence or two: which mentions are one entity, and which must never be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from transforms.find.mentions import Mention
from transforms.link.directory import packaged_directory
from transforms.link.names import link_names

STORIES = yaml.safe_load((Path(__file__).parent / "same.yaml").read_text(encoding="utf-8"))
CASES = [story for kind in STORIES.values() for story in kind]

type Labelled = Callable[[str], tuple[str, list[Mention]]]


def meant(mentions: list[Mention], surface: str) -> list[Mention]:
    """The mentions of a surface; `Smith#2` is the second."""
    text, _, number = surface.partition("#")
    found = [mention for mention in mentions if mention.text == text]
    return found[int(number) - 1 : int(number)] if number else found


def problems(story: dict[str, Any], mentions: list[Mention]) -> list[str]:
    """What is not as the story says it must be, in sentences."""
    wrong: list[str] = []
    taken: dict[str, str] = {}
    for group in story.get("same", []):
        ids = {surface: {each.entity_id for each in meant(mentions, surface)} for surface in group}
        wrong += [f"{surface} was not found" for surface, found in ids.items() if not found]
        together = set().union(*ids.values())
        if len(together) != 1 or None in together:
            wrong.append(f"not one entity: {ids}")
        wrong += [f"{taken[each]} and {group[0]} are both {each}" for each in together if each in taken]
        taken.update({each: group[0] for each in together if each})
    for field, attribute in (("id", "entity_id"), ("name", "name"), ("label", "label")):
        for surface, value in story.get(field, {}).items():
            found = {getattr(each, attribute) for each in meant(mentions, surface)}
            if found != {value}:
                wrong.append(f"{field} of {surface}: {found}, not {value}")
    for surface in story.get("none", []):
        found = {each.entity_id for each in meant(mentions, surface)}
        if found != {None}:
            wrong.append(f"{surface} must be there without an id: {found}")
    wrong += [f"{surface} is no name" for surface in story.get("absent", []) if meant(mentions, surface)]
    return wrong


@pytest.mark.parametrize("story", CASES, ids=[f"{number}-{case['text'][:40]}" for number, case in enumerate(CASES)])
def test_mentions_of_one_entity_have_one_id(story: dict[str, Any], labelled: Labelled) -> None:
    text, mentions = labelled(story["text"])
    assert problems(story, link_names(text, mentions, packaged_directory())) == []


def test_the_tables_are_large_enough_to_mean_something() -> None:
    assert sum(len(STORIES[kind]) for kind in STORIES if kind != "never") >= 80
    assert len(STORIES["never"]) >= 40
