"""Marks runs dead that say nothing any more: their process, or its whole machine, is gone.

In: nothing. Out: an automation on the Prefect server.
"""

from datetime import timedelta

from prefect import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.orchestration.environment import HEARTBEAT_SECONDS

TAG = "copydesk"
"""On every run of ours; the automation minds no others."""

NAME = "copydesk: mark dead runs"
HEARTBEAT = "prefect.flow-run.heartbeat"
WITH_WARNINGS = "CompletedWithWarnings"
"""Name of the state of a run that is done, though a person should look at something."""
# Prefect names an event after the state's name, not its type: a name of our own has to be among them.
ENDS = {
    f"prefect.flow-run.{state}" for state in ("Completed", WITH_WARNINGS, "Failed", "Cancelled", "Crashed", "TimedOut")
}

SILENT_SECONDS = 3 * HEARTBEAT_SECONDS
"""Three missed heartbeats: one may come late on a busy machine."""


def watch_heartbeats(silent_seconds: float = SILENT_SECONDS) -> None:
    """Have the server mark a run Crashed that was silent for so long; the next run finishes its batches.

    A run that only seems dead goes on writing; the storage bears that (a lock for each partition, rows by key).
    """
    automation = AutomationCore(
        name=NAME,
        description="A run without heartbeats is dead; the next one goes on from its staging.",
        tags=[TAG],
        trigger=EventTrigger(
            after={HEARTBEAT},
            expect={HEARTBEAT, *ENDS},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            match_related=ResourceSpecification(
                {"prefect.resource.id": [f"prefect.tag.{TAG}"], "prefect.resource.role": ["tag"]}
            ),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=silent_seconds),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                message=f"No heartbeat for {silent_seconds:.0f} seconds: the process or its machine is gone. "
                "The next run finishes what is in staging.",
            )
        ],
    )
    with get_client(sync_client=True) as client:
        there = client.read_automations_by_name(NAME)
        if there:
            client.update_automation(there[0].id, automation)
        else:
            client.create_automation(automation)
