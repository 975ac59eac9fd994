"""Silence is consent where somebody was reached, by whatever way, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts.models import Person
from saas.demands import queries
from saas.kernel.db import session
from saas.notices import commands as notices
from saas.notices.models import CallTask, Provider
from saas.notices.words import KINDS
from tests.demands.working import act, at, file, ring, verbs
from tests.notices.conftest import carry, gateway
from tests.notices.servers import Hall, MailBox
from tests.notices.test_mail import wants
from tests.support import District

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
WEEK = timedelta(days=7, minutes=9)
Prepare = Callable[[District, Hall], None]


def _phone(district: District) -> None:
    with district.work():
        session.get_one(Person, district.people["resident"]).phone = "13800001111"


def _by_nothing(district: District, hall: Hall) -> None:
    """No channel, and nobody looks."""


def _by_sms(district: District, hall: Hall) -> None:
    _phone(district)
    gateway(district, hall)


def _by_broken_sms(district: District, hall: Hall) -> None:
    _by_sms(district, hall)
    hall.status = 400


def _by_test_provider(district: District, hall: Hall) -> None:
    _phone(district)
    gateway(district, hall, kind="test")


def _by_account(district: District, hall: Hall) -> None:
    gateway(district, hall, "account")
    with district.work():
        kind = KINDS["demands.yours_resolved"]
        resident = district.actor("resident")
        notices.allow_messages(kind, how="once", subject="o-1", actor=resident)


def _by_mail(district: District, hall: Hall) -> None:
    wants(district, "resident")


def _resolved(district: District, *, anonymous: bool = False) -> str:
    """The code of a demand that was resolved on Monday."""
    with district.work(), at(MONDAY):
        demand = file(district)
        demand.anonymous = anonymous
        act(district, demand, "courtyard", "accept")
        act(district, demand, "courtyard", "resolve")
        return demand.code


@pytest.mark.parametrize(
    ("prepare", "counts"),
    [
        (_by_nothing, False), (_by_broken_sms, False), (_by_test_provider, False),
        (_by_sms, True), (_by_account, True), (_by_mail, True),
    ],
)  # fmt: skip
def test_silence_counts_by_the_way_that_reached_somebody(
    app: Flask, alpha: District, hall: Hall, box: MailBox, prepare: Prepare, counts: bool
) -> None:
    prepare(alpha, hall)
    code = _resolved(alpha)
    with at(MONDAY + timedelta(minutes=1)):
        carry(app, alpha)
    with alpha.work(), at(MONDAY + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == ("lapse" if counts else "hold")
        assert demand.state == ("confirmed" if counts else "resolved")
        open_calls = sa.select(sa.func.count()).where(CallTask.state == "open")
        assert session.scalar(open_calls) == (0 if counts else 1)
    with alpha.work(), at(MONDAY + timedelta(days=300)):
        demand = queries.lock_demand(code)
        assert ring() == 0
        assert demand.state == ("confirmed" if counts else "resolved")


def test_who_is_reached_late_has_the_whole_time_from_then_on(alpha: District) -> None:
    code = _resolved(alpha)
    with alpha.work(), at(MONDAY + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == "hold"
    called = MONDAY + timedelta(days=10)
    with alpha.work(), at(called):
        call = session.scalars(sa.select(CallTask)).one()
        notices.call_reached(call, answer="已看到，没意见", actor=alpha.actor("courtyard"))
    with alpha.work(), at(called + timedelta(days=6)):
        assert ring() == 0
    with alpha.work(), at(called + WEEK):
        demand = queries.lock_demand(code)
        assert ring() == 1
        assert (demand.state, verbs(demand)[-1]) == ("confirmed", "lapse")


def test_who_reads_it_on_the_sixth_day_has_a_week_too(alpha: District) -> None:
    code = _resolved(alpha)
    with alpha.work(), at(MONDAY + timedelta(days=6)):
        notices.mark_all_read(actor=alpha.actor("resident"))
    with alpha.work(), at(MONDAY + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert demand.state == "resolved"
        assert "hold" not in verbs(demand)
    with alpha.work(), at(MONDAY + timedelta(days=6) + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == "lapse"


def test_a_call_in_vain_is_no_consent_and_is_counted(alpha: District) -> None:
    code = _resolved(alpha)
    with alpha.work(), at(MONDAY + timedelta(days=1)):
        call = session.scalars(sa.select(CallTask)).one()
        for _ in range(3):
            notices.call_missed(call, actor=alpha.actor("courtyard"))
        assert (call.state, call.tries) == ("open", 3)
    with alpha.work(), at(MONDAY + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == "hold"


def test_what_was_reached_about_an_earlier_answer_counts_not_for_a_later_one(
    alpha: District,
) -> None:
    code = _resolved(alpha)
    with alpha.work(), at(MONDAY + timedelta(hours=1)):
        demand = queries.lock_demand(code)
        notices.mark_all_read(actor=alpha.actor("resident"))
        act(alpha, demand, "resident", "reopen")
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "resolve")
    with alpha.work(), at(MONDAY + WEEK + timedelta(hours=2)):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == "hold"


def test_nobody_is_called_who_may_not_be_known(alpha: District) -> None:
    code = _resolved(alpha, anonymous=True)
    with alpha.work(), at(MONDAY + WEEK):
        demand = queries.lock_demand(code)
        ring()
        assert verbs(demand)[-1] == "hold"
        assert session.scalars(sa.select(CallTask)).all() == []


def test_calls_go_with_the_demand_to_who_has_it(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "reply")
        call = session.scalars(sa.select(CallTask)).one()
        assert call.unit_id == alpha.unit("courtyard").id
        act(alpha, demand, "courtyard", "pass_up")
        session.refresh(call)
        assert call.unit_id == alpha.unit("compound").id


def test_who_left_a_number_alone_is_sent_an_sms(app: Flask, alpha: District, hall: Hall) -> None:
    gateway(alpha, hall)
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        demand.filed_by_id, demand.caller_phone = None, "13900000002"
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "ask")
        assert session.scalars(sa.select(Provider)).one().kind == "own"
    with at(MONDAY + timedelta(minutes=1)):
        carry(app, alpha)
    assert hall.given()["to"] == "13900000002"
    assert "请" in hall.given()["text"]
