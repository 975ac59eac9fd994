"""Tokens: who makes them, what they open, and what ends them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.accounts import commands as accounts
from saas.accounts import permissions as accounts_permissions
from saas.accounts import queries as people
from saas.accounts.models import ApiToken
from saas.demands.permissions import VIEW as DEMANDS
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Grant
from saas.kernel.db import session
from saas.kernel.errors import Forbidden
from saas.rooms import permissions as rooms
from saas.territory.permissions import EDIT, VIEW
from tests.api.conftest import Program, program
from tests.support import District
from tests.territory.counting import counted

UNITS = "/units"


def _make(
    district: District, who: str = "admin", unit: str = "street_one", **fields: object
) -> tuple[int, str]:
    """Make a token on the page: status, and its text where it was made."""
    values = {"name": "网格系统", "scopes[]": VIEW, "days": "365", **fields}
    answer = district.client(who).post(f"/tokens/add?unit={unit}", **values)
    found = re.search(r'value="(saas_[a-z0-9]+)"', answer.text)
    return answer.status_code, found.group(1) if found else ""


def _token_id(district: District) -> int:
    with district.work():
        return session.scalar(sa.select(sa.func.max(ApiToken.id))) or 0


def test_a_token_is_shown_once_and_opens_the_api(ours: District) -> None:
    status, text = _make(ours)
    assert status == 200
    assert text
    listed = ours.client("admin").get("/tokens").text
    assert "网格系统" in listed
    assert text[:9] in listed
    assert text not in listed
    units = Program(ours, text).get(UNITS).json
    assert units is not None
    assert next(unit["code"] for unit in units["items"]) == "street_one"
    with ours.work():
        token = session.get_one(ApiToken, _token_id(ours))
        assert text not in (token.token_hash, token.hint)
        assert token.expires_at - token.created_at == timedelta(days=365)


def test_a_year_is_what_is_proposed(ours: District) -> None:
    page = ours.client("admin").get("/tokens/add?unit=street_one").text
    assert '<option value="365" selected>' in page


def test_a_token_sees_its_unit_and_what_lies_beneath_only(ours: District) -> None:
    narrow = program(ours, VIEW, unit="compound")
    units = narrow.get(UNITS).json
    assert units is not None
    assert {unit["code"] for unit in units["items"]} == {"compound_one", "courtyard_one"}
    assert narrow.get("/units/courtyard_one").status_code == 200
    assert narrow.get("/units/street_one").status_code == 404
    assert narrow.get("/units/nowhere").status_code == 404


def test_a_token_may_do_what_was_chosen_for_it_only(ours: District) -> None:
    reader = program(ours, VIEW)
    assert reader.get(UNITS).status_code == 200
    refused = reader.get("/demands")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")  # type: ignore[index]
    assert reader.mark().status_code == 404
    assert program(ours, VIEW, DEMANDS).get("/demands").status_code == 200
    assert program(ours, VIEW, EDIT).mark().status_code == 201


@pytest.mark.parametrize(
    ("who", "unit", "scope", "status"),
    [
        ("admin", "street_one", accounts_permissions.AUDIT, 200),
        ("street", "street_one", VIEW, 200),
        ("street", "street_one", accounts_permissions.AUDIT, 422),  # not held
        ("street", "alpha", VIEW, 404),  # above
        ("admin", "street_one", "no:such:thing", 422),
        ("community", "community_one", VIEW, 403),  # manages nobody
        ("auditor", "street_one", VIEW, 403),
        ("resident", "courtyard_one", VIEW, 403),
    ],
)
def test_nobody_gives_a_token_more_than_they_have(
    ours: District, who: str, unit: str, scope: str, status: int
) -> None:
    unit = ours.units["root"] if unit == "alpha" else unit
    made, text = _make(ours, who, unit, **{"scopes[]": scope})
    assert made == status
    assert bool(text) == (status == 200)


def test_a_form_that_chooses_nothing_or_for_ever_is_refused(ours: District) -> None:
    admin = ours.client("admin")
    for fields in ({"days": "30"}, {"scopes[]": VIEW, "days": "36500"}):
        answer = admin.post("/tokens/add?unit=street_one", name="x", **fields)
        assert answer.status_code == 422, fields
        assert 'role="alert"' in answer.text


def test_an_unknown_and_another_districts_token_are_refused_alike(
    ours: District, beta: District
) -> None:
    theirs = program(beta, VIEW).token
    for text in (theirs, "saas_nothing", "", "ü" * 500, None):
        answer = Program(ours, text).get(UNITS)
        assert answer.status_code == 401, text
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Program(beta, theirs).get(UNITS).status_code == 200
    assert Program(ours, theirs).get("/streets").status_code == 401  # open to all, but not so
    assert Program(ours, None).get("/streets").status_code == 200


def test_a_token_ends_by_time(ours: District) -> None:
    reader = program(ours, VIEW)
    with clock.turned(timedelta(days=29)):
        assert reader.get(UNITS).status_code == 200
    with clock.turned(timedelta(days=30, seconds=1)):
        refused = reader.get(UNITS)
        assert (refused.status_code, refused.json["code"]) == (401, "token_refused")  # type: ignore[index]


def test_a_revoked_token_opens_nothing_and_revoking_twice_is_one_deed(ours: District) -> None:
    reader, admin = program(ours, VIEW), ours.client("admin")
    path = f"/tokens/{_token_id(ours)}/revoke"
    assert ours.client("auditor").post(path, form="/rooms").status_code == 403
    assert admin.get(path).status_code == 200
    assert reader.get(UNITS).status_code == 200
    for _ in range(2):
        assert admin.post(path).status_code == 302
    assert reader.get(UNITS).status_code == 401
    with ours.work():
        query = session.query(audit.AuditEntry.action).filter_by(thing="token")
        deeds = [action for (action,) in query.order_by(audit.AuditEntry.id)]
    assert deeds == ["accounts.add_token", "accounts.revoke_token"]


def test_a_token_out_of_reach_is_not_there(ours: District) -> None:
    program(ours, VIEW, unit="root", name="全区系统")
    street = ours.client("street")
    assert "全区系统" not in street.get("/tokens").text
    assert street.get(f"/tokens/{_token_id(ours)}/revoke").status_code == 404
    program(ours, VIEW, unit="compound", name="小区系统")
    assert "小区系统" in street.get("/tokens").text
    assert street.post(f"/tokens/{_token_id(ours)}/revoke").status_code == 302


def test_a_token_dies_with_the_account_of_its_maker(ours: District) -> None:
    reader = program(ours, VIEW, who="street")
    assert reader.get(UNITS).status_code == 200
    with ours.work():
        person = people.find_person(ours.people["street"])
        assert person is not None
        accounts.disable_person(person, reason="调离", actor=ours.actor("admin"))
    assert reader.get(UNITS).status_code == 401
    assert ours.client("admin").get("/tokens").status_code == 200


def test_a_token_may_never_do_more_than_its_maker_may_now(ours: District) -> None:
    reader = program(ours, VIEW, who="street")
    with ours.work():
        person = people.find_person(ours.people["street"])
        assert person is not None
        [held] = people.posts_of([person.id])[person.id]
        post = people.access_post(held.id, actor=ours.actor("admin"))
        accounts.take_post(person, post, actor=ours.actor("admin"))
    assert reader.get(UNITS).status_code == 403


def test_a_token_is_brought_along_when_its_unit_is_merged(ours: District) -> None:
    admin = ours.client("admin")
    reader = program(ours, VIEW, unit="compound")
    form = {"name_zh": "新小区", "code": "compound_two", "kind": "compound"}
    assert admin.post("/units/community_one/add", **form).status_code == 302
    admin.post("/units/compound_one/merge", into="compound_two", reason="合并")
    units = reader.get(UNITS).json
    assert units is not None
    assert units["items"][0]["code"] == "compound_two"


def test_pages_take_no_tokens(ours: District) -> None:
    caller = program(ours, VIEW, accounts_permissions.VIEW, accounts_permissions.MANAGE)
    client, headers = ours.app.test_client(), {"Authorization": f"Bearer {caller.token}"}
    assert client.get(f"{ours.root}/people", headers=headers).status_code == 302
    assert client.post(f"{ours.root}/tokens/add", headers=headers).status_code == 400


def test_a_token_makes_no_tokens_and_is_no_person_of_the_same_number(ours: District) -> None:
    grant = Grant(1, "/", frozenset({accounts_permissions.MANAGE, rooms.KEEP, VIEW}), "token")
    token = Actor("token", ours.people["keeper"], "程序", grants=(grant,))
    person = Actor("person", token.id, "坊主", grants=(grant,))
    assert (person.person_id, token.person_id) == (token.id, None)
    assert rooms.can_keep(person, "/1/2/", token.id)
    assert not rooms.can_keep(token, "/1/2/", token.id)
    with ours.work(), pytest.raises(Forbidden):
        accounts.add_token(name="x", unit=ours.unit("street"), scopes=[VIEW], days=30, actor=token)


def test_what_a_token_does_stands_in_the_audit_list_under_its_name(ours: District) -> None:
    program(ours, name="档案系统").mark()
    page = ours.client("auditor").get("/audit").text
    assert "档案系统" in page
    with ours.work():
        entry = session.query(audit.AuditEntry).filter_by(action="tests.mark").one()
        assert (entry.actor_kind, entry.actor_name) == ("token", "档案系统")


def test_the_last_use_is_written_down_once_an_hour(ours: District) -> None:
    reader = program(ours, VIEW)

    def used() -> object:
        with ours.work():
            return session.get_one(ApiToken, _token_id(ours)).last_used_at

    assert used() is None
    reader.get(UNITS)
    first = used()
    assert first is not None
    with clock.turned(timedelta(minutes=59)), counted() as sent:
        reader.get(UNITS)
    assert used() == first
    assert not any(text.startswith(("UPDATE", "INSERT")) for text in sent)
    with clock.turned(timedelta(minutes=61)):
        reader.get(UNITS)
    assert used() != first


def test_the_list_needs_as_many_queries_for_many_as_for_one(ours: District) -> None:
    program(ours, VIEW)
    admin = ours.client("admin")
    with counted() as before:
        assert admin.get("/tokens").status_code == 200
    for _ in range(4):
        program(ours, VIEW, unit="compound", who="street")
    with counted() as after:
        assert admin.get("/tokens").status_code == 200
    assert len(after) == len(before)
