"""Signing in by one who vouches: linked from inside alone, and what a liar gets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from saas.access.models import Identity, Provider
from saas.access.rules import usable_issuer
from saas.kernel.db import session
from saas.notices import channels
from saas.signin.models import SignIn
from tests.access.issuer import ISSUER, Issuer
from tests.support import PASSWORD, District, Visitor

_FORM = {"name": "市统一认证", "issuer": ISSUER, "client_id": "saas", "active": "1"}
_FORM |= {"secret": "the secret of the client, long enough to sign with"}

_CLOSED = {name: value for name, value in _FORM.items() if name != "active"}


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Issuer:
    """One who vouches, in place of the network."""
    made = Issuer()
    monkeypatch.setattr(channels, "asked", made.answer)
    return made


def _add(district: District, **fields: str) -> str:
    """Let it vouch; its code."""
    added = district.client("admin").post("/vouching/new", **(_FORM | fields))
    assert added.status_code == 302, added.text
    return added.location.rsplit("/", 1)[1]


def _in(district: District, who: str) -> Visitor:
    visitor = district.client()
    assert visitor.post("/sign-in", login=who, password=PASSWORD).status_code == 302
    visitor.keeps()
    return visitor


def _come(
    visitor: Visitor, issuer: Issuer, start: str, provider: str, **answer: str
) -> TestResponse:
    """Go there, say yes, come back."""
    away = visitor.get(start)
    assert away.status_code == 302, away.text
    given = issuer.browse(away.location)
    answer = {"code": given, "state": issuer.asked["state"]} | answer
    page = visitor.get(f"/sign-in/back/{provider}", query_string=answer)
    assert 'data-at-once="anywhere"' in page.text
    return visitor.post(f"/sign-in/back/{provider}", **answer)


def _linked(district: District, issuer: Issuer, who: str = "community") -> str:
    code = _add(district)
    linked = _come(_in(district, who), issuer, f"/account/vouching/{code}", code)
    assert linked.location.endswith("/account/apps"), linked.text
    return code


def test_who_linked_from_inside_signs_in_there(alpha: District, issuer: Issuer) -> None:
    code = _linked(alpha, issuer)
    visitor = alpha.client()
    assert f"/sign-in/by/{code}" in visitor.get("/sign-in").text
    back = _come(visitor, issuer, f"/sign-in/by/{code}?next={alpha.root}/me", code)
    assert back.location.endswith("/me")
    assert "alpha community" in visitor.get("/me").text
    assert issuer.asked["code_challenge_method"] == "S256"
    assert len(issuer.sent["code_verifier"]) >= 43
    assert issuer.asked["redirect_uri"].endswith(f"/sign-in/back/{code}")


def test_who_did_not_link_gets_nowhere_whatever_is_said_of_him(
    alpha: District, issuer: Issuer
) -> None:
    code = _add(alpha)
    issuer.lies = {"email": "community@example.cn", "preferred_username": "community"}
    visitor = alpha.client()
    assert _come(visitor, issuer, f"/sign-in/by/{code}", code).location.endswith("/sign-in")
    assert visitor.get("/me").status_code == 302


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"aud": ["saas", "somebody-else"]},
        {"aud": ["saas", "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"nonce": "of another time"},
        {"nonce": None},
        {"exp": 1},
        {"iat": None},
        {"sub": ""},
        {"sub": 17},
        {"sub": "x" * 300},
    ],
    ids=str,
)
def test_a_token_that_lies_opens_nothing(
    alpha: District, issuer: Issuer, lies: dict[str, object]
) -> None:
    code = _linked(alpha, issuer)
    issuer.lies = lies
    visitor = alpha.client()
    assert _come(visitor, issuer, f"/sign-in/by/{code}", code).status_code == 403
    assert visitor.get("/me").status_code == 302


@pytest.mark.parametrize("alg", ["none", "HS256", "key"])
def test_a_token_signed_by_nobody_by_our_secret_or_by_a_stranger_opens_nothing(
    alpha: District, issuer: Issuer, alg: str
) -> None:
    code = _linked(alpha, issuer)
    if alg == "key":
        issuer.signed_with = ECKey.generate_key("P-256", {"kid": "one"})
    else:
        issuer.header = {"alg": alg}
    assert _come(alpha.client(), issuer, f"/sign-in/by/{code}", code).status_code == 403


def test_an_answer_is_good_once_in_the_browser_that_began(alpha: District, issuer: Issuer) -> None:
    code = _linked(alpha, issuer)
    visitor = alpha.client()
    away = visitor.get(f"/sign-in/by/{code}")
    answer = {"code": issuer.browse(away.location), "state": issuer.asked["state"]}
    cookie = visitor.client.get_cookie("saas_session", path=f"{alpha.root}/")
    assert cookie is not None
    stranger = alpha.client()
    assert stranger.post(f"/sign-in/back/{code}", **answer).status_code == 403
    assert visitor.post(f"/sign-in/back/{code}", **answer).status_code == 302
    again = alpha.client()
    again.client.set_cookie("saas_session", cookie.value, path=f"{alpha.root}/")
    assert again.post(f"/sign-in/back/{code}", **answer).status_code == 403


def test_a_token_of_an_earlier_time_is_nothing_now(alpha: District, issuer: Issuer) -> None:
    code = _linked(alpha, issuer)
    issuer.token = issuer.signed()
    assert _come(alpha.client(), issuer, f"/sign-in/by/{code}", code).status_code == 403


@pytest.mark.parametrize(
    "answer", [{"state": "guessed"}, {"iss": "https://evil.example"}, {"code": ""}], ids=str
)
def test_an_answer_that_was_changed_on_the_way_is_refused(
    alpha: District, issuer: Issuer, answer: dict[str, str]
) -> None:
    code = _linked(alpha, issuer)
    assert _come(alpha.client(), issuer, f"/sign-in/by/{code}", code, **answer).status_code == 403


def test_one_who_promises_to_name_himself_and_does_not_is_refused(
    alpha: District, issuer: Issuer
) -> None:
    code = _linked(alpha, issuer)
    issuer.about = {"authorization_response_iss_parameter_supported": True}
    start = f"/sign-in/by/{code}"
    assert _come(alpha.client(), issuer, start, code).status_code == 403
    assert _come(alpha.client(), issuer, start, code, iss=ISSUER).status_code == 302


def test_what_began_with_one_is_not_finished_by_another(alpha: District, issuer: Issuer) -> None:
    """Mix-up: a second provider takes the answer that the first one gave."""
    code = _linked(alpha, issuer)
    other = _add(alpha, issuer="https://evil.example", name="别家")
    visitor = alpha.client()
    away = visitor.get(f"/sign-in/by/{code}")
    answer = {"code": issuer.browse(away.location), "state": issuer.asked["state"]}
    assert visitor.post(f"/sign-in/back/{other}", **answer).status_code == 403
    assert visitor.get("/me").status_code == 302


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://id.example.cn/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_one_who_says_something_else_of_himself_is_not_gone_to(
    alpha: District, issuer: Issuer, about: dict[str, object]
) -> None:
    code = _add(alpha)
    issuer.about = about
    assert alpha.client().get(f"/sign-in/by/{code}").status_code == 403


def test_one_inside_our_own_net_is_not_called(alpha: District) -> None:
    code = _add(alpha, issuer="https://localhost")
    assert alpha.client().get(f"/sign-in/by/{code}").status_code == 403


def test_a_subject_means_one_person_and_another_issuer_means_nobody(
    alpha: District, issuer: Issuer
) -> None:
    code = _linked(alpha, issuer)
    second = _come(_in(alpha, "compound"), issuer, f"/account/vouching/{code}", code)
    assert second.status_code == 409
    admin = alpha.client("admin")
    changed = admin.post(f"/vouching/{code}", **(_FORM | {"issuer": "https://new.example.cn"}))
    assert changed.status_code == 302
    with alpha.work():
        assert session.scalars(sa.select(Identity)).all() == []


def test_a_closed_one_vouches_for_nobody_and_the_password_stays(
    alpha: District, issuer: Issuer
) -> None:
    code = _linked(alpha, issuer)
    alpha.client("admin").post(
        f"/vouching/{code}", **{name: value for name, value in _FORM.items() if name != "active"}
    )
    assert alpha.client().get(f"/sign-in/by/{code}").status_code == 404
    assert f"/sign-in/by/{code}" not in alpha.client().get("/sign-in").text
    assert _in(alpha, "community").get("/me").status_code == 200


def test_who_is_vouched_for_still_gives_the_second_step(alpha: District, issuer: Issuer) -> None:
    code = _linked(alpha, issuer)
    owner = _in(alpha, "community")
    assert owner.post("/account/second/codes").status_code == 200
    visitor = alpha.client()
    back = _come(visitor, issuer, f"/sign-in/by/{code}", code)
    assert back.location.endswith("/sign-in/second")
    assert visitor.get("/me").status_code == 302


def test_linking_asks_for_the_second_step_once_more(alpha: District, issuer: Issuer) -> None:
    code = _add(alpha)
    owner = _in(alpha, "community")
    owner.post("/account/second/codes")
    with alpha.work():
        session.execute(sa.update(SignIn).values(proved_at=SignIn.proved_at - timedelta(hours=1)))
    assert "/account/prove" in owner.get(f"/account/vouching/{code}").location


def test_one_parts_from_it_again(alpha: District, issuer: Issuer) -> None:
    code = _linked(alpha, issuer)
    owner = _in(alpha, "community")
    found = re.search(r"/account/apps/\d+", owner.get("/account/apps").text)
    assert found
    assert owner.post(found.group()).status_code == 302
    visitor = alpha.client()
    assert _come(visitor, issuer, f"/sign-in/by/{code}", code).location.endswith("/sign-in")


def test_the_secret_is_sealed_shown_to_nobody_and_stays_when_left_empty(
    alpha: District, issuer: Issuer
) -> None:
    code = _add(alpha)
    admin = alpha.client("admin")
    assert _FORM["secret"] not in admin.get(f"/vouching/{code}").text
    assert admin.post(f"/vouching/{code}", **(_FORM | {"secret": ""})).status_code == 302
    with alpha.work():
        assert session.scalars(sa.select(Provider)).one().secret == _FORM["secret"]
        raw = session.scalar(sa.select(sa.cast(Provider.secret, sa.LargeBinary)))
        assert raw is not None
    assert alpha.client("street").get("/vouching").status_code == 403
    assert admin.post("/vouching/new", **(_FORM | {"secret": ""})).status_code == 422


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("https://id.example.cn", True),
        ("https://id.example.cn/realms/one", True),
        ("http://localhost:9000", True),
        ("http://id.example.cn", False),
        ("https://id.example.cn?x=1", False),
        ("https://a@id.example.cn", False),
        ("id.example.cn", False),
    ],
)
def test_an_issuer_is_an_address_over_a_safe_line(text: str, usable: bool) -> None:
    assert usable_issuer(text) is usable
