"""An appointment reads as booked, can be moved and given up, and nobody holds more than two."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands.case.models import Custody, Demand
from saas.demands.guides import commands, rules
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices.models import Notice
from tests.demands.working import at
from tests.support import District, Visitor

NUMBER = "13800138000"
BOOK = "/guides/minimum_allowance/appointment"
_HOUR = re.compile(r'name="at" value="([^"]+)"')


def _hours(visitor: Visitor, page: str = BOOK) -> list[str]:
    """The free hours of every day that the page offers."""
    days = dict.fromkeys(re.findall(r"[?&]day=([0-9-]+)", visitor.get(page).text))
    found = [hour for day in days for hour in _HOUR.findall(visitor.get(f"{page}?day={day}").text)]
    return list(dict.fromkeys(found)) or _HOUR.findall(visitor.get(page).text)


def _take(visitor: Visitor, hour: str, number: int = 1, **more: str) -> int:
    sent = {"counter": "community_one", "at": hour, "submission": f"booking-key-{number:05}"}
    return visitor.post(BOOK, **sent, **more).status_code


def _codes(district: District) -> list[str]:
    with district.work():
        return list(session.scalars(sa.select(Demand.code).order_by(Demand.id)))


def test_what_was_booked_says_when_where_and_what_to_bring_and_no_time_limit(
    alpha: District,
) -> None:
    resident = alpha.client("resident")
    assert _take(resident, _hours(resident)[0]) == 302
    page = resident.get(f"/demands/{_codes(alpha)[0]}").text
    for said in (
        "预约成功",
        "时间",
        "地点",
        "alphacommunity",
        "携带材料",
        "改时间",
        "取消预约",
        "前一天会提醒您",
    ):
        assert said in page, said
    for unsaid in ("最晚什么时候有人接手", "您写的内容", "受理"):
        assert unsaid not in page, unsaid
    assert "已预约" in resident.get("/demands/mine").text


def test_without_an_account_the_slip_says_the_same(alpha: District) -> None:
    guest = alpha.client()
    assert _take(guest, _hours(guest)[0], caller_phone="13800138000") == 302
    code = _codes(alpha)[0]
    slip = guest.get(f"/demands/{code}/slip?filed=1").text
    for said in ("预约成功", "携带材料", "改时间", "取消预约"):
        assert said in slip, said
    assert "预约成功" in guest.get(f"/demands/{code}").text
    assert alpha.client().get(f"/demands/{code}/appointment").status_code == 302


def test_another_hour_is_taken_and_the_old_one_is_free_again(alpha: District) -> None:
    resident, neighbour = alpha.client("resident"), alpha.client("neighbour")
    first, second, third = _hours(resident)[:3]
    assert _take(resident, first) == 302
    (code,) = _codes(alpha)
    page = f"/demands/{code}/appointment"
    assert second in _hours(resident, page)
    assert neighbour.get(page).status_code == 404
    assert neighbour.post(page, at=second).status_code == 404
    assert resident.post(page, at="2020-01-01T09:00:00+08:00").status_code == 422
    assert resident.post(page, at=second, seen="1").status_code == 302
    assert "这期间有了变化" in resident.post(page, at=third, seen="1").text
    assert first in _hours(neighbour)
    assert second not in _hours(neighbour)
    with alpha.work():
        demand = session.scalars(sa.select(Demand)).one()
        assert demand.appointment_at == datetime.fromisoformat(second)
        assert (demand.state, demand.last_verb) == ("waiting", "file"), "its way has not changed"
        told = sa.select(Notice.kind).where(Notice.person_id == alpha.people["community"])
        assert "demands.rebooked" in session.scalars(told).all()
    assert "您改了预约时间" in resident.get(f"/demands/{code}").text
    assert resident.post(f"/demands/{code}", verb="withdraw").status_code == 302
    assert resident.post(page, at=third).status_code == 404
    assert second in _hours(neighbour)


def test_nobody_holds_more_than_two_hours_for_one_affair(alpha: District) -> None:
    resident = alpha.client("resident")
    first, second, third = _hours(resident)[:3]
    assert _take(resident, first, 1) == 302
    assert _take(resident, second, 2) == 302
    assert _take(resident, second, 2) == 302, "the same form again is no third one"
    refused = resident.post(BOOK, counter="community_one", at=third, submission="booking-key-00003")
    assert refused.status_code == 422
    assert "这件事您已经约了两次" in refused.text
    assert resident.post(f"/demands/{_codes(alpha)[0]}", verb="withdraw").status_code == 302
    assert _take(resident, third, 3) == 302


@pytest.mark.parametrize(
    ("phone", "third"), [("138 0013 8000", 422), ("13800138001", 302), ("", 302)]
)
def test_without_an_account_the_number_is_the_person(
    alpha: District, phone: str, third: int
) -> None:
    for number in (1, 2):
        guest = alpha.client()
        assert _take(guest, _hours(guest)[0], number, caller_phone="13800138000") == 302
    another = alpha.client()
    assert _take(another, _hours(another)[0], 3, caller_phone=phone) == third


def test_who_comes_is_reminded_once_the_day_before_and_anew_when_the_hour_is_moved(
    alpha: District,
) -> None:
    resident = alpha.client("resident")
    hours = [datetime.fromisoformat(hour) for hour in _hours(resident)]
    later = [hour for hour in hours if hour > clock.now() + timedelta(hours=50)]
    first, second = later[0], later[-1]
    assert _take(resident, first.isoformat()) == 302
    with alpha.work():
        assert commands.remind() == 0
    with alpha.work(), at(first - timedelta(hours=20)):
        assert commands.remind() == 1
        assert commands.remind() == 0, "once"
        told = sa.select(Notice.facts).where(Notice.kind == "demands.yours_tomorrow")
        (facts,) = session.scalars(told).all()
        assert facts["when"].startswith(f"{first.astimezone(clock.zone()):%Y-%m-%d %H:%M}")
        demand = session.scalars(sa.select(Demand)).one()
        commands.rebook(demand, at=second, actor=alpha.actor("resident"))
        assert commands.remind() == 0
    with alpha.work(), at(second - timedelta(hours=20)):
        assert commands.remind() == 1
        verbs = sa.select(Custody.verb).order_by(Custody.number)
        assert list(session.scalars(verbs)) == ["file", "remind", "rebook", "remind"]


def test_who_took_the_hour_a_moment_ago_needs_no_reminder() -> None:
    hour = datetime(2026, 12, 1, 9, tzinfo=UTC)
    before = hour - timedelta(hours=5)
    assert not rules.is_to_remind(hour, [("file", before)], before)
    early = hour - timedelta(days=3)
    assert rules.is_to_remind(hour, [("file", early)], before)
    assert not rules.is_to_remind(hour, [("file", early), ("remind", before)], before)
    assert not rules.is_to_remind(hour, [("file", early)], hour), "it is over"


def _has_number(district: District) -> None:
    with district.work():
        person = people.find_person(district.people["resident"])
        assert person is not None
        accounts.change_person(
            person, name=person.name, login=person.login, phone=NUMBER, actor=SYSTEM
        )


def test_what_somebody_books_under_a_number_takes_nothing_from_the_account_that_has_it(
    alpha: District,
) -> None:
    _has_number(alpha)
    for number in (1, 2):
        guest = alpha.client()
        assert _take(guest, _hours(guest)[0], number, caller_phone=NUMBER) == 302
    resident = alpha.client("resident")
    assert _take(resident, _hours(resident)[0], 3) == 302


def test_nobody_learns_what_an_account_has_booked_by_typing_its_number(alpha: District) -> None:
    _has_number(alpha)
    resident = alpha.client("resident")
    for number in (1, 2):
        assert _take(resident, _hours(resident)[0], number) == 302
    guest = alpha.client()
    assert _take(guest, _hours(guest)[0], 3, caller_phone=NUMBER) == 302


def test_who_comes_each_time_as_somebody_else_does_not_take_every_hour(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "GUEST_HOURS", 3)
    first, *others = _hours(alpha.client())[:5]
    assert _take(alpha.client(), first, 1) == 302
    assert _take(alpha.client(), first, 1) == 302, "the same form again is no second one"
    answers = [_take(alpha.client(), hour, n) for n, hour in enumerate(others, start=2)]
    assert answers == [302, 302, 429, 429]
    assert _take(alpha.client("resident"), others[2], 9) == 302
