"""An app with one change more than the product has, and tokens to call it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from marshmallow import Schema, fields, validate
from werkzeug.test import TestResponse

from saas.accounts import commands as accounts
from saas.api import pace
from saas.api.pace import Bucket
from saas.api.routes import Routes
from saas.app import create_app
from saas.kernel import audit
from saas.kernel import db as kernel_db
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.settings import Settings
from saas.territory import queries as territory
from saas.territory.permissions import EDIT, VIEW
from tests.support import District

routes = Routes("marks_api", __name__, title="Marks")


class LineIn(Schema):
    """A part of a mark."""

    text = fields.String(required=True, validate=validate.Length(max=10))


class MarkIn(Schema):
    """What a mark says; "no" is refused."""

    words = fields.String(required=True, validate=validate.Length(min=1, max=40))
    lines = fields.List(fields.Nested(LineIn), load_default=list, validate=validate.Length(max=5))


class MarkOut(Schema):
    """A mark that was made, and how many there are now."""

    unit = fields.String()
    words = fields.String()
    made = fields.Integer()


def marks() -> int:
    """How many marks there are; inside `District.work`."""
    query = sa.select(sa.func.count()).where(audit.AuditEntry.action == "tests.mark")
    return session.scalar(query.select_from(audit.AuditEntry)) or 0


@routes.post("/units/<code>/marks", needs=VIEW, summary="Mark a unit", body=MarkIn, answer=MarkOut)
def mark(actor: Actor, code: str, words: str, lines: list[Any]) -> dict[str, Any]:
    """A deed that leaves one entry each time it is done."""
    unit = territory.access_unit(code, EDIT, actor=actor)
    audit.record("tests.mark", "unit", unit.id, actor=actor, unit_path=unit.path)
    if words == "no":
        raise Conflict
    return {"unit": code, "words": words, "made": marks()}


@pytest.fixture(scope="session")
def api_app(settings: Settings) -> Iterator[Flask]:
    """The product with a route that changes something."""
    made = create_app(settings)
    made.testing = True
    made.extensions["saas_document"].add(made, routes)
    yield made
    with made.app_context():
        kernel_db.db.engine.dispose()


@pytest.fixture(autouse=True)
def _fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets live as long as the process; a test begins with empty ones, larger than it needs."""
    monkeypatch.setattr(pace, "BUCKET", Bucket(burst=10_000, per_second=1))


@pytest.fixture
def ours(api_app: Flask, alpha: District) -> District:
    """The district through that app."""
    return District(api_app, alpha.tenant, alpha.units, alpha.people)


@dataclass
class Program:
    """Somebody's program with its token, or with none."""

    district: District
    token: str | None

    def call(
        self, method: str, path: str, headers: dict[str, str] | None = None, **options: Any
    ) -> TestResponse:
        """Ask the district's API."""
        proof = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"{self.district.root}/api/v1{path}"
        client = self.district.app.test_client()
        return client.open(address, method=method, headers={**proof, **(headers or {})}, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read."""
        return self.call("GET", path, **options)

    def mark(
        self, words: str = "here", key: str | None = None, unit: str = "compound_one"
    ) -> TestResponse:
        """Change something, with a key where one is given."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.call("POST", f"/units/{unit}/marks", headers, json={"words": words})


def program(
    district: District,
    *scopes: str,
    who: str = "admin",
    unit: str = "street",
    name: str = "网格系统",
) -> Program:
    """A program with a token that ``who`` made for ``unit``."""
    with district.work():
        _, text = accounts.add_token(
            name=name,
            unit=district.unit(unit),
            scopes=list(scopes or (VIEW, EDIT)),
            days=30,
            actor=district.actor(who),
        )
    return Program(district, text)
