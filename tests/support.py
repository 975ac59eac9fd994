"""Helpers that tests share: a district to work in, people to be, forms to send."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import psycopg
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.models import Person
from saas.jobs.worker import work
from saas.kernel import crypto
from saas.kernel.context import SYSTEM, Actor, Tenant, entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.rooms import queries as room_queries
from saas.signin.models import SignIn
from saas.tenancy import commands, provisioning, queries
from saas.territory import commands as territory
from saas.territory import queries as units

PASSWORD = "a sentence to remember"
#: login → role, unit: one person for each role, on one line of the tree.
CAST = {
    "admin": ("district_administrator", "root"),
    "officer": ("district_officer", "root"),
    "street": ("street_officer", "street"),
    "community": ("community_steward", "community"),
    "compound": ("compound_steward", "compound"),
    "courtyard": ("courtyard_steward", "courtyard"),
    "keeper": ("room_keeper", "street"),
    "auditor": ("auditor", "root"),
    "resident": ("resident", "courtyard"),
    "neighbour": ("resident", "courtyard"),
}
# Tests sign in hundreds of times, so passwords are hashed at the least cost that argon2 takes.
crypto._passwords = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
crypto._NOBODY = crypto.hash_password("nobody has this password")
_HASH = crypto.hash_password(PASSWORD)
_START_TAG = re.compile(r"<[a-z][^<>]*>")
_LINE = ("street", "community", "compound", "courtyard")
#: Who came in before, in this process: sign-in, cookie and CSRF token by app, district and person.
_ENTERED: dict[tuple[Flask, str, str], tuple[int, str, str]] = {}


@dataclass
class District:
    """One district of a test. ``units`` and ``people`` map words to codes and ids."""

    app: Flask
    tenant: Tenant
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The district's path prefix."""
        return f"/d/{self.tenant.code}"

    @contextmanager
    def work(self) -> Iterator[None]:
        """Work in the district as the code does, and store it."""
        with self.app.test_request_context(), entering(self.tenant), unit_of_work():
            yield

    def actor(self, who: str) -> Actor:
        """The person as the one who acts; inside `work`."""
        actor = people.load_actor(self.people[who])
        assert actor is not None
        return actor

    def unit(self, which: str) -> units.Unit:
        """A unit of the line by word; inside `work`."""
        return units.unit_by_code(self.units[which])

    def client(self, who: str | None = None) -> Visitor:
        """A browser, signed in as ``who``: through the door the first time, afterwards with the
        cookie that it gave. When sessions of the person have ended, through the door again.
        """
        visitor = Visitor(self.app.test_client(), self.root)
        registry = self.app.extensions["saas"].registry
        registry.by_code(self.tenant.code), registry.by_host("localhost")
        if who:
            key = (self.app, self.tenant.key, who)
            living = self._sign_ins(who)
            if key not in _ENTERED or _ENTERED[key][0] not in living:
                answer = visitor.post("/sign-in", login=who, password=PASSWORD)
                assert answer.status_code == 302, answer.text
                _ENTERED[key] = (max(self._sign_ins(who)), *visitor.keeps())
            visitor.resume(*_ENTERED[key][1:])
        return visitor

    def _sign_ins(self, who: str) -> set[int]:
        """The sign-ins of a person that have not ended."""
        query = sa.select(SignIn.id).join(
            Person, sa.and_(Person.id == SignIn.owner_id, Person.session_epoch == SignIn.epoch)
        )
        with self.app.test_request_context(), entering(self.tenant):
            return set(session.scalars(query.where(Person.login == who)))


def _is_files(value: object) -> bool:
    """Whether this is a file as (stream, name), or a list of such."""
    return isinstance(value[0] if isinstance(value, list) and value else value, tuple)


def _read(value: Any) -> Any:
    return [_read(v) for v in value] if isinstance(value, list) else (value[0].read(), value[1])


def _files(value: Any) -> Any:
    if isinstance(value, list):
        return [_files(v) for v in value]
    return FileStorage(BytesIO(value[0]), value[1])


