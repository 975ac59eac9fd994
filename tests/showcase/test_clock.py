"""The clock of a demo district can be turned, and a demand climbs before the visitor's eyes."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from saas.activities import queries as activities
from saas.bookings import queries as bookings
from saas.demands.case.models import Demand
from saas.kernel import clock
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.unit_of_work import unit_of_work
from saas.notices import commands as notices
from saas.notices.models import Delivery, Notice, Webhook
from saas.settings import Settings
from saas.showcase import commands, pages
from saas.tenancy import commands as tenancy_commands
from saas.tenancy import queries as tenancy
from saas.tenancy import schema
from tests.activities.making import published
from tests.bookings.making import booked, on, opened
from tests.demands.working import file
from tests.notices.kinds import PLAIN
from tests.support import District, Visitor, bring_up, run_worker


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
def test_a_turn_lets_rooms_and_sessions_go_on_too(app: Flask) -> None:
    district = bring_up(app, "turntable", kind="demo", name={"zh": "转钟区"})
    with district.work():
        begin = on(0, 0) + timedelta(days=1, hours=10)
        room = booked(district, opened(district), begin, begin + timedelta(hours=1)).code
        code = published(district, begin, begin + timedelta(hours=1), room=False).code
    district.client("resident").post("/demo/clock", form="/", step="hours-48", back="/")
    with district.work():
        booking, one = bookings.by_code(room), activities.by_code(code)
        assert booking is not None
        assert one is not None
        assert (booking.state, one.state) == ("released", "running")


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


def test_a_turn_of_months_does_not_flood_who_listens(
    alpha: District,
) -> None:
    """What is too much is one line in the outbox with how much it was; the inbox has it all."""
    with alpha.work():
        hook = notices.add_webhook(
            url="https://city.example/hook", name="City", kinds=[], actor=alpha.actor("admin")
        )
        hook_id = getattr(hook, "id", None) or session.scalar(sa.select(Webhook.id))
        with notices.at_most(5):
            for number in range(40):
                notices.notify(
                    [alpha.people["admin"]], PLAIN, path=f"/demands/{number}", what=str(number)
                )
        rows = session.scalars(sa.select(Delivery).where(Delivery.webhook_id == hook_id)).all()
        states = [row.state for row in rows]
        assert states.count("waiting") == 5
        (line,) = [row for row in rows if row.state == "spared"]
        assert (line.fault, line.answer) == ("left_out", 35)
        told = sa.select(sa.func.count(Notice.id)).where(Notice.kind == PLAIN.name)
        assert session.scalar(told) == 40


@pytest.mark.commits
def test_back_to_now_is_to_begin_the_whole_demo_anew(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = bring_up(app, "reborn", kind="demo", name={"zh": "重来区"})
    visitor = district.client("admin")
    assert "/demo/anew" not in visitor.get("/front").text
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        tenancy_commands.turn_clock("reborn", ahead=timedelta(days=90), actor=SYSTEM)
    assert "/demo/anew" in visitor.get("/front").text
    assert visitor.post("/demo/anew", form="/demo/anew").status_code == 422  # it has no files
    monkeypatch.setattr(commands, "demo_request", lambda _: {"code": "reborn", "seed": {}})
    old = district.tenant.schema
    assert visitor.post("/demo/anew", form="/demo/anew").status_code == 202
    run_worker(app, settings.owner_url or "")
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        tenant = tenancy.access_tenant("reborn")
        assert (tenant.state, tenant.clock_shift) == ("active", timedelta())
        assert tenant.schema_name != old
        assert tenancy.find_by_schema(old) is None
    with psycopg.connect(settings.owner_url or "") as owner:
        assert not schema.schema_exists(owner, old)
    fresh = Visitor(app.test_client(), "/d/reborn")
    assert fresh.get("/").status_code == 200
    with entering_demo(app), pytest.raises(Conflict):
        commands.begin_anew("reborn", actor=SYSTEM)  # by anybody once an hour


def entering_demo(app: Flask) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(app.test_request_context())
    stack.enter_context(entering(app.extensions["saas"].hub))
    return stack


@pytest.mark.commits
def test_no_other_district_begins_anew(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    district = bring_up(app, "staying")
    monkeypatch.setattr(commands, "demo_request", lambda _: {"code": "staying", "seed": {}})
    assert district.client("admin").get("/demo/anew").status_code == 404
    with entering_demo(app), pytest.raises(Conflict):
        tenancy_commands.retry("staying", actor=SYSTEM)  # an open one is not set up again either
    with entering_demo(app), pytest.raises(Conflict):
        commands.begin_anew("staying", actor=SYSTEM)


def test_what_is_guarded_is_there_under_its_name(app: Flask) -> None:
    there = {*app.view_functions, *app.blueprints}
    assert there >= pages._KEPT, "renamed, it would be guarded no more"


@pytest.mark.parametrize("guarded", [True, False])
def test_nobody_paints_or_turns_the_clock_of_the_demo_that_all_share(
    alpha: District, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    monkeypatch.setattr(pages, "is_guarded", lambda tenant: guarded)
    admin = alpha.client("admin")
    for path, sent in {
        "/culture/edit/begin": {}, "/culture/edit/apply": {"source": "daan"},
        "/culture/edit/publish": {}, "/setup/culture": {"look": "daan"},
        "/demo/clock": {"step": "hours-24"},
    }.items():  # fmt: skip
        answer = admin.post(path, form="/rooms", **sent)
        refused = "在您自己的体验区" in answer.text
        assert refused == guarded, path
        assert (answer.status_code == 403) >= guarded, path
    assert admin.get("/culture/edit").status_code == 200, "who looks is not kept out"
