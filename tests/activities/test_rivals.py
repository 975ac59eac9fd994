"""Many at once for the places of one session, on a real PostgreSQL, each in a transaction."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.activities import commands, queries
from saas.activities.commands import Answer, Coming
from saas.activities.models import Seat, SignUp
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from tests.activities.making import on, published, scene, taken
from tests.support import District, bring_up

pytestmark = pytest.mark.commits


@pytest.fixture(scope="module")
def district(app: Flask) -> District:
    """A district of its own."""
    return bring_up(app, "queueing")


@pytest.fixture
def code(district: District) -> str:
    """A session with forty places."""
    with district.work():
        return published(district, on(3, 9), on(3, 10), places=40, room=False).code


def _together(count: int, work: Callable[[int], Any]) -> list[Any]:
    gate = Barrier(count)

    def rival(number: int) -> Any:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(rival, range(count)))


def _enter(district: District, code: str, number: int, party: int) -> str:
    """One party at the desk; how it stands when that is stored and was looked at again."""
    with district.work():
        one = queries.by_code(code)
        assert one is not None
        coming = Coming(party=party, guest_name="客", channel="desk",
                        guest_phone=f"139002{number:05}")  # fmt: skip
        key = commands.sign_up(scene(one), coming, actor=SYSTEM).code
    with district.work():
        return str(queries.signup_by_code(key).state)  # type: ignore[union-attr]


def _checked(district: District, code: str) -> tuple[int, int, list[int]]:
    """Places taken, people with places, the parties that wait; nothing differs."""
    with district.work():
        one = queries.by_code(code)
        assert one is not None
        assert not queries.mismatched()
        query = sa.select(sa.func.sum(SignUp.party)).where(
            SignUp.session_id == one.id, SignUp.state.in_(("confirmed", "offered"))
        )
        people = int(session.scalar(query) or 0)
        return taken(one), people, [each.party for each in queries.queue(one.id)]


def test_sixteen_at_once_with_parties_fill_forty_places_exactly(
    district: District, code: str
) -> None:
    parties = (1, 2, 3, 1)

    def work(number: int) -> None:
        for turn in range(4):
            _enter(district, code, number * 10 + turn, parties[(number + turn) % 4])

    _together(16, work)
    seats, people, waiting = _checked(district, code)
    assert (seats, people) == (40, 40)
    assert len(waiting) > 8


def test_of_a_hundred_and_twenty_eight_rivals_forty_have_places(
    district: District, code: str
) -> None:
    def work(number: int) -> list[str]:
        return [_enter(district, code, number * 8 + turn, 1) for turn in range(8)]

    answers = [state for found in _together(16, work) for state in found]
    seats, people, waiting = _checked(district, code)
    assert (seats, people, len(waiting)) == (40, 40, 88)
    assert answers.count("confirmed") <= 40
    with district.work():
        one = queries.by_code(code)
        had = [s.id for s in queries.living(one.id, states=("confirmed", "offered"))]  # type: ignore[union-attr]
        waits = [each.id for each in queries.queue(one.id)]  # type: ignore[union-attr]
    assert max(had) < max(waits)


def test_a_rival_that_gives_up_leaves_its_places_to_who_was_told_to_wait(
    district: District, code: str
) -> None:
    """The rows that it held were passed by; the second look finds them free."""
    gate = Barrier(2)

    class GaveUp(Exception):
        pass

    def holds() -> None:
        with district.work():
            one = queries.by_code(code)
            assert one is not None
            commands.sign_up(scene(one), _coming(1, 9), actor=SYSTEM)
            session.execute(sa.select(Seat).where(Seat.session_id == one.id).with_for_update())
            gate.wait()
            gate.wait()
            raise GaveUp

    def waits() -> str:
        gate.wait()
        with district.work():
            one = queries.by_code(code)
            assert one is not None
            made = commands.sign_up(scene(one), _coming(2, 2), actor=SYSTEM)
            assert made.state == "waiting"
            key = made.code
            session.info["after_commit"].insert(0, gate.wait)
        with district.work():
            return str(queries.signup_by_code(key).state)  # type: ignore[union-attr]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(holds), pool.submit(waits)
        with pytest.raises(GaveUp):
            first.result()
        assert second.result() == "confirmed"
    assert _checked(district, code) == (2, 2, [])


def _coming(number: int, party: int) -> Coming:
    return Coming(party=party, guest_name="客", channel="desk", guest_phone=f"139003{number:05}")


def test_twelve_that_leave_at_once_hand_every_place_on(district: District, code: str) -> None:
    for number in range(20):
        _enter(district, code, number, 2)
    for number in range(20, 44):
        _enter(district, code, number, 1 + number % 2)
    with district.work():
        one = queries.by_code(code)
        codes = [s.code for s in queries.living(one.id, states=("confirmed",))][:12]  # type: ignore[union-attr]

    def work(number: int) -> str:
        try:
            with district.work():
                found, at = queries.access_signup(codes[number], actor=SYSTEM, lock=True)
                commands.answer(found, Answer(verb="leave"), at, actor=SYSTEM)
        except Conflict as error:
            return str(error)
        return "left"

    assert _together(12, work) == ["left"] * 12
    seats, people, waiting = _checked(district, code)
    assert seats == people
    assert 40 - seats < min(waiting, default=99), "what is free fits nobody who waits"


def test_the_same_number_twice_at_once_is_signed_up_once(district: District, code: str) -> None:
    def work(number: int) -> str:
        try:
            return _enter(district, code, 7, 1)
        except Conflict:
            return "twice"

    assert sorted(_together(8, work)) == ["confirmed", *["twice"] * 7]
    assert _checked(district, code)[0] == 1
