"""Many at once for one time, on a real PostgreSQL, each in a transaction of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.bookings import commands
from saas.bookings.models import Booking
from saas.bookings.queries import Place
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.rooms import queries as rooms
from tests.bookings.making import on, opened, wish
from tests.support import District, bring_up

pytestmark = pytest.mark.commits
_RIVALS = 20


@pytest.fixture
def crowded(app: Flask) -> District:
    """A district of its own with a room that is open."""
    district = bring_up(app, "crowded")
    with district.work():
        opened(district, buffer_minutes=15)
    return district


def test_of_twenty_on_one_time_one_has_it_and_nineteen_read_what_is_free(
    crowded: District,
) -> None:
    gate = Barrier(_RIVALS)

    def rival(number: int) -> str:
        who = ("resident", "neighbour", "keeper", "street")[number % 4]
        gate.wait()
        try:
            with crowded.work():
                place = place_in(crowded)
                asked = wish(on(1, 10), on(1, 12), purpose=f"第{number}个")
                commands.book(place, asked, actor=crowded.actor(who))
        except Conflict as error:
            return str(error.text)
        return "had"

    with ThreadPoolExecutor(_RIVALS) as pool:
        answers = list(pool.map(rival, range(_RIVALS)))
    assert answers.count("had") == 1
    refused = [one for one in answers if one != "had"]
    assert len(refused) == _RIVALS - 1
    assert all("12:30–14:30" in one for one in refused), refused[:2]
    with crowded.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(Booking)) == 1


def place_in(district: District) -> Place:
    street = district.unit("street")
    return Place(rooms.rooms_named(street, ["deliberation"])[0], street)
