"""What the flows share: checked parameters, settings, a reporter that writes the run's log, and the final state.

In: values as Prefect hands them over. Out: what the plain pipeline takes, and a Prefect state that tells how it went.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.logging import get_run_logger
from prefect.states import Completed
from pydantic import BaseModel, ValidationError

from flows.orchestration.heartbeat import WITH_WARNINGS
from flows.parameters import IngestParameters, ReprocessParameters
from flows.problem import Problem
from flows.progress import Reporter
from flows.receipt import Receipt
from flows.settings import Settings, read_settings

_given: ContextVar[tuple[Settings, Reporter] | None] = ContextVar("given", default=None)


class BadParameters(Problem):
    """The run was asked for something that cannot be; the message names the parameter."""


class RunLog:
    """A reporter whose lines are the log of the current flow run."""

    def __init__(self, also: Reporter | None = None) -> None:
        """Tell another reporter as well."""
        self._also = also

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        """See `Reporter.advance`; the task runs on the page say it already."""
        if self._also:
            self._also.advance(stage, done, total)

    def say(self, line: str) -> None:
        """See `Reporter.say`."""
        get_run_logger().info(line)
        if self._also:
            self._also.say(line)


@contextmanager
def given(settings: Settings, watcher: Reporter) -> Iterator[None]:
    """Flows called within use these settings, and tell `watcher` how far they are."""
    token = _given.set((settings, watcher))
    try:
        yield
    finally:
        _given.reset(token)


def reporter() -> Reporter:
    """The reporter of the current flow run."""
    here = _given.get()
    return RunLog(here[1] if here else None)


def settings_for(parameters: IngestParameters | ReprocessParameters) -> Settings:
    """The settings of this run: those given, or those of the project's file; the lake may be another."""
    here = _given.get()
    return (here[0] if here else read_settings()).with_lake(parameters.lake)


def checked[Parameters: BaseModel](model: type[Parameters], **values: Any) -> Parameters:
    """The parameters of a run. Raises BadParameters."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise BadParameters("; ".join(_explain(problem) for problem in error.errors())) from None


def _explain(problem: Any) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    what = problem["msg"].removeprefix("Value error, ")
    return f"{where}: {what} (it was {problem['input']!r})" if where else what


def as_state(receipt: Receipt) -> State[Receipt]:
    """Completed, with a message that says what became of the input and what a person should look at.

    With warnings the state has another name, which the page shows in place of "Completed"; its type is the same, so
    that whatever waits for a completed run goes on.
    """
    message = receipt.summary
    if not receipt.warnings:
        return Completed(message=message, data=receipt)
    count = len(receipt.warnings)
    message += f"; {count} warning{'s' if count > 1 else ''}: {'; '.join(receipt.warnings)}"
    for warning in receipt.warnings:
        get_run_logger().warning(warning)
    return Completed(name=WITH_WARNINGS, message=message, data=receipt)


def emit_alarms(receipt: Receipt) -> None:
    """Send an event for each alarm, such as `copydesk.source.silent`, which an automation may wait for."""
    for alarm in receipt.alarms:
        emit_event(
            event=f"copydesk.source.{alarm.kind}",
            resource={
                "prefect.resource.id": f"copydesk.source.{alarm.source or 'none'}",
                "prefect.resource.name": alarm.source or "what was named",
            },
            payload={"source": alarm.source, "message": alarm.message, "lake": receipt.lake, "run_id": receipt.run_id},
        )
