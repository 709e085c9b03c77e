"""Reads days of the lake again from the archive, with the rules of today; nothing is fetched.

In: a range of days. Out: their rows anew in the lake, and a `Receipt`.
"""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.orchestration.artifacts import publish_artifacts
from flows.orchestration.run import as_state, checked, emit_alarms, reporter, settings_for
from flows.orchestration.tasks import task_mapper
from flows.parameters import ReprocessParameters
from flows.pipeline import run_reprocess


@flow(name="reprocess", persist_result=False)
def reprocess(
    start: date, end: date, sources: list[str] | None = None, missing: bool = False, lake: str | None = None
) -> State[Any]:
    """Extract, find, link and publish again what the archive holds for these days.

    Args:
        start: First day (partition of the tables), YYYY-MM-DD.
        end: Last day, included, YYYY-MM-DD.
        sources: Only these sources. None: all of them.
        missing: Also what was fetched on these days and the lake has nothing of: brings back a lake that was lost.
        lake: Folder of the tables, where the flow runs. None: the one in config/copydesk.toml.
    """
    parameters = checked(ReprocessParameters, start=start, end=end, sources=sources or [], missing=missing, lake=lake)
    settings = settings_for(parameters)
    with task_mapper(settings.engine) as mapper:
        receipt = run_reprocess(parameters, settings, mapper, reporter())
    publish_artifacts(receipt)
    emit_alarms(receipt)
    return as_state(receipt)
