"""Guides to affairs, and hours at a counter: the last one goes to one."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from saas.demands.case.models import Demand
from saas.demands.guides import rules
from saas.demands.menu.models import Guide
from saas.kernel import clock
from saas.kernel.db import session
from tests.support import District, Visitor, bring_up, token_in

BOOK = "/guides/minimum_allowance/appointment"
_HOUR = re.compile(r'name="at" value="([^"]+)"')
_SUBMISSION = re.compile(r'name="submission" value="([^"]+)"')


def _hours(visitor: Visitor) -> list[str]:
    return _HOUR.findall(visitor.get(BOOK).text)


def _take(visitor: Visitor, at: str, submission: str = "booking-key-00001") -> int:
    answer = visitor.post(BOOK, counter="community_one", at=at, submission=submission)
    return answer.status_code


def test_everybody_reads_what_to_bring_and_in_which_steps(alpha: District) -> None:
    page = alpha.client().get("/guides/senior_card")
    assert page.status_code == 200
    assert "身份证" in page.text
    assert "/guides/senior_card/appointment" in page.text
    assert alpha.client().get("/guides/rubbish").status_code == 404
    assert alpha.client().get("/guides/no_such").status_code == 404


def test_an_hour_is_a_demand_in_the_queue_of_the_counter(alpha: District) -> None:
    resident = alpha.client("resident")
    first = _hours(resident)[0]
    assert _take(resident, first) == 302
    with alpha.work():
        demand = session.scalars(sa.select(Demand)).one()
        assert demand.appointment_at == datetime.fromisoformat(first)
        assert (demand.kind, demand.level) == ("affairs", "community")
        code = demand.code
    assert code in alpha.client("community").get("/demands").text
    assert code not in alpha.client("courtyard").get("/demands").text


def test_a_full_hour_is_offered_to_nobody_until_somebody_withdraws(alpha: District) -> None:
    resident, neighbour = alpha.client("resident"), alpha.client("neighbour")
    first, second = _hours(resident)[:2]
    assert _take(resident, first) == 302
    assert first not in _hours(neighbour)
    refused = neighbour.post(
        BOOK, counter="community_one", at=first, submission="booking-key-00002"
    )
    assert refused.status_code == 422
    assert second in refused.text, "others are offered"
    with alpha.work():
        code = session.scalars(sa.select(Demand.code)).one()
    assert resident.post(f"/demands/{code}", verb="withdraw").status_code == 302
    assert first in _hours(neighbour)
    assert _take(neighbour, first, "booking-key-00002") == 302


def test_the_same_form_twice_is_one_appointment(alpha: District) -> None:
    resident = alpha.client("resident")
    first = _hours(resident)[0]
    assert _take(resident, first) == 302
    assert _take(resident, first) == 302
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"at": ""}, 422),
        ({"at": "tomorrow"}, 422),
        ({"at": "2020-01-01T09:00:00+08:00"}, 422),
        ({"at": "2999-01-01T09:00:00+08:00"}, 422),
        ({"at": "9999-12-31T23:59:59-14:00"}, 422),
        ({"counter": "street_one"}, 404),
        ({"counter": "no_such"}, 404),
        ({"words": "长" * 501}, 422),
    ],
)
def test_what_is_no_hour_is_refused_with_a_sentence(
    alpha: District, fields: dict[str, str], status: int
) -> None:
    resident = alpha.client("resident")
    given = {"counter": "community_one", "at": _hours(resident)[0], "submission": "booking-key-1"}
    given["submission"] = "booking-key-00001"
    assert resident.post(BOOK, **{**given, **fields}).status_code == status


def test_hours_lie_in_working_time_and_far_enough_ahead(alpha: District) -> None:
    with alpha.work():
        guide = session.scalars(sa.select(Guide).where(Guide.category == "senior_card")).one()
        days, now = guide.days_ahead, clock.now()
    page = alpha.client("resident").get("/guides/senior_card/appointment").text
    hours = [datetime.fromisoformat(text) for text in _HOUR.findall(page)]
    assert hours
    for at in hours:
        assert now + rules.LEAST_NOTICE <= at <= now + timedelta(days=days + 1)
        assert at.astimezone(UTC).tzinfo is UTC
        assert 0 <= at.weekday() <= 6


@given(
    st.lists(st.tuples(st.times(), st.times()).filter(lambda span: span[0] < span[1]), max_size=3),
    st.integers(5, 480),
)
def test_slots_fill_their_spans_and_never_reach_over(spans: list, minutes: int) -> None:
    day = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for at in rules.slots_of(spans, day, minutes, "Asia/Shanghai"):
        ends = (at + timedelta(minutes=minutes)).replace(tzinfo=None)
        begins = at.replace(tzinfo=None)
        assert any(
            datetime.combine(begins.date(), opens) <= begins
            and ends <= datetime.combine(begins.date(), closes)
            for opens, closes in spans
        )


@pytest.mark.commits
def test_of_two_who_want_the_last_place_at_once_one_gets_it(app: Flask) -> None:
    district = bring_up(app, "lastplace")
    visitors = [district.client(who) for who in ("resident", "neighbour")]
    pages = [visitor.get(BOOK).text for visitor in visitors]
    at = _HOUR.findall(pages[0])[0]
    answers: list[int] = []

    def send(number: int) -> None:
        data = {
            "csrf_token": token_in(pages[number]),
            "counter": "community_one",
            "at": at,
            "submission": _SUBMISSION.findall(pages[number])[0],
        }
        path = district.root + BOOK
        answers.append(visitors[number].client.post(path, data=data).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 422]
    with district.work():
        assert session.scalar(sa.select(sa.func.count(Demand.id))) == 1
