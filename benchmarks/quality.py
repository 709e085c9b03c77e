"""Quality of `copydesk extract` and `copydesk annotate`, scored by the evaluation sets, held against their floors.

usage: quality.py EVAL_FOLDER [--only extraction,dates] [--write]

The sets are not part of the project; EVAL_FOLDER is where they lie. The scores that `floors.toml` names may not fall
below their floor (exit code 1); `--write` keeps those of this run in `quality.json`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = HERE / "quality.json"
COPYDESK = str(Path(sys.executable).with_name("copydesk"))

RUNS = {
    # name: (command, input, [(scorer, arguments, with {out} for the answers)])
    "extraction.aeb": (
        "extract",
        "extraction/aeb/in.jsonl",
        ["extraction/score.py {eval}/extraction/aeb/gold.jsonl {out}"],
    ),
    "extraction.many": (
        "extract",
        "extraction/many_publishers/in.jsonl",
        [
            "extraction/score.py {eval}/extraction/many_publishers/gold.jsonl {out}",
            "extraction/score_meta.py {eval}/extraction/many_publishers/gold.jsonl {out}",
        ],
    ),
    "dates.news": ("annotate", "dates/in.jsonl", ["dates/score.py {out}"]),
    "dates.corrected": (
        "annotate",
        "dates/in.jsonl",
        ["dates/score.py {out} --gold {eval}/dates/gold_corrected.jsonl"],
    ),
    "dates.specs": ("annotate", "dates/specs_in.jsonl", ["dates/score.py {out} --gold {eval}/dates/specs_gold.jsonl"]),
    "numbers.newsquant": (
        "annotate",
        "numbers/newsquant/in.jsonl",
        ["numbers/score.py {eval}/numbers/newsquant/gold.jsonl {out}"],
    ),
    "numbers.specs": ("annotate", "numbers/specs/in.jsonl", ["numbers/score.py {eval}/numbers/specs/gold.jsonl {out}"]),
    "numbers.challenge": (
        "annotate",
        "numbers/challenge/in.jsonl",
        ["numbers/score.py {eval}/numbers/challenge/gold.jsonl {out}"],
    ),
    "places.lgl": ("annotate", "places/in.jsonl", ["places/score.py {eval}/places/gold.jsonl {out}"]),
    "entities.wwn": (
        "annotate",
        "entities/wwn_dev/in.jsonl",
        ["entities/score.py {eval}/entities/wwn_dev/gold.jsonl {out}"],
    ),
}


def numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """The numbers in what a scorer printed, with the path to each."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield name, float(value)


def score(name: str, folder: Path, work: Path) -> dict[str, float]:
    """Answers of copydesk for one set, scored."""
    command, source, scorers = RUNS[name]
    out = work / f"{source.replace('/', '-')}"
    if not out.exists():
        subprocess.run([COPYDESK, command, str(folder / source), str(out)], check=False)
    found: dict[str, float] = {}
    for scorer in scorers:
        words = scorer.format(eval=folder, out=out).split()
        printed = subprocess.run(
            [sys.executable, str(folder / words[0]), *words[1:], "--json"], stdout=subprocess.PIPE, check=True
        ).stdout
        found |= {f"{name}.{key}": round(value, 4) for key, value in numbers(json.loads(printed))}
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    wanted = [name for name in RUNS if not chosen.only or name.startswith(tuple(chosen.only.split(",")))]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in wanted:
            found |= score(name, chosen.folder.resolve(), Path(work))
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    found = {key: value for key, value in found.items() if key in floors}
    below = 0
    for key, floor in floors.items():
        if key in found:
            below += found[key] < floor
            print(f"{'BELOW' if found[key] < floor else 'ok':<6}{key:<55}{found[key]:>9.3f}  floor {floor}")
    if chosen.write:
        kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        KEPT.write_text(json.dumps(dict(sorted((kept | found).items())), indent=1) + "\n", encoding="utf-8")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
