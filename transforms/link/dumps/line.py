"""What is wrong with a line of a dump.

In: nothing. Out: `WrongLine`.
"""


class WrongLine(ValueError):
    """The line is not of the format; the message says what was expected and what is there."""


def columns(line: str, number: int, *, fewest: int | None = None) -> list[str]:
    """The tab-separated columns of a line; WrongLine when there are not `number` of them (or `fewest` at least)."""
    found = line.rstrip("\r\n").split("\t")
    if len(found) > number or len(found) < (fewest or number):
        raise WrongLine(f"{number} tab-separated columns expected, {len(found)} found")
    return found


def whole(text: str, column: str, *, most: int = 2**31 - 1) -> int:
    """The number a column holds, from 0 to `most`; WrongLine when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most):
        raise WrongLine(f"{column}: a whole number expected, {text[:20]!r} found")
    return int(text)
