"""Before it goes live nobody but its staff sees anything of a district, whatever they ask for."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from saas.accounts import commands as accounts
from saas.kernel.context import SYSTEM, entering
from saas.kernel.errors import Conflict
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands as tenancy
from saas.tenancy import queries
from saas.themes import commands as cultures
from saas.themes import queries as themes
from saas.web.pages import EVERYBODY, NOBODY, STAFF, Access
from tests.support import PASSWORD, District, Visitor

#: What answers to everybody, and why it reveals nothing: signing in, leaving, how pages are read.
OPEN = {
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.by_code",
    "accounts.by_slip",
    "accounts.welcome",
    "hosting.enter",  # with a ticket that the district's own grant made
    "vouching.sign_in",
    "vouching.back",
    "vouching.come",
    "signin.second",
    "signin.set_up",
    "signin.app",
    "signin.passkey",
    "signin.codes",
    "shell.language",
    "shell.letters",
    "themes.css",
    "themes.css_of",
    "static",
}


def _access(app: Flask, rule: Rule) -> Access:
    found: Access = vars(app.view_functions[rule.endpoint])["__saas_access__"]
    return found


def _address(rule: Rule) -> str:
    return re.sub(r"<(int:)?[^>]*>", lambda part: "1" if part[1] else "x", rule.rule)


def _ours(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if _access(app, rule).plane != "hub"]


def test_who_passes_early_is_declared_route_by_route(app: Flask) -> None:
    early = {rule.endpoint: _access(app, rule).early for rule in _ours(app)}
    assert {endpoint for endpoint, who in early.items() if who == EVERYBODY} == OPEN
    programs = {
        rule.endpoint
        for rule in _ours(app)
        if rule.rule.startswith(("/api/v1/", "/open311/")) and not rule.endpoint.startswith("api.")
    }
    assert {endpoint for endpoint, who in early.items() if who == NOBODY} == programs
    assert set(early.values()) == {EVERYBODY, STAFF, NOBODY}


@pytest.mark.parametrize("who", [None, "resident", "token"])
def test_every_address_answers_the_same_to_everybody_else(
    app: Flask, prepared: District, who: str | None
) -> None:
    visitor, headers = prepared.client(who if who != "token" else None), {}
    if who == "token":
        with prepared.work():
            _, text = accounts.add_token(
                name="网格系统", unit=prepared.unit("root"), days=30,
                scopes=["rooms:room:view"], actor=prepared.actor("admin"),
            )  # fmt: skip
        headers = {"Authorization": f"Bearer {text}"}
    told = set()
    for path, methods in [
        (_address(r), r.methods or set()) for r in _ours(app) if _access(app, r).early != EVERYBODY
    ] + [("/no-such-page", {"GET"})]:
        for method in {"GET", "POST", "PUT"} & {*methods, "PUT"}:
            answer = visitor.client.open(visitor.root + path, method=method, headers=headers)
            assert answer.status_code == 404, f"{method} {path}: {answer.status_code}"
            assert not {"alphastreet", "诉求"} & _words(answer.text), path
            if not path.startswith("/api/"):
                told.add(re.sub(r"next=[^\"]*", "", answer.text))
    assert len(told) == 1
    page = told.pop()
    assert "/sign-in" in page
    assert "alpha区" in page, (
        "whose it is, so that who comes too early knows that it is the right one"
    )
    assert "运营台" not in page


def _words(text: str) -> set[str]:
    return {word for word in ("alphastreet", "诉求") if word in text}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/welcome/no-such-link", "/look/any.css"])
def test_what_is_open_to_everybody_shows_the_name_and_no_culture(
    prepared: District, path: str
) -> None:
    with prepared.work():
        admin = prepared.actor("admin")
        cultures.begin("daan", actor=admin)
        number = cultures.publish("ours", actor=admin).number
        cultures.apply(number, actor=admin)
        palette = themes.current_pack().palette
    visitor = prepared.client()
    for answer in (visitor.get(path), visitor.client.post(prepared.root + path)):
        assert ("alpha区" in answer.text) == (answer.mimetype == "text/html"), path
        assert palette.accent[1:].lower() not in answer.text.lower()
        assert f"edition-{number}" not in answer.text
    assert f"/look/edition-{number}/" in prepared.client("admin").get("/units").text


def test_staff_work_as_ever_and_may_come_in_by_invitation(prepared: District) -> None:
    for who, path in (("admin", "/units"), ("courtyard", "/demands"), ("keeper", "/rooms")):
        assert prepared.client(who).get(path).status_code == 200
    with prepared.work():
        person = accounts.add_person(name="新人", login="fresh", actor=prepared.actor("admin"))
        token = accounts.invite(person, actor=prepared.actor("admin")).token
    guest = Visitor(prepared.app.test_client(), prepared.root)
    assert guest.get(f"/welcome/{token}").status_code == 200
    assert guest.get("/look/plain.css").status_code == 200
    set_up = guest.post(f"/welcome/{token}", form=f"/welcome/{token}", password=PASSWORD)
    assert set_up.status_code == 302
    assert guest.get("/").status_code == 404, "a person without a post is no staff"


def test_programs_are_kept_out_even_with_the_cookie_of_staff(prepared: District) -> None:
    staff = prepared.client("admin")
    assert staff.get("/api/v1/units").status_code == 404
    assert staff.get("/open311/v2/services.json").status_code == 404
    assert staff.get("/api/v1/units").json["code"] == "preparing"


def test_closed_for_a_while_and_opened_again_it_is_still_being_prepared(
    app: Flask, prepared: District
) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        assert tenancy.suspend("alpha", reason="整改", actor=SYSTEM).state == "suspended"
        row = queries.access_tenant("alpha")
        with pytest.raises(Conflict):
            tenancy.move(row, "active", actor=SYSTEM)
        assert tenancy.resume("alpha", actor=SYSTEM).state == "preparing"


def test_a_district_in_service_has_no_gate(alpha: District) -> None:
    visitor = Visitor(alpha.app.test_client(), alpha.root)
    assert visitor.get("/").status_code == 200
    assert visitor.get("/open311/v2/services.json").status_code == 200
