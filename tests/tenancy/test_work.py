"""Background work is seen: by the operator, by a monitor, and by staff when it stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from saas.jobs.queue import JOBS, Job
from saas.jobs.worker import run_job
from saas.kernel.context import current_tenant, entering
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands, queries
from tests.support import PASSWORD, District, Visitor, beat

pytestmark = pytest.mark.commits


class Queue:
    """The queue as the owner of the database sees it, emptied before and after."""

    def __init__(self, url: str) -> None:
        self._url = url

    def run(self, statement: str, *values: object) -> None:
        with psycopg.connect(self._url, options="-c search_path=jobs") as owner:
            owner.execute(statement.encode(), values)

    def empty(self) -> None:
        self.run("DELETE FROM procrastinate_jobs")
        self.run("DELETE FROM procrastinate_workers")

    def failed(self, scope: str) -> None:
        self.run(
            "INSERT INTO procrastinate_jobs (id, queue_name, task_name, args, status, attempts)"
            " OVERRIDING SYSTEM VALUE VALUES (4711, 'default', 'demands.tick',"
            " jsonb_build_object('scope', %s::text), 'failed', 6)",
            scope,
        )
        self.run("INSERT INTO troubles (job_id, reason) VALUES (4711, 'KeyError (demands/x.py:1)')")


@pytest.fixture
def queue(settings: Settings) -> Iterator[Queue]:
    queue = Queue(settings.owner_url or "")
    queue.empty()
    yield queue
    queue.empty()
    beat(settings.owner_url or "")


@pytest.fixture
def operator(app: Flask, alpha: District) -> Visitor:
    hub = app.extensions["saas"].hub
    with app.test_request_context(), entering(hub):
        known = queries.find_operator("watcher")
        if known is None:
            with unit_of_work():
                commands.create_operator(login="watcher", name="值班", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    door = "/hub/sign-in"
    assert visitor.post(door, form=door, login="watcher", password=PASSWORD).status_code == 302
    return visitor


@contextmanager
def _read_anew(app: Flask) -> Iterator[None]:
    """Pages read the pulse as it is now, not as it was some seconds ago."""
    kept = app.extensions.pop("saas_pulse")
    yield
    app.extensions["saas_pulse"] = kept


def test_the_operator_sees_what_broke_tries_it_again_and_gives_it_up(
    operator: Visitor, alpha: District, queue: Queue
) -> None:
    assert "没有出错" in operator.get("/hub/work").text
    queue.failed(alpha.tenant.key)
    page = operator.get("/hub/work").text
    for expected in (
        "demands.tick", "KeyError (demands/x.py:1)", "/hub/districts/alpha", ">未到时间</th>",
    ):  # fmt: skip
        assert expected in page
    assert operator.post("/hub/work/4711/again", form="/hub/").status_code == 302
    assert "KeyError" in operator.get("/hub/work").text  # why it broke last stays to be seen
    assert operator.post("/hub/work/4711/again", form="/hub/").status_code == 409
    queue.run("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "demands.tick" in operator.get("/hub/work/4711/give-up").text
    assert operator.post("/hub/work/4711/give-up", form="/hub/").status_code == 302
    assert operator.get("/hub/work/4711/give-up").status_code == 404
    history = operator.get("/hub/districts/alpha").text
    assert "放弃一项失败的任务" in history
    queue.run("DELETE FROM hub.tenant_events WHERE actor = 'watcher'")


def test_ready_and_the_monitor_name_the_worker_the_queue_and_no_district(
    app: Flask, alpha: District, queue: Queue
) -> None:
    queue.failed(alpha.tenant.key)
    client = app.test_client()
    client.get("/d/alpha/")
    ready = client.get("/readyz").get_json()
    assert ready["worker"] == {"state": "stopped", "number": 0, "heartbeat_seconds": None}
    assert ready["queue"]["kinds"] == {"demands.tick": {"failed": 1}}
    queue.run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").get_json()["worker"]["state"] == "ok"
    text = client.get("/metrics").text
    for line in (
        "saas_workers 1.0",
        'saas_jobs{kind="demands.tick",state="failed"} 1.0',
        'saas_requests_total{class="2xx",method="GET",route="showcase.home"}',
        'saas_pool_connections{state="size"}',
    ):
        assert line in text
    assert "alpha" not in text
    assert alpha.tenant.key not in text


@pytest.mark.parametrize("strange", ["FOO", "X" * 3000])
def test_a_stranger_cannot_fill_the_monitor_with_names(app: Flask, strange: str) -> None:
    client = app.test_client()
    client.open("/hub/welcome", method=strange)
    client.get(f"/{strange.lower()}")
    text = client.get("/metrics").text
    assert strange.lower() not in text.lower()
    assert 'method="other"' in text


def test_the_monitor_is_answered_on_this_machine_or_with_its_token_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    for headers in ({"X-Forwarded-For": "198.51.100.7"}, {"Forwarded": "for=198.51.100.7"}):
        assert client.get("/metrics", headers=headers).status_code == 404
    away = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.get("/metrics", environ_base=away).status_code == 404
    monkeypatch.setitem(app.config, "SAAS", replace(app.config["SAAS"], metrics_token="t" * 20))
    assert client.get("/metrics").status_code == 404
    held = {"Authorization": f"Bearer {'t' * 20}"}
    assert client.get("/metrics", environ_base=away, headers=held).status_code == 200


def test_staff_are_told_when_background_work_stands_still_and_residents_are_not(
    app: Flask, alpha: District, queue: Queue
) -> None:
    still = "后台工作停住了"
    with _read_anew(app):
        assert still in alpha.client("admin").get("/work").text
        assert still not in alpha.client("resident").get("/").text
        assert still not in app.test_client().get("/d/alpha/").text
    queue.run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    with _read_anew(app):
        assert still not in alpha.client("admin").get("/work").text


def test_one_district_that_breaks_does_not_take_the_night_from_the_others(
    app: Flask, alpha: District, beta: District, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[str] = []

    def enqueue(self: Job, **_: object) -> None:
        if current_tenant() == alpha.tenant:
            raise NotFound
        queued.append(current_tenant().code)

    monkeypatch.setattr(Job, "enqueue", enqueue)
    with pytest.raises(NotFound):
        run_job(app, JOBS["tenancy.nightly"], "hub")
    assert "beta" in queued
    assert "alpha" not in queued
