"""Tells whether a Prefect API is configured, without the seconds that importing Prefect takes."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path


def prefect_is_configured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `PREFECT_API_URL` is set, or the active Prefect profile sets it."""
    if environment.get("PREFECT_API_URL"):
        return True
    home = Path(environment.get("PREFECT_HOME") or Path.home() / ".prefect")
    try:
        profiles = tomllib.loads((home / "profiles.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return False
    active = environment.get("PREFECT_PROFILE") or profiles.get("active", "")
    return bool(profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL"))
