"""Inside a super-app: in by its ticket and by nothing else, shown by its pages and by no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from typing import Any

import pytest
import sqlalchemy as sa

from saas.access import commands, rules
from saas.access.models import App, Identity, UsedTicket
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.web import security
from saas.web.frames import COOKIE
from tests.access.superapp import ORIGIN, SuperApp, with_rsa, with_secret
from tests.support import PASSWORD, District, Visitor, token_in


def _add(district: District, app: SuperApp, **other: str) -> str:
    """The code of the app, added by the administrator."""
    answer = district.client("admin").post("/apps/new", form="/apps/new", **app.form(**other))
    assert answer.status_code == 302, answer.text
    return answer.location.rsplit("/", 1)[1]


@pytest.fixture
def app_key() -> SuperApp:
    return SuperApp()


@pytest.fixture
def code(alpha: District, app_key: SuperApp) -> str:
    """The app, known to the district."""
    return _add(alpha, app_key)


def _open(visitor: Visitor, code: str, ticket: str) -> Any:
    """What the app's frame asks for first."""
    return visitor.get(f"/embed/{code}?ticket={ticket}", base_url="https://localhost")


def _send(visitor: Visitor, path: str, page: str, **fields: str) -> Any:
    """Send a form of a page inside the frame, over https as it has to be."""
    return visitor.client.post(
        visitor.root + path, data={"csrf_token": token_in(page), **fields},
        base_url="https://localhost", headers={"Referer": "https://localhost/"},
    )  # fmt: skip


def _in(visitor: Visitor, code: str, ticket: str) -> Any:
    """Come in by a ticket; where that leads."""
    page = _open(visitor, code, ticket)
    assert page.status_code == 200, page.text
    return _send(visitor, f"/embed/{code}", page.text, ticket=ticket)


def _shown(visitor: Visitor, path: str) -> Any:
    return visitor.get(path, base_url="https://localhost")


def _linked(district: District, app: SuperApp, code: str, who: str = "resident") -> Visitor:
    """A visitor who has come in, signed in inside the app, and linked the account."""
    visitor = district.client()
    assert _in(visitor, code, app.ticket(district.tenant.code)).status_code == 302
    page = _shown(visitor, "/sign-in").text
    sent = _send(visitor, "/sign-in", page, login=who, password=PASSWORD)
    assert sent.status_code == 302, sent.text
    answer = _send(visitor, "/embedded/link", _shown(visitor, "/embedded/link").text)
    assert answer.status_code == 302
    return visitor


# The way in


