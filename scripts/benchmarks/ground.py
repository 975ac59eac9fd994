"""The district that is measured, and recording the SQL that a piece of work sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from saas.app import create_app
from saas.kernel.db import db
from saas.settings import Settings
from saas.tenancy import server
from tests.support import District, bring_up

_SECRET = "bench-secret-" * 4


@dataclass(frozen=True)
class Row:
    """One line of the table. ``figure`` is what the aim is about."""

    what: str
    ours: str
    plain: str
    figure: float
    aim: str
    reached: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass
class Ground:
    """A migrated server with one district on it."""

    app: Flask
    settings: Settings
    folder: Path
    district: District
    extra: dict[str, Any] = field(default_factory=dict)

    def close(self) -> None:
        """Let go of the connections."""
        with self.app.app_context():
            db.engine.dispose()


def prepare(owner_url: str, folder: Path) -> Ground:
    """Migrate, bring one district up, give it people."""
    settings = Settings(
        database_url=owner_url.replace("saas_owner@", "saas_app@"),
        owner_url=owner_url,
        secret_key=_SECRET,
        master_key=_SECRET[::-1],
        data_dir=folder,
        cookie_secure=False,
    )
    server.upgrade_all(settings, owner_url, password=None, say=print)
    app = create_app(settings)
    return Ground(app, settings, folder, bring_up(app, "bench"))


@dataclass
class Recording:
    """Statements in the order in which they were sent: connection, SQL, parameters."""

    sent: list[tuple[str, str, Any]] = field(default_factory=list)


@contextmanager
def recording(engine: sa.Engine) -> Iterator[Recording]:
    """Note every statement, commit and rollback that goes through ``engine``."""
    tape = Recording()

    def execute(conn: Any, cursor: Any, statement: str, params: Any, ctx: Any, many: bool) -> None:
        tape.sent.append(("app", statement, params or None))

    def commit(conn: Any) -> None:
        tape.sent.append(("app", "COMMIT", None))

    def rollback(conn: Any) -> None:
        tape.sent.append(("app", "ROLLBACK", None))

    hooks = {"before_cursor_execute": execute, "commit": commit, "rollback": rollback}
    for name, hook in hooks.items():
        sa.event.listen(engine, name, hook)
    try:
        yield tape
    finally:
        for name, hook in hooks.items():
            sa.event.remove(engine, name, hook)