def _as_read(answer: TestResponse) -> TestResponse:
    """A page as a browser reads it: between attributes a line break is a blank like any other."""
    if answer.mimetype == "text/html":
        page = answer.get_data(as_text=True)  # its ``text`` would be kept as it came
        answer.set_data(_START_TAG.sub(lambda tag: " ".join(tag[0].split()), page))
    return answer


@dataclass
class Visitor:
    """A browser that reads the CSRF token off the page that it was on."""

    client: FlaskClient
    root: str
    _token: str = ""

    def keeps(self) -> tuple[str, str]:
        """Its session cookie, and the CSRF token that is good with it."""
        self._token = token_in(self.get("/sign-in").text)
        cookie = self.client.get_cookie("saas_session", path=f"{self.root}/")
        assert cookie is not None
        return cookie.value, self._token

    def resume(self, cookie: str, token: str) -> None:
        """Go on with what another one kept."""
        self.client.set_cookie("saas_session", cookie, path=f"{self.root}/")
        self._token = token

    def get(self, path: str, **options: Any) -> TestResponse:
        """Ask for a page of the district."""
        return _as_read(self.client.get(self.root + path, **options))

    def post(self, path: str, *, form: str = "/sign-in", **fields: Any) -> TestResponse:
        """Send a form, with the token that pages of the district show, read off ``form`` once a
        session; one that edits with the mark of what is stored now, unless ``as_seen`` is given or
        the page was read by `form_on`.
        """
        fields = {k: _read(v) if _is_files(v) else v for k, v in fields.items()}
        kept = bool(self._token)
        answer = self._send(path, form, fields)
        if answer.status_code == 400 and kept:  # the session was begun anew
            self._token = ""
            answer = self._send(path, form, fields)
        if answer.status_code != 409 or "as_seen" in fields:
            return answer
        mark = form_on(answer.text, path).get("as_seen")
        return self._send(path, form, {**fields, "as_seen": mark}) if mark else answer

    def _send(self, path: str, form: str, fields: dict[str, Any]) -> TestResponse:
        self._token = self._token or token_in(self.client.get(self.root + form).text)
        data = {"csrf_token": self._token, **fields}
        files = {name: _files(value) for name, value in data.items() if _is_files(value)}
        boundary, body = encode_multipart({**data, **files})
        kind = f'multipart/form-data; boundary="{boundary}"'
        return _as_read(self.client.post(self.root + path, data=body, content_type=kind))


class _Forms(HTMLParser):
    """What every form of a page would send, by its address; ``begun`` are those forms in which
    something stands already that a person can see and change.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begun: set[str] = set()
        self._url = ""
        self.forms: dict[str, dict[str, Any]] = {}
        self._at: dict[str, Any] = {}
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name, kind = has.get("name", ""), has.get("type", "")
        if tag == "form":
            self._url = has.get("action", "") if has.get("method") == "post" else ""
            self._at = self.forms.setdefault(self._url, {})
        elif tag == "textarea":
            self._text, self._at[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in has or self._select not in self._at:
                self._at[self._select] = has.get("value", "")
            self._begin("selected" in has and has.get("value", ""))
        elif tag == "input" and name and "disabled" not in has and _sent(kind, has):
            self._take(name, has.get("value", ""))
            self._begin(kind != "hidden" and has.get("value", ""))

    def _begin(self, something: object) -> None:
        if something and self._url:
            self.begun.add(self._url)

    def _take(self, name: str, value: str) -> None:
        if name.endswith("[]"):
            self._at.setdefault(name, []).append(value)
        else:
            self._at[name] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self._at[self._text] += data
            self._begin(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self._text = None if tag == "textarea" else self._text
        self._select = None if tag == "select" else self._select


def _sent(kind: str, has: dict[str, str]) -> bool:
    return kind not in {"checkbox", "radio", "file", "submit"} or "checked" in has


@lru_cache(maxsize=4)
def _forms_of(page: str) -> _Forms:
    reader = _Forms()
    reader.feed(page)
    return reader


def forms_begun(page: str) -> dict[str, dict[str, Any]]:
    """The forms of ``page`` in which something stands already: address → what they would send."""
    reader = _forms_of(page)
    return {url: reader.forms[url] for url in reader.begun}


def form_on(page: str, path: str) -> dict[str, Any]:
    """What a browser would send of the form on ``page`` whose address ends with ``path``."""
    reader = _forms_of(page)
    found = next((sent for url, sent in reader.forms.items() if url.endswith(path)), {})
    return {name: value for name, value in found.items() if name != "csrf_token"}


def token_in(page: str) -> str:
    """The CSRF token of the first form on a page, or nothing."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return found.group(1) if found else ""


