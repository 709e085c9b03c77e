"""The Prefect settings that copydesk needs, as environment variables, because all its processes inherit those.

In: nothing. Out: `prepare()`, called before the first import of Prefect, which reads its settings only then.
"""

import os
from collections.abc import MutableMapping

HEARTBEAT_SECONDS = 30
"""How often a run says that it is alive; Prefect does not take less."""

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    # 20 seconds are not enough on a busy machine with a cold disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # SQLite has one writer at a time; ten seconds in the queue are not enough for many tasks on a busy machine.
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    # A run that waits for another of its deployment looks again so often.
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "10",
}


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set what the user has not set otherwise."""
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)


def quieten(environment: MutableMapping[str, str] = os.environ) -> None:
    """Keep Prefect's own log lines from the terminal; the run's page still has them."""
    environment.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "ERROR")
    environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "ERROR")
