"""The doctor finds what is wrong, says what to do, and its proof of isolation can fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from saas import doctor
from saas.accounts import queries as people
from saas.doctor import checks, isolation
from saas.settings import Settings
from tests.support import District

pytestmark = pytest.mark.commits


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.owner_url or "", autocommit=True) as connection:
        yield connection


def _found(app: Flask, settings: Settings) -> dict[str, doctor.Check]:
    return {one.name: one for one in doctor.examine(app, settings, settings.owner_url or "")}


@contextmanager
def _done(owner: psycopg.Connection, there: str, back: str, district: District) -> Iterator[None]:
    """Something in a district that somebody did by hand, and that is undone again."""
    schema = sql.Identifier(district.tenant.schema)
    owner.execute(sql.SQL(there).format(schema=schema))  # type: ignore[arg-type]
    try:
        yield
    finally:
        owner.execute(sql.SQL(back).format(schema=schema))  # type: ignore[arg-type]


def test_a_sound_installation_is_said_to_be_sound(
    app: Flask, settings: Settings, alpha: District, beta: District
) -> None:
    found = _found(app, settings)
    assert {one.name for one in found.values() if one.state == "bad"} == set()
    assert "alike" in found["tables"].told
    assert "takes a megabyte" in found["disk"].told


_BY_HAND = {
    "+units.odd": (
        "ALTER TABLE {schema}.units ADD COLUMN odd text",
        "ALTER TABLE {schema}.units DROP COLUMN odd",
    ),
    "+audit_entries.UPDATE": (
        "GRANT UPDATE ON {schema}.audit_entries TO {schema}",
        "REVOKE UPDATE ON {schema}.audit_entries FROM {schema}",
    ),
    "-units.sample": (
        "ALTER TABLE {schema}.units RENAME COLUMN sample TO example",
        "ALTER TABLE {schema}.units RENAME COLUMN example TO sample",
    ),
}


@pytest.mark.parametrize("named", _BY_HAND)
def test_a_district_that_was_changed_by_hand_is_named_with_what_differs(
    app: Flask, settings: Settings, owner: psycopg.Connection, alpha: District, named: str
) -> None:
    with _done(owner, *_BY_HAND[named], alpha):
        tables = _found(app, settings)["tables"]
    assert tables.state == "bad"
    assert "alpha (" in tables.told
    assert named in tables.told


def test_what_belongs_to_no_district_is_named(
    app: Flask, settings: Settings, owner: psycopg.Connection, alpha: District
) -> None:
    lost = settings.data_dir / "files" / "t_nobodys"
    lost.mkdir(parents=True)
    try:
        orphans = _found(app, settings)["orphans"]
    finally:
        lost.rmdir()
    assert (orphans.state, orphans.told) == ("warn", "folder of files of no district: t_nobodys")


def _give_phone(district: District, phone: str | None) -> None:
    with district.work():
        person = people.find_person(district.people["resident"])
        assert person is not None
        person.phone = phone


def test_a_wrong_master_key_is_found_before_anybody_reads_nonsense(
    app: Flask, settings: Settings, alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    _give_phone(alpha, "13800000000")
    other = replace(settings, master_key="x" * 40)
    monkeypatch.setitem(app.config, "SAAS", other)
    keys = _found(app, other)["keys"]
    monkeypatch.undo()
    _give_phone(alpha, None)
    assert keys.state == "bad"
    assert "SAAS_MASTER_KEY" in keys.told


def test_a_check_that_breaks_is_a_finding_and_the_others_are_made(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _burst(_: object) -> Iterator[doctor.Check]:
        raise ValueError("no")

    monkeypatch.setattr(checks, "_CHECKS", (_burst, *checks._CHECKS))
    found = _found(app, settings)
    assert (found["burst"].state, found["burst"].told) == ("bad", "broke: ValueError")
    assert found["clock"].state == "ok"


class _Answering:
    """A visitor whom everything is answered alike."""

    def __init__(self, status: int, data: bytes) -> None:
        self._answer = SimpleNamespace(status_code=status, data=data)

    def ask(self, address: Any) -> Any:
        return self._answer


@pytest.mark.parametrize(
    ("status", "data", "leaks"),
    [(200, b"ours", 0), (404, b"", 0), (200, b".. the-mark ..", 1), (500, b"", 1)],
)
def test_an_answer_with_the_neighbours_mark_is_a_leak(status: int, data: bytes, leaks: int) -> None:
    proof = doctor.Proof()
    address = isolation._Address("rooms.show", "/rooms/1")
    visitor: Any = _Answering(status, data)
    isolation._ask(visitor, [address, address], "the-mark", proof, "asked")
    assert (proof.counts, len(proof.leaks)) == ({"asked": 2}, 2 * leaks)


def test_a_transaction_that_is_answered_from_elsewhere_is_a_leak(
    app: Flask, settings: Settings, owner: psycopg.Connection, alpha: District, beta: District
) -> None:
    mark = "beta区"
    with beta.work():
        root = beta.unit("root")
        assert root.name["zh"] == mark
    both = (alpha.tenant, beta.tenant)
    fine, crossed = doctor.Proof(), doctor.Proof()
    isolation._take_turns(app, both, mark, 40, fine)
    assert (fine.leaks, list(fine.counts.values())) == ([], [40])
    isolation._take_turns(app, (beta.tenant, alpha.tenant), mark, 4, crossed)
    assert len(crossed.leaks) == 4
