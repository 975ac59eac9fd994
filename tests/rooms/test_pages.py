"""Rooms through the doors that people use."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from werkzeug.test import TestResponse

from saas import attachments
from saas.attachments import disk
from saas.kernel import audit, storage
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.rooms import commands, queries
from saas.rooms.models import Centre, Platform, Room
from saas.territory import commands as territory
from tests.support import District, Visitor, furnish
from tests.territory.counting import counted

CONSOLE = "/console/rooms/street_one"
ROOM = f"{CONSOLE}/room/elders_canteen"
PUBLIC = "/rooms/street_one/elders_canteen"


def _officer(district: District) -> Visitor:
    """The officer of a street that has what the model package plans."""
    return district.client("street")


def _second_street(district: District, *, furnished: bool = True) -> None:
    with district.work():
        street = territory.add_unit(
            code="street_two",
            kind="street",
            name={"zh": "二街"},
            parent=district.unit("root"),
            actor=SYSTEM,
        )
        if furnished:
            commands.set_up_street(street, actor=SYSTEM)


def _room(district: District, code: str = "elders_canteen") -> Room:
    return queries.public_room(district.unit("street"), code)


def _form(**fields: Any) -> dict[str, Any]:
    """What the room's form sends when nothing but ``fields`` was changed by hand."""
    values = {
        "name_zh": "长者食坊",
        "seal": "食",
        "platform": "social_enterprise",
        "services": "午餐 | Lunch\n送餐",
        "hours-3-days[]": ["1", "2"],
        "hours-3-opens": "10:30",
        "hours-3-closes": "13:30",
    }
    return values | fields


def _keeper(district: District) -> str:
    return str(district.people["keeper"])


def _marks(page: str, kind: str) -> list[str]:
    return re.findall(rf'data-{kind}="([^"]+)"', page)


def _picture(kind: str = "PNG") -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, kind)
    stream.seek(0)
    return stream, "photo.png"


def test_the_public_list_shows_every_living_room_once(alpha: District) -> None:
    officer = _officer(alpha)
    page = alpha.client().get("/rooms").text
    with alpha.work():
        structure = queries.structure_of(alpha.unit("street"))
        rooms = [room.code for room in structure.rooms]
    assert _marks(page, "room") == rooms
    assert len(rooms) == 19
    assert len(_marks(page, "platform")) == 5
    assert len(_marks(page, "centre")) == 1
    officer.post(f"{ROOM}/status", status="retired", reason="并入新坊")
    assert "elders_canteen" not in _marks(alpha.client().get("/rooms").text, "room")


def test_a_district_without_rooms_says_so(alpha: District) -> None:
    with alpha.work():
        for table in (Room, Platform, Centre):
            session.execute(sa.delete(table))
    assert alpha.client().get("/rooms").status_code == 200
    assert alpha.client().get("/").status_code == 200
    assert alpha.client("admin").get("/console/rooms").status_code == 200
    assert alpha.client().get("/api/v1/streets").json == {"streets": []}


def test_a_street_is_set_up_once(alpha: District) -> None:
    _second_street(alpha, furnished=False)
    admin = alpha.client("admin")
    assert "/set-up" in admin.get("/console/rooms?street=street_two").text
    assert admin.post("/console/rooms/street_two/set-up").status_code == 302
    assert admin.post("/console/rooms/street_two/set-up").status_code == 409
    assert len(_marks(alpha.client().get("/rooms?street=street_two").text, "room")) == 19


def test_the_officer_opens_pauses_gives_up_and_brings_back(alpha: District) -> None:
    officer = _officer(alpha)
    furnish(alpha, "elders_canteen")
    steps = [("open", ""), ("paused", "检修"), ("open", ""), ("retired", "合并"), ("planned", "")]
    for status, reason in steps:
        answer = officer.post(f"{ROOM}/status", status=status, reason=reason)
        assert answer.status_code == 302, answer.text
        with alpha.work():
            assert (_room(alpha).status, _room(alpha).status_reason or "") == (status, reason)
        page = alpha.client().get(PUBLIC)
        assert page.status_code == 200
        assert reason in page.text


