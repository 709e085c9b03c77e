"""A source is a file; a mistake in it is told with file, key and cure."""

from pathlib import Path

import pytest

from flows.collect.sources import SourceError, read_sources

SHIPPED = Path(__file__).parents[2] / "config" / "sources"


def test_the_shipped_sources() -> None:
    sources = read_sources(SHIPPED)
    assert [key for key, source in sources.items() if source.enabled] == ["samples"]
    assert sources["samples"].paths == ("data/samples",)
    assert sources["guardian"].country == "GB"


def test_a_missing_folder_holds_no_sources(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "nowhere") == {}


def test_the_file_name_is_the_key(tmp_path: Path) -> None:
    (tmp_path / "harbour_news.yaml").write_text("feeds: [https://example.org/rss]\nschedule: '*/15 6-22 * * mon-fri'\n")
    source = read_sources(tmp_path)["harbour_news"]
    assert (source.key, source.name, source.timezone) == ("harbour_news", "harbour_news", "UTC")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("feed: [https://example.org/rss]", "bad.yaml: feed is not a key of a source; did you mean feeds?"),
        ("urls: [https://example.org]\nowner: me", "owner is not a key of a source; keys are name, country"),
        ("urls: [https://a.example]\narticles_per_day: {minimum: 1}",
         "articles_per_day.minimum is not a key of a source; keys are at_least, at_most"),
        ("feeds: [example.org/rss]", "feeds: example.org/rss is not an http or https address"),
        ("feeds: https://example.org/rss", "feeds: Input should be a valid tuple"),
        ("urls: [ftp://example.org/a]", "urls: ftp://example.org/a is not an http"),
        ("paths: [a]\nschedule: hourly", "schedule: not a cron line of five fields"),
        ("paths: [a]\nschedule: '* * * *'", "schedule: not a cron line"),
        ("paths: [a]\ntimezone: Mars/Base", "timezone: not a time zone"),
        ("paths: [a]\ncountry: no", "country: Input should be a valid string; write the two-letter code"),
        ("paths: [a]\ncountry: Norway", "write the two-letter code in capitals"),
        ("paths: [a]\narticles_per_day: {at_least: 9, at_most: 2}", "at_most 2 is less than at_least 9"),
        ("name: Nothing", "names nothing to collect"),
        ("key: other\npaths: [a]", "the file's own name is the source's key"),
        ("- a\n- b", "should hold `key: value` lines"),
        ("", "should hold `key: value` lines"),
        ("paths: [a\nname: b", "bad.yaml line 2: not valid YAML"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(SourceError) as raised:
        read_sources(tmp_path)
    assert message in str(raised.value)
    assert str(tmp_path / "bad.yaml") in str(raised.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("paths: [a]\nx: 1\ny: 2\n")
    (tmp_path / "b.yaml").write_text("z: 1\n")
    with pytest.raises(SourceError) as raised:
        read_sources(tmp_path)
    assert len(str(raised.value).splitlines()) >= 3
