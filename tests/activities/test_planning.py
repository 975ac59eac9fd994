"""Planning by the year: from the culture, from last year, by month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from saas.activities import commands, queries, rules, views
from saas.kernel import clock
from saas.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from saas.themes import commands as themes
from saas.themes import queries as packs
from tests.activities.making import act, answered, on, opened, planned, scene, signed
from tests.organisations.making import filed
from tests.support import District


@pytest.mark.parametrize(
    ("day", "year", "moved"),
    [(date(2025, 3, 8), 2026, date(2026, 3, 7)), (date(2024, 2, 29), 2025, date(2025, 2, 27)),
     (date(2025, 12, 31), 2026, date(2026, 12, 30)), (date(2026, 1, 1), 2027, date(2026, 12, 31))],
)  # fmt: skip
def test_a_day_moves_to_the_same_weekday_of_another_year(day: date, year: int, moved: date) -> None:
    assert rules.same_weekday(day, year) == moved
    assert moved.weekday() == day.weekday()


@pytest.mark.parametrize(
    ("free", "parties", "given", "over"),
    [(2, [(1, 4, False), (2, 2, False)], [2], [1]), (2, [(1, 4, True), (2, 2, False)], [], []),
     (3, [(1, 1, False), (2, 2, False), (3, 1, False)], [1, 2], []), (2, [(1, 4, False)], [], []),
     (0, [(1, 1, False)], [], [])],
)  # fmt: skip
def test_the_queue_is_served_in_order_and_nobody_is_passed_over_twice(
    free: int, parties: list[tuple[int, int, bool]], given: list[int], over: list[int]
) -> None:
    queue = [rules.Waiting(*party) for party in parties]
    assert rules.served(queue, free, hurry=False) == (given, over)


def test_last_years_plan_is_looked_at_before_anything_is_stored(alpha: District) -> None:
    with alpha.work():
        last = clock.today().year - 1
        day = date(last, 12, 20)
        back = clock.begin_of(day) - clock.now()
        with clock.turned(back - timedelta(days=9)):
            start = clock.begin_of(day) + timedelta(hours=14)
            one = planned(alpha, start, start + timedelta(hours=2)).dates[0]
            act(alpha, one, "publish", "street")
        street = alpha.unit("street")
        (found,) = commands.copyable(street, last)
        assert found.faults == [""]
        moved = found.spans[0][0].astimezone(clock.zone())
        assert (moved.year, moved.weekday(), moved.hour) == (last + 1, day.weekday(), 14)
        assert queries.count(queries.drafts()) == 0
        planned(alpha, *found.spans[0])
        (taken,) = commands.copyable(street, last)
        assert "有空" in taken.faults[0] or "空闲" in taken.faults[0]
        with pytest.raises(Invalid):
            commands.copy(street, last, [], actor=alpha.actor("street"))
        with pytest.raises(NotFound):
            commands.copy(street, last, ["none"], actor=alpha.actor("street"))
        made = commands.copy(street, last, [found.activity.code], actor=alpha.actor("street"))
        assert [one.made for one in made] == [0], "the room is taken: the day is left out"


def test_the_culture_fills_in_day_room_and_what_to_bring(alpha: District) -> None:
    with alpha.work():
        pack = packs.pack("daan")
        themes.apply_shipped("daan", pack.bound, actor=alpha.actor("admin"))
        rows = views.templates_of(packs.current_pack())
        begun = views.begin_with("tangyuan")
        assert [row.day for row in rows if row.day] == sorted(row.day for row in rows if row.day)
        assert begun["room"] == "elders_canteen"
        assert begun["max_people"] == 40
        assert begun["end"] == "16:30"
        assert "围裙" in begun["bring"]
        assert views.begin_with("nothing") == {}
    desk = alpha.client("street")
    assert "元宵包汤圆" in desk.get("/console/activities/culture").text
    assert "元宵包汤圆" in desk.get("/console/activities/new?template=tangyuan").text
    year = desk.get("/console/activities/year").text
    assert "元宵节" in year
    assert desk.get("/console/activities/month?month=2026-02-01").status_code == 200
    assert desk.get("/console/activities/copy").status_code == 200


def test_an_organisation_plans_its_own_and_nobody_elses(alpha: District) -> None:
    with alpha.work():
        group = filed(alpha)
        one = planned(alpha, on(3, 14), on(3, 16), "resident", organisation=group.code).dates[0]
        act(alpha, one, "publish", "resident")
        with pytest.raises(Forbidden):
            planned(alpha, on(4, 14), on(4, 16), "neighbour", organisation=group.code)
        with pytest.raises(Forbidden):
            planned(alpha, on(4, 14), on(4, 16), "neighbour")
        with pytest.raises(NotFound):
            queries.access_session(one.code, actor=alpha.actor("neighbour"))
        assert queries.access_session(one.code, actor=alpha.actor("resident")).session is one


def test_what_does_not_fit_is_said_at_its_field(alpha: District) -> None:
    with alpha.work():
        opened(alpha)
        for given, field in (
            ({"start": on(2, 16), "end": on(2, 14)}, "end"),
            ({"start": on(2, 14), "end": on(2, 16), "min_people": 9}, "max_people"),
            ({"start": on(-2, 14), "end": on(-2, 16), "room": False}, "day"),
            ({"start": on(2, 14), "end": on(2, 16), "room": False, "address": {}}, "room"),
            ({"start": on(2, 14), "end": on(2, 16), "every": "week", "until": None}, "until"),
        ):
            with pytest.raises(Invalid) as wrong:
                planned(alpha, **given)
            assert list(wrong.value.errors) == [field]


def test_sign_up_opens_closes_and_can_be_left_when_it_was_said_so(alpha: District) -> None:
    with alpha.work():
        day = on(3, 0).date()
        one = planned(alpha, on(6, 14), on(6, 16), opens_on=day, closes_hours=2,
                      leave_hours=24).dates[0]  # fmt: skip
        act(alpha, one, "publish", "street")
        with pytest.raises(Conflict):
            signed(alpha, one)
        with clock.turned(on(4, 9) - clock.now()):
            mine = signed(alpha, one)
        commands.move(scene(one), start=on(6, 15), end=on(6, 17), room=scene(one).room,
                      actor=alpha.actor("street"))  # fmt: skip
        assert (one.closes_at, one.cancel_until) == (on(6, 13), on(5, 15))
        with clock.turned(on(5, 16) - clock.now()):
            with pytest.raises(Conflict):
                answered(alpha, mine, "leave")
            answered(alpha, mine, "take_out", "street")
        with clock.turned(on(6, 13) - clock.now()), pytest.raises(Conflict):
            signed(alpha, one)


def test_a_session_over_midnight_belongs_to_the_day_on_which_it_begins(alpha: District) -> None:
    with alpha.work():
        one = planned(alpha, on(2, 22), on(3, 1), room=False).dates[0]
        assert (one.minutes, views.day_of(one)) == (180, on(2, 0).date())
        assert views.when(one).endswith("01:00")
        assert scene(one).where == {"zh": "桂圆院坝"}
