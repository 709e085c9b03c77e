"""A source is a file; a mistake in it is told with file, key and cure."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from flows.collect.sources import LISTS, Source, SourceError, read_sources

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
    ("text", "kinds"),
    [
        ("feeds: [https://gazette.example/rss]", ("feeds",)),
        ("sitemaps: [https://gazette.example/news.xml.gz]\nfollow: '/20[0-9]{2}/'", ("sitemaps",)),
        ("sections: [https://gazette.example/world]\nfollow: '-[0-9]+$'\npause_seconds: 5", ("sections",)),
        ("urls: [https://gazette.example/a, https://gazette.example/b]", ("urls",)),
        ("paths: ['inbox/**/*.csv', clips.zip]\ncolumns: {text: body, published_at: date}", ("paths",)),
        ("warcs: [news.warc.gz, 'crawl/*.warc', s3://commoncrawl/a.warc.gz, https://data.example/b.warc]", ("warcs",)),
        ("feeds: [https://gazette.example/rss]\nsitemaps: [https://gazette.example/s.xml]\nfollow: /world/",
         ("feeds", "sitemaps")),
    ],
)  # fmt: skip
def test_kinds_of_sources(tmp_path: Path, text: str, kinds: tuple[str, ...]) -> None:
    (tmp_path / "gazette.yaml").write_text(text)
    source = read_sources(tmp_path)["gazette"]
    assert source.kinds == kinds
    assert source.listings == (*source.feeds, *source.sitemaps, *source.sections)


def test_lengths_of_time(tmp_path: Path) -> None:
    feed = "feeds: [https://gazette.example/rss]\n"
    text = feed + "revisit_after: [90s, 2h, 1d]\nsilent_after: 1.5d\nrespect_tdm: false\n"
    (tmp_path / "gazette.yaml").write_text(text)
    source = read_sources(tmp_path)["gazette"]
    assert source.revisit_after == (timedelta(seconds=90), timedelta(hours=2), timedelta(days=1))
    assert (source.silent_after, source.respect_tdm) == (timedelta(hours=36), False)
    (tmp_path / "gazette.yaml").write_text(feed + "revisit_after: []\n")
    assert read_sources(tmp_path)["gazette"].revisit_after == ()  # never asked for again


def test_every_example_of_the_readme_is_a_source_and_every_key_has_its_line(tmp_path: Path) -> None:
    page = (SHIPPED / "README.md").read_text()
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    for number, example in enumerate(examples):
        (tmp_path / f"example{number}.yaml").write_text(example)
    sources = read_sources(tmp_path).values()
    assert {kind for source in sources for kind in source.kinds} == set(LISTS)
    told = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert told == set(Source.model_fields) - {"key"}
    used = {key for example in examples for key in yaml.safe_load(example)}
    assert {"columns", "follow", "schedule", "articles_per_day"} <= used


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("feed: [https://example.org/rss]", "bad.yaml: feed is not a key of a source; did you mean feeds?"),
        ("urls: [https://example.org]\nowner: me", "owner is not a key of a source; keys are name, country"),
        ("urls: [https://a.example]\narticles_per_day: {minimum: 1}",
         "articles_per_day.minimum is not a key of a source; keys are at_least, at_most"),
        ("feeds: [example.org/rss]", "feeds: example.org/rss is not an http or https address"),
        ("feeds: https://example.org/rss", "feeds: Input should be a valid tuple; write a list, e.g. `feeds: ["),
        ("sitemaps: [sitemap.xml]", "sitemaps: sitemap.xml is not an http or https address"),
        ("sections: ['']", "sections:  is not an http or https address"),
        ("paths: ['']", "paths: one of them is empty"),
        ("paths: [https://example.org/a]", "paths: https://example.org/a is an address; pages go under `urls`"),
        ("warcs: [ftp://example.org/a.warc]", "warcs: ftp://example.org/a.warc is neither a path nor an http"),
        ("warcs: ['s3://']", "warcs: s3:// is neither a path nor"),
        ("paths: [a]\ncolumns: {body: text}", "columns: body is nothing we read; on the left stands one of text, html"),
        ("paths: [a]\ncolumns: {text: ''}", "columns: text names no column"),
        ("paths: [a]\ncolumns: [text]", "columns: Input should be a valid dictionary; write e.g. `columns: {"),
        ("urls: [https://a.example]\ncolumns: {text: body}", "columns are those of files"),
        ("sitemaps: [https://a.example/s]\nfollow: '(/news'", "follow: not a regular expression (missing )"),
        ("feeds: [https://a.example/rss]\nfollow: /news/", "follow chooses among the links of sitemaps and sections"),
        ("paths: [a]\nsilent_after: soon", "silent_after: Input should be a valid timedelta"),
        ("paths: [a]\nsilent_after: soon", "write a length of time: 90s, 15m, 1h or 7d"),
        ("paths: [a]\nsilent_after: 0h", "silent_after: a length of time is more than nothing"),
        ("paths: [a]\nrevisit_after: 1h", "revisit_after: Input should be a valid tuple; write a list"),
        ("paths: [a]\nrevisit_after: [1h, often]", "revisit_after.1: Input should be a valid timedelta"),
        ("paths: [a]\npause_seconds: -1", "pause_seconds: Input should be greater than or equal to 0"),
        ("paths: [a]\npause_seconds: .inf", "pause_seconds: Input should be a finite number"),
        ("paths: [a]\narticles_per_day: 40", "articles_per_day: Input should be a valid dictionary"),
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
