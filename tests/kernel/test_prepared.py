"""Queries that are compiled once a process and sent by the driver alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.kernel.context import NoScope
from saas.kernel.db import Prepared, db, send, session
from tests.support import District

_SUM = Prepared(sa.select(sa.literal(10) / sa.bindparam("by", type_=sa.Integer)))
_PLACE = Prepared(sa.select(sa.func.current_schema()))


def test_it_is_asked_in_the_district_at_hand_and_heard_like_any_statement(
    alpha: District, beta: District
) -> None:
    heard: list[str] = []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        heard.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        for district in (alpha, beta, alpha):
            with district.work():
                assert _PLACE.rows()[0][0] == district.tenant.schema
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert sum("current_schema" in statement for statement in heard) == 3


def test_without_a_district_it_is_not_sent(alpha: District) -> None:
    with alpha.app.app_context(), pytest.raises(NoScope):
        _PLACE.rows()


def test_its_errors_look_as_all_others_and_say_no_values(alpha: District) -> None:
    with alpha.work():
        assert _SUM.rows({"by": 5}) == [(2,)]
        with pytest.raises(sa.exc.DataError) as wrong:
            _SUM.rows({"by": 0})
        session.rollback()
        assert _SUM.rows({"by": 2}) == [(5,)]
    assert "'by'" not in str(wrong.value)


def test_a_connection_that_is_lost_is_an_error_once_and_never_used_again(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.close()
        with pytest.raises(sa.exc.OperationalError) as lost:
            send(connection, "SELECT 1", {})
        assert lost.value.connection_invalidated
        connection.rollback()
        assert send(connection, "SELECT 1", {}) == [(1,)], "it is another one now"
