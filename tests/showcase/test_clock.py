"""The clock of a demo district can be turned, and a demand climbs before the visitor's eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.demands.case.models import Demand
from saas.kernel import clock
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.showcase import pages
from saas.tenancy import queries as tenancy
from tests.demands.working import file
from tests.support import bring_up


def _shift(app: Flask, code: str) -> timedelta:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        return tenancy.access_tenant(code).clock_shift


@pytest.mark.commits
def test_a_visitor_lets_time_pass_and_watches_a_demand_climb_to_the_top(app: Flask) -> None:
    district = bring_up(app, "turnable", kind="demo", name={"zh": "拨钟区"})
    with district.work():
        code = file(district).code
    visitor = district.client("resident")
    levels = []
    for _ in range(4):
        answer = visitor.post(
            "/demo/clock", form=f"/demands/{code}", step=f"demand-{code}", back=f"/demands/{code}"
        )
        assert answer.location.endswith(f"/demands/{code}")
        with district.work():
            levels.append(session.scalar(sa.select(Demand.level)))
    assert levels == ["compound", "community", "street", "district"]
    ahead = _shift(app, "turnable")
    assert ahead > timedelta(days=1)
    shown = visitor.get(f"/demands/{code}").text
    with clock.turned(ahead):
        assert f"{clock.now():%Y}" in shown


@pytest.mark.commits
def test_the_clock_of_a_real_district_cannot_be_turned(app: Flask) -> None:
    district = bring_up(app, "unturnable")
    assert district.client("admin").post("/demo/clock", step="hours-24").status_code == 404
    assert _shift(app, "unturnable") == timedelta()


#: A number longer than Python reads, and a sign that the database has not.
_UNREADABLE = ("hours-" + "9" * 5000, "demand-\x00")


@pytest.mark.commits
def test_a_step_that_is_none_turns_nothing(app: Flask) -> None:
    district = bring_up(app, "unstepped", kind="demo", name={"zh": "停钟区"})
    visitor = district.client("admin")
    for step in ("hours--5", "hours-9999", "demand-none", "next", "never", "", *_UNREADABLE):
        assert visitor.post("/demo/clock", form="/demands", step=step).status_code == 409
    assert _shift(app, district.tenant.code) == timedelta()


def test_an_address_outside_is_not_gone_back_to() -> None:

    for bad in ("//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil"):
        assert not pages._INSIDE.fullmatch(bad)
