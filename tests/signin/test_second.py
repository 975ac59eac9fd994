"""The second step: given, guessed, lost, forgotten by two, asked for before what is dangerous."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from saas.accounts.models import Person
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import commands, queries, rules
from saas.signin.models import SignIn
from saas.tenancy import commands as tenancy
from saas.tenancy.models import Operator
from tests.signin.authenticator import SoftKey
from tests.support import PASSWORD, District, Visitor, bring_up, form_on

SECOND = "/account/second"


def _in(district: District, who: str) -> Visitor:
    visitor = district.client()
    visitor.get("/language/en")
    assert visitor.post("/sign-in", login=who, password=PASSWORD).status_code == 302
    visitor.keeps()  # the token of the session that began
    return visitor


def _secret(page: str) -> str:
    found = re.search(r"secret=([A-Z2-7]+)", page)
    assert found, page
    return found.group(1)


def _code(secret: str, *, step: int = 0) -> str:
    """What an app shows, ``step`` half minutes from now."""
    return pyotp.TOTP(secret).generate_otp(int(queries.world_now().timestamp()) // 30 + step)


def _codes(page: str) -> list[str]:
    return re.findall(r"<li><code>([A-Z0-9-]{11})</code>", page)


def _add_app(visitor: Visitor) -> tuple[str, list[str]]:
    """Set an app up: its secret and the printed codes that came with it."""
    page = visitor.get(f"{SECOND}/app").text
    secret = _secret(page)
    sealed = form_on(page, "/account/second/app")["secret"]
    done = visitor.post(f"{SECOND}/app", secret=sealed, code=_code(secret))
    assert done.status_code in {200, 302}, done.text
    return secret, _codes(done.text)


def _options(page: str) -> dict[str, Any]:
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    options: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    return options


def _password(district: District, who: str) -> tuple[Visitor, TestResponse]:
    visitor = district.client()
    visitor.get("/language/en")
    return visitor, visitor.post("/sign-in", login=who, password=PASSWORD)


def test_with_an_app_a_password_alone_does_not_get_in(alpha: District) -> None:
    owner = _in(alpha, "community")
    other = _in(alpha, "community")
    secret, codes = _add_app(owner)
    assert len(set(codes)) == 10
    assert owner.get("/me").status_code == 200
    assert other.get("/me").status_code == 302, "who was in without it is out"
    visitor, answer = _password(alpha, "community")
    assert answer.location.endswith("/sign-in/second")
    assert visitor.get("/me").status_code == 302
    assert visitor.post("/sign-in/second", code="000000").status_code == 422
    assert visitor.post("/sign-in/second", code=_code(secret, step=1)).status_code == 302
    assert visitor.get("/me").status_code == 200


def test_a_code_is_good_once_and_so_is_a_printed_one(alpha: District) -> None:
    secret, codes = _add_app(_in(alpha, "community"))
    later = _code(secret, step=1)
    for code in (later, codes[0]):
        for status in (302, 422):
            visitor, _ = _password(alpha, "community")
            assert visitor.post("/sign-in/second", code=code).status_code == status, code


def test_an_app_whose_clock_is_off_by_a_minute_is_good_and_by_more_is_not(alpha: District) -> None:
    secret, _printed = _add_app(_in(alpha, "community"))
    for step, status in ((5, 422), (-5, 422), (2, 302)):
        visitor, _ = _password(alpha, "community")
        answer = visitor.post("/sign-in/second", code=_code(secret, step=step))
        assert answer.status_code == status, step


def test_guessing_codes_stops_after_eight_and_says_how_long(alpha: District) -> None:
    codes = _add_app(_in(alpha, "community"))[1]
    for _ in range(2):  # a new password does not begin the count anew
        visitor, _ = _password(alpha, "community")
        for _ in range(4):
            assert visitor.post("/sign-in/second", code="000000").status_code == 422
    slowed = visitor.post("/sign-in/second", code=codes[0])
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_the_step_is_nobodys_without_the_password_and_ends_with_a_reset(alpha: District) -> None:
    codes = _add_app(_in(alpha, "community"))[1]
    assert alpha.client().post("/sign-in/second", code=codes[0]).location.endswith("/sign-in")
    visitor, _ = _password(alpha, "community")
    person = alpha.people["community"]
    assert alpha.client("admin").post(f"/people/{person}/reset").status_code == 200
    assert "/sign-in" in visitor.post("/sign-in/second", code=codes[0]).location
    assert visitor.get("/me").status_code == 302


def test_a_link_for_a_new_password_does_not_go_round_the_second_step(alpha: District) -> None:
    _add_app(_in(alpha, "community"))
    page = alpha.client("admin").post(f"/people/{alpha.people['community']}/reset").text
    link = re.search(r'data-copy="http://[^"]+(/welcome/[a-z0-9]+)"', page)
    assert link
    visitor = alpha.client()
    answer = visitor.post(link.group(1), form=link.group(1), password="quite another sentence")
    assert answer.location.endswith("/sign-in/second")
    assert visitor.get("/me").status_code == 302


def test_a_passkey_opens_the_second_step(alpha: District) -> None:
    owner, key = _in(alpha, "community"), SoftKey()
    made = owner.post(
        f"{SECOND}/passkey", form=SECOND, credential=key.make(_options(owner.get(SECOND).text))
    )
    assert len(_codes(made.text)) == 10
    visitor, _ = _password(alpha, "community")
    options = _options(visitor.get("/sign-in/second").text)
    assert visitor.post("/sign-in/second", credential=key.sign(options)).status_code == 302
    assert visitor.get("/me").status_code == 200


@pytest.mark.parametrize("lie", ["origin", "host", "key", "again", "challenge", "nothing"])
def test_a_passkey_that_lies_opens_nothing(alpha: District, lie: str) -> None:
    owner, key = _in(alpha, "community"), SoftKey()
    page = owner.get(SECOND).text
    owner.post(f"{SECOND}/passkey", form=SECOND, credential=key.make(_options(page)))
    visitor, _ = _password(alpha, "community")
    options = _options(visitor.get("/sign-in/second").text)
    other = SoftKey(id=key.id) if lie == "key" else key
    if lie == "origin":
        key.origin = "https://evil.example"
    if lie == "host":
        key.host = "evil.example"
    if lie == "challenge":
        options["challenge"] = "AAAA"
    answer = "[]" if lie == "nothing" else other.sign(options)
    if lie == "again":
        cookie = visitor.client.get_cookie("saas_session", path=f"{alpha.root}/")
        assert visitor.post("/sign-in/second", credential=answer).status_code == 302
        assert cookie is not None
        visitor = alpha.client()
        visitor.client.set_cookie("saas_session", cookie.value, path=f"{alpha.root}/")
    refused = visitor.post("/sign-in/second", form="/sign-in", credential=answer)
    assert refused.status_code == 422
    assert visitor.get("/me").status_code == 302


def test_at_an_address_by_number_no_passkey_is_offered(alpha: District) -> None:
    visitor = _in(alpha, "community")
    page = visitor.get(SECOND, headers={"Host": "127.0.0.1:8519"}).text
    assert "data-passkey" not in page
    assert "data-passkey" in visitor.get(SECOND).text


def test_a_passkey_of_one_district_is_another_owners_in_the_next(
    alpha: District, beta: District
) -> None:
    """Both lie below one host, and both owners have the same number."""
    handles = [
        _options(_in(district, "community").get(SECOND).text)["user"]["id"]
        for district in (alpha, beta)
    ]
    assert handles[0] != handles[1]


def test_who_may_do_much_has_days_of_grace_and_then_sets_it_up_before_anything(
    alpha: District,
) -> None:
    officer = _in(alpha, "officer")
    assert "/account/second" in officer.get("/work").text
    assert "/account/second" not in _in(alpha, "courtyard").get("/work").text
    with alpha.work():
        person = session.get_one(Person, alpha.people["officer"])
        assert person.second_due_at is not None
        person.second_due_at = queries.world_now() - timedelta(minutes=1)
    visitor, answer = _password(alpha, "officer")
    assert answer.location.endswith("/sign-in/set-up")
    assert visitor.get("/work").status_code == 302
    secret, codes = _add_app(visitor)
    assert codes
    assert visitor.get("/work").status_code == 200
    visitor, answer = _password(alpha, "officer")
    assert answer.location.endswith("/sign-in/second")
    assert visitor.post("/sign-in/second", code=_code(secret, step=1)).status_code == 302


def test_a_sign_in_of_the_days_of_grace_ends_with_them(alpha: District) -> None:
    officer = _in(alpha, "officer")
    with alpha.work():
        row = session.scalars(sa.select(SignIn).order_by(SignIn.id.desc())).first()
        assert row is not None
        assert row.ends_at is not None
        row.ends_at = queries.world_now() - timedelta(minutes=1)
    assert officer.get("/work").status_code == 302


def test_one_who_waits_to_set_up_cannot_go_round_what_was_set_up_meanwhile(
    alpha: District,
) -> None:
    with alpha.work():
        person = session.get_one(Person, alpha.people["officer"])
        person.second_due_at = queries.world_now() - timedelta(minutes=1)
    thief, _ = _password(alpha, "officer")
    owner, _ = _password(alpha, "officer")
    _add_app(owner)
    assert thief.get(f"{SECOND}/app").status_code == 302
    assert thief.post(f"{SECOND}/codes").status_code == 302
    assert thief.get("/work").status_code == 302


def test_who_has_no_smartphone_takes_printed_codes_alone(alpha: District) -> None:
    owner = _in(alpha, "community")
    codes = _codes(owner.post(f"{SECOND}/codes").text)
    assert len(codes) == 10
    visitor, _ = _password(alpha, "community")
    typed = codes[3].lower().replace("-", " ")
    assert visitor.post("/sign-in/second", code=typed).status_code == 302
    assert "9 printed codes are left" in visitor.get(SECOND).text
    assert _codes(visitor.post(f"{SECOND}/codes").text)
    stale, _ = _password(alpha, "community")
    assert stale.post("/sign-in/second", code=codes[4]).status_code == 422


def test_who_must_have_it_cannot_turn_it_off_and_who_need_not_can(alpha: District) -> None:
    officer = _in(alpha, "officer")
    _add_app(officer)
    assert officer.post(f"{SECOND}/off").status_code == 409
    steward = _in(alpha, "community")
    _add_app(steward)
    assert steward.post(f"{SECOND}/off").status_code == 302
    assert _password(alpha, "community")[0].get("/me").status_code == 200


def test_the_last_way_cannot_be_removed_nor_that_of_another(alpha: District) -> None:
    steward = _in(alpha, "community")
    _add_app(steward)
    remove = re.search(r"/account/second/\d+/remove", steward.get(SECOND).text)
    assert remove
    other = _in(alpha, "compound")
    _add_app(other)
    assert other.post(remove.group()).status_code == 404
    assert steward.post(remove.group()).status_code == 302, "printed codes are left"
    assert "App with codes" not in steward.get(SECOND).text


def test_the_first_way_is_not_added_in_a_browser_that_was_left_open(alpha: District) -> None:
    steward = _in(alpha, "community")
    with alpha.work():
        session.execute(sa.update(SignIn).values(began_at=SignIn.began_at - rules.NEW_SIGN_IN))
    assert steward.get(f"{SECOND}/app").status_code == 409


def test_dangerous_acts_ask_once_more_and_go_on_where_one_was(alpha: District) -> None:
    admin = _in(alpha, "admin")
    secret, _printed = _add_app(admin)
    path = f"/people/{alpha.people['community']}/reset"
    assert admin.get(path).status_code == 200, "a moment ago it was given"
    with alpha.work():
        session.execute(sa.update(SignIn).values(proved_at=SignIn.proved_at - timedelta(hours=1)))
    asked = admin.get(path)
    assert "/account/prove?next=" in asked.location
    assert "/account/prove" in admin.post(path).location
    assert admin.get("/people").status_code == 200
    assert admin.post("/account/prove", code="000000").status_code == 422
    onward = f"{alpha.root}{path}"
    proved = admin.post("/account/prove", code=_code(secret, step=1), next=onward)
    assert proved.location.endswith(path)
    assert admin.get(path).status_code == 200
    away = admin.get("/account/prove", query_string={"next": "https://evil.example/"})
    assert form_on(away.text, "/account/prove")["next"] == f"{alpha.root}{SECOND}"


def test_two_administrators_forget_a_second_step_and_one_alone_does_not(alpha: District) -> None:
    _add_app(_in(alpha, "community"))
    path = f"/people/{alpha.people['community']}/second"
    first, second = _in(alpha, "admin"), _in(alpha, "street")
    assert first.post(path).status_code == 302
    assert first.post(path).status_code == 409
    assert _password(alpha, "community")[1].location.endswith("/sign-in/second")
    assert "alpha admin asked for it" in second.get(path).text
    assert second.post(path).status_code == 302
    visitor, answer = _password(alpha, "community")
    assert answer.location.endswith(f"{alpha.root}/")
    assert visitor.get("/me").status_code == 200
    page = _in(alpha, "auditor").get("/audit").text
    assert "Asked to forget a second step" in page
    assert "Second step forgotten at the desk" in page


def test_nobody_forgets_their_own_second_step_nor_that_of_who_may_do_more(alpha: District) -> None:
    admin = _in(alpha, "admin")
    _add_app(admin)
    own = f"/people/{alpha.people['admin']}/second"
    assert admin.post(own).status_code == 409
    assert _in(alpha, "street").post(own).status_code in {403, 404}


def test_what_was_asked_for_at_the_desk_is_good_for_a_day(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_app(_in(alpha, "community"))
    path = f"/people/{alpha.people['community']}/second"
    first, second = _in(alpha, "admin"), _in(alpha, "street")
    first.post(path)
    monkeypatch.setattr("saas.accounts.queries.people.RESET_WAITS", timedelta())
    second.post(path)  # it asks anew
    assert _password(alpha, "community")[1].location.endswith("/sign-in/second")


def test_a_district_sets_the_days_of_grace_or_asks_nobody(alpha: District) -> None:
    admin = _in(alpha, "admin")
    assert admin.post("/people/second", required="1", grace_days="99").status_code == 422
    assert admin.post("/people/second", required="1", grace_days="3").status_code == 302
    with alpha.work():
        session.execute(sa.update(Person).values(second_due_at=None))
    _in(alpha, "officer")
    with alpha.work():
        due = session.get_one(Person, alpha.people["officer"]).second_due_at
        assert due is not None
        assert timedelta(days=2) < due - queries.world_now() <= timedelta(days=3)
    assert admin.post("/people/second", grace_days="3").status_code == 302
    assert _in(alpha, "officer").get("/work").status_code == 200
    assert alpha.client("street").get("/people/second").status_code == 403


def test_a_demo_district_asks_nobody_and_says_so(app: Flask) -> None:
    demo = bring_up(app, "demo-two", kind="demo")
    with demo.work():
        admin = session.get_one(Person, demo.people["admin"])
        admin.second_due_at = queries.world_now() - timedelta(days=1)
    visitor = _in(demo, "admin")
    assert "asks nobody for a second step" in visitor.get(SECOND).text
    assert "asks nobody for a second step" in visitor.get("/people/second").text
    assert visitor.post(f"{SECOND}/codes").status_code == 409
    assert visitor.post("/people/second", required="1", grace_days="3").status_code == 409


def test_an_operator_has_grace_too_and_then_a_second_step(app: Flask) -> None:
    hub = app.extensions["saas"].hub
    with app.test_request_context(), entering(hub), unit_of_work():
        tenancy.create_operator(login="door", name="Door", password=PASSWORD)

    def password() -> tuple[Visitor, TestResponse]:
        visitor = Visitor(app.test_client(), "")
        fields = {"login": "door", "password": PASSWORD}
        return visitor, visitor.post("/hub/sign-in", form="/hub/sign-in", **fields)

    visitor, answer = password()
    assert answer.location.endswith("/hub/")
    with app.test_request_context(), entering(hub), unit_of_work():
        session.execute(sa.update(Operator).values(second_due_at=queries.world_now()))
    visitor, answer = password()
    assert answer.location.endswith("/sign-in/set-up")
    assert visitor.get("/hub/").status_code == 302
    page = visitor.get(f"{SECOND}/app").text
    sealed = form_on(page, "/account/second/app")["secret"]
    done = visitor.post(
        f"{SECOND}/app", form=f"{SECOND}/app", secret=sealed, code=_code(_secret(page))
    )
    codes = _codes(done.text)
    assert len(codes) == 10
    assert visitor.get("/hub/").status_code == 200
    visitor, answer = password()
    assert answer.location.endswith("/sign-in/second")
    assert visitor.get("/hub/").status_code == 302
    again = visitor.post("/sign-in/second", form="/sign-in/second", code=codes[0])
    assert again.location.endswith("/hub/")
    assert visitor.get("/hub/").status_code == 200


def test_who_runs_the_machine_forgets_the_second_step_of_an_operator(app: Flask) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        tenancy.create_operator(login="door", name="Door", password=PASSWORD)
        operator = session.scalars(sa.select(Operator).filter_by(login="door")).one()
        commands.new_spares(operator.id)
        assert queries.ways_of(operator.id)
        tenancy.forget_second("door")
        assert not queries.ways_of(operator.id)
        assert operator.session_epoch == 2


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("123 456", "123456"), ("１２３４５６", "123456"), ("12345", None), ("KHM3T-XP4CA", None)],
)
def test_digits_are_read_as_people_type_them(typed: str, digits: str | None) -> None:
    assert rules.digits_of(typed) == digits
