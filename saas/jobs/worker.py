"""The worker: takes jobs in due order, enters their scope, does them, retries what failed.

A worker that is killed leaves its job marked as running; the watchman of any living worker gives
such jobs back to the queue once the dead worker's heartbeat is old.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import procrastinate
from flask import Flask
from procrastinate import RetryStrategy

from saas.jobs.queue import JOBS, Job
from saas.kernel.context import Hub, Scope, Tenant, entering
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)
_HEARTBEAT_OLD = 30


class ScopeGone(RuntimeError):
    """The district of a job is not there any more, or not open for work."""


def run_job(app: Flask, job: Job, scope_key: str, **args: Any) -> None:
    """Do ``job`` in its scope; what it wrote is stored whole or not at all."""
    with app.app_context():
        scope = wired(app).registry.by_schema(scope_key)
        if scope is None or not _fits(job, scope):
            raise ScopeGone(f"{job.name} for {scope_key}")
        with entering(scope):
            if job.own_transactions:
                job.run(**args)
            else:
                with unit_of_work():
                    job.run(**args)


def _fits(job: Job, scope: Scope) -> bool:
    return isinstance(scope, Tenant if job.plane == "tenant" else Hub)


def make_queue(app: Flask, owner_url: str) -> procrastinate.App:
    """The queue with every declared job, connected to the ``jobs`` schema."""
    connector = procrastinate.PsycopgConnector(
        conninfo=owner_url, kwargs={"options": "-c search_path=jobs"}
    )
    queue = procrastinate.App(connector=connector)
    for name, declared in JOBS.items():
        queue.task(name=name, retry=_RETRY)(_task(app, declared))
        if declared.cron:
            clocked = queue.task(name=f"{name}.clock", retry=_RETRY)(_by_clock(app, declared))
            queue.periodic(cron=declared.cron)(clocked)
    return queue


def _task(app: Flask, declared: Job) -> Callable[..., None]:
    def do(scope: str, **args: Any) -> None:
        run_job(app, declared, scope, **args)

    return do


def _by_clock(app: Flask, declared: Job) -> Callable[[int], None]:
    """The queue defers it once, however many workers there are."""

    def do(timestamp: int) -> None:
        run_job(app, declared, "hub")

    return do


async def _watch(queue: procrastinate.App) -> None:
    """Give back the jobs of dead workers, for as long as this one lives."""
    while True:
        try:
            for stalled in await queue.job_manager.get_stalled_jobs(
                seconds_since_heartbeat=_HEARTBEAT_OLD
            ):
                _log.warning("job %s of a dead worker goes back to the queue", stalled.task_name)
                await queue.job_manager.retry_job(stalled)
        except Exception:  # noqa: BLE001 - the watchman must outlive a lost connection
            _log.exception("looking for stalled jobs failed; trying again")
        await asyncio.sleep(_HEARTBEAT_OLD / 3)


async def _serve(queue: procrastinate.App, concurrency: int, wait: bool) -> None:
    async with queue.open_async():
        watchman = asyncio.create_task(_watch(queue)) if wait else None
        try:
            await queue.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                listen_notify=wait,
                delete_jobs="successful",
                shutdown_graceful_timeout=10,
            )
        finally:
            if watchman:
                watchman.cancel()


def work(app: Flask, owner_url: str, *, concurrency: int = 2, wait: bool = True) -> None:
    """Run a worker until it is told to stop; with ``wait=False`` until nothing is due."""
    asyncio.run(_serve(make_queue(app, owner_url), concurrency, wait))
