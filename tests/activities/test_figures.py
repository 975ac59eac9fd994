"""What is counted of activities, and that the number opens the rows it counts."""

from __future__ import annotations

import re
import time
from datetime import date
from urllib.parse import urlencode

import sqlalchemy as sa

from saas.activities.measures import GIVERS, MEASURES
from saas.activities.models import Session
from saas.figures import queries as figures
from saas.figures.counting import count_measures
from saas.figures.cut import Cut
from saas.kernel.db import session
from saas.territory import queries as territory
from tests.activities.making import act, on, past, planned, published
from tests.organisations.making import filed
from tests.support import District


def _counted(district: District) -> dict[str, int]:
    cut = Cut((district.unit("root").path,))
    return {code: int(one) for code, one in count_measures(MEASURES, cut).items()}


def test_the_past_of_the_demo_counts_342_and_13_and_never_both(alpha: District) -> None:
    with alpha.work():
        begun = time.monotonic()
        assert past(alpha) == 379
        assert time.monotonic() - begun < 3
        assert _counted(alpha) == {
            "sessions": 342, "integration_events": 13, "neighbour_help": 24, "micro_projects": 51,
        }  # fmt: skip
        published(alpha, on(2, 14), on(2, 16), tag="micro_project")
        assert _counted(alpha)["sessions"] == 342, "what is to come has not taken place"
        assert set(figures.measures()) >= {one.code for one in MEASURES}


def test_the_number_opens_exactly_the_rows_that_it_counts(alpha: District) -> None:
    with alpha.work():
        past(alpha)
        cut = Cut((alpha.unit("root").path,), date(2019, 5, 1), date(2019, 6, 1))
        known = {one.code: one for one in MEASURES}
        number = count_measures([known["sessions"]], cut)["sessions"]
        records = known["sessions"].records
        assert records is not None
        asked = urlencode(records.asked(cut) or {})
    desk = alpha.client("street")
    page = desk.get(f"/console/activities?{asked}").text
    assert re.search(rf"\b{number} 条", page), re.findall(r"\d+ 条", page)
    assert re.search(r"\b342 条", desk.get("/console/activities?tag=micro_project&begun=1").text)


def test_the_month_of_a_room_is_the_sum_of_its_rows_and_quick(alpha: District) -> None:
    with alpha.work():
        past(alpha)
        room, number = session.execute(
            sa.select(Session.room_id, sa.func.count())
            .where(Session.starts_at >= date(2019, 5, 1), Session.starts_at < date(2019, 6, 1))
            .group_by(Session.room_id).order_by(sa.func.count().desc()).limit(1)
        ).one()  # fmt: skip
    desk = alpha.client("street")
    listed = desk.get(f"/console/activities?room={room}&from=2019-05-01&to=2019-05-31")
    assert listed.text.count("/console/activities/s/past") == number
    desk.get("/console/activities/month?month=2019-05-01")
    begun = time.monotonic()
    page = desk.get("/console/activities/month?month=2019-05-01")
    assert time.monotonic() - begun < 1
    assert page.text.count("/console/activities/s/past") >= number


def test_sessions_of_an_organisation_are_a_fact_about_it(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        made = planned(alpha, on(2, 14), on(2, 16), organisation=group.code, who="resident")
        assert GIVERS[0].count([group.id], None).get(group.id, 0) == 0
        act(alpha, made.dates[0], "publish", "resident")
        session.execute(sa.update(Session).values(state="closed"))
        assert GIVERS[0].count([group.id], None) == {group.id: 1}
        assert territory.root() is not None
