"""CPU of reading a page: `extract_page` against one bare call of `trafilatura.extract`, in turn, page by page.

usage: extract.py FOLDER… [--rounds 3]

FOLDER holds pages (`.html`, `.html.gz`). Both readers get the same bytes in the same process, the one that goes first
changing from page to page; the first round warms both up and does not count. Prints the ratio of the CPU seconds.
"""

import argparse
import gzip
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time

import trafilatura

from transforms.extract import extract_page

LARGEST_RATIO = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    pages = [page for folder in chosen.folders for page in _pages(folder)]
    if not pages:
        sys.exit(f"{chosen.folders[0]}: no .html or .html.gz there")
    ratios = [_round(pages) for _ in range(chosen.rounds + 1)][1:]
    shown = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"{len(pages)} pages; CPU of extract_page / trafilatura.extract: {shown}; median {median(ratios):.2f}")
    if median(ratios) > LARGEST_RATIO:
        sys.exit(f"at most {LARGEST_RATIO}")


def _pages(folder: Path) -> Iterable[bytes]:
    for file in sorted(folder.rglob("*")):
        if file.name.endswith((".html", ".htm")):
            yield file.read_bytes()
        elif file.name.endswith(".html.gz"):
            yield gzip.decompress(file.read_bytes())


def _round(pages: list[bytes]) -> float:
    readers = (_ours, _bare)
    seconds = dict.fromkeys(readers, 0.0)
    for number, page in enumerate(pages):
        for reader in readers if number % 2 else reversed(readers):
            seconds[reader] += _cpu(reader, page)
    return seconds[_ours] / seconds[_bare]


def _cpu(reader: Callable[[bytes], object], page: bytes) -> float:
    began = process_time()
    reader(page)
    return process_time() - began


def _ours(page: bytes) -> object:
    return extract_page(page, url=None, media_type="text/html")


def _bare(page: bytes) -> object:
    return trafilatura.extract(page, include_comments=False, with_metadata=True)


if __name__ == "__main__":
    main()
