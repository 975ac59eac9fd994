"""Residents open an account by themselves: by a code, or confirmed at the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.access import queries, rules
from saas.access.models import Registration
from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.db import session
from saas.signin.commands import passwords
from tests.notices.conftest import carry, gateway
from tests.notices.servers import Hall
from tests.support import PASSWORD, District, Visitor

PHONE = "13800001234"
_FORM = {"name": "样例居民", "phone": "138 0000 1234", "password": "一句我自己记得住的话"}


def _asks(visitor: Visitor, **fields: str) -> None:
    answer = visitor.post("/register/courtyard_one", **{**_FORM, **fields})
    assert answer.status_code == 302, answer.text
    assert answer.location.endswith("/registered")


def _row(district: District) -> Registration:
    with district.work():
        row = session.scalars(
            sa.select(Registration).order_by(Registration.id.desc()).limit(1)
        ).one()
        session.expunge(row)
    return row


def _number(district: District, row: Registration) -> str:
    with district.work():
        return row.number


def _account(district: District) -> Person | None:
    with district.work():
        found = people.person_by_phone(PHONE)
        if found:
            session.expunge(found)
    return found


def test_what_one_browser_asked_for_here_opens_nothing_of_that_number_elsewhere(
    alpha: District, beta: District
) -> None:
    browser = alpha.app.test_client()
    _asks(Visitor(browser, alpha.root))
    _asks(beta.client(), name="邻区样例", phone="13800005678")
    number, other = _row(alpha).id, _row(beta).id
    with beta.work():
        session.execute(sa.update(Registration).filter_by(id=other).values(id=number))
    answer = Visitor(browser, beta.root).get("/registered")
    assert answer.status_code == 302, answer.text
    assert Visitor(browser, alpha.root).get("/registered").status_code == 200


# At the desk, where the district sends no messages


def test_every_place_on_the_way_is_open_and_the_own_home_is_found(alpha: District) -> None:
    visitor = alpha.client()
    assert "/register/courtyard_one" in visitor.get("/register?at=courtyard_one").text
    assert "/register?at=" in visitor.get("/register").text
    assert visitor.get("/register/courtyard_one").status_code == 200
    wrong = visitor.post("/register/street_one", **_FORM)
    assert wrong.status_code == 422, "nobody lives at a street"
    assert "样例居民" in wrong.text


def test_the_desk_confirms_who_stands_before_it_and_from_then_on_the_number_signs_in(
    alpha: District,
) -> None:
    visitor = alpha.client()
    _asks(visitor)
    row = _row(alpha)
    shown = visitor.get("/registered").text
    assert _number(alpha, row) in shown
    assert PHONE not in shown
    assert _account(alpha) is None
    desk = alpha.client("admin")
    listed = desk.get(f"/people/registrations?q={_number(alpha, row)[:9]}").text
    assert "样例居民" in listed
    assert PHONE not in listed
    decided = desk.post(f"/people/registrations/{row.id}", verb="confirm")
    assert decided.status_code == 302
    account = _account(alpha)
    assert account is not None
    entered = alpha.client().post("/sign-in", login=PHONE, password=_FORM["password"])
    assert entered.status_code == 302
    with alpha.work():
        actor = people.load_actor(account.id)
        assert actor is not None
        assert actor.may("demands:demand:file")
        assert not actor.may("demands:demand:view")
    assert _row(alpha).password_hash is None, "nothing is kept twice"


def test_the_desk_finds_everybody_who_waits_by_number_or_name(alpha: District) -> None:
    _asks(alpha.client())
    row = _row(alpha)
    with alpha.work():
        copies = [
            Registration(name="后来的", phone=row.phone, phone_hash=row.phone_hash, at=row.at,
                         home_unit_id=row.home_unit_id)
            for _ in range(201)
        ]  # fmt: skip
        session.add_all(copies)
    desk, number = alpha.client("admin"), _number(alpha, row)
    assert number not in desk.get("/people/registrations").text, "200 newer ones stand there"
    for asked in (number, number.replace("-", ""), number[5:], "样例 居民"):
        assert number in desk.get(f"/people/registrations?q={asked}").text, asked
    assert "没有找到" in desk.get("/people/registrations?q=不在此列").text


def test_who_is_refused_or_came_too_late_or_is_elsewhere_gets_nothing(
    alpha: District, beta: District
) -> None:
    _asks(alpha.client())
    first = _row(alpha)
    for who in ("resident", "courtyard", "auditor"):
        answer = alpha.client(who).post(f"/people/registrations/{first.id}", verb="confirm")
        assert answer.status_code in {403, 404}
    assert beta.client("admin").post(f"/people/registrations/{first.id}").status_code == 404
    assert alpha.client("admin").post(f"/people/registrations/{first.id}", verb="refuse")
    assert _row(alpha).state == "refused"
    again = alpha.client("admin").post(f"/people/registrations/{first.id}", verb="confirm")
    assert again.status_code == 404
    _asks(alpha.client())
    with clock.turned(timedelta(days=31)), alpha.work():
        assert queries.waiting(alpha.actor("admin")) == []
    assert _account(alpha) is None


def test_a_number_that_somebody_typed_belongs_to_nobody_until_it_is_proved(
    alpha: District,
) -> None:
    _asks(alpha.client(), name="冒名者")
    _asks(alpha.client())
    mine = _row(alpha)
    alpha.client("admin").post(f"/people/registrations/{mine.id}", verb="confirm")
    account = _account(alpha)
    assert account is not None
    assert account.name == "样例居民"
    with alpha.work():
        assert queries.count_waiting(alpha.actor("admin")) == 0, "the other one ended"


def test_what_was_typed_wrong_stands_at_its_field_and_the_rest_is_kept(alpha: District) -> None:
    visitor = alpha.client()
    for field, value in (("phone", "123"), ("password", "short"), ("name", "  ")):
        answer = visitor.post("/register/courtyard_one", **{**_FORM, field: value})
        assert answer.status_code == 422
        assert f'id="f-{field}-error"' in answer.text or f"f-{field}" in answer.text


# By a code


@pytest.fixture
def texting(alpha: District, hall: Hall) -> District:
    """The district sends messages."""
    gateway(alpha, hall)
    return alpha


def _code(app: Flask, district: District, hall: Hall) -> str:
    carry(app, district)
    found = re.findall(r"\d{6}", hall.given()["text"])
    assert found
    return str(found[0])


def test_a_code_opens_the_account_at_once_and_a_wrong_one_does_not(
    app: Flask, texting: District, hall: Hall
) -> None:
    visitor = texting.client()
    _asks(visitor)
    code = _code(app, texting, hall)
    wrong = "000000" if code != "000000" else "111111"
    assert visitor.post("/registered", code=wrong).status_code == 422
    assert _account(texting) is None
    assert visitor.post("/registered", code=code).status_code == 302
    assert _account(texting) is not None
    assert visitor.get("/demands/mine").status_code == 200, "signed in"


def test_who_has_an_account_hears_so_only_after_proving_the_number(
    app: Flask, texting: District, hall: Hall
) -> None:
    _asks(texting.client())
    row = _row(texting)
    texting.client("admin").post(f"/people/registrations/{row.id}", verb="confirm")
    visitor = texting.client()
    _asks(visitor, name="又来一次")
    shown = visitor.get("/registered").text
    assert "已有账号" not in shown
    told = visitor.post("/registered", code=_code(app, texting, hall))
    assert told.status_code == 422
    assert "已有账号" in told.text


def test_a_resident_sets_a_new_password_by_a_code_and_staff_do_not(
    app: Flask, texting: District, hall: Hall
) -> None:
    _asks(texting.client())
    texting.client("admin").post(f"/people/registrations/{_row(texting).id}", verb="confirm")
    visitor = texting.client()
    assert visitor.post("/forgot", phone=PHONE).status_code == 302
    new = {"phone": PHONE, "password": "另一句我记得住的话来"}
    assert visitor.post("/forgot/new", code="x", **new).status_code == 422
    assert visitor.post("/forgot/new", code=_code(app, texting, hall), **new).status_code == 302
    assert texting.client().post("/sign-in", login=PHONE, password=new["password"]).location
    with texting.work():
        person = people.person_by_phone(PHONE)
        assert person is not None
        accounts.fill_post(
            person, unit=texting.unit("courtyard"), post="new:courtyard_steward",
            actor=texting.actor("admin"),
        )  # fmt: skip
    visitor = texting.client()
    visitor.post("/forgot", phone=PHONE)
    refused = visitor.post("/forgot/new", code=_code(app, texting, hall), **new)
    assert refused.status_code == 422


def test_a_district_without_messages_says_who_helps(alpha: District) -> None:
    page = alpha.client().get("/forgot").text
    assert 'name="phone"' not in page
    assert PASSWORD not in page


# What somebody tries who means no good


def test_wrong_codes_end_for_an_address_whatever_number_it_tries_and_for_no_other(
    app: Flask, texting: District, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    _asks(texting.client())
    texting.client("admin").post(f"/people/registrations/{_row(texting).id}", verb="confirm")
    texting.client().post("/forgot", phone=PHONE)
    code = _code(app, texting, hall)
    monkeypatch.setattr(rules, "CODE_LIMIT", 3)
    guesser, typed = texting.client(), {"password": _FORM["password"]}
    guesser.client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    for n in range(3):
        guesser.post("/forgot/new", phone=f"1390000000{n}", code="000000", **typed)
    assert guesser.post("/forgot/new", phone=PHONE, code=code, **typed).status_code == 429
    answer = texting.client().post("/forgot/new", phone=PHONE, code=code, **typed)
    assert answer.status_code == 302


def test_no_password_is_hashed_for_who_has_proved_nothing_or_asked_too_often(
    texting: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(passwords, "hash_password", lambda text: hashed.append(text) or "hash")
    typed = {"phone": PHONE, "code": "000000", "password": _FORM["password"]}
    assert texting.client().post("/forgot/new", **typed).status_code == 422
    assert hashed == []
    monkeypatch.setattr(rules, "REGISTER_LIMIT", 1)
    for phone in (PHONE, "13900000001"):
        texting.client().post("/register/courtyard_one", **{**_FORM, "phone": phone})
    assert len(hashed) == 1
