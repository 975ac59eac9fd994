"""Wrong passwords of strangers: they are stopped, and whose name it is gets in all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from saas.accounts import commands as accounts
from saas.accounts.queries import find_person
from saas.kernel.context import entering
from saas.kernel.errors import Invalid
from saas.kernel.throttle import Tried
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import rules
from saas.tenancy import commands
from tests.support import PASSWORD, District, Visitor

STRANGER, OWN = "10.0.0.1", "10.0.0.2"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def _from(district: District, address: str) -> Visitor:
    visitor = district.client()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


def _try(visitor: Visitor, login: str, password: str) -> TestResponse:
    return visitor.post("/sign-in", login=login, password=password)


def _lock_out(district: District, login: str, address: str = STRANGER) -> TestResponse:
    """Try wrong passwords until nothing is checked any more."""
    stranger = _from(district, address)
    while (answer := _try(stranger, login, "wrong password")).status_code != 429:
        pass
    return answer


def test_eight_wrong_passwords_of_a_stranger_do_not_lock_out_the_owner(alpha: District) -> None:
    refused = _lock_out(alpha, "community")
    assert 0 < int(refused.headers["Retry-After"]) <= 15 * 60
    assert "community" in refused.text
    assert _try(_from(alpha, STRANGER), "community", PASSWORD).status_code == 429
    assert _try(_from(alpha, OWN), "community", PASSWORD).status_code == 302


def test_the_owner_is_told_of_tries_once(alpha: District) -> None:
    _lock_out(alpha, "community")
    owner = _from(alpha, OWN)
    owner.get("/language/en")
    assert _try(owner, "community", PASSWORD).status_code == 302
    page = owner.get("/me").text
    assert "tries with your name and a wrong password were made" in page
    assert "tries with your name" not in owner.get("/me").text
    again = _from(alpha, OWN)
    again.get("/language/en")
    assert _try(again, "community", PASSWORD).status_code == 302
    assert "tries with your name" not in again.get("/me").text


def test_invented_names_from_one_address_lock_nobody_behind_it(alpha: District) -> None:
    office = _from(alpha, STRANGER)
    for number in range(42):
        assert _try(office, f"guess{number}", "wrong password").status_code == 422
    assert _try(office, "street", PASSWORD).status_code == 302


def test_a_script_from_one_address_is_stopped_and_devices_known_there_are_not(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ADDRESS_LIMIT", 5)
    known = _from(alpha, STRANGER)
    assert _try(known, "street", PASSWORD).status_code == 302
    known.post("/sign-out")
    script = _from(alpha, STRANGER)
    for number in range(5):
        assert _try(script, f"guess{number}", "wrong password").status_code == 422
    assert _try(script, "guess5", "wrong password").status_code == 429
    assert _try(known, "street", PASSWORD).status_code == 302


def test_a_device_that_signed_in_before_has_an_allowance_of_its_own(alpha: District) -> None:
    known = _from(alpha, STRANGER)
    assert _try(known, "street", PASSWORD).status_code == 302
    known.post("/sign-out")
    _lock_out(alpha, "street")
    assert _try(known, "street", PASSWORD).status_code == 302


def test_the_cookie_of_a_device_is_signed_and_good_in_one_district_alone(
    alpha: District, beta: District
) -> None:
    known = _from(alpha, STRANGER)
    _try(known, "street", PASSWORD)
    cookie = known.client.get_cookie("saas_device", path=f"{alpha.root}/")
    assert cookie is not None
    for district, value in ((beta, cookie.value), (alpha, cookie.value[:-2] + "xx")):
        _lock_out(district, "street")
        other = _from(district, STRANGER)
        other.client.set_cookie("saas_device", value, path=f"{district.root}/")
        assert _try(other, "street", PASSWORD).status_code == 429


def test_a_try_is_counted_before_it_is_checked_though_the_form_is_refused(alpha: District) -> None:
    stranger = _from(alpha, STRANGER)
    for _ in range(rules.PAIR_LIMIT):
        _try(stranger, "nobody-here", "wrong password")
    assert _try(stranger, "nobody-here", "wrong password").status_code == 429


def test_a_new_password_and_an_administrator_clear_what_was_counted(alpha: District) -> None:
    person = alpha.people["community"]
    _lock_out(alpha, "community")
    admin = alpha.client("admin")
    admin.get("/language/en")
    assert "wrong passwords were tried" in admin.get(f"/people/{person}").text
    assert admin.post(f"/people/{person}/try-again").status_code == 302
    assert "wrong passwords were tried" not in admin.get(f"/people/{person}").text
    assert _try(_from(alpha, STRANGER), "community", PASSWORD).status_code == 302
    _lock_out(alpha, "community")
    with alpha.work():
        known = find_person(person)
        assert known is not None
        accounts.set_password(known, "quite another sentence")
    fresh = _from(alpha, STRANGER)
    assert _try(fresh, "community", "quite another sentence").status_code == 302


def test_others_of_a_post_cannot_clear_what_is_above_them(alpha: District) -> None:
    path = f"/people/{alpha.people['admin']}/try-again"
    assert alpha.client("community").post(path).status_code == 403
    assert alpha.client("street").post(path).status_code in {403, 404}


@pytest.mark.parametrize(
    ("count", "last", "of_name", "wait"),
    [
        (2, 0, 500, 0),
        (3, 0, 8, 0),
        (3, 0, 10, 2),
        (3, 1, 10, 1),
        (3, 5, 10, 0),
        (7, 0, 500, 60),
        (8, 0, 9, 900),
    ],
)
def test_the_wait_grows_slowly_with_the_tries_of_a_name_and_spares_who_is_new(
    count: int, last: int, of_name: int, wait: int
) -> None:
    pair = Tried(count, NOW + timedelta(minutes=15), NOW - timedelta(seconds=last))
    assert rules.wait_for(pair, of_name, NOW) == wait
    assert rules.wait_for(None, of_name, NOW) == 0


@pytest.mark.parametrize(
    "password", ["password123", "1234567890", "woaini1314520", "longjing2026", "xie_yulan123"]
)
def test_passwords_that_many_would_try_first_are_refused(password: str) -> None:
    assert rules.is_easy(password, ("xie_yulan", "longjing"))
    assert not rules.is_easy("an evening by the salt well", ("xie_yulan", "longjing"))


def test_an_easy_password_is_refused_wherever_one_is_set(alpha: District, app: Flask) -> None:
    own = alpha.client("community").post("/me/password", old=PASSWORD, new="password123")
    assert own.status_code == 422
    assert 'id="e-new"' in own.text
    person = alpha.people["resident"]
    with alpha.work():
        known = find_person(person)
        assert known is not None
        keys = accounts.reset_password(known, actor=alpha.actor("admin"))
    link = f"/welcome/{keys.token}"
    by_link = alpha.client().post(link, form=link, password="resident123")
    assert by_link.status_code == 422
    home = alpha.units["courtyard"]
    asked = alpha.client().post(
        f"/register/{home}", name="王小兰", phone="13812345678", password="1381234567"
    )
    assert asked.status_code == 422
    hub = app.extensions["saas"].hub
    with app.test_request_context(), entering(hub), pytest.raises(Invalid):
        commands.create_operator(login="door", name="Door", password="operator123")


def test_the_operators_door_treats_strangers_and_owners_the_same_way(app: Flask) -> None:
    def visit(address: str) -> Visitor:
        visitor = Visitor(app.test_client(), "")
        visitor.client.environ_base["REMOTE_ADDR"] = address
        return visitor

    def attempt(visitor: Visitor, login: str, password: str) -> TestResponse:
        return visitor.post("/hub/sign-in", form="/hub/sign-in", login=login, password=password)

    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login="door", name="Door", password=PASSWORD)
    stranger = visit(STRANGER)
    for number in range(42):
        assert attempt(stranger, f"guess{number}", "wrong").status_code == 422
    while (refused := attempt(stranger, "door", "wrong password")).status_code != 429:
        pass
    assert int(refused.headers["Retry-After"]) > 0
    assert attempt(stranger, "door", PASSWORD).status_code == 429
    owner = visit(OWN)
    assert attempt(owner, "door", PASSWORD).status_code == 302
    assert owner.get("/hub/").status_code == 200
