"""A district gets another code and the old one leads on; a host of its own after proof alone."""

from __future__ import annotations

from dataclasses import replace

import dns.resolver
import pytest
from flask import Flask

from saas.app import create_app
from saas.kernel.context import entering
from saas.kernel.db import db, session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.unit_of_work import unit_of_work
from saas.settings import Settings
from saas.tenancy import addresses, commands, leaving, name_service, queries
from saas.tenancy.models import Host
from tests.support import PASSWORD, District, Visitor, bring_up, run_worker

pytestmark = pytest.mark.commits
AT = "/hub/districts/{}/addresses"
_COUNT = iter(range(100))


@pytest.fixture
def old(app: Flask) -> District:
    return bring_up(app, f"old{next(_COUNT)}")


@pytest.fixture
def operator(app: Flask) -> Visitor:
    login = f"names{next(_COUNT)}"
    with app.test_request_context(), entering(app.extensions["saas"].hub), unit_of_work():
        commands.create_operator(login=login, name="值班", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    door = "/hub/sign-in"
    assert visitor.post(door, form=door, login=login, password=PASSWORD).status_code == 302
    visitor.get("/language/en")
    return visitor


def _rename(operator: Visitor, code: str, new: str) -> str:
    at = AT.format(code)
    answer = operator.post(f"{at}/code", form=at, new=new)
    assert answer.status_code == 302, answer.text
    return new


def test_printed_links_lead_on_with_their_query(operator: Visitor, old: District) -> None:
    before = old.tenant.code
    new = _rename(operator, before, f"{before}-new")
    client = old.app.test_client()
    answer = client.get(f"/d/{before}/demands/new?room=1&t=诉")
    assert answer.status_code == 308
    assert answer.headers["Location"].startswith(f"/d/{new}/demands/new?room=1&t=")
    assert client.get(f"/d/{new}/").status_code == 200
    assert client.head(f"/d/{before}/").status_code == 308
    assert operator.get(f"/hub/districts/{before}").status_code == 200
    assert new in operator.get(AT.format(before)).text


def test_renamed_twice_every_code_leads_to_the_last(operator: Visitor, old: District) -> None:
    first = old.tenant.code
    second = _rename(operator, first, f"{first}-b")
    third = _rename(operator, second, f"{first}-c")
    client = old.app.test_client()
    for code in (first, second):
        assert client.get(f"/d/{code}/").headers["Location"] == f"/d/{third}/"
    _rename(operator, third, first)  # and back: no circle
    assert client.get(f"/d/{first}/").status_code == 200
    assert client.get(f"/d/{third}/").headers["Location"] == f"/d/{first}/"


def test_no_browser_keeps_where_an_old_code_led_so_that_none_goes_in_circles(
    operator: Visitor, old: District
) -> None:
    """Renamed and back: one that kept the first answer would be sent to and fro for ever; and what
    carries a sign-in along is for nobody else.
    """
    admin, before = old.client("admin"), old.tenant.code
    new = _rename(operator, before, f"{before}-b")
    onward = admin.client.get(f"/d/{before}/me")
    assert "saas_session" in onward.headers["Set-Cookie"]
    assert onward.headers["Cache-Control"] == "no-store"
    _rename(operator, new, before)
    assert admin.client.get(f"/d/{new}/").headers["Cache-Control"] == "no-store"


def test_nobody_is_sent_to_a_host_that_stands_where_a_port_should(
    settings: Settings, operator: Visitor, old: District
) -> None:
    before = old.tenant.code
    new = _rename(operator, before, f"{before}-new")
    client = create_app(replace(settings, base_domain="cities.example")).test_client()
    right = f"http://{new}.cities.example"
    for port, at in {
        ":8519": ":8519",
        "": "",
        ":80@evil.example": "",
        ":@evil.example": "",
    }.items():
        answer = client.get("/demands", headers={"Host": f"{before}.cities.example{port}"})
        assert answer.headers.get("Location", f"{right}/demands") == f"{right}{at}/demands", port


def test_a_name_below_that_of_the_service_leads_on_too(
    settings: Settings, operator: Visitor, old: District
) -> None:
    before = old.tenant.code
    new = _rename(operator, before, f"{before}-new")
    named = create_app(replace(settings, base_domain="cities.example"))
    client = named.test_client()
    there = {"Host": f"{before}.cities.example:8519"}
    answer = client.get("/demands?room=1", headers=there)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"http://{new}.cities.example:8519/demands?room=1"
    assert client.post("/api/v1/demands", json={}, headers=there).status_code == 401
    other = {"Host": f"nobody{before}.cities.example"}
    assert client.get("/", headers=other).status_code == 404
    with named.app_context():
        db.engine.dispose()


def test_who_is_signed_in_stays_so_and_a_form_on_the_screen_can_be_sent(
    operator: Visitor, old: District
) -> None:
    admin = old.client("admin")
    before = old.tenant.code
    new = _rename(operator, before, f"{before}-new")
    form = {"csrf_token": admin._token}  # of the page that is open
    taken = admin.client.post(f"/d/{before}/account/sign-ins/others", data=form)
    assert taken.status_code == 302, taken.text
    onward = admin.client.get(f"/d/{before}/me")
    assert onward.status_code == 308
    assert admin.client.get(f"/d/{new}/me").status_code == 200
    assert admin.client.get_cookie("saas_session", path=f"/d/{before}/") is None


def test_a_program_sends_to_the_old_address_and_is_answered(
    operator: Visitor, old: District
) -> None:
    before = old.tenant.code
    _rename(operator, before, f"{before}-new")
    answer = old.app.test_client().post(f"/d/{before}/api/v1/demands", json={})
    assert answer.status_code == 401


def test_the_hubs_own_cookie_goes_nowhere(operator: Visitor, old: District) -> None:
    before = old.tenant.code
    new = _rename(operator, before, f"{before}-new")
    assert operator.client.get(f"/d/{before}/").status_code == 308
    assert operator.client.get_cookie("saas_session", path=f"/d/{new}/") is None


def test_no_code_is_given_twice(app: Flask, operator: Visitor, old: District) -> None:
    before = old.tenant.code
    _rename(operator, before, f"{before}-new")
    other = bring_up(app, f"other{next(_COUNT)}")
    at = AT.format(other.tenant.code)
    for taken in (before, f"{before}-new", "hub", "x", "xn--abc", "大"):
        answer = operator.post(f"{at}/code", form=at, new=taken)
        assert answer.status_code == 422, taken
    with app.test_request_context(), entering(app.extensions["saas"].hub), pytest.raises(Invalid):
        commands.request_tenant(
            code=before, name={"zh": "重"}, package="1519", actor=queries.context.SYSTEM
        )


def test_jobs_and_archives_follow_the_new_code(
    app: Flask, settings: Settings, operator: Visitor, old: District
) -> None:
    before, hub = old.tenant.code, app.extensions["saas"].hub
    _, public = leaving.new_key()
    assert operator.post(
        f"/hub/districts/{before}/leaving/key",
        form=f"/hub/districts/{before}/leaving",
        recipient=public,
    ).status_code == 302  # fmt: skip
    assert operator.post(
        f"/hub/districts/{before}/leaving/archive", form=f"/hub/districts/{before}/leaving"
    ).status_code == 302  # fmt: skip
    new = _rename(operator, before, f"{before}-new")
    run_worker(app, settings.owner_url or "")
    with app.test_request_context(), entering(hub):
        assert len(queries.archives_of(queries.access_tenant(new))) == 1


def test_a_demo_keeps_its_code(app: Flask, old: District) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        queries.access_tenant(old.tenant.code).kind = "demo"
        with pytest.raises(Conflict):
            addresses.rename(old.tenant.code, new="elsewhere", actor=queries.context.SYSTEM)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What the world's servers of names say in this test."""
    said: dict[str, list[str]] = {}
    monkeypatch.setattr(name_service, "texts_at", lambda name: said.get(name, []))
    return said


def test_a_host_leads_there_only_once_it_is_proved(
    app: Flask, operator: Visitor, old: District, records: dict[str, list[str]]
) -> None:
    at, host = AT.format(old.tenant.code), f"h{next(_COUNT)}.example.org"
    assert operator.post(f"{at}/hosts", form=at, host=host.upper() + ".").status_code == 302
    client = app.test_client()
    assert "/hub" in client.get("/", headers={"Host": host}).text
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        row = addresses.host_by_name(old.tenant.code, host)
        number, (name, says) = row.id, addresses.record_of(row)
    assert says in operator.get(at).text
    prove = f"{at}/hosts/{number}/prove"
    records[name] = ["something else", "1519-proof="]
    assert operator.post(prove, form=at).status_code == 302
    assert "not proved yet" in operator.get(at).text
    records[name] = [says]
    assert operator.post(prove, form=at).status_code == 302
    assert old.tenant.code in client.get("/", headers={"Host": host}).text
    other = bring_up(app, f"third{next(_COUNT)}")
    there = AT.format(other.tenant.code)
    assert operator.post(f"{there}/hosts", form=there, host=host).status_code == 422
    assert operator.post(f"{there}/hosts/{number}/remove", form=there).status_code == 404
    assert operator.post(f"{at}/hosts/{number}/remove", form=at).status_code == 302
    assert "/hub" in client.get("/", headers={"Host": host}).text


@pytest.mark.parametrize(
    "name",
    ["localhost", "10.0.0.1", "xn--fiqs8s.cn", "a.xn--fiqs8s", "大.cn", "a_b.cn", "-a.cn", "a..cn",
     "a.cn/x", "a.cn:80", f"{'a' * 64}.cn"],
)  # fmt: skip
def test_what_is_no_plain_name_is_refused(app: Flask, old: District, name: str) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub), pytest.raises(Invalid):
        addresses.add_host(old.tenant.code, host=name, actor=queries.context.SYSTEM)


def test_a_server_of_names_that_is_away_is_said(
    app: Flask, old: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise dns.resolver.LifetimeTimeout(timeout=5, errors=[])

    monkeypatch.setattr(dns.resolver, "resolve", away)
    with pytest.raises(name_service.NoAnswer):
        name_service.texts_at("a.example.org")
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        made = addresses.add_host(
            old.tenant.code, host="away.example.org", actor=queries.context.SYSTEM
        )
        with pytest.raises(Conflict):
            addresses.prove_host(old.tenant.code, made.id, actor=queries.context.SYSTEM)
        assert session.get(Host, made.id) is not None


def test_an_unknown_name_has_no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise dns.resolver.NXDOMAIN

    monkeypatch.setattr(dns.resolver, "resolve", unknown)
    assert name_service.texts_at("a.example.org") == []
