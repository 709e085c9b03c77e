"""Building from dumps: slices in the official formats come in, a gazetteer that knows more goes out."""

import bz2
import gzip
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from flows import gazetteer as flow
from flows.gazetteer import build_gazetteer, is_built, open_gazetteer
from flows.gazetteer.build_command import build
from flows.gazetteer.dumps import Dumps
from flows.problem import Problem
from tests.flows.gazetteer_dumps import ENTITIES, NAMES, PLACES, WRONG, write
from tests.flows.test_gazetteer import contents, write_packages
from transforms.link.gazetteer import Gazetteer


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_packages(tmp_path / "packages")
    monkeypatch.setattr(flow, "_package_folder", lambda name: tmp_path / "packages" / name)
    return tmp_path


@pytest.fixture
def dumps(packages: Path) -> Dumps:
    return Dumps(
        geonames=write(packages / "allCountries.txt", PLACES),
        alternate_names=write(packages / "alternateNamesV2.txt", NAMES),
        wikidata=write(packages / "wikidata.json", ENTITIES),
    )


@pytest.fixture
def large(packages: Path, dumps: Dumps) -> Gazetteer:
    build(packages / "gazetteer", dumps)
    return open_gazetteer(packages / "gazetteer")


@pytest.mark.parametrize(
    ("name", "geonames_id", "place_kind", "wikidata_id"),
    [
        ("Halab", 170063, "city", "Q41183"),
        ("Tall Qabbin", 9000001, "village", ""),
        ("Tell Kabbine", 9000001, "village", ""),
        ("Orontes", 9000002, "water", "Q999001"),
        ("Rebel River", 9000002, "water", "Q999001"),
        ("Aleppo International Airport", 9000004, "facility", ""),
        ("Mount Hermon", 9000007, "other", ""),
        ("Paris", 4717560, "town", ""),
    ],
)
def test_dumps_add_places_names_and_ids(
    large: Gazetteer, name: str, geonames_id: int, place_kind: str, wikidata_id: str
) -> None:
    found = {place.geonames_id: place for place in large.lookup(name)}
    assert (found[geonames_id].place_kind, found[geonames_id].wikidata_id) == (place_kind, wikidata_id)


def test_a_village_of_the_dump_knows_its_region(large: Gazetteer) -> None:
    (village,) = large.lookup("Tall Qabbin")
    assert (village.region_id, village.population, village.latitude) == (170062, 140, 36.4)
    assert [place.geonames_id for place in large.lookup_loosely("Tal Kabbin")] == [9000001]


def test_counts_of_the_dump_are_newer_than_those_of_the_packages(large: Gazetteer) -> None:
    (aleppo,) = [place for place in large.lookup("Alep") if place.geonames_id == 170063]
    assert (aleppo.population, aleppo.region_id, aleppo.name) == (2_200_000, 170062, "Aleppo")


@pytest.mark.parametrize("name", ["Beroea", "Grey City", "A Brook", "Old Ruins", "Some Tree", "universe", "Q41183"])
def test_names_of_the_past_nicknames_brooks_and_trees_stay_out(large: Gazetteer, name: str) -> None:
    assert large.lookup(name) == ()


def packed(path: Path, kind: str) -> Path:
    target = path.with_name(f"{path.name}.{kind}") if kind != "zip" else path.with_suffix(".zip")
    if kind == "zip":
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("readme.txt", "not the data " * 1000)
            archive.write(path, path.name)
    else:
        target.write_bytes({"gz": gzip, "bz2": bz2}[kind].compress(path.read_bytes()))  # type: ignore[attr-defined]
    return target


@pytest.mark.parametrize("kind", ["zip", "gz", "bz2"])
def test_packed_files_give_the_same_bytes(packages: Path, dumps: Dumps, kind: str) -> None:
    assert dumps.geonames is not None
    build_gazetteer(packages / "plain", Dumps(geonames=dumps.geonames))
    build_gazetteer(packages / "packed", Dumps(geonames=packed(dumps.geonames, kind)))
    plain, other = contents(packages / "plain"), contents(packages / "packed")
    assert all(
        plain[name] == other[name] for name in ("places.rows", "places.texts", "names.marisa", "loose_names.marisa")
    )


