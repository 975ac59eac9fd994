"""The whole way of a visit, by the commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from functools import partial

import pytest
import sqlalchemy as sa

from saas.bookings import queries as bookings
from saas.kernel import clock
from saas.kernel.context import ANONYMOUS
from saas.kernel.db import session
from saas.kernel.errors import Forbidden
from saas.notices.models import CallTask, Notice
from saas.visits import commands, queries, words
from saas.visits.commands import StopWish
from saas.visits.models import Guest, ReceptionList, Visit
from tests.bookings.making import booked, on, opened
from tests.support import District
from tests.visits.making import (
    Letter,
    act,
    asked,
    checked,
    confirmed,
    faults,
    in_days,
    stop,
    verbs,
    why,
    wish,
)

_DAY = timedelta(days=1)


def test_from_the_letter_to_the_frozen_list(alpha: District) -> None:
    with alpha.work():
        visit = confirmed(alpha)
        assert why(lambda: act(alpha, visit, "hold")) == words.OBSTACLE["early"]
        with clock.turned(3 * _DAY):
            assert why(lambda: act(alpha, visit, "hold")) == words.OBSTACLE["open_stop"]
            commands.choose(visit, thing="", place="茶馆", actor=ANONYMOUS)
            act(alpha, visit, "hold", "community")
            assert why(lambda: act(alpha, visit, "follow")) == words.OBSTACLE["no_guests"]
            street = alpha.actor("street")
            commands.set_guests(visit, guests=[("李某", "副部长")], escorts_n=3, actor=street)
            commands.add_cost(visit, what="工作餐", yuan=Decimal("360.50"), actor=street)
            act(alpha, visit, "pledge", pledge="part", by=in_days(200), reason="先做院落议事")
            act(alpha, visit, "follow")
            assert why(lambda: commands.set_guests(visit, guests=[], actor=street))
        frozen = queries.list_of(visit)
        assert frozen is not None
        assert frozen.digest == commands.digest_of(frozen.content)
        assert frozen.content["guests"] == ["副部长"]
        assert frozen.content["total_fen"] == 36050
        assert [one["place"] for one in frozen.content["stops"]] == ["桂苑1号院", "茶馆"]
        assert "不上酒" in frozen.content["table"]["zh"]
        assert "李某" not in str(frozen.content)
        assert verbs(visit) == ["ask", "check", "confirm", "hold", "pledge", "follow"]
        assert (visit.state, visit.pledge) == ("followed", "part")


def test_what_was_frozen_is_changed_by_nobody(alpha: District) -> None:
    with alpha.work():
        visit = _followed(alpha)
        for statement in (sa.update(ReceptionList).values(digest="x"), sa.delete(ReceptionList)):
            with pytest.raises(sa.exc.ProgrammingError, match="denied"), session.begin_nested():
                session.execute(statement)
        assert queries.list_of(visit) is not None


def _followed(alpha: District) -> Visit:
    visit = confirmed(alpha)
    with clock.turned(3 * _DAY):
        commands.choose(visit, thing="", place="茶馆", actor=ANONYMOUS)
        act(alpha, visit, "hold", "community")
        commands.set_guests(visit, guests=[("李某", "副部长")], actor=alpha.actor("street"))
        act(alpha, visit, "follow")
    return visit


def test_without_a_letter_nobody_is_received_whoever_asks(alpha: District) -> None:
    with alpha.work():
        visit = asked(alpha, letter_no="")
        assert [*faults(lambda: act(alpha, visit, "check"))] == ["letter_no"]
        assert [*faults(lambda: act(alpha, visit, "check", letter_no="1号"))] == ["letter"]
        with pytest.raises(Forbidden):
            act(alpha, visit, "check", "community", letter_no="1号", letter=[Letter()])
        with pytest.raises(sa.exc.IntegrityError, match="ck_visits_letter"), session.begin_nested():
            session.execute(sa.update(Visit).values(state="confirmed", letter_no=None))


def test_the_third_visit_of_a_week_needs_the_words_of_the_party_secretary(alpha: District) -> None:
    with alpha.work():
        monday = in_days(14 - clock.today().weekday())
        for n in range(2):
            checked(alpha, monday + n * _DAY)
        third = asked(alpha, monday + 2 * _DAY)
        found = faults(lambda: act(alpha, third, "check", letter_no="3号", letter=[Letter()]))
        assert "2" in found["secretary"]
        act(alpha, asked(alpha, monday + 7 * _DAY), "check", letter_no="4号", letter=[Letter()])
        act(alpha, third, "check", letter_no="3号", letter=[Letter()], secretary="书记：省里安排")
        assert queries.story_of(third)[-1].reason == "书记：省里安排"


def test_a_room_is_booked_with_its_stop_and_free_again_when_the_stop_goes(alpha: District) -> None:
    with alpha.work():
        place = opened(alpha)
        room = f"room-{place.room.id}"
        visit = checked(alpha)
        made = stop(alpha, visit, time(9), time(10), thing=room)
        found = bookings.bookings_in([place.room.id], on(3, 9), on(3, 10))
        assert [(one.state, one.purpose) for one in found] == [("confirmed", visit.from_org)]
        commands.remove_stop(visit, made, actor=alpha.actor("street"))
        assert not bookings.bookings_in([place.room.id], on(3, 9), on(3, 10))
        booked(alpha, place, on(3, 10), on(3, 11))
        wrong = faults(lambda: stop(alpha, visit, time(10), time(11), thing=room))
        assert "11:00–12:00" in wrong["thing"]
        kept = stop(alpha, visit, time(11), time(11, 30), thing=room)
        booking = kept.booking_id or 0
        act(alpha, visit, "decline", reason="暴雨")
        assert not kept.living
        assert bookings.by_ids([booking])[booking].state == "cancelled"


def test_a_group_is_at_one_place_and_a_guide_with_one_group(alpha: District) -> None:
    with alpha.work():
        one, two = checked(alpha), checked(alpha)
        stop(alpha, one, time(9), time(10))
        clash = faults(lambda: stop(alpha, one, time(9, 30), time(11), guide=""))
        assert [*clash] == ["start"]
        assert [*faults(lambda: stop(alpha, two, time(9, 45), time(11)))] == ["guide"]
        stop(alpha, two, time(10), time(11))
        assert [*faults(lambda: stop(alpha, one, time(8), time(9)))] == ["start"]
        assert [*faults(lambda: stop(alpha, one, time(11), time(11)))] == ["end"]


def test_a_guide_whose_visit_was_called_off_is_free_again(alpha: District) -> None:
    with alpha.work():
        one, two = checked(alpha), checked(alpha)
        stop(alpha, one, time(9), time(10))
        act(alpha, one, "decline", reason="改期")
        stop(alpha, two, time(9), time(10))
        assert queries.busy_guides((on(3, 9), on(3, 10))) == {alpha.people["community"]}


def test_one_stop_is_left_to_the_guests_and_no_more(alpha: District) -> None:
    with alpha.work():
        visit = checked(alpha)
        assert why(lambda: act(alpha, visit, "confirm")) == words.OBSTACLE["no_stops"]
        stop(alpha, visit, time(9), time(10), guide="")
        assert why(lambda: act(alpha, visit, "confirm")) == words.OBSTACLE["no_guide"]
        stop(alpha, visit, time(10), time(11), chosen=True)
        wrong = faults(lambda: stop(alpha, visit, time(11), time(12), chosen=True))
        assert [*wrong] == ["chosen"]


def test_the_guests_choose_on_the_day_alone_and_the_first_choice_stands(alpha: District) -> None:
    with alpha.work():
        place, visit = opened(alpha), confirmed(alpha)
        room = f"room-{place.room.id}"
        assert why(lambda: commands.choose(visit, thing=room, place="", actor=ANONYMOUS))
        with clock.turned(on(3, 8) - clock.now()):
            commands.choose(visit, thing=room, place="", actor=ANONYMOUS)
            assert why(lambda: commands.choose(visit, thing="", place="别处", actor=ANONYMOUS))
        (booking,) = bookings.bookings_in([place.room.id], on(3, 10), on(3, 11))
        assert booking.purpose == visit.from_org


def test_names_are_erased_ninety_days_after_the_day_and_posts_stay(alpha: District) -> None:
    with alpha.work():
        visit = checked(alpha)
        commands.set_guests(visit, guests=[("李某", "副部长")], actor=alpha.actor("street"))
        with clock.turned(92 * _DAY):
            assert commands.forget_guests() == 0
        with clock.turned(93 * _DAY):
            assert commands.forget_guests() == 1
        session.expire_all()
        guest = session.scalars(sa.select(Guest)).one()
        assert (guest.name, guest.post) == (None, "副部长")
        assert visit.contact_name is visit.contact_phone is visit.contact_hash is None


@pytest.mark.parametrize(("guests", "most"), [(4, 3), (10, 3), (11, 3), (12, 4), (30, 10)])
def test_so_many_of_the_house_sit_with_so_many_guests(
    alpha: District, guests: int, most: int
) -> None:
    with alpha.work():
        visit, street = checked(alpha, guests_n=guests), alpha.actor("street")
        commands.set_guests(visit, guests=[], escorts_n=most, actor=street)
        more = partial(commands.set_guests, visit, guests=[], escorts_n=most + 1, actor=street)
        assert [*faults(more)] == ["escorts_n"]


def test_what_was_asked_is_changed_until_somebody_looked_at_it(alpha: District) -> None:
    with alpha.work():
        visit = asked(alpha)
        guest = replace(ANONYMOUS, slips=frozenset({visit.code}))
        commands.change(visit, wish(in_days(5), guests_n=7), actor=guest)
        assert visit.guests_n == 7
        assert visit.erase_after == in_days(95)
        with pytest.raises(Forbidden):
            commands.change(visit, wish(), actor=ANONYMOUS)
        act(alpha, visit, "check", letter_no="1号", letter=[Letter()])
        assert why(lambda: commands.change(visit, wish(), actor=guest)) == words.OBSTACLE["state"]


def test_the_office_hears_of_who_asks_and_the_guide_of_whom_to_guide(alpha: District) -> None:
    def heard(who: str) -> set[str]:
        query = sa.select(Notice.kind).where(Notice.person_id == alpha.people[who])
        return {*session.scalars(query)}

    with alpha.work():
        visit = confirmed(alpha)
        assert "visits.asked" in heard("street")
        assert "visits.guide" in heard("community")
        commands.ask_question(visit, words_="钱从哪里来？", actor=ANONYMOUS)
        assert {"visits.question"} <= heard("community") & heard("street")
        act(alpha, visit, "call_off", reason="暴雨")
        assert "visits.cancelled" in heard("community")
        rung = session.scalars(sa.select(CallTask.kind)).all()
        assert {"visits.checked", "visits.confirmed", "visits.called_off"} <= {*rung}


def test_a_stop_without_a_place_is_refused_at_its_field(alpha: District) -> None:
    with alpha.work():
        visit, street = checked(alpha), alpha.actor("street")
        wanted = StopWish(start=time(9), end=time(10))
        assert [*faults(lambda: commands.lay_stop(visit, wanted, actor=street))] == ["thing"]


def test_questions_are_answered_by_the_guide_and_published_by_the_office(alpha: District) -> None:
    with alpha.work():
        visit = confirmed(alpha)
        commands.ask_question(visit, words_="钱从哪里来？", actor=ANONYMOUS)
        (one,) = queries.questions_of(visit)

        def answer(who: str) -> None:
            commands.answer_question(
                visit, one, answer="社区基金。", publish=True, actor=alpha.actor(who)
            )

        with pytest.raises(Forbidden):
            answer("courtyard")
        answer("community")
        assert not queries.published()
        answer("street")
        assert [row.answer for row in queries.published()] == ["社区基金。"]


def test_of_a_group_nobody_says_more_often_how_it_was_than_there_are_guests(
    alpha: District,
) -> None:
    with alpha.work():
        visit = confirmed(alpha, guests_n=1)
        say = partial(commands.rate, visit, useful=5, missing="", actor=ANONYMOUS)
        assert why(say)
        with clock.turned(on(3, 10) - clock.now()):
            say()
            assert why(say)
