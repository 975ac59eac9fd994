"""The one database session, and the hook that keeps it inside one district.

One session belongs to one scope for life. At the start of every transaction one statement sets
role and search path for that transaction only, so nothing survives a commit, a rollback or the
return of the connection to the pool. Without a scope no SQL is sent. Should somebody get round the
hook (a raw COMMIT, a bare connection), the runtime login has no rights and an empty search path.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
import psycopg
import sqlalchemy as sa
from flask import Flask
from flask.globals import app_ctx
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    SessionTransaction,
    mapped_column,
    registry,
)
from sqlalchemy.pool import ConnectionPoolEntry

from saas.kernel import context
from saas.kernel.context import NoScope, ScopeMismatch
from saas.kernel.pool import VISITED, pool_with_room_for, visited
from saas.settings import Settings, sqlalchemy_url

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SCOPE_SQL = (
    "SELECT pg_catalog.set_config('role', %s, true),"
    " pg_catalog.set_config('search_path', %s, true),"
    " pg_catalog.set_config('transaction_read_only', %s, true)"
)
#: The same for a unit of work that writes: it joins those for whom a sealer waits, at no cost of
#: another statement and before it holds anything else (`saas.kernel.writers`).
WRITING_SQL = SCOPE_SQL + ", pg_catalog.pg_advisory_xact_lock_shared(%s)"
#: Statements that would move a session out of its scope or end the scoped transaction.
_STATE_SQL = re.compile(
    r"(?:^|;)\s*(?:SET|RESET|COMMIT|END|ROLLBACK(?!\s+TO\s+SAVEPOINT)|ABORT|BEGIN|START|DISCARD"
    r"|PREPARE\s+TRANSACTION|DO|CALL)\b|set_config\s*\(",
    re.IGNORECASE,
)

#: Seconds after which a pooled connection is asked whether it is still there.
_REST = 5.0
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


class ForbiddenStatement(RuntimeError):
    """SQL that changes role, path or transaction was sent by somebody other than this module."""


class UnscopedConnection(RuntimeError):
    """A session was about to work on a connection whose transactions end by themselves."""


class ScopedSession(FlaskSession):
    """A session bound to the scope in which it was made, and to no other."""

    def __init__(self, db: SQLAlchemy, **kwargs: Any) -> None:
        super().__init__(db, **kwargs)
        self.info["scope"] = context.current_scope()

    def get_bind(self, *args: Any, **kwargs: Any) -> sa.Engine | sa.Connection:
        """Hub and tenant tables live on one server: one engine, one pool."""
        return kwargs.get("bind") or self._db.engine


def _session_key() -> tuple[int, str | None]:
    scope = context.current_scope()
    return id(app_ctx._get_current_object()), scope.key if scope else None  # type: ignore[attr-defined]


class Base(DeclarativeBase):
    """Common ground of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING)
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            dict[str, str]: JSONB,
            dict[str, Any]: JSONB,
            list[dict[str, Any]]: JSONB,
            list[dict[str, str]]: JSONB,
            list[str]: JSONB,
            int: sa.BigInteger,
        },
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": ScopedSession, "scopefunc": _session_key},
    disable_autonaming=True,
)
db.metadatas["hub"] = sa.MetaData(schema="hub", naming_convention=NAMING, info={"bind_key": "hub"})
session = db.session
hub_metadata = db.metadatas["hub"]
tenant_metadata = Base.metadata

if TYPE_CHECKING:
    _Model = Base
else:
    _Model = db.Model


class PlaneMissing(TypeError):
    """A table did not say whether it belongs to the hub or to a district."""


class _Planed:
    """Refuses a table whose class does not say on which plane it lives."""

    __plane__: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "__tablename__" in vars(cls) and getattr(cls, "__plane__", None) not in {
            "hub",
            "tenant",
        }:
            raise PlaneMissing(f"{cls.__name__} must inherit HubModel or TenantModel")
        super().__init_subclass__(**kwargs)


