"""Every form of the product, sent with what nobody should send: a sentence, never a 500."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import escape
from werkzeug.routing import Rule

from saas.accounts import commands as accounts
from saas.demands import commands as demands
from saas.kernel.context import SYSTEM
from saas.notices import commands as notices
from saas.notices import queries as notices_queries
from saas.rooms import queries as rooms
from saas.themes import commands as themes
from tests.notices.kinds import PLAIN
from tests.support import District, forms_begun

_FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*?\bname=\"([^\"]+)\"")
NASTY = {
    "nothing": "",
    "blank": "   ",
    "endless": "长" * 6000,
    "emoji": "🀄️" * 40,
    "right-to-left": "\u202eلا\u2066",
    "zero-width": "\u200b\u200d\ufeff",
    "nul": "a\x00b",
    "markup": "<script>alert(1)</script>{{7*7}}",
    "sql": "'; DROP TABLE people; --",
    "path": "../../etc/passwd",
    "number": "-99999999999999999999",
    "list": "[]",
}


@pytest.fixture
def ours(alpha: District) -> dict[str, str]:
    """What stands in the parts of our own addresses."""
    with alpha.work():
        street = alpha.unit("street")
        structure = rooms.structure_of(street)
        demand = demands.file_demand(
            category="rubbish",
            unit=alpha.unit("courtyard"),
            words="院门口垃圾",
            submission="every-form-submission",
            actor=alpha.actor("resident"),
        )
        token, _ = accounts.add_token(
            name="网格系统",
            unit=alpha.unit("courtyard"),
            scopes=["territory:unit:view"],
            days=30,
            actor=alpha.actor("admin"),
        )
        assert structure.centre is not None
        assert SYSTEM.id is None
        themes.begin("daan", actor=SYSTEM)
        answer = demands.write_answer(
            question="垃圾谁收？",
            answer="物业。",
            category="rubbish",
            actor=alpha.actor("admin"),
        )
        return {
            "answer": answer.code,
            "home": "charity",
            "template": "resolved",
            "reason": "budget",
            "question": "leak_where",
            "report": "handling_quality",
            "kind": "demands",
            "demands.code": demand.code,
            "demand": demand.code,
            "rooms.code": structure.rooms[0].code,
            "territory.code": "compound_one",
            "accounts.code": "courtyard_one",
            "street": street.code,
            "unit": "courtyard_one",
            "room": structure.rooms[0].code,
            "platform": structure.platforms[0].code,
            "person_id": str(alpha.people["courtyard"]),
            "post_id": "1",
            "token": "no-such-token",
            "token_id": str(token.id),
            "category": "rubbish",
            "number": "1",
            "tab": "calendar",
            "slot": "hero",
            "year": "2026",
            "day": "2026-10-01",
            "key": "1519",
            "version": "2.0.0",
            **_told(alpha),
        }


def _told(district: District) -> dict[str, str]:
    """Keys of a notice, a webhook and a delivery of the administrator."""
    admin = district.actor("admin")
    hook = notices.add_webhook(name="x", url="https://a.example/", kinds=[], actor=admin)
    notices.notify([district.people["admin"]], PLAIN, path="/rooms")
    (notice,), _ = notices_queries.inbox("all", actor=admin)
    (call,) = notices_queries.last_calls(hook)
    return {
        "webhook_id": str(hook.id),
        "notice_id": str(notice.id),
        "delivery_id": str(call.delivery.id),
    }


def _forms(app: Flask, plane: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        access = vars(app.view_functions[rule.endpoint])["__saas_access__"]
        if access.plane == plane and "POST" in (rule.methods or set()):
            yield rule


def _path(rule: Rule, ours: dict[str, str]) -> str:
    path = rule.rule
    for name in rule.arguments:
        domain = rule.endpoint.split(".")[0]
        value = ours.get(f"{domain}.{name}") or ours[name]
        if "/platform/" in rule.rule and name == "code":
            value = ours["platform"]
        path = re.sub(rf"<(?:int:)?{name}>", value, path)
    return path


@pytest.mark.parametrize("what", NASTY)
@pytest.mark.parametrize("who", ["admin", "resident"])
def test_no_form_breaks_and_a_refusal_says_why(
    app: Flask, alpha: District, ours: dict[str, str], who: str, what: str
) -> None:
    visitor, sent = alpha.client(who), 0
    for rule in _forms(app, "tenant"):
        if rule.endpoint in {"accounts.sign_out", "accounts.sign_in"}:
            continue
        path = _path(rule, ours)
        page = visitor.get(path).text if "GET" in (rule.methods or set()) else ""
        names = set(_FIELD.findall(page)) - {"csrf_token"} or {"reason", "name", "status"}
        answer = visitor.post(path, form="/rooms", **dict.fromkeys(names, NASTY[what]))
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        if answer.status_code == 422:
            assert 'role="alert"' in answer.text, path
        assert NASTY["markup"] not in answer.text, path
        sent += 1
    assert sent > 20


def test_what_was_typed_stays_in_the_form_that_refuses_it(alpha: District) -> None:
    visitor, typed = alpha.client("admin"), "很长的原因与说明" * 3
    for path, fields in {
        "/people/add?unit=courtyard_one": {"name": typed, "phone": "12"},
        "/units/compound_one/add": {"name_zh": typed, "code": "Bad Code", "kind": "none"},
        "/console/rooms/street_one/new": {"name_zh": typed, "seal": "两字"},
    }.items():
        answer = visitor.post(path, form="/rooms", **fields)
        assert answer.status_code == 422, path
        assert str(escape(typed)) in answer.text, path


#: Forms that begin with something and edit nothing by it, or have a mark of their own: why.
BEGINS = {
    "culture_editor.publish": "new: an edition",
    "culture_editor.tab": "the draft has a mark for each tab (seen)",
    "demands.add_category": "new: the kind is proposed",
    "demands.add_question": "new: the kind of answer is proposed",
    "demands.add_report": "new: period and measures are proposed",
    "demands.enter": "new: a demand, its way in is proposed",
    "demands.new": "new: a demand",
    "model.export": "a file: its head is proposed",
    "rooms.grid": "every row has a mark of its own (seen-<room>)",
    "setup_import.divisions": "a list to be read: district and day are proposed",
    "territory.add": "new: its only kind is proposed",
}


def test_every_form_that_edits_carries_the_mark_of_what_was_seen(
    app: Flask, alpha: District, ours: dict[str, str]
) -> None:
    """A form in which something stands already edits it, unless it is listed with the reason."""
    visitor, bare = alpha.client("admin"), set[str]()
    for rule in _forms(app, "tenant"):
        if "GET" in (rule.methods or set()):
            begun = forms_begun(visitor.get(_path(rule, ours)).text)
            if any("as_seen" not in sent for sent in begun.values()):
                bare.add(rule.endpoint)
    assert sorted(bare) == sorted(BEGINS), " ".join(sorted(bare))
