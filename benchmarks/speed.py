"""Speed of `copydesk ingest` against a script written by hand, and against itself on more pages. Ratios, never seconds.

usage: speed.py FOLDER… [--rounds N] [--sizes 200,5000]

Both commands run in turn as child processes of this one, on the same saved pages (`*.html.gz`); their CPU time, with
all their workers, is what the kernel accounts for them. The lake, the archive and the state are new each time.
"""

import argparse
import contextlib
import ctypes
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PYTHON = sys.executable
COPYDESK = str(Path(PYTHON).with_name("copydesk"))


def cpu_seconds(command: list[str], environment: dict[str, str]) -> tuple[float, bytes]:
    """User and system seconds of a command with all its descendants, and what it printed."""
    before = os.times()
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
    reap_orphans()
    after = os.times()
    used = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return used, done.stdout


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose own parent ends; else nobody here is charged for them."""
    pr_set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(pr_set_child_subreaper, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "this benchmark needs Linux: prctl failed")


def reap_orphans() -> None:
    """Wait for all that is left of the command."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def ingest(folders: list[str], work: Path) -> tuple[float, dict[str, object]]:
    """One `copydesk ingest` into a new lake: CPU seconds and its receipt."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    places = {
        "COPYDESK_STORAGE__LAKE": str(work / "lake"),
        "COPYDESK_STORAGE__RAW": str(work / "raw"),
        "COPYDESK_STORAGE__STATE": str(work / "state.db"),
    }
    seconds, printed = cpu_seconds([COPYDESK, "ingest", "--plain", "--json", *folders], places)
    return seconds, json.loads(printed)


def by_hand(folders: list[str], work: Path) -> float:
    """One run of the script written by hand: CPU seconds."""
    return cpu_seconds([PYTHON, str(HERE / "by_hand.py"), str(work.with_suffix(".parquet")), *folders], {})[0]


def altered_pages(folders: list[str], count: int, target: Path) -> None:
    """Write `count` pages to `target`: those of the folders over and over, each time with other words and address."""
    pages = [page for folder in folders for page in sorted(Path(folder).rglob("*.html.gz"))]
    target.mkdir(parents=True)
    for number in range(count):
        html = gzip.decompress(pages[number % len(pages)].read_bytes())
        if number >= len(pages):
            turn = str(number // len(pages)).encode()
            html = re.sub(rb"\bthe\b", b"the no. " + turn, html, count=40)
            html = re.sub(rb'(rel="canonical"[^>]*href="[^"?]*)', rb"\1?turn=" + turn, html)
            html = re.sub(rb'(property="og:url"[^>]*content="[^"?]*)', rb"\1?turn=" + turn, html)
        (target / f"{number:06}.html.gz").write_bytes(gzip.compress(html, 1))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--sizes", default="", help="also measure cost per article at these numbers of pages")
    chosen = arguments.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        against_by_hand(chosen.folders, chosen.rounds, work)
        for size in filter(None, chosen.sizes.split(",")):
            per_article(chosen.folders, int(size), work)


def against_by_hand(folders: list[str], rounds: int, work: Path) -> None:
    """Print the ratio, copydesk to by hand, over some rounds of both in turn."""
    ratios, peaks = [], []
    for _ in range(rounds):
        hand = by_hand(folders, work)
        ours, receipt = ingest(folders, work)
        ratios.append(ours / hand)
        peaks.append(receipt["peak_worker_bytes"])
        print(f"by hand {hand:.1f} s, copydesk {ours:.1f} s of CPU: {ours / hand:.2f}", flush=True)
    print(f"copydesk / by hand: median {statistics.median(ratios):.2f} of {rounds} rounds")
    print(f"peak memory of a worker: {max(peaks) / 2**20:.0f} MiB")


def per_article(folders: list[str], size: int, work: Path) -> None:
    """Print the cost of one article when `size` pages are taken in at once."""
    pages = work.with_name(f"pages-{size}")
    altered_pages(folders, size, pages)
    seconds, receipt = ingest([str(pages)], work)
    published = receipt["published"]
    peak = receipt["peak_worker_bytes"] / 2**20
    print(
        f"{size} pages: {1000 * seconds / published:.0f} ms of CPU for each of {published} articles; "
        f"peak of a worker {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
