from pathlib import Path

import pytest

from flows.settings import Settings, SettingsError, read_settings

PROJECT = Path(__file__).parents[2]


def write_settings(folder: Path, text: str) -> Path:
    file = folder / "config" / "copydesk.toml"
    file.parent.mkdir()
    file.write_text(text)
    return file


def test_the_file_in_the_repository_shows_the_defaults() -> None:
    read = read_settings(PROJECT / "config" / "copydesk.toml", environment={})
    assert read.politeness == Settings().politeness
    assert read.engine == Settings().engine
    assert read.find == Settings().find
    assert read.storage.lake == PROJECT / "data" / "lake"
    assert read.storage.buckets == Settings().storage.buckets


def test_paths_count_from_the_project_not_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(tmp_path, '[storage]\nlake = "tables"\n')
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    assert read_settings(environment={}).storage.lake == tmp_path / "tables"


def test_without_a_file_everything_lies_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    storage = read_settings(environment={}).storage
    assert storage.raw == tmp_path / "data" / "raw"
    assert tmp_path not in storage.gazetteer.parents  # built once for all such folders


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    file = write_settings(tmp_path, "[engine]\nworkers = 2\n")
    assert read_settings(file, environment={"COPYDESK_ENGINE__WORKERS": "5"}).engine.workers == 5


def test_another_lake_keeps_archive_and_state(tmp_path: Path) -> None:
    settings = read_settings(write_settings(tmp_path, ""), environment={})
    other = settings.with_lake(tmp_path / "other")
    assert other.storage.lake == tmp_path / "other"
    assert other.storage.raw == settings.storage.raw


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[storage]\nlaek = "x"\n', "storage.laek is not a setting"),
        ("[engine]\nbatch_size = 0\n", "engine.batch_size = 0"),
        ('[engine]\nrunner = "spark"\n', "engine.runner = 'spark'"),
        ("[engine\n", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = write_settings(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file, environment={})
    assert told in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_settings_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: cannot be read"):
        read_settings(tmp_path / "config" / "nowhere.toml", environment={})