def test_the_first_time_a_resident_says_who_it_is_and_from_then_on_the_ticket_is_enough(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    first = alpha.client()
    onward = _in(first, code, app_key.ticket("alpha"))
    assert onward.location.endswith("/embedded/link")
    offered = _shown(first, "/embedded/link").text
    assert "/register" in offered
    assert "/sign-in?next=" in offered
    assert _shown(first, "/demands/mine").status_code == 302, "nobody is signed in yet"
    _linked(alpha, app_key, code)
    again = alpha.client()
    assert _in(again, code, app_key.ticket("alpha")).location.endswith(f"{alpha.root}/")
    assert _shown(again, "/demands/mine").status_code == 200
    with alpha.work():
        row = session.scalars(sa.select(Identity)).one()
        assert row.person_id == alpha.people["resident"]
        assert "citizen-7" not in row.subject_hash


def test_another_subject_is_another_person_however_it_is_called(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    _linked(alpha, app_key, code)
    with alpha.work():
        known = alpha.actor("resident").name
    other = alpha.client()
    ticket = app_key.ticket("alpha", "citizen-8", name=known, phone_number="13800138000")
    assert _in(other, code, ticket).location.endswith("/embedded/link")
    assert _shown(other, "/demands/mine").status_code == 302


def test_who_registers_inside_the_app_is_asked_to_link_on_every_page_until_then(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    visitor = alpha.client()
    _in(visitor, code, app_key.ticket("alpha"))
    assert "/embedded/link" not in _shown(visitor, "/rooms").text
    page = _shown(visitor, "/sign-in").text
    _send(visitor, "/sign-in", page, login="neighbour", password=PASSWORD)
    assert f"{alpha.root}/embedded/link" in _shown(visitor, "/rooms").text
    page = _shown(visitor, "/embedded/link").text
    assert "关联账号和这个应用" in _shown(visitor, "/rooms").text
    assert "关联账号和这个应用" not in page, "the page itself does not lead to itself"
    _send(visitor, "/embedded/link", page)
    assert f"{alpha.root}/embedded/link" not in _shown(visitor, "/rooms").text


@pytest.mark.parametrize("make", [SuperApp, with_secret, with_rsa])
def test_every_way_of_signing_that_is_offered_works(alpha: District, make: Any) -> None:
    app = make()
    assert _in(alpha.client(), _add(alpha, app), app.ticket("alpha")).status_code == 302


# What is refused


def _wrong(app: SuperApp, what: str) -> str:
    now = int(time.time())
    return {
        "another key": lambda: SuperApp(app.issuer).ticket("alpha"),
        "another district": lambda: app.ticket("beta"),
        "several districts without ours": lambda: app.ticket("alpha", aud=["beta", "gamma"]),
        "no district": lambda: app.ticket("alpha", aud=None),
        "another issuer": lambda: app.ticket("alpha", iss="https://id.evil.example"),
        "expired": lambda: app.ticket("alpha", iat=now - 400, exp=now - 200),
        "not yet": lambda: app.ticket("alpha", iat=now + 300, exp=now + 400),
        "too long a life": lambda: app.ticket("alpha", exp=now + 3600),
        "no end": lambda: app.ticket("alpha", exp=None),
        "no number": lambda: app.ticket("alpha", jti=None),
        "an empty subject": lambda: app.ticket("alpha", ""),
        "no subject": lambda: app.ticket("alpha", sub=None),
        "a number as subject": lambda: app.ticket("alpha", sub=7),
        "a broken one": lambda: app.ticket("alpha")[:-4] + "AAAA",
        "none at all": lambda: "",
        "no signature": lambda: "eyJhbGciOiJub25lIn0." + app.ticket("alpha").split(".")[1] + ".",
        "too long": lambda: app.ticket("alpha", "x" * 5000),
    }[what]()  # fmt: skip


_FAULTS = (
    "another key", "another district", "several districts without ours", "no district",
    "another issuer", "expired", "not yet", "too long a life", "no end", "no number",
    "an empty subject", "no subject", "a number as subject", "a broken one", "none at all",
    "no signature", "too long",
)  # fmt: skip


@pytest.mark.parametrize("what", _FAULTS)
def test_a_ticket_with_a_fault_opens_nothing_and_says_only_to_open_it_anew(
    alpha: District, app_key: SuperApp, code: str, what: str
) -> None:
    visitor = alpha.client()
    answer = _open(visitor, code, _wrong(app_key, what))
    assert answer.status_code == 403
    assert "请回到" in answer.text
    assert COOKIE not in str(answer.headers)


def test_a_public_key_is_no_shared_secret(alpha: District, app_key: SuperApp, code: str) -> None:
    """Who knows the public key cannot sign with it by naming another way of signing."""
    now = int(time.time())
    said = {"iss": app_key.issuer, "sub": "x", "aud": "alpha", "iat": now, "exp": now + 60,
            "jti": "1"}  # fmt: skip
    head, body = (_encoded(json.dumps(one)) for one in ({"alg": "HS256"}, said))
    mac = hmac.digest(app_key.public.encode(), f"{head}.{body}".encode(), hashlib.sha256)
    assert _open(alpha.client(), code, f"{head}.{body}.{_encoded(mac)}").status_code == 403


def _encoded(part: str | bytes) -> str:
    raw = part.encode() if isinstance(part, str) else part
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_a_ticket_is_good_once(alpha: District, app_key: SuperApp, code: str) -> None:
    ticket = app_key.ticket("alpha")
    assert _in(alpha.client(), code, ticket).status_code == 302
    again = alpha.client()
    page = _open(again, code, ticket)
    assert _send(again, f"/embed/{code}", page.text, ticket=ticket).status_code == 403
    with alpha.work():
        assert session.scalars(sa.select(sa.func.count()).select_from(UsedTicket)).one() == 1


def test_used_tickets_are_forgotten_when_they_are_too_old_anyway(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    _in(alpha.client(), code, app_key.ticket("alpha"))
    with alpha.work(), clock.turned(rules.TICKET_LASTS * 2):
        app = session.scalars(sa.select(App)).one()
        session.execute(sa.delete(UsedTicket).where(UsedTicket.until < commands._forgotten()))
        assert not session.scalars(sa.select(UsedTicket)).all()
        assert app.active


def test_an_app_of_another_district_or_none_is_not_known(
    alpha: District, beta: District, app_key: SuperApp, code: str
) -> None:
    for visitor, name in ((beta.client(), code), (alpha.client(), "nobody00")):
        assert _open(visitor, name, app_key.ticket("alpha")).status_code == 404
        assert _open(visitor, name, app_key.ticket("beta")).status_code == 404


def test_a_ticket_without_the_page_that_asks_for_it_signs_nobody_in(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    visitor = alpha.client()
    page = _shown(visitor, "/sign-in").text
    sent = _send(visitor, f"/embed/{code}", page, ticket=app_key.ticket("alpha"))
    assert sent.status_code == 403


def test_who_holds_a_post_comes_in_by_no_ticket(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    visitor = _linked(alpha, app_key, code, who="courtyard")
    assert "您在这里有岗位" in _shown(visitor, "/rooms").text
    with alpha.work():
        assert not session.scalars(sa.select(Identity)).all()


def test_who_signs_in_inside_an_app_acts_there_by_no_post(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    visitor = alpha.client()
    assert _in(visitor, code, app_key.ticket("alpha")).status_code == 302
    page = _shown(visitor, "/sign-in").text
    _send(visitor, "/sign-in", page, login="admin", password=PASSWORD)
    assert _shown(visitor, "/me").status_code == 200, "signed in"
    for path in ("/people", "/demands", "/apps", "/audit"):
        assert _shown(visitor, path).status_code == 403, path
    assert alpha.client("admin").get("/people").status_code == 200, "outside all is as it was"


def test_a_resident_who_is_given_a_post_later_is_not_let_in_by_the_app_any_more(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    _linked(alpha, app_key, code)
    with alpha.work():
        row = session.scalars(sa.select(Identity)).one()
        row.person_id = alpha.people["courtyard"]
    visitor = alpha.client()
    assert _in(visitor, code, app_key.ticket("alpha")).status_code == 409
    assert _shown(visitor, "/demands").status_code == 302


# Who may show us, and what travels


def _framed(answer: Any) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
    assert found
    return found[1]


def test_only_pages_of_that_app_may_frame_and_only_in_its_session(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    inside = _linked(alpha, app_key, code)
    for path in ("/", "/rooms", "/demands/mine", "/nothing-here"):
        assert _framed(_shown(inside, path)) == f"'self' {ORIGIN}", path
    outside = alpha.client("resident")
    for path in ("/", "/rooms", "/demands/mine", "/nothing-here"):
        assert _framed(outside.get(path)) == "'none'", path
        assert outside.get(path).headers["Content-Security-Policy"] == security.POLICY


def test_the_session_travels_under_a_name_of_its_own_and_the_other_one_stays(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    person = alpha.client("officer")
    ticket = app_key.ticket("alpha")
    opened = _open(person, code, ticket)
    (cookie,) = opened.headers.getlist("Set-Cookie")
    for part in (f"{COOKIE}=", "Secure", "HttpOnly", "SameSite=None", "Partitioned",
                 f"Path={alpha.root}/"):  # fmt: skip
        assert part in cookie, part
    assert person.client.get_cookie("saas_session", path=f"{alpha.root}/") is not None
    person.client.delete_cookie(COOKIE, path=f"{alpha.root}/")
    assert person.get("/demands").status_code == 200, "who was signed in before still is"


def test_inside_the_app_there_is_no_header_of_ours_and_no_worker(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    inside = _linked(alpha, app_key, code)
    page = _shown(inside, "/rooms").text
    assert '<header class="masthead"' not in page
    assert "data-worker" not in page
    assert 'rel="manifest"' not in page
    assert "bottombar" in page
    assert '<header class="masthead"' in alpha.client("resident").get("/rooms").text


def test_what_another_page_sends_with_the_cookie_that_travels_is_refused(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    inside = _linked(alpha, app_key, code)
    token = token_in(_shown(inside, "/rooms").text)
    for origin, status in ((ORIGIN, 403), ("null", 403), ("https://localhost", 302)):
        sent = inside.client.post(
            f"{alpha.root}/sign-out", data={"csrf_token": token}, base_url="https://localhost",
            headers={"Referer": "https://localhost/", "Origin": origin},
        )  # fmt: skip
        assert sent.status_code == status, origin


def test_nor_is_it_taken_with_a_cookie_that_holds_no_app_any_more(alpha: District) -> None:
    left = alpha.client()
    left.client.set_cookie(COOKIE, "of an app that is gone", path=f"{alpha.root}/")
    for origin, status in ((ORIGIN, 403), ("https://localhost", 302)):
        sent = left.client.post(
            f"{alpha.root}/sign-out", data={"csrf_token": token_in(_shown(left, "/sign-in").text)},
            base_url="https://localhost",
            headers={"Referer": "https://localhost/", "Origin": origin},
        )  # fmt: skip
        assert sent.status_code == status, origin


def test_who_signs_out_stays_in_the_app_as_nobody(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    inside = _linked(alpha, app_key, code)
    _send(inside, "/sign-out", _shown(inside, "/rooms").text)
    assert _shown(inside, "/demands/mine").status_code == 302
    assert _framed(_shown(inside, "/")) == f"'self' {ORIGIN}"


def test_an_app_that_is_closed_lets_nobody_in_and_everybody_out(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    inside = _linked(alpha, app_key, code)
    admin = alpha.client("admin")
    admin.post(f"/apps/{code}/state", form=f"/apps/{code}", state="closed")
    answer = _shown(inside, "/demands/mine")
    assert answer.status_code == 302
    assert _framed(answer) == "'none'"
    assert _open(alpha.client(), code, app_key.ticket("alpha")).status_code == 404
    admin.post(f"/apps/{code}/state", form=f"/apps/{code}", state="open")
    assert _in(alpha.client(), code, app_key.ticket("alpha")).status_code == 302


# Managed by the administrator, ended by the person


def test_a_person_sees_by_which_apps_and_parts_from_one(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    _linked(alpha, app_key, code)
    person = alpha.client("resident")
    assert "市民通" in person.get("/account/apps").text
    with alpha.work():
        number = session.scalars(sa.select(Identity.id)).one()
    assert alpha.client("neighbour").post(
        f"/account/apps/{number}", form="/account/apps"
    ).status_code == 404  # fmt: skip
    assert person.post(f"/account/apps/{number}", form="/account/apps").status_code == 302
    assert _in(alpha.client(), code, app_key.ticket("alpha")).location.endswith("/embedded/link")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ancestors", "*"),
        ("ancestors", "https://*.example.cn"),
        ("ancestors", "http://app.example.cn"),
        ("ancestors", "https://app.example.cn/path"),
        ("ancestors", "https://app.example.cn; script-src *"),
        ("ancestors", "https://user@app.example.cn"),
        ("ancestors", ""),
        ("ancestors", "\n".join(f"https://a{n}.example.cn" for n in range(6))),
        ("key", "short"),
        ("key", ""),
        ("algorithm", "none"),
        ("issuer", ""),
    ],
)
def test_what_would_let_anybody_in_is_refused_at_its_field(
    alpha: District, app_key: SuperApp, field: str, value: str
) -> None:
    sent = alpha.client("admin").post(
        "/apps/new", form="/apps/new", **app_key.form(**{field: value})
    )
    assert sent.status_code == 422
    assert f'id="e-{field}"' in sent.text or f'href="#f-{field}"' in sent.text


def test_a_private_key_and_a_weak_one_are_refused(alpha: District, app_key: SuperApp) -> None:
    admin = alpha.client("admin")
    private = app_key.key.as_pem(private=True).decode()
    for form in (app_key.form(key=private), app_key.form(algorithm="RS256")):
        assert admin.post("/apps/new", form="/apps/new", **form).status_code == 422


def test_the_key_is_sealed_shown_to_nobody_and_stays_when_nothing_is_typed(
    alpha: District, app_key: SuperApp, code: str
) -> None:
    admin = alpha.client("admin")
    page = admin.get(f"/apps/{code}").text
    assert "BEGIN PUBLIC KEY" not in page
    assert f"/embed/{code}" in page
    form = app_key.form(key="", ancestors=f"{ORIGIN}\nhttps://m.example.cn:8443")
    assert admin.post(f"/apps/{code}", form=f"/apps/{code}", **form).status_code == 302
    assert _in(alpha.client(), code, app_key.ticket("alpha")).status_code == 302
    with alpha.work():
        (stored,) = session.execute(sa.text("SELECT key FROM apps")).scalars()
        assert b"PUBLIC" not in bytes(stored)
        actions = set(session.scalars(sa.select(AuditEntry.action)))
    assert {"access.add_app", "access.change_app"} <= actions


@pytest.mark.parametrize("who", ["officer", "street", "resident", "auditor"])
def test_nobody_but_who_sets_up_the_district_manages_apps(alpha: District, who: str) -> None:
    assert alpha.client(who).get("/apps").status_code == 403
    assert alpha.client(who).get("/apps/new").status_code == 403
