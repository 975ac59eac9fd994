"""A small sample that demos are copied from, and demos as guests have them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import psycopg
from flask import Flask
from psycopg import sql

from saas import attachments
from saas.accounts import queries as people
from saas.bookings import commands as bookings
from saas.kernel.context import ANONYMOUS, SYSTEM, Tenant, entering
from saas.kernel.crypto import lookup_hash
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.demos import commands
from saas.showcase.demos.rules import Wish
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenants
from saas.tenancy.archives import content
from tests.bookings.making import on, opened, wish
from tests.demands.working import file
from tests.goods.making import came, given
from tests.support import District, bring_up
from tests.visits.making import PDF, asked

WISH = Wish("青羊区", ("草堂街道", "浣花街道"), "plain")


def sample(app: Flask) -> District:
    """Everything that binds rows to a district is in it: sealed fields and files, hashes, seals."""
    with in_hub(app):
        known = tenants.find_template()
    if known is not None:
        return District(app, tenants.as_scope(known))
    made = bring_up(app, "sample-of-tests", kind="template", name={"zh": "样板区", "en": "Sample"})
    with made.work():
        for number, who in enumerate(("admin", "street", "resident"), 1):
            person = people.find_person(made.people[who])
            assert person is not None
            person.demo_entry, person.phone = number, f"100-0000-000{number}"
            person.phone_hash = lookup_hash(person.phone)
        demand = file(made)
        asked(made, contact_phone="100-0000-0300")
        given(made, came(made, who="street", name="样例捐赠人", shown_as="initial"), who="street")
        begin = on(1, 10)
        bookings.book(opened(made), wish(begin, begin + timedelta(hours=1), channel="desk",
                      guest_name="样例", guest_phone="100-0000-0301"), actor=SYSTEM)  # fmt: skip
        taken = attachments.take(
            [SimpleNamespace(filename="a.pdf", stream=io.BytesIO(PDF))], kinds=("pdf",)
        )
        attachments.attach(taken, thing="demand", thing_id=demand.id, place="evidence",
                           sealed=True, actor=SYSTEM)  # fmt: skip
    with in_hub(app), unit_of_work():
        tenancy.suspend("sample-of-tests", reason="demos are copied from it", actor=SYSTEM)
    return made


@contextmanager
def in_hub(app: Flask) -> Iterator[None]:
    """Work in the hub."""
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        yield


def ordered(app: Flask, wished: Wish = WISH, address: str = "10.0.0.1") -> int:
    """Asked for; nobody has made it yet."""
    with in_hub(app), unit_of_work():
        return commands.order(wished, address=address, actor=ANONYMOUS).id


def made(app: Flask, wished: Wish = WISH, address: str = "10.0.0.1") -> District:
    """Asked for and made."""
    number = ordered(app, wished, address)
    with in_hub(app):
        commands.make(number)
    return District(app, scope_of(app, number))


def scope_of(app: Flask, number: int) -> Tenant:
    """As the running code has it now."""
    with in_hub(app):
        found = next(one for one in tenants.list_tenants(size=1000)[0] if one.id == number)
        return tenants.as_scope(found)


def rows(owner: psycopg.Connection, schema: str) -> dict[str, int]:
    """How many rows each table of a district has."""
    return {
        str(table.name): owner.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, str(table.name)))
        ).fetchone()[0]  # type: ignore[index]
        for table in content.tables()
    }
