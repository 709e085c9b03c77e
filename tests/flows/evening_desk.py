"""A desk whose collector dies at a chosen moment, for the tests that kill it.

Run as a program it takes orders from standard input, a line of JSON each, and carries each out in a process of its own,
forked when models and rules are loaded: `{"home": folder, "moment": null or {"call", "number", "after"}}`. The moment
is a method by its full name, and which call of it: the process kills itself with SIGKILL before (or after) it.
"""

import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pandas  # noqa: F401 - pyarrow imports it when it makes the first table
import sqlalchemy.dialects.sqlite  # noqa: F401

sys.path.insert(0, str(Path(__file__).parents[1]))  # for in_one_process.py

from in_one_process import Inline, Silent

import flows.collect.crawl.crawl
import flows.warm  # noqa: F401 - loads what every run needs
from flows.parameters import IngestParameters
from flows.pipeline import run_ingest
from flows.settings import read_settings


def die_at(call: str, number: int, after: bool = False) -> None:
    """Let this process be killed at the given call of a method, `module:Class.method`, or of a function."""
    module, _, name = call.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, method = name.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original, left = getattr(owner, method), [number]

    def dying(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*arguments, **named)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, method, dying)


def work(order: dict[str, Any]) -> None:
    home = Path(order["home"])
    settings = read_settings(home / "config" / "copydesk.toml", environment={})
    if order["moment"]:
        die_at(**order["moment"])
    receipt = run_ingest(IngestParameters(), settings, Inline(), Silent())
    (home / "receipt.json").write_text(receipt.model_dump_json())


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line))
            except BaseException:
                import traceback

                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
