"""Addresses and headers that no link of ours leads to: an answer, never a broken request."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.routing import IntegerConverter, Rule

from saas.tenancy import queries
from saas.web.shell import PageOf
from tests.support import CAST, District, token_in

NAMES = ("q", "kind", "level", "category", "street", "status", "thing", "at", "unit", "source")
#: More than a bigint holds.
HUGE = "9" * 30


def _rules(app: Flask, plane: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "__saas_access__")  # noqa: B009
        if access.plane in {plane, "any"} and rule.endpoint != "static":
            yield rule


def _filled(rule: Rule, text: str, number: str) -> str:
    _, path = rule.build(
        {
            name: 7 if isinstance(rule._converters[name], IntegerConverter) else "NAME"
            for name in rule.arguments
        }
    ) or ("", "")
    return path.replace("NAME", text).replace("/7", f"/{number}")


@pytest.mark.parametrize("who", ["admin", None])
def test_a_zero_byte_in_an_address_is_refused_and_breaks_nothing(
    app: Flask, alpha: District, who: str | None
) -> None:
    visitor = alpha.client(who)
    odd = "&".join(f"{name}=%00" for name in NAMES)
    for rule in _rules(app, "tenant"):
        for path in (_filled(rule, "%00", "1"), _filled(rule, "daan", "1") + f"?{odd}"):
            if "%00" in path and "GET" in (rule.methods or set()):
                answer = visitor.get(path)
                assert 400 <= answer.status_code < 500, f"{path}: {answer.status_code}"
    for path in ("/hub/?q=%00", "/hub/districts/%00", "/look/%00.css", "/%00"):
        assert 400 <= app.test_client().get(path).status_code < 500, path


def test_a_number_that_no_key_can_be_is_not_found(app: Flask, alpha: District) -> None:
    visitor = alpha.client("admin")
    seen = 0
    for rule in _rules(app, "tenant"):
        path = _filled(rule, "daan", HUGE)
        if HUGE in path and "GET" in (rule.methods or set()):
            assert visitor.get(path).status_code == 404, path
            seen += 1
    assert seen >= 3


def test_the_number_of_a_page_may_be_as_long_as_somebody_likes(alpha: District) -> None:
    visitor, endless = alpha.client("admin"), "9" * 5_000
    for path in ("/people", "/inbox", "/api/v1/streets"):
        assert visitor.get(f"{path}?page={endless}").status_code < 500, path


@pytest.mark.parametrize("host", ["a" * 64, "a" * 300, "a..b"])
def test_a_host_that_no_name_can_be_is_refused_without_internals(app: Flask, host: str) -> None:
    answer = app.test_client().get("/d/alpha/rooms", headers={"Host": host})
    assert answer.status_code == 400
    assert "alpha区" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "odd", ["endpoint=x", "_scheme=https", "_external=1", "_anchor=x", "_method=POST", "number=3"]
)
def test_what_stands_in_an_address_does_not_turn_the_links_of_a_list(app: Flask, odd: str) -> None:
    page = PageOf(1, 90, 30)
    with app.test_request_context(f"/d/alpha/people?q=%26a%3D1&page=1&{odd}"):
        url = page.url(2)
        assert urljoin(request.url, url).startswith("http://localhost/d/alpha/people?q=%26a%3D1")
        assert "page=2" in url


def test_a_way_out_of_the_district_is_no_way_on(alpha: District) -> None:
    for odd in ("/../beta/", "/./../hub/", "/x/%2e%2e/%2E./hub/", "/%2e%2e/beta/"):
        answer = alpha.client().get("/language/en", query_string={"next": alpha.root + odd})
        assert answer.location == f"{alpha.root}/", odd


def test_a_database_that_is_away_is_said_and_does_not_break_the_door(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: str) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(queries, "find_by_code", gone)
    monkeypatch.setattr(queries, "find_by_host", gone)
    answer = app.test_client().get("/d/away/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert app.test_client().get("/healthz", headers={"Host": "away.example"}).status_code == 200


def _kept_by_all(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert "public" in answer.headers["Cache-Control"], path
    assert "Set-Cookie" not in answer.headers, f"{path} hands out a sign-in with a kept answer"
    assert "Cookie" not in answer.headers.get("Vary", ""), path


@pytest.mark.parametrize("who", sorted(CAST))
def test_an_answer_that_caches_may_keep_carries_nobodys_sign_in(alpha: District, who: str) -> None:
    visitor = alpha.client(who)
    _kept_by_all(visitor.client, f"{alpha.root}/look/plain.css")
    assert visitor.get("/me").status_code == 200
    assert token_in(visitor.get("/me/password").text)