def furnish(district: District, *codes: str) -> None:
    """Give rooms of the street what they cannot open without: a place and a keeper."""
    with district.work():
        for room in room_queries.rooms_named(district.unit("street"), codes):
            room.place, room.keeper_id = {"zh": "一楼"}, district.people["keeper"]


def bring_up(app: Flask, code: str, *, live: bool = True, **request: Any) -> District:
    """Request a district, provision it for real, and give it a cast. Unless it is to be ``live``
    at once it is being prepared.
    """
    hub = app.extensions["saas"].hub
    street = {"code": "street_one", "name": {"zh": f"{code}street", "en": "street one"}}
    values = {
        "package": "1519",
        "name": {"zh": f"{code}区", "en": code},
        "seed": {"streets": [street]},
        **request,
    }
    values["seed"] = {"live": live, **values["seed"]}
    with app.test_request_context(), entering(hub):
        with unit_of_work():
            tenant_id = commands.request_tenant(code=code, actor=SYSTEM, **values).id
        provisioning.provision(tenant_id)
        row = queries.access_tenant(code)
        district = District(app, queries.as_scope(row))
    with district.work():
        _plant(district)
        _populate(district)
    return district


def _plant(district: District) -> None:
    parent = units.root()
    assert parent is not None
    district.units["root"] = parent.code
    parent = units.unit_by_code("street_one")
    district.units["street"] = parent.code
    for kind in _LINE[1:]:
        parent = territory.add_unit(
            code=f"{kind}_one",
            kind=kind,
            name={"zh": f"{district.tenant.code}{kind}", "en": f"{kind} one"},
            parent=parent,
            actor=SYSTEM,
        )
        district.units[kind] = parent.code


def _populate(district: District) -> None:
    roles = {role.code: role for role in people.roles()}
    for login, (role_code, at) in CAST.items():
        unit, role = district.unit(at), roles[role_code]
        person = accounts.add_person(
            name=f"{district.tenant.code} {login}",
            login=login,
            home=unit if role.resident else None,
            actor=SYSTEM,
        )
        person.password_hash = _HASH
        district.people[login] = person.id
        if not role.resident:
            post = accounts.add_post(unit=unit, role=role, name={"zh": login}, actor=SYSTEM)
            accounts.give_post(person, post, actor=SYSTEM)


def beat(owner_url: str) -> None:
    """Let a worker be heard for as long as the tests take: pages say when there is none."""
    with psycopg.connect(owner_url) as owner:
        owner.execute(
            "INSERT INTO jobs.procrastinate_workers (last_heartbeat)"
            " VALUES (now() + interval '1 year')"
        )


def run_worker(app: Flask, owner_url: str) -> None:
    """Do every job that is due, as a worker does: in a thread of its own, because a browser that
    was driven in this one leaves its loop running.
    """
    with ThreadPoolExecutor(1) as aside:
        aside.submit(work, app, owner_url, wait=False).result()


def run_until_done(app: Flask, owner_url: str, task: str, *, within: float = 60) -> None:
    """Do what is due until no ``task`` is queued: one that clashed with another job is done again
    some seconds later, as in a district. Says why one is still there after ``within`` seconds.
    """
    last = time.monotonic() + within
    run_worker(app, owner_url)
    while reasons := _left(owner_url, task):
        assert time.monotonic() < last, reasons
        time.sleep(0.5)
        run_worker(app, owner_url)


def _left(owner_url: str, task: str) -> list[tuple[Any, ...]]:
    """State, attempts and last trouble of what is queued of ``task``, failed for good or not."""
    query = (
        "SELECT j.status, j.attempts, t.reason FROM jobs.procrastinate_jobs j"
        " LEFT JOIN jobs.troubles t ON t.job_id = j.id WHERE j.task_name = %s"
    )
    with psycopg.connect(owner_url) as owner:
        return owner.execute(query, (task,)).fetchall()
