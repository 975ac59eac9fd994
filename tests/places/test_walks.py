"""Walks: their states, their stops under two editors, what is said of who is not shown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.places import commands, queries, views
from saas.places.models import Stop
from tests.places.making import add, merchant, order, published, route
from tests.support import District

CONSOLE = "/console/walks"


def _stops(page: str, tag: str) -> list[int]:
    return [int(no) for no in re.findall(rf'<{tag}[^>]* data-stop="(\d+)"', page)]


def test_a_walk_is_drafted_published_withdrawn_and_published_again(alpha: District) -> None:
    with alpha.work():
        made, street = route(alpha, "甲"), alpha.actor("street")
        code = made.code
        with pytest.raises(Conflict):
            commands.move_route(made, verb="publish", actor=street)
        add(alpha, made, 2, "乙")
        with pytest.raises(Conflict):
            commands.move_route(made, verb="withdraw", actor=street)
    nobody, officer = alpha.client(), alpha.client("street")
    assert nobody.get(f"/walks/{code}").status_code == 404, "a draft is nobody's business"
    home, act = f"{CONSOLE}/{code}", f"{CONSOLE}/{code}/state"
    officer.post(act, form=home, verb="publish")
    assert "饭后一圈" in nobody.get("/walks").text
    assert nobody.get(f"/walks/{code}").headers["X-Keep"] == "public"
    officer.post(act, form=home, verb="withdraw")
    page = nobody.get(f"/walks/{code}").text
    assert "目前没有开放" in page
    assert "甲" not in page
    assert nobody.get(f"/walks/{code}/poster").status_code == 404
    officer.post(act, form=home, verb="publish")
    assert "目前没有开放" not in nobody.get(f"/walks/{code}").text


def test_the_line_and_the_list_hold_the_same_stops_in_the_same_order(alpha: District) -> None:
    names = [f"第{one}处" for one in "一二三四五六七八九十甲乙丙"]
    with alpha.work():
        code = published(alpha, *names).code
        walk = views.walk_of(queries.public_route(code))
        assert walk.minutes == 60
        drawings = (walk.picture.wide, walk.picture.tall)
        for drawing in drawings:
            drawn = ["".join(line.text for line in spot.name) for spot in drawing.spots]
            assert drawn == [stop.name for stop in walk.stops] == names
    for path in (f"/walks/{code}", f"/walks/{code}/poster"):
        page = alpha.client().get(path).text
        listed = _stops(page, "li")
        assert listed == list(range(1, 14))
        drawn = _stops(page, "g")
        assert drawn in (listed, listed * 2), path
        assert page.count("<desc") == len(drawn) // 13
        assert "60 分钟" in page


def test_stops_are_moved_inserted_removed_and_it_can_be_undone(alpha: District) -> None:
    with alpha.work():
        made = route(alpha, "甲", "乙", "丙")
        code, seen = made.code, made.edits
    officer, home = alpha.client("street"), f"{CONSOLE}/{code}"

    def press(what: str, **given: Any) -> Any:
        return officer.post(f"{home}/{what}", form=home, **given)

    assert press("stops/3/move", seen=str(seen), way="up").headers["Location"].endswith("#stop-2")
    with alpha.work():
        assert order(queries.access_route(code, actor=alpha.actor("street"))) == ["甲", "丙", "乙"]
    press("stops/1/remove", seen=str(seen + 1))
    with alpha.work():
        found = queries.access_route(code, actor=alpha.actor("street"))
        assert order(found) == ["丙", "乙"]
        assert [(s.no, s.minutes) for s in queries.stops_of(found)] == [(1, 0), (2, 5)]
    press("undo", seen=str(seen + 2))
    path = f"{home}/stops/new?at=2"
    answer = officer.post(path, form=path, seen=str(seen + 3), thing="", name_zh="新", minutes="7",
                          what_zh="", step_free="unknown")  # fmt: skip
    assert answer.status_code == 302
    with alpha.work():
        found = queries.access_route(code, actor=alpha.actor("street"))
        assert order(found) == ["甲", "新", "丙", "乙"]


def test_two_who_edit_never_move_a_stop_that_they_did_not_see(alpha: District) -> None:
    with alpha.work():
        made, street = route(alpha, "甲", "乙", "丙"), alpha.actor("street")
        seen = made.edits
        commands.move_stop(made, 1, way="down", seen=seen, actor=street)
        for late in (
            lambda: commands.move_stop(made, 1, way="down", seen=seen, actor=street),
            lambda: commands.remove_stop(made, 1, seen=seen, actor=street),
            lambda: commands.undo_stops(made, seen=seen, actor=street),
        ):
            with pytest.raises(Conflict):
                late()
        assert order(made) == ["乙", "甲", "丙"]
        code = made.code
    officer, home = alpha.client("street"), f"{CONSOLE}/{code}"
    late_ = officer.post(f"{home}/stops/1/move", form=home, seen=str(seen), way="down")
    assert "刚才有人改动了站点" in officer.get(late_.headers["Location"]).text


def test_an_open_form_of_a_stop_that_became_another_is_refused(alpha: District) -> None:
    with alpha.work():
        made = route(alpha, "甲", "乙")
        code = made.code
    officer, path = alpha.client("street"), f"{CONSOLE}/{code}/stops/1"
    page = officer.get(path).text
    mark = re.search(r'name="as_seen" value="([^"]+)"', page)
    with alpha.work():
        found = queries.access_route(code, actor=alpha.actor("street"))
        commands.move_stop(found, 1, way="down", actor=alpha.actor("street"))
    assert mark is not None, page
    answer = officer.post(path, form=path, as_seen=mark[1], name_zh="甲乙", minutes="0",
                          step_free="unknown")  # fmt: skip
    assert answer.status_code == 409
    with alpha.work():
        assert order(queries.access_route(code, actor=alpha.actor("street"))) == ["乙", "甲"]


def test_a_number_is_unique_only_when_everything_is_laid(alpha: District) -> None:
    with alpha.work():
        made = route(alpha, "甲", "乙")
        code = made.code
        first, second = (stop.id for stop in queries.stops_of(made))

        def number(stop_id: int, no: int) -> None:
            numbered = sa.update(Stop).where(Stop.id == stop_id).values(no=no, minutes=0)
            session.execute(numbered)

        number(first, 2)  # for a moment there are two of them
        number(second, 1)
    with alpha.work():
        assert order(queries.access_route(code, actor=alpha.actor("street"))) == ["乙", "甲"]
        number(second, 2)
        cursor = session.connection().connection.cursor()
        with pytest.raises(UniqueViolation):  # as a commit does
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        session.rollback()


def test_a_stop_is_one_thing_and_lies_in_reach(alpha: District) -> None:
    with alpha.work():
        made, street = route(alpha, "甲", "乙"), alpha.actor("street")
        told: dict[str, Any] = {"minutes": 1, "what": {}, "step_free": "yes", "actor": street}
        for thing in ("room-999999", "merchant-x", "venue-0", "person-1"):
            with pytest.raises(Invalid):
                commands.add_stop(made, at=1, thing=thing, name={}, **told)
        with pytest.raises(Invalid):
            commands.add_stop(made, at=1, thing=None, name={}, **told)
        empty = sa.insert(Stop).values(route_id=made.id, no=9, minutes=1)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(empty)


def test_who_shapes_the_rooms_of_the_street_keeps_walks_and_nobody_else(alpha: District) -> None:
    with alpha.work():
        code, shop = published(alpha, "甲", "乙").code, merchant(alpha).code
        for who in ("keeper", "resident"):
            found = queries.public_route(code)
            with pytest.raises(Forbidden):
                commands.move_route(found, verb="withdraw", actor=alpha.actor(who))
    pages = (CONSOLE, f"{CONSOLE}/{code}", f"{CONSOLE}/new", "/console/merchants",
             f"/console/merchants/{shop}", f"{CONSOLE}/{code}/stops/1")  # fmt: skip
    for path in pages:
        assert alpha.client("street").get(path).status_code == 200, path
        for who in ("keeper", "resident", None):
            assert alpha.client(who).get(path).status_code in {302, 403, 404}, (who, path)


def test_a_merchant_who_retires_or_agrees_no_more_is_not_shown_on_the_walk(alpha: District) -> None:
    with alpha.work():
        tea, soup = merchant(alpha), merchant(alpha, "豆花铺")
        code, street = published(alpha, tea, "古井", soup).code, alpha.actor("street")
        gone, over = tea.code, soup.code
    nobody, officer = alpha.client(), alpha.client("street")
    assert "盐井茶馆" in nobody.get(f"/walks/{code}").text
    with alpha.work():
        found = queries.access_merchant(gone, actor=street)
        commands.retire_merchant(found, actor=street)
        queries.access_merchant(over, actor=street).consent_until = clock.today() - timedelta(
            days=1
        )
    page = nobody.get(f"/walks/{code}").text
    assert "已经不在这里" in page
    assert "目前不展示" in page
    assert not {"盐井茶馆", "豆花铺", "盖碗茶"} & set(re.findall(r"\w+", page))
    assert "10 分钟" in page, "the way is as long as before"
    assert "有 2 站的商户不再展示" in officer.get(f"{CONSOLE}/{code}").text
    assert "2 站不再展示" in officer.get(f"{CONSOLE}?stops=gone").text
    assert "有站点不再展示的路线" in officer.get("/work").text
    with alpha.work():
        assert queries.count_lost(alpha.actor("street")) == 1


def test_a_walk_that_is_published_keeps_two_stops(alpha: District) -> None:
    with alpha.work():
        made, street = published(alpha, "甲", "乙"), alpha.actor("street")
        with pytest.raises(Conflict):
            commands.remove_stop(made, 1, actor=street)


def test_a_neighbour_finds_neither_walks_nor_merchants(alpha: District, beta: District) -> None:
    with alpha.work():
        code, shop = published(alpha, "甲", "乙").code, merchant(alpha).code
    for who in (None, "street", "admin"):
        page = beta.client(who)
        for path in (f"/walks/{code}", f"/merchants/{shop}", f"{CONSOLE}/{code}",
                     f"/api/v1/walks/{code}", f"/api/v1/merchants/{shop}"):  # fmt: skip
            assert page.get(path).status_code in {302, 403, 404}, (who, path)
        assert "饭后一圈" not in page.get("/walks").text
        assert "盐井茶馆" not in page.get("/merchants").text


def test_rooms_and_premises_stand_at_stops_with_their_access(alpha: District) -> None:
    with alpha.work():
        made = route(alpha, "甲", "乙")
        room = next(iter(queries.things_of(queries.unit_of(made)).rooms.values()))
        commands.add_stop(made, at=2, thing=f"room-{room.id}", name={}, minutes=4, what={},
                          step_free="no", actor=alpha.actor("street"))  # fmt: skip
        commands.move_route(made, verb="publish", actor=alpha.actor("street"))
        code, name, at = made.code, room.name["zh"], room.code
    page = alpha.client().get(f"/walks/{code}").text
    assert re.search(rf'href="[^"]*/rooms/street_one/{at}">{name}<', page)
    assert "有台阶" in page
    assert "台阶情况不清楚" in page, "what nobody looked at is said"


def test_the_poster_is_one_sheet_of_a3(alpha: District) -> None:
    with alpha.work():
        code = published(alpha, *(f"第{n}处有故事的地方" for n in range(1, 41))).code
    page = alpha.client().get(f"/walks/{code}/poster").text
    assert "poster-sheets--a3" in page
    assert page.count('class="qr"') == 1
    answer = alpha.client("street").get(f"{CONSOLE}/{code}/poster.pdf")
    if answer.status_code == 503:
        pytest.skip("no PDF on this machine")
    assert answer.data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", answer.data)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", answer.data)
    assert box is not None
    assert [round(float(one) / 72 * 25.4) for one in box.groups()] == [297, 420]
