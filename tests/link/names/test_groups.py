"""Stories in the shape of news, read from letters to ids by the real model: which pairs of names are one entity."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from transforms.find.mentions import Mention
from transforms.link.directory import packaged_directory
from transforms.link.folding import fold_name
from transforms.link.names import link_names

STORIES = yaml.safe_load((Path(__file__).parent / "groups.yaml").read_text(encoding="utf-8"))

type Named = tuple[int, int, str]


def best_mentions(names: list[Named], mentions: list[Mention]) -> dict[int, Mention]:
    """The mention of each name: the same span, else the one that overlaps most; none stands for two names."""
    overlaps = sorted(
        (not (start == mention.start and end == mention.end), -overlap, number, at)
        for number, (start, end, _) in enumerate(names)
        for at, mention in enumerate(mentions)
        if (overlap := min(end, mention.end) - max(start, mention.start)) > 0
    )
    chosen: dict[int, int] = {}
    for _, _, number, at in overlaps:
        if number not in chosen and at not in chosen.values():
            chosen[number] = at
    return {number: mentions[at] for number, at in chosen.items()}


def key(mention: Mention | None, number: int) -> str:
    if mention is None:
        return f"not found {number}"
    return mention.entity_id or fold_name(mention.name or "") or fold_name(mention.text)


@pytest.mark.parametrize(("half", "least_f1", "least_precision"), [("open", 0.95, 0.97), ("frozen", 0.93, 0.97)])
def test_pairs_of_names_are_one_entity(
    half: str,
    least_f1: float,
    least_precision: float,
    read: Callable[..., list[Mention]],
    unmarked: Callable[[str], tuple[str, list[Named]]],
) -> None:
    right = said = wanted = 0
    errors = []
    for story in (story for story in STORIES if story["half"] == half):
        text, names = unmarked(story["text"])
        found = best_mentions(names, link_names(text, read(text), packaged_directory()))
        keys = [key(found.get(number), number) for number in range(len(names))]
        for one, other in combinations(range(len(names)), 2):
            is_one, is_said = names[one][2] == names[other][2], keys[one] == keys[other]
            wanted, said, right = wanted + is_one, said + is_said, right + (is_one and is_said)
            if is_one != is_said:
                words = [f"{text[slice(*names[at][:2])]} ({keys[at]})" for at in (one, other)]
                errors.append(f"{story['id']}: {' / '.join(words)} {'missed' if is_one else 'wrong'}")
    precision, f1 = right / said, 2 * right / (said + wanted)
    report = "\n".join([f"{half}: F1 {f1:.3f}, precision {precision:.3f} of {wanted} pairs", *errors])
    assert (f1 >= least_f1, precision >= least_precision) == (True, True), report
    print(report)


def test_half_of_the_stories_is_frozen() -> None:
    halves = [story["half"] for story in STORIES]
    assert len(halves) >= 25
    assert halves.count("frozen") * 2 >= len(halves)
