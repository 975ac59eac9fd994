"""One person's walk: signed in once, each answer stored once."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse, encode_multipart

from saas.api import pace
from saas.kernel import db as kernel_db
from saas.kernel.codes import grouped
from saas.tenancy.events import tenant_changed
from saas.web.offline import KEEP
from saas.web.pages import PUBLIC, SIGNED_IN
from tests.support import District, Visitor, form_on, forms_begun, token_in
from tests.thorough import is_thorough
from tests.walk import parts
from tests.walk.reading import Seen, bracketed, follow, own_names
from tests.walk.routes import EVERYBODYS, access_of, address, methods, routes

_FIELD = re.compile(r"<(input|textarea|select)\b([^>]*?\bname=\"([^\"]+)\"[^>]*)")
_TYPE = re.compile(r"\btype=\"(\w+)\"")
#: What a form is sent that shows no fields.
_UNSHOWN = dict.fromkeys(("reason", "name", "status"), "unshown")
NASTY = {
    "nothing": "",
    "blank": "   ",
    "endless": "长" * 6000,
    "emoji": "🀄️" * 40,
    "right-to-left": "\u202eلا\u2066",
    "zero-width": "\u200b\u200d\ufeff",
    "nul": "a\x00b",
    "markup": "<script>alert(1)</script>{{7*7}}",
    "sql": "'; DROP TABLE people; --",
    "path": "../../etc/passwd",
    "number": "-99999999999999999999",
    "list": "[]",
}
#: Every form is sent these, and those that a kind of its fields has not met yet; all of them with
#: ``--thorough``.
_ALWAYS = ("nothing", "markup")
#: Who sends every form, and whose linked pages are read.
SENDERS = ("admin", "resident")
READERS = (None, "resident", "admin", "street", "courtyard", "keeper")
#: Who asks for what belongs to a neighbour.
ASKERS = (None, "resident", "admin", "street", "courtyard", "auditor")
#: What is sent to routes that take JSON, so that they come as far as looking for the thing.
_BODIES = {
    "demands_api.act": {"verb": "accept"},
    "organisations_api.sign": {"words": "x"},
    "places_api.check": {"still_so": True},
}
#: Forms that would change who walks.
_SIGNING = {"accounts.sign_out", "accounts.sign_in"}


@dataclass(frozen=True)
class Answer:
    """What came back. ``text`` is everything that it says, inside a workbook too; ``kept`` what a
    phone may keep it as.
    """

    asked: str
    status: int
    text: str
    html: bool
    location: str = ""
    kept: str | None = None

    @cached_property
    def seen(self) -> Seen:
        """The page as a reader has it."""
        return Seen(self.text)


def _answer(asked: str, answer: TestResponse) -> Answer:
    html = answer.mimetype == "text/html"
    kept = answer.headers.get(KEEP)
    return Answer(asked, answer.status_code, words_of(answer), html, answer.location or "", kept)


def words_of(answer: TestResponse) -> str:
    """Everything that an answer says, inside a workbook too."""
    if not answer.data.startswith(b"PK"):
        return answer.data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


@dataclass
class Walk:
    """What one person met. ``linked``: pages by endpoint; ``refusable``: answers to addresses that
    name something of a neighbour's; ``sent``: answers to nasty forms; ``unmarked``: endpoints whose
    forms begin with something and carry no mark of what was seen; ``known``: Latin words that
    the district itself brings along; ``met``: how often a kind of field was sent a nasty value.
    """

    app: Flask
    district: District
    who: str | None
    pages: dict[str, Answer] = field(default_factory=dict)
    linked: list[tuple[str, Answer]] = field(default_factory=list)
    foreign: list[Answer] = field(default_factory=list)
    refusable: list[Answer] = field(default_factory=list)
    sent: list[Answer] = field(default_factory=list)
    after: list[Answer] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    unmarked: set[str] = field(default_factory=set)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)

    def answers(self) -> Iterator[Answer]:
        """Everything that was answered."""
        for some in (self.pages.values(), self.foreign, self.sent, self.after):
            yield from some

    def go(self, theirs: parts.Parts) -> None:
        """Walk; inside a transaction that is undone. What is ours is gone before anybody asks for
        what is theirs, because keys of both may be equal.
        """
        self.visitor = self.district.client(self.who)
        self.rights = self._may() if self.who else None
        self.token = token_in(self.visitor.get("/rooms").text)
        with undone():
            with self.district.work():
                ours = parts.ours(self.district)
            if self.who in READERS:
                self._read(ours)
            if self.who in SENDERS:
                self._send(ours)
        if self.who in ASKERS:
            self._ask(theirs)

    def _may(self) -> set[str]:
        """Every permission that the person holds somewhere, and what needs none."""
        with self.district.work():
            held = self.district.actor(str(self.who)).grants
            return {PUBLIC, SIGNED_IN}.union(*(grant.permissions for grant in held))

    def get(self, path: str) -> Answer:
        """A page; asked for once."""
        if path not in self.pages:
            self.pages[path] = self._fetch(path)
        return self.pages[path]

    def _fetch(self, path: str) -> Answer:
        return _answer(f"GET {path} as {self.who}", self.visitor.get(path))

    def _read(self, ours: parts.Parts) -> None:
        """Follow the links."""
        self.known = {*own_names(self.district), *ours.values(), *parts.LATIN}
        self.known.add(grouped(ours["demand"]))
        root = self.district.root

        def links_of(path: str) -> list[str] | None:
            answer = self.get(path)
            if answer.status != 200 or not answer.html:
                return None
            links = [link for link in answer.seen.links if link.startswith(root)]
            return [link.removeprefix(root) for link in links]

        for endpoint, path in follow(self.app, links_of, "/", "/demands", "/demands/mine"):
            self.linked.append((endpoint, self.get(path)))

    def _ask(self, theirs: parts.Parts) -> None:
        """Call every route with what belongs to a neighbour; where the door is closed to the role
        before anything is read, nobody alone knocks, and all with ``--thorough``.
        """
        for rule in routes(self.app):
            if rule.endpoint == "accounts.sign_out" or self._is_shut(rule):
                continue
            for method in methods(rule):
                if method == "POST" and not rule.arguments and not is_thorough():
                    continue  # it names nothing of theirs
                answer = self._ask_one(rule, method, address(rule, theirs))
                self.foreign.append(answer)
                if rule.arguments - EVERYBODYS:
                    self.refusable.append(answer)

    def _is_shut(self, rule: Rule) -> bool:
        needs = access_of(self.app, rule).needs
        return not (is_thorough() or self.rights is None or needs in self.rights)

    def _ask_one(self, rule: Rule, method: str, path: str) -> Answer:
        if method == "GET":
            return self._fetch(path) if rule.arguments else self.get(path)
        body = _BODIES.get(rule.endpoint)
        with undone():
            return self._post(self._fresh(), path, **({"json": body} if body else {}))

    def _send(self, ours: parts.Parts) -> None:
        """Send every form with nasty values, the same in all of its fields, so that what takes
        such a value does store it.
        """
        for rule in routes(self.app, "POST"):
            if rule.endpoint in _SIGNING or self._is_shut(rule):
                continue
            path = address(rule, ours)
            page = self.get(path).text if "GET" in methods(rule) else ""
            if any("as_seen" not in sent for sent in forms_begun(page).values()):
                self.unmarked.add(rule.endpoint)
            kinds = kinds_of(page) or _UNSHOWN
            seen = {k: v for k, v in form_on(page, path).items() if k == "as_seen"}
            for what in self._due({*kinds.values()}):
                fields = {**dict.fromkeys(kinds, NASTY[what]), **seen}
                answer = self._send_one(path, fields, look=what == "markup")
                if answer.status == 403:
                    if is_thorough():
                        continue
                    break  # the door is closed before anything is read
                self.met.update((kind, what) for kind in kinds.values())

    def _due(self, kinds: set[str]) -> list[str]:
        """What a form with such fields is sent, in the order of `NASTY`."""
        new = {what for what in NASTY if not all(self.met[kind, what] for kind in kinds)}
        return [what for what in NASTY if what in {*_ALWAYS, *new} or is_thorough()]

    def _send_one(self, path: str, fields: dict[str, str], *, look: bool) -> Answer:
        """Send, look at the page that follows success if asked to, and undo it."""
        with undone():
            visitor = self._fresh()
            answer = self._post(visitor, path, data=fields)
            self.sent.append(answer)
            if look and answer.location.startswith(self.district.root + "/"):
                after = visitor.client.get(answer.location)
                self.after.append(_answer(f"GET {answer.location} after {answer.asked}", after))
            return answer

    def _post(self, visitor: Visitor, path: str, **options: Any) -> Answer:
        if "json" in options:
            options["headers"] = {"X-CSRFToken": self.token}
        else:
            fields = {"csrf_token": self.token, **options.get("data", {})}
            boundary, body = encode_multipart(fields)  # in memory, however large it is
            kind = f'multipart/form-data; boundary="{boundary}"'
            options |= {"data": body, "content_type": kind}
        answer = visitor.client.post(visitor.root + path, **options)
        return _answer(f"POST {path} as {self.who}", answer)

    def _fresh(self) -> Visitor:
        """A browser with the cookie that the walk began with."""
        visitor = Visitor(self.app.test_client(), self.district.root)
        cookie = self.visitor.client.get_cookie("saas_session", path=f"{visitor.root}/")
        assert cookie is not None
        visitor.client.set_cookie("saas_session", cookie.value, path=f"{visitor.root}/")
        return visitor


def kinds_of(page: str) -> dict[str, str]:
    """The fields of all forms of a page: name → what kind of field it is."""
    kinds = {
        name: " ".join([tag, *_TYPE.findall(said)[:1]]) for tag, said, name in _FIELD.findall(page)
    }
    kinds.pop("csrf_token", None)
    return kinds


@contextmanager
def undone() -> Iterator[None]:
    """What is stored meanwhile is taken back; inside a test's transaction."""
    connection = kernel_db.ScopedSession.get_bind(None)  # type: ignore[arg-type]
    assert isinstance(connection, sa.Connection)
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        tenant_changed.send(None)  # back as it was


def walk(app: Flask, ours: District, theirs: District, who: str | None) -> Walk:
    """The walk of ``who`` through ``ours``, while ``theirs`` holds what nobody there may see."""
    foreign = parts.theirs(theirs)
    made = Walk(app, ours, who)
    with bracketed(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace, "BUCKET", pace.Bucket(burst=100_000, per_second=1))
        made.go(foreign)
    return made
