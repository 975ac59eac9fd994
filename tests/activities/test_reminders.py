"""Who comes is reminded once, before each begin; one more date of a series is planned by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.activities import commands, queries
from saas.activities.models import Session, Term
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.notices.models import CallTask, Notice
from tests.activities.making import act, actor_of, answered, guest, on, planned, scene, signed
from tests.support import District
from tests.volunteers.making import joined, shift, taken


def _reminded(kind: str = "activities.reminder") -> int:
    query = sa.select(sa.func.count()).select_from(Notice).where(Notice.kind == kind)
    return session.scalar(query) or 0


def _published(alpha: District, **given: object) -> Session:
    start = clock.now() + timedelta(days=3)
    one = planned(alpha, start, start + timedelta(hours=2), room=False, **given).dates[0]
    act(alpha, one, "publish", "street")
    return one


def test_who_has_a_place_is_reminded_once_the_day_before(alpha: District) -> None:
    with alpha.work():
        one = _published(alpha, places=2)
        signed(alpha, one)
        guest(alpha, one, 1)
        signed(alpha, one, "neighbour")  # waits: no place, no reminder
        assert commands.remind() == 0, "it is three days off"
        with clock.turned(timedelta(days=2, minutes=1)):
            assert commands.remind() == 1
            assert commands.remind() == 0, "once"
        assert _reminded() == 1
        numbers = sa.select(sa.func.count()).select_from(CallTask).where(
            CallTask.kind == "activities.reminder"
        )  # fmt: skip
        assert session.scalar(numbers), "guests are told by telephone"


def test_who_left_signed_up_late_or_was_told_of_another_time_is_not(alpha: District) -> None:
    with alpha.work():
        one = _published(alpha, places=9)
        gone = signed(alpha, one)
        answered(alpha, gone, "leave")
        with clock.turned(timedelta(days=2, hours=2)):
            signed(alpha, one, "neighbour")
            assert commands.remind() == 1
        assert _reminded() == 0
        other = _published(alpha, places=9)
        signed(alpha, other)
        with clock.turned(timedelta(days=2)):
            start = clock.now() + timedelta(hours=20)
            commands.move(scene(other), start=start, end=start + timedelta(hours=1),
                          address={"zh": "院坝"}, actor=actor_of(alpha, "street"))  # fmt: skip
            assert commands.remind() == 0, "the notice of the move says it"


def test_what_is_moved_far_away_is_reminded_of_again_and_what_is_cancelled_never(
    alpha: District,
) -> None:
    with alpha.work():
        one, off = _published(alpha, places=9), _published(alpha, places=9)
        signed(alpha, one)
        signed(alpha, off)
        act(alpha, off, "cancel", "street", reason="下雨")
        with clock.turned(timedelta(days=2, hours=1)):
            assert commands.remind() == 1
            start = clock.now() + timedelta(days=5)
            commands.move(scene(one), start=start, end=start + timedelta(hours=1),
                          address={"zh": "院坝"}, actor=actor_of(alpha, "street"))  # fmt: skip
        answered(alpha, queries.signups_of(one.id)[0], "accept")
        with clock.turned(timedelta(days=6, hours=5)):
            assert commands.remind() == 1
        assert _reminded() == 2


def test_the_hours_are_those_of_the_kind_and_0_is_never(alpha: District) -> None:
    with alpha.work():
        one = _published(alpha, places=9)
        signed(alpha, one)
        term = session.scalars(sa.select(Term).where(Term.code == "festival")).one()
        term.remind_hours = 0
        session.flush()
        with clock.turned(timedelta(days=2, hours=20)):
            assert commands.remind() == 0
        term.remind_hours = 48
        session.flush()
        with clock.turned(timedelta(days=1, minutes=1)):
            assert commands.remind() == 1


def test_volunteers_with_a_shift_are_reminded_too(alpha: District) -> None:
    with alpha.work():
        one = _published(alpha, places=9)
        asked = shift(alpha, one)
        taken(alpha, one, asked)
        joined(alpha, "neighbour")
        with clock.turned(timedelta(days=2, minutes=1)):
            commands.remind()
        assert _reminded("volunteers.reminder") == 1


def test_one_more_date_of_a_course_belongs_to_it_and_is_a_draft(alpha: District) -> None:
    with alpha.work():
        made = planned(alpha, on(1, 14), on(1, 16), room=False, course=True, every="week",
                       until=on(9, 14).date(), closes_hours=5)  # fmt: skip
        activity, head, key = made.activity.code, made.dates[0].id, made.activity.id
        last, day = made.dates[-1].code, f"{on(15, 14):%Y-%m-%d}"
    desk = alpha.client("street")
    path = f"/console/activities/edit/{activity}/date"
    assert path in desk.get(f"/console/activities/s/{last}").text
    page = desk.get(path).text
    assert day in page, "a week after the last one"
    given = {"day": day, "start": "14:00", "end": "16:00", "room": "", "address_zh": "院坝"}
    answer = desk.post(path, form=path, **given)
    assert answer.status_code == 302, answer.text
    with alpha.work():
        new = queries.dates_of_activity(queries.activities_by_id({key})[key])[-1]
        assert (new.state, new.head_id, new.capacity) == ("draft", head, None)
        assert new.start - new.closes_at == timedelta(hours=5)
    again = desk.post(path, form=path, **given)
    assert again.status_code == 422, "pressed twice it is one date"
    assert alpha.client("resident").get(path).status_code == 404


def test_a_second_date_at_the_same_time_is_refused(alpha: District) -> None:
    with alpha.work():
        made = planned(alpha, on(1, 14), on(1, 16), room=False)
        with pytest.raises(Invalid):
            commands.add_date(made.activity, on(1, 14), on(1, 16), address={"zh": "院坝"},
                              actor=actor_of(alpha, "street"))  # fmt: skip
