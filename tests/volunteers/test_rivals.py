"""Many at once for one shift, on a real PostgreSQL, each in a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.volunteers import commands, queries
from saas.volunteers.models import Duty
from tests.attendance.making import soon
from tests.support import CAST, bring_up
from tests.volunteers.making import shift


@pytest.mark.commits
def test_ten_neighbours_take_four_places_at_once_and_four_have_them(app: Flask) -> None:
    district = bring_up(app, "fourplaces")
    with district.work():
        one = soon(district)
        asked = shift(district, one, need=4)
        key, code = asked.id, asked.code

    def rival(who: str) -> bool:
        actor = Actor("person", id=district.people[who], name=who)
        with district.work():
            mine = commands.join(actor=actor)
            found, where = queries.open_shift(code, actor=actor, lock=True)
            try:
                commands.take(found, mine, where, actor=actor)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(len(CAST)) as pool:
        got = list(pool.map(rival, CAST))
    assert sorted(got) == [False] * (len(CAST) - 4) + [True] * 4
    with district.work():
        assert session.scalar(sa.select(sa.func.count()).where(Duty.shift_id == key)) == 4
