"""Statements and claims of the golden stories, scored: a half of them in, its scores and errors out.

usage: reports.py [open|frozen|FOLDER] [--errors N] [--json]

Of `open` every error may be seen. Of `frozen` only totals are printed, whatever is asked: it is there to tell how well
rules written without it do, and whoever looks at its errors turns it into a second `open`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from report_scores import GoldStory, Scores, read_gold, score

from transforms.annotate import Annotation, Story, annotate
from transforms.link.directory import packaged_directory

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "reports"
FROZEN = GOLDEN / "frozen"


def read_stories(stories: Sequence[GoldStory], model: Any, gazetteer: Any) -> list[Annotation]:
    """What the program finds in the golden stories: English, published at noon, from the publisher's country."""
    return annotate([_story(story) for story in stories], model, gazetteer, packaged_directory())


def _story(story: GoldStory) -> Story:
    noon = datetime.combine(story.published, time(12), UTC)
    return Story(text=story.text, published=noon, language="en", country=story.country)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("half", nargs="?", default="open", help="open, frozen or a folder of golden stories")
    parser.add_argument("--errors", type=int, default=1000, metavar="N", help="print at most N errors")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON, no errors")
    chosen = parser.parse_args()
    folder = GOLDEN / chosen.half if chosen.half in ("open", "frozen") else Path(chosen.half)
    stories = read_gold(folder)
    if not stories:
        sys.exit(f"{folder}: no .yaml there")
    scores = score(stories, read_stories(stories, *_model_and_gazetteer()))
    if chosen.json:
        print(json.dumps(scores.summary(), indent=2))
        return
    if folder.resolve() != FROZEN.resolve():
        print("\n".join(scores.errors[: chosen.errors]))
    print(show(scores, len(stories)))


def show(scores: Scores, stories: int) -> str:
    """The totals, a line for each measure."""
    lines = [f"{name:26}{value:>8}" for name, value in scores.summary().items()]
    return "\n".join([f"{stories} stories", *lines])


def _model_and_gazetteer() -> tuple[Any, Any]:
    from flows.gazetteer import open_gazetteer
    from transforms.find.model import load_model

    return load_model(), open_gazetteer(ROOT / "data" / "gazetteer")


if __name__ == "__main__":
    main()
