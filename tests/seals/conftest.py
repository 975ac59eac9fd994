"""A district whose audit is sealed, and an owner of the database with every right."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from saas.accounts.books import AUDIT_BOOK
from saas.kernel import audit
from saas.kernel.context import SYSTEM, entering
from saas.kernel.unit_of_work import reading
from saas.seals import commands
from saas.seals.verify import Kept, Report, verify
from saas.settings import Settings
from tests.support import District, bring_up


@pytest.fixture(scope="module")
def district(app: Flask, _districts: object, request: pytest.FixtureRequest) -> District:
    return bring_up(app, request.module.__name__.rpartition("_")[2])


@pytest.fixture(scope="module")
def fresh(settings: Settings, district: District) -> Iterator[None]:
    """The hub has sealed nothing yet, and nothing is left of what it sealed here: other tests take
    districts out of its history again.
    """

    def forget() -> None:
        with psycopg.connect(settings.owner_url or "") as owner:
            for table in ("seals", "anchors", "sealings"):
                owner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("hub", table)))

    forget()
    yield
    forget()


@pytest.fixture(scope="module")
def owner(settings: Settings, district: District) -> Iterator[psycopg.Connection]:
    """The owner, in the district's schema."""
    with psycopg.connect(settings.owner_url or "", autocommit=True) as connection:
        schema = sql.Identifier(district.tenant.schema)
        connection.execute(sql.SQL("SET search_path = {}").format(schema))
        yield connection


def write(district: District, count: int = 1, **facts: object) -> None:
    """Record so many deeds, each in a unit of work of its own."""
    for number in range(count):
        with district.work():
            audit.record("tests.mark", "tests", number, actor=SYSTEM, **facts)


def seal(district: District) -> int:
    with district.app.test_request_context(), entering(district.tenant):
        return commands.seal([AUDIT_BOOK])


def look(district: District, kept: tuple[Kept, ...] = ()) -> Report:
    with district.app.test_request_context(), entering(district.tenant), reading():
        return verify(AUDIT_BOOK, kept)


def faults(report: Report) -> list[tuple[int, str]]:
    return [(fault.number, fault.what) for fault in report.faults]
