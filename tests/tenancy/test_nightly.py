"""The night: every district that is open gets its nightly work, and the clock of the queue asks."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.jobs.queue import JOBS
from saas.jobs.worker import make_queue, run_job
from saas.kernel.context import SYSTEM, entering
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import commands
from tests.support import District, bring_up

_NIGHTLY = sorted(name for name, job in JOBS.items() if job.nightly)


def _queued(owner_url: str, district: District) -> list[str]:
    engine = sa.create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = connection.scalars(
            sa.text(
                "SELECT task_name FROM jobs.procrastinate_jobs"
                " WHERE status = 'todo' AND args->>'scope' = :scope AND task_name = ANY(:names)"
            ),
            {"scope": district.tenant.key, "names": _NIGHTLY},
        ).all()
    engine.dispose()
    return sorted(found)


@pytest.mark.commits
def test_every_open_district_gets_its_nightly_work_once_and_a_suspended_one_none(
    app: Flask, owner_url: str
) -> None:
    awake, asleep = bring_up(app, "nightawake"), bring_up(app, "nightasleep")
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.suspend("nightasleep", reason="不用了", actor=SYSTEM)
    for _ in range(2):
        run_job(app, JOBS["tenancy.nightly"], "hub")
    assert "demands.repair" in _NIGHTLY
    assert _queued(owner_url, awake) == _NIGHTLY
    assert _queued(owner_url, asleep) == []


def test_the_queue_knows_when_night_is(app: Flask, settings: Settings) -> None:
    queue = make_queue(app, settings.owner_url or "")
    asked = {task.task.name: task.cron for task in queue.periodic_registry.periodic_tasks.values()}
    names = (
        "tenancy.nightly", "tenancy.seal", "tenancy.usage", "showcase.demos_over", "showcase.night",
    )  # fmt: skip
    assert asked == {f"{name}.clock": JOBS[name].cron for name in names}
