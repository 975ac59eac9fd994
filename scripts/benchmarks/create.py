"""Creating a full district, beside its own SQL sent raw."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

import psycopg

from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import db
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands, provisioning, queries, schema
from scripts.benchmarks.ground import Ground, Recording, Row, recording

_AIM, _PAIRS = 1.5, 7


class _Noting:
    """An owner's connection that writes down what goes over it."""

    def __init__(self, connection: psycopg.Connection, tape: Recording) -> None:
        self._connection, self._tape = connection, tape

    def __enter__(self) -> _Noting:
        self._connection.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._connection.__exit__(*error)
        self._tape.sent.append(("owner", "COMMIT", None))

    def execute(self, query: Any, params: Any = None) -> Any:
        """As the connection does, noted."""
        text = query.as_string(self._connection) if hasattr(query, "as_string") else query
        text = text.decode() if isinstance(text, bytes) else text
        self._tape.sent.append(("owner", text, params))
        return self._connection.execute(query, params)


def measure(ground: Ground) -> list[Row]:
    """Ours and raw in turn; the first pair warms up and is not counted."""
    pairs = [_pair(ground, number) for number in range(_PAIRS + 1)][1:]
    ours, raw = (median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    shown = f"{ours:.0f} ms", f"{raw:.0f} ms"
    return [Row("create a full district / its SQL sent raw", *shown, ratio, "≤ 1.5", ratio <= _AIM)]


def _pair(ground: Ground, number: int) -> tuple[float, float]:
    code = f"made{number}"
    # Once without a clock, to know the SQL; the timed run must not pay for the noting.
    tape = _create(ground, code, noted=True)[1]
    _remove(ground, code)
    raw = _replay(ground, tape)
    _remove(ground, code)
    seconds, _ = _create(ground, code, noted=False)
    _remove(ground, code)
    return seconds, raw


def _create(ground: Ground, code: str, *, noted: bool) -> tuple[float, Recording]:
    tape, connect = Recording(), psycopg.connect
    seed = {
        "streets": [{"code": "one", "name": {"zh": "一街道"}}],
        "administrator": {"name": "管理员", "login": "admin", "token_hash": code},
    }
    with ground.app.test_request_context(), entering(ground.app.extensions["saas"].hub):
        if noted:
            provisioning.psycopg.connect = lambda url: _Noting(connect(url), tape)  # type: ignore
        try:
            with recording(db.engine) if noted else _silence() as heard:
                begun = time.perf_counter()
                _bring_up(code, seed)
                seconds = time.perf_counter() - begun
        finally:
            provisioning.psycopg.connect = connect
    return seconds, _merged(tape, heard) if noted else tape


def _bring_up(code: str, seed: dict[str, Any]) -> None:
    with unit_of_work():
        name = {"zh": "试验区"}
        made = commands.request_tenant(
            code=code, name=name, package="1519", seed=seed, actor=SYSTEM
        )
        tenant_id = made.id
    provisioning.provision(tenant_id)


class _silence:
    def __enter__(self) -> Recording:
        return Recording()

    def __exit__(self, *_: object) -> None:
        return None


def _merged(owner: Recording, app: Recording) -> Recording:
    """Both tapes as one: the owner's work comes in one piece, after the schema step has begun."""
    at = next(
        i + 1
        for i, (_, sql, params) in enumerate(app.sent)
        if sql == "COMMIT" and _begun(app.sent[:i])
    )
    return Recording([*app.sent[:at], *owner.sent, *app.sent[at:]])


def _begun(sent: list[tuple[str, str, Any]]) -> bool:
    return any("provisioning_steps SET" in sql and _doing(params) for _, sql, params in sent)


def _doing(params: Any) -> bool:
    return isinstance(params, dict) and params.get("state") == "doing"


def _replay(ground: Ground, tape: Recording) -> float:
    owner_url = ground.settings.owner_url or ""
    with psycopg.connect(owner_url) as owner, psycopg.connect(ground.settings.database_url) as app:
        app.prepare_threshold = None
        lines = {"owner": owner, "app": app}
        begun = time.perf_counter()
        for who, statement, params in tape.sent:
            if statement == "COMMIT":
                lines[who].commit()
            elif statement == "ROLLBACK":
                lines[who].rollback()
            else:
                lines[who].execute(statement, params)  # type: ignore[call-overload]
        return time.perf_counter() - begun


def _remove(ground: Ground, code: str) -> None:
    """As if it had never been; the hub's next key is given back, so that a replay gets it."""
    with ground.app.test_request_context(), entering(ground.app.extensions["saas"].hub):
        tenant = queries.access_tenant(code)
        name, tenant_id = tenant.schema_name, tenant.id
        db.session.rollback()
    with psycopg.connect(ground.settings.owner_url or "") as owner:
        schema.drop_schema(owner, name)
        for table in ("provisioning_steps", "tenant_events", "tenants"):
            column = "id" if table == "tenants" else "tenant_id"
            owner.execute(f"DELETE FROM hub.{table} WHERE {column} = {tenant_id}")  # noqa: S608
        owner.execute(f"ALTER TABLE hub.tenants ALTER COLUMN id RESTART WITH {tenant_id}")
