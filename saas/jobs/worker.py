"""The worker: takes jobs in due order, enters their scope, does them, retries what failed.

A worker that is killed leaves its job marked as running; the watchman of any living worker gives
such jobs back to the queue once the dead worker's heartbeat is old.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import procrastinate
import psycopg
from flask import Flask
from procrastinate import JobContext, RetryStrategy
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status

from saas.jobs.queue import JOBS, Job
from saas.kernel.context import Hub, Scope, Tenant, entering
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work

_log = logging.getLogger(__name__)
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=2)
_HEARTBEAT_OLD = 30
_NOTE = """
INSERT INTO jobs.troubles (job_id, reason) VALUES (%(job)s, %(reason)s)
ON CONFLICT (job_id) DO UPDATE SET at = clock_timestamp(), reason = excluded.reason"""
_OURS = "/saas/"


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


def make_queue(app: Flask, owner_url: str, *, by_clock: bool = True) -> procrastinate.App:
    """The queue with every declared job, connected to the ``jobs`` schema; ``by_clock``: what an
    hour asks for is queued at its hour.
    """
    connector = procrastinate.PsycopgConnector(
        conninfo=owner_url, kwargs={"options": "-c search_path=jobs"}
    )
    queue = procrastinate.App(connector=connector)
    for name, declared in JOBS.items():
        task = queue.task(name=name, retry=_RETRY, pass_context=True)
        task(_task(app, declared, owner_url))
        if by_clock and declared.cron:
            task = queue.task(name=f"{name}.clock", retry=_RETRY, pass_context=True)
            queue.periodic(cron=declared.cron)(task(_by_clock(app, declared, owner_url)))
    return queue


def _task(app: Flask, declared: Job, owner_url: str) -> Callable[..., None]:
    def do(context: JobContext, scope: str, **args: Any) -> None:
        with _noting(owner_url, context):
            run_job(app, declared, scope, **args)

    return do


def _by_clock(app: Flask, declared: Job, owner_url: str) -> Callable[[JobContext, int], None]:
    """The queue defers it once, however many workers there are."""

    def do(context: JobContext, timestamp: int) -> None:
        with _noting(owner_url, context):
            run_job(app, declared, "hub")

    return do


@contextmanager
def _noting(owner_url: str, context: JobContext) -> Iterator[None]:
    """Why a job broke is kept beside it; should even that fail, the error itself is not hidden."""
    try:
        yield
    except Exception as error:
        with suppress(psycopg.Error), psycopg.connect(owner_url) as connection:
            connection.execute(_NOTE, {"job": context.job.id, "reason": reason_of(error)})
        raise


def reason_of(error: BaseException) -> str:
    """What went wrong, in names alone: a message could hold what somebody typed.

    The errors from the outermost to its cause, and the last line of ours on the way.
    """
    names, last = [], ""
    while True:
        names.append(type(error).__name__)
        ours = [f for f in traceback.extract_tb(error.__traceback__) if _OURS in f.filename]
        if ours:
            last = f" ({ours[-1].filename.partition(_OURS)[2]}:{ours[-1].lineno})"
        if error.__cause__ is None:
            return " ← ".join(names) + last
        error = error.__cause__


async def _watch(queue: procrastinate.App) -> None:
    """Give back the jobs of dead workers, for as long as this one lives."""
    while True:
        try:
            for stalled in await queue.job_manager.get_stalled_jobs(
                seconds_since_heartbeat=_HEARTBEAT_OLD
            ):
                await _rescue(queue, stalled)
        except Exception:  # noqa: BLE001 - the watchman must outlive a lost connection
            _log.exception("looking for stalled jobs failed; trying again")
        await asyncio.sleep(_HEARTBEAT_OLD / 3)


async def _rescue(queue: procrastinate.App, stalled: QueuedJob) -> None:
    """Give one job back. One that cannot be is failed, with its reason, and stops no other."""
    try:
        await queue.job_manager.retry_job(stalled)
        _log.warning("job %s of a dead worker goes back to the queue", stalled.task_name)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next one has its turn
        _log.error("job %s cannot go back to the queue: %s", stalled.task_name, reason_of(error))
        await queue.job_manager.finish_job(stalled, status=Status.FAILED, delete_job=False)
        await queue.connector.execute_query_async(
            _NOTE, job=stalled.id, reason=f"not rescued: {reason_of(error)}"
        )


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
    """Run a worker until it is told to stop; with ``wait=False`` until nothing is due, and without
    what only the hour of the day asks for.
    """
    queue = make_queue(app, owner_url, by_clock=wait)
    asyncio.run(_serve(queue, concurrency, wait))
