"""Bookings as JSON, and the money and ways in of venues on their pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.bookings import commands, measures, queries
from saas.bookings.models import Booking
from saas.bookings.permissions import HANDLE
from saas.figures.counting import count_measures
from saas.figures.cut import Cut
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.rooms.models import Spending
from tests.bookings.making import act, booked, on, opened
from tests.support import District

ROOM = "/api/v1/streets/street_one/rooms/deliberation"


def token(alpha: District) -> dict[str, str]:
    with alpha.work():
        _row, text = accounts.add_token(
            name="大屏", unit=alpha.unit("street"), scopes=[HANDLE], days=30,
            actor=alpha.actor("admin"),
        )  # fmt: skip
    return {"Authorization": f"Bearer {text}"}


def test_a_program_reads_what_is_free_and_books_for_a_guest(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
        start, end, day = on(2, 10), on(2, 12), on(2, 0).date()
    visitor, head = alpha.client(), token(alpha)
    free = visitor.get(f"{ROOM}/free?day={day}&days=1").json
    assert len(free["days"][0]["free"]) == 1
    body: dict[str, Any] = {
        "start": start.isoformat(), "end": end.isoformat(), "purpose": "来访", "kind": "guest",
        "guest_name": "刘婆婆", "guest_phone": "13900139111",
    }  # fmt: skip
    path = f"{visitor.root}{ROOM}/bookings"
    made = visitor.client.post(path, json=body, headers=head)
    assert made.status_code == 201, made.text
    assert "刘婆婆" not in made.get_data(as_text=True)
    code = made.json["code"]
    refused = visitor.client.post(path, json=body, headers=head)
    assert refused.status_code == 409
    assert visitor.client.post(path, json=body).status_code == 401
    listed = visitor.get("/api/v1/bookings", headers=head).json
    assert [one["code"] for one in listed["items"]] == [code]
    acts = f"{visitor.root}/api/v1/bookings/{code}/acts"
    off = {"verb": "call_off", "reason": "停电", "seen": 1}
    done = visitor.client.post(acts, json=off, headers=head)
    assert done.json["state"] == "cancelled", done.text
    assert len(visitor.get(f"{ROOM}/free?day={day}&days=1").json["days"][0]["free"]) == 1


def test_what_a_program_asked_for_its_maker_does_not_approve(alpha: District) -> None:
    with alpha.work():
        opened(alpha, approval=True)
        start, end = on(2, 10), on(2, 12)
    body: dict[str, Any] = {
        "start": start.isoformat(), "end": end.isoformat(), "purpose": "来访", "kind": "guest",
        "guest_name": "刘婆婆", "guest_phone": "13900139111",
    }  # fmt: skip
    visitor = alpha.client()
    made = visitor.client.post(f"{visitor.root}{ROOM}/bookings", json=body, headers=token(alpha))
    assert (made.status_code, made.json["state"]) == (201, "asked"), made.text
    with alpha.work():
        one = session.scalars(sa.select(Booking).where(Booking.code == made.json["code"])).one()
        with pytest.raises(Conflict):
            act(alpha, one, "approve", "admin")
        himself = sa.text("UPDATE bookings SET approver_id = applicant_id")
        with pytest.raises(sa.exc.IntegrityError, match="two_people"), session.begin_nested():
            session.execute(himself)
        act(alpha, one, "approve", "street")
        assert one.state == "confirmed"


def test_hours_used_and_no_shows_are_counted_from_the_rows(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        came, missed = (booked(alpha, place, on(1, hour), on(1, hour + 2)) for hour in (9, 13))
        with clock.turned(came.start - clock.now()):
            act(alpha, came, "start", "keeper")
        with clock.turned(came.end - clock.now()):
            act(alpha, came, "end", "keeper")
        with clock.turned(missed.start + timedelta(minutes=30) - clock.now()):
            commands.ring()
        root = alpha.unit("root")
        counted = count_measures(measures.MEASURES, Cut((root.path,)))
        assert {code: int(number) for code, number in counted.items()} == {
            "room_uses": 1, "room_minutes": 120, "room_no_shows": 1,
        }  # fmt: skip
        (used,) = queries.used([place.room], clock.today(), clock.today() + timedelta(days=1))
        assert (used.used_minutes, used.uses, used.no_shows) == (120, 1, 1)
        assert (used.open_minutes, used.missed) == (2 * 14 * 60, 0.5)


def test_the_list_behind_a_number_ends_with_the_month(alpha: District) -> None:
    missed = next(one for one in measures.MEASURES if one.code == "room_no_shows")
    assert missed.records is not None
    with alpha.work():
        asked = missed.records.asked(Cut(("",), date(2026, 11, 1), date(2026, 12, 1)))
    assert asked == {"state": "released", "from": "2026-11-01", "to": "2026-12-31"}


def test_money_spent_on_a_venue_is_read_by_everybody_and_a_wrong_row_stays(
    alpha: District,
) -> None:
    street = alpha.client("street")
    with alpha.work():
        venue = rooms.add_venue(alpha.unit("street"), name={"zh": "邻里馆"}, facts={}, actor=SYSTEM)
        code, venue_id = venue.code, venue.id
    path = f"/console/rooms/street_one/venues/{code}/money"
    given = {"what": "改造", "source": "区级财政", "amount_yuan": "1500000"}
    assert street.post(path, **given | {"source": ""}).status_code == 422
    assert street.post(path, **given).status_code == 302
    assert street.post(path, **given | {"amount_yuan": "3"}).status_code == 302
    page = alpha.client().get(f"/venues/{code}").text
    assert "1,500,003.00" in page
    assert page.count("尚不清楚") == 3
    with alpha.work():
        row = session.scalars(sa.select(Spending.id).where(Spending.amount_yuan == 3)).one()
    assert street.post(f"{path}/{row}/void").status_code == 302
    assert alpha.client("resident").post(f"{path}/{row}/void").status_code in (403, 404)
    assert "1,500,000.00" in alpha.client().get(f"/venues/{code}").text
    edit = f"/console/rooms/street_one/venues/{code}"
    words = {"name_zh": "邻里馆", "area_m2": "400", "step_free": "yes", "lift": "no"}
    assert street.post(edit, form=edit, **words).status_code == 302
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(Spending)) == 3
        found = room_queries.public_venue(code)
        assert (found.id, found.step_free, found.lift) == (venue_id, True, False)
        assert found.toilet is None
