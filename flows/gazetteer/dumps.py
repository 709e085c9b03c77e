"""Builds the large gazetteer: dump files come in, the gazetteer's files go out.

Everything goes through a DuckDB file beside the result, which joins and sorts on disk, so that memory does not grow
with the dumps (the tries of names apart). What the packages know is there too: it gives regions their English names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import marisa_trie
import pyarrow as pa

from flows.gazetteer.dump_lines import DumpReport, read_dump
from flows.gazetteer.place_files import write_places
from transforms.link.dumps.geonames import OtherName, read_area, read_name, read_place
from transforms.link.dumps.wikidata import read_entity
from transforms.link.gazetteer import LOOSE_FILE, LOOSE_FORMAT, NAMES_FILE, NAMES_FORMAT
from transforms.link.gazetteer_rows import PLACES, PlaceRow, loose_keys, name_keys

CHUNK = 65_536
_MEMORY = "1GB"
_BATCH = 50_000


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(columns)


_PLACE = pa.schema([*PLACES, *_schema(code=pa.string(), region=pa.string(), district=pa.string(), source=pa.int8())])
_NAME = _schema(geonames_id=pa.int32(), name=pa.string(), kind=pa.int8())
_WIKIDATA = _schema(geonames_id=pa.int32(), wikidata_id=pa.string())
_AREA = _schema(code=pa.string(), geonames_id=pa.int32())
_OWN, _OTHER = 0, 1
_PACKAGES, _DUMP = 0, 1

# The packages' row of a place wins over the dump's, which is newer, for its name and regions; not for its numbers.
_MERGE = """
create table final as
with chosen as (
    select *, row_number() over (partition by geonames_id, level order by source) as best,
        coalesce(case when level = 3 then nullif(max(case when source = 1 then population end)
            over (partition by geonames_id, level), 0) end, population) as people,
        bool_or(source = 0) over (partition by geonames_id) as is_known
    from place
), wiki as (select geonames_id, min(wikidata_id) as wikidata_id from wikidata group by geonames_id having
    count(distinct wikidata_id) = 1)
select row_number() over (order by people desc, chosen.geonames_id, chosen.level) - 1 as number,
    chosen.geonames_id, chosen.name, country_code, level,
    case when region_id > 0 then region_id else coalesce(regions.geonames_id, 0) end as region_id,
    case when district_id > 0 then district_id else coalesce(districts.geonames_id, 0) end as district_id,
    latitude, longitude, people as population,
    place_kind, is_capital, coalesce(wiki.wikidata_id, chosen.wikidata_id) as wikidata_id, chosen.code
from chosen left join wiki using (geonames_id)
    left join (select code, min(geonames_id) as geonames_id from area group by code) regions
        on regions.code = chosen.region and regions.geonames_id <> chosen.geonames_id
    left join (select code, min(geonames_id) as geonames_id from area group by code) districts
        on districts.code = chosen.district and districts.geonames_id <> chosen.geonames_id
where best = 1 and (source = 0 or not is_known)
order by number
"""
_NAMED = """
select final.name, country_code, final.code, list(names.name order by names.name) filter (kind = 0) as own,
    list(names.name order by names.name) filter (kind = 1) as others
from final left join (select distinct geonames_id, name, kind from names) names using (geonames_id)
group by number, final.name, country_code, final.code order by number
"""


@dataclass(frozen=True, slots=True)
class Dumps:
    """The dump files of a build; None for those that are not given."""

    geonames: Path | None = None
    alternate_names: Path | None = None
    admin1: Path | None = None
    admin2: Path | None = None
    countries: Path | None = None
    wikidata: Path | None = None

    def given(self) -> dict[str, Path]:
        """The files that are given, by what they are."""
        return {item.name: path for item in fields(self) if (path := getattr(self, item.name)) is not None}


def write_large_files(
    folder: Path, dumps: Dumps, rows: Iterable[PlaceRow], areas: Mapping[str, int], continents: Mapping[str, str]
) -> list[DumpReport]:
    """Write the gazetteer's three files into `folder`; `areas` gives the ids of region codes that are known."""
    store = folder / "build.duckdb"
    with duckdb.connect(str(store), config={"memory_limit": _MEMORY, "threads": 2}) as base:
        base.execute("set enable_progress_bar = false")
        base.execute(f"set temp_directory = '{str(folder / 'spill').replace(chr(39), chr(39) * 2)}'")
        for table, schema in (("place", _PLACE), ("names", _NAME), ("wikidata", _WIKIDATA), ("area", _AREA)):
            base.register("model", schema.empty_table())
            base.execute(f"create table {table} as select * from model")
        _take_packages(base, rows, areas)
        reports = _take_dumps(base, dumps)
        base.execute(_MERGE)
        write_places(folder, _places(base))
        marisa_trie.RecordTrie(NAMES_FORMAT, name_keys(_named(base))).save(str(folder / NAMES_FILE))
        marisa_trie.RecordTrie(LOOSE_FORMAT, loose_keys(_named(base), continents)).save(str(folder / LOOSE_FILE))
    store.unlink()
    return reports


