"""What people are told when two of them stood in each other's way."""

from __future__ import annotations

import pytest
from flask import Flask
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError, PendingRollbackError

from saas.kernel.context import entering
from saas.web import errors
from tests.support import District


def test_of_two_who_wait_for_each_other_one_is_told_to_look_again(hub: Flask) -> None:
    with entering(hub.extensions["saas"].hub):
        broken = OperationalError("UPDATE", {}, DeadlockDetected())
        assert errors._database_gone(broken).status_code == 409
        gone = OperationalError("UPDATE", {}, Exception())
        assert errors._database_gone(gone).status_code == 503


def test_a_connection_lost_inside_a_savepoint_is_the_database_gone_as_well(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: object) -> bool:
        raise PendingRollbackError("this session's transaction has been rolled back")

    monkeypatch.setattr("saas.vitals.pulse.pulse", lambda: lost(None))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_who_works_here_keeps_the_rail_on_a_page_that_is_not_there(alpha: District) -> None:
    staff, resident = alpha.client("street"), alpha.client("resident")
    for path, status in (("/units/nowhere", 404), ("/setup/check", 403)):
        page = staff.get(path)
        assert page.status_code == status
        assert 'class="rail"' in page.text
        assert "/d/alpha/work" in page.text
        assert 'class="rail"' not in resident.get(path).text
