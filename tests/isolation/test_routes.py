"""Every route of a district, called with what belongs to its neighbour."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.demands import commands as demands
from saas.figures import commands as figures
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices import commands as notices
from saas.notices.models import Delivery, Notice
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.territory import commands as territory
from saas.themes import commands as themes
from saas.themes import queries as packs
from tests.notices.kinds import ANSWERED
from tests.support import CAST, District, Visitor, token_in

MARK = "邻区机密"
#: The part of a path → what the neighbour has under that name and we do not.
Theirs = dict[str, str]


@pytest.fixture
def theirs(alpha: District, beta: District) -> Theirs:
    """Things that only beta has, all marked: a street with rooms, a person, a post, a demand."""
    with beta.work():
        street = territory.add_unit(
            code="secret_street", kind="street", name={"zh": MARK}, parent=beta.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        rooms.plan_street(street, actor=SYSTEM)
        structure = room_queries.structure_of(street)
        room = rooms.add_room(
            street, platform=structure.platforms[0], code="secret_room", name={"zh": MARK},
            seal="密", actor=SYSTEM,
        )  # fmt: skip
        for number in range(5):  # keys that alpha has not reached
            person = accounts.add_person(name=MARK, login=f"secret{number}", actor=SYSTEM)
            post = accounts.add_post(
                unit=street, role=people.role("room_keeper"), name={"zh": MARK}, actor=SYSTEM
            )
        token = accounts.invite(person, actor=SYSTEM)
        key, _ = accounts.add_token(
            name=MARK, unit=street, scopes=["territory:unit:view"], days=30,
            actor=beta.actor("admin"),
        )  # fmt: skip
        demand = demands.file_demand(
            category="rubbish", unit=beta.unit("courtyard"), words=MARK,
            submission="secret-submission", actor=beta.actor("resident"),
        )  # fmt: skip
        admin = beta.actor("admin")
        answer = demands.write_answer(question=MARK, answer=MARK, category="rubbish", actor=admin)
        demands.publish_answer(answer, read=True, actor=admin)
        category = demands.add_category(
            name={"zh": MARK, "en": "secret"}, hint={"zh": MARK}, parent="sanitation",
            kind="demands", open_to_neighbours=False, actor=admin,
        )  # fmt: skip
        home = rooms.add_platform_template(
            name={"zh": MARK, "en": "secret"}, seal="密", purpose={}, actor=SYSTEM
        )
        rooms.add_room_template(
            platform=home.code, name={"zh": MARK, "en": "secret library"}, seal="密", purpose={},
            services=[], hours=[], actor=SYSTEM,
        )  # fmt: skip
        template = demands.add_template(
            name={"zh": MARK, "en": "secret"}, text={"zh": MARK}, category=None, verb=None,
            actor=admin,
        )  # fmt: skip
        reason = demands.add_reason(use="suspend", name={"zh": MARK, "en": "secret"}, actor=admin)
        _shape_culture()
        question = demands.add_question(
            category, label={"zh": MARK, "en": "secret question"}, hint={}, kind="text",
            choices=[], required=False, personal=False, actor=admin,
        )  # fmt: skip
        report = demands.add_report(
            title={"zh": MARK, "en": "secret report"}, summary={}, period="month",
            view=demands.View("unit", ["received"], {}), actor=admin,
        )  # fmt: skip
        claim = figures.add_claim(
            measure="rooms", unit=street, stated=Decimal(19), source={"zh": MARK},
            stated_on=date(2020, 12, 31), actor=admin,
        )  # fmt: skip
        return _told(beta) | {
            "claim": str(claim.id),
            "question": question.code,
            "report": report.code,
            "tab": "about",
            "slot": "hero",
            "face": "resident",
            "answer": answer.code,
            "home": home.code,
            "template": template.code,
            "reason": reason.code,
            "kind": "demands",
            "own_category": category.code,
            "code": demand.code,
            "demand": demand.code,
            "street": street.code,
            "unit": street.code,
            "room": room.code,
            "platform": structure.platforms[0].code,
            "person_id": str(person.id),
            "post_id": str(post.id),
            "token": token,
            "token_id": str(key.id),
            "category": "rubbish",
            "number": "1",
            "year": "2026",
            "day": "2026-10-01",
            "key": "1519",
            "version": "2.0.0",
        }


def _shape_culture() -> None:
    """An edition on show and a draft that say so."""
    for source in ("plain", "#1"):
        themes.begin(source, actor=SYSTEM)
        seen = packs.section_mark(packs.access_draft().content, ["title"])
        themes.change({"title": {"zh": MARK, "en": MARK}}, seen=seen, actor=SYSTEM)
        if source == "plain":
            themes.apply(themes.publish(MARK, actor=SYSTEM).number, actor=SYSTEM)


def _told(beta: District) -> Theirs:
    """Notices of their administrator, a webhook that heard of them, and the deliveries."""
    admin = beta.actor("admin")
    for number in range(5):
        hook = notices.add_webhook(name=MARK, url="https://a.example/", kinds=[], actor=admin)
        notices.notify([beta.people["admin"]], ANSWERED, path=f"/units?q={number}", what=MARK)
    newest = {
        table: session.scalars(sa.select(table.id).order_by(table.id.desc()).limit(1)).one()
        for table in (Notice, Delivery)
    }
    return {
        "webhook_id": str(hook.id),
        "notice_id": str(newest[Notice]),
        "delivery_id": str(newest[Delivery]),
    }


def _rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "__saas_access__")  # noqa: B009
        if access.plane == "tenant":
            yield rule


def _path(rule: Rule, theirs: Theirs, endpoint_words: dict[str, str]) -> str:
    path = rule.rule
    for name in rule.arguments:
        number = isinstance(rule._converters[name], IntegerConverter)
        part = f"<int:{name}>" if number else f"<{name}>"
        assert name in theirs, f"{rule.rule}: say in this test what a neighbour's {name} is"
        path = path.replace(part, endpoint_words.get(f"{rule.endpoint}.{name}", theirs[name]))
    return path


#: Parts that name nothing of a neighbour's: every district has them.
_EVERYBODYS = {
    "category", "kind", "number", "year", "day", "tab", "slot", "face", "key", "version",
}  # fmt: skip
#: Where one name means different things on different routes.
_WORDS = {"rooms": "room", "rooms_api": "room", "territory": "unit", "territory_api": "unit"}


def _special(app: Flask, theirs: Theirs) -> dict[str, str]:
    special = {}
    for rule in _rules(app):
        domain = rule.endpoint.split(".")[0]
        if "code" in rule.arguments and domain in _WORDS:
            special[f"{rule.endpoint}.code"] = theirs[_WORDS[domain]]
        if "/settings/" in rule.rule and "category" in rule.arguments:
            special[f"{rule.endpoint}.category"] = theirs["own_category"]
    return special


#: What is sent to routes that take JSON, so that they come as far as looking for the thing.
_BODIES = {"demands_api.act": {"verb": "accept"}}


def _call(visitor: Visitor, method: str, path: str, endpoint: str) -> tuple[int, str]:
    if method == "GET":
        answer = visitor.get(path)
    elif body := _BODIES.get(endpoint):
        proof = {"X-CSRFToken": token_in(visitor.get("/rooms").text)}
        answer = visitor.client.post(visitor.root + path, json=body, headers=proof)
    else:
        answer = visitor.post(path, form="/rooms")
    return answer.status_code, _words(answer)


def _words(answer: TestResponse) -> str:
    """Everything that an answer says, inside a workbook too."""
    if not answer.data.startswith(b"PK"):
        return answer.data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


@pytest.mark.parametrize("who", ["admin", "street", "courtyard", "resident", "auditor", None])
def test_no_route_shows_or_takes_anything_of_a_neighbour(
    app: Flask, alpha: District, theirs: Theirs, who: str | None
) -> None:
    visitor, special = alpha.client(who), _special(app, theirs)
    seen = 0
    for rule in _rules(app):
        path = _path(rule, theirs, special)
        if rule.endpoint == "accounts.sign_out":
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            status, text = _call(visitor, method, path, rule.endpoint)
            assert MARK not in text, f"{method} {path} as {who}"
            assert "beta" not in text, f"{method} {path} as {who}"
            assert status < 500, f"{method} {path} as {who}: {status}"
            if rule.arguments - _EVERYBODYS:
                assert status in {302, 400, 401, 403, 404}, f"{method} {path} as {who}: {status}"
            seen += 1
    assert seen > 20


def test_the_same_calls_do_find_something_at_the_neighbours_own_door(
    app: Flask, beta: District, theirs: Theirs
) -> None:
    """The test above asks for things that are there: their own administrator is shown them."""
    visitor, special = beta.client("admin"), _special(app, theirs)
    found = [
        rule.rule
        for rule in _rules(app)
        if rule.arguments and "GET" in (rule.methods or set())
        and MARK in _words(visitor.get(_path(rule, theirs, special)))
    ]  # fmt: skip
    assert len(found) >= 5, found


@pytest.mark.parametrize("who", sorted(CAST))
def test_a_session_of_one_district_is_nobody_in_another(
    app: Flask, alpha: District, beta: District, theirs: Theirs, who: str
) -> None:
    at_home, stolen = alpha.client(who), app.test_client()
    cookie = at_home.client.get_cookie("saas_session", path=f"{alpha.root}/")
    assert cookie is not None
    assert at_home.get("/demands/mine").status_code == 200
    for path in (f"{beta.root}/", "/"):
        stolen.set_cookie("saas_session", cookie.value, path=path)
    special = _special(app, theirs)
    for rule in _rules(app):
        access = getattr(app.view_functions[rule.endpoint], "__saas_access__")  # noqa: B009
        if access.needs == "public" or "GET" not in (rule.methods or set()):
            continue
        answer = stolen.get(beta.root + _path(rule, theirs, special))
        asks = 401 if rule.rule.startswith("/api/") else 302
        assert answer.status_code == asks, f"{rule.rule}: {answer.status_code}"
        assert asks == 401 or "/sign-in" in answer.location
    assert "/hub/sign-in" in stolen.get("/hub/").location


def test_a_csrf_token_of_one_district_is_refused_in_another(
    alpha: District, beta: District
) -> None:
    ours = alpha.client("resident")
    token = token_in(ours.client.get(f"{alpha.root}/rooms").text)
    visitor = beta.client("resident")
    refused = visitor.client.post(f"{beta.root}/sign-out", data={"csrf_token": token})
    assert refused.status_code == 400
    assert visitor.get("/demands/mine").status_code == 200
    assert visitor.post("/sign-out", form="/rooms").status_code == 302
    assert visitor.get("/demands/mine").status_code == 302
