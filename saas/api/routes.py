"""Declaring routes that answer with JSON, and the order in which each is worked.

The order is that of the pages (`saas.web.pages`): plane, unit of work, who, allowed, and then the
route's own lines. Between "allowed" and those lines the input is checked and the request's key is
looked up; after them the result is dumped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from flask_smorest.spec.plugins import RE_URL
from marshmallow import Schema, fields

from saas.api import pace
from saas.api.answers import answer as answered
from saas.api.bearer import PREFIX
from saas.api.once import once
from saas.api.parsing import Parser
from saas.api.schemas import KeyAsked, PageAsked, PageOut
from saas.kernel.context import Actor
from saas.kernel.unit_of_work import insist
from saas.web.pages import NOBODY, PUBLIC, Access, in_order

Work = Callable[..., Any]
#: Words for people; lazy ones are said in the reader's language when the document is read.
Words = object
_READING = (401, 404, 429, 500, 503)
_CHANGING = (400, 409, 413, 415)
_KEY = "idempotency_key"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a route takes and gives: one of ``answer`` (a thing), ``items`` (a list), ``media`` (a
    file of that type).
    """

    method: str
    needs: str
    summary: Words
    description: Words = ""
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    answer: type[Schema] | None = None
    items: type[Schema] | None = None
    media: str = ""
    status: int = 200
    keyed: bool = False
    parts: Mapping[str, Words] = field(default_factory=dict)

    def inputs(self) -> dict[str, type[Schema]]:
        """Where input comes from → its schema."""
        query = _paged(self.query) if self.items else self.query
        given = {"query": query, "json": self.body, "headers": KeyAsked if self.keyed else None}
        return {location: schema for location, schema in given.items() if schema}

    def errors(self) -> list[int]:
        """The statuses with which it may refuse."""
        found = {*_READING}
        if self.needs != PUBLIC:
            found.add(403)
        if self.method != "GET":
            found.update(_CHANGING)
        if self.inputs():
            found.add(422)
        return sorted(found)


