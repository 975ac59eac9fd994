"""Bookings through the doors that people use."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy.dialects.postgresql import Range

from saas.bookings import queries
from saas.demands.case.queries.calls import demand_id_of
from saas.kernel import clock
from saas.kernel.db import session
from saas.rooms import commands as rooms
from tests.bookings.making import act, booked, on, opened
from tests.support import District, Visitor

ROOM = "/rooms/street_one/deliberation"


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def _times(alpha: District) -> dict[str, str]:
    with alpha.work():
        return {"day": f"{on(2, 0):%Y-%m-%d}", "start": "10:00", "end": "12:00"}


_WHAT = {"purpose": "院落议事", "kind": "meeting", "submission": "a-booking-of-a-room-1"}


def test_a_resident_books_in_three_steps_and_follows_it(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
    resident = alpha.client("resident")
    page = _open(resident, f"{ROOM}/free?day={_times(alpha)['day']}")
    assert "08:00–22:00" in page
    _open(resident, f"{ROOM}/book?day={_times(alpha)['day']}&start=10:00")
    answer = resident.post(f"{ROOM}/book", **_times(alpha), **_WHAT)
    assert answer.status_code == 302, answer.text
    slip = answer.headers["Location"].removeprefix(resident.root)
    code = slip.split("/")[2]
    page = _open(resident, slip)
    assert f"{code[:5]}-{code[5:]}" in page
    assert "院落议事" not in page
    assert "院落议事" in _open(resident, f"/bookings/{code}")
    assert code in _open(resident, "/my/bookings")
    again = resident.post(f"{ROOM}/book", **_times(alpha), **_WHAT)
    assert code in again.headers["Location"]
    other = alpha.client("neighbour")
    taken = other.post(f"{ROOM}/book", **_times(alpha), **_WHAT | {"submission": "x" * 20})
    assert taken.status_code == 422
    assert "08:00–10:00" in taken.text
    assert _open(other, f"/bookings/{code}", 404)
    free = _open(other, f"{ROOM}/free?day={_times(alpha)['day']}")
    assert "院落议事" not in free
    assert "alpha resident" not in free
    seen = re.search(r'name="seen" value="(\d+)"', _open(resident, f"/bookings/{code}"))
    assert seen is not None
    assert resident.post(f"/bookings/{code}", verb="cancel", seen=seen[1]).status_code == 302
    assert "已取消" in _open(resident, f"/bookings/{code}")


def test_a_guest_is_booked_at_the_desk_and_cancels_by_the_slip(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
    desk, guest = alpha.client("community"), alpha.client()
    given = {**_times(alpha), **_WHAT, "channel": "desk", "guest_name": "刘婆婆"}
    wrong = desk.post(f"{ROOM}/book", **given)
    assert wrong.status_code == 422
    answer = desk.post(f"{ROOM}/book", **given, guest_phone="13900139111")
    assert answer.status_code == 302, answer.text
    code = answer.headers["Location"].split("/")[-2]
    assert "刘婆婆" not in _open(desk, f"/bookings/{code}/slip")
    assert "刘婆婆" in _open(desk, "/console/bookings?q=13900139111")
    _open(guest, f"/bookings/{code}", 404)
    _open(guest, "/bookings/find")
    mistyped = guest.post("/bookings/find", code="ABCDE-FGHJK", form="/bookings/find")
    assert mistyped.status_code == 422
    shown = f"{code[:5].lower()} {code[5:]}"
    answer = guest.post("/bookings/find", code=shown, form="/bookings/find")
    assert answer.status_code == 302, answer.text
    page = _open(guest, f"/bookings/{code}")
    assert "院落议事" in page
    assert guest.post(f"/bookings/{code}", verb="cancel").status_code == 302
    by_scan = alpha.client()
    assert by_scan.get(f"/b/{code}").status_code == 302
    assert "已取消" in _open(by_scan, f"/bookings/{code}")


def test_what_is_asked_for_is_decided_on_the_list_and_on_its_page(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, approval=True)
        one = booked(alpha, place, on(1, 10), on(1, 12))
        two = booked(alpha, place, on(1, 11), on(1, 13), "neighbour")
        codes = one.code, two.code
    keeper = alpha.client("keeper")
    page = _open(keeper, "/console/bookings?state=asked")
    assert all(code in page for code in codes)
    assert "另有人要这段时间" in _open(keeper, f"/bookings/{codes[0]}")
    assert keeper.post(f"/bookings/{codes[0]}", verb="approve").status_code == 302
    late = keeper.post(f"/bookings/{codes[1]}", verb="approve")
    assert late.status_code == 422
    assert "空闲时段" in late.text
    assert keeper.post(f"/bookings/{codes[1]}", verb="decline", reason="").status_code == 422
    no = keeper.post(f"/bookings/{codes[1]}", verb="decline", reason="改用志愿坊")
    assert no.status_code == 302
    assert "改用志愿坊" in _open(alpha.client("neighbour"), f"/bookings/{codes[1]}")
    for who in ("auditor", "courtyard", "resident"):
        assert codes[0] not in alpha.client(who).get("/console/bookings").text


def test_at_the_door_who_has_it_begins_and_ends(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        one = booked(alpha, place, on(1, 10), on(1, 12))
        key, code, ahead = queries.door_key(place), one.code, on(1, 9, 55) - clock.now()
        hour = timedelta(hours=1)
    door = f"/door/street_one/deliberation/{key}"
    _open(alpha.client(), f"/door/street_one/deliberation/{'x' * 16}", 404)
    resident = alpha.client("resident")
    with clock.turned(ahead):
        assert "我们到了" in _open(resident, door)
        assert "我们到了" not in _open(alpha.client("neighbour"), door)
        assert resident.post(f"{door}/{code}", verb="start").status_code == 302
        assert "我们用完了" in _open(resident, door)
        assert alpha.client("neighbour").post(f"{door}/{code}", verb="end").status_code == 404
    with clock.turned(ahead + hour):
        assert resident.post(f"{door}/{code}", verb="end").status_code == 302
        assert "已结束" in _open(resident, f"/bookings/{code}")
    _open(alpha.client("keeper"), f"{ROOM}/door")
    _open(resident, f"{ROOM}/door", 404)


def test_a_series_is_filled_and_ended_on_its_page(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        other = booked(alpha, place, on(9, 10), on(9, 11), "neighbour").code
    resident = alpha.client("resident")
    with alpha.work():
        until = f"{on(16, 0):%Y-%m-%d}"
    answer = resident.post(f"{ROOM}/book", **_times(alpha), **_WHAT, every="week", until=until)
    assert answer.status_code == 302, answer.text
    code = answer.headers["Location"].split("/")[-2]
    page = _open(resident, f"/bookings/{code}")
    assert "已有人用" in page
    with alpha.work():
        act(alpha, queries.access_booking(other, actor=alpha.actor("neighbour")), "cancel",
            "neighbour")  # fmt: skip
    resident.post(f"/bookings/{code}/fill")
    assert "已有人用" not in _open(resident, f"/bookings/{code}")
    resident.post(f"/bookings/{code}/following", verb="cancel")
    assert _open(resident, f"/bookings/{code}").count("已取消") >= 3


def test_a_closure_shows_who_is_hit_before_it_cancels(alpha: District) -> None:
    with alpha.work():
        one = booked(alpha, opened(alpha), on(2, 10), on(2, 12))
        code = one.code
    street = alpha.client("street")
    path = "/console/bookings/close/street_one?room=deliberation"
    _open(street, path)
    day = _times(alpha)["day"]
    given = {"first": day, "last": day, "reason": "电路检修"}
    look = street.post(path, **given)
    assert look.status_code == 422
    assert code in look.text
    assert 'name="cancels" value="1"' in look.text
    done = street.post(path, **given, cancels="1")
    assert done.status_code == 200, done.text
    assert code in done.text
    assert "电路检修" in _open(alpha.client(), ROOM)
    assert "电路检修" in _open(alpha.client("resident"), f"/bookings/{code}")
    assert "电路检修" in _open(alpha.client(), f"{ROOM}/free?day={day}")
    page = _open(street, path)
    lift = re.search(r"/console/bookings/closures/\d+/lift", page)
    assert lift is not None
    assert alpha.client("resident").post(lift[0]).status_code == 404
    assert street.post(lift[0]).status_code == 302
    assert "电路检修" not in _open(alpha.client(), ROOM)


def test_the_street_sets_the_terms_and_goes_back_to_the_model(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
    street = alpha.client("street")
    page = _open(street, "/settings/bookings")
    assert "议事坊" in page or "deliberation" in page
    path = "/settings/bookings/street_one/deliberation"
    _open(street, path)
    given = {
        "who": "staff", "notice_hours": "1", "ahead_days": "30", "longest_minutes": "90",
        "buffer_minutes": "10", "grace_minutes": "15",
    }  # fmt: skip
    assert street.post(path, form=path, **given | {"ahead_days": "0"}).status_code == 422
    assert street.post(path, form=path, **given).status_code == 302
    wrong = alpha.client("resident").post(f"{ROOM}/book", **_times(alpha), **_WHAT)
    assert wrong.status_code == 403
    assert alpha.client("keeper").get(path).status_code in (403, 404)
    assert street.post(f"{path}/follow").status_code == 302
    with alpha.work():
        room = queries.public_place("street_one", "deliberation").room
        assert queries.terms_of([room])[room.id] == queries.inherited_terms(room)
        assert queries.inherited_terms(room).longest_minutes == 180


@pytest.mark.parametrize("who", ["keeper", "street", "community", "admin"])
def test_day_and_week_open_for_who_works_there(alpha: District, who: str) -> None:
    with alpha.work():
        place = opened(alpha)
        booked(alpha, place, on(1, 10), on(1, 12))
        booked(alpha, place, on(1, 13), on(1, 14), "neighbour", purpose="亲子读书")
        venue = rooms.add_venue(
            place.street, name={"zh": "馆"}, facts={}, actor=alpha.actor("admin")
        )
        code, day = venue.code, f"{on(1, 0):%Y-%m-%d}"
    visitor = alpha.client(who)
    page = _open(visitor, f"{ROOM}/day?day={day}")
    assert "亲子读书" in page
    assert "alpha neighbour" in page
    week = _open(visitor, f"/console/bookings/week?week={day}")
    assert "10:00–12:00" in week
    assert "10:00–12:00" not in _open(visitor, f"/console/bookings/week?week={day}&venue={code}")
    _open(visitor, "/console/bookings/use")
    with clock.turned(timedelta(days=1)):
        assert "亲子读书" in _open(visitor, "/work")
    resident = alpha.client("resident")
    assert resident.get(f"{ROOM}/day?day={day}").status_code in (403, 404)
    assert "亲子读书" not in resident.get(f"/console/bookings/week?week={day}").text


def test_the_list_comes_as_a_file_and_the_search_box_finds_a_slip(alpha: District) -> None:
    with alpha.work():
        one = booked(alpha, opened(alpha), on(1, 10), on(1, 12))
        code = one.code
    street = alpha.client("street")
    answer = street.get("/console/bookings?format=csv")
    assert answer.status_code == 200
    assert code[:5] in answer.get_data(as_text=True)
    assert f"/bookings/{code}" in _open(street, f"/search?q={code}")
    assert f"/bookings/{code}" not in _open(alpha.client("neighbour"), f"/search?q={code}")


def test_who_has_no_account_stands_on_the_list_to_be_rung(alpha: District) -> None:
    with alpha.work():
        guest = {"guest_name": "刘婆婆", "guest_phone": "13900139111", "channel": "desk"}
        one = booked(alpha, opened(alpha), on(1, 10), on(1, 11), "street", **guest)
        act(alpha, one, "call_off", "street", reason="停电")
        at = f"{on(1, 10):%m-%d %H:%M}"
    street = alpha.client("street")
    page = _open(street, "/demands/calls")
    assert "刘婆婆" in page
    assert at in page
    assert demand_id_of("booking:1") == 0  # else the words of a demand would stand beside it
    call = re.search(r"/demands/calls/\d+", page)
    assert call is not None
    assert at in _open(street, call[0])


def test_a_form_begins_on_the_first_free_day_at_its_first_free_half_hour(alpha: District) -> None:
    """Who asks at night, or on a day on which it is shut, is not shown that nothing is free."""
    with alpha.work():
        opened(alpha)
        place = queries.public_place(*ROOM.split("/")[2:])
        first = next(one for one in queries.days_of(place, clock.today(), 14) if one.free)
        begin = f"{first.free[0][0].astimezone(clock.zone()):%H:%M}"
    page = _open(alpha.client("resident"), f"{ROOM}/book")
    assert f'value="{first.day:%Y-%m-%d}"' in page
    start, end = re.findall(r'<option value="(\d\d:\d\d)" selected', page)[:2]
    assert begin <= start < end
    assert re.search(r"<button[^>]*>\s*预约\s*</button>", page)


def test_the_list_begins_with_today_and_what_was_comes_last(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        made = {days: booked(alpha, place, on(days, 10), on(days, 11)) for days in (5, 1, 3, 9)}
        for days, back in ((9, 2), (3, 7)):
            moved = Range(on(-back, 10), on(-back, 11))
            made[days].state, made[days].during, made[days].blocked = "done", moved, moved
        session.flush()
        codes = [made[days].code for days in (1, 5, 9, 3)]
    page = _open(alpha.client("street"), "/console/bookings")
    assert [code for code in re.findall(r"/bookings/(\w+)\"", page) if code in codes] == codes


@pytest.mark.parametrize("odd", ["abc", "9" * 30, "-1", "%00", "1.5"])
def test_what_nobody_chooses_in_a_filter_breaks_nothing(alpha: District, odd: str) -> None:
    street = alpha.client("street")
    for name in ("room", "street", "state", "from", "to", "sort", "page"):
        assert street.get(f"/console/bookings?{name}={odd}").status_code < 500, name
    for name in ("state", "stops", "unit", "kind", "page"):
        for path in ("/console/merchants", "/console/walks", "/merchants", "/walks"):
            assert street.get(f"{path}?{name}={odd}").status_code < 500, (path, name)
