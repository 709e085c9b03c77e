"""How large a gazetteer may grow: a number of places comes in, time and memory of building and opening go out.

    python benchmarks/gazetteer.py [PLACES]

Writes a dump of so many made-up places in GeoNames' format, with one other name each in `alternateNamesV2.txt`, builds
a gazetteer of it in a process of its own, and opens that in another. The packages' places are in it as well.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SYLLABLES = [
    a + b for a in ("b", "d", "f", "g", "h", "k", "kh", "l", "m", "n", "r", "s", "sh", "t", "z") for b in "aeiou"
]
COUNTRIES = ("SY", "IQ", "RU", "IN", "US", "FR", "BR", "NG", "CN", "TR")
KINDS = ("P\tPPL",) * 6 + ("H\tSTM", "S\tHSP", "T\tMT", "S\tSCH")

BUILD = """
import resource, sys, time
from pathlib import Path
from flows.gazetteer.build_command import build
from flows.gazetteer.dumps import Dumps
began, folder = time.perf_counter(), Path(sys.argv[1])
for sentence in build(folder / "gazetteer", Dumps(folder / "allCountries.txt", folder / "alternateNamesV2.txt")):
    print(sentence)
print(f"build: {time.perf_counter() - began:.0f} s, peak "
      f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
"""
OPEN = """
import sys, time
from pathlib import Path
from transforms.link.gazetteer import Gazetteer
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
before, began = resident(), time.perf_counter()
gazetteer = Gazetteer(Path(sys.argv[1]) / "gazetteer")
print(f"open: {(time.perf_counter() - began) * 1000:.0f} ms, {len(gazetteer):,} places, {resident() - before:.0f} MiB")
names = [line.split("\\t")[3] for line, _ in zip((Path(sys.argv[1]) / "alternateNamesV2.txt").open(), range(10_000))]
began = time.perf_counter()
found = sum(len(gazetteer.lookup(name)) for name in names)
print(f"10,000 names: {time.perf_counter() - began:.1f} s, {found:,} places, {resident() - before:.0f} MiB in all")
"""


def write_dump(folder: Path, places: int) -> None:
    draw = random.Random(7)

    def name() -> str:
        return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))).capitalize()

    with (folder / "allCountries.txt").open("w") as table, (folder / "alternateNamesV2.txt").open("w") as names:
        for key in range(20_000_000, 20_000_000 + places):
            called, country, kind = name(), draw.choice(COUNTRIES), draw.choice(KINDS)
            point = f"{draw.uniform(-60, 70):.4f}\t{draw.uniform(-180, 180):.4f}"
            people = draw.choice((0, 120, 900, 7000))
            table.write(
                f"{key}\t{called}\t{called}\t{name()},{name()}\t{point}\t{kind}\t{country}\t\t0{draw.randint(1, 9)}"
                f"\t\t\t\t{people}\t\t0\tUTC\t2024-01-01\n"
            )
            names.write(f"{key}\t{key}\ten\t{name()}\t\t\t\t\t\t\n")


def main() -> None:
    places = int(sys.argv[1]) if len(sys.argv) > 1 else 2_500_000
    with tempfile.TemporaryDirectory() as folder:
        write_dump(Path(folder), places)
        for code in (BUILD, OPEN):
            subprocess.run([sys.executable, "-c", code, folder], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
