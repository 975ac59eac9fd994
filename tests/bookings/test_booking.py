"""Booking by the commands: refused with what is free, asked for, approved, begun, freed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saas.bookings import commands, queries
from saas.bookings.models import Booking
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS, SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from saas.kernel.unit_of_work import undone
from saas.notices.models import CallTask, Notice
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.workdays import commands as workdays
from tests.bookings.making import act, booked, on, opened, verbs, wish
from tests.organisations.making import filed
from tests.support import District


def test_a_room_is_had_at_once_and_hours_that_meet_both_stand(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        first = booked(alpha, place, on(1, 10), on(1, 11))
        second = booked(alpha, place, on(1, 11), on(1, 12), "neighbour")
        assert (first.state, second.state) == ("confirmed", "confirmed")
        assert verbs(first) == ["book"]
        assert first.next_at == on(1, 10, 20)


def test_who_comes_second_reads_which_times_are_really_free(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, buffer_minutes=30)
        booked(alpha, place, on(1, 10), on(1, 12))
        rooms.close_for(place.street, place.room, start=on(1, 14), end=on(1, 18), reason="检修",
                        actor=SYSTEM)  # fmt: skip
        with pytest.raises(Conflict) as refusal:
            booked(alpha, place, on(1, 11), on(1, 13), "neighbour")
        offered = refusal.value.data["free"]
        assert offered[0][0].startswith(f"{on(1, 8):%Y-%m-%d}") or len(offered) == 3
        for start, end in [
            (on(0, 8).fromisoformat(a), on(0, 8).fromisoformat(b)) for a, b in offered
        ]:
            with undone():
                assert booked(alpha, place, start, end, "neighbour").state == "confirmed"


def test_the_time_to_clean_up_is_kept_by_the_database(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, buffer_minutes=30)
        booked(alpha, place, on(1, 10), on(1, 12))
        with pytest.raises(Conflict):
            booked(alpha, place, on(1, 12), on(1, 13))
        assert booked(alpha, place, on(1, 12, 30), on(1, 13)).state == "confirmed"


@pytest.mark.parametrize("bounds", ["[]", "()", "(]"])
def test_a_span_that_is_not_half_open_is_refused_by_the_database(
    alpha: District, bounds: str
) -> None:
    with alpha.work():
        made = booked(alpha, opened(alpha), on(1, 10), on(1, 12))
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(
                sa.text("UPDATE bookings SET during = tstzrange(lower(during), upper(during), :b)"
                        " WHERE id = :id"), {"b": bounds, "id": made.id},
            )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(16, 40), st.integers(1, 6), st.booleans()), max_size=12))
def test_what_stands_never_overlaps_whatever_is_tried(
    alpha: District, tries: list[tuple[int, int, bool]]
) -> None:
    """A model in memory and the database agree on every try."""
    with alpha.work(), undone():
        place, stands = opened(alpha, buffer_minutes=15), []
        rest = timedelta(minutes=15)
        for half, length, cancel in tries:
            start = on(2, 0) + timedelta(minutes=30 * half)
            end = start + timedelta(minutes=30 * length)
            if end > on(2, 22):
                continue
            fits = all(end + rest <= one.start or one.end + rest <= start for one in stands)
            try:
                stands.append(booked(alpha, place, start, end))
                assert fits
            except Conflict:
                assert not fits
            if cancel and stands:
                act(alpha, stands.pop(0), "cancel", "resident")


def test_the_terms_hold_at_their_fields(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, notice_hours=48, longest_minutes=60, ahead_days=10)
        for start, end, field in (
            (on(1, 10), on(1, 11), "day"), (on(3, 10), on(3, 12), "end"),
            (on(12, 10), on(12, 11), "day"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as wrong:
                booked(alpha, place, start, end)
            assert list(wrong.value.errors) == [field]
        assert booked(alpha, place, on(1, 10), on(1, 11), "street").state == "confirmed"


def test_outside_the_hours_only_who_sees_to_it(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        with pytest.raises(Conflict):
            booked(alpha, place, on(2, 20), on(3, 1))
        with pytest.raises(Conflict):
            booked(alpha, place, on(2, 20), on(3, 1), outside=True)
        night = booked(alpha, place, on(2, 20), on(3, 1), "street", outside=True)
        assert night.state == "confirmed"


def test_who_may_book_is_said_by_the_terms(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, who="organisations")
        with pytest.raises(Invalid):
            booked(alpha, place, on(1, 10), on(1, 11))
        group = filed(alpha)
        one = booked(alpha, place, on(1, 10), on(1, 11), organisation=group.code)
        assert one.organisation_id == group.id
        with pytest.raises(Invalid):
            booked(alpha, place, on(1, 12), on(1, 13), "neighbour", organisation=group.code)
        staff = opened(alpha, "volunteers", who="staff")
        with pytest.raises(Forbidden):
            booked(alpha, staff, on(1, 10), on(1, 11))
        with pytest.raises(SignInNeeded):
            commands.book(staff, wish(on(1, 10), on(1, 11)), actor=ANONYMOUS)


def test_the_keepers_own_request_waits_for_another(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, approval=True)
        asked = booked(alpha, place, on(1, 10), on(1, 12), "keeper")
        assert asked.state == "asked"
        with pytest.raises(Conflict):
            act(alpha, asked, "approve", "keeper")
        with pytest.raises(Forbidden):
            act(alpha, asked, "approve", "resident")
        act(alpha, asked, "approve", "street")
        assert (asked.state, asked.approver_id) == ("confirmed", alpha.people["street"])
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(sa.text("UPDATE bookings SET approver_id = applicant_id"))


def test_of_two_that_ask_one_is_approved_and_the_other_told(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha, approval=True)
        first = booked(alpha, place, on(1, 10), on(1, 12))
        second = booked(alpha, place, on(1, 11), on(1, 13), "neighbour")
        act(alpha, first, "approve", "keeper")
        with pytest.raises(Conflict), session.begin_nested():
            act(alpha, second, "approve", "keeper")
        with pytest.raises(Invalid):
            act(alpha, second, "decline", "keeper")
        act(alpha, second, "decline", "keeper", reason="已有人用")
        kinds = {n.kind: n.person_id for n in session.scalars(sa.select(Notice))}
        assert kinds["bookings.confirmed"] == alpha.people["resident"]
        assert kinds["bookings.declined"] == alpha.people["neighbour"]
        with pytest.raises(Conflict):
            booked(alpha, place, on(1, 11), on(1, 12))


def test_nobody_came_and_the_room_is_free_again(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        missed = booked(alpha, place, on(1, 10), on(1, 12))
        with clock.turned(on(1, 10, 10) - clock.now()):
            commands.ring()
            assert missed.state == "confirmed"
        again_at = on(1, 10, 30), on(1, 11)
        with clock.turned(on(1, 10, 21) - clock.now()):
            assert commands.ring() == 1
            assert (missed.state, verbs(missed)[-1]) == ("released", "release")
            again = booked(alpha, place, *again_at, "neighbour")
            assert again.state == "confirmed"


def test_who_came_ends_sooner_and_frees_the_rest(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        used = booked(alpha, place, on(1, 10), on(1, 12))
        with pytest.raises(Conflict):
            act(alpha, used, "start", "resident", at_door=True)
        with clock.turned(on(1, 9, 50) - clock.now()):
            with pytest.raises(Forbidden):
                act(alpha, used, "start", "neighbour", at_door=True)
            with pytest.raises(Forbidden):
                act(alpha, used, "start", "resident")
            act(alpha, used, "start", "resident", at_door=True)
        later, span = on(1, 11), (on(1, 11, 30), on(1, 12))
        with clock.turned(later - clock.now()):
            act(alpha, used, "end", "keeper")
            assert (used.state, used.end) == ("done", later)
            assert booked(alpha, place, *span, "neighbour").state == "confirmed"
        session.refresh(used)
        assert used.minutes == 60


def test_what_is_over_ends_and_what_nobody_decided_lapses(alpha: District) -> None:
    with alpha.work():
        place, asks = opened(alpha), opened(alpha, "volunteers", approval=True)
        used = booked(alpha, place, on(1, 10), on(1, 12))
        asked = booked(alpha, asks, on(1, 10), on(1, 12))
        with clock.turned(on(1, 10, 5) - clock.now()):
            act(alpha, used, "start", "keeper")
            commands.ring()
            assert asked.state == "cancelled"
        with clock.turned(on(1, 12, 1) - clock.now()):
            commands.ring()
        assert (used.state, used.end) == ("done", on(1, 12))


def test_a_guest_is_entered_at_the_desk_and_rung_when_the_house_cancels(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        guest = {"guest_name": "刘婆婆", "guest_phone": "13900139111", "channel": "phone"}
        with pytest.raises(Forbidden):
            booked(alpha, place, on(1, 10), on(1, 11), **guest)
        with pytest.raises(Invalid):
            booked(alpha, place, on(1, 10), on(1, 11), "community", **guest | {"guest_phone": ""})
        with pytest.raises(Invalid):
            booked(alpha, place, on(1, 10), on(1, 11), "community", channel="desk")
        one = booked(alpha, place, on(1, 10), on(1, 11), "community", **guest)
        stored = session.execute(
            sa.text("SELECT guest_name, guest_phone, guest_hash FROM bookings WHERE id = :id"),
            {"id": one.id},
        ).one()  # fmt: skip
        assert "刘婆婆".encode() not in bytes(stored.guest_name)
        assert b"13900139111" not in bytes(stored.guest_phone)
        assert queries.earlier_of("13900139111", actor=alpha.actor("street")) == [one]
        assert queries.earlier_of("13900139111", actor=alpha.actor("resident")) == []
        act(alpha, one, "call_off", "street", reason="停电")
        (call,) = session.scalars(sa.select(CallTask).where(CallTask.about == f"booking:{one.id}"))
        assert call.kind == "bookings.called_off"


def test_a_series_names_each_date_that_was_not_had_and_fills_them_in_one_press(
    alpha: District,
) -> None:
    with alpha.work():
        place = opened(alpha)
        booked(alpha, place, on(8, 10), on(8, 12), "neighbour")
        closure = rooms.close_for(
            place.street, place.room, start=on(15, 0), end=on(16, 0), reason="检修", actor=SYSTEM
        )
        first = booked(alpha, place, on(1, 10), on(1, 12), every="week", until=on(29, 0).date())
        dates = queries.dates_of(first)
        assert [(one.state, one.cause) for one in dates] == [
            ("confirmed", None), ("skipped", "taken"), ("skipped", "closed"),
            ("confirmed", None), ("confirmed", None),
        ]  # fmt: skip
        assert commands.fill(first, actor=alpha.actor("resident")) == 0
        rooms.lift_closure(closure, actor=SYSTEM)
        assert commands.fill(first, actor=alpha.actor("resident")) == 1
        assert [one.state for one in dates] == [
            "confirmed", "skipped", "confirmed", "confirmed", "confirmed",
        ]  # fmt: skip
        done = commands.cancel_following(
            dates[3], commands.Deed(verb="cancel"), actor=alpha.actor("resident")
        )
        assert done == 2
        assert [one.state for one in dates][2:] == ["confirmed", "cancelled", "cancelled"]


def test_whose_date_was_taken_hears_when_it_is_free(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        other = booked(alpha, place, on(8, 10), on(8, 12), "neighbour")
        first = booked(alpha, place, on(1, 10), on(1, 12), every="week", until=on(8, 0).date())
        act(alpha, other, "cancel", "neighbour")
        (told,) = session.scalars(sa.select(Notice).where(Notice.kind == "bookings.free"))
        assert told.person_id == alpha.people["resident"]
        act(alpha, queries.dates_of(first)[1], "retry", "resident")


def test_a_series_skips_hours_and_holidays_with_their_cause(alpha: District) -> None:
    with alpha.work():
        place, off = opened(alpha, holidays=False), on(8, 0).date()
        workdays.set_day(off, works=False, name={"zh": "盐帮节"}, actor=SYSTEM)
        place.room.hours = [{"days": [on(1, 0).isoweekday()], "opens": "09:00", "closes": "12:00"}]
        first = booked(alpha, place, on(1, 10), on(1, 11), every="week", until=off)
        assert [one.cause for one in queries.dates_of(first)] == [None, "holiday"]
        assert queries.days_of(place, off)[0].free == []
        with pytest.raises(Conflict):
            booked(alpha, place, on(1, 11), on(1, 13), every="week", until=off)


def test_a_closure_names_who_is_hit_and_cancels_what_was_seen(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        one = booked(alpha, place, on(1, 10), on(1, 12))
        hit = commands.hit(place.room, on(1, 8), on(1, 20))
        assert list(hit) == [one]
        close = {"start": on(1, 8), "end": on(1, 20), "reason": "检修"}
        with pytest.raises(Conflict):
            commands.close(place.street, place.room, **close, actor=alpha.actor("keeper"))
        with pytest.raises(Forbidden):
            rooms.close_for(place.street, place.room, **close, actor=alpha.actor("resident"))
        _closure, gone = commands.close(
            place.street, place.room, **close, cancels=1, actor=alpha.actor("keeper")
        )
        assert gone == [one]
        assert one.state == "cancelled"
        with pytest.raises(Conflict):
            booked(alpha, place, on(1, 10), on(1, 12))
        assert booked(alpha, place, on(1, 20), on(1, 21)).state == "confirmed"


def test_a_venue_that_is_closed_closes_its_rooms(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        venue = rooms.add_venue(place.street, name={"zh": "馆"}, facts={}, actor=SYSTEM)
        place.room.venue_id = venue.id
        session.flush()
        rooms.close_for(
            place.street, venue, start=on(1, 8), end=on(1, 20), reason="x", actor=SYSTEM
        )
        with pytest.raises(Conflict):
            booked(alpha, place, on(1, 10), on(1, 12))
        with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
            session.execute(sa.text("UPDATE closures SET room_id = :id"), {"id": place.room.id})
        assert len(room_queries.coming_closures([place.room])) == 1


def test_what_was_sent_twice_is_one_booking(alpha: District) -> None:
    with alpha.work():
        place, key = opened(alpha), "a-booking-that-is-sent-twice"
        twice = [
            commands.book(place, wish(on(1, 10), on(1, 11)), submission=key,
                          actor=alpha.actor("resident"))
            for _ in range(2)
        ]  # fmt: skip
        assert twice[0] is twice[1]
        with pytest.raises(NotFound):
            commands.book(place, wish(on(1, 12), on(1, 13)), submission=key,
                          actor=alpha.actor("neighbour"))  # fmt: skip


def test_nobody_else_opens_or_cancels_it(alpha: District) -> None:
    with alpha.work():
        one = booked(alpha, opened(alpha), on(1, 10), on(1, 12))
        for who in ("neighbour", "courtyard"):
            with pytest.raises(NotFound):
                queries.access_booking(one.code, actor=alpha.actor(who))
        for who in ("resident", "keeper", "street", "community", "admin"):
            assert queries.access_booking(one.code, actor=alpha.actor(who)) is one
        with pytest.raises(Forbidden):
            act(alpha, one, "cancel", "street")
        with pytest.raises(Invalid):
            act(alpha, one, "call_off", "street")
        act(alpha, one, "cancel", "resident")
        assert session.scalar(sa.select(Booking.state).where(Booking.id == one.id)) == "cancelled"