@pytest.mark.parametrize("status", ["paused", "retired"])
def test_without_a_reason_nothing_changes(alpha: District, status: str) -> None:
    officer = _officer(alpha)
    furnish(alpha, "elders_canteen")
    officer.post(f"{ROOM}/status", status="open")
    answer = officer.post(f"{ROOM}/status", status=status, reason=" ")
    assert answer.status_code == 422
    assert 'id="e-reason"' in answer.text
    with alpha.work():
        assert _room(alpha).status == "open"


def test_what_the_table_does_not_allow_is_refused(alpha: District) -> None:
    officer = _officer(alpha)
    assert officer.post(f"{ROOM}/status", status="paused", reason="x").status_code == 409
    assert officer.post(f"{ROOM}/status", status="nonsense").status_code == 409
    assert officer.get(f"{ROOM}/status").status_code == 409


def test_the_officer_changes_everything_on_one_form(alpha: District) -> None:
    officer = _officer(alpha)
    sent = _form(
        name_zh="百家食坊",
        seal="饭",
        platform="charity",
        keeper=_keeper(alpha),
        contact="0813-1234567",
        place_zh="一楼",
        photo=_picture(),
    )
    assert officer.post(ROOM, **sent).status_code == 302
    with alpha.work():
        room = _room(alpha)
        assert (room.name["zh"], room.seal, room.contact) == ("百家食坊", "饭", "0813-1234567")
        assert room.keeper_id == alpha.people["keeper"]
        assert queries.platform_of(room).code == "charity"
        assert room.services == [{"zh": "午餐", "en": "Lunch"}, {"zh": "送餐"}]
        assert room.hours == [{"days": [1, 2], "opens": "10:30", "closes": "13:30"}]
    page = alpha.client().get(PUBLIC).text
    for words in ("百家食坊", "午餐", "一楼", "0813-1234567", "alpha keeper"):
        assert words in page
    photo = alpha.client().get(f"{PUBLIC}/photo")
    assert (photo.status_code, photo.mimetype) == (200, "image/jpeg")
    photo.close()


def test_a_photo_of_before_is_shown_until_another_takes_its_place(alpha: District) -> None:
    officer = alpha.client("street")
    with alpha.work():
        old = storage.folder() / "older.jpg"
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_bytes(b"\xff\xd8older")
        _room(alpha).photo = old.name
    shown = alpha.client().get(f"{PUBLIC}/photo")
    assert shown.data == b"\xff\xd8older"
    shown.close()
    assert officer.post(ROOM, **_form(photo=_picture())).status_code == 302
    assert not old.exists()
    assert alpha.client().get(f"{PUBLIC}/photo").data.startswith(b"\xff\xd8\xff")


def test_a_photo_that_is_replaced_goes_from_the_disk(alpha: District) -> None:
    officer = alpha.client("street")
    for _ in range(2):
        assert officer.post(ROOM, **_form(photo=_picture())).status_code == 302
    with alpha.work():
        rows = attachments.of("room", _room(alpha).id)
        kept = [path.name for path in disk.folder().glob("*") if path.name in _every_key()]
        assert kept == [row.key for row in rows]


def _every_key() -> set[str]:
    return set(session.scalars(sa.select(attachments.Attachment.key)))


def test_a_photo_can_be_taken_away(alpha: District) -> None:
    officer = _officer(alpha)
    officer.post(ROOM, **_form(photo=_picture()))
    assert officer.post(ROOM, **_form(drop_photo="1")).status_code == 302
    with alpha.work():
        assert _room(alpha).photo is None
    assert alpha.client().get(f"{PUBLIC}/photo").status_code == 404


_BAD = [
    ({"name_zh": ""}, "name_zh"),
    ({"name_zh": "长" * 61}, "name_zh"),
    ({"seal": "长者"}, "seal"),
    ({"seal": ""}, "seal"),
    ({"platform": "nowhere"}, "platform"),
    ({"keeper": "1"}, "keeper"),
    ({"keeper": "x" * 40}, "keeper"),
    ({"keeper": "None"}, "keeper"),
    ({"venue": "nowhere"}, "venue"),
    ({"contact": "1" * 61}, "contact"),
    ({"services": "x\n" * 41}, "services"),
    ({"hours-3-closes": "09:00"}, "hours"),
    ({"hours-3-days[]": []}, "hours"),
    ({"hours-3-opens": "soon"}, "hours"),
    ({"hours-3-opens": "09+01", "hours-3-closes": "10+01"}, "hours"),
    ({"hours-3-opens": "09:00", "hours-3-closes": "1000Z"}, "hours"),
    ({"hours-3-days[]": ["9"]}, "hours"),
    ({"photo": (io.BytesIO(b"no picture"), "photo.png")}, "photo"),
]


