"""An operator looks into a district: only by its leave, only to look, only for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts.models import Person
from saas.hosting import commands, rules
from saas.hosting.models import SupportEntry, SupportGrant
from saas.jobs.queue import JOBS
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor, entering
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenants
from saas.tenancy.events import tenant_changed
from tests.support import District, Visitor, bring_up

AT, DOOR = "/settings/support", "/hub/districts/alpha/support"


def _grant(district: District) -> Visitor:
    admin = district.client("admin")
    admin.get("/language/en")
    assert admin.post(AT, form=AT, reason="The clock seems wrong").status_code == 302
    return admin


def _ticket(operator: Visitor) -> str:
    answer = operator.post(DOOR, form=DOOR)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].removeprefix("/d/alpha")


def _looking(operator: Visitor, district: District) -> Visitor:
    ticket = _ticket(operator)
    inside = district.client()
    assert inside.get("/language/en").status_code == 302
    assert inside.post(ticket, form=ticket).status_code == 302
    return inside


def _deeds(district: District) -> list[tuple[str, str]]:
    with district.work():
        query = sa.select(AuditEntry.action, AuditEntry.actor_name).order_by(AuditEntry.id)
        return [
            (action.removeprefix("hosting."), name)
            for action, name in session.execute(query)
            if action.startswith("hosting.")
        ]


def test_without_a_grant_the_operators_door_is_not_there(operator: Visitor) -> None:
    assert operator.get(DOOR).status_code == 404
    assert operator.post(DOOR, form="/hub/").status_code == 404
    assert operator.get("/hub/districts/nowhere/support").status_code == 404
    assert "/support" not in operator.get("/hub/districts/alpha").text


def test_only_the_administrator_lets_them_in(alpha: District) -> None:
    assert alpha.client("officer").get(AT).status_code == 403
    assert alpha.client("resident").post(AT, reason="x").status_code == 403
    admin = alpha.client("admin")
    assert admin.post(AT, form=AT, reason="").status_code == 422


def test_granted_looked_in_and_left_stands_in_the_districts_own_audit(
    operator: Visitor, alpha: District
) -> None:
    admin = _grant(alpha)
    assert DOOR in operator.get("/hub/districts/alpha").text
    assert "The clock seems wrong" in operator.get(DOOR).text
    inside = _looking(operator, alpha)
    page = inside.get("/demands").text
    assert "Support view" in page
    assert "allowed by" in page
    assert inside.post("/support/leave", form="/demands").status_code == 302
    assert inside.get("/demands").status_code == 302
    assert [deed for deed, _ in _deeds(alpha)] == [
        "grant_support",
        "enter_support",
        "leave_support",
    ]
    assert _deeds(alpha)[1][1] == "值班员"
    assert "值班员" in admin.get(AT).text


def test_why_they_are_let_in_stays_with_the_grant_for_it_may_name_somebody(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    _grant(alpha)
    assert "The clock seems wrong" in operator.get(DOOR).text
    with alpha.work():
        grants = AuditEntry.action == "hosting.grant_support"
        facts = session.scalars(sa.select(AuditEntry.facts).where(grants)).all()
        assert facts
        assert "The clock" not in str(facts)
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        (first, *_) = tenants.events_of(tenants.access_tenant("alpha"))
        assert (first.verb, first.reason) == ("allow_support", None)


def test_every_page_is_for_looking_alone(operator: Visitor, alpha: District) -> None:
    _grant(alpha)
    inside = _looking(operator, alpha)
    code = alpha.units["street"]
    for path in ("/demands", f"/units/{code}", "/people", "/organisations"):
        answer = inside.get(path)
        assert answer.status_code == 200, path
        assert "Support view" in answer.text, path
    for path in (
        "/people/new",
        "/settings/support/withdraw",
        "/sign-out",
        "/me/password",
        "/inbox",
    ):
        assert inside.post(path, form="/demands").status_code in {403, 404, 405}, path
    for path in (AT, "/people/second", "/settings", "/account/sign-ins"):
        assert inside.get(path).status_code in {403, 404}, path


def test_no_page_breaks_and_none_gives_a_file(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    """Every address without parts, as one who looks on."""
    _grant(alpha)
    inside = _looking(operator, alpha)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments or rule.rule.startswith("/hub"):
            continue
        answer = inside.get(rule.rule)
        assert answer.status_code < 500, rule.rule
        if answer.status_code == 200 and not rule.rule.startswith(
            ("/healthz", "/readyz", "/metrics")
        ):
            assert answer.mimetype.startswith(("text/", "image/", "application/manifest")), (
                rule.rule
            )
            assert "attachment" not in answer.headers.get("Content-Disposition", ""), rule.rule
    assert inside.get("/people?format=xlsx").mimetype in {"text/html", "application/problem+json"}


def test_numbers_and_names_that_readers_do_not_see_stay_hidden(
    operator: Visitor, alpha: District
) -> None:
    _grant(alpha)
    with alpha.work():
        session.get_one(Person, alpha.people["community"]).phone = "13800001234"
    inside = _looking(operator, alpha)
    page = inside.get(f"/people/{alpha.people['community']}")
    assert page.status_code == 200
    assert "13800001234" not in page.text
    may = rules.looking_permissions(
        {"care:folder:view", "demands:demand:view", "demands:demand:handle", "district:audit:view"},
        {"district:audit:view"},
    )
    assert may == {"demands:demand:view"}


def test_nobody_becomes_a_person_of_the_district(operator: Visitor, alpha: District) -> None:
    with alpha.work():
        before = session.scalar(sa.select(sa.func.count(Person.id)))
    admin = _grant(alpha)
    _looking(operator, alpha)
    with alpha.work():
        assert session.scalar(sa.select(sa.func.count(Person.id))) == before
    assert "值班员" not in admin.get("/people").text


def test_withdrawn_it_is_over_with_the_next_press(operator: Visitor, alpha: District) -> None:
    admin = _grant(alpha)
    inside = _looking(operator, alpha)
    assert inside.get("/demands").status_code == 200
    assert admin.post("/settings/support/withdraw", form=AT).status_code == 302
    assert inside.get("/demands").status_code == 302
    assert operator.get(DOOR).status_code == 404
    assert _deeds(alpha)[-1][0] == "withdraw_support"


def test_after_two_hours_it_ends_by_itself(operator: Visitor, alpha: District) -> None:
    _grant(alpha)
    inside = _looking(operator, alpha)
    with alpha.work():
        grant = session.scalars(sa.select(SupportGrant)).one()
        assert grant.ends_at - grant.granted_at == timedelta(hours=2)
        grant.ends_at -= timedelta(hours=2)
        number = grant.id
    assert inside.get("/demands").status_code == 302
    with alpha.work():
        JOBS["hosting.end_support"].run(grant=number)
    assert _deeds(alpha)[-1] == ("support_ran_out", "system")


def test_a_ticket_opens_once_for_a_minute_and_in_its_district_alone(
    operator: Visitor, alpha: District, beta: District
) -> None:
    _grant(alpha)
    ticket = _ticket(operator)
    there = beta.client()
    assert there.get(ticket).status_code == 404
    inside = alpha.client()
    assert inside.post(ticket, form=ticket).status_code == 302
    assert inside.get(ticket).status_code == 404
    assert there.get("/demands").status_code == 302
    late = _ticket(operator)
    with alpha.work():
        session.execute(
            sa.update(SupportEntry)
            .where(SupportEntry.entered_at.is_(None))
            .values(ticket_until=SupportEntry.ticket_until - rules.TICKET_LASTS)
        )
    assert inside.get(late).status_code == 404


def test_the_cookie_of_one_district_is_none_in_another(
    operator: Visitor, alpha: District, beta: District
) -> None:
    _grant(alpha)
    _grant(beta)
    inside = _looking(operator, alpha)
    cookie = inside.client.get_cookie("saas_session", path=f"{alpha.root}/")
    assert cookie is not None
    thief = beta.client()
    thief.client.set_cookie("saas_session", cookie.value, path=f"{beta.root}/")
    assert thief.get("/demands").status_code == 302


def test_who_is_out_of_the_hub_is_out_of_the_district(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    _grant(alpha)
    inside = _looking(operator, alpha)
    assert operator.post("/hub/sign-out", form="/hub/").status_code == 302
    assert inside.get("/demands").status_code == 302


@pytest.mark.parametrize("how", ["disabled", "epoch"])
def test_an_operator_who_is_none_any_more_is_out_too(
    app: Flask, operator: Visitor, alpha: District, how: str
) -> None:
    _grant(alpha)
    inside = _looking(operator, alpha)
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        known = tenants.find_operator("looks")
        assert known is not None
        if how == "epoch":
            tenancy.forget_second("looks")
        else:
            known.disabled_at = sa.func.now()  # type: ignore[assignment]
    assert inside.get("/demands").status_code == 302


def test_an_operator_without_a_sign_in_gets_no_ticket(alpha: District) -> None:
    _grant(alpha)
    with alpha.work(), pytest.raises(NotFound):
        commands.new_ticket(actor=Actor("operator", 1, "x", "x"))


def test_a_district_that_is_being_prepared_can_be_looked_into_too(
    app: Flask, operator: Visitor, alpha: District
) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        tenants.access_tenant("alpha").state = "preparing"
        session.flush()
        tenant_changed.send("alpha")
    _grant(alpha)
    stranger = alpha.client()
    assert stranger.get("/people").status_code == 404
    inside = _looking(operator, alpha)
    assert inside.get("/people").status_code == 200
    assert inside.post("/support/leave", form="/people").status_code == 302
    assert inside.get("/people").status_code == 404


@pytest.mark.commits
def test_the_hub_hears_of_a_grant_when_it_is_stored_and_not_of_one_that_is_not(
    app: Flask,
) -> None:
    district = bring_up(app, "overheard")

    def shown() -> object:
        with app.test_request_context(), entering(app.extensions["saas"].hub):
            return tenants.access_tenant("overheard").support_until

    def broken() -> None:
        with district.work():
            commands.grant_support(reason="then something breaks", actor=district.actor("admin"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert shown() is None
    with district.work():
        commands.grant_support(reason="the clock seems wrong", actor=district.actor("admin"))
    assert shown() is not None
    with district.work():
        commands.withdraw_support(actor=district.actor("admin"))
    assert shown() is None
