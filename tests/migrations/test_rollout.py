"""Many districts are taken along: ring by ring, by what the first of them was sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from saas.settings import Settings
from saas.tenancy import drift, migrating, rollout, schema
from saas.tenancy.rollout import Late, Outcome

pytestmark = pytest.mark.commits
_HEAD = migrating.head("tenant")
_BEFORE = "sign_ins"
_MANY = 5


@pytest.fixture
def engine(settings: Settings, app: object) -> Iterator[sa.Engine]:
    """With the rights to change tables."""
    made = migrating.owner_engine(settings.owner_url or "", size=4)
    yield made
    made.dispose()


@pytest.fixture
def fleet(engine: sa.Engine, settings: Settings) -> Iterator[dict[str, str]]:
    """Code → schema of districts that are behind; gone afterwards."""
    names = {f"fleet{place}": schema.new_schema_name() for place in range(_MANY)}
    tape = rollout._Tape(names["fleet0"])
    for code, name in names.items():
        with psycopg.connect(settings.owner_url or "") as owner:
            schema.create_empty(owner, name, settings)
            owner.execute(f"SET LOCAL search_path = {name}")  # type: ignore[arg-type]
            schema._stamp(owner, "none")
            owner.execute("DELETE FROM alembic_version")
            owner.execute(
                "INSERT INTO hub.tenants (code, name, schema_name, kind, state, package, look,"
                " revision, seed, created_at) VALUES (%s, '{}', %s, 'trial', 'suspended', 'none',"
                " 'none', %s, '{}', now())",
                (code, name, _BEFORE),
            )
        with engine.begin() as connection:
            if tape.sent:  # empty tables answer alike
                tape.replay(connection, name)
                continue
            with rollout._recording(connection, tape):
                migrating.upgrade(connection, "tenant", name, _BEFORE, begins=tape.start)
    yield names
    with psycopg.connect(settings.owner_url or "") as owner:
        owner.execute("DELETE FROM hub.tenants WHERE code LIKE 'fleet_'")
        owner.commit()
        for name in names.values():
            schema.drop_schema(owner, name)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Schemas for which Alembic was asked."""
    original, names = migrating.upgrade, []

    def upgrade(connection: sa.Connection, tree: str, name: str, **more: Any) -> None:
        names.append(name)
        original(connection, tree, name, **more)

    monkeypatch.setattr(migrating, "upgrade", upgrade)
    return names


def _fingerprints(settings: Settings, names: list[str]) -> list[drift.Fingerprint]:
    with psycopg.connect(settings.owner_url or "") as owner:
        return [drift.fingerprint(owner, name) for name in names]


def test_nothing_behind_is_nothing_to_do(engine: sa.Engine) -> None:
    assert migrating.behind(engine) == []
    assert rollout.upgrade_tenants(engine) == []


def test_what_the_first_was_sent_takes_the_others_along(
    engine: sa.Engine, settings: Settings, fleet: dict[str, str], asked: list[str]
) -> None:
    heard: list[str] = []
    outcomes = rollout.upgrade_tenants(engine, say=heard.append)
    assert outcomes == [Outcome(code, _BEFORE, _HEAD) for code in fleet]
    assert asked == [next(iter(fleet.values()))]
    assert heard == [
        "ring 1: 1 of 5, 0 failed",
        "ring 2: 4 of 5, 0 failed",
        "ring 3: 5 of 5, 0 failed",
    ]
    assert migrating.behind(engine) == []
    with psycopg.connect(settings.owner_url or "") as owner:
        fresh = drift.expected(owner, settings)
    for grown in _fingerprints(settings, list(fleet.values())):
        assert {**grown, "rights": 0} == {**fresh, "rights": 0}


