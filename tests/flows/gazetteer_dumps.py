"""Small dumps in the official formats, written from what everybody knows."""

import json
from pathlib import Path


def place(
    key: int, name: str, point: tuple[float, float], kind: str, country: str, admin: str = "", people: int = 0,
    others: str = "",
) -> str:  # fmt: skip
    """A line of `allCountries.txt`; `kind` is "P.PPL", `admin` "09" or "TX.277"."""
    group, code = kind.split(".")
    admin1, _, admin2 = admin.partition(".")
    columns = [str(key), name, name, others, str(point[0]), str(point[1]), group, code, country, "", admin1, admin2]
    return "\t".join([*columns, "", "", str(people), "", "100", "Asia/Damascus", "2024-01-01"])


PLACES = [
    place(170063, "Aleppo", (36.2, 37.16), "P.PPLA", "SY", "09", 2_200_000, "Halab,Alep"),
    place(9000001, "Tall Qabbin", (36.4, 37.0), "P.PPL", "SY", "09", 140, "Tel Qabben"),
    place(9000002, "Orontes River", (36.0, 36.0), "H.STM", "SY", "", 0, "Orontes,Asi,Nahr al Asi"),
    place(9000003, "A Brook", (36.0, 36.1), "H.STM", "SY"),
    place(9000004, "Aleppo International Airport", (36.18, 37.22), "S.AIRP", "SY", "09"),
    place(9000005, "Old Ruins", (36.0, 36.2), "P.PPLH", "SY"),
    place(9000006, "Some Tree", (36.0, 36.2), "V.TREE", "SY"),
    place(9000007, "Mount Hermon", (33.4, 35.8), "T.MT", "SY", "", 0, "Jabal ash Shaykh,Hermon"),
]
WRONG = ["12\tshort", place(9000008, "Nowhere", (97.0, 37.0), "P.PPL", "SY"), "x" + PLACES[0]]

NAMES = [
    "1\t170063\ten\tAleppo\t1\t\t\t\t\t",
    "2\t170063\twkdt\tQ41183\t\t\t\t\t\t",
    "3\t170063\tlink\thttps://en.wikipedia.org/wiki/Aleppo\t\t\t\t\t\t",
    "4\t170063\ten\tBeroea\t\t\t\t1\t\t",
    "5\t170063\ten\tGrey City\t\t\t1\t\t\t",
    "6\t9000001\tfr\tTell Kabbine\t\t\t\t\t\t",
    "7\t42\ten\tOf a place that is not here\t\t\t\t\t\t",
]


def entity(key: str, geonames_id: int | None, label: str, *aliases: str) -> str:
    """A line of a Wikidata dump."""
    claim = {"mainsnak": {"snaktype": "value", "datavalue": {"value": str(geonames_id)}}, "rank": "normal"}
    return json.dumps(
        {
            "id": key,
            "type": "item",
            "labels": {"en": {"language": "en", "value": label}},
            "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else [],
            "claims": {"P1566": [claim]} if geonames_id else {},
        }
    )


ENTITIES = ["[", entity("Q999001", 9000002, "Orontes", "Rebel River") + ",", entity("Q1", None, "universe"), "]"]


def write(path: Path, lines: list[str]) -> Path:
    """The lines as a file."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