class HubModel(_Planed, _Model):
    """A table of the control plane, always written ``hub.x``."""

    __abstract__ = True
    __plane__ = "hub"
    __bind_key__ = "hub"
    if TYPE_CHECKING:
        metadata = hub_metadata

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)


class TenantModel(_Planed, _Model):
    """A table that every district has in its own schema; never written with a schema name."""

    __abstract__ = True
    __plane__ = "tenant"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)


#: Table argument of a table that may only grow: the runtime is granted SELECT and INSERT alone.
APPEND_ONLY = {"info": {"append_only": True}}


#: Of a table that a migration filled for ever: the runtime is granted SELECT alone.
OF_THE_PAST = {"info": {"append_only": True, "of_the_past": True}}


def is_append_only(table: sa.Table) -> bool:
    """Whether the runtime may neither change nor delete rows of ``table``."""
    return bool(table.info.get("append_only"))


@event.listens_for(ScopedSession, "after_begin")
def _enter_scope(
    session: ScopedSession, transaction: SessionTransaction, connection: sa.Connection
) -> None:
    scope = session.info.get("scope")
    if scope is None:
        raise NoScope("no district and no hub is set: the query was not sent")
    if scope is not context.current_scope() and scope != context.current_scope():
        raise ScopeMismatch(f"a session of {scope.key} was used in another scope")
    raw = connection.connection.dbapi_connection
    if raw is None or raw.autocommit:
        raise UnscopedConnection("a scoped session needs a transaction")
    values = scope.role, scope.schema, "on" if scope.read_only else "off"
    with scoping(connection):
        if session.info.get("writes") and not transaction.nested:
            connection.exec_driver_sql(WRITING_SQL, (*values, writers_key(scope.key)))
            session.info["joined"] = transaction
        else:
            connection.exec_driver_sql(SCOPE_SQL, values)
    connection.info.setdefault(VISITED, set()).add(scope.key)


@contextmanager
def scoping(connection: sa.Connection) -> Iterator[None]:
    """The kernel itself may set what holds for one transaction; nobody else gets past the guard."""
    connection.info["saas_scoping"] = True
    try:
        yield
    finally:
        connection.info["saas_scoping"] = False


