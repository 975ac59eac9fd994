"""Many telephones at one door, on a real PostgreSQL, each in transactions of their own."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.activities import queries as sessions
from saas.activities.models import Session, SignUp
from saas.attendance import commands, queries
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from tests.activities.making import act, guest
from tests.attendance.making import soon
from tests.support import District, bring_up
from tests.thorough import examples

pytestmark = pytest.mark.commits
_PEOPLE, _PHONES, _SCANS, _RIVALS = 20, 16, examples(10, thorough=40), 8


@pytest.fixture
def crowded(app: Flask) -> District:
    """A district of its own with twenty guests at a session that was begun."""
    district = bring_up(app, "throng")
    with district.work():
        one = soon(district, places=_PEOPLE)
        for number in range(_PEOPLE):
            guest(district, one, number)
        act(district, one, "begin", "street")
    return district


def test_scans_of_20_people_by_16_phones_and_corrections_by_8_rivals_leave_each_person_once(
    crowded: District,
) -> None:
    with ThreadPoolExecutor(_PHONES) as pool:
        told = sum(pool.map(lambda n: _phone(crowded, n), range(_PHONES)), Counter[str]())
    assert told.total() == _PHONES * _SCANS
    with crowded.work():
        one = _session()
        assert queries.counts_of([one.id])[one.id].total == _PEOPLE
        assert _rows() == _PEOPLE
    gate = Barrier(_RIVALS)
    with ThreadPoolExecutor(_RIVALS) as pool:
        told = sum(pool.map(lambda n: _rival(crowded, n, gate), range(_RIVALS)), Counter[str]())
    assert (told["voided"], told["again"]) == (_PEOPLE, _PEOPLE)
    assert told["refused"] == 2 * _PEOPLE * (_RIVALS - 1)
    with crowded.work():
        one = _session()
        assert queries.counts_of([one.id])[one.id].total == _PEOPLE
        assert _rows() == 3 * _PEOPLE


def _phone(district: District, number: int) -> Counter[str]:
    """Scans in turn, some sent twice with the same key, as after a lost answer."""
    found = Counter[str]()
    for scan in range(_SCANS):
        key = f"phone-{number:02}-{scan // 2 * 2 if scan % 5 == 0 else scan:04}"
        found[_come(district, (scan + number * _SCANS) % _PEOPLE, key)] += 1
    return found


def _come(district: District, number: int, key: str) -> str:
    try:
        with district.work():
            scene = sessions.scene_of(_session())
            signup = session.scalars(sa.select(SignUp).order_by(SignUp.id).offset(number)).first()
            commands.come(scene, Came(signup=signup), key=key, actor=district.actor("street"))
    except Conflict:
        return "refused"
    return "again" if key.startswith("rival") else "came"


def _rival(district: District, number: int, gate: Barrier) -> Counter[str]:
    """Takes every first mark back and marks the same people again; all rivals step by step."""
    found = Counter[str]()
    with district.work():
        firsts = [
            row.id for row in queries.rows_of(_session().id) if row.what == "mark"
        ]  # fmt: skip
        order = [_place(row) for row in firsts]
    for mark, place in zip(firsts, order, strict=True):
        gate.wait()
        found[_void(district, mark, f"rival-void-{number}-{mark:06}")] += 1
        gate.wait()
        found[_come(district, place, f"rival-again-{number}-{mark:06}")] += 1
    return found


def _void(district: District, mark: int, key: str) -> str:
    try:
        with district.work():
            scene = sessions.scene_of(_session())
            commands.take_back(scene, queries.access_mark(scene, mark), key=key, cause="重数",
                               actor=district.actor("street"))  # fmt: skip
    except Conflict:
        return "refused"
    return "voided"


def _place(mark: int) -> int:
    signup = session.get_one(Mark, mark).signup_id
    query = sa.select(sa.func.count()).select_from(SignUp).where(SignUp.id < signup)
    return session.scalar(query) or 0


def _session() -> Session:
    return session.scalars(sa.select(Session)).one()


def _rows() -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Mark)) or 0
