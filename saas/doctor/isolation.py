"""The proof that districts are apart, which a customer can run: two throw-away districts from the
same sample, so that every key of the one is a key of the other, and a single connection for both.

Everything that can be read in the second carries a mark. Then the people of the first, and somebody
with a cookie of the second, ask for every address of the second at the first one's door; nothing of
what comes back may carry the mark, and nothing in the second may have changed. Last, transactions
of both take turns on the one connection.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from psycopg.types.json import Jsonb
from werkzeug.exceptions import HTTPException

from saas.app import create_app
from saas.kernel.context import SYSTEM, Tenant, entering
from saas.kernel.db import session, writers_key
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.settings import Settings
from saas.showcase import commands as showcase
from saas.tenancy import commands, provisioning, queries, schema

#: What everybody sees of a district, and what stands in it: (table, column, whether it is a label).
_MARKED = (
    ("units", "name", True),
    ("rooms", "name", True),
    ("people", "name", False),
    ("demands", "words", False),
    ("organisations", "name", True),
)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_DOOR = re.compile(r'action="[^"]*/enter/(\d+)"')
_LINK = re.compile(r'(?:href|action|src|hx-get)="([^"#]*)"')
_MOST_PAGES, _MOST_OF_A_KIND = 1500, 3
_DEMO = "longjing"
#: Those of the first district who ask; None is nobody.
_ASKING = (None, 0, 3, 6)
_TURN = sa.text("SELECT current_user, count(*) FILTER (WHERE name->>'zh' = :mark) FROM units")


@dataclass(slots=True)
class Proof:
    """What was tried, how often, and what was wrong with it: ``leaks`` has one line for each."""

    counts: dict[str, int] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """So many more of ``what`` were tried."""
        self.counts[what] = self.counts.get(what, 0) + number


@dataclass(frozen=True, slots=True)
class _Address:
    endpoint: str
    path: str
    method: str = "GET"


def prove(
    settings: Settings, owner_url: str, *, transactions: int, say: Callable[[str], None]
) -> Proof:
    """Try it; the two districts are gone afterwards, whatever happens."""
    app = create_app(
        replace(
            settings,
            pool_size=1,
            cookie_secure=False,
            trusted_proxies=0,
            registry_seconds=0.0,
            public_per_minute=10**9,
        )
    )
    app.testing = True
    proof, mark = Proof(), f"isolation{secrets.token_hex(6)}"
    say("making two districts from the same sample …")
    with (
        _hub_unsealed(owner_url),
        _thrown_away(app, owner_url) as ours,
        _thrown_away(app, owner_url) as theirs,
    ):
        _mark(owner_url, theirs, mark)
        _ask_everything(app, owner_url, ours, theirs, mark, proof, say)
        say(f"letting {transactions} transactions of both take turns on one connection …")
        _take_turns(app, (ours, theirs), mark, transactions, proof)
    return proof


@contextmanager
def _hub_unsealed(owner_url: str) -> Iterator[None]:
    """Let nobody seal what the hub wrote down of the two districts: it is taken out again."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock_shared(%s)", (writers_key("hub"),))
        yield


@contextmanager
def _thrown_away(app: Flask, owner_url: str) -> Iterator[Tenant]:
    request = showcase.demo_request(_DEMO) | {"code": f"isolation-{secrets.token_hex(4)}"}
    with app.test_request_context(), entering(wired(app).hub):
        with unit_of_work():
            tenant_id = commands.request_tenant(**request, queued=False, actor=SYSTEM).id
        provisioning.provision(tenant_id)
        made = queries.as_scope(queries.access_tenant(request["code"]))
    try:
        _forget_jobs(owner_url, made)
        yield made
    finally:
        _remove(owner_url, made)


def _forget_jobs(owner_url: str, tenant: Tenant) -> None:
    """What was queued for it is not to be done: it would be gone by then."""
    with psycopg.connect(owner_url, options="-c search_path=jobs") as owner:
        owner.execute("DELETE FROM procrastinate_jobs WHERE args->>'scope' = %s", (tenant.key,))


