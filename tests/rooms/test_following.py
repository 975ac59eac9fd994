"""What a street takes from the library: it follows in what it has not changed, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.schemas import in_lines
from saas.packages.library import queries as library
from saas.packages.library.queries import read_package
from saas.packages.model import queries as model
from saas.rooms import commands, queries, rules
from saas.rooms.models import Room, RoomTemplate
from saas.rooms.package.part import PART
from saas.rooms.package.shapes import Rooms
from saas.territory import commands as territory
from tests.support import District

CONSOLE = "/console/rooms/street_one"
ROOM = f"{CONSOLE}/room/elders_canteen"
TEMPLATE = "/console/room-library/rooms/elders_canteen"
VALUES = st.dictionaries(st.sampled_from(rules.ROOM_FIELDS), st.integers(0, 3))
OWN = st.lists(st.sampled_from(rules.ROOM_FIELDS), unique=True)


@given(VALUES, OWN, VALUES)
def test_own_fields_never_change_and_others_equal_the_library(
    held: dict[str, int], own: list[str], inherited: dict[str, int]
) -> None:
    after = held | rules.followed(held, own, inherited)
    for field in rules.ROOM_FIELDS:
        if field in own or field not in inherited:
            assert after.get(field) == held.get(field)
        else:
            assert after[field] == inherited[field]
    assert rules.followed(after, own, inherited) == {}


WHOLE = st.fixed_dictionaries({field: st.integers(0, 2) for field in rules.ROOM_FIELDS})


@given(OWN, WHOLE, WHOLE, WHOLE)
def test_what_a_street_changes_is_its_own_until_it_is_as_the_district_has_it(
    own: list[str], before: dict[str, int], after: dict[str, int], inherited: dict[str, int]
) -> None:
    then = rules.own_after(own, before, after, inherited)
    for field in rules.ROOM_FIELDS:
        if before[field] == after[field]:
            assert (field in then) == (field in own)
        else:
            assert (field in then) == (after[field] != inherited[field])
    assert rules.own_after(own, before, after, None) == sorted(rules.ROOM_FIELDS)


def _room(district: District, code: str = "elders_canteen") -> Room:
    return queries.public_room(district.unit("street"), code)


def _form(district: District, **fields: Any) -> dict[str, Any]:
    """What the room's form sends when nothing but ``fields`` was touched."""
    with district.work():
        room = _room(district)
        sent: dict[str, Any] = {
            "name_zh": room.name["zh"],
            "name_en": room.name.get("en", ""),
            "seal": room.seal,
            "purpose_zh": room.purpose["zh"],
            "purpose_en": room.purpose.get("en", ""),
            "platform": queries.platform_of(room).code,
            "services": in_lines(room.services),
        }
        for number, row in enumerate(room.hours):
            sent[f"hours-{number}-days[]"] = [str(day) for day in row["days"]]
            sent[f"hours-{number}-opens"] = row["opens"]
            sent[f"hours-{number}-closes"] = row["closes"]
    return sent | fields


def _template(**fields: Any) -> dict[str, Any]:
    return {
        "name_zh": "长者饭堂",
        "name_en": "Elders' Hall",
        "seal": "饭",
        "purpose_zh": "一日三餐",
        "purpose_en": "",
        "platform": "charity",
        "services": "早餐 | Breakfast",
        "hours-0-days[]": ["1", "2", "3"],
        "hours-0-opens": "07:00",
        "hours-0-closes": "19:00",
    } | fields


def test_saving_a_form_untouched_owns_nothing(alpha: District) -> None:
    assert alpha.client("street").post(ROOM, **_form(alpha)).status_code == 302
    with alpha.work():
        assert _room(alpha).own == []


def test_a_change_of_the_library_reaches_followers_and_leaves_what_is_own(alpha: District) -> None:
    officer, admin = alpha.client("street"), alpha.client("admin")
    officer.post(ROOM, **_form(alpha, name_zh="百家食坊"))
    with alpha.work():
        assert _room(alpha).own == ["name"]
    assert admin.post(TEMPLATE, **_template()).status_code == 302
    with alpha.work():
        room = _room(alpha)
        assert room.name["zh"] == "百家食坊"
        assert (room.seal, room.purpose) == ("饭", {"zh": "一日三餐"})
        assert room.hours == [{"days": [1, 2, 3], "opens": "07:00", "closes": "19:00"}]
        assert queries.platform_of(room).code == "charity"
    page = alpha.client().get("/rooms/street_one/elders_canteen").text
    assert "早餐" in page
    assert "百家食坊" in page


