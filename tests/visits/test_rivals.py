"""Many at once, on a real PostgreSQL, each in a transaction of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import time
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel.db import session
from saas.kernel.errors import Invalid
from saas.visits import queries
from saas.visits.models import Stop
from tests.support import District, bring_up
from tests.visits.making import Letter, act, asked, checked, in_days, stop

pytestmark = pytest.mark.commits
_RIVALS = 8


@pytest.fixture(scope="module")
def crowded(app: Flask) -> District:
    """A district of its own."""
    return bring_up(app, "visited")


def test_of_eight_who_want_one_guide_at_one_time_one_has_her(crowded: District) -> None:
    with crowded.work():
        codes = [checked(crowded).code for _ in range(_RIVALS)]
    gate = Barrier(_RIVALS)

    def rival(number: int) -> str:
        gate.wait()
        try:
            with crowded.work():
                actor = crowded.actor("street")
                visit = queries.access_visit(codes[number], actor=actor, lock=True)
                stop(crowded, visit, time(9, 15 * (number % 4)), time(10, 15))
        except Invalid as error:
            return "".join(error.errors)
        return "had"

    with ThreadPoolExecutor(_RIVALS) as pool:
        answers = sorted(pool.map(rival, range(_RIVALS)))
    assert answers == ["guide"] * (_RIVALS - 1) + ["had"]
    with crowded.work():
        assert session.scalar(sa.select(sa.func.count()).select_from(Stop)) == 1


def test_of_eight_letters_of_one_week_two_are_checked(crowded: District) -> None:
    with crowded.work():
        codes = [asked(crowded, in_days(21)).code for _ in range(_RIVALS)]
    gate = Barrier(_RIVALS)

    def rival(code: str) -> str:
        gate.wait()
        try:
            with crowded.work():
                actor = crowded.actor("street")
                visit = queries.access_visit(code, actor=actor, lock=True)
                act(crowded, visit, "check", letter_no="1号", letter=[Letter()])
        except Invalid as error:
            return "".join(error.errors)
        return "had"

    with ThreadPoolExecutor(_RIVALS) as pool:
        answers = sorted(pool.map(rival, codes))
    assert answers == ["had"] * 2 + ["secretary"] * (_RIVALS - 2)
