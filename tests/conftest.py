"""A real PostgreSQL, two districts with equal keys, and a rollback after every test.

Each worker of a parallel run has its own server (or, with ``DATABASE_URL``, its own database). A
test that needs real commits is marked ``commits`` and makes its own district.
"""

from __future__ import annotations

import gc
import math
import os
import tempfile
import weakref
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import hypothesis
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from psycopg import sql

from saas.app import create_app
from saas.domains import DOMAINS
from saas.jobs.pulse import Pulse
from saas.kernel import db as kernel_db
from saas.kernel.audit import AuditEntry
from saas.kernel.context import entering
from saas.launch import starting
from saas.packages import vocabulary
from saas.settings import Settings
from saas.signin import rules as signing
from saas.tenancy import server
from tests.support import CAST, District, beat, bring_up
from tests.thorough import choose
from tests.together import Together, early

# A busy machine is slow, not wrong: no test is timed.
_CALM = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], max_examples=25
)
hypothesis.settings.register_profile("usual", _CALM)
hypothesis.settings.register_profile("thorough", _CALM, max_examples=100)

# What is imported and collected stays until the end: nothing of it need be looked through.
gc.disable()

# Templates are compiled once for all workers and all apps, and again when they change.
_COMPILED = Path(__file__).parents[1] / "var" / "templates"
_COMPILED.mkdir(parents=True, exist_ok=True)
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(_COMPILED))}

_PASSWORD = "runtime"
SECRET = "test-secret-test-secret-test-secret-test"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Tests that share something costly go to one worker."""
    return Together(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Try a few examples, or as many as before a release."""
    parser.addoption(
        "--thorough",
        action="store_true",
        help="try far more examples (tests/thorough.py)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Test modules ask at import how many examples they are to try."""
    thorough = bool(config.getoption("--thorough"))
    choose(thorough=thorough)
    hypothesis.settings.load_profile("thorough" if thorough else "usual")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What goes through every district goes first."""
    items.sort(key=lambda item: not early(item.nodeid))


def pytest_collection_finish() -> None:
    """What stands now, stands until the end as well."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def owner_url(worker_id: str) -> Iterator[str]:
    """An empty database of this worker and its owner's address."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield from _own_database(given, f"saas_test_{worker_id}")
        return
    from saas.launch.database import embedded_server

    with (
        tempfile.TemporaryDirectory(prefix="saas-test-") as folder,
        embedded_server(Path(folder) / "postgres", scratch=True) as address,
    ):
        yield address


def _own_database(given: str, name: str) -> Iterator[str]:
    with psycopg.connect(given, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def settings(owner_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a migrated server."""
    made = Settings(
        database_url=starting._as_login(owner_url, "saas_app", _PASSWORD),
        owner_url=owner_url,
        secret_key=SECRET,
        master_key=SECRET[::-1],
        data_dir=tmp_path_factory.mktemp("data"),
        cookie_secure=False,
        registry_seconds=0.0,
        public_per_minute=1_000_000,
    )
    assert server.upgrade_all(made, owner_url, password=_PASSWORD, say=print)
    beat(owner_url)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The app, as a deployment makes it."""
    made = create_app(settings)
    made.testing = True
    # Asked for again, or written down, after a while it would change counts of queries at random.
    made.extensions["saas_pulse"] = (math.inf, Pulse(workers=1, beat=0.0, due=None))
    vocabulary._SECONDS = 3600.0
    signing.SEEN_NOTED = timedelta(days=1)  # type: ignore[misc]
    with made.app_context():
        _engines.add(kernel_db.db.engine)
    yield made
    with made.app_context():
        kernel_db.db.engine.dispose()


@pytest.fixture(scope="session")
def _districts(app: Flask) -> tuple[District, District]:
    """Two districts from the same package in the same order: their keys are equal. Everybody of
    the cast has been in once, for good: what a test writes is undone, its sign-ins too.
    """
    made = bring_up(app, "alpha"), bring_up(app, "beta")
    for district in made:
        for who in CAST:
            district.client(who)
    return made


_engines = weakref.WeakSet[sa.Engine]()


@sa.event.listens_for(sa.Engine, "engine_connect")
def _note(connection: sa.Connection) -> None:
    _engines.add(connection.engine)


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """What apps and engines of a test hold open is closed with it, so that none is found
    open in the middle of another. Those of its module and of the run are their fixtures'.
    """
    before = set(_engines)
    yield
    for engine in set(_engines) - before:
        engine.dispose()


@pytest.fixture(autouse=True)
def _remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Which address leads where is asked once a test, as changes are told; in one that is marked
    ``commits`` each time, because others may write beside it.
    """
    if "app" not in request.fixturenames or request.node.get_closest_marker("commits"):
        yield
        return
    registry = request.getfixturevalue("app").extensions["saas"].registry
    seconds, registry._seconds = registry._seconds, 3600.0
    yield
    registry._seconds = seconds
    registry._forget(None)


@pytest.fixture(autouse=True)
def _rollback(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything a test writes through the app is undone, unless it is marked ``commits``."""
    if "app" not in request.fixturenames or request.node.get_closest_marker("commits"):
        yield
        return
    app: Flask = request.getfixturevalue("app")
    request.getfixturevalue("_districts")
    with app.app_context():
        engine = kernel_db.db.engine
    with engine.connect() as connection:
        transaction = connection.begin()
        kernel_db.db.session.session_factory.configure(join_transaction_mode="create_savepoint")
        original = kernel_db.ScopedSession.get_bind
        kernel_db.ScopedSession.get_bind = lambda self, *a, **k: connection  # type: ignore[method-assign]
        try:
            yield
        finally:
            kernel_db.ScopedSession.get_bind = original  # type: ignore[method-assign]
            kernel_db.db.session.session_factory.configure(
                join_transaction_mode="conditional_savepoint"
            )
            transaction.rollback()


_unsaid: list[str] = []


@sa.event.listens_for(AuditEntry, "init")
def _hear(entry: AuditEntry, args: Any, given: dict[str, Any]) -> None:
    """Note what is written into the audit and was not declared by any domain."""
    action, kind = given["action"], DOMAINS.kind_of(given["action"], given["thing"])
    declared = action in DOMAINS.actions and kind in DOMAINS.things
    if not declared and not action.startswith("tests."):
        _unsaid.append(f"{action} of {kind}")


@pytest.fixture(autouse=True)
def _said() -> Iterator[None]:
    """Whatever was recorded, in this test and while it was prepared, has its words."""
    yield
    found = sorted({*_unsaid})
    _unsaid.clear()
    assert found == [], "declare it in the domain.py of the domain that records it"


@pytest.fixture
def alpha(_districts: tuple[District, District]) -> District:
    """A district from package 1519 with one street, one community, one compound, one courtyard."""
    return _districts[0]


@pytest.fixture
def beta(_districts: tuple[District, District]) -> District:
    """Another one, made the same way: same keys, different data."""
    return _districts[1]


@pytest.fixture
def hub(app: Flask) -> Iterator[Flask]:
    """The app with the control plane entered."""
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield app


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The parallel worker's name, or ``main``."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")
