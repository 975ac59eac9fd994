"""What nobody means: days at the end of all days, words without a letter, a form sent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.dialects.postgresql import Range

from saas.bookings import commands, queries
from saas.kernel.db import session
from saas.kernel.errors import AppError
from tests.bookings.making import act, booked, on, opened, wish
from tests.bookings.test_api import ROOM, token
from tests.bookings.test_rivals import place_in
from tests.support import District, bring_up


def _body(start: datetime, end: datetime, **given: Any) -> dict[str, Any]:
    who = {"guest_name": "刘婆婆", "guest_phone": "13900139111"}
    when = {"start": start.isoformat(), "end": end.isoformat()}
    return {**when, "purpose": "来访", "kind": "guest", **who, **given}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_days_beyond_every_calendar_are_refused_at_their_field(alpha: District, day: str) -> None:
    with alpha.work():
        opened(alpha)
    answer = alpha.client().get(f"{ROOM}/free?day={day}")
    assert (answer.status_code, [*answer.json["errors"]]) == (422, ["day"])
    assert alpha.client().get(f"{ROOM}/free?day=2026-12-01").status_code == 200
    close = "/console/bookings/close/street_one?room=deliberation"
    fields = {"first": day, "last": day, "reason": "检修"}
    assert alpha.client("street").post(close, form=close, **fields).status_code == 422


def test_a_program_books_nothing_that_a_page_would_refuse(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
        start = on(2, 10)
    hour, visitor, head = timedelta(hours=1), alpha.client(), token(alpha)
    last = datetime.fromisoformat("9999-12-31T22:00:00-12:00")
    nobody = {"guest_name": "", "guest_phone": "", "channel": "online"}
    for field, body in {
        "day": _body(last, last + hour),
        "end": _body(start, start + timedelta(microseconds=1)),
        "purpose": _body(start, start + hour, purpose="  "),
        "guest_name": _body(start, start + hour, **nobody),
    }.items():
        path = f"{visitor.root}{ROOM}/bookings"
        refused = visitor.client.post(path, json=body, headers=head)
        assert (refused.status_code, [*refused.json["errors"]]) == (422, [field])
    made = visitor.client.post(path, json=_body(start, start + hour), headers=head)
    assert made.status_code == 201


def test_a_program_is_nobodys_second_pair_of_eyes(alpha: District) -> None:
    """Whoever asked may have made the token; another person decides."""
    with alpha.work():
        place = opened(alpha, approval=True)
        asked = booked(alpha, place, on(2, 10), on(2, 12), who="resident")
        code, seen = asked.code, asked.acts
    visitor = alpha.client()
    answer = visitor.client.post(
        f"{visitor.root}/api/v1/bookings/{code}/acts",
        json={"verb": "approve", "seen": seen},
        headers=token(alpha),
    )
    assert (answer.status_code, answer.json["code"]) == (409, "conflict"), answer.text
    with alpha.work():
        found = queries.by_code(code)
        assert found is not None
        act(alpha, found, "approve", "street")
        assert found.state == "confirmed"


def test_who_a_guest_was_is_forgotten_when_it_is_long_over_and_not_before(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        guest = {"guest_name": "刘婆婆", "guest_phone": "13900139111", "channel": "desk"}
        made = booked(alpha, place, on(2, 10), on(2, 12), who="street", **guest)
        code, during = made.code, made.during
        assert commands.forget_guests() == 0
        for days, forgotten in ((80, 0), (100, 1), (100, 0)):
            back = timedelta(days=days)
            made.state = "done"
            made.during = made.blocked = Range(during.lower - back, during.upper - back)
            session.flush()
            assert commands.forget_guests() == forgotten
            session.expire(made)
        assert (made.guest_name, made.guest_phone, made.guest_hash) == (None, None, None)
        assert made.purpose == "议事"
    assert alpha.client("street").get(f"/bookings/{code}").status_code == 200


@pytest.mark.commits
@pytest.mark.parametrize("approval", [False, True])
def test_who_presses_twice_has_one_booking_and_reads_of_nobody_else(
    app: Flask, approval: bool
) -> None:
    district = bring_up(app, f"pressed{int(approval)}")
    with district.work():
        opened(district, approval=approval)
    gate = Barrier(2)

    def press(_: int) -> str:
        gate.wait()
        try:
            with district.work():
                return commands.book(
                    place_in(district), wish(on(1, 10), on(1, 12)),
                    submission="pressed-twice-in-a-row", actor=district.actor("resident"),
                ).code  # fmt: skip
        except AppError as error:
            return str(error.text)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(press, range(2))
    assert first == second
