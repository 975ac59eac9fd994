"""A street as a whole: its table, what it copies and undoes, its settings, preview and posters."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.kernel.errors import Unavailable
from saas.rooms import commands, jobs, printing, queries
from saas.rooms.models import BulkChange, Room
from saas.rooms.printing import pdf
from saas.territory import commands as territory
from saas.themes import queries as themes
from saas.web.pictures import qr_code
from tests.support import District, furnish

CONSOLE = "/console/rooms/street_one"
GRID = f"{CONSOLE}/grid"
_CELL = re.compile(
    r'<input class="input" type="text" value="([^"]*)"[^>]* name="([a-z_]+-[a-z_]+)"'
)
_SEEN = re.compile(r'name="(seen-[a-z_]+)" value="([^"]+)"')


def _room(district: District, code: str = "elders_canteen") -> Room:
    return queries.public_room(district.unit("street"), code)


def _cells(district: District, who: str = "street", **changed: str) -> dict[str, str]:
    """What the table sends when only ``changed`` was typed into (``__`` for the dash)."""
    page = district.client(who).get(f"{GRID}?lang=zh").text
    cells = {name: unescape(value) for value, name in _CELL.findall(page)} | dict(
        _SEEN.findall(page)
    )
    with district.work():
        for room in queries.structure_of(district.unit("street")).rooms:
            cells |= {f"status-{room.code}": room.status, f"venue-{room.code}": ""}
            cells[f"keeper-{room.code}"] = str(room.keeper_id or "")
    return cells | {name.replace("__", "-"): value for name, value in changed.items()}


def _second_street(district: District) -> None:
    with district.work():
        street = territory.add_unit(
            code="street_two", kind="street", name={"zh": "二街"}, parent=district.unit("root"),
            actor=SYSTEM,
        )  # fmt: skip
        commands.set_up_street(street, actor=SYSTEM)


# The table


def test_the_table_saves_what_is_different_and_says_what(alpha: District) -> None:
    furnish(alpha, "homework")
    officer = alpha.client("street")
    sent = _cells(
        alpha,
        name_zh__elders_canteen="百家食坊",
        hours__elders_canteen="周一至周五 9-12, 13:30-17:00; 周六 9-12",
        keeper__elders_canteen=str(alpha.people["keeper"]),
        status__homework="open",
        contact__homework="0813-7",
    )
    answer = officer.post(GRID, **sent)
    assert answer.status_code == 302
    with alpha.work():
        room, other = _room(alpha), _room(alpha, "homework")
        assert (room.name["zh"], room.keeper_id) == ("百家食坊", alpha.people["keeper"])
        assert [row["opens"] for row in room.hours] == ["09:00", "13:30", "09:00"]
        assert room.own == ["hours", "name"]
        assert (other.status, other.contact, other.own) == ("open", "0813-7", [])
        assert session.query(Room).filter(Room.status == "open").count() == 1
    assert "百家食坊" in officer.get(answer.location.removeprefix("/d/alpha")).text


def test_an_untouched_table_changes_nothing(alpha: District) -> None:
    assert alpha.client("street").post(GRID, **_cells(alpha)).status_code == 302
    with alpha.work():
        assert not [r for r in queries.structure_of(alpha.unit("street")).rooms if r.own]
        assert queries.last_bulk(alpha.unit("street")) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("name_zh-homework", ""),
        ("name_zh-homework", "长" * 61),
        ("hours-homework", "看情况"),
        ("hours-homework", "周一 17-9"),
        ("keeper-homework", "1"),
        ("keeper-homework", "x"),
        ("venue-homework", "nowhere"),
        ("status-homework", "paused"),
        ("status-homework", "nonsense"),
        ("contact-homework", "1" * 61),
    ],
)
def test_a_fault_stands_at_its_cell_and_nothing_is_lost_or_saved(
    alpha: District, cell: str, value: str
) -> None:
    sent = _cells(alpha, name_zh__elders_canteen="百家食坊") | {cell: value}
    answer = alpha.client("street").post(GRID, **sent)
    assert answer.status_code == 422
    assert f'id="e-{cell}"' in answer.text
    assert 'value="百家食坊"' in answer.text
    with alpha.work():
        assert _room(alpha).name["zh"] == "长者食坊"


def test_every_fault_of_every_row_is_told_at_once(alpha: District) -> None:
    sent = _cells(alpha, hours__homework="?", name_zh__elders_canteen="", status__arts="paused")
    answer = alpha.client("street").post(GRID, **sent)
    for cell in ("hours-homework", "name_zh-elders_canteen"):
        assert f'id="e-{cell}"' in answer.text


def test_what_somebody_changed_meanwhile_is_not_overwritten(alpha: District) -> None:
    sent = _cells(alpha, name_zh__elders_canteen="旧表里的名字")
    with alpha.work():
        room = _room(alpha)
        commands.set_keeper(alpha.unit("street"), room, keeper=None, actor=SYSTEM)
        room.changed_at = clock.now() + timedelta(seconds=1)
    answer = alpha.client("street").post(GRID, **sent)
    assert answer.status_code == 422
    assert 'id="e-name_zh-elders_canteen"' in answer.text


def test_pausing_in_the_table_takes_its_reason(alpha: District) -> None:
    furnish(alpha, "homework")
    officer = alpha.client("street")
    officer.post(GRID, **_cells(alpha, status__homework="open"))
    sent = _cells(alpha, status__homework="paused", reason__homework="检修")
    assert officer.post(GRID, **sent).status_code == 302
    with alpha.work():
        assert _room(alpha, "homework").status_reason == "检修"


# Undoing


def _state(district: District) -> list[tuple[Any, ...]]:
    with district.work():
        rooms = session.query(Room).filter(Room.unit_id == district.unit("street").id)
        return sorted(
            (r.code, str(r.name), r.status, r.keeper_id, str(r.hours), r.contact, str(r.own))
            for r in rooms
        )


def test_one_press_takes_the_last_save_back_for_a_day(alpha: District) -> None:
    furnish(alpha, "homework")
    officer, before = alpha.client("street"), _state(alpha)
    changed = _cells(alpha, name_zh__elders_canteen="百家食坊", status__homework="open",
                     hours__homework="周一 9-10", contact__arts="1")  # fmt: skip
    officer.post(GRID, **changed)
    assert _state(alpha) != before
    assert f"{CONSOLE}/undo" in officer.get("/console/rooms").text
    assert officer.post(f"{CONSOLE}/undo").status_code == 302
    assert _state(alpha) == before
    assert officer.post(f"{CONSOLE}/undo").status_code == 409


def test_what_was_changed_since_is_not_undone(alpha: District) -> None:
    officer = alpha.client("street")
    officer.post(GRID, **_cells(alpha, name_zh__homework="甲", contact__homework="1"))
    with alpha.work():
        _room(alpha, "homework").contact = "2"
    officer.post(f"{CONSOLE}/undo")
    with alpha.work():
        room = _room(alpha, "homework")
        assert (room.name["zh"], room.contact) == ("课业坊", "2")


def test_after_a_day_there_is_nothing_to_undo_and_nothing_kept(alpha: District) -> None:
    officer = alpha.client("street")
    officer.post(GRID, **_cells(alpha, contact__homework="1"))
    with alpha.work():
        session.query(BulkChange).one().at = clock.now() - timedelta(days=1, seconds=1)
    assert officer.post(f"{CONSOLE}/undo").status_code == 409
    with alpha.work():
        jobs.forget.run()
        assert session.query(BulkChange).count() == 0


# Copying


def test_hours_services_and_settings_are_copied_and_never_what_is_personal(
    alpha: District,
) -> None:
    _second_street(alpha)
    admin, two = alpha.client("admin"), "/console/rooms/street_two"
    theirs = {"contact": "0813-12345", "welcome_zh": "欢迎来坐", "address_zh": "一街 1 号"}
    admin.post(f"{CONSOLE}/settings", **theirs)
    sent = _cells(alpha, "admin", hours__homework="周日 9-10", contact__homework="13900000000",
                  keeper__homework=str(alpha.people["keeper"]))  # fmt: skip
    admin.post(GRID, **sent)
    page = admin.get(f"{two}/copy").text
    assert 'name="hours[]" value="homework"' in page
    assert 'name="settings[]" value="welcome"' in page
    wanted = {"hours[]": ["homework"], "settings[]": ["welcome", "contact", "address"]}
    assert admin.post(f"{two}/copy", source="street_one", **wanted).status_code == 302
    with alpha.work():
        street = queries.configured_street("street_two", actor=alpha.actor("admin"))
        room = queries.public_room(street, "homework")
        assert room.hours == [{"days": [7], "opens": "09:00", "closes": "10:00"}]
        assert (room.contact, room.keeper_id, room.own) == (None, None, ["hours"])
        told = {name: one.own for name, one in queries.settings_of(street).items()}
        assert told == {
            "contact": None,
            "address": None,
            "welcome": {"zh": "欢迎来坐"},
            "hours": None,
        }
    admin.post(f"{two}/undo")
    with alpha.work():
        street = queries.configured_street("street_two", actor=alpha.actor("admin"))
        assert queries.public_room(street, "homework").own == []
        assert queries.settings_of(street)["welcome"].own is None


def test_a_copied_room_is_gone_again_with_its_platform_when_undone(alpha: District) -> None:
    _second_street(alpha)
    officer, admin = alpha.client("street"), alpha.client("admin")
    officer.post(f"{CONSOLE}/new-platform", name_zh="文体", name_en="Sport", seal="体")
    officer.post(f"{CONSOLE}/new", name_zh="舞坊", name_en="Dance", platform="sport")
    admin.post("/console/rooms/street_two/copy", source="street_one", **{"rooms[]": ["dance"]})
    assert alpha.client().get("/rooms/street_two/dance").status_code == 200
    admin.post("/console/rooms/street_two/undo")
    assert alpha.client().get("/rooms/street_two/dance").status_code == 404
    assert alpha.client().get("/platforms/street_two/sport").status_code == 404


# Settings


def test_settings_are_the_district_s_until_a_street_sets_its_own(alpha: District) -> None:
    admin, officer = alpha.client("admin"), alpha.client("street")
    sent = {"contact": "0813-1", "welcome_zh": "大安欢迎你", "hours-0-days[]": ["1"],
            "hours-0-opens": "09:00", "hours-0-closes": "12:00"}  # fmt: skip
    assert admin.post("/console/room-library/settings", **sent).status_code == 302
    assert "大安欢迎你" in alpha.client().get("/rooms").text
    officer.post(f"{CONSOLE}/settings", contact="0813-2", welcome_zh="街坊欢迎你")
    page = alpha.client().get("/rooms").text
    assert "街坊欢迎你" in page
    assert "大安欢迎你" not in page
    own = officer.get(f"{CONSOLE}/settings").text
    assert "大安欢迎你" in own  # what is inherited stands beside it
    officer.post(f"{CONSOLE}/settings", contact="0813-3", welcome_zh="还没打完", back="welcome")
    with alpha.work():
        settings_now = queries.settings_of(alpha.unit("street"))
        assert settings_now["welcome"].own is None
        assert settings_now["contact"].own == "0813-3"
    officer.post(f"{CONSOLE}/new", name_zh="理发坊", name_en="Barber", platform="charity")
    with alpha.work():
        assert _room(alpha, "barber").hours == [{"days": [1], "opens": "09:00", "closes": "12:00"}]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"contact": "1" * 61}, "contact"), ({"welcome_zh": "长" * 301}, "welcome_zh"),
     ({"hours-0-days[]": ["1"], "hours-0-opens": "x"}, "hours")],
)  # fmt: skip
def test_bad_settings_are_named(alpha: District, wrong: dict[str, Any], field: str) -> None:
    answer = alpha.client("street").post(f"{CONSOLE}/settings", **wrong)
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text


# Looking and printing


def test_the_preview_shows_planned_rooms_to_who_has_no_resident_s_rights(alpha: District) -> None:
    page = alpha.client("street").get(f"{CONSOLE}/preview")
    assert page.status_code == 200
    assert "preview-bar" in page.text
    assert page.text.count('data-room="') == 19


def test_a_street_s_posters_are_one_sheet_for_each_room(alpha: District) -> None:
    officer = alpha.client("street")
    page = officer.get(f"{CONSOLE}/posters?size=a3").text
    assert page.count("data-poster=") == 19
    assert "poster-sheets--a3" in page
    some = officer.get(f"{CONSOLE}/posters?rooms=homework&rooms=arts&size=nonsense").text
    assert re.findall(r'data-poster="([a-z_]+)"', some) == ["homework", "arts"]
    assert "poster-sheets--a4" in some


def _pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))


@pytest.mark.skipif(bool(pdf.typst is None or not pdf._fonts()[1]), reason="no typst or no font")
def test_the_pdf_has_a_page_for_each_poster_in_the_size_asked_for(alpha: District) -> None:
    officer = alpha.client("street")
    answer = officer.get(f"{CONSOLE}/posters.pdf?rooms=homework&rooms=arts&size=a3")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    assert _pages(answer.data) == 2
    assert re.findall(rb"/MediaBox\[0 0 (\d+)", answer.data) == [b"841", b"841"]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@pytest.mark.skipif(bool(pdf.typst is None or not pdf._fonts()[1]), reason="no typst or no font")
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXT, _TEXT, st.lists(_TEXT, max_size=8))
def test_nothing_that_people_write_is_read_as_code(
    name: str, purpose: str, services: list[str]
) -> None:
    tricky = '#eval("1+1") #import "@preview/x:1.0.0" $x$ *b* #read("/etc/passwd")'
    told = (("周一 9-10",), (tricky, *services), tricky, "#panic()", "x/y", qr_code("x"))
    sheet = printing.Sheet("a", "食", name or "坊", tricky + purpose, *told)
    made = printing.pdf_of(
        [sheet], size="a4", footer=tricky, caption=tricky,
        words={"hours": "#h", "services": "s", "place": "p"},
        paint=themes.paint_of(themes.pack("daan")),
    )  # fmt: skip
    assert _pages(made) == 1


def test_without_the_extra_or_a_font_it_says_so(
    alpha: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = alpha.client("street")
    monkeypatch.setattr(pdf, "_fonts", lambda: (None, ()))
    if pdf.typst is not None:
        assert officer.get(f"{CONSOLE}/posters.pdf").status_code == Unavailable.status
    monkeypatch.setattr(pdf, "typst", None)
    assert officer.get(f"{CONSOLE}/posters.pdf").status_code == Unavailable.status
    page = officer.get(f"{CONSOLE}/posters").text
    assert "posters.pdf" not in page
    assert "另存为 PDF" in page
    assert "组件" not in page, "a clerk installs nothing"


# Who may


@pytest.mark.parametrize("who", ["officer", "keeper", "auditor", "resident", "community"])
def test_nobody_changes_a_street_that_is_not_theirs_to_shape(alpha: District, who: str) -> None:
    visitor, before = alpha.client(who), _state(alpha)
    for path in ("grid", "settings", "take-up", "answer", "undo", "copy"):
        sent = visitor.post(f"{CONSOLE}/{path}", form="/rooms", contact="9", code="homework")
        assert sent.status_code == 403, path
    assert _state(alpha) == before
    assert visitor.get(f"{CONSOLE}/preview").status_code == 404 if who == "resident" else 200


def test_an_officer_of_another_street_is_refused(alpha: District) -> None:
    _second_street(alpha)
    officer, two = alpha.client("street"), "/console/rooms/street_two"
    for path in ("grid", "settings", "preview", "posters", "posters.pdf", "copy"):
        assert officer.get(f"{two}/{path}").status_code == 404, path
    for path in ("grid", "settings", "take-up", "answer", "undo", "copy"):
        sent = officer.post(f"{two}/{path}", form="/rooms", contact="9", source="street_one")
        assert sent.status_code == 404, path
    assert officer.get("/demands/streets/street_two/times").status_code == 404
