"""The one session: what it refuses, and that nothing of a neighbour is ever visible."""

from __future__ import annotations

import threading
from dataclasses import replace

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, ProgrammingError

from saas.kernel import db as kernel_db
from saas.kernel.context import NoScope, ScopeMismatch, current_scope, entering
from saas.kernel.db import ForbiddenStatement, UnscopedConnection, session
from saas.settings import Settings
from saas.territory.queries import Unit
from tests.support import District, bring_up

pytestmark = pytest.mark.commits
_ROOT_NAME = sa.select(Unit.name["zh"].astext).where(Unit.parent_id.is_(None))


@pytest.fixture
def both(app: Flask, _districts: tuple[District, District]) -> tuple[District, District]:
    """Two districts, used with real transactions and only read."""
    return _districts


def _name(district: District) -> str:
    """What the district's own root is called, asked in a scope of its own."""
    with district.app.app_context(), entering(district.tenant):
        return session.scalar(_ROOT_NAME) or ""


def test_both_districts_have_the_same_keys_and_each_sees_its_own(
    both: tuple[District, District],
) -> None:
    alpha, beta = both
    assert alpha.people == beta.people
    assert (_name(alpha), _name(beta)) == ("alpha区", "beta区")


def test_without_a_scope_nothing_is_sent(both: tuple[District, District]) -> None:
    with both[0].app.app_context(), pytest.raises(NoScope):
        session.execute(sa.text("SELECT 1"))


def test_a_session_of_one_district_is_refused_in_another(both: tuple[District, District]) -> None:
    alpha, beta = both
    with alpha.app.app_context(), entering(alpha.tenant):
        mine = session()
        with entering(beta.tenant), pytest.raises(ScopeMismatch):
            mine.execute(sa.text("SELECT 1"))


def test_the_identity_map_never_hands_over_a_neighbours_row(
    both: tuple[District, District],
) -> None:
    alpha, beta = both
    with alpha.app.app_context(), entering(alpha.tenant):
        ours = session.get(Unit, 1)
        with entering(beta.tenant):
            theirs = session.get(Unit, 1)
            assert theirs is not None
            assert theirs.name["zh"] == "beta区"
        assert ours is not None
        assert ours.name["zh"] == "alpha区"


@pytest.mark.parametrize(
    "statement",
    [
        "COMMIT",
        "ROLLBACK",
        "SET search_path = hub",
        "SET ROLE saas_hub",
        "RESET ROLE",
        "SELECT set_config('search_path', 'hub', false)",
        "DISCARD ALL",
        "SELECT 1; COMMIT",
        "-- quiet\nCOMMIT",
        "/* quiet */ RESET ROLE",
        "DO $$ BEGIN NULL; END $$",
    ],
)
def test_statements_that_would_leave_the_scope_are_refused(
    both: tuple[District, District], statement: str
) -> None:
    alpha, _ = both
    with alpha.app.app_context(), entering(alpha.tenant):
        session.scalar(_ROOT_NAME)
        with pytest.raises(ForbiddenStatement):
            session.execute(sa.text(statement))
        session.rollback()
        assert session.scalar(_ROOT_NAME) == "alpha区"


def test_a_raw_commit_behind_our_back_leaves_a_login_that_may_do_nothing(
    both: tuple[District, District],
) -> None:
    alpha, _ = both
    with alpha.app.app_context(), entering(alpha.tenant):
        connection = session.connection()
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.commit()
        with pytest.raises(ProgrammingError):  # UndefinedTable: the path is empty again
            session.execute(_ROOT_NAME)
        session.rollback()
        assert session.scalar(_ROOT_NAME) == "alpha区"


def test_a_neighbours_table_is_refused_by_the_database_even_by_its_full_name(
    both: tuple[District, District],
) -> None:
    alpha, beta = both
    for table in (f"{beta.tenant.schema}.units", "hub.tenants", "jobs.procrastinate_jobs"):
        refused = pytest.raises(DBAPIError, match="permission denied for")
        with alpha.app.app_context(), entering(alpha.tenant), refused:
            session.execute(sa.text(f"SELECT * FROM {table}"))


def test_the_hub_sees_no_table_of_a_district(both: tuple[District, District]) -> None:
    alpha, _ = both
    hub = alpha.app.extensions["saas"].hub
    with alpha.app.app_context(), entering(hub), pytest.raises(DBAPIError, match="permission"):
        session.execute(sa.text(f"SELECT * FROM {alpha.tenant.schema}.people"))


def test_an_error_that_was_swallowed_leaves_the_next_user_unharmed(
    both: tuple[District, District],
) -> None:
    alpha, beta = both
    with alpha.app.app_context(), entering(alpha.tenant), pytest.raises(DBAPIError):
        session.execute(sa.text("SELECT 1/0"))
    assert _name(beta) == "beta区"
    with alpha.app.app_context(), entering(alpha.tenant):
        with session.begin_nested():
            session.scalar(_ROOT_NAME)
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(sa.text("SELECT 1/0"))
        assert session.scalar(_ROOT_NAME) == "alpha区"


