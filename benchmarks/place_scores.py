"""How far the `score` of a place may be believed: what it promises against what is right.

usage: place_scores.py EVAL_FOLDER [--gazetteer FOLDER]

Reads `places/in.jsonl` of the evaluation folder and compares with `places/gold.jsonl`: a place is right when it has
the gold's GeoNames id or lies within 161 km. Printed: the share that is right when the lowest scores are dropped until
90% are kept (of the linked ones, and of all found ones), and for each range of scores what is right in it. Exits with
1 when the first is below the floor.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from flows.gazetteer import open_gazetteer
from transforms.find.mentions import Mention, find_mentions
from transforms.find.model import load_model
from transforms.link import link_places

FLOOR = 0.94
KEPT = 0.9
NEAR_KM = 161.0
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--gazetteer", type=Path, default=Path("data/gazetteer"))
    chosen = arguments.parse_args()
    texts = [row["text"] for row in read_rows(chosen.folder / "places" / "in.jsonl")]
    gazetteer = open_gazetteer(chosen.gazetteer)
    found = find_mentions(texts, load_model())
    linked = [link_places(text, mentions, gazetteer) for text, mentions in zip(texts, found, strict=True)]
    pairs = list(scored_places(read_rows(chosen.folder / "places" / "gold.jsonl"), linked))
    return report(pairs)


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def scored_places(gold: Sequence[dict[str, Any]], linked: Sequence[Sequence[Mention]]) -> Iterator[tuple[float, bool]]:
    """Score and whether it is right, for each gold place with coordinates that was found; 0.0 for one without an id."""
    for row, mentions in zip(gold, linked, strict=True):
        for place in row["toponyms"]:
            mention = best_overlap(place, mentions)
            if mention is not None and place.get("latitude") is not None and not place.get("optional"):
                yield mention.score or 0.0, is_right(place, mention)


def best_overlap(place: dict[str, Any], mentions: Sequence[Mention]) -> Mention | None:
    """The place among the mentions that stands where the gold's does."""
    overlapping = [
        mention
        for mention in mentions
        if mention.start < place["end"]
        and place["start"] < mention.end
        and (mention.label == "LOC" or mention.geonames_id)
    ]
    return min(
        overlapping,
        key=lambda mention: abs(mention.start - place["start"]) + abs(mention.end - place["end"]),
        default=None,
    )


def is_right(place: dict[str, Any], mention: Mention) -> bool:
    if mention.latitude is None or mention.longitude is None:
        return False
    if mention.geonames_id == place.get("geonames_id"):
        return True
    return kilometres(place["latitude"], place["longitude"], mention.latitude, mention.longitude) <= NEAR_KM


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance of two points in degrees."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    chord = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(chord)))


def right_among_best(pairs: Sequence[tuple[float, bool]], count: int) -> float:
    """Share that is right among the `count` highest scores."""
    best = sorted(pairs, key=lambda pair: -pair[0])[:count]
    return sum(right for _, right in best) / len(best)


def report(pairs: Sequence[tuple[float, bool]]) -> int:
    """Prints what the scores are worth; gives the exit code."""
    linked = [pair for pair in pairs if pair[0] > 0.0]
    share = right_among_best(linked, round(KEPT * len(linked)))
    error = 0.0
    for low, high in pairwise(BINS):
        held = [pair for pair in linked if low <= pair[0] < high]
        if held:
            promised, right = (sum(each) / len(held) for each in zip(*held, strict=True))
            error += abs(promised - right) * len(held) / len(linked)
            bounds = f"{low:.2f} to {min(high, 1.0):.2f}"
            print(f"score {bounds}: {len(held):5} places, {promised:.3f} promised, {right:.3f} right")
    print(f"expected calibration error {error:.3f}")
    print(f"{len(pairs)} found, {len(linked)} linked, {right_among_best(linked, len(linked)):.3f} of the linked right")
    print(f"90% of the found kept: {right_among_best(pairs, round(KEPT * len(pairs))):.3f} right")
    print(f"90% of the linked kept: {share:.3f} right; floor {FLOOR}")
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
