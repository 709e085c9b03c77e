"""What the user writes into `config/entities/` holds on the next run, for the articles that are there already too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.entities.own_files import OwnEntitiesError
from flows.receipt import Receipt
from flows.settings import Settings
from flows.sql import run_sql

STORIES = {
    "harbour": "The Tamsin Lighthouse Trust has bought the old tower on the point for two million pounds. "
    "Edda Marlowe, who leads the trust, said on Monday that visitors would be let in "
    "next spring. Marlowe wants a cafe there too.",
    "weather": "Rain is expected in the valley on Tuesday, forecasters said on Monday. The river may rise by half a "
    "metre, and walkers should keep away from the lower paths until the weekend, they added in a note.",
    "museum": "Edith Marlowe opened the new museum in the old school on Sunday. The mayor, Edith Marlowe, thanked all "
    "who had given money, and said that the first visitors had come from as far away as Norway.",
}
HEADER = "name,label,entity_id,same_as,when"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def own(settings: Settings, *lines: str) -> None:
    settings.entities.mkdir(parents=True, exist_ok=True)
    (settings.entities / "mine.csv").write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")


def ids(settings: Settings, name: str) -> set[str | None]:
    rows = run_sql(
        settings.storage.lake, "select distinct entity_id from mentions where contains(text, ?)", [name]
    ).rows
    return {entity_id for (entity_id,) in rows}


def test_a_merge_is_applied_on_the_next_run_to_what_was_there(
    settings: Settings, ingest: Callable[..., Receipt], folder: Path
) -> None:
    assert ingest(settings, folder).published == 3
    assert ids(settings, "Marlowe") == {"per:edda-marlowe", "per:edith-marlowe"}

    own(settings, "Edith Marlowe,PER,,per:edda-marlowe,")
    receipt = ingest(settings, folder)
    assert ids(settings, "Marlowe") == {"per:edda-marlowe"}
    assert (receipt.published, receipt.unchanged) == (2, 1)  # the weather is nobody's

    assert ingest(settings, folder).published == 0  # once is enough


def test_a_split_tells_two_of_one_name_apart(settings: Settings, ingest: Callable[..., Receipt], folder: Path) -> None:
    (folder / "court.txt").write_text(
        "Edith Marlowe was fined by the magistrates on Friday for fishing without a licence. The court heard that "
        "Edith Marlowe had been seen at the weir with two rods, and that she had been warned the year before.",
        encoding="utf-8",
    )
    ingest(settings, folder)
    own(settings, "Edith Marlowe,PER,per:mayor-marlowe,,museum|mayor", "Edith Marlowe,PER,per:angler-marlowe,,fishing")
    ingest(settings, folder)
    assert ids(settings, "Edith Marlowe") == {"per:mayor-marlowe", "per:angler-marlowe"}


def test_a_mistake_in_a_file_stops_the_run_before_anything_is_done(
    settings: Settings, ingest: Callable[..., Receipt], folder: Path
) -> None:
    own(settings, "Edith Marlowe,PERSON,,,")
    with pytest.raises(OwnEntitiesError, match=r"mine\.csv line 2.*PERSON"):
        ingest(settings, folder)
    assert not settings.storage.lake.exists()
