"""Reads `config/sources/*.yaml`: one file for each source, the folder is the list.

In: the folder. Out: `Source`s by name, the name being the file's name without its ending.
"""

import difflib
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from flows.problem import Problem
from flows.settings import Duration
from transforms.collect.columns import USUAL_NAMES

LISTS = ("feeds", "sitemaps", "sections", "urls", "paths", "warcs")
"""The keys of a source file that say what to collect."""

_CRON_FIELD = r"(?:\*|\w+(?:-\w+)?)(?:/\d+)?"
_CRON = re.compile(rf"{_CRON_FIELD}(?:,{_CRON_FIELD})*(?:\s+{_CRON_FIELD}(?:,{_CRON_FIELD})*){{4}}")


class SourceError(Problem):
    """A source file cannot be used; the message names file, key and cure, a line for each problem."""


class ArticlesPerDay(BaseModel):
    """How many articles a day are usual. Fewer raises an alert; more only warns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_least: int = Field(default=0, ge=0)
    at_most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"at_most {self.at_most} is less than at_least {self.at_least}")
        return self


class Source(BaseModel):
    """One source. `key` is the file's name, the `source` of all its rows; `name` is for people.

    `country` is ISO 3166-1 alpha-2 and `language` ISO 639-1. `paths` count from the project's folder and may be globs;
    `warcs` are paths, globs, http(s) or s3 addresses of WARC files. `columns` says which column of a table or field of
    a line holds what (`text: body`). `follow` is a regular expression: only addresses it is found in are followed from
    a sitemap or section page. `config/sources/README.md` explains every key with an example.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(exclude=True, pattern=r"^[\w.-]+$")
    name: str = ""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    warcs: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    follow: str | None = None
    pause_seconds: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    revisit_after: tuple[Duration, ...] | None = None
    respect_tdm: bool | None = None
    silent_after: Duration | None = None
    schedule: str | None = None
    timezone: str = "UTC"
    articles_per_day: ArticlesPerDay | None = None
    allow_private: bool = False
    enabled: bool = True

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it consists of: those of `LISTS` that its file has."""
        return tuple(name for name in LISTS if getattr(self, name))

    @property
    def listings(self) -> tuple[str, ...]:
        """The addresses that name its pages."""
        return (*self.feeds, *self.sitemaps, *self.sections)

    @field_validator("feeds", "sitemaps", "sections", "urls")
    @classmethod
    def _web_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if not is_web_address(url):
                raise ValueError(f"{url} is not an http or https address; files go under `paths`")
        return urls

    @field_validator("paths", "warcs")
    @classmethod
    def _places(cls, places: tuple[str, ...]) -> tuple[str, ...]:
        if not all(place.strip() for place in places):
            raise ValueError("one of them is empty; write a path, or leave the line out")
        return places

    @field_validator("paths")
    @classmethod
    def _no_addresses(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if "://" in path and not path.startswith("file://"):
                raise ValueError(f"{path} is an address; pages go under `urls`, WARC files under `warcs`")
        return paths

    @field_validator("warcs")
    @classmethod
    def _warc_places(cls, warcs: tuple[str, ...]) -> tuple[str, ...]:
        for warc in warcs:
            scheme, separator, rest = warc.partition("://")
            if separator and not (is_web_address(warc) or (scheme == "s3" and rest.strip("/"))):
                raise ValueError(f"{warc} is neither a path nor an http, https or s3 address of a WARC file")
        return warcs

    @field_validator("columns")
    @classmethod
    def _known_columns(cls, columns: dict[str, str]) -> dict[str, str]:
        for ours, theirs in columns.items():
            if ours not in USUAL_NAMES:
                raise ValueError(f"{ours} is nothing we read; on the left stands one of {', '.join(USUAL_NAMES)}")
            if not theirs.strip():
                raise ValueError(f"{ours} names no column; write e.g. `{ours}: body`, or leave it out")
        return columns

    @field_validator("follow")
    @classmethod
    def _regular_expression(cls, follow: str | None) -> str | None:
        try:
            re.compile(follow or "")
        except re.error as error:
            raise ValueError(f"not a regular expression ({error}); write e.g. '/20[0-9][0-9]/'") from None
        return follow

    @field_validator("revisit_after", "silent_after")
    @classmethod
    def _positive(cls, value: Any) -> Any:
        for duration in value if isinstance(value, tuple) else (value,):
            if duration is not None and duration <= timedelta():
                raise ValueError("a length of time is more than nothing; write e.g. 90s, 15m, 1h or 7d")
        return value

    @field_validator("schedule")
    @classmethod
    def _five_fields(cls, schedule: str | None) -> str | None:
        if schedule is not None and not _CRON.fullmatch(schedule.strip()):
            raise ValueError("not a cron line of five fields; write e.g. '15 * * * *' for a quarter past each hour")
        return schedule

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not a time zone; write e.g. Europe/London") from None
        return timezone

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if not self.kinds:
            raise ValueError(f"names nothing to collect; add {', '.join(LISTS[:-1])} or {LISTS[-1]}")
        # A key that has no effect is a mistake its author would wait for in vain.
        if self.columns and not self.paths:
            raise ValueError("columns are those of files; add paths, or leave columns out")
        if self.follow is not None and not (self.sitemaps or self.sections):
            raise ValueError("follow chooses among the links of sitemaps and sections; add one, or leave follow out")
        return self


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host.

    >>> is_web_address("https://example.org/a"), is_web_address("http:/a"), is_web_address("data/samples")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def read_sources(folder: Path) -> dict[str, Source]:
    """The sources by name, in order; none when the folder is missing. Raises SourceError with all problems."""
    sources: dict[str, Source] = {}
    problems: list[str] = []
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        if file.stem in sources:
            problems.append(f"{file}: there is another file for {file.stem}; keep one")
            continue
        try:
            sources[file.stem] = _read_source(file)
        except SourceError as error:
            problems.append(str(error))
    if problems:
        raise SourceError("\n".join(problems))
    return sources


def _read_source(file: Path) -> Source:
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" line {where.line + 1}" if where else ""
        raise SourceError(f"{file}{line}: not valid YAML ({getattr(error, 'problem', error)})") from None
    if not isinstance(values, dict):
        raise SourceError(f"{file}: should hold `key: value` lines, such as `feeds: [https://example.org/rss]`")
    if "key" in values:
        raise SourceError(f"{file}: key is not for the file; the file's own name is the source's key")
    try:
        return Source.model_validate({"name": file.stem, **values, "key": file.stem})
    except ValidationError as error:
        raise SourceError("\n".join(_explain(file, problem) for problem in error.errors())) from None


def _explain(file: Path, problem: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        model = ArticlesPerDay if key.startswith("articles_per_day.") else Source
        known = [name for name in model.model_fields if name != "key"]
        similar = difflib.get_close_matches(key.rpartition(".")[2], known, 1)
        cure = f"did you mean {similar[0]}?" if similar else f"keys are {', '.join(known)}"
        return f"{file}: {key} is not a key of a source; {cure}"
    message = problem["msg"].removeprefix("Value error, ")
    cure = _cure(key, problem["type"])
    return f"{file}: {key}: {message}{cure} (it says {problem['input']!r})" if key else f"{file}: {message}"


def _cure(key: str, kind: str) -> str:
    cures = {
        "country": 'write the two-letter code in capitals, e.g. GB (and "NO" in quotes)',
        "language": "write the two-letter code, e.g. en",
        "key": "a file's name may hold letters, digits, '.', '_' and '-'",
        "columns": "write e.g. `columns: {text: body, title: headline}`",
        "articles_per_day": "write e.g. `articles_per_day: {at_least: 40}`",
    }
    if kind == "tuple_type":
        return f"; write a list, e.g. `{key}: [{'1h, 1d, 7d' if key == 'revisit_after' else 'first, second'}]`"
    if kind.startswith("time_delta"):
        return "; write a length of time: 90s, 15m, 1h or 7d"
    cure = cures.get(key.partition(".")[0]) if kind != "value_error" else None
    return f"; {cure}" if cure else ""
