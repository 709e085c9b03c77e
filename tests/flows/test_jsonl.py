import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flows.jsonl import Line, error_row, rewrite
from flows.problem import Problem


def shout(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {"id": line.values["id"], "text": line.values["text"].upper()}
        if "text" in line.values
        else error_row(line, '"text" is missing')
        for line in lines
    ]


def rewritten(tmp_path: Path, content: bytes, **options: Any) -> tuple[int, list[dict[str, Any]]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(content)
    bad = rewrite(str(source), str(target), shout, **options)
    return bad, [json.loads(line) for line in target.read_text().splitlines()]


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    content = b'{"id": 1, "text": "a"}\n{"id": 2\n\n{"id": 3}\n[4]\n{"id": 5, "text": "\xff"}\n{"id": 6, "text": "b"}\n'
    bad, rows = rewritten(tmp_path, content)
    assert bad == 4
    assert rows[0] == {"id": 1, "text": "A"}
    assert rows[1]["error"].startswith("line 2: not JSON")
    assert rows[2] == {"id": 3, "error": 'line 4: "text" is missing'}
    assert rows[3]["error"] == "line 5: a JSON list, not an object"
    assert rows[4]["error"].startswith("line 6: not UTF-8")
    assert rows[5] == {"id": 6, "text": "B"}


@pytest.mark.parametrize("chunk_characters", [1, 10, 1_000_000])
def test_order_is_kept_whatever_the_chunks(tmp_path: Path, chunk_characters: int) -> None:
    content = b"".join(b'{"id": %d, "text": "x"}\n' % number for number in range(50))
    _, rows = rewritten(tmp_path, content, chunk_characters=chunk_characters)
    assert [row["id"] for row in rows] == list(range(50))


def test_what_was_there_stays_when_the_work_fails(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "a"}\n')
    target.write_text("as it was")

    def fail(_: Sequence[Line]) -> list[dict[str, Any]]:
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        rewrite(str(source), str(target), fail)
    assert target.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"none\.jsonl: cannot be read"):
        rewrite(str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl"), shout)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "a"}\n')
    with pytest.raises(Problem, match=r"nowhere/out\.jsonl: cannot be written"):
        rewrite(str(tmp_path / "in.jsonl"), str(tmp_path / "nowhere" / "out.jsonl"), shout)