class Routes(Blueprint):  # type: ignore[misc]
    """A domain's routes under ``/api/v1``, of districts. ``title`` heads them in the document."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, *, title: Words) -> None:
        super().__init__(name, import_name, description=title)
        self.tag = name.removesuffix("_api")

    def get(
        self,
        rule: str,
        *,
        needs: str,
        summary: Words,
        description: Words = "",
        query: type[Schema] | None = None,
        answer: type[Schema] | None = None,
        items: type[Schema] | None = None,
        parts: Mapping[str, Words] | None = None,
    ) -> Callable[[Work], Work]:
        """Declare a read. ``needs`` is as for a page.

        The function gets the actor, then by name the parts of the path and the values of
        ``query``. With ``answer`` it returns one thing. With ``items`` it gets ``page`` and
        ``page_size`` too and returns the rows of that page and how many there are in all.
        """
        return self._declare(
            rule,
            Promise(
                "GET", needs, summary, description, query, None, answer, items, parts=parts or {}
            ),
        )

    def file(
        self,
        rule: str,
        *,
        needs: str,
        media: str,
        summary: Words,
        parts: Mapping[str, Words] | None = None,
    ) -> Callable[[Work], Work]:
        """Declare the reading of a file of type ``media``; the function returns the response."""
        return self._declare(rule, Promise("GET", needs, summary, media=media, parts=parts or {}))

    def post(
        self,
        rule: str,
        *,
        needs: str,
        summary: Words,
        body: type[Schema],
        answer: type[Schema],
        description: Words = "",
        query: type[Schema] | None = None,
        status: int = 201,
        keyed: bool = True,
        parts: Mapping[str, Words] | None = None,
    ) -> Callable[[Work], Work]:
        """Declare a change. The function gets the values of ``body`` by name as well.

        ``keyed``: who sends an Idempotency-Key is answered twice and served once. When somebody
        else stored the same in this moment the function is called again.
        """
        return self._declare(
            rule,
            Promise(
                "POST",
                needs,
                summary,
                description,
                query,
                body,
                answer,
                status=status,
                keyed=keyed,
                parts=parts or {},
            ),
        )

    def _declare(self, rule: str, promise: Promise) -> Callable[[Work], Work]:
        def declare(work: Work) -> Work:
            _ensure_apart(rule, promise)
            checked = self._with_inputs(_done(work, promise), promise)
            view = in_order(Access("tenant", promise.needs, NOBODY), _guarded(checked))
            self.add_url_rule(
                PREFIX + rule,
                work.__name__,
                view,
                methods=[promise.method],
                tags=[self.tag],
                parameters=[
                    {"in": "path", "name": name, "description": words}
                    for name, words in promise.parts.items()
                ],
            )
            return work

        return declare

    def _with_inputs(self, work: Work, promise: Promise) -> Work:
        """Check what comes in and pass it on by name, and note for the document what goes out."""
        for location, schema in promise.inputs().items():
            work = self.arguments(schema(), location=location, as_kwargs=True)(work)
        said = {
            "summary": promise.summary,
            "description": promise.description,
            "x-needs": promise.needs,
            "security": _security(promise.needs),
            "responses": {status: HTTPStatus(status).name for status in promise.errors()},
        }
        media = promise.media or None
        work = self.response(promise.status, _shape(promise), content_type=media)(work)
        documented: Work = self.doc(**said)(work)
        return documented


def _paged(query: type[Schema] | None) -> type[Schema]:
    bases = (PageAsked, query) if query else (PageAsked,)
    return type(f"{query.__name__ if query else ''}Paged", bases, {})


def _shape(promise: Promise) -> type[Schema] | dict[str, str] | None:
    """The schema of the whole answer: of one thing, of a page with its items, of a file."""
    if promise.media:
        return {"type": "string", "format": "binary"}
    if promise.items is None:
        return promise.answer
    many = fields.List(fields.Nested(promise.items), required=True)
    return type(f"{promise.items.__name__.removesuffix('Out')}Page", (PageOut,), {"items": many})


def _security(needs: str) -> list[dict[str, list[str]]]:
    known: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    return [{}, *known] if needs == PUBLIC else known


def _ensure_apart(rule: str, promise: Promise) -> None:
    """Everything arrives by name: a part of the path must not share its name with a field."""
    names = [set(RE_URL.findall(rule))]
    names += [
        {name for name, _ in vars(schema)["_declared_fields"].items()}
        for schema in promise.inputs().values()
    ]
    if sum(map(len, names)) != len(set().union(*names)):
        raise TypeError(f"{promise.method} {rule} takes two values under one name")


def _guarded(work: Work) -> Work:
    """Nobody changes anything by another site's page, or faster than allowed."""

    @wraps(work)
    def guarded(actor: Actor, **parts: Any) -> Response:
        if request.method in {"GET", "HEAD"}:
            return work(actor, **parts)  # type: ignore[no-any-return]
        if actor.signed_in and actor.kind != "token":
            current_app.extensions["csrf"].protect()
        pace.ensure_few_changes(actor)
        response: Response = work(actor, **parts)
        pace.count_change(actor)
        return response

    return guarded


def _done(work: Work, promise: Promise) -> Work:
    """Do the work and dump its result; with a key, once. A file leaves as it is."""
    if promise.media:
        return work
    dump = _dumping(promise)

    @wraps(work)
    def done(actor: Actor, **given: Any) -> Response:
        if promise.method == "GET":
            return answered(dump(work(actor, **given), given))
        key = given.pop(_KEY, None)

        def change() -> dict[str, Any]:
            return insist(lambda: dump(work(actor, **given), given))

        if key is None:
            return answered(change(), promise.status)
        status, body, replayed = once(
            key, _fingerprint(), actor=actor, status=promise.status, work=change
        )
        response = answered(body, status)
        if replayed:
            response.headers["Idempotency-Replayed"] = "true"
        return response

    return done


def _dumping(promise: Promise) -> Callable[[Any, Mapping[str, Any]], dict[str, Any]]:
    if promise.items is None:
        one = (promise.answer or Schema)()
        return lambda thing, given: one.dump(thing)
    many = promise.items(many=True)

    def page(found: tuple[Any, int], given: Mapping[str, Any]) -> dict[str, Any]:
        rows, total = found
        pages = max(1, -(-total // given["page_size"]))
        return {"total": total, "page": given["page"], "pages": pages, "items": many.dump(rows)}

    return page


def _fingerprint() -> str:
    """What makes two requests the same: method, address with query, body."""
    head = f"{request.method} {request.full_path}\n".encode()
    return sha256(head + request.get_data(cache=True)).hexdigest()
