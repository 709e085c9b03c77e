"""What the batches of the test flows do: they leave marks in a folder, so that tests see when they ran."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from flows.problem import Problem


@dataclass(frozen=True)
class Piece:
    folder: Path
    number: int
    seconds: float = 0.0


def mark(piece: Piece) -> int:
    """Leaves a file for the piece, unless an earlier run did: what the real batches do with their staging."""
    started = time.time()
    time.sleep(piece.seconds)
    with (piece.folder / f"{piece.number}.{os.getpid()}").open("x") as file:
        file.write(f"{started} {time.time()}")
    return piece.number


def die_once(piece: Piece) -> int:
    flag = piece.folder / "died"
    if piece.number == 3 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return piece.number


def fail_at_two(piece: Piece) -> int:
    (piece.folder / f"try-{piece.number}-{time.monotonic_ns()}").touch()
    if piece.number == 2:
        raise ValueError("the moon is full")
    return piece.number


def disk_full(piece: Piece) -> int:
    (piece.folder / f"try-{piece.number}-{time.monotonic_ns()}").touch()
    raise Problem("no space left on the disk; free some")
