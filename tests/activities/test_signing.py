"""Signing up by the commands: places as rows, the queue, offers, leaving, a day that changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.activities import commands, queries
from saas.activities.commands import seating
from saas.activities.models import Session
from saas.bookings import queries as bookings
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, SignInNeeded
from saas.notices.models import CallTask, Notice
from tests.activities.making import (
    act,
    answered,
    guest,
    on,
    planned,
    published,
    scene,
    signed,
    states,
    taken,
)
from tests.support import District


def test_a_session_is_planned_with_its_room_and_published_with_a_row_for_each_place(
    alpha: District,
) -> None:
    with alpha.work():
        made = planned(alpha, on(2, 14), on(2, 16))
        one = made.dates[0]
        booking = bookings.by_id(one.booking_id)
        assert (one.state, booking.state, booking.kind) == ("draft", "confirmed", "activity")
        assert taken(one) == queries.free_seats(one.id) == 0
        act(alpha, one, "publish", "street")
        assert (one.state, queries.free_seats(one.id)) == ("published", 4)
        assert one.next_at == one.start


def test_who_signs_up_has_places_until_there_are_none_and_then_waits_in_order(
    alpha: District,
) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        first, second = signed(alpha, one, party=3), signed(alpha, one, "neighbour", 2)
        assert states(first, second) == ["confirmed", "waiting"]
        third = guest(alpha, one, 1)
        assert third.state == "confirmed", "one place was left, and the first pass fills it"
        assert taken(one) == 4
        assert queries.turn_of(second).place == 1
        with pytest.raises(Conflict):
            signed(alpha, one, party=1)
        with pytest.raises(Conflict):
            guest(alpha, one, 1)
        with pytest.raises(Invalid):
            signed(alpha, one, "keeper", 5)


def test_what_comes_free_is_offered_to_the_next_and_goes_on_when_nobody_answers(
    alpha: District,
) -> None:
    with alpha.work():
        one = published(alpha, on(5, 14), on(5, 16), places=2)
        first, second = signed(alpha, one, party=2), signed(alpha, one, "neighbour", 2)
        third = guest(alpha, one, 1, 2)
        with clock.turned(timedelta(hours=1)):
            answered(alpha, first, "leave")
            assert states(first, second, third) == ["cancelled", "offered", "waiting"]
            assert taken(one) == 2
        until = second.next_at
        assert until is not None
        assert until <= one.start
        kinds = {(n.kind, n.person_id) for n in session.scalars(sa.select(Notice))}
        assert ("activities.offered", alpha.people["neighbour"]) in kinds
        with clock.turned(timedelta(hours=26)):
            commands.ring()
            assert states(second, third) == ["expired", "offered"]
            answered(alpha, third, "accept", "street")
            assert third.state == "confirmed"
            assert taken(one) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(CallTask)) == 1


def test_an_offer_never_stands_past_the_begin_and_who_waits_then_waits_no_more(
    alpha: District,
) -> None:
    with alpha.work():
        one = published(alpha, on(1, 23), on(2, 1), places=1, room=False)
        first, second = signed(alpha, one), signed(alpha, one, "neighbour")
        third = guest(alpha, one, 1)
        with clock.turned(one.start - timedelta(hours=2) - clock.now()):
            answered(alpha, first, "leave")
            assert second.next_at == one.start
        with clock.turned(one.start - clock.now()):
            commands.ring()
        assert one.state == "running"
        assert states(second, third) == ["expired", "expired"]
        assert session.scalar(sa.select(Session.begun).where(Session.id == one.id)) is True


def test_a_large_party_is_passed_over_once_and_keeps_its_number(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(9, 14), on(9, 16), places=4)
        holders = [guest(alpha, one, number) for number in range(4)]
        large, small = signed(alpha, one, party=4), signed(alpha, one, "neighbour")
        last = guest(alpha, one, 9)
        with clock.turned(timedelta(hours=1)):
            answered(alpha, holders[0], "take_out", "street")
            assert states(large, small, last) == ["waiting", "offered", "waiting"]
            assert large.passed
            answered(alpha, holders[1], "take_out", "street")
            assert states(large, last) == ["waiting", "waiting"], "nobody is served before it again"
            turn = queries.turn_of(last)
            assert (turn.place, turn.free, turn.next_party) == (2, 1, 4)
        with clock.turned(one.start - timedelta(hours=3) - clock.now()):
            answered(alpha, holders[2], "take_out", "street")
            assert last.state == "offered", "places do not stay empty on the last day"


def test_guests_are_entered_by_who_works_there_with_name_and_number(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        with pytest.raises(Forbidden):
            signed(alpha, one, "resident", guest_name="刘婆婆", guest_phone="13900139111",
                   channel="desk")  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            signed(alpha, one, "street", guest_name="刘婆婆", guest_phone="1", channel="desk")
        assert list(wrong.value.errors) == ["guest_phone"]
        with pytest.raises(SignInNeeded):
            commands.sign_up(scene(one), commands.Coming(), actor=ANONYMOUS)
        assert guest(alpha, one, 3).state == "confirmed"


def test_another_day_asks_everybody_again_and_another_hour_tells_them(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(6, 14), on(6, 16))
        mine, theirs = signed(alpha, one, party=2), guest(alpha, one, 4)
        room, actor = scene(one).room, alpha.actor("street")
        commands.move(scene(one), start=on(6, 15), end=on(6, 17), room=room, actor=actor)
        assert states(mine, theirs) == ["confirmed", "confirmed"]
        assert (one.sequence, one.start) == (1, on(6, 15))
        commands.move(scene(one), start=on(7, 15), end=on(7, 17), room=room, actor=actor)
        assert states(mine, theirs) == ["offered", "offered"]
        assert taken(one) == 3
        answered(alpha, mine, "accept")
        assert mine.state == "confirmed"
        assert one.state == "published", "the room that was given back takes nothing along"
        assert bookings.by_id(one.booking_id).start == on(7, 15)


def test_what_is_cancelled_frees_the_room_and_names_whom_to_ring(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16), places=2)
        mine, theirs = signed(alpha, one), guest(alpha, one, 5)
        waits = signed(alpha, one, "neighbour", 2)
        with pytest.raises(Invalid):
            act(alpha, one, "cancel", "street")
        act(alpha, one, "cancel", "street", reason="停电")
        assert (one.state, one.cause) == ("cancelled", "停电")
        assert states(mine, theirs, waits) == ["cancelled"] * 3
        assert taken(one) == 0
        assert bookings.by_id(one.booking_id).state == "cancelled"
        assert [s.id for s in queries.to_ring(one)] == [theirs.id, mine.id, waits.id]
        told = set(session.scalars(sa.select(Notice.person_id).where(
            Notice.kind == "activities.called_off")))  # fmt: skip
        assert told == {alpha.people["resident"], alpha.people["neighbour"]}


def test_a_room_that_is_lost_cancels_the_session(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        mine = signed(alpha, one)
        from tests.bookings.making import act as book

        book(alpha, bookings.by_id(one.booking_id), "call_off", "street", reason="漏水")
        session.refresh(one)
        assert (one.state, mine.state) == ("cancelled", "cancelled")


def test_more_places_serve_who_waits_and_fewer_only_take_free_ones(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(5, 14), on(5, 16), places=2)
        first, second = signed(alpha, one, party=2), signed(alpha, one, "neighbour", 2)
        act(alpha, one, "resize", "street", places=4)
        assert states(first, second) == ["confirmed", "confirmed"]
        with pytest.raises(Invalid):
            act(alpha, one, "resize", "street", places=3)
        answered(alpha, second, "leave", "neighbour")
        act(alpha, one, "resize", "street", places=3)
        assert (one.capacity, queries.free_seats(one.id)) == (3, 1)


def test_the_database_refuses_seats_of_others_and_a_second_closing_by_the_same(
    alpha: District,
) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        other = published(alpha, on(3, 14), on(3, 16))
        mine = signed(alpha, one)
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(sa.text("UPDATE seats SET signup_id = :s WHERE session_id = :o"),
                            {"s": mine.id, "o": other.id})  # fmt: skip
        for wrong in (
            "UPDATE sessions SET held_by = 1, closed_by = 1",
            "UPDATE sessions SET address = '{}'",
            "UPDATE signups SET party = 10",
        ):
            with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
                session.execute(sa.text(wrong))
        with clock.turned(one.start - clock.now()):
            commands.ring()
            act(alpha, one, "hold", "keeper")
            with pytest.raises(Conflict):
                act(alpha, one, "close", "keeper")
            act(alpha, one, "close", "street")
        assert one.state == "closed"


def test_one_signs_up_for_a_whole_course_and_a_date_that_falls_out_leaves_the_rest(
    alpha: District,
) -> None:
    with alpha.work():
        made = planned(alpha, on(2, 14), on(2, 16), every="week", until=on(16, 0).date(),
                       course=True, places=3)  # fmt: skip
        assert [one.head_id for one in made.dates] == [None, made.dates[0].id, made.dates[0].id]
        for one in made.dates:
            act(alpha, one, "publish", "street")
        mine = signed(alpha, made.dates[2], party=3)
        assert (mine.session_id, taken(made.dates[0])) == (made.dates[0].id, 3)
        act(alpha, made.dates[1], "cancel", "street", reason="放假")
        assert mine.state == "confirmed"
        act(alpha, made.dates[0], "cancel", "street", reason="放假")
        act(alpha, made.dates[2], "cancel", "street", reason="放假")
        assert mine.state == "cancelled"


def test_dates_of_a_series_without_a_room_are_named_and_come_when_they_have_one(
    alpha: District,
) -> None:
    with alpha.work():
        taken_by = planned(alpha, on(9, 14), on(9, 16))
        made = planned(alpha, on(2, 14), on(2, 16), every="week", until=on(16, 0).date())
        assert (len(made.dates), [b.cause for b in made.skipped]) == (2, ["taken"])
        act(alpha, taken_by.dates[0], "cancel", "street")
        from tests.bookings.making import act as book

        book(alpha, made.skipped[0], "retry", "street")
        assert len(queries.dates_of(made.dates[0])) == 3


def test_the_clock_serves_who_waits_though_nobody_looked_again(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16), places=2)
        first = signed(alpha, one, party=2)
        late = signed(alpha, one, "neighbour", 2)
        seating.give_back(first)
        first.state = "cancelled"
        session.flush()
        assert commands.look_at_queues() == 1
        assert late.state == "confirmed"
        assert commands.look_at_queues() == 0
        commands.repair()
        assert queries.mismatched() == []


def test_who_guests_were_is_forgotten_when_it_is_long_over(alpha: District) -> None:
    with alpha.work():
        one = published(alpha, on(2, 14), on(2, 16))
        mine = guest(alpha, one, 6)
        with clock.turned(timedelta(days=60)):
            assert commands.forget_guests() == 0
        with clock.turned(timedelta(days=100)):
            assert commands.forget_guests() == 1
        session.refresh(mine)
        assert (mine.guest_name, mine.guest_phone, mine.guest_hash) == (None, None, None)
