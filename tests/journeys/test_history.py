"""The pilot's year in the demo district: 631 received, 577 resolved, by counting.

The running product's worker lives through it while journeys walk; it is counted there, not lived
through a second time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from saas import launch
from saas.app import create_app
from saas.demands.case.models import Custody, Demand
from saas.demands.figures import queries as figures
from saas.demands.figures.measures import BOARD
from saas.figures.cut import Cut
from saas.kernel.context import Tenant, entering
from saas.kernel.db import db, session
from saas.notices.models import Notice
from saas.settings import Settings
from saas.showcase.history import live_through
from saas.showcase.queries import read_demo
from saas.tenancy import queries
from saas.territory import queries as territory
from tests.journeys.conftest import Product

#: What the report counts.
PAST = 631
_LIVED = Demand.submission.like("sample-history-%")
#: Seconds that the worker may need on a busy machine.
_PATIENCE = 900


@pytest.fixture(scope="module")
def daan(product: Product) -> Iterator[Tenant]:
    """The product's demo district with its past."""
    env = launch.environment({"SAAS_DATA_DIR": str(product.folder)})
    app = create_app(Settings.from_env(env))
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        tenant = queries.as_scope(queries.access_tenant("daan"))
    with app.test_request_context(), entering(tenant):
        try:
            assert _until_lived() == PAST
            yield tenant
        finally:
            session.remove()
            db.engine.dispose()


def _until_lived() -> int:
    """Wait for the product's worker; how many demands there are then."""
    until = time.monotonic() + _PATIENCE
    while (lived := _count(_LIVED)) < PAST and time.monotonic() < until:
        time.sleep(0.5)
    return lived


def _count(*which: sa.ColumnElement[bool]) -> int:
    """How many demands of the district these are, as it is now."""
    found = session.scalar(sa.select(sa.func.count(Demand.id)).where(*which))
    session.rollback()
    return found or 0


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
    assert _count(_LIVED, Demand.next_at.is_not(None)) == 0
    past = sa.select(Demand.id).where(_LIVED)
    about = [f"demand:{demand_id}" for demand_id in session.scalars(past)]
    assert session.scalar(sa.select(sa.func.count()).where(Notice.about.in_(about))) == 0


def test_it_was_lived_through_when_it_is_said_to_have_been(daan: Tenant) -> None:
    span = sa.select(sa.func.min(Custody.at), sa.func.max(Custody.at)).join(Demand)
    first, last = session.execute(span.where(_LIVED)).one()
    zone = ZoneInfo(daan.time_zone)
    assert (first.astimezone(zone).year, last.astimezone(zone).year) == (2020, 2021)
    planted = Demand.submission.like("sample-%")
    assert _count(planted, Demand.sample.is_(False)) == 0
    assert _count(planted) > PAST


def test_a_second_time_nothing_is_added(daan: Tenant) -> None:
    before = _count()
    assert live_through(read_demo("longjing")) == 0
    assert _count() == before


def test_the_living_stories_stand_beside_it_with_every_kind_of_act(daan: Tenant) -> None:
    own = sa.select(Custody.verb).join(Demand).where(~_LIVED)
    verbs = set(session.scalars(own))
    assert {
        "transfer", "join", "contribute", "ask", "answer", "suspend", "doubt", "uphold", "appeal",
        "supervise", "climb", "confirm", "reopen",
    } <= verbs  # fmt: skip
