"""Slips to cut out: a code that can be typed, tries that are counted, what became of each."""

from __future__ import annotations

import base64
import csv
import io
import re
import string

import hypothesis
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import strategies as st

from saas.accounts import queries as people
from saas.accounts import rules as account_rules
from saas.accounts.models import SignInLink
from saas.kernel import shortcodes
from saas.kernel.context import Actor, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.onboarding.commands import operating
from tests.support import District, Visitor

PAGE = "/setup/people/invitations"
_CODE = re.compile(r"data-code>([A-Z0-9-]+)<")
PASSWORD = "a sentence to remember"


@pytest.fixture
def guest(prepared: District) -> Visitor:
    """A phone that nobody has signed in on."""
    return Visitor(prepared.app.test_client(), prepared.root)


def _made(prepared: District) -> tuple[Visitor, str]:
    """Somebody new at a community, and the page of slips that were made out."""
    visitor = prepared.client("admin")
    row = {"name-0": "王新", "phone-0": "13900010009", "unit-0": "community_one"}
    visitor.post("/setup/people", form="/setup/people", **row)
    return visitor, visitor.post(PAGE, form=PAGE, anew="1").text


@hypothesis.given(st.integers(0, 9), st.sampled_from(shortcodes.ALPHABET))
def test_one_wrong_sign_is_told_before_it_is_a_try(place: int, sign: str) -> None:
    code = shortcodes.new_code()
    assert shortcodes.read_code(shortcodes.shown_code(code).lower()) == code
    wrong = code[:place] + sign + code[place + 1 :]
    assert (shortcodes.read_code(wrong) is None) is (wrong != code)
    if 0 < place < 9 and code[place] != code[place - 1]:
        turned = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
        assert shortcodes.read_code(turned) is None


def test_no_sign_of_a_code_is_taken_for_another() -> None:
    assert not set("0O1IL5S8B2ZGQ") & set(shortcodes.ALPHABET) - {"L"}
    assert shortcodes.LENGTH in range(8, 11)
    assert len(shortcodes.ALPHABET) ** (shortcodes.LENGTH - 1) > 2**40


def test_a_slip_has_a_qr_code_and_a_short_code_and_stands_under_its_street(
    prepared: District,
) -> None:
    _visitor, page = _made(prepared)
    assert page.count("data-invitation") == len(_CODE.findall(page)) == 1, "all others have been in"
    assert page.count('class="qr"') == page.count("data-invitation")
    assert page.index('class="slips__place"') < page.index("data-invitation")
    table = base64.b64decode(re.findall(r"base64,([A-Za-z0-9+/=]+)", page)[0]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert {row[3] for row in rows[1:]} == set(_CODE.findall(page))


def test_the_short_code_lets_in_once_and_only_hashes_are_kept(
    prepared: District, guest: Visitor
) -> None:
    visitor, page = _made(prepared)
    code = page.split("王新")[1].split("data-code>")[1].split("<")[0]
    with prepared.work():
        kept = str([vars(link) for link in session.scalars(sa.select(SignInLink))])
        assert code.replace("-", "") not in kept
    assert code not in visitor.get(PAGE).text, "to print it again is to make it out anew"
    answer = guest.post("/welcome", code=f" {code.lower().replace('-', ' ')} ")
    assert answer.location.endswith("/welcome/slip")
    assert "王新" in guest.get("/welcome/slip").text
    done = guest.post("/welcome/slip", form="/welcome/slip", password=PASSWORD)
    assert done.status_code == 302
    assert guest.get("/demands").status_code == 200
    other = Visitor(prepared.app.test_client(), prepared.root)
    assert other.post("/welcome", code=code).status_code == 422, "once"
    assert "13900010009" not in other.get("/welcome").text
    row = visitor.get(PAGE).text.split("王新")[1].split("</tr>")[0]
    assert "已使用" in row
    assert 'name="one"' not in row


def test_reissuing_ends_the_slip_of_before(prepared: District, guest: Visitor) -> None:
    visitor, page = _made(prepared)
    code = page.split("王新")[1].split("data-code>")[1].split("<")[0]
    with prepared.work():
        person = people.person_by_phone("13900010009")
        assert person is not None
        number = str(person.id)
    again = visitor.post(PAGE, form=PAGE, one=number).text
    (fresh,) = _CODE.findall(again)
    assert fresh != code
    assert "form" in guest.post("/welcome", code=code).text
    assert guest.get("/welcome/slip").location.endswith("/welcome")
    assert guest.post("/welcome", code=fresh).location.endswith("/welcome/slip")
    admin = str(prepared.people["admin"])
    assert visitor.post(PAGE, form=PAGE, one=admin).status_code == 404, "has been in"


def test_tries_are_limited_by_address_and_for_all_codes_together(
    prepared: District, guest: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _visitor, page = _made(prepared)
    good = _CODE.findall(page)[0]
    for _ in range(3):  # what can be no code is no try
        assert guest.post("/welcome", code="HELLO").status_code == 422
    for _ in range(account_rules.CODE_TRIES_PER_ADDRESS):
        guest.post("/welcome", code=shortcodes.new_code())
    assert guest.post("/welcome", code=good).status_code == 429, "this address has to wait"
    monkeypatch.setattr("saas.accounts.pages.doors.caller_address", lambda: "another address")
    assert guest.post("/welcome", code=good).location.endswith("/welcome/slip")
    monkeypatch.setattr(account_rules, "CODE_TRIES", account_rules.CODE_TRIES_PER_ADDRESS)
    assert guest.post("/welcome", code=good).status_code == 429, "all codes have to wait"


def test_a_code_is_good_in_its_own_district_alone(prepared: District, beta: District) -> None:
    _visitor, page = _made(prepared)
    stranger = Visitor(beta.app.test_client(), beta.root)
    for code in _CODE.findall(page):
        assert stranger.post("/welcome", code=code).status_code == 422
    assert stranger.get("/welcome/slip").location.endswith("/welcome")


def test_a_session_that_opened_a_link_opens_none_of_the_same_number_elsewhere(
    prepared: District, beta: District
) -> None:
    _visitor, page = _made(prepared)
    browser = prepared.app.test_client()
    here = Visitor(browser, prepared.root)
    here.post("/welcome", code=_CODE.findall(page)[0])
    assert here.get("/welcome/slip").status_code == 200
    assert Visitor(browser, beta.root).get("/welcome/slip").location.endswith("/welcome")


def test_the_operator_invites_the_first_administrator_anew_until_somebody_has_been_in(
    app: Flask, prepared: District
) -> None:
    prepared.client("admin")
    with (
        app.test_request_context(),
        entering(app.extensions["saas"].hub),
        pytest.raises(Conflict),
    ):
        operating.invite_first("alpha", actor=Actor("operator"))


def test_letters_of_a_code_can_be_typed_in_any_width() -> None:
    code = shortcodes.new_code()
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert shortcodes.read_code(wide) == code
    assert set(shortcodes.ALPHABET) <= set(string.ascii_uppercase + string.digits)
