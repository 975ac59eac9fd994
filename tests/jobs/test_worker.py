"""The worker: one job that breaks, or a worker that is killed, holds up nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any, LiteralString

import procrastinate
import psycopg
import pytest
from flask import Flask
from psycopg.rows import dict_row

from saas.jobs import pulse, worker
from saas.jobs.queue import JOBS, Job
from saas.kernel import clock
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.domain import Domains, Seed
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, queries
from tests.support import District, beat, run_worker

pytestmark = pytest.mark.commits


@pytest.fixture
def in_hub(app: Flask, _districts: object) -> Iterator[Flask]:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


class Queue:
    """The jobs of this test as the owner of the database sees them."""

    def __init__(self, owner_url: str) -> None:
        self.url = owner_url
        self.run("DELETE FROM procrastinate_jobs")
        self.run("DELETE FROM procrastinate_workers")

    def _connected(self) -> psycopg.Connection[dict[str, Any]]:
        return psycopg.connect(self.url, row_factory=dict_row, options="-c search_path=jobs")

    def run(self, statement: LiteralString) -> None:
        with self._connected() as connection:
            connection.execute(statement)

    def left_by_a_dead_worker(self, kind: str, *, once: str | None = None) -> int:
        """A job that a worker was doing when it was killed."""
        with self._connected() as connection:
            row = connection.execute(
                "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args, status,"
                " queueing_lock) VALUES ('default', %s, '{\"scope\": \"hub\"}', 'doing', %s)"
                " RETURNING id",
                (kind, once),
            ).fetchone()
        assert row
        return int(row["id"])

    def waiting(self, kind: str, *, once: str | None = None) -> int:
        job = self.left_by_a_dead_worker(kind)
        with self._connected() as connection:
            connection.execute(
                "UPDATE jobs.procrastinate_jobs SET status = 'todo' WHERE id = %s", (job,)
            )
            connection.execute(
                "UPDATE jobs.procrastinate_jobs SET queueing_lock = %s WHERE id = %s", (once, job)
            )
        return job

    def states(self) -> dict[int, str]:
        with self._connected() as connection:
            found = connection.execute("SELECT id, status FROM jobs.procrastinate_jobs")
            return {row["id"]: row["status"] for row in found}


@pytest.fixture
def queue(in_hub: Flask, settings: Settings) -> Iterator[Queue]:
    queue = Queue(settings.owner_url or "")
    yield queue
    queue.run("DELETE FROM procrastinate_jobs")
    beat(queue.url)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What jobs of kind ``test.good`` did; those of ``test.bad`` break."""
    did: list[str] = []

    def bad() -> None:
        raise ValueError("13900000000 is what somebody typed")

    jobs = {
        "test.good": Job("test.good", "hub", lambda: did.append("good")),
        "test.bad": Job("test.bad", "hub", bad),
    }
    for name, declared in jobs.items():
        monkeypatch.setitem(JOBS, name, declared)
    return did


def _one_round(app: Flask, url: str) -> None:
    """The watchman looks once."""

    async def look() -> None:
        queue = worker.make_queue(app, url)
        async with queue.open_async():
            watching = asyncio.create_task(worker._watch(queue))
            await asyncio.sleep(1)
            watching.cancel()

    # On a thread of its own: where browser stories ran before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(lambda: asyncio.run(look())).result()