def test_one_press_gives_a_field_back_and_keeps_what_else_was_typed(alpha: District) -> None:
    officer = alpha.client("street")
    officer.post(ROOM, **_form(alpha, name_zh="百家食坊", services="夜宵", seal="夜"))
    page = officer.get(ROOM).text
    assert 'name="back" value="services"' in page
    assert "长者食坊" in page  # what the district has stands beside it
    sent = _form(alpha, services="还没打完", contact="0813-1", back="services")
    assert officer.post(ROOM, **sent).status_code == 302
    with alpha.work():
        room = _room(alpha)
        template = queries.room_template("elders_canteen")
        assert room.services == template.services
        assert (room.contact, room.own) == ("0813-1", ["name", "seal"])


@pytest.mark.parametrize("field", ["name", "seal", "purpose", "hours", "platform", "position"])
def test_every_field_can_be_given_back(alpha: District, field: str) -> None:
    officer = alpha.client("street")
    officer.post(
        ROOM,
        **_form(alpha, name_zh="甲", seal="乙", purpose_zh="丙", platform="online", services="丁")
        | {"hours-0-opens": "05:00"},
    )
    officer.post(f"{ROOM}/shift", way="up")
    officer.post(f"{CONSOLE}/room/deliberation/shift", way="up")
    assert officer.post(ROOM, **_form(alpha, back=field)).status_code == 302
    with alpha.work():
        room = _room(alpha)
        inherited = queries.inherited_by(room)
        assert inherited is not None
        assert field not in room.own
        assert queries.values_of(room)[field] == inherited[field]


def test_platforms_and_the_centre_follow_too(alpha: District) -> None:
    officer, admin = alpha.client("street"), alpha.client("admin")
    with alpha.work():
        purpose = queries.platform_in(alpha.unit("street"), "charity").purpose
    words = {"purpose_zh": purpose["zh"], "purpose_en": purpose["en"]}
    officer.post(
        f"{CONSOLE}/platform/charity", name_zh="慈善", name_en="Charity", seal="善", **words
    )
    for path, name in (("platforms/charity", "爱心"), ("centre", "总站")):
        sent = {"name_zh": name, "seal": "爱", "purpose_zh": "为大家"}
        assert admin.post(f"/console/room-library/{path}", **sent).status_code == 302
    with alpha.work():
        street = alpha.unit("street")
        platform, centre = queries.platform_in(street, "charity"), queries.centre_of(street)
        assert (platform.name["zh"], platform.seal, platform.own) == ("慈善", "爱", ["name"])
        assert centre is not None
        assert (centre.name["zh"], centre.own) == ("总站", [])
    officer.post(f"{CONSOLE}/platform/charity", name_zh="x", seal="爱", back="name",
                 purpose_zh="为大家")  # fmt: skip
    with alpha.work():
        platform = queries.platform_in(alpha.unit("street"), "charity")
        assert (platform.name["zh"], platform.own) == ("爱心", [])


def test_a_room_of_the_street_itself_follows_nothing(alpha: District) -> None:
    officer = alpha.client("street")
    officer.post(f"{CONSOLE}/new", name_zh="理发坊", name_en="Barber", platform="charity")
    # The district adds a room of the same name later: its code is another one.
    sent = _template(name_zh="理发", name_en="Barber")
    assert alpha.client("admin").post("/console/room-library/rooms/new", **sent).status_code == 302
    with alpha.work():
        room = _room(alpha, "barber")
        assert sorted(room.own) == sorted(rules.ROOM_FIELDS)
        assert queries.room_template("barber_2").seal == "饭"
        commands.follow(actor=SYSTEM)
        assert _room(alpha, "barber").name["zh"] == "理发坊"


