"""Calendars: stable entries, moved and cancelled ones, an address of one's own."""

from __future__ import annotations

import re
from datetime import timedelta

from icalendar import Calendar

from saas.activities import commands, queries
from saas.kernel import clock
from tests.activities.making import act, actor_of, answered, on, planned, published, scene, signed
from tests.support import District, Visitor


def _read(visitor: Visitor, path: str) -> dict[str, dict[str, str]]:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    zones = [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")]
    found = {}
    for event in calendar.walk("VEVENT"):
        assert event["dtstart"].params["tzid"] in zones, "else clients shift it"
        code = str(event["uid"]).partition("@")[0]
        found[code] = {
            "status": str(event["status"]), "sequence": str(event["sequence"]),
            "start": event["dtstart"].dt.isoformat(), "url": str(event["url"]),
        }  # fmt: skip
    return found


def _street(alpha: District) -> str:
    with alpha.work():
        return f"/calendar/{alpha.unit('street').code}.ics"


def _cancelled(alpha: District, code: str) -> None:
    with alpha.work():
        one = queries.by_code(code)
        assert one is not None
        act(alpha, one, "cancel", "street", reason="下雨")


def test_a_session_keeps_its_entry_when_it_is_moved_and_when_it_is_cancelled(
    alpha: District,
) -> None:
    visitor, path = alpha.client(), _street(alpha)
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16), room=False)
        planned(alpha, on(4, 9), on(4, 10), room=False)
        code, start = one.code, on(3, 9).isoformat()
    before = _read(visitor, path)
    assert list(before) == [code], "a draft is not there"
    assert (before[code]["status"], before[code]["sequence"]) == ("CONFIRMED", "0")
    with alpha.work():
        one = queries.by_code(code)
        assert one is not None
        commands.move(scene(one), start=on(3, 9), end=on(3, 11), room=None,
                      address={"zh": "桂圆院坝"}, actor=actor_of(alpha, "street"))  # fmt: skip
    moved = _read(visitor, path)[code]
    assert (moved["start"], moved["sequence"]) == (start, "1")
    _cancelled(alpha, code)
    assert _read(visitor, path)[code]["status"] == "CANCELLED"


def test_a_calendar_that_asks_again_is_told_that_nothing_has_changed(alpha: District) -> None:
    visitor, path = alpha.client(), _street(alpha)
    with alpha.work():
        code = published(alpha, on(2, 14), on(2, 16), room=False).code
    mark = visitor.get(path).headers["ETag"]
    assert visitor.get(path, headers={"If-None-Match": mark}).status_code == 304
    _cancelled(alpha, code)
    assert visitor.get(path, headers={"If-None-Match": mark}).status_code == 200


def test_a_room_and_a_kind_have_calendars_of_their_own(alpha: District) -> None:
    visitor, path = alpha.client(), _street(alpha)
    with alpha.work():
        inside = published(alpha, on(2, 14), on(2, 16)).code
        outside = published(alpha, on(2, 9), on(2, 10), room=False).code
    assert set(_read(visitor, path)) == {inside, outside}
    assert set(_read(visitor, f"{path}?room=deliberation")) == {inside}
    assert set(_read(visitor, f"{path}?kind=festival")) == {inside, outside}
    for wrong in (f"{path}?room=nowhere", f"{path}?kind=nothing", "/calendar/nowhere.ics"):
        assert visitor.get(wrong).status_code == 404, wrong


def _made(visitor: Visitor) -> str:
    page = visitor.post("/calendar/own", form="/calendar")
    found = re.findall(r"/calendar/own/[\w-]+\.ics", page.text)
    return found[0]


def test_my_sign_ups_are_read_by_their_address_until_it_is_taken_back(alpha: District) -> None:
    resident, stranger = alpha.client("resident"), alpha.client()
    with alpha.work():
        course = planned(alpha, on(2, 14), on(2, 16), room=False, course=True, every="week",
                         until=clock.today() + timedelta(days=17))  # fmt: skip
        for date in course.dates:
            act(alpha, date, "publish", "street")
        dates = [date.code for date in course.dates]
        slip = signed(alpha, course.dates[0], party=2).code
        published(alpha, on(5, 14), on(5, 16), room=False)
    first = _made(resident)
    assert set(_read(stranger, first)) == set(dates), "every date of the course, nothing else"
    with alpha.work():
        signup = queries.signup_by_code(slip)
        assert signup is not None
        answered(alpha, signup, "leave")
    assert {one["status"] for one in _read(stranger, first).values()} == {"CANCELLED"}
    second = _made(resident)
    assert stranger.get(first).status_code == 404, "another address: the first is good no more"
    assert second not in resident.get("/calendar").text, "shown once"
    _read(stranger, second)
    assert resident.post("/calendar/own/back", form="/calendar").status_code == 302
    assert stranger.get(second).status_code == 404


def test_an_address_of_a_neighbouring_district_opens_nothing(
    alpha: District, beta: District
) -> None:
    path = _made(alpha.client("resident"))
    assert beta.client().get(path).status_code == 404
    assert beta.client("resident").get(path).status_code == 404
