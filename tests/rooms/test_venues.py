"""Venues are made, changed and closed by page and API, and rooms are put in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from saas.accounts import commands as accounts
from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.errors import Conflict, Invalid
from saas.rooms import commands, queries
from saas.rooms.models import Venue
from tests.support import District, furnish

CONSOLE = "/console/rooms/street_one"
VENUES = f"{CONSOLE}/venues"
ROOM = f"{CONSOLE}/room/homework"


def _add(district: District, **fields: str) -> Any:
    sent = {"name_zh": "华大生活馆", "area_m2": "2400", "facts_zh": "一楼有电梯"} | fields
    return district.client("street").post(f"{VENUES}/new", form=f"{VENUES}/new", **sent)


def _venue(district: District) -> Venue:
    (found,) = queries.venues_in(district.unit("street"), closed=True)
    return found


def test_a_venue_is_made_changed_closed_and_opened_again(alpha: District) -> None:
    officer = alpha.client("street")
    assert "还没有阵地" in officer.get(VENUES).text
    assert _add(alpha).status_code == 302
    assert _add(alpha).status_code == 422, "one of that name is enough"
    assert 'id="e-area_m2"' in _add(alpha, name_zh="甲馆", area_m2="-3").text
    with alpha.work():
        code = _venue(alpha).code
        assert (_venue(alpha).area_m2, _venue(alpha).facts["zh"]) == (2400, "一楼有电梯")
    path = f"{VENUES}/{code}"
    changed = officer.post(path, form=path, name_zh="新馆", area_m2="", facts_zh="")
    assert changed.status_code == 302
    with alpha.work():
        assert (_venue(alpha).name, _venue(alpha).area_m2) == ({"zh": "新馆"}, None)
    officer.post(f"{path}/close", form=VENUES)
    assert "已停用" in officer.get(VENUES).text
    assert "新馆" not in officer.get(ROOM).text, "no room is put into it any more"
    officer.post(f"{path}/reopen", form=VENUES)
    assert "新馆" in officer.get(ROOM).text
    for who in ("keeper", "resident", "courtyard"):
        assert alpha.client(who).get(VENUES).status_code in {403, 404}


def test_a_venue_with_a_room_in_it_is_not_closed_and_says_which(alpha: District) -> None:
    _add(alpha)
    with alpha.work():
        street, venue = alpha.unit("street"), _venue(alpha)
        room = queries.public_room(street, "homework")
        room.venue_id = venue.id
        path = f"{VENUES}/{venue.code}/close"
        with pytest.raises(Conflict):
            commands.close_venue(street, venue, actor=SYSTEM)
    officer = alpha.client("street")
    officer.post(path, form=VENUES)
    page = officer.get(VENUES).text
    assert "还有功能坊：课业坊" in page


def test_a_room_opens_with_hours_place_and_keeper_alone_and_says_it_at_the_fields(
    alpha: District,
) -> None:
    officer = alpha.client("street")
    refused = officer.post(f"{ROOM}/status", form=ROOM, status="open")
    assert refused.location.endswith("/room/homework?open=1")
    page = officer.get("/console/rooms/street_one/room/homework?open=1").text
    for field in ("place", "keeper"):
        assert f'href="#f-{field}"' in page
        assert f'id="e-{field}"' in page
    with alpha.work():
        assert queries.public_room(alpha.unit("street"), "homework").status == "planned"
    furnish(alpha, "homework")
    officer.post(f"{ROOM}/status", form=ROOM, status="open")
    with alpha.work():
        street = alpha.unit("street")
        room = queries.public_room(street, "homework")
        assert room.status == "open"
        with pytest.raises(Invalid) as lost:
            commands.run_room(
                street, room, services=room.services, hours=[], contact="", picture=None,
                drop_photo=False, actor=SYSTEM,
            )  # fmt: skip
        assert list(lost.value.errors) == ["hours"]


def test_a_room_whose_template_says_so_opens_without_hours(alpha: District) -> None:
    furnish(alpha, "homework")
    with alpha.work():
        street = alpha.unit("street")
        room = queries.public_room(street, "homework")
        room.hours = []
        assert queries.lacking(room) == ("hours",)
        queries.room_template("homework").by_appointment = True
        assert queries.lacking(room) == ()
        commands.set_status(street, room, status="open", actor=SYSTEM)


def test_programs_make_change_and_close_venues(alpha: District) -> None:
    with alpha.work():
        _, text = accounts.add_token(
            name="阵地系统", unit=alpha.unit("root"), days=30,
            scopes=["rooms:room:configure", "rooms:room:view"], actor=alpha.actor("admin"),
        )  # fmt: skip
    client, base = alpha.app.test_client(), f"{alpha.root}/api/v1/streets/street_one/venues"

    def post(path: str, **body: Any) -> Any:
        return _send(client, base + path, text, body)

    made = post("", name_zh="华大生活馆", area_m2=2400)
    assert made.status_code == 201, made.text
    code = made.json["code"]
    assert (made.json["area_m2"], made.json["closed"], made.json["rooms"]) == (2400, False, [])
    assert post("", name_zh="华大生活馆").status_code == 422
    assert post(f"/{code}", name_zh="新馆").json["name"] == {"zh": "新馆"}
    assert post(f"/{code}/closed", closed=True).json["closed"] is True
    assert post(f"/{code}/closed", closed=True).status_code == 200, "said twice"
    assert [one["code"] for one in client.get(base).json["venues"]] == [code]
    assert post("/nowhere", name_zh="x").status_code == 404
    assert client.post(base, json={"name_zh": "x"}).status_code in {400, 401, 403}


def _send(client: FlaskClient, path: str, key: str, body: dict[str, Any]) -> Any:
    return client.post(path, json=body, headers={"Authorization": f"Bearer {key}"})


def test_a_new_room_may_say_its_own_address_for_its_qr_code(alpha: District) -> None:
    officer, path = alpha.client("street"), f"{CONSOLE}/new"
    sent = {"name_zh": "茶馆坊", "platform": "charity", "address": "tea_house"}
    assert officer.post(path, form=path, **sent).location.endswith("/room/tea_house")
    again = officer.post(path, form=path, **{**sent, "name_zh": "又一坊"})
    assert again.status_code == 422
    assert 'id="e-address"' in again.text
    for wrong in ("Tea House", "1a", "homework"):
        assert officer.post(path, form=path, **{**sent, "address": wrong}).status_code == 422


def test_square_metres_are_not_taken_from_who_uses_them(alpha: District) -> None:
    with alpha.work():
        street = alpha.unit("street")
        venue = commands.add_venue(street, name={"zh": "馆"}, facts={}, area_m2=100, actor=SYSTEM)
        until = clock.today() + timedelta(days=30)
        assert until
        commands.change_venue(street, venue, name={"zh": "馆"}, facts={}, area_m2=50, actor=SYSTEM)
        assert venue.area_m2 == 50
