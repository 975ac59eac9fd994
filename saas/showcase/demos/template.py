"""The sample that demos are copied from: a demo district that nobody reaches, filled from its files
with its whole story, and made anew each night so that its today is today's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg

from saas.kernel import context
from saas.kernel.context import SYSTEM, entering
from saas.kernel.crypto import new_token
from saas.kernel.db import writers_key
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.notices.jobs import deliver_waiting
from saas.showcase import commands as showcase
from saas.showcase.activities import take_place
from saas.showcase.bookings import book_around_today
from saas.showcase.history import live_through
from saas.showcase.organisations import take_over
from saas.showcase.package.shapes import Demo
from saas.showcase.queries import read_demo
from saas.showcase.visits import enter_media, receive_visits
from saas.showcase.volunteers import give_help
from saas.tenancy import commands as tenancy
from saas.tenancy import leaving, provisioning
from saas.tenancy import queries as tenants


def found() -> context.Tenant | None:
    """The sample, if it is filled and nobody can be in it. In the hub."""
    row = tenants.find_template()
    return tenants.as_scope(row) if row and row.state == "suspended" else None


def ensure() -> context.Tenant:
    """The sample; made now where there is none, by one, for whom all others wait."""
    with reading():
        known = found()
    if known:
        return known
    with _alone():
        with reading():
            known = found()
        return known or _build()


def build() -> context.Tenant:
    """Make it, or make it anew."""
    with _alone():
        return _build()


@contextmanager
def _alone() -> Iterator[None]:
    with psycopg.connect(settings().owner_url or "", autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", (writers_key("hub/template"),))
        yield


def _build() -> context.Tenant:
    """In transactions of its own; may be killed and done again."""
    key = showcase.demos()[0]
    with unit_of_work():
        tenant_id, code = _requested(key)
    provisioning.provision(tenant_id)
    with reading():
        scope = tenants.as_scope(tenants.access_tenant(code))
    _live(scope, read_demo(key))
    with unit_of_work():
        tenancy.suspend(code, reason="demos are copied from it", actor=SYSTEM)
    leaving.forget_jobs(scope.schema)
    return replace(scope, state="suspended")


def _requested(key: str) -> tuple[int, str]:
    """A row on which nothing stands yet; nobody guesses its code while it is open."""
    wanted = showcase.demo_request(key)
    seed = {**wanted["seed"], "template": True}
    row = tenants.find_template()
    if row is None:
        own = {"code": f"template-{new_token()[:12]}", "kind": "template", "seed": seed}
        row = tenancy.request_tenant(**{**wanted, **own}, queued=False, actor=SYSTEM)
    elif row.state in {"active", "suspended"}:
        tenancy.begin_anew(row.code, seed=seed, queued=False, actor=SYSTEM)
    return row.id, row.code


def _live(scope: context.Tenant, demo: Demo) -> None:
    """What a showroom is given by jobs, once it has opened."""
    for part in (take_over, book_around_today, take_place, give_help, _receive):
        with entering(scope), unit_of_work():
            part(demo)
    with entering(scope):
        live_through(demo)
        deliver_waiting()


def _receive(demo: Demo) -> None:
    receive_visits(demo.visits)
    enter_media(demo.media)
