"""Speed of the quantities: words of news a second on one core, beyond splitting the text into tokens.

usage: quantities.py [TEXTS.jsonl] [--rounds N] [--least 10000]

`TEXTS.jsonl` has one `{"text": …}` a line; without it the sentences of the tests are read, which hold far more numbers
than news does. Each round runs the tokens alone and the whole of `find_quantities` in turn, in this process; the
fastest round of each counts, as a busy neighbour can only slow them down. Ends with 1 below the least.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from transforms.find.quantities import find_quantities  # noqa: E402
from transforms.find.quantities.lexicon import Lexicon, read_lexicon  # noqa: E402
from transforms.find.quantities.tokens import tokenise  # noqa: E402

SENTENCES = ROOT / "tests/find/quantities/sentences.yaml"


def read_texts(file: Path | None) -> list[str]:
    """The texts of a JSONL file, or stories of forty test sentences each."""
    if file is not None:
        return [json.loads(line)["text"] for line in file.read_text("utf-8").split("\n") if line.strip()]
    sentences = [case["text"] for case in yaml.safe_load(SENTENCES.read_text("utf-8"))]
    return [" ".join(sentences[first : first + 40]) for first in range(0, len(sentences), 40)] * 5


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU seconds to read all texts."""
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


def words_a_second(texts: Sequence[str], rounds: int, words: Lexicon) -> tuple[float, float]:
    """Words a second of the whole, and of what comes beyond the tokens."""

    def split(text: str) -> object:
        return tokenise(text, words.glued, words.glued_strict, words.thousands, words.decimal)

    count = sum(len(text.split()) for text in texts)
    times = [(seconds(split, texts), seconds(find_quantities, texts)) for _ in range(rounds)]
    tokens, whole = (min(column) for column in zip(*times, strict=True))
    return count / whole, count / max(whole - tokens, 1e-9)


def main() -> int:
    """Print both speeds; 1 when the second is below the least."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", nargs="?", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--least", type=float, default=10_000)
    options = arguments.parse_args()
    words = read_lexicon("en")
    assert words is not None
    texts = read_texts(options.texts)
    whole, beyond = words_a_second(texts, options.rounds, words)
    print(f"quantities texts={len(texts)} words_a_second={whole:,.0f} beyond_tokens={beyond:,.0f}")
    return 0 if beyond >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
