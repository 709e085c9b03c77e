"""The user's own entities: what the files say, and what a mistake in one is answered with."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.entities.read_entities import COLUMNS, OwnEntitiesError, own_entities_digest, read_own_entities
from transforms.link.directory import OwnEntity, packaged_directory
from transforms.tables import LABELS

SHIPPED = Path(__file__).parents[2] / "config" / "entities"


def write(folder: Path, text: str, name: str = "desk.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def message(folder: Path) -> str:
    with pytest.raises(OwnEntitiesError) as raised:
        read_own_entities(folder)
    assert raised.value.exit_code == 2
    return str(raised.value).replace(f"{folder}/", "")


def test_the_shipped_folder_can_be_read() -> None:
    assert isinstance(read_own_entities(SHIPPED), tuple)


def test_the_examples_of_the_page_do_what_it_says(tmp_path: Path) -> None:
    page = (SHIPPED / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 4
    for number, example in enumerate(examples):
        write(tmp_path, example, f"{number}.csv")
    directory = packaged_directory().with_own(read_own_entities(tmp_path))

    def ids(name: str, story: str = "") -> list[str]:
        return [known.entity_id for known in directory.for_story(story).lookup(name)]

    assert ids("HW") == ids("Observatorio del Puerto") == ["org:harbour-watch"]
    assert ids("Hemedti's men") == ids("RSF") == ["org:rapid-support-forces"]
    assert ids("Rami Abdulrahman") == ["per:rami-abdel-rahman"]
    assert ids("Ana Ruiz", "The coach took Ana Ruiz off.") == ["per:ana-ruiz-striker"]
    assert ids("Ana Ruiz", "Ana Ruiz left the cabinet.") == ["per:ana-ruiz-minister"]
    assert ids("Ana Ruiz", "Ana Ruiz bought a boat.") == []


def test_the_page_names_every_column_and_label() -> None:
    page = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert [word for word in (*COLUMNS, *LABELS) if f"`{word}`" not in page] == []


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    header = "when,kind,country_code,geonames_id,wikidata_id,aliases,label,name,same_as,entity_id"
    write(tmp_path, f"{header}\n storm | flood ,charity,PT,170063,Q1, HW | ,ORG,Harbour Watch,org:b,org:a\n\n , \n")
    assert read_own_entities(tmp_path) == (
        OwnEntity(
            entity_id="org:a",
            name="Harbour Watch",
            label="ORG",
            aliases=("HW",),
            wikidata_id="Q1",
            geonames_id=170063,
            country_code="PT",
            kind="charity",
            same_as="org:b",
            when=("storm", "flood"),
        ),
    )


@pytest.mark.parametrize(
    ("row", "entity_id"),
    [
        ("name\nHamas", "org:hamas"),
        ("name,label\nHamas,PER", "per:hamas"),
        ("name,label\nRami Abdel-Rahman,PER", "per:rami-abdel-rahman"),
        ("name,same_as\nRami A.,per:rami-abdel-rahman", "per:rami-a"),
        ("name,aliases\nWHO,the health people", "org:world-health-organization"),
        ('name,label\n"Ruiz, Ana",PER', "per:ruiz-ana"),
        ("name,label,aliases,kind\nHamas", "org:hamas"),
        ("\ufeffname,label\r\nHamas,PER\r\n", "per:hamas"),
    ],
)
def test_a_row_without_an_id_gets_the_one_it_must_mean(tmp_path: Path, row: str, entity_id: str) -> None:
    assert [own.entity_id for own in read_own_entities(write(tmp_path, row))] == [entity_id]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "name;label\nA;ORG",
            'desk.csv line 1: the columns are not divided by commas; save it as CSV with "," between',
        ),
        ("name,alias\nA,B", 'desk.csv line 1: "alias" is not a column; did you mean aliases?'),
        ("name,colour\nA,B", 'desk.csv line 1: "colour" is not a column; columns are entity_id, name,'),
        ("name,name\nA,B", "desk.csv line 1: name stands there twice; keep one"),
        ("label\nORG", "desk.csv line 1: there is no column name; add it, the other columns are optional"),
        ("", "desk.csv line 1: there is no column name; add it"),
        ("name\nHarbour, Watch", "desk.csv line 2: 2 cells for 1 columns; put a name with a comma in quotes"),
        ('name\n"Harbour', "desk.csv line 2: not valid CSV (unexpected end of data); put a cell with commas or quotes"),
        ("label,name\nORG", 'desk.csv line 2: name "" holds no letter; write a name'),
        ("name,label\nA,ORG\n,ORG", 'desk.csv line 3: name "" holds no letter; write a name'),
        ("name,label,aliases\nA,ORG,B|-", 'desk.csv line 2: alias "-" holds no letter; write a name'),
        ("name,label\nAna,PERSON", 'desk.csv line 2: label "PERSON" is not a label; write one of PER, ORG,'),
        ("name,entity_id\nAna,Ana Ruiz", 'desk.csv line 2: entity_id "Ana Ruiz" is not an id; write e.g. "org:'),
        ("name,label,same_as\nAna,PER,Ana", 'desk.csv line 2: same_as "Ana" is not an id; write the other'),
        ("name,wikidata_id\nUNESCO,7809", 'desk.csv line 2: wikidata_id "7809" is not a Wikidata id; write e.g. Q1065'),
        (
            "name,geonames_id\nUNESCO,1e5",
            'desk.csv line 2: geonames_id "1e5" is not a GeoNames number; write e.g. 170063',
        ),
        ("name,country_code\nUNESCO,fr", 'desk.csv line 2: country_code "fr" is not a country; write the two letters'),
        ("name\nHarbour Watch", 'desk.csv line 2: "Harbour Watch" is new and has no label; write ORG, PER or another'),
        ("name\nRSF", 'line 2: "RSF" may be org:rapid-support-forces or org:reporters-without-borders; write which in'),
        (
            "entity_id,name\norg:a,Alpha\norg:b,Alpha",
            'desk.csv line 3: "Alpha" is org:b, but desk.csv line 2 says org:a; write in `when` the words of a story',
        ),
        (
            "entity_id,name,same_as\norg:a,Alpha,org:b\norg:b,Beta,org:a",
            "desk.csv line 2: same_as goes in a circle, org:a is the same as itself; take one of the rows out",
        ),
        ("entity_id,name,same_as\norg:a,Alpha,org:a", "desk.csv line 2: same_as goes in a circle"),
    ],
)
def test_a_mistake_is_named_with_its_cure(tmp_path: Path, text: str, says: str) -> None:
    assert says in message(write(tmp_path, text))


def test_all_mistakes_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, "name,label\nA,X\nB,Y", "one.csv")
    write(tmp_path, "colour\nred", "two.csv")
    (tmp_path / "three.csv").write_bytes(b"name,label\nM\xe9d,ORG\n")
    assert [line.split(":")[0] for line in message(tmp_path).splitlines()] == [
        "one.csv line 2",
        "one.csv line 3",
        "three.csv",
        "two.csv line 1",
    ]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = 'name,label,kind\n"Alpha",ORG,"two\nlines"\n\nBeta,NOPE,\n'
    assert message(write(tmp_path, text)).startswith("desk.csv line 5: label")


def test_no_folder_and_an_empty_one_hold_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert read_own_entities(folder) == ()
        assert own_entities_digest(folder) == ""
    write(tmp_path, "# not read", "README.md")
    assert read_own_entities(tmp_path) == ()


def test_the_digest_changes_with_every_byte_and_name(tmp_path: Path) -> None:
    seen = [own_entities_digest(write(tmp_path, "name,label\nA,ORG\n"))]
    seen.append(own_entities_digest(write(tmp_path, "name,label\nB,ORG\n")))
    (tmp_path / "desk.csv").rename(tmp_path / "other.csv")
    seen.append(own_entities_digest(tmp_path))
    assert len(set(seen)) == 3
    assert own_entities_digest(tmp_path) == seen[-1]
    assert all(re.fullmatch("[0-9a-f]{12}", digest) for digest in seen)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"name,label\n{text}".encode()))
def test_no_file_is_answered_with_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "desk.csv").write_bytes(content)
    try:
        rows = read_own_entities(folder)
    except OwnEntitiesError as error:
        assert "desk.csv" in str(error)
    else:
        assert all(row.entity_id and row.name for row in rows)
