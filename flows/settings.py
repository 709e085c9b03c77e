"""Reads `config/copydesk.toml` (and `COPYDESK_…` variables) into checked settings.

In: the project's folder. Out: `Settings`, with all paths absolute.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from flows.problem import Problem


class SettingsError(Problem):
    """The settings cannot be used; the message names file, key and cure."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _duration(value: Any) -> Any:
    """A text such as `90s`, `15m`, `1h`, `7d` as a timedelta; anything else is left for pydantic to refuse."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value.strip()) if isinstance(value, str) else None
    if not found:
        return value
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: float(found[1])})


Duration = Annotated[timedelta, BeforeValidator(_duration)]
"""A length of time, written `90s`, `15m`, `1h` or `7d`."""


class Storage(_Part):
    """Where things lie. Paths are absolute once read."""

    lake: Path = Path("data/lake")
    raw: Path = Path("data/raw")
    state: Path = Path("data/state.db")
    discovery: str = ""
    gazetteer: Path = Path("data/gazetteer")
    buckets: int = Field(default=0, ge=0, le=4096)
    lock_timeout_seconds: float = Field(default=60, ge=0)
    keep_staging_days: float = Field(default=7, ge=0)


class Politeness(_Part):
    """How we behave towards publishers."""

    contact: str = ""
    pause_seconds: float = Field(default=2.0, ge=0)
    timeout_seconds: float = Field(default=30.0, gt=0)
    max_bytes: int = Field(default=20_000_000, gt=0)
    host_seconds: float = Field(default=1800.0, gt=0)
    hosts_at_once: int = Field(default=40, ge=1, le=1000)
    respect_tdm: bool = True
    revisit_after: tuple[Duration, ...] = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
    proxy: str = ""


class Engine(_Part):
    """Where the work is done."""

    runner: Literal["processes", "dask"] = "processes"
    workers: int = Field(default=0, ge=0)
    batch_size: int = Field(default=50, ge=1, le=1000)
    dask_address: str = ""

    @property
    def worker_count(self) -> int:
        """How many workers to start: the number set, else one for each core we may use."""
        if self.workers:
            return self.workers
        # Only Linux tells which cores are ours; elsewhere all of them are.
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Find(_Part):
    """What reads the text."""

    model: str = "en_core_web_md"


class Settings(_Part):
    """All settings. `home` is the folder that relative paths count from; `file` is where they were read."""

    home: Path = Path()
    file: Path | None = None
    storage: Storage = Storage()
    politeness: Politeness = Politeness()
    engine: Engine = Engine()
    find: Find = Find()

    @property
    def sources(self) -> Path:
        """The folder with one file for each source."""
        return self.home / "config" / "sources"

    @property
    def entities(self) -> Path:
        """The folder with the user's own entities; it may be missing."""
        return self.home / "config" / "entities"

    def with_lake(self, lake: str | Path | None) -> "Settings":
        """The same settings with another lake (counted from the working folder); archive and state stay."""
        if lake is None:
            return self
        return self.model_copy(update={"storage": self.storage.model_copy(update={"lake": Path(lake).absolute()})})

    def with_gazetteer(self, folder: Path) -> "Settings":
        """The same settings with the gazetteer elsewhere."""
        return self.model_copy(update={"storage": self.storage.model_copy(update={"gazetteer": folder})})


def read_settings(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the project we are in.

    The file is the one given, else `$COPYDESK_CONFIG`, else `config/copydesk.toml` in this folder or the nearest one
    above it, else there is none: then the defaults hold, paths count from this folder, and the gazetteer is in the
    user's cache. A variable `COPYDESK_STORAGE__LAKE` wins over `lake` in `[storage]`, and so on. Raises SettingsError.
    """
    if file is None and environment.get("COPYDESK_CONFIG"):
        file = Path(environment["COPYDESK_CONFIG"])
    file = file or _nearest_file(Path.cwd())
    home = file.absolute().parent.parent if file else Path.cwd()
    values = _read_toml(file) if file else {}
    _apply_environment(values, environment)
    try:
        settings = Settings.model_validate({**values, "home": home, "file": file})
    except ValidationError as error:
        raise SettingsError(_explain(error, file)) from None
    if file is None and "gazetteer" not in values.get("storage", {}):
        # Outside a project each working folder would build its own, half a minute each time.
        settings = settings.with_gazetteer(user_cache_path("copydesk") / "gazetteer")
    paths = {name: (home / path).absolute() for name, path in settings.storage if isinstance(path, Path)}
    return settings.model_copy(update={"storage": settings.storage.model_copy(update=paths)})


def _nearest_file(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        candidate = place / "config" / "copydesk.toml"
        if candidate.is_file():
            return candidate
    return None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be read ({error.strerror}); give another file with COPYDESK_CONFIG"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from None


def _apply_environment(values: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, text in environment.items():
        part, _, key = name.removeprefix("COPYDESK_").lower().partition("__")
        if name.startswith("COPYDESK_") and key:
            values.setdefault(part, {})[key] = text


def _explain(error: ValidationError, file: Path | None) -> str:
    lines = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            lines.append(f"{file or 'settings'}: {key} is not a setting; see config/copydesk.toml for those there are")
        else:
            lines.append(f"{file or 'settings'}: {key} = {problem['input']!r}: {problem['msg']}")
    return "\n".join(lines)
