"""What pages of activities ask of the database: as much for many sessions as for few."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from saas.activities.models import Session
from saas.kernel.db import session
from tests.activities.making import guest, on, past, published
from tests.support import District


@contextmanager
def _asked() -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("who", "path"),
    [(None, "/activities?street=all"), ("street", "/console/activities"),
     ("street", "/console/activities/year"), ("street", "/console/activities/month"),
     (None, "/api/v1/sessions"), ("resident", "/activities/mine")],
)  # fmt: skip
def test_a_page_asks_as_much_for_many_sessions_as_for_few(
    alpha: District, who: str | None, path: str
) -> None:
    visitor, counts = alpha.client(who), []
    for number in range(1, 4):
        with alpha.work():
            for hour in range(number * 2):
                one = published(alpha, on(number, 8 + hour), on(number, 9 + hour))
                guest(alpha, one, 1)
        visitor.get(path)
        with _asked() as found:
            assert visitor.get(path).status_code == 200
        counts.append(len(found))
    assert counts[1] == counts[2], counts


def test_with_thousands_of_sessions_month_and_list_stay_quick(alpha: District) -> None:
    with alpha.work():
        past(alpha)
        session.execute(sa.text(
            "INSERT INTO sessions (code, activity_id, unit_id, room_id, address, during, state,"
            " acts, closes_at, cancel_until, capacity)"
            " SELECT s.code || '-' || g, activity_id, unit_id, room_id, address,"
            " tstzrange(lower(during) + g * interval '40 days', upper(during) + g * interval"
            " '40 days'), state, acts, closes_at, cancel_until, capacity"
            " FROM sessions s CROSS JOIN generate_series(1, 13) g"
        ))  # fmt: skip
        number = session.scalar(sa.select(sa.func.count()).select_from(Session))
        session.execute(sa.text("ANALYZE sessions"))
    assert number is not None
    assert number > 5000
    desk = alpha.client("street")
    for path in ("/console/activities", "/console/activities/month?month=2020-05-01",
                 "/activities?street=all", "/figures"):  # fmt: skip
        desk.get(path)
        begun = time.monotonic()
        assert desk.get(path).status_code == 200
        print(path, round(time.monotonic() - begun, 3))
        assert time.monotonic() - begun < 2