def _take_packages(base: Any, rows: Iterable[PlaceRow], areas: Mapping[str, int]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        _insert(base, "place", _PLACE, (_place(row, "", "", _PACKAGES) for row in batch))
        _insert(base, "names", _NAME, (name for row in batch for name in _names(row)))
    _insert(base, "area", _AREA, areas.items())


def _take_dumps(base: Any, dumps: Dumps) -> list[DumpReport]:
    reports: list[DumpReport] = []

    def lines(path: Path | None, read: Any, what: str) -> Iterator[Any]:
        if path is None:
            return
        reports.append(DumpReport(path))
        yield from read_dump(path, read, reports[-1], what)

    for path, what in ((dumps.admin1, "admin1CodesASCII.txt"), (dumps.admin2, "admin2Codes.txt")):
        found = lines(path, read_area, f"GeoNames' {what}")
        _insert_all(base, "area", _AREA, ((code, key) for code, _, key in found))
    places = lines(dumps.geonames, read_place, "a GeoNames table of places such as allCountries.txt")
    while batch := list(islice(places, _BATCH)):
        _insert(base, "place", _PLACE, (_place(row, at.region, at.district, _DUMP) for row, at in batch))
        _insert(base, "names", _NAME, (name for row, _ in batch for name in _names(row)))
        codes = ((at.region if row.level == 1 else at.district, row.geonames_id) for row, at in batch if row.level < 3)
        _insert(base, "area", _AREA, codes)
    names = lines(dumps.alternate_names, read_name, "GeoNames' alternateNamesV2.txt")
    while some := list(islice(names, _BATCH)):
        _insert(base, "names", _NAME, (_other(name) for name in some if not name.is_wikidata_id))
        _insert(base, "wikidata", _WIKIDATA, ((name.geonames_id, name.name) for name in some if name.is_wikidata_id))
    things = lines(dumps.wikidata, read_entity, "a Wikidata JSON dump (an array, one entity on each line)")
    while entities := list(islice(things, _BATCH)):
        pairs = [(key, entity) for entity in entities for key in entity.geonames_ids]
        _insert(base, "wikidata", _WIKIDATA, ((key, entity.wikidata_id) for key, entity in pairs))
        _insert(base, "names", _NAME, ((key, name, _OTHER) for key, entity in pairs for name in entity.names))
    return reports


def _place(row: PlaceRow, region: str, district: str, source: int) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in PLACES.names), row.code, region, district, source)


def _names(row: PlaceRow) -> Iterator[tuple[int, str, int]]:
    yield from ((row.geonames_id, name, _OWN) for name in row.own_names)
    yield from ((row.geonames_id, name, _OTHER) for name in row.names)


def _other(name: OtherName) -> tuple[int, str, int]:
    return name.geonames_id, name.name, _OWN if name.is_own else _OTHER


def _insert_all(base: Any, table: str, schema: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        _insert(base, table, schema, batch)


def _insert(base: Any, table: str, schema: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True))
    if columns:
        arrays = [pa.array(values, item.type) for values, item in zip(columns, schema, strict=True)]
        base.register("batch", pa.Table.from_arrays(arrays, schema=schema))
        base.execute(f"insert into {table} select * from batch")


def _places(base: Any) -> Iterator[PlaceRow]:
    """The places in the order of their rows, without their other names."""
    wanted = f"select {', '.join(PLACES.names)} from final order by number"
    for batch in base.sql(wanted).to_arrow_reader(CHUNK):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield PlaceRow(**dict(zip(PLACES.names, values, strict=True)))


def _named(base: Any) -> Iterator[PlaceRow]:
    """The places in the order of their rows, with what their keys are made of."""
    for batch in base.sql(_NAMED).to_arrow_reader(CHUNK):
        for name, country, code, own, others in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield PlaceRow(0, name, country, 3, "", own_names=tuple(own or ()), names=tuple(others or ()), code=code)
