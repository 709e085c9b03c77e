"""Reads `config/sources/*.yaml`: one file for each source, the folder is the list.

In: the folder. Out: `Source`s by name, the name being the file's name without its ending.
"""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from flows.problem import Problem

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

    `country` is ISO 3166-1 alpha-2 and `language` ISO 639-1. `paths` count from the project's folder and may be globs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(exclude=True, pattern=r"^[\w.-]+$")
    name: str = ""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    feeds: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    schedule: str | None = None
    timezone: str = "UTC"
    articles_per_day: ArticlesPerDay | None = None
    allow_private: bool = False
    enabled: bool = True

    @field_validator("feeds", "urls")
    @classmethod
    def _web_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if not is_web_address(url):
                raise ValueError(f"{url} is not an http or https address; files go under `paths`")
        return urls

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
        if not (self.feeds or self.paths or self.urls):
            raise ValueError("names nothing to collect; add feeds, urls or paths")
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
    cures = {
        "country": 'write the two-letter code in capitals, e.g. GB (and "NO" in quotes)',
        "language": "write the two-letter code, e.g. en",
        "key": "a file's name may hold letters, digits, '.', '_' and '-'",
    }
    cure = f"; {cures[key]}" if key in cures else ""
    return f"{file}: {key}: {message}{cure} (it says {problem['input']!r})" if key else f"{file}: {message}"