def test_a_new_room_is_offered_never_opened(alpha: District) -> None:
    admin, officer = alpha.client("admin"), alpha.client("street")
    sent = _template(name_zh="理发坊", name_en="Barber")
    admin.post("/console/room-library/rooms/new", **sent)
    with alpha.work():
        assert "barber" not in queries.codes_in(alpha.unit("street"))
    assert "理发坊" in officer.get("/console/rooms").text
    assert "理发坊" in officer.get("/inbox").text
    assert "理发坊" not in alpha.client().get("/rooms").text
    assert officer.post(f"{CONSOLE}/take-up", **{"rooms[]": ["barber"]}).status_code == 302
    with alpha.work():
        room = _room(alpha, "barber")
        assert (room.status, room.own, room.seal) == ("planned", [], "饭")
    assert officer.post(f"{CONSOLE}/undo").status_code == 302
    with alpha.work():
        assert "barber" not in queries.codes_in(alpha.unit("street"))
    assert officer.post(f"{CONSOLE}/answer", code="barber").status_code == 302
    with alpha.work():
        assert not queries.news_for(alpha.unit("street"))
    assert officer.post(f"{CONSOLE}/answer", code="barber").status_code == 302  # said once already


def test_a_retired_room_stays_in_the_street_until_it_decides(alpha: District) -> None:
    admin, officer = alpha.client("admin"), alpha.client("street")
    assert admin.post(f"{TEMPLATE}/retire").status_code == 302
    assert admin.post(f"{TEMPLATE}/retire").status_code == 409
    with alpha.work():
        assert _room(alpha).status == "planned"
        assert [room.code for room in queries.news_for(alpha.unit("street")).retired] == [
            "elders_canteen"
        ]
    assert f"{CONSOLE}/answer" in officer.get("/console/rooms").text
    officer.post(f"{CONSOLE}/answer", code="elders_canteen")
    with alpha.work():
        assert not queries.news_for(alpha.unit("street"))
    admin.post(f"{TEMPLATE}/restore")
    admin.post(f"{TEMPLATE}/retire")
    with alpha.work():  # asked anew: it is another decision
        assert queries.news_for(alpha.unit("street")).retired


def test_the_order_of_the_library_is_followed_until_a_street_has_its_own(alpha: District) -> None:
    admin, officer = alpha.client("admin"), alpha.client("street")
    with alpha.work():
        here = queries.structure_of(alpha.unit("street"))
        first, second = [r.code for r in here.of(here.platforms[0])][:2]
    admin.post(f"/console/room-library/rooms/{second}/shift", way="up")
    with alpha.work():
        rooms = queries.structure_of(alpha.unit("street")).rooms
        assert [room.code for room in rooms][:2] == [second, first]
    officer.post(f"{CONSOLE}/room/{first}/shift", way="up")
    admin.post(f"/console/room-library/rooms/{second}/shift", way="down")
    admin.post(f"/console/room-library/rooms/{second}/shift", way="up")
    with alpha.work():
        rooms = queries.structure_of(alpha.unit("street")).rooms
        assert [room.code for room in rooms][:2] == [first, second]


def test_a_culture_calls_rooms_and_own_names_stay(alpha: District) -> None:
    alpha.client("street").post(ROOM, **_form(alpha, name_zh="百家食坊"))
    with alpha.work():
        names = {
            "elders_canteen": {"name": {"zh": "盐帮食坊"}, "seal": "盐"},
            "homework": {"name": {"zh": "灯下坊"}},
        }
        assert commands.call_rooms(names, actor=SYSTEM) == 2
        assert (_room(alpha).name["zh"], _room(alpha).seal) == ("百家食坊", "盐")
        assert _room(alpha, "homework").name["zh"] == "灯下坊"
        commands.call_rooms({}, actor=SYSTEM)
        assert _room(alpha, "homework").name["zh"] != "灯下坊"
        assert _room(alpha).seal == "食"


def test_the_library_goes_out_as_it_came_in(alpha: District) -> None:
    with alpha.work():
        package = read_package("1519")
        told = PART.read()["rooms"]
        assert [room["code"] for room in told["rooms"]] == [r.code for r in package.of(Rooms).rooms]
        assert told["centre"]["name"] == package.of(Rooms).centre.name
        commands.call_rooms({"homework": {"name": {"zh": "灯下坊"}}}, actor=SYSTEM)
        assert PART.read()["rooms"] == told  # a culture is no part of the model
        PART.bring(package)
        assert PART.read()["rooms"] == told


