"""Turns one JSONL file into another, line by line, so that a bad line costs only itself.

In: a path or `-`. Out: a path or `-`; a file appears only when it is whole.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flows.problem import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input: its number from 1, and its object, or else what is wrong with it."""

    number: int
    values: dict[str, Any]
    error: str | None = None


class BadLine(Exception):
    """What is wrong with the values of a line, in words that name the key."""


def rewrite(
    source: str,
    target: str,
    answer: Callable[[Sequence[Line]], Sequence[dict[str, Any]]],
    *,
    advance: Callable[[int], None] = lambda _: None,
    chunk_characters: int = 400_000,
) -> int:
    """Write `answer(lines)` for the lines of `source` to `target`, in order, and give the number of bad lines.

    `answer` gets the good lines of a chunk of about `chunk_characters` and gives one object for each. A bad line gives
    `{"id": …, "error": "line 7: …"}`. `advance` is told how many lines are done.
    """
    bad = 0
    with _reading(source) as lines, _writing(target) as out:
        for chunk in _chunks(_read_lines(lines), chunk_characters):
            answers = iter(answer([line for line in chunk if line.error is None]))
            for line in chunk:
                row = next(answers) if line.error is None else _error_row(line)
                bad += row.get("error") is not None
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            advance(len(chunk))
    return bad


def error_row(line: Line, message: str) -> dict[str, Any]:
    """The answer to a line that cannot be used."""
    return {"id": line.values.get("id"), "error": f"line {line.number}: {message}"}


def _error_row(line: Line) -> dict[str, Any]:
    return error_row(line, line.error or "")


def _read_lines(lines: IO[bytes]) -> Iterator[Line]:
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield _parse(number, raw)


def _parse(number: int, raw: bytes) -> Line:
    try:
        values = json.loads(raw)
    except UnicodeDecodeError:
        return Line(number, {}, "not UTF-8; save the file as UTF-8")
    except (json.JSONDecodeError, RecursionError) as error:
        return Line(number, {}, f"not JSON ({error}); each line must be one JSON object")
    if not isinstance(values, dict):
        return Line(number, {}, f"a JSON {type(values).__name__}, not an object")
    return Line(number, values)


def _chunks(lines: Iterator[Line], characters: int) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += sum(len(value) for value in line.values.values() if isinstance(value, str)) + 200
        if size >= characters:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _reading(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - opened here for its error, closed below
    except OSError as error:
        raise Problem(
            f"{source}: cannot be read ({error.strerror}); give a JSONL file, or - for standard input"
        ) from None
    with file:
        yield file


@contextmanager
def _writing(target: str) -> Iterator[IO[str]]:
    if target == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path = Path(target)
    if path.exists() and not path.is_file():  # a pipe, /dev/stdout, /dev/null: nothing to put in place of it
        with path.open("w", encoding="utf-8") as file:
            yield file
        return
    beside = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise Problem(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        beside.unlink(missing_ok=True)
