"""Runs a flow from here, with a bar in the terminal: on the Prefect API that is configured, else on one of its own.

In: parameters and settings. Out: the receipt. The run has its page and its history like any other.
"""

import sys

from flows.orchestration.environment import prepare, quieten
from flows.parameters import IngestParameters, ReprocessParameters
from flows.prefect_api import prefect_is_configured
from flows.problem import Problem
from flows.receipt import Receipt
from flows.settings import Settings


class PrefectUnavailable(Problem):
    """Prefect does not answer where it should."""

    exit_code = 3


def run_orchestrated(
    parameters: IngestParameters | ReprocessParameters, settings: Settings, *, quiet: bool = False
) -> Receipt:
    """Run `ingest` or `reprocess` as a flow in this process, and return its receipt.

    Without a configured API, Prefect serves itself for as long as the run lasts (15 to 30 seconds to start); the record
    of the run stays in its home (~/.prefect). Raises Problem.
    """
    if not quiet and not prefect_is_configured():
        print("starting Prefect for this run: some 20 seconds (--plain does without it) …", file=sys.stderr, flush=True)
    prepare()
    quieten()
    from flows.orchestration.run import given
    from flows.progress import progress_bar

    _check_api()
    with progress_bar(quiet) as watcher, given(settings, watcher):
        return _run(parameters)


def _run(parameters: IngestParameters | ReprocessParameters) -> Receipt:
    if isinstance(parameters, IngestParameters):
        from flows.ingest import ingest as wanted
    else:
        from flows.reprocess import reprocess as wanted  # type: ignore[assignment]
    receipt: Receipt = wanted(**parameters.model_dump())  # type: ignore[assignment]
    return receipt


def _check_api() -> None:
    from prefect.settings import get_current_settings

    from flows.orchestration.server import answers

    url = get_current_settings().api.url
    if url and not answers(url):
        raise PrefectUnavailable(
            f"no Prefect API answers at {url}: start it with `copydesk serve`, or run without it: --plain"
        )