def _remove(owner_url: str, tenant: Tenant) -> None:
    _forget_jobs(owner_url, tenant)
    with psycopg.connect(owner_url) as owner:
        schema.drop_schema(owner, tenant.schema)
        for table in ("provisioning_steps", "tenant_events"):
            owner.execute(
                sql.SQL("DELETE FROM {} WHERE tenant_id = %s").format(sql.Identifier("hub", table)),
                (tenant.id,),
            )
        owner.execute("DELETE FROM hub.tenants WHERE id = %s", (tenant.id,))


def _mark(owner_url: str, tenant: Tenant, mark: str) -> None:
    """Let everything that can be read there carry the mark."""
    with psycopg.connect(owner_url) as owner:
        for table, column, label in _MARKED:
            value = Jsonb({"zh": mark, "en": mark}) if label else mark
            owner.execute(
                sql.SQL("UPDATE {} SET {} = %s").format(
                    sql.Identifier(tenant.schema, table), sql.Identifier(column)
                ),
                (value,),
            )


def _ask_everything(
    app: Flask,
    owner_url: str,
    ours: Tenant,
    theirs: Tenant,
    mark: str,
    proof: Proof,
    say: Callable[[str], None],
) -> None:
    say("walking through the second one as each of its own people …")
    walk = _Walk(app, mark, proof)
    for number in range(len(_Visitor(app, theirs).doors())):
        at_home = _Visitor(app, theirs)
        at_home.enter(number)
        walk.through(at_home)
    addresses, before = [*walk.pages, *walk.acts()], _digest(owner_url, theirs)
    say(f"asking for its {len(addresses)} addresses at the first one's door …")
    for asking in _ASKING:
        visitor = _Visitor(app, ours)
        if asking is not None:
            visitor.enter(asking)
        _ask(visitor, addresses, mark, proof, "asked by people of the first")
    stranger = _Visitor(app, ours)
    stranger.borrow(at_home)
    _ask(stranger, addresses, mark, proof, "asked with a cookie of the second")
    if _digest(owner_url, theirs) != before:
        proof.leaks.append("something in the second district was changed")


class _Visitor:
    """Somebody at one district's door."""

    def __init__(self, app: Flask, tenant: Tenant) -> None:
        self.client: FlaskClient = app.test_client()
        self.tenant, self.root = tenant, f"/d/{tenant.code}"
        self.token = self._token()

    def _token(self) -> str:
        found = _TOKEN.search(self.client.get(f"{self.root}/front").text)
        return found[1] if found else ""

    def doors(self) -> list[str]:
        """The numbers under which the sample people are entered."""
        return list(dict.fromkeys(_DOOR.findall(self.client.get(f"{self.root}/front").text)))

    def enter(self, number: int) -> None:
        """As one of the sample people, by their place in the list."""
        door, form = self.doors()[number], {"csrf_token": self.token}
        answer = self.client.post(f"{self.root}/enter/{door}", data=form)
        if answer.status_code != HTTPStatus.FOUND:
            raise RuntimeError(f"nobody can enter {self.tenant.code}: {answer.status_code}")
        self.token = self._token()

    def borrow(self, other: _Visitor) -> None:
        """Hold the cookies of somebody in another district, here and everywhere."""
        for cookie in (other.client._cookies or {}).values():
            for path in ("/", f"{self.root}/"):
                self.client.set_cookie(cookie.key, cookie.value, path=path)
        self.token = other.token

    def has(self, link: str) -> bool:
        """Whether a link leads somewhere in this district."""
        return link.startswith(f"{self.root}/")

    def ask(self, address: _Address) -> Any:
        """The answer at this district's door to an address of another."""
        if address.method == "GET":
            return self.client.get(self.root + address.path)
        return self.client.post(self.root + address.path, data={"csrf_token": self.token})


