"""Reads a dump as a stream of lines: a file comes in, what each line tells goes out; wrong lines are counted.

A file may be whole or a slice, plain, .gz, .bz2 or .zip. No line can end the build; a file of which nothing is as it
should be is refused.
"""

import bz2
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from flows.problem import Problem
from transforms.link.dumps.line import WrongLine

_LONGEST = 32 * 1024 * 1024
"""Bytes of a line; the longest entity of Wikidata has a few millions."""
_KEPT = 5
_TRIED = 100


@dataclass
class DumpReport:
    """What became of a file: lines read and used, and the first of the lines that are wrong."""

    path: Path
    lines: int = 0
    used: int = 0
    wrong: int = 0
    examples: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """The report in words, the cure in the last."""
        said = [f"{self.path.name}: {self.lines:,} lines, {self.used:,} used, {self.wrong:,} wrong"]
        said.extend(f"{self.path.name}, {example}" for example in self.examples)
        if self.wrong:
            said.append(f"{self.path.name}: wrong lines were passed over; if there are many, download the file again")
        return said


def read_dump[Read](path: Path, read: Callable[[str], Read | None], report: DumpReport, what: str) -> Iterator[Read]:
    """What `read` makes of each line that tells something; Problem when the file is not `what` it is said to be."""
    with ExitStack() as opened:
        stream = _open(path, opened)
        right = 0
        for raw in _lines(stream, path, report):
            try:
                if len(raw) >= _LONGEST:
                    raise WrongLine(f"longer than {_LONGEST:,} bytes")
                found = read(raw.decode("utf-8"))
                right += 1
            except (WrongLine, UnicodeDecodeError) as error:
                _note(report, error)
                if report.lines == _TRIED and not right:
                    raise _refusal(path, what, report) from None
                continue
            if found is not None:
                report.used += 1
                yield found
        if not right:
            raise _refusal(path, what, report)


def _lines(stream: IO[bytes], path: Path, report: DumpReport) -> Iterator[bytes]:
    in_long_line = False
    while True:
        try:
            raw = stream.readline(_LONGEST)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise Problem(f"{path}: broken after line {report.lines:,} ({error}); download it again") from None
        if not raw:
            return
        if not in_long_line:
            report.lines += 1
            yield raw
        in_long_line = len(raw) >= _LONGEST and not raw.endswith(b"\n")


def _note(report: DumpReport, error: Exception) -> None:
    report.wrong += 1
    if len(report.examples) < _KEPT:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        report.examples.append(f"line {report.lines:,}: {why}")


def _refusal(path: Path, what: str, report: DumpReport) -> Problem:
    why = f" ({report.examples[0]})" if report.examples else " (it is empty)"
    return Problem(f"{path}: not {what}{why}; give the file as it was downloaded, or a slice of its lines")


def _open(path: Path, opened: ExitStack) -> IO[bytes]:
    try:
        if path.suffix == ".zip":
            archive = opened.enter_context(zipfile.ZipFile(path))
            return opened.enter_context(archive.open(_member(archive, path)))
        if path.suffix == ".gz":
            return cast(IO[bytes], opened.enter_context(gzip.open(path, "rb")))
        if path.suffix == ".bz2":
            return cast(IO[bytes], opened.enter_context(bz2.open(path, "rb")))
        return opened.enter_context(path.open("rb"))
    except zipfile.BadZipFile as error:
        raise Problem(f"{path}: not a zip file ({error}); download it again") from None
    except (OSError, RuntimeError) as error:
        raise Problem(f"{path}: cannot be read ({error})") from None


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The data of GeoNames' zip files; `alternateNamesV2.zip` also holds a list of languages, and others a readme."""
    members = [member for member in archive.infolist() if member.filename.endswith(".txt")]
    named = [member for member in members if Path(member.filename).stem == path.stem]
    if not members:
        raise Problem(f"{path}: holds no .txt file; give the zip file as it was downloaded from GeoNames")
    return (named or sorted(members, key=lambda member: member.file_size))[-1]
