"""The main job: news in, tables out. By schedule, from the Prefect page, over REST or by hand, it is this flow.

In: what to take in. Out: new rows in the lake, a `Receipt`, and on the run's page what each source brought.
"""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.orchestration.artifacts import publish_artifacts
from flows.orchestration.run import as_state, checked, emit_alarms, reporter, settings_for
from flows.orchestration.tasks import task_mapper
from flows.parameters import IngestParameters
from flows.pipeline import run_ingest


@flow(name="ingest", persist_result=False)
def ingest(sources: list[str] | None = None, since: date | None = None, lake: str | None = None) -> State[Any]:
    """Collect, extract, find, link and publish. Running it twice is running it once.

    Args:
        sources: Names from config/sources, files, folders, pages or feeds. None: every enabled source.
        since: Leave out what a feed dates before this day (YYYY-MM-DD).
        lake: Folder of the tables, where the flow runs. None: the one in config/copydesk.toml.
    """
    parameters = checked(IngestParameters, sources=sources or [], since=since, lake=lake)
    settings = settings_for(parameters)
    with task_mapper(settings.engine) as mapper:
        receipt = run_ingest(parameters, settings, mapper, reporter())
    publish_artifacts(receipt)
    emit_alarms(receipt)
    return as_state(receipt)
