"""The pilot's year in the demo district: 631 received, 577 resolved, by counting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.demands.case.models import Custody, Demand
from saas.demands.figures import queries as figures
from saas.demands.figures.measures import BOARD
from saas.figures.cut import Cut
from saas.kernel.context import SYSTEM, Tenant, entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.notices.models import Notice
from saas.showcase import commands as showcase
from saas.showcase.history import live_through
from saas.showcase.queries import read_demo
from saas.tenancy import commands, provisioning, queries
from saas.territory import queries as territory

#: What the report counts.
PAST = 631
# One worker takes them all: the year is lived through once.
pytestmark = pytest.mark.commits


@pytest.fixture(scope="module")
def daan(app: Flask) -> Iterator[Tenant]:
    """The demo district with its past."""
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        with unit_of_work():
            request = {**showcase.demo_request("longjing"), "code": "pilot"}
            tenant_id = commands.request_tenant(**request, actor=SYSTEM).id
        provisioning.provision(tenant_id)
        tenant = queries.as_scope(queries.access_tenant("pilot"))
    with app.test_request_context(), entering(tenant):
        assert live_through(read_demo("longjing")) == PAST
        yield tenant


def _year() -> Cut:
    root = territory.root()
    assert root is not None
    return Cut((root.path,), date(2020, 1, 1), date(2020, 12, 1))


def test_the_pilots_year_comes_out_by_counting(daan: Tenant) -> None:
    total = BOARD.table(_year(), "unit")[0]
    assert (total["received"], total["resolved"], total["open"]) == (PAST, 577, 0)
    outcomes = {name: total[name] for name in ("declined", "ended", "withdrawn", "merged")}
    assert outcomes == {"declined": 31, "ended": 9, "withdrawn": 14, "merged": 0}
    assert total["reasonable"] == 600


def test_it_is_spread_over_all_months_levels_and_ways(daan: Tenant) -> None:
    for by in ("month", "level", "channel", "category"):
        total, groups = BOARD.table(_year(), by)
        counted = [group.line["received"] for group in groups]
        assert sum(counted) == total["received"]
        assert min(counted) > 0
    steps = figures.ladder(_year())
    assert [step.level.code for step in steps if step.reached] == [s.level.code for s in steps]
    assert steps[0].reached == PAST
    total = BOARD.table(_year(), "unit")[0]
    for seen in ("returned", "reopened", "passed_up", "climbed", "rated", "in_time"):
        assert total[seen] > 10, seen


def test_every_number_of_the_year_opens_its_records(daan: Tenant) -> None:
    total = BOARD.table(_year(), "unit")[0]
    for measure in BOARD.measures:
        assert figures.list_records(measure, _year())[1] == total[measure]


def test_nothing_of_it_waits_for_anybody_or_tells_anybody(daan: Tenant) -> None:
    past = sa.select(Demand.id).where(Demand.submission.startswith("sample-history-"))
    waiting = sa.select(sa.func.count()).where(Demand.id.in_(past), Demand.next_at.is_not(None))
    assert session.scalar(waiting) == 0
    about = [f"demand:{demand_id}" for demand_id in session.scalars(past)]
    assert session.scalar(sa.select(sa.func.count()).where(Notice.about.in_(about))) == 0


def test_it_was_lived_through_when_it_is_said_to_have_been(daan: Tenant) -> None:
    span = sa.select(sa.func.min(Custody.at), sa.func.max(Custody.at)).join(Demand)
    first, last = session.execute(span.where(Demand.submission.like("sample-history-%"))).one()
    zone = ZoneInfo(daan.time_zone)
    assert (first.astimezone(zone).year, last.astimezone(zone).year) == (2020, 2021)
    gap = sa.select(sa.func.count()).where(Demand.sample.is_(False))
    assert session.scalar(gap) == 0


def test_a_second_time_nothing_is_added(daan: Tenant) -> None:
    before = session.scalar(sa.select(sa.func.count(Demand.id)))
    session.rollback()
    assert live_through(read_demo("longjing")) == 0
    assert session.scalar(sa.select(sa.func.count(Demand.id))) == before


def test_the_living_stories_stand_beside_it_with_every_kind_of_act(daan: Tenant) -> None:
    own = sa.select(Custody.verb).join(Demand).where(~Demand.submission.like("sample-history-%"))
    verbs = set(session.scalars(own))
    assert {
        "transfer", "join", "contribute", "ask", "answer", "suspend", "doubt", "uphold", "appeal",
        "supervise", "climb", "confirm", "reopen",
    } <= verbs  # fmt: skip