def test_bringing_a_package_retires_what_is_used_and_removes_what_is_not(alpha: District) -> None:
    alpha.client("admin").post("/console/room-library/rooms/new", **_template(name_en="Barber"))
    with alpha.work():
        smaller = read_package("139")
        PART.bring(smaller)
        library = {row.code: row for row in queries.library().rooms}
        assert "barber" not in library
        kept = {room.code for room in smaller.of(Rooms).rooms}
        gone = {code for code, row in library.items() if row.retired_at}
        assert gone.isdisjoint(kept)
        codes = {room["code"] for room in PART.read()["rooms"]["rooms"]}
        assert codes == kept


def test_a_street_that_gave_up_a_platform_gets_it_back_with_a_room_that_moves_there(
    alpha: District,
) -> None:
    admin, officer = alpha.client("admin"), alpha.client("street")
    admin.post("/console/room-library/platforms/new", name_zh="文体", name_en="Sport", seal="体")
    admin.post(TEMPLATE, **_template(platform="sport"))
    with alpha.work():
        assert queries.platform_of(_room(alpha)).code == "sport"
    assert "文体" in officer.get("/console/rooms").text


@pytest.mark.parametrize("who", ["street", "officer", "keeper", "auditor", "resident"])
def test_only_who_shapes_the_whole_district_changes_its_library(alpha: District, who: str) -> None:
    visitor, base = alpha.client(who), "/console/room-library"
    told = 404 if who == "street" else 403
    for path in ("", "/centre", "/platforms/new", "/platforms/charity", "/rooms/new",
                 "/rooms/elders_canteen", "/settings"):  # fmt: skip
        assert visitor.get(f"{base}{path}").status_code == told, path
        if path:
            sent = visitor.post(f"{base}{path}", form="/rooms", **_template())
            assert sent.status_code == told, path
    for deed in ("retire", "restore", "shift"):
        for thing in ("rooms/elders_canteen", "platforms/charity"):
            answer = visitor.post(f"{base}/{thing}/{deed}", form="/rooms", way="up")
            assert answer.status_code == told
    with alpha.work():
        assert queries.room_template("elders_canteen").seal == "食"
        assert not [row for row in queries.library().rooms if row.retired_at]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name_zh": ""}, "name_zh"), ({"seal": "两个"}, "seal"), ({"platform": "x"}, "platform"),
     ({"hours-0-closes": "05:00"}, "hours")],
)  # fmt: skip
def test_bad_input_for_the_library_is_named(
    alpha: District, wrong: dict[str, Any], field: str
) -> None:
    answer = alpha.client("admin").post(TEMPLATE, **_template(**wrong))
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text


def test_a_platform_of_the_library_goes_when_it_is_empty(alpha: District) -> None:
    admin, base = alpha.client("admin"), "/console/room-library"
    assert admin.post(f"{base}/platforms/charity/retire").status_code == 409
    admin.post(f"{base}/platforms/new", name_zh="文体", name_en="Sport", seal="体")
    assert admin.post(f"{base}/platforms/sport/shift", way="up").status_code == 302
    assert admin.post(f"{base}/platforms/sport/retire").status_code == 302
    assert admin.post(f"{base}/platforms/sport/restore").status_code == 302
    assert admin.get(base).text.count('id="platform-') == 6


def test_a_street_begins_with_the_library_as_it_is_now(alpha: District) -> None:
    alpha.client("admin").post(f"{TEMPLATE}/retire")
    with alpha.work():
        street = territory.add_unit(
            code="street_two", kind="street", name={"zh": "二街"}, parent=alpha.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        commands.set_up_street(street, actor=SYSTEM)
        rooms = queries.structure_of(street).rooms
        assert len(rooms) == 18
        assert {tuple(room.own) for room in rooms} == {()}
        assert session.query(RoomTemplate).count() == 19


def test_streets_are_told_of_a_room_that_a_package_brings(alpha: District) -> None:
    with alpha.work():
        parts = model.current()
        new = {
            **parts["rooms"]["rooms"][0],
            "code": "barber",
            "seal": "理",
            "name": {"zh": "理发坊", "en": "Barber"},
        }
        parts["rooms"]["rooms"].append(new)
        PART.bring(library.from_parts(parts))
    assert "理发坊" in alpha.client("street").get("/inbox?lang=zh").text
    assert "理发坊" not in alpha.client("resident").get("/inbox?lang=zh").text