def test_areas_and_countries_have_files_of_their_own(packages: Path) -> None:
    village = PLACES[1].replace("\tSY\t\t09\t", "\tSY\t\t77\t").replace("9000001", "9000021")
    dumps = Dumps(
        geonames=write(packages / "SY.txt", [village]),
        admin1=write(packages / "admin1CodesASCII.txt", ["SY.77\tNew Province\tNew Province\t9000099"]),
        admin2=write(packages / "admin2Codes.txt", ["SY.77.1\tA District\tA District\t9000098"]),
        countries=write(
            packages / "countryInfo.txt",
            ["#ISO\tISO3", "SY\tSYR\t760\tSY\tSyria\tDamascus\t185180\t16906283\tAS" + "\t" * 8 + "163843\t\t"],
        ),
    )
    build(packages / "gazetteer", dumps)
    gazetteer = open_gazetteer(packages / "gazetteer")
    assert [place.region_id for place in gazetteer.lookup("Tall Qabbin")] == [9000099]
    assert [place.population for place in gazetteer.lookup("Syria")] == [16906283]


def test_wrong_lines_are_counted_and_named(packages: Path, dumps: Dumps) -> None:
    path = write(packages / "slice.txt", [PLACES[0], *WRONG, PLACES[1]])
    with path.open("ab") as file:
        file.write(b"\xff\xfe\t\n")
    said = build(packages / "gazetteer", replace(dumps, geonames=path))
    assert "slice.txt: 6 lines, 2 used, 4 wrong" in said
    assert "slice.txt, line 2: 19 tab-separated columns expected, 2 found" in said
    assert any("line 3: latitude: degrees from -90 to 90" in sentence for sentence in said)
    assert "slice.txt, line 6: not UTF-8" in said


@pytest.mark.parametrize("option", ["geonames", "alternate_names", "admin1", "admin2", "countries", "wikidata"])
@pytest.mark.parametrize("content", [b"", b"hello\nworld\n", b"one,two\n" * 200, b"\x00\xff" * 500])
def test_what_is_no_dump_is_refused_and_the_old_gazetteer_stays(packages: Path, option: str, content: bytes) -> None:
    open_gazetteer(packages / "gazetteer")
    before = contents(packages / "gazetteer")
    path = packages / "holiday.txt"
    path.write_bytes(content)
    with pytest.raises(Problem, match=r"holiday\.txt: not "):
        build(packages / "gazetteer", Dumps(**{option: path}))
    assert contents(packages / "gazetteer") == before
    assert not (packages / "gazetteer.new").exists()


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz", "a.json.bz2"])
def test_a_broken_archive_is_a_problem_with_a_cure(packages: Path, name: str) -> None:
    (packages / name).write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Problem, match="download it again"):
        build(packages / "gazetteer", Dumps(geonames=packages / name))


@pytest.mark.usefixtures("large")
def test_what_the_user_built_is_not_built_over(packages: Path) -> None:
    folder = packages / "gazetteer"
    before = contents(folder)
    assert is_built(folder)
    open_gazetteer(folder)
    assert contents(folder) == before
    assert "Wikidata JSON dump" in before["LICENCES.txt"].decode()
    stamp = json.loads(before["stamp.json"])
    (folder / "stamp.json").write_text(json.dumps({**stamp, "build_version": 1}), encoding="utf-8")
    with pytest.raises(Problem, match=r"allCountries\.txt"):
        open_gazetteer(folder)
    assert (folder / "places.rows").read_bytes() == before["places.rows"]


def test_many_chunks_read_like_one(packages: Path, monkeypatch: pytest.MonkeyPatch, dumps: Dumps) -> None:
    monkeypatch.setattr("flows.gazetteer.dumps.CHUNK", 3)
    build(packages / "gazetteer", dumps)
    gazetteer = open_gazetteer(packages / "gazetteer")
    assert len(gazetteer) > 9
    for name, key in (("Asia", 6255147), ("Orontes", 9000002), ("Mount Hermon", 9000007), ("Paris", 4717560)):
        assert [place.geonames_id for place in gazetteer.lookup(name)] == [key]