@pytest.mark.parametrize(("wrong", "field"), _BAD)
def test_bad_input_is_named_at_its_field_and_the_words_are_kept(
    alpha: District, wrong: dict[str, Any], field: str
) -> None:
    officer = _officer(alpha)
    answer = officer.post(ROOM, **(_form(place_zh="荷花池旁边") | wrong))
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert "荷花池旁边" in answer.text
    with alpha.work():
        assert not _room(alpha).place


def test_a_photo_that_is_too_large_is_refused_with_its_size(alpha: District) -> None:
    officer = _officer(alpha)
    large = (io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), "photo.jpg")
    answer = officer.post(ROOM, **_form(photo=large))
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert 'id="e-photo"' in answer.text


def test_a_photo_is_asked_for_again_when_something_else_was_wrong(alpha: District) -> None:
    officer = _officer(alpha)
    answer = officer.post(ROOM, **_form(name_zh="", photo=_picture()))
    assert 'id="e-photo"' in answer.text


def test_a_new_room_needs_a_name_and_a_platform_only(alpha: District) -> None:
    officer = _officer(alpha)
    answer = officer.post(f"{CONSOLE}/new", name_zh="理发坊", name_en="Barber", platform="charity")
    assert answer.status_code == 302
    assert answer.location.endswith("/room/barber")
    with alpha.work():
        assert (_room(alpha, "barber").seal, _room(alpha, "barber").status) == ("理", "planned")
    refused = officer.post(f"{CONSOLE}/new", name_zh="理发坊二店")
    assert refused.status_code == 422
    assert "理发坊二店" in refused.text


def test_rooms_and_platforms_change_places_by_buttons(alpha: District) -> None:
    officer = _officer(alpha)
    order = _order(alpha)
    officer.post(f"{CONSOLE}/room/{order[1]}/shift", way="up")
    assert _order(alpha)[:3] == [order[1], order[0], order[2]]
    assert officer.post(f"{CONSOLE}/room/{order[0]}/shift", way="sideways").status_code == 302
    assert _order(alpha)[:3] == [order[1], order[0], order[2]]
    officer.post(f"{CONSOLE}/platform/charity/shift", way="up")
    with alpha.work():
        platforms = queries.structure_of(alpha.unit("street")).platforms
        assert [p.code for p in platforms].index("charity") == 2


def _order(district: District) -> list[str]:
    with district.work():
        return [room.code for room in queries.structure_of(district.unit("street")).rooms]


def test_a_platform_goes_only_when_it_is_empty(alpha: District) -> None:
    officer = _officer(alpha)
    officer.post(f"{CONSOLE}/new-platform", name_zh="文化体育", seal="文")
    assert "文化体育" in alpha.client().get("/platforms/street_one/platform").text
    assert officer.get(f"{CONSOLE}/platform/charity/remove").text.count('class="link-row"') == 4
    assert officer.post(f"{CONSOLE}/platform/charity/remove").status_code == 409
    assert officer.post(f"{CONSOLE}/platform/platform/remove").status_code == 302
    assert alpha.client().get("/platforms/street_one/platform").status_code == 404


@pytest.mark.parametrize("path", ["new-platform", "platform/charity", "centre"])
def test_words_without_a_name_are_refused(alpha: District, path: str) -> None:
    officer = _officer(alpha)
    assert officer.get(f"{CONSOLE}/{path}").status_code == 200
    answer = officer.post(f"{CONSOLE}/{path}", name_zh="", seal="文", purpose_zh="跳舞唱歌")
    assert answer.status_code == 422
    assert "跳舞唱歌" in answer.text
    assert officer.post(f"{CONSOLE}/{path}", name_zh="新名", seal="新").status_code == 302