@lru_cache(maxsize=4096)
def writers_key(scope_key: str) -> int:
    """The advisory lock that those share who write in a scope."""
    digest = hashlib.sha256(f"writers of {scope_key}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


@lru_cache(maxsize=4096)
def _moves_scope(statement: str) -> bool:
    return _STATE_SQL.search(_COMMENT.sub(" ", statement)) is not None


def _guard(
    connection: sa.Connection, cursor: Any, statement: str, params: Any, ctx: Any, many: bool
) -> None:
    if _moves_scope(statement) and not connection.info.get("saas_scoping"):
        raise ForbiddenStatement("role, search path and transactions are set by the kernel alone")


def _never_prepare(dbapi: Any, record: ConnectionPoolEntry) -> None:
    # A prepared statement would be remembered across tenants whose tables may be one revision
    # apart, and poolers in transaction mode do not carry it.
    dbapi.prepare_threshold = None


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the app to its server with pool, guard and recycling."""
    app.config["SQLALCHEMY_DATABASE_URI"] = sqlalchemy_url(settings.database_url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "poolclass": pool_with_room_for(settings.tenants_per_connection),
        "pool_size": settings.pool_size,
        "max_overflow": 0,
        "json_deserializer": orjson.loads,
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "pool_timeout": 10,
        "pool_recycle": 1800,
        "hide_parameters": True,  # what people typed must not reach a log through an error
        "connect_args": {"connect_timeout": 5, "application_name": "saas"},
    }
    app.config["SQLALCHEMY_BINDS"] = {}
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", _guard)
        event.listen(engine, "connect", _never_prepare)
        event.listen(engine, "checkin", _recycler(settings.tenants_per_connection))
        event.listen(engine, "checkout", _ping_after_rest)


def _recycler(limit: int) -> Any:
    """A server process keeps about 1.4 MB for every tenant it has visited: let it go in time."""

    def on_checkin(dbapi: Any, record: ConnectionPoolEntry) -> None:
        record.info["saas_rested"] = time.monotonic()
        if len(visited(record)) > limit:
            record.invalidate(soft=True)

    return on_checkin


def _ping_after_rest(dbapi: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
    """Ask a connection that has rested whether it is still there; a busy one is not asked.

    A server that was restarted costs a busy process one refused request, not each a round trip.
    """
    if time.monotonic() - record.info.get("saas_rested", time.monotonic()) < _REST:
        return
    try:
        dbapi.execute("SELECT 1")
        dbapi.rollback()
    except Exception as error:
        raise sa.exc.DisconnectionError("the connection is gone") from error


class Prepared:
    """A query of plain rows that is put together and compiled once a process.

    For the few that every request sends: composing, compiling and making a result of objects costs
    more than sending. Values go in by the names of its bind parameters; what comes back are tuples
    of plain values, as the driver reads them. Who listens to statements hears of these too.
    """

    def __init__(self, statement: sa.Select[Any]) -> None:
        self._statement = statement
        self._compiled: tuple[str, dict[str, Any]] | None = None

    def rows(self, values: Mapping[str, Any] = MappingProxyType({})) -> Sequence[Any]:
        """Run it in the session's scope."""
        connection = session.connection()
        if self._compiled is None:
            made = self._statement.params(**values).compile(
                dialect=connection.dialect, compile_kwargs={"render_postcompile": True}
            )
            self._compiled = str(made), dict(made.params)
        sql, constants = self._compiled
        return send(connection, sql, {**constants, **values})


def send(connection: sa.Connection, statement: str, values: dict[str, Any]) -> Sequence[Any]:
    """Send a statement that we compiled by the driver alone, and fetch its rows.

    Whoever listens hears of it, and its errors look as all others do.
    """
    raw = connection.connection
    try:
        with raw.cursor() as cursor:  # type: ignore[attr-defined]
            for hear in connection.dispatch.before_cursor_execute:
                hear(connection, cursor, statement, values, None, False)
            cursor.execute(statement, values)
            return cursor.fetchall()  # type: ignore[no-any-return]
    except psycopg.Error as error:
        gone = raw.dbapi_connection is None or bool(raw.dbapi_connection.closed)
        if gone:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            statement, None, error, psycopg.Error,
            hide_parameters=True, connection_invalidated=gone, dialect=connection.dialect,
        ) from error  # fmt: skip


def columns_of(shape: type[Any], model: Any = None, **other: Any) -> list[sa.ColumnElement[Any]]:
    """Expressions for the fields of a dataclass, in their order: the columns of ``model`` that are
    called so, or what ``other`` says. Rows of a query over them fill it as ``shape(*row)``,
    wherever in it a field is added.

    Raises TypeError for a field without an expression, or an expression without a field.
    """
    names = [field.name for field in fields(shape)]
    columns = {name: getattr(model, name) for name in names if hasattr(model, name)} | other
    if set(names) != set(columns):
        raise TypeError(f"{shape.__name__} and its columns: {set(names) ^ set(columns)}")
    return [columns[name].label(name) for name in names]


def rows(statement: sa.Select[Any], values: dict[str, Any] | None = None) -> Sequence[Any]:
    """Plain rows of a query that loads no objects, without the cost of looking for objects."""
    return session.connection().execute(statement, values or {}).all()


def constraint_of(error: sa.exc.IntegrityError) -> str:
    """The rule that a row broke, without what stood in the row."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None))


def _close_session() -> None:
    if app_ctx:
        session.remove()


context.on_leave(_close_session)
