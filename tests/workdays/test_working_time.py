"""The working time of a district: read once, and seen at once when somebody changes it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.workdays import commands, queries, rules
from saas.workdays.events import workdays_changed
from saas.workdays.queries import Week, working_time
from tests.support import District, bring_up
from tests.territory.counting import counted

DAY = ((time(8, 30), time(12)),)
MONDAY_ONLY: Week = (DAY,) + ((),) * 6
MONDAY = date(2026, 11, 23)


def set_off(day: date = MONDAY, **options: Any) -> None:
    """A day off in the district at work."""
    commands.set_day(day, works=False, name={"zh": "停电"}, actor=SYSTEM, **options)


def test_a_new_district_works_the_week_of_its_package_on_published_days(alpha: District) -> None:
    with alpha.work():
        counted_in = working_time()
        assert counted_in.hours_per_day == 8
        assert counted_in.zone == "Asia/Shanghai"
        assert not counted_in.week[5]
        assert queries.covers(clock.today().year - 1)
        assert len(queries.years()) >= 1


def test_it_is_read_once_and_again_when_this_very_work_changes_it(alpha: District) -> None:
    with alpha.work():
        first = working_time()
        with counted() as sent:
            assert working_time() is first
        assert not sent
        set_off()
        assert not working_time().spans_on(MONDAY)
        assert first.spans_on(MONDAY)


def test_a_later_work_asks_one_small_question_and_sees_what_others_have_changed(
    alpha: District,
) -> None:
    with alpha.work():
        first = working_time()
    with alpha.work(), counted() as sent:
        assert working_time() is first
    assert len([one for one in sent if "work_" in one]) == 1
    with alpha.work():
        set_off()
    with alpha.work():
        assert not working_time().spans_on(MONDAY)


def test_what_was_undone_is_forgotten(alpha: District) -> None:
    with alpha.work():
        before = working_time()
        undone = session.begin_nested()
        set_off()
        assert not working_time().spans_on(MONDAY)
        undone.rollback()
        assert working_time().spans_on(MONDAY) == before.spans_on(MONDAY)
    with alpha.work():
        assert working_time().spans_on(MONDAY) == before.spans_on(MONDAY)


def test_two_districts_never_share_a_calendar(alpha: District, beta: District) -> None:
    with alpha.work():
        set_off()
        commands.set_week(MONDAY_ONLY, actor=SYSTEM)
        assert working_time().week == MONDAY_ONLY
    with beta.work():
        assert working_time().spans_on(MONDAY)
        assert working_time().hours_per_day == 8


def _clear_and_fail(district: District) -> None:
    with district.work():
        commands.clear_day(MONDAY, actor=SYSTEM)
        assert working_time().spans_on(MONDAY)
        raise ZeroDivisionError


@pytest.mark.commits
def test_another_connection_sees_a_change_in_its_next_transaction(app: Flask) -> None:
    gamma = bring_up(app, "workdays-gamma")
    with gamma.work():
        before = working_time()
    with gamma.work():
        assert working_time() is before
        set_off()
    with gamma.work():
        assert not working_time().spans_on(MONDAY)
        assert working_time() is not before
    with pytest.raises(ZeroDivisionError):
        _clear_and_fail(gamma)
    with gamma.work():
        assert not working_time().spans_on(MONDAY)


def test_an_own_word_is_taken_back_and_the_published_one_counts_again(alpha: District) -> None:
    holiday = date(2026, 10, 1)
    with alpha.work():
        commands.publish_year(2026, actor=SYSTEM)
        commands.set_day(holiday, works=True, name={"zh": "值班"}, actor=SYSTEM)
        assert working_time().spans_on(holiday)
        commands.publish_year(2026, actor=SYSTEM)
        assert working_time().spans_on(holiday), "reading again keeps what is our own"
        commands.clear_day(holiday, actor=SYSTEM)
        assert not working_time().spans_on(holiday)
        with pytest.raises(Conflict):
            commands.clear_day(holiday, actor=SYSTEM)


def test_a_run_of_days_is_entered_at_once_and_again_without_harm(alpha: District) -> None:
    with alpha.work():
        for _ in range(2):
            set_off(until=date(2026, 11, 27))
        assert [queries.words_on(date(2026, 11, day)) != {} for day in range(22, 29)] == [
            False, True, True, True, True, True, False,
        ]  # fmt: skip
        for until in (date(2026, 11, 22), date(2027, 11, 22)):
            with pytest.raises(Invalid):
                set_off(until=until)


@pytest.mark.parametrize(
    "week",
    [
        ((),) * 7,
        (((time(12), time(9)),),) + ((),) * 6,
        (((time(9), time(12)), (time(11), time(13))),) + ((),) * 6,
    ],
)
def test_a_week_that_cannot_be_is_refused_and_nothing_changes(alpha: District, week: Week) -> None:
    with alpha.work():
        before = working_time().week
        with pytest.raises(Invalid):
            commands.set_week(week, actor=SYSTEM)
        assert working_time().week == before


def test_each_change_is_announced_with_its_first_day_and_recorded(alpha: District) -> None:
    told: list[tuple[str, date]] = []

    def hear(code: str, first_day: date) -> None:
        told.append((code, first_day))

    with alpha.work(), workdays_changed.connected_to(hear):
        set_off(until=date(2026, 11, 24))
        commands.clear_day(date(2026, 11, 24), actor=SYSTEM)
        commands.set_week(MONDAY_ONLY, actor=SYSTEM)
        commands.set_week(MONDAY_ONLY, actor=SYSTEM)  # nothing new: nothing to tell
        commands.publish_year(2025, actor=SYSTEM)
        session.flush()
        recorded = session.scalars(
            sa.text("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 4")
        ).all()
        today = clock.today()
    days = [MONDAY, date(2026, 11, 24), today, date(2025, 1, 1)]
    assert told == [("alpha", day) for day in days]
    assert recorded == ["workdays.publish", "workdays.week", "workdays.clear", "workdays.day"]


def test_a_year_nobody_has_published_is_completed_by_hand_and_opened_again(
    alpha: District,
) -> None:
    year = next(y for y in range(2026, 2100) if rules.published_days(y) is None)
    with alpha.work():
        assert not queries.covers(year)
        with pytest.raises(Conflict):
            commands.publish_year(year, actor=SYSTEM)
        commands.complete_year(year, actor=SYSTEM)
        assert queries.covers(year)
        with pytest.raises(Conflict):
            commands.complete_year(year, actor=SYSTEM)
        commands.reopen_year(year, actor=SYSTEM)
        assert not queries.covers(year)
        with pytest.raises(Conflict):
            commands.reopen_year(year, actor=SYSTEM)
