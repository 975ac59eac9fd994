"""Hours are seen by another, written once, corrected by a row more, and shown to a stranger."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.activities import commands as sessions
from saas.kernel import clock
from saas.kernel.db import constraint_of, session
from saas.kernel.errors import Forbidden, Invalid, NotFound
from saas.volunteers import commands, queries
from saas.volunteers.models import Service
from saas.volunteers.queries import Sum
from saas.volunteers.words import REFUSED
from tests.activities.making import act, actor_of, scene
from tests.attendance.making import begun, soon
from tests.support import District
from tests.volunteers.making import joined, refused, shift, taken, verified


def _sum(one: object) -> Sum:
    return queries.sums_of([one.id])[one.id]  # type: ignore[attr-defined]


def test_hours_are_verified_by_another_once_and_corrected_with_a_cause(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha)
        asked = shift(alpha, one)
        whom = taken(alpha, one, asked)
        with refused(REFUSED["early"]):
            verified(alpha, one, asked, whom)
        act(alpha, one, "begin", "street")
        first = verified(alpha, one, asked, whom)
        assert verified(alpha, one, asked, whom) is first, "pressed twice"
        with pytest.raises(Invalid) as why:
            verified(alpha, one, asked, whom, 60)
        assert list(why.value.errors) == ["cause"]
        second = verified(alpha, one, asked, whom, 60, cause="早走半小时")
        assert second.follows_id is not None
        assert _sum(whom) == Sum(1, 60)
        rows = [(row.what, row.minutes) for row in queries.services_at(one.id)]
        assert rows == [("mark", 90), ("void", 0), ("mark", 60)]
        commands.void(asked, whom, scene(one), cause="认错人", actor=actor_of(alpha, "street"))
        assert _sum(whom) == Sum()


def test_nobody_verifies_their_own_hours_nor_is_it_done_by_who_does_not_work_there(
    alpha: District,
) -> None:
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        resident, officer = taken(alpha, one, asked), taken(alpha, one, asked, "street")
        with refused(REFUSED["own"]):
            verified(alpha, one, asked, officer)
        for who in ("resident", "neighbour"):
            with pytest.raises(Forbidden):
                verified(alpha, one, asked, resident, who=who)
        verified(alpha, one, asked, resident)


#: What the database itself refuses, and by which constraint.
_CHEATS = {
    "one's own hours": ({"verified_by": "own"}, "ck_services_by_another"),
    "twice for a shift": ({}, "uq_services_once"),
    "as if without an account": (
        {"person_key": 0, "volunteer": "other"},
        "fk_services_volunteer_id_person_key",
    ),
    "a void of nothing": ({"what": "void", "minutes": 0, "voids_id": 2**40}, "fk_services_voids"),
    "more than a day": ({"minutes": 1441, "volunteer": "other"}, "ck_services_minutes"),
    "none at all": ({"minutes": 0, "volunteer": "other"}, "ck_services_minutes"),
    "after a void that is none": ({"follows_id": "first"}, "fk_services_follows"),
}


@pytest.mark.parametrize("cheat", _CHEATS)
def test_the_database_refuses_what_no_command_would_write(alpha: District, cheat: str) -> None:
    given, constraint = _CHEATS[cheat]
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        mine, other = taken(alpha, one, asked), joined(alpha, "neighbour")
        first = verified(alpha, one, asked, mine)
        whom = other if given.get("volunteer") == "other" else mine
        named = {"own": mine.person_id, "first": first.id}
        row = {
            "shift_id": asked.id, "session_id": one.id, "volunteer_id": whom.id,
            "person_key": whom.person_id, "unit_id": one.unit_id, "held_at": one.start,
            "what": "mark", "minutes": 60, "verified_by": first.verified_by, "at": clock.now(),
            **{k: named.get(v, v) if isinstance(v, str) else v  # type: ignore[call-overload]
               for k, v in given.items() if k != "volunteer"},
        }  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError) as error, session.begin_nested():
            session.execute(sa.insert(Service).values(**row))
        assert constraint_of(error.value) == constraint


def test_hours_at_what_has_not_begun_are_refused_by_the_database(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha)
        asked = shift(alpha, one)
        mine = taken(alpha, one, asked)
        row = {
            "shift_id": asked.id, "session_id": one.id, "volunteer_id": mine.id,
            "person_key": mine.person_id, "unit_id": one.unit_id, "held_at": one.start,
            "what": "mark", "minutes": 60, "verified_by": alpha.people["street"],
            "at": clock.now(),
        }  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError) as error, session.begin_nested():
            session.execute(sa.insert(Service).values(**row))
        assert constraint_of(error.value) == "fk_services_session_id_begun"


def test_a_shift_is_full_over_called_off_or_at_the_same_time_as_another(alpha: District) -> None:
    with alpha.work():
        one, another = soon(alpha), soon(alpha)
        asked, same_time = shift(alpha, one, need=1), shift(alpha, another)
        mine = taken(alpha, one, asked)
        assert taken(alpha, one, asked) == mine, "pressed twice"
        with refused(REFUSED["full"]):
            taken(alpha, one, asked, "neighbour")
        with refused(REFUSED["busy"]):
            taken(alpha, another, same_time)
        commands.give_up(asked, mine, scene(one), actor=actor_of(alpha, "resident"))
        taken(alpha, one, asked, "neighbour")
        commands.cancel_shift(scene(another), same_time, actor=actor_of(alpha, "street"))
        with refused(REFUSED["cancelled"]):
            taken(alpha, another, same_time)
        with clock.turned(timedelta(days=1)), refused(REFUSED["over"]):
            commands.take(asked, mine, scene(one), actor=actor_of(alpha, "resident"))


def test_who_leaves_frees_what_was_to_come_and_keeps_what_was_done(alpha: District) -> None:
    with alpha.work():
        done, ahead = begun(alpha), soon(alpha)
        past = shift(alpha, done)
        mine = taken(alpha, done, past)
        verified(alpha, done, past, mine)
        later = commands.add_shift(
            scene(ahead),
            commands.Need(work={"zh": "收拾"}, need=1, start=ahead.end,
                          end=ahead.end + timedelta(hours=1)),
            actor=actor_of(alpha, "street"),
        )  # fmt: skip
        taken(alpha, ahead, later)
        commands.leave(mine, actor=actor_of(alpha, "resident"))
        assert queries.duties_of([later.id])[later.id] == []
        assert _sum(mine) == Sum(1, 90)
        with refused(REFUSED["left"]):
            commands.take(later, mine, scene(ahead), actor=actor_of(alpha, "resident"))
        assert joined(alpha) == mine, "who comes back is the same"


def test_a_certificate_says_what_stood_and_a_stranger_sees_what_stands(alpha: District) -> None:
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        mine = taken(alpha, one, asked)
        actor = actor_of(alpha, "resident")
        with refused(REFUSED["nothing"]):
            commands.certify(mine, actor=actor)
        verified(alpha, one, asked, mine)
        made = commands.certify(mine, actor=actor)
        assert commands.certify(mine, actor=actor) == made, "nothing has changed"
        assert (made.times, made.minutes) == (1, 90)
        verified(alpha, one, asked, mine, 30, cause="更正")
        assert queries.stands_now(made) == Sum(1, 30)
        with pytest.raises(NotFound):
            queries.certificate(made.code[:-1])


def test_who_says_that_hours_are_wrong_reaches_who_wrote_them(alpha: District) -> None:
    with alpha.work():
        one = begun(alpha)
        asked = shift(alpha, one)
        row = verified(alpha, one, asked, taken(alpha, one, asked))
        commands.ask_correction(row.id, "少记了半小时", actor=actor_of(alpha, "resident"))
        with pytest.raises(NotFound):
            commands.ask_correction(row.id, "不是我的", actor=actor_of(alpha, "neighbour"))
    inbox = alpha.client("street").get("/inbox").text
    assert "少记了半小时" in inbox


def test_shifts_go_with_their_session_and_who_has_one_is_told(alpha: District) -> None:
    with alpha.work():
        one = soon(alpha)
        asked, unneeded = shift(alpha, one), shift(alpha, one)
        code = asked.code
        taken(alpha, one, asked)
        commands.cancel_shift(scene(one), unneeded, actor=actor_of(alpha, "street"))
        before, gone = asked.starts_at, unneeded.starts_at
        later = timedelta(days=1, minutes=30)
        sessions.move(scene(one), start=one.start + later, end=one.end + later,
                      address={"zh": "桂圆院坝"}, actor=actor_of(alpha, "street"))  # fmt: skip
        assert (asked.starts_at, unneeded.starts_at) == (before + later, gone)
        assert asked.minutes == 120
    assert "时间或地点有变" in alpha.client("resident").get("/inbox").text
    with alpha.work():
        found, where = queries.open_shift(code, actor=actor_of(alpha, "street"))
        act(alpha, where.session, "cancel", "street", reason="下雨")
        assert found.cancelled_at is not None
    assert "您报名的帮忙取消了" in alpha.client("resident").get("/inbox").text
