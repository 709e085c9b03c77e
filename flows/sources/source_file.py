"""Writes a source file from what a first look found.

In: a `SiteReport`. Out: the YAML text, checked as any source file is, and the file in `config/sources`.
"""

import math
from pathlib import Path
from zlib import crc32

import yaml

from flows.collect.sources import Source
from flows.problem import Problem
from flows.sources.report import SiteReport, rounded

_SITEMAPS = ("sitemap", "news_sitemap", "sitemap_index")
FEWEST_PROMISED = 5
"""Of fewer articles a day nothing is promised: a quiet day would be an alarm."""


class FileIsThere(Problem):
    """There is a source file of that name; it is not replaced unasked."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is there already; --force replaces it, --name NAME writes another, --no-write only looks"
        )


def source_yaml(report: SiteReport, *, is_private: bool) -> str:
    """The text of the source file. It is enabled only when the site can be collected."""
    lines = [
        f"# Written by `copydesk sources check {report.url}` on {report.looked_at:%Y-%m-%d}.",
        "# What the keys mean: config/sources/README.md. Read the publisher's terms before you collect.",
        f"name: {_value(report.name or report.key)}",
    ]
    lines += [f"country: {_value(report.country)}"] if report.country else []
    lines += [f"language: {_value(report.language)}"] if report.language else []
    lines += _what(report)
    lines.append(f'schedule: "{crc32(report.key.encode()) % 60} * * * *"')
    lines += _expected(report)
    lines += ["allow_private: true   # it is on this machine or in its network"] if is_private else []
    lines += [f"# {advice}" for advice in report.advice if not report.can_be_collected]
    lines.append(f"enabled: {'true' if report.can_be_collected else 'false'}")
    text = "\n".join(lines) + "\n"
    Source.model_validate({**yaml.safe_load(text), "key": report.key})  # what we write, we can read
    return text


def write_source(file: Path, text: str) -> None:
    """Put the file there. Raises Problem when it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(
            f"{file}: cannot be written ({error.strerror}); --no-write prints what would stand there"
        ) from None


def _what(report: SiteReport) -> list[str]:
    chosen = report.chosen
    if chosen is None:
        lines = ["sections:", f"  - {_value(report.section or report.url)}"]
    else:
        lines = ["sitemaps:" if chosen.kind in _SITEMAPS else "feeds:", f"  - {_value(chosen.url)}"]
    return lines + ([f"follow: {_value(report.follow)}"] if report.follow else [])


def _expected(report: SiteReport) -> list[str]:
    per_day = report.chosen.per_day if report.chosen else None
    if per_day is None or per_day < FEWEST_PROMISED:
        return []
    # Weekends and holidays have a third of a weekday's news, a great event some three times as much.
    least, most = math.floor(per_day / 3), math.ceil(per_day * 4)
    return [f"articles_per_day: {{at_least: {least}, at_most: {most}}}   # estimated: {rounded(per_day)}"]


def _value(text: str | None) -> str:
    """A text as one line of YAML."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000, default_flow_style=True).removesuffix("...\n").strip()