@dataclass(slots=True)
class _Walk:
    """Every address that can be reached in a district, a few of each kind."""

    app: Flask
    mark: str
    proof: Proof
    pages: list[_Address] = field(default_factory=list)
    _kinds: dict[str, int] = field(default_factory=dict)
    _values: dict[str, Any] = field(default_factory=dict)

    def through(self, visitor: _Visitor) -> None:
        """Follow every link that this visitor is shown."""
        seen, todo = {"/"}, ["/work", "/front"]
        while todo and len(seen) < _MOST_PAGES:
            path = todo.pop()
            found = self._look(visitor, path)
            links = {link.replace("&amp;", "&") for link in _LINK.findall(found)}
            inside = {one.removeprefix(visitor.root) for one in links if visitor.has(one)}
            # What an address says itself is no secret of whoever answers it.
            todo += sorted(one for one in inside - seen if self.mark not in one)
            seen |= inside

    def _look(self, visitor: _Visitor, path: str) -> str:
        endpoint, parts = _where(self.app, path)
        if endpoint is None or self._kinds.get(endpoint, 0) >= _MOST_OF_A_KIND:
            return ""
        answer = visitor.client.get(visitor.root + path)
        if answer.status_code != HTTPStatus.OK:
            return ""
        self._kinds[endpoint] = self._kinds.get(endpoint, 0) + 1
        self._values |= parts
        self.pages.append(_Address(endpoint, path))
        self.proof.count("pages of the second seen by its own people")
        self.proof.count("of them with the mark", int(self.mark.encode() in answer.data))
        return answer.text if answer.mimetype == "text/html" else ""

    def acts(self) -> Iterator[_Address]:
        """What can be sent to the things that were seen."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            sent = "POST" in (rule.methods or ()) and rule.arguments
            if not sent or not rule.arguments <= self._values.keys():
                continue
            if not rule.rule.startswith(("/hub", "/enter")):
                values = {name: self._values[name] for name in rule.arguments}
                built = adapter.build(rule.endpoint, values).partition("?")[0]
                yield _Address(rule.endpoint, built, "POST")


def _where(app: Flask, path: str) -> tuple[str | None, dict[str, Any]]:
    adapter = app.url_map.bind("localhost")
    try:
        endpoint, parts = adapter.match(path.partition("?")[0], method="GET")
    except HTTPException:
        return None, {}
    return endpoint, dict(parts)


def _ask(visitor: _Visitor, addresses: list[_Address], mark: str, proof: Proof, what: str) -> None:
    for address in addresses:
        answer = visitor.ask(address)
        proof.count(what)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            proof.leaks.append(f"{address.method} {address.endpoint}: {answer.status_code}")
        if mark.encode() in answer.data:
            proof.leaks.append(f"{address.method} {address.endpoint} shows what is the second's")


def _digest(owner_url: str, tenant: Tenant) -> dict[str, str]:
    """One number for each table of a district."""
    with psycopg.connect(owner_url) as owner:
        tables = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (tenant.schema,)
        ).fetchall()
        return {table: _digest_of(owner, tenant.schema, table) for (table,) in tables}


def _digest_of(owner: psycopg.Connection, name: str, table: str) -> str:
    row = owner.execute(
        sql.SQL(
            "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
        ).format(sql.Identifier(name, table))
    ).fetchone()
    return str(row[0]) if row else ""


def _take_turns(
    app: Flask, tenants: tuple[Tenant, Tenant], mark: str, number: int, proof: Proof
) -> None:
    with app.app_context():
        for turn in range(number):
            tenant = tenants[turn % 2]
            with entering(tenant), reading():
                role, marked = session.execute(_TURN, {"mark": mark}).one()
            if role != tenant.role or bool(marked) != bool(turn % 2):
                proof.leaks.append(f"transaction {turn} was answered from elsewhere")
        proof.count("transactions taking turns on one connection", number)
