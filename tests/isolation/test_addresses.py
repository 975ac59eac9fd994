"""Which district a request is for: nothing that a client may choose freely decides it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.app import create_app
from saas.kernel import clock
from saas.kernel.context import entering
from saas.kernel.db import db, session
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import queries
from saas.tenancy.models import Host, Tenant
from tests.support import District

BASE = "gov.example"


@pytest.fixture
def addressed(settings: Settings, alpha: District, app: Flask) -> Iterator[Flask]:
    """An app that knows its base domain and a custom domain of alpha."""
    with app.app_context(), entering(app.extensions["saas"].hub), unit_of_work():
        session.add(
            Host(host="alpha.example.org", tenant_id=alpha.tenant.id, proved_at=sa.func.now())
        )
    made = create_app(replace(settings, base_domain=BASE))
    yield made
    with made.app_context():
        db.engine.dispose()


def _name(app: Flask, host: str, path: str = "/", **headers: str) -> tuple[int, str]:
    answer = app.test_client().get(path, headers={"Host": host, **headers})
    return answer.status_code, answer.text


def test_path_subdomain_and_custom_domain_lead_to_the_district(addressed: Flask) -> None:
    for host, path in [
        (BASE, "/d/alpha/"),
        (f"alpha.{BASE}", "/"),
        ("alpha.example.org", "/"),
        ("ALPHA.example.org:443", "/"),
    ]:
        status, text = _name(addressed, host, path)
        assert status == 200, (host, path)
        assert "alpha区" in text


def test_unknown_hosts_and_codes_are_not_found(addressed: Flask) -> None:
    for host, path in [
        ("evil.example", "/"),
        ("evil.example", "/d/alpha/"),
        (f"nobody.{BASE}", "/"),
        (f"x.alpha.{BASE}", "/"),
        (BASE, "/d/nobody/"),
        (BASE, "/d/../alpha/"),
        (BASE, "/d/%00/"),
        (BASE, "/d/public/"),
    ]:
        status, text = _name(addressed, host, path)
        assert status == 404, (host, path)
        assert "alpha区" not in text


def test_forwarded_headers_and_cookies_choose_nothing(addressed: Flask) -> None:
    for headers in [
        {"X-Forwarded-Host": "alpha.example.org"},
        {"X-Tenant": "alpha"},
        {"Forwarded": "host=alpha.example.org"},
        {"X-Original-Host": "alpha.example.org"},
        {"Cookie": "tenant=alpha"},
    ]:
        assert "alpha区" not in _name(addressed, BASE, "/?tenant=alpha&d=alpha", **headers)[1]


def test_a_flood_of_invented_names_asks_the_database_once_each_at_most(
    addressed: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = create_app(replace(settings, base_domain=BASE, registry_seconds=60))
    asked: list[str] = []
    find = queries.find_by_code
    monkeypatch.setattr(queries, "find_by_code", lambda code: asked.append(code) or find(code))
    for _ in range(20):
        _name(calm, f"nobody.{BASE}")
        _name(calm, f"NOT-A-CODE-.{BASE}")
    with calm.app_context():
        db.engine.dispose()
    assert asked == ["nobody"]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("requested", 404),
        ("provisioning", 404),
        ("failed", 404),
        ("active", 200),
        ("suspended", 423),
        ("maintenance", 503),
        ("closing", 423),
        ("archived", 410),
        ("deleted", 410),
    ],
)
def test_a_state_says_what_the_door_answers(
    app: Flask, alpha: District, state: str, status: int
) -> None:
    with app.app_context(), entering(app.extensions["saas"].hub), unit_of_work():
        session.execute(
            sa.update(Tenant)
            .where(Tenant.code == "alpha")
            .values(state=state, state_reason="搬迁", activated_at=clock.now())
        )
    answer = app.test_client().get("/d/alpha/rooms")
    assert answer.status_code == status
    assert ("data-room" in answer.text) == (status == 200)
    assert app.test_client().get("/d/alpha/look/plain.css").mimetype == "text/css"
    if status == 503:
        assert answer.headers["Retry-After"]


def test_redirects_never_lead_out_of_the_district(alpha: District, beta: District) -> None:
    for target in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        f"{beta.root}/",
        "javascript:alert(1)",
        f"{alpha.root}/\n/evil",
        "/hub/",
    ]:
        visitor = alpha.client()
        answer = visitor.post(
            "/sign-in", login="resident", password="a sentence to remember", next=target
        )
        assert answer.location == f"{alpha.root}/", target
        answer = visitor.get("/language/en", query_string={"next": target})
        assert answer.location == f"{alpha.root}/", target


def test_a_line_break_in_an_address_does_not_lead_out_of_the_district(alpha: District) -> None:
    answer = alpha.client().get("/api/v1/streets/%0A%1E")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("/track/", "/track"),
        ("/rooms/?street=x&q=1", "/rooms?street=x&q=1"),
        ("/。", "/"),
        ("/track。", "/track"),
        ("/track，", "/track"),
        ("/rooms/alpha_street/nothing。", "/rooms/alpha_street/nothing"),
        ("/track%20", "/track"),
        ("/track%E2%80%8B)", "/track"),
    ],
)
def test_an_address_is_forgiven_what_was_pasted_behind_it(
    alpha: District, pasted: str, meant: str
) -> None:
    browser = alpha.app.test_client()
    answer = browser.get(f"{alpha.root}{pasted}")
    assert (answer.status_code, answer.location) == (308, f"{alpha.root}{meant}")
    assert browser.post(f"{alpha.root}{pasted}").status_code != 308


def test_a_code_is_forgiven_a_capital_and_leads_into_the_same_district(alpha: District) -> None:
    browser = alpha.app.test_client()
    for pasted, meant in {
        "/d/Alpha/": "/d/alpha/",
        "/d/ALPHA/track?q=%E9%99%A2": "/d/alpha/track?q=%E9%99%A2",
        "/d/alpha。": "/d/alpha",
        "/d/Alpha/rooms/%E5%9D%8A": "/d/alpha/rooms/%E5%9D%8A",
    }.items():
        answer = browser.get(pasted)
        assert (answer.status_code, answer.location) == (308, meant)
        assert browser.post(pasted).status_code in {400, 404}


@pytest.mark.parametrize(
    "path",
    ["/d/Nobody/", "/d/alpha/nothing/", "/d/alpha//evil.example/。", "/d/alpha/api/v1/nothing/",
     "/d/alpha/demands/new/x/y/z/"],
)  # fmt: skip
def test_what_leads_nowhere_either_way_is_not_redirected(alpha: District, path: str) -> None:
    answer = alpha.app.test_client().get(path)
    assert answer.status_code in {302, 404}
    assert "evil" not in (answer.location or "")


def test_no_pasted_address_leads_out_of_a_district_with_a_domain_of_its_own(
    addressed: Flask,
) -> None:
    browser = addressed.test_client()
    for path in (
        "//evil.example/。",
        "///evil.example。",
        "/%2Fevil.example/。",
        "/\\evil.example/",
    ):
        answer = browser.get(path, headers={"Host": "alpha.example.org"})
        assert not (answer.location or "/").startswith(("//", "/\\", "http://evil"))