def test_a_revision_that_asks_the_tables_asks_those_of_every_district(
    engine: sa.Engine,
    fleet: dict[str, str],
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = migrating.upgrade

    def looking(connection: sa.Connection, tree: str, name: str, **more: Any) -> None:
        original(connection, tree, name, **more)
        connection.execute(sa.text("SELECT count(*) FROM people"))

    monkeypatch.setattr(migrating, "upgrade", looking)
    assert not rollout.failures(rollout.upgrade_tenants(engine))
    assert sorted(asked) == sorted(fleet.values())


def test_what_was_written_down_is_sent_to_nobody_who_stands_elsewhere_than_the_hub_says(
    engine: sa.Engine, fleet: dict[str, str], asked: list[str]
) -> None:
    """The hub may come out of an older backup than a district."""
    ahead = fleet["fleet3"]
    with engine.begin() as connection:
        migrating.upgrade(connection, "tenant", ahead)
    asked.clear()
    assert not rollout.failures(rollout.upgrade_tenants(engine))
    assert asked == [fleet["fleet0"], ahead]
    assert migrating.behind(engine) == []


def test_one_that_fails_stays_as_it_was_and_comes_along_when_it_is_mended(
    engine: sa.Engine, settings: Settings, fleet: dict[str, str]
) -> None:
    """The first is the hardest case: it was to be written down."""
    broken = next(iter(fleet.values()))
    with engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {broken}.identities RENAME TO hidden"))
    errors = {o.code: o.error for o in rollout.upgrade_tenants(engine)}
    assert errors == {code: None for code in fleet} | {"fleet0": "ProgrammingError"}
    assert [late[0] for late in migrating.behind(engine)] == ["fleet0"]
    with engine.begin() as connection:
        assert connection.scalar(sa.text(f"SELECT version_num FROM {broken}.alembic_version"))
        assert not connection.scalar(sa.text(f"SELECT to_regclass('{broken}.providers')"))
        connection.execute(sa.text(f"ALTER TABLE {broken}.hidden RENAME TO identities"))
    assert rollout.upgrade_tenants(engine) == [Outcome("fleet0", _BEFORE, _HEAD)]


def test_one_alone_can_be_tried_first(engine: sa.Engine, fleet: dict[str, str]) -> None:
    assert [o.code for o in rollout.upgrade_tenants(engine, only="fleet3")] == ["fleet3"]
    assert len(migrating.behind(engine)) == _MANY - 1


@contextmanager
def _reader(settings: Settings, name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.owner_url or "") as reader:
        reader.execute(f"SELECT count(*) FROM {name}.identities")  # type: ignore[arg-type]
        yield reader


def test_tables_that_somebody_reads_are_tried_again(
    engine: sa.Engine,
    settings: Settings,
    fleet: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def quick(connection: sa.Connection, name: str) -> None:
        connection.execute(sa.text(f"SET LOCAL search_path = {name}"))
        connection.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))

    monkeypatch.setattr(migrating, "prepare", quick)
    with _reader(settings, fleet["fleet2"]) as reader:
        monkeypatch.setattr(rollout.time, "sleep", lambda _: reader.rollback())
        outcomes = rollout.upgrade_tenants(engine, only="fleet2")
    assert [o.error for o in outcomes] == [None]
    with _reader(settings, fleet["fleet1"]):
        monkeypatch.setattr(rollout.time, "sleep", lambda _: None)
        outcomes = rollout.upgrade_tenants(engine, only="fleet1")
    assert [o.error for o in outcomes] == ["OperationalError"]


def test_a_revision_that_breaks_many_is_not_tried_on_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan: list[Late] = [(f"d{n}", f"t_{n}", "old") for n in range(100)]
    monkeypatch.setattr(migrating, "behind", lambda _: plan)
    monkeypatch.setattr(
        rollout._Run, "bring", lambda self, late: Outcome(late[0], "old", "old", "Broken")
    )
    outcomes = rollout.upgrade_tenants(None, workers=1)  # type: ignore[arg-type]
    assert [o.code for o in outcomes] == [late[0] for late in plan]
    assert [o.error for o in outcomes] == ["Broken"] * 4 + ["NotTried"] * 96


def test_rings_grow_and_leave_nobody_out() -> None:
    for number in (0, 1, 2, 5, 40, 2844):
        plan: list[Late] = [(f"d{n}", f"t_{n}", None) for n in range(number)]
        found = list(rollout.rings(plan))
        assert [late for ring in found for late in ring] == plan
        assert [len(ring) for ring in found[:-1]] == [3**n for n in range(len(found) - 1)]


def test_a_few_failures_are_borne_and_two_in_a_hundred() -> None:
    good, bad = Outcome("a", None, "new"), Outcome("b", None, None, "Broken")
    assert not rollout.too_many([bad, bad])
    assert rollout.too_many([bad, bad, bad])
    assert not rollout.too_many([*[bad] * 8, *[good] * 300])
    assert rollout.too_many([*[bad] * 9, *[good] * 300])