def test_a_street_takes_over_what_it_lacks_from_another(alpha: District) -> None:
    _second_street(alpha)
    officer = alpha.client("street")
    officer.post(f"{CONSOLE}/new", name_zh="理发坊", name_en="Barber", platform="charity")
    admin = alpha.client("admin")
    copy = "/console/rooms/street_two/copy"
    assert "理发坊" in admin.get(copy).text
    sent = {"source": "street_one", "rooms[]": ["barber"]}
    assert admin.post(copy, **sent).status_code == 302
    assert admin.post(copy, **sent, platform="online").status_code == 302
    with alpha.work():
        two = queries.configured_street("street_two", actor=alpha.actor("admin"))
        first, second = (queries.public_room(two, code) for code in ("barber", "barber_2"))
        assert [queries.platform_of(room).code for room in (first, second)] == ["charity", "online"]
        assert first.status == "planned"
    nothing = admin.post(copy, source="street_one")
    assert nothing.status_code == 422
    assert 'id="f-rooms"' in nothing.text


def test_a_copy_brings_the_platform_that_is_not_there(alpha: District) -> None:
    _second_street(alpha)
    officer = _officer(alpha)
    officer.post(f"{CONSOLE}/new-platform", name_zh="文化体育", name_en="Culture", seal="文")
    officer.post(f"{CONSOLE}/new", name_zh="舞坊", name_en="Dance", platform="culture")
    admin = alpha.client("admin")
    sent = {"source": "street_one", "rooms[]": ["dance"]}
    assert admin.post("/console/rooms/street_two/copy", **sent).status_code == 302
    assert "文化体育" in alpha.client().get("/platforms/street_two/culture").text


def test_a_keeper_runs_the_own_room_and_sees_no_other(alpha: District) -> None:
    officer = _officer(alpha)
    officer.post(ROOM, **_form(keeper=_keeper(alpha), place_zh="一楼"))
    officer.post(f"{ROOM}/status", status="open")
    keeper = alpha.client("keeper")
    listed = keeper.get("/console/rooms").text
    assert "room-elders_canteen" in listed
    assert "room-homework" not in listed
    assert keeper.get(f"{CONSOLE}/room/homework").status_code == 404
    sent = _form(name_zh="偷偷改名", contact="13900000000")
    assert keeper.post(ROOM, **sent).status_code == 302
    with alpha.work():
        assert (_room(alpha).name["zh"], _room(alpha).contact) == ("长者食坊", "13900000000")
    assert keeper.post(f"{ROOM}/status", status="paused", reason="盘点").status_code == 302
    assert keeper.post(f"{ROOM}/status", status="retired", reason="不想干").status_code == 403
    assert keeper.post(f"{CONSOLE}/new", name_zh="x").status_code == 403


def _all_acts(visitor: Visitor, street: str) -> list[TestResponse]:
    base = f"/console/rooms/{street}"
    room = f"{base}/room/elders_canteen"
    return [
        visitor.post(room, **_form()),
        visitor.post(f"{room}/status", status="open"),
        visitor.post(f"{room}/shift", way="up"),
        visitor.post(f"{base}/new", name_zh="x", platform="charity"),
        visitor.post(f"{base}/copy", source="street_two", **{"rooms[]": ["homework"]}),
        visitor.post(f"{base}/new-platform", name_zh="x", seal="x"),
        visitor.post(f"{base}/platform/charity", name_zh="x", seal="x"),
        visitor.post(f"{base}/platform/charity/remove"),
        visitor.post(f"{base}/platform/charity/shift", way="up"),
        visitor.post(f"{base}/centre", name_zh="x", seal="x"),
        visitor.post(f"{base}/set-up"),
    ]


def test_nobody_reshapes_what_is_not_theirs(alpha: District) -> None:
    _second_street(alpha)
    for who in ("auditor", "resident", "community"):
        assert {answer.status_code for answer in _all_acts(alpha.client(who), "street_one")} == {
            403
        }
    assert {a.status_code for a in _all_acts(alpha.client("street"), "street_two")} == {404}
    assert {a.status_code for a in _all_acts(alpha.client(), "street_one")} == {302}
    with alpha.work():
        assert session.query(Room).filter(Room.status != "planned").count() == 0


