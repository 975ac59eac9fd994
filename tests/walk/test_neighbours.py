"""At a neighbour's own door: the things asked for are there; signing in counts at home only."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support import CAST, District, token_in
from tests.walk import parts
from tests.walk.routes import access_of, address, methods, routes
from tests.walk.walking import words_of


@pytest.fixture
def theirs(alpha: District, beta: District) -> parts.Parts:
    """Things that only beta has."""
    return parts.theirs(beta)


def test_the_same_calls_do_find_something_at_the_neighbours_own_door(
    app: Flask, beta: District, theirs: parts.Parts
) -> None:
    """The test above asks for things that are there: their own administrator is shown them."""
    visitor = beta.client("admin")
    found = [
        rule.rule
        for rule in routes(app)
        if rule.arguments and "GET" in methods(rule)
        and parts.MARK in words_of(visitor.get(address(rule, theirs)))
    ]  # fmt: skip
    assert len(found) >= 5, found


@pytest.mark.parametrize("who", sorted(CAST))
def test_a_session_of_one_district_is_nobody_in_another(
    app: Flask, alpha: District, beta: District, theirs: parts.Parts, who: str
) -> None:
    at_home, stolen = alpha.client(who), app.test_client()
    cookie = at_home.client.get_cookie("saas_session", path=f"{alpha.root}/")
    assert cookie is not None
    assert at_home.get("/demands/mine").status_code == 200
    for path in (f"{beta.root}/", "/"):
        stolen.set_cookie("saas_session", cookie.value, path=path)
    for rule in routes(app):
        if access_of(app, rule).needs == "public" or "GET" not in methods(rule):
            continue
        answer = stolen.get(beta.root + address(rule, theirs))
        asks = 401 if rule.rule.startswith("/api/") else 302
        assert answer.status_code == asks, f"{rule.rule}: {answer.status_code}"
        assert asks == 401 or "/sign-in" in answer.location
    assert "/hub/sign-in" in stolen.get("/hub/").location


def test_a_csrf_token_of_one_district_is_refused_in_another(
    alpha: District, beta: District
) -> None:
    ours = alpha.client("resident")
    token = token_in(ours.client.get(f"{alpha.root}/rooms").text)
    visitor = beta.client("resident")
    refused = visitor.client.post(f"{beta.root}/sign-out", data={"csrf_token": token})
    assert refused.status_code == 400
    assert visitor.get("/demands/mine").status_code == 200
    assert visitor.post("/sign-out", form="/rooms").status_code == 302
    assert visitor.get("/demands/mine").status_code == 302