def test_a_poisoned_job_stops_neither_the_rescue_nor_the_work_of_others(
    in_hub: Flask, queue: Queue, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = queue.left_by_a_dead_worker("test.good")
    others = [queue.left_by_a_dead_worker("test.good") for _ in range(3)]
    original = procrastinate.manager.JobManager.retry_job

    async def clash(self: Any, job: Any, **more: Any) -> None:
        if job.id == poisoned:
            raise psycopg.errors.UniqueViolation("a number of somebody")
        await original(self, job, **more)

    monkeypatch.setattr(procrastinate.manager.JobManager, "retry_job", clash)
    _one_round(in_hub, queue.url)
    assert queue.states() == {poisoned: "failed", **dict.fromkeys(others, "todo")}
    run_worker(in_hub, queue.url)
    assert done == ["good"] * 3
    (trouble,) = pulse.troubles()
    assert (trouble.id, trouble.state) == (poisoned, "failed")
    assert (trouble.reason or "").startswith("not rescued: UniqueViolation (jobs/worker.py:")


def test_a_job_left_behind_comes_back_even_when_another_of_its_kind_waits(
    in_hub: Flask, queue: Queue, done: list[str]
) -> None:
    left = queue.left_by_a_dead_worker("test.good", once="hub:one")
    waits = queue.waiting("test.good", once="hub:one")
    _one_round(in_hub, queue.url)
    assert queue.states() == {left: "todo", waits: "todo"}
    run_worker(in_hub, queue.url)
    assert done == ["good", "good"]


def test_a_job_that_breaks_says_why_in_names_alone_and_can_be_tried_again_or_given_up(
    in_hub: Flask, queue: Queue, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_RETRY", procrastinate.RetryStrategy(max_attempts=1, wait=0))
    job = queue.waiting("test.bad")
    run_worker(in_hub, queue.url)
    assert [trouble.state for trouble in pulse.troubles()] == ["todo"]  # it is tried again
    queue.run("UPDATE procrastinate_jobs SET scheduled_at = now()")
    run_worker(in_hub, queue.url)
    session.rollback()
    (trouble,) = pulse.troubles()
    assert (trouble.id, trouble.kind, trouble.attempts) == (job, "test.bad", 2)
    assert trouble.state == "failed"
    assert trouble.reason is not None
    assert trouble.reason.startswith("ValueError (jobs/worker.py:")
    assert "139" not in trouble.reason
    assert pulse.by_kind() == {"test.bad": {"failed": 1}}
    with unit_of_work():
        assert pulse.again(job) == ("test.bad", "hub")
        assert pulse.again(job) is None
    assert queue.states() == {job: "todo"}
    for _ in range(2):
        run_worker(in_hub, queue.url)
        queue.run("UPDATE procrastinate_jobs SET scheduled_at = now()")
    with unit_of_work():
        assert pulse.give_up(job) == ("test.bad", "hub")
        assert pulse.give_up(job) is None
    assert queue.states() == {}


def test_an_operators_retry_of_a_failed_district_works_while_the_queue_retries_too(
    in_hub: Flask, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(_: dict[str, object]) -> None:
        raise ValueError("no")

    wiring = in_hub.extensions["saas"]
    rooms = (Seed("rooms", burst, 30),)
    domains = (replace(d, seeds=rooms) if d.name == "rooms" else d for d in wiring.domains)
    monkeypatch.setitem(in_hub.extensions, "saas", replace(wiring, domains=Domains(tuple(domains))))
    with unit_of_work():
        commands.request_tenant(
            code="twicefailed", name={"zh": "试"}, package="1519", seed={"live": True}, actor=SYSTEM
        )
    for _ in range(3):  # its own retries among them
        run_worker(in_hub, queue.url)
        queue.run("UPDATE procrastinate_jobs SET scheduled_at = now()")
    session.remove()
    assert queries.access_tenant("twicefailed").state == "failed"
    assert list(queue.states().values()) == ["todo"]  # and not a second one beside it

    monkeypatch.setitem(in_hub.extensions, "saas", wiring)
    with unit_of_work():
        commands.retry("twicefailed", actor=SYSTEM)
    run_worker(in_hub, queue.url)
    session.remove()
    assert queries.access_tenant("twicefailed").state == "active"
    assert "doing" not in queue.states().values()


def test_the_pulse_says_whether_a_worker_lives_and_keeps_up(
    in_hub: Flask, queue: Queue, done: list[str]
) -> None:
    assert pulse.pulse() == pulse.Pulse(workers=0, beat=None, due=None)
    assert pulse.pulse().state == "stopped"
    queue.run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    session.rollback()
    assert pulse.pulse().state == "ok"
    queue.waiting("test.good")
    queue.run("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '10 minutes'")
    session.rollback()
    assert pulse.pulse().state == "behind"
    queue.run("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    session.rollback()
    assert pulse.pulse().state == "stopped"


def test_a_district_reads_the_pulse_and_nothing_else_of_the_queue(
    app: Flask, queue: Queue, alpha: District
) -> None:
    session.remove()
    with app.test_request_context(), entering(alpha.tenant):
        assert pulse.pulse().state == "stopped"
        for refused in (pulse.by_kind, pulse.troubles, lambda: pulse.again(1)):
            session.rollback()
            with pytest.raises(Exception, match="permission denied"):
                refused()
        session.rollback()


def test_what_should_have_run_long_ago_waits_from_now_on(in_hub: Flask, owner_url: str) -> None:
    """Else a demo whose story begins a month ago would say at its first page that nothing works."""
    queue = Queue(owner_url)
    with unit_of_work():
        JOBS["tenancy.provision"].enqueue(at=clock.now() - timedelta(days=30), tenant=1)
    with queue._connected() as connection:
        row = connection.execute(
            "SELECT now() - scheduled_at AS waits FROM jobs.procrastinate_jobs"
        ).fetchone()
    queue.run("DELETE FROM procrastinate_jobs")
    assert row
    assert row["waits"] < timedelta(minutes=1)


def test_who_only_does_what_is_due_queues_nothing_by_the_clock(
    in_hub: Flask, queue: Queue, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every_minute = replace(JOBS["test.good"], cron="* * * * *")
    monkeypatch.setitem(JOBS, "test.good", every_minute)
    queue.waiting("test.good")
    run_worker(in_hub, queue.url)
    run_worker(in_hub, queue.url)
    assert done == ["good"]
