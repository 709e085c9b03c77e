"""The folder of a language in a package of rules: a package and a language come in, its folder and tables go out.

A package has a folder a language ("en"), so that another language is data and no code.
"""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable


def language_folder(package: str, language: str | None) -> Traversable | None:
    """The folder of a language, ISO 639-1 with or without a region ("en", "en-GB"); None when the package has none."""
    code = (language or "").lower().split("-")[0].split("_")[0]
    folder = files(package) / code
    return folder if code.isalpha() and folder.is_dir() else None


def read_table(package: str, language: str, name: str) -> list[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    text = (files(package) / language / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
