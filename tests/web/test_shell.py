"""What every answer carries, and what no log line does."""

from __future__ import annotations

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string
from sqlalchemy.exc import OperationalError

from saas.kernel import log
from saas.kernel.i18n import lazy_gettext, speaking
from saas.web import security, sessions
from tests.support import District

_HEADERS = {
    "Content-Security-Policy": security.POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def test_every_kind_of_answer_carries_the_headers(app: Flask, alpha: District) -> None:
    client = app.test_client()
    paths = ("/d/alpha/", "/d/alpha/nothing", "/d/nobody/", "/hub/", "/healthz", "/readyz",
             "/d/alpha/api/v1/demands", "/d/alpha/look/plain.css")  # fmt: skip
    for path in paths:
        answer = client.get(path)
        for name, value in _HEADERS.items():
            assert answer.headers[name] == value, path
        assert answer.headers["X-Request-Id"]


def test_cookies_are_kept_from_scripts_other_sites_and_other_districts(alpha: District) -> None:
    answer = alpha.client().post("/sign-in", login="resident", password="a sentence to remember")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path={alpha.root}/" in cookie
    assert "Domain" not in cookie


def test_a_sign_in_that_does_not_change_is_signed_anew_once_an_hour(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = alpha.client("courtyard")
    visitor.get("/demands")  # the page with the first form gives the sign-in its token
    assert "Set-Cookie" not in visitor.get("/demands").headers
    monkeypatch.setattr(sessions, "_FRESH", timedelta(seconds=-1))
    assert "Set-Cookie" in visitor.get("/demands").headers, "who comes every day stays signed in"


def test_what_fills_a_sentence_is_escaped_and_a_sign_in_it_is_not_doubled(
    app: Flask, alpha: District
) -> None:
    says = app.jinja_env.from_string(
        "{{ _('%(what)s: not done. %(why)s', what='<a>', why='5%') }} {{ _('50%% of <b>') }}"
        " {{ ngettext('%(num)s entry', '%(num)s entries', 2) }}"
        "{% autoescape false %} {{ _('%(what)s: not done. %(why)s', what='<', why='') }}"
        "{% endautoescape %}"
    )
    with alpha.work(), speaking("en"):
        assert says.render() == "&lt;a&gt;: not done. 5% 50% of <b> 2 entries <: not done. "


def test_a_page_of_one_plane_does_not_exist_on_the_other(app: Flask, alpha: District) -> None:
    client = app.test_client()
    for path in ("/d/alpha/hub/", "/d/alpha/healthz", "/d/alpha/hub/new", "/rooms", "/sign-in"):
        assert client.get(path).status_code == 404, path


def test_a_post_without_the_forms_token_is_refused(alpha: District) -> None:
    visitor = alpha.client("resident")
    answer = visitor.client.post(f"{alpha.root}/sign-out", data={})
    assert answer.status_code == 400
    assert visitor.get("/demands/mine").status_code == 200


def test_an_unexpected_error_shows_and_logs_nothing_that_was_typed(
    alpha: District, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from saas.accounts import commands

    def burst(**given: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(commands, "sign_in", burst)
    root = logging.getLogger()
    before = root.handlers[:]
    log.configure()
    try:
        answer = alpha.client().post("/sign-in", login="typed-login", password="typed-password")
    finally:
        root.handlers = before
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.text
    logged = capfd.readouterr().err
    assert "RuntimeError" in logged
    assert alpha.tenant.schema in logged
    assert '"route": "accounts.sign_in"' in logged
    assert "typed-" not in logged


def test_a_database_that_is_gone_is_told_as_a_passing_thing(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    from saas.showcase import pages

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("terminating connection"))

    monkeypatch.setattr(pages, "render", gone)
    answer = alpha.client().get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "SELECT" not in answer.text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=999999999999", "page=x", "page=٣", "q=%00", "q=%25_%5C", "list=no",
     "q=" + "x" * 5000, "q=%ED%A0%80", "level=%27%3B--"],
)  # fmt: skip
def test_odd_addresses_are_answered_without_breaking(alpha: District, query: str) -> None:
    visitor = alpha.client("admin")
    for path in ("/demands", "/people", "/units", "/console/rooms", "/audit"):
        assert visitor.get(f"{path}?{query}").status_code in {200, 404}, path
    for path in ("/demands/%00", "/rooms/%00/x", "/units/%00", "/welcome/%00"):
        assert visitor.get(f"{path}?{query}").status_code == 404, path


def test_a_choice_whose_word_is_said_late_is_a_choice_and_no_group(app: Flask) -> None:
    page = (
        """{% from "macros/forms.html" import select %}{{ select(form, "how", "How?", options) }}"""
    )
    blank = SimpleNamespace(values={"how": "desk"}, errors={}, changed={})
    options = [("desk", lazy_gettext("at the desk")), ("Others", [("phone", "by telephone")])]
    with app.test_request_context():
        shown = render_template_string(page, form=blank, options=options)
    assert '<option value="desk" selected>' in shown
    assert shown.count("<optgroup") == 1
