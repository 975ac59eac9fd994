"""What people are told when two of them stood in each other's way."""

from __future__ import annotations

from flask import Flask
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from saas.kernel.context import entering
from saas.web import errors


def test_of_two_who_wait_for_each_other_one_is_told_to_look_again(hub: Flask) -> None:
    with entering(hub.extensions["saas"].hub):
        broken = OperationalError("UPDATE", {}, DeadlockDetected())
        assert errors._database_gone(broken).status_code == 409
        gone = OperationalError("UPDATE", {}, Exception())
        assert errors._database_gone(gone).status_code == 503