def test_who_only_looks_gets_no_buttons(alpha: District) -> None:
    page = alpha.client("auditor").get("/console/rooms").text
    assert "room-elders_canteen" in page
    assert "/shift" not in page
    assert "/new" not in page
    assert alpha.client("resident").get("/console/rooms").status_code == 404


def test_a_street_officer_sees_the_own_street_only(alpha: District) -> None:
    _second_street(alpha)
    officer = _officer(alpha)
    assert "street_two" not in officer.get("/console/rooms").text
    assert officer.get("/console/rooms?street=street_two").status_code == 404
    assert "street_two" in alpha.client("admin").get("/console/rooms").text


def test_the_list_can_be_searched(alpha: District) -> None:
    officer = _officer(alpha)
    found = officer.get("/console/rooms", query_string={"q": "食"}).text
    assert re.findall(r'id="room-([a-z_]+)"', found) == ["elders_canteen"]
    nothing = officer.get("/console/rooms", query_string={"status": "paused"}).text
    assert 'class="empty"' in nothing


def test_the_console_list_asks_the_same_number_of_queries_for_any_number_of_rooms(
    alpha: District,
) -> None:
    officer = _officer(alpha)
    with counted() as few:
        officer.get("/console/rooms")
    for number in range(5):
        officer.post(f"{CONSOLE}/new", name_zh=f"新坊{number}", platform="charity")
    with counted() as many:
        officer.get("/console/rooms")
    assert len(few) == len(many)


def test_a_poster_is_one_drawing(alpha: District) -> None:
    page = alpha.client().get(f"{PUBLIC}?print=1").text
    assert "长者食坊" in page
    assert "localhost/d/alpha/rooms/street_one/elders_canteen" in page


def test_unknown_addresses_are_not_found(alpha: District) -> None:
    visitor = alpha.client()
    for path in (
        "/rooms?street=nowhere",
        "/rooms?street=community_one",
        "/rooms/street_one/nothing",
        "/rooms/nowhere/elders_canteen",
        "/platforms/street_one/nothing",
        "/centre/community_one",
        f"{PUBLIC}/photo",
    ):
        assert visitor.get(path).status_code == 404, path


def test_rooms_are_there_as_json_for_everybody(alpha: District) -> None:
    visitor = alpha.client()
    structure = visitor.get("/api/v1/streets/street_one").json
    rooms = visitor.get("/api/v1/streets/street_one/rooms").json
    assert structure is not None
    assert rooms is not None
    assert structure["street"]["code"] == "street_one"
    assert (len(structure["platforms"]), rooms["total"], len(rooms["items"])) == (5, 19, 19)
    assert rooms["items"][0]["platform"] == structure["platforms"][0]["code"]
    assert "keeper_id" not in rooms["items"][0]
    codes = [street["code"] for street in visitor.get("/api/v1/streets").json["streets"]]
    assert codes == ["street_one"]


def test_a_room_that_is_out_of_use_is_listed_only_for_who_asks(alpha: District) -> None:
    _officer(alpha).post(f"{ROOM}/status", status="retired", reason="并入新坊")
    visitor, listed = alpha.client(), "/api/v1/streets/street_one/rooms"
    assert visitor.get(listed).json["total"] == 18
    retired = visitor.get(f"{listed}?status=retired").json["items"]
    assert [room["code"] for room in retired] == ["elders_canteen"]
    assert visitor.get(f"{listed}/elders_canteen").json["status"] == "retired"
    assert visitor.get(f"{listed}/nothing").status_code == 404
    assert visitor.get("/api/v1/streets/community_one/rooms").status_code == 404


def test_every_change_leaves_an_entry(alpha: District) -> None:
    officer = _officer(alpha)
    officer.post(ROOM, **_form(platform="charity", keeper=_keeper(alpha), place_zh="一楼"))
    officer.post(f"{ROOM}/status", status="open")
    with alpha.work():
        rows = session.query(audit.AuditEntry.action).filter_by(thing="room")
        done = {action for (action,) in rows}
    assert {"rooms.change", "rooms.move", "rooms.set_keeper", "rooms.set_status"} <= done
