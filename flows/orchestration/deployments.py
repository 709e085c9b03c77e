"""Tells Prefect what can be run and when: the deployments of `prefect.yaml`, and one for each source with a schedule.

In: the project's folder. Out: deployments, a work pool and an automation on the Prefect server; doing it again changes
nothing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentUpdate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, WorkPool
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron
from prefect.utilities.callables import ParameterSchema
from prefect.workers.process import ProcessWorker
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from flows.collect.sources import Source, read_sources
from flows.orchestration.heartbeat import TAG
from flows.problem import Problem
from flows.settings import Settings

POOL = "copydesk"
SOURCE_TAG = "copydesk-source"

# The same as in prefect.yaml: a run given its turn that has not begun after two minutes loses it.
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE, grace_period_seconds=120
)


class DeploymentError(Problem):
    """`prefect.yaml` cannot be used; the message names the deployment and the cure."""


class _WorkPool(BaseModel):
    name: str = POOL
    job_variables: dict[str, Any] = {}


class _Schedule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cron: str
    timezone: str = "UTC"
    active: bool = True


class Deployment(BaseModel):
    """One entry of `prefect.yaml`, as far as copydesk uses it."""

    model_config = ConfigDict(extra="forbid")

    name: str
    entrypoint: str
    description: str | None = None
    tags: list[str] = []
    parameters: dict[str, Any] = {}
    concurrency_limit: ConcurrencyLimitConfig | None = None
    work_pool: _WorkPool = _WorkPool()
    schedules: list[_Schedule] = []


def read_deployments(settings: Settings) -> list[Deployment]:
    """The deployments of the project: those of `prefect.yaml`, then those of its sources. Raises Problem."""
    written = list(_read_yaml(settings.home / "prefect.yaml"))
    sources = read_sources(settings.sources).values()
    return written + [_for_source(source, source.schedule) for source in sources if source.enabled and source.schedule]


def apply(settings: Settings, deployments: list[Deployment]) -> list[str]:
    """Put the work pool and these deployments on the server; returns their names ("ingest/all-sources")."""
    with get_client(sync_client=True) as client:
        _make_pool(client)
        wanted = [_runnable(settings, deployment) for deployment in deployments]
        for deployment in wanted:
            deployment.apply()
        names = [deployment.full_name for deployment in wanted]
        _pause_others(client, settings, {deployment.name for deployment in wanted})
    return names


def _read_yaml(file: Path) -> Iterator[Deployment]:
    try:
        entries = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("deployments") or []
    except OSError as error:
        raise DeploymentError(f"{file}: cannot be read ({error.strerror}); run this in the project's folder") from None
    except (yaml.YAMLError, AttributeError) as error:
        raise DeploymentError(f"{file}: not valid YAML ({error})") from None
    for number, entry in enumerate(entries, 1):
        try:
            yield Deployment.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise DeploymentError(f"{file}: deployment {number}: {where}: {first['msg']}") from None


def _for_source(source: Source, schedule: str) -> Deployment:
    return Deployment(
        name=source.key,
        entrypoint="flows.ingest.ingest",
        description=f"Takes in {source.name or source.key}, see config/sources/{source.key}.yaml.",
        tags=[SOURCE_TAG],
        parameters={"sources": [source.key]},
        concurrency_limit=ONE_AT_A_TIME,
        schedules=[_Schedule(cron=schedule.strip(), timezone=source.timezone)],
    )


def _runnable(settings: Settings, deployment: Deployment) -> RunnerDeployment:
    own = {"working_dir": str(settings.home), "command": f"{sys.executable} -m prefect.engine"}
    runnable: RunnerDeployment = RunnerDeployment.from_entrypoint(
        deployment.entrypoint,
        name=deployment.name,
        description=deployment.description,
        tags=sorted({TAG, *deployment.tags}),
        parameters=deployment.parameters,
        concurrency_limit=deployment.concurrency_limit,
        work_pool_name=deployment.work_pool.name,
        job_variables={**deployment.work_pool.job_variables, **own},
        schedules=[
            Cron(schedule.cron, timezone=schedule.timezone, active=schedule.active) for schedule in deployment.schedules
        ],
    )
    runnable._parameter_openapi_schema = _strict(runnable._parameter_openapi_schema)
    return runnable


def _strict(schema: ParameterSchema) -> ParameterSchema:
    """Parameters the flow does not know are refused when the run is asked for; else it would crash without a word."""
    strict = create_model("StrictSchema", __base__=ParameterSchema, additionalProperties=(bool, False))
    return strict(**schema.model_dump(exclude_unset=True), additionalProperties=False)


def _make_pool(client: SyncPrefectClient) -> WorkPool:
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type="process", base_job_template=template, description="Runs of copydesk.")
    try:
        return client.create_work_pool(pool)
    except ObjectAlreadyExists:
        return client.read_work_pool(POOL)


def _pause_others(client: SyncPrefectClient, settings: Settings, wanted: set[str]) -> None:
    """A source whose file is gone, or has no schedule any more, is not run any more; its history stays."""
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[SOURCE_TAG]))
    for deployment in client.read_deployments(deployment_filter=ours):
        same_project = deployment.job_variables.get("working_dir") == str(settings.home)
        if same_project and deployment.name not in wanted and not deployment.paused:
            client.update_deployment(deployment.id, DeploymentUpdate(paused=True))
