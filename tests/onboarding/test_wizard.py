"""The wizard: each step saves by itself, can be left, found again and gone back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.kernel.audit import AuditEntry
from saas.kernel.context import SYSTEM, entering
from saas.kernel.db import session
from saas.onboarding import queries, rules
from saas.onboarding.models import Acceptance
from saas.rooms import commands as rooms
from saas.rooms import queries as room_queries
from saas.tenancy import commands as tenancy
from saas.tenancy import queries as tenancy_queries
from saas.tenancy.models import TenantEvent
from saas.territory import queries as units
from tests.support import District, Visitor, bring_up, token_in


def _steps(district: District) -> dict[str, str]:
    with district.work():
        return {step.key: step.state for step in queries.steps()}


def _begins(visitor: Visitor) -> str:
    return visitor.get("/setup").location.rpartition("/")[2]


def test_who_comes_back_goes_on_where_it_was_left_even_after_signing_out(
    prepared: District,
) -> None:
    first = prepared.client("admin")
    assert _begins(first) == "package"
    onward = first.post("/setup/mark", form="/setup/package", step="package", mark="done")
    assert onward.location.endswith("/setup/streets")
    first.post("/setup/mark", form="/setup/streets", step="streets", mark="done")
    first.post("/setup/mark", form="/setup/units", step="units", mark="done")
    assert _begins(first) == "people"
    first.post("/sign-out", form="/setup/people")
    assert first.get("/setup").status_code == 404
    assert _begins(prepared.client("admin")) == "people"


def test_a_step_can_be_left_for_later_and_is_done_once_its_result_is_there(
    prepared: District,
) -> None:
    visitor = prepared.client("admin")
    visitor.post("/setup/mark", form="/setup/rooms", step="rooms", mark="skipped")
    assert _steps(prepared)["rooms"] == "skipped"
    assert "稍后" in visitor.get("/setup/rooms").text
    visitor.post("/setup/mark", form="/setup/people", step="people", mark="done")
    assert _steps(prepared)["people"] == "skipped", "nobody says done where nothing is"
    visitor.post("/setup/mark", form="/setup/check", step="check", mark="skipped")
    assert _steps(prepared)["check"] == "todo", "this one cannot be passed over"
    with prepared.work():
        street = prepared.unit("street")
        room = room_queries.structure_of(street).rooms[0]
        room.place, room.keeper_id = {"zh": "一楼"}, prepared.people["keeper"]
        rooms.set_status(street, room, status="open", actor=SYSTEM)
    assert _steps(prepared)["rooms"] == "done"


def test_streets_come_as_lines_with_their_rooms_and_never_twice(prepared: District) -> None:
    visitor = prepared.client("admin")
    lines = "东街 | East Street\n\n 西街 \n东街"
    for _ in range(2):
        assert visitor.post("/setup/streets", form="/setup/streets", lines=lines).status_code == 302
        said = visitor.get("/setup/streets").text
        assert "1 个已有" in said or "都已经有了" in said, "东街 was typed twice"
    page = visitor.get("/setup/streets").text
    assert page.count("东街</th>") == 1
    here = re.search(r'东街</th>.*?href="/d/\w+(/units/\w+/edit\?next=[^"]+)"', page, re.DOTALL)
    assert here
    answer = visitor.post(here[1], form=here[1], name_zh="东街", name_en="East Street")
    assert answer.location.endswith("/setup/streets"), "back to the step"
    with prepared.work():
        found = {street.name["zh"]: street for street in queries.streets()}
        assert {"东街", "西街"} < set(found)
        assert found["东街"].name["en"] == "East Street"
        assert len(room_queries.structure_of(found["西街"]).rooms) == 19
    empty = visitor.post("/setup/streets", form="/setup/streets", lines=" ")
    assert empty.status_code == 422


def test_units_come_as_lines_under_a_parent_of_the_kind_that_fits_there(
    prepared: District,
) -> None:
    visitor = prepared.client("admin")
    sent = {"lines": "甲社区\n乙社区", "parent": "street_one"}
    assert visitor.post("/setup/units", form="/setup/units", **sent).status_code == 302
    with prepared.work():
        kinds = {u.name["zh"]: u.kind for u in units.children(prepared.unit("street"))}
        assert (kinds["甲社区"], kinds["乙社区"]) == ("community", "community")
    for wrong in ({"parent": "nowhere"}, {"kind": "street"}, {"parent": "courtyard_one"}):
        refused = visitor.post("/setup/units", form="/setup/units", **{**sent, **wrong})
        assert refused.status_code == 422, wrong
        assert "甲社区" in refused.text, "what was typed stays"


def test_people_come_in_rows_all_or_none_and_their_invitations_are_shown_once(
    prepared: District,
) -> None:
    visitor = prepared.client("admin")
    rows = {
        "name-0": "张三", "phone-0": "１３９ ０００１ ０００１", "unit-0": "community_one",
        "name-3": "李四", "phone-3": "13900010002", "unit-3": "street_one", "role-3": "room_keeper",
    }  # fmt: skip
    wrong = visitor.post("/setup/people", form="/setup/people", **{**rows, "phone-3": "12"})
    assert wrong.status_code == 422
    assert "e-phone-3" in wrong.text
    assert "张三" in wrong.text
    with prepared.work():
        assert people.person_by_phone("13900010001") is None, "nobody was stored"
    unfit = {**rows, "role-3": "courtyard_steward"}
    assert "e-role-3" in visitor.post("/setup/people", form="/setup/people", **unfit).text
    assert visitor.post("/setup/people", form="/setup/people").status_code == 422
    assert visitor.post("/setup/people", form="/setup/people", **rows).status_code == 302
    with prepared.work():
        person = people.person_by_phone("13900010001")
        assert person is not None
        (post,) = people.posts_of([person.id])[person.id]
        assert (post.role, post.unit_code) == ("community_steward", "community_one")
    made = visitor.post("/setup/people/invitations", form="/setup/people").text
    (link, *_) = re.findall(r"/d/alpha(/welcome/[\w-]+)", made)
    assert "/welcome/" not in visitor.get("/setup/people").text
    guest = Visitor(prepared.app.test_client(), prepared.root)
    assert guest.get(link).status_code == 200


def test_invitations_that_were_handed_over_stay_good_when_others_are_made_out(
    prepared: District,
) -> None:
    visitor, guest = prepared.client("admin"), Visitor(prepared.app.test_client(), prepared.root)
    path, page = "/setup/people/invitations", "/setup/people"
    first = _links(visitor.post(path, form=page).text)
    late = {"name-0": "王晚", "phone-0": "13900010003", "unit-0": "community_one"}
    visitor.post(page, form=page, **late)
    (second,) = _links(visitor.post(path, form=page).text)
    assert second not in first
    assert {guest.get(link).status_code for link in (*first, second)} == {200}
    assert _links(visitor.post(path, form=page).text) == [], "nobody is left without one"
    again = _links(visitor.post(path, form=page, anew="1").text)
    assert len(again) == len(first) + 1
    assert {guest.get(link).status_code for link in (*first, second)} == {404}
    assert {guest.get(link).status_code for link in again} == {200}


def _links(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/d/alpha(/welcome/[\w-]+)", page)))


def test_rooms_get_keeper_and_hours_and_open_in_one_grid(prepared: District) -> None:
    visitor = prepared.client("admin")
    with prepared.work():
        first, second = (
            r.code for r in room_queries.structure_of(prepared.unit("street")).rooms[:2]
        )
    path, keeper = "/setup/rooms?street=street_one", str(prepared.people["keeper"])
    sent = {
        f"open-{first}": "1", f"keeper-{first}": keeper, f"days-{first}": "1-6",
        f"opens-{first}": "09:00", f"closes-{first}": "18:00", f"place-{first}": "便民楼一楼",
    }  # fmt: skip
    wrong = visitor.post(path, form="/setup/rooms", **{**sent, f"closes-{first}": "08:00"})
    assert wrong.status_code == 422
    stranger = visitor.post(path, form="/setup/rooms", **{**sent, f"keeper-{first}": "9999"})
    assert stranger.status_code == 422
    for field in ("place", "keeper"):
        bare = visitor.post(path, form="/setup/rooms", **{**sent, f"{field}-{first}": ""})
        assert bare.status_code == 422, "a room opens with hours, place and keeper"
        assert f'href="#f-{field}-{first}"' in bare.text
        assert f'id="e-{field}-{first}"' in bare.text
    assert visitor.post(path, form="/setup/rooms", **sent).status_code == 302
    with prepared.work():
        street = prepared.unit("street")
        opened, planned = (room_queries.public_room(street, code) for code in (first, second))
        assert (opened.status, opened.keeper_id) == ("open", int(keeper))
        assert opened.hours == [{"days": [1, 2, 3, 4, 5, 6], "opens": "09:00", "closes": "18:00"}]
        assert planned.status == "planned"
        assert planned.hours, "the package's hours stay"
    assert visitor.get("/setup/rooms?street=nowhere").status_code == 200


def test_deadlines_and_look_are_chosen_and_seen_at_once(prepared: District) -> None:
    visitor = prepared.client("admin")
    page = visitor.get("/setup/terms").text
    names = re.findall(r'name="((?:accept|resolve)-\w+)" value="(\d+)"', page)
    changed = {name: str(int(hours) + 1) for name, hours in names}
    assert visitor.post("/setup/terms", form="/setup/terms", **changed).status_code == 302
    assert _steps(prepared)["terms"] == "done"
    assert visitor.post("/setup/culture", form="/setup/culture", look="none").status_code == 422
    assert visitor.post("/setup/culture", form="/setup/culture", look="daan").status_code == 302
    prepared.app.extensions["saas"].registry._forget(None)
    assert "/look/daan/" in visitor.get("/setup/culture").text


def test_only_an_administrator_of_the_whole_district_sets_it_up(prepared: District) -> None:
    for who in ("officer", "street", "auditor", "courtyard"):
        visitor = prepared.client(who)
        for path in ("/setup", "/setup/package", "/setup/check", "/setup/live"):
            assert visitor.get(path).status_code == 403, (who, path)
        assert visitor.post("/setup/live", form="/rooms", sure="1").status_code == 403


def _ready(district: District) -> Iterator[str]:
    """Bring the list in order: what may be accepted is, the rest is mended."""
    with district.work():
        root, admin = district.unit("root"), district.actor("admin")
        other = accounts.add_with_post(
            name="副手", login="deputy", phone="", post="new:district_administrator", unit=root,
            actor=admin,
        )  # fmt: skip
        accounts.use_link(
            accounts.invite(other, actor=admin).token, password="a sentence to remember"
        )
    district.client().post("/sign-in", login="deputy", password="a sentence to remember")
    district.client("admin").post("/setup/check/run", form="/setup/check")
    with district.work():
        gaps = [f for c in queries.checks() for f in c.findings if f.state == "gap"]
    yield from (gap.key for gap in gaps)


def _in_order(district: District) -> Visitor:
    visitor = district.client("admin")
    for key in _ready(district):
        assert key, "nothing but what may be accepted is left"
        visitor.post(
            "/setup/check/accept", form="/setup/check", reason="尚未公布", **{"keys[]": key}
        )
    return visitor


def test_it_goes_live_only_on_a_list_in_order_is_asked_once_and_recorded(
    app: Flask, prepared: District
) -> None:
    visitor = prepared.client("admin")
    early = visitor.post("/setup/live", form="/setup/check", sure="1")
    assert early.status_code == 422
    assert "去检查" in visitor.get("/setup/live").text
    visitor = _in_order(prepared)
    page = visitor.get("/setup/live").text
    assert "1 个街道" in page
    assert visitor.post("/setup/live", form="/setup/live").status_code == 422, "asked once"
    outside = Visitor(app.test_client(), prepared.root)
    assert outside.get("/").status_code == 404

    live = visitor.post("/setup/live", form="/setup/live", sure="1")
    assert live.location.endswith("/setup/opened")

    app.extensions["saas"].registry._forget(None)
    assert outside.get("/").status_code == 200
    assert visitor.get("/setup").location.endswith("/setup/health")
    assert visitor.get("/setup/health").status_code == 200
    again = visitor.post("/setup/live", form="/units", sure="1")
    assert again.location.endswith("/setup/health")
    with prepared.work():
        entry = session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "onboarding.go_live")
        ).one()
        assert entry.facts["streets"] == 1
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        row = tenancy_queries.access_tenant("alpha")
        assert row.activated_at
        event = session.scalars(
            sa.select(TenantEvent).where(
                TenantEvent.tenant_id == row.id, TenantEvent.verb == "go_live"
            )
        ).one()
        assert (event.before, event.after, event.actor) == ("preparing", "active", "administrator")


def test_something_that_broke_in_between_stops_it(prepared: District) -> None:
    visitor = _in_order(prepared)
    with prepared.work():
        person = people.find_person(prepared.people["compound"])
        assert person is not None
        accounts.disable_person(person, reason="调离", actor=prepared.actor("admin"))
    refused = visitor.post("/setup/live", form="/setup/live", sure="1")
    assert refused.status_code == 422
    assert "去检查" in refused.text
    assert "compound" in visitor.get("/setup/check").text, "what stopped it stands on the list"


def test_a_district_in_service_is_not_bothered_and_can_ask_for_a_pause(
    app: Flask, alpha: District
) -> None:
    visitor = alpha.client("admin")
    assert visitor.get("/setup").location.endswith("/setup/health")
    assert visitor.get("/setup/check").location.endswith("/setup/health")
    assert visitor.get("/setup/live").location.endswith("/setup/health")
    assert set(_steps(alpha).values()) == {"done"}
    assert visitor.post("/setup/pause", form="/setup/pause", reason=" ").status_code == 422
    asked = visitor.post("/setup/pause", form="/setup/pause", reason="台风停摆")
    assert asked.status_code == 302
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        row = tenancy_queries.access_tenant("alpha")
        assert row.state == "active", "only the operator can"
        assert tenancy_queries.events_of(row)[0].reason == "台风停摆"


def test_a_district_can_take_no_other_step_by_itself(app: Flask, alpha: District) -> None:
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        for state in ("active", "suspended", "closing", "archived", "failed", "provisioning"):
            row = tenancy_queries.access_tenant("alpha")
            row.state = state
            session.flush()
            with pytest.raises(Exception, match="conflict"):
                tenancy.go_live("alpha")
            assert row.state == state


@pytest.mark.commits
def test_two_administrators_at_once_accept_one_gap_and_go_live_once(app: Flask) -> None:
    district = bring_up(app, "twoadmins", live=False)
    visitors = [district.client("admin"), district.client("admin")]
    keys = list(_ready(district))

    def both(path: str, **fields: str) -> list[int]:
        tokens = [token_in(v.client.get(v.root + "/units").text) for v in visitors]
        with ThreadPoolExecutor(2) as pool:
            sent = [
                pool.submit(v.client.post, v.root + path, data={"csrf_token": t, **fields})
                for v, t in zip(visitors, tokens, strict=True)
            ]
        return sorted(answer.result().status_code for answer in sent)

    assert both("/setup/mark", step="package", mark="done") == [302, 302]
    assert both("/setup/check/run") == [302, 302]
    for key in keys:
        assert both("/setup/check/accept", reason="尚未公布", **{"keys[]": key}) == [302, 302]
    with district.work():
        living = sa.select(sa.func.count()).where(Acceptance.revoked_at.is_(None))
        assert session.scalar(living) == len(keys)
    assert both("/setup/live", sure="1") in ([302, 302], [302, 422])
    with app.test_request_context(), entering(app.extensions["saas"].hub):
        row = tenancy_queries.access_tenant("twoadmins")
        verbs = [event.verb for event in tenancy_queries.events_of(row)]
        assert (row.state, verbs.count("go_live")) == ("active", 1)


@given(
    st.sets(st.sampled_from(rules.STEPS)),
    st.dictionaries(st.sampled_from(rules.STEPS), st.sampled_from(rules.MARKS)),
)
def test_what_is_there_is_done_whatever_was_said(there: set[str], marks: dict[str, str]) -> None:
    steps = rules.steps_of(there, marks)
    assert [step.key for step in steps] == list(rules.STEPS)
    assert all(step.state == "done" for step in steps if step.key in there)
    begin = rules.next_step(steps)
    todo = [step.key for step in steps if step.state == "todo"]
    assert begin == (todo[0] if todo else rules.STEPS[-1])


def test_a_line_of_blanks_as_a_chinese_keyboard_has_them_is_no_name() -> None:
    assert rules.typed_lines("龙井\n\u3000\n\xa0|\u3000\n红苕地", set()) == [
        {"zh": "龙井"}, {"zh": "红苕地"}]  # fmt: skip


@given(st.text(max_size=200), st.sets(st.text(max_size=3)))
def test_typed_lines_are_names_once_each(text: str, known: set[str]) -> None:
    names = rules.typed_lines(text, known)
    chinese = [name["zh"] for name in names]
    assert len(chinese) == len(set(chinese))
    assert not set(chinese) & known
    assert all(name == name.strip() and name for name in chinese)
    assert rules.typed_lines(text, {*known, *chinese}) == []
