"""Signing out ends what was copied; where one is signed in is seen and ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from saas.accounts.queries import load_signed_in
from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import commands, queries, rules
from saas.signin.models import SignIn
from saas.tenancy import commands as tenancy
from tests.support import PASSWORD, District, Visitor, token_in
from tests.territory.counting import counted

PHONE = "Mozilla/5.0 (Linux; Android 14; ELS-AN00) Mobile MicroMessenger/8.0"


def _enter(district: District, who: str, agent: str = "") -> Visitor:
    visitor = district.client()
    if agent:
        visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    assert visitor.post("/sign-in", login=who, password=PASSWORD).status_code == 302
    visitor.get("/language/en")
    return visitor


def _copy(district: District, visitor: Visitor) -> Visitor:
    cookie = visitor.client.get_cookie("saas_session", path=f"{district.root}/")
    assert cookie is not None
    thief = district.client()
    thief.client.set_cookie("saas_session", cookie.value, path=f"{district.root}/")
    return thief


def _ends(page: str) -> list[str]:
    return re.findall(r'action="/d/alpha(/account/sign-ins/\d+/end)"', page)


def test_a_copied_cookie_is_dead_once_its_owner_signed_out(alpha: District) -> None:
    owner = _enter(alpha, "community")
    thief = _copy(alpha, owner)
    assert thief.get("/me").status_code == 200
    assert owner.post("/sign-out").status_code == 302
    assert thief.get("/me").status_code == 302


def test_a_copied_cookie_of_an_operator_is_dead_too(app: Flask) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        tenancy.create_operator(login="door", name="Door", password=PASSWORD)
    owner, thief = (Visitor(app.test_client(), "") for _ in range(2))
    owner.post("/hub/sign-in", form="/hub/sign-in", login="door", password=PASSWORD)
    cookie = owner.client.get_cookie("saas_session")
    assert cookie is not None
    thief.client.set_cookie("saas_session", cookie.value)
    assert thief.get("/hub/").status_code == 200
    assert owner.get("/account/sign-ins").status_code == 200
    assert owner.post("/hub/sign-out", form="/hub/").status_code == 302
    assert thief.get("/hub/").status_code == 302


def test_one_sees_where_one_is_signed_in_and_signs_out_there(alpha: District) -> None:
    desk, phone = _enter(alpha, "community"), _enter(alpha, "community", PHONE)
    page = desk.get("/account/sign-ins").text
    assert "WeChat, Android phone" in page
    assert "this device" in page
    for end in _ends(page):
        assert desk.post(end).status_code == 302
    assert phone.get("/me").status_code == 302
    assert desk.get("/me").status_code == 200
    assert _ends(desk.get("/account/sign-ins").text) == []


def test_everywhere_else_is_one_press(alpha: District) -> None:
    desk, others = _enter(alpha, "community"), [_enter(alpha, "community") for _ in range(3)]
    assert desk.post("/account/sign-ins/others").status_code == 302
    assert [other.get("/me").status_code for other in others] == [302] * 3
    assert desk.get("/me").status_code == 200


def test_nobody_sees_or_ends_the_sign_ins_of_others(alpha: District) -> None:
    owner, other = _enter(alpha, "community"), _enter(alpha, "compound")
    with alpha.work():
        number = session.query(SignIn.id).filter_by(owner_id=alpha.people["community"])
        theirs = max(row[0] for row in number)
    assert other.post(f"/account/sign-ins/{theirs}/end").status_code == 404
    assert f"/sign-ins/{theirs}/end" not in other.get("/account/sign-ins").text
    assert owner.get("/me").status_code == 200
    assert alpha.client().get("/account/sign-ins").status_code == 302


def test_who_comes_in_as_somebody_else_leaves_no_open_sign_in_behind(alpha: District) -> None:
    browser = _enter(alpha, "community")
    before = _copy(alpha, browser)
    assert browser.post("/sign-in", login="compound", password=PASSWORD).status_code == 302
    assert before.get("/me").status_code == 302


def test_a_key_is_good_for_its_owner_alone_and_not_beyond_its_time(alpha: District) -> None:
    mine, other = alpha.people["community"], alpha.people["compound"]
    with alpha.work():
        soon = queries.world_now() + timedelta(hours=1)
        living = commands.begin(mine, 1, agent="", ends_at=soon)
        over = commands.begin(mine, 1, agent="", ends_at=soon - timedelta(hours=2))
        assert load_signed_in(mine, living) is not None
        assert load_signed_in(other, living) is None
        assert load_signed_in(mine, over) is None
        assert load_signed_in(mine, "x" * 26) is None


def test_who_is_signed_in_is_read_in_one_query(alpha: District) -> None:
    client = alpha.client("admin")
    client.get("/account/sign-ins")
    with counted() as statements:
        client.get("/me")
    assert [one for one in statements if "sign_ins" in one] == [
        one for one in statements if "sign_ins" in one and "holdings" in one
    ]
    assert len([one for one in statements if "sign_ins" in one]) == 1


def test_the_last_use_is_written_down_every_few_minutes_and_stays(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = _enter(alpha, "community")
    monkeypatch.setattr(rules, "SEEN_NOTED", timedelta(minutes=5))

    def seen(to: timedelta = timedelta()) -> float:
        with alpha.work():
            row = session.query(SignIn).order_by(SignIn.id.desc()).first()
            assert row is not None
            row.seen_at -= to
            return float((queries.world_now() - row.seen_at).total_seconds())

    assert seen(timedelta(minutes=4)) > 200
    visitor.get("/me")
    assert seen() > 200
    assert seen(timedelta(minutes=2)) > 300
    visitor.post("/language/en")
    assert seen() > 300
    visitor.get("/me")
    assert seen() < 60


def test_at_night_what_nobody_used_goes(alpha: District) -> None:
    with alpha.work():
        commands.begin(alpha.people["community"], 1, agent="")
        row = session.query(SignIn).order_by(SignIn.id.desc()).first()
        assert row is not None
        number = row.id
        row.seen_at -= timedelta(days=15)
        session.flush()
        commands.sweep()
        session.expire_all()
        assert session.get(SignIn, number) is None


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "wechat android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36", "chrome windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "safari iphone"),
        ("", "other other"),
    ],
)
def test_of_a_browser_two_words_are_kept(agent: str, device: str) -> None:
    assert rules.device_of(agent) == device


def test_of_two_pages_opened_at_once_after_signing_in_either_form_can_go(
    app: Flask, alpha: District
) -> None:
    visitor = alpha.client()
    assert visitor.post("/sign-in", login="resident", password=PASSWORD).status_code == 302
    cookie = visitor.client.get_cookie("saas_session", path=f"{alpha.root}/")
    assert cookie is not None
    one, other = app.test_client(), app.test_client()
    for client in (one, other):
        client.set_cookie("saas_session", cookie.value, path=f"{alpha.root}/")
    token = token_in(one.get(f"{alpha.root}/account/sign-ins").text)
    other.get(f"{alpha.root}/account/sign-ins")  # its cookie arrives last
    sent = other.post(f"{alpha.root}/sign-out", data={"csrf_token": token})
    assert sent.status_code == 302