def test_autocommit_is_refused(both: tuple[District, District]) -> None:
    alpha, _ = both
    with alpha.app.app_context(), entering(alpha.tenant), pytest.raises(UnscopedConnection):
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def test_a_read_only_scope_is_kept_by_the_database(both: tuple[District, District]) -> None:
    alpha, _ = both
    closed = replace(alpha.tenant, read_only=True)
    with alpha.app.app_context(), entering(closed), pytest.raises(DBAPIError, match="read-only"):
        session.execute(sa.update(Unit).values(position=1))


def test_history_can_be_added_to_and_never_changed(both: tuple[District, District]) -> None:
    alpha, _ = both
    for table in ("audit_entries", "custody"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            refused = pytest.raises(DBAPIError, match="permission denied")
            with alpha.app.app_context(), entering(alpha.tenant), refused:
                session.execute(sa.text(statement))
    hub = alpha.app.extensions["saas"].hub
    with alpha.app.app_context(), entering(hub), pytest.raises(DBAPIError, match="permission"):
        session.execute(sa.text("DELETE FROM hub.tenant_events"))


def test_a_job_cannot_be_queued_for_a_neighbour(both: tuple[District, District]) -> None:
    alpha, beta = both
    call = sa.text(
        "SELECT jobs.enqueue('x', :role, jsonb_build_object('scope', CAST(:key AS text)), NULL,"
        " :lock, :once)"
    )
    ours, theirs = alpha.tenant.key, beta.tenant.key
    good = {"role": alpha.tenant.role, "key": ours, "lock": f"{ours}:a", "once": f"{ours}:b"}
    with alpha.app.app_context(), entering(alpha.tenant):
        assert session.scalar(call, {**good, "lock": None, "once": None})
        assert session.scalar(call, good)
        session.rollback()
        for wrong in (
            {"role": beta.tenant.role},
            {"key": theirs},
            {"key": "hub"},
            {"key": None},
            {"lock": f"{theirs}:a"},
            {"once": "hub:provision:1"},
        ):
            with pytest.raises(DBAPIError, match="own scope"):
                session.scalar(call, {**good, **wrong})
            session.rollback()


def test_a_login_that_took_no_role_queues_nothing(
    settings: Settings, both: tuple[District, District]
) -> None:
    call = """SELECT jobs.enqueue('x', 'none', '{"scope": "hub"}', NULL, NULL, NULL)"""
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="own scope")
    with psycopg.connect(settings.owner_url or "") as plain, refused:
        plain.execute(call)


def test_eight_threads_in_turn_on_a_pool_of_one_see_only_their_own(
    settings: Settings, both: tuple[District, District]
) -> None:
    from saas.app import create_app

    app = create_app(replace(settings, pool_size=1))
    wrong: list[str] = []

    def visit(district: District) -> None:
        for _ in range(40):
            with app.app_context(), entering(district.tenant):
                found = session.scalar(_ROOT_NAME)
                if found != f"{district.tenant.code}区" or current_scope() != district.tenant:
                    wrong.append(str(found))

    threads = [threading.Thread(target=visit, args=(both[n % 2],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert kernel_db.db.engine.pool.size() == 1
        kernel_db.db.engine.dispose()
    assert not wrong


def test_control_a_session_level_set_does_leak(
    settings: Settings, both: tuple[District, District]
) -> None:
    """The test above can fail: what we refuse, done by hand, hands over a neighbour's rows."""
    alpha, beta = both
    with psycopg.connect(settings.database_url) as connection:
        for district in (alpha, beta):
            connection.execute(f"SET ROLE {district.tenant.role}")
            connection.execute(f"SET search_path = {district.tenant.schema}")
            connection.commit()
        connection.execute(f"SET LOCAL ROLE {alpha.tenant.role}")
        connection.rollback()
        leaked = connection.execute("SELECT name ->> 'zh' FROM units WHERE id = 1").fetchone()
    assert leaked == ("beta区",)


def test_metadata_does_not_grow_with_districts(app: Flask) -> None:
    before = len(kernel_db.tenant_metadata.tables), len(kernel_db.hub_metadata.tables)
    bring_up(app, "gamma")
    assert (len(kernel_db.tenant_metadata.tables), len(kernel_db.hub_metadata.tables)) == before


def test_connections_are_let_go_after_enough_districts(
    settings: Settings, both: tuple[District, District]
) -> None:
    from saas.app import create_app

    app = create_app(replace(settings, pool_size=1, tenants_per_connection=1))
    pids = set()
    for district in (*both, *both):
        with app.app_context(), entering(district.tenant):
            pids.add(session.scalar(sa.text("SELECT pg_backend_pid()")))
    with app.app_context():
        kernel_db.db.engine.dispose()
    assert len(pids) > 1
