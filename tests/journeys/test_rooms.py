"""A street officer reshapes the rooms without training; a keeper runs one; an auditor looks on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.steps import pick

_OFFICER, _KEEPER, _ADMIN, _AUDITOR = 5, 7, 8, 9
HOME = "/d/daan/console/rooms"
STREET = f"{HOME}/longjing"
PURPOSE = "坐下就剪，老人每周三免费。"
_WORKDAYS = range(1, 6)


def _look(walk: Walk, what: str) -> None:
    """From the top: scrolled, the bar hides half a link and axe finds it too small."""
    walk.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    walk.look(what)


def _both(walk: Walk, what: str) -> None:
    """The same page as a desk and as a phone show it."""
    for size in (PHONE, DESK):
        walk.page.set_viewport_size(size)  # type: ignore[arg-type]
        _look(walk, what)


def _send(walk: Walk) -> None:
    """The page's own form, by its main button."""
    with walk.page.expect_navigation():
        main = "main form.form .buttons button[type=submit], main form.confirm button"
        walk.page.locator(main).click()


def _hours(walk: Walk, opens: str, closes: str, row: int = 0) -> None:
    for day in _WORKDAYS:
        pick(walk.page.locator(f"input[name='hours-{row}-days[]'][value='{day}']"))
    walk.page.fill(f"#f-hours-{row}-opens", opens)
    walk.page.fill(f"#f-hours-{row}-closes", closes)


def _picture(folder: Path) -> Path:
    """A photo as a phone takes it: large, upright by its mark only, with a place inside."""
    picture = Image.new("RGB", (2400, 1800), "#b9c7c2")
    ImageDraw.Draw(picture).ellipse((700, 400, 1700, 1400), fill="#7a3b2e")
    notes = Image.Exif()
    notes[0x0112] = 6
    notes.get_ifd(0x8825)[1] = "N"
    file = folder / "chair.jpg"
    picture.save(file, exif=notes)
    return file


def _row(walk: Walk, code: str) -> Locator:
    return walk.page.locator(f"tr#room-{code}")


def _shown(walk: Walk) -> set[str]:
    """The rooms that everybody sees on the street's page."""
    walk.go("/d/daan/rooms?street=longjing")
    names = walk.page.locator("[data-room]").evaluate_all("all => all.map(e => e.dataset.room)")
    return set(names)


def _refused(walk: Walk, path: str, status: int) -> None:
    """An address typed all the same: 404 for what is not yours, 403 for what you do not do."""
    answer = walk.page.goto(walk.url + path)
    assert answer is not None
    assert answer.status == status, path


def _told_to_residents(visitor: Walk, code: str, *words: str) -> None:
    visitor.go(f"/d/daan/rooms/longjing/{code}")
    text = visitor.page.locator("main").inner_text()
    for word in words:
        assert word in text


def _add(officer: Walk) -> None:
    """From the first page to a new room, by what the screens say."""
    page = officer.page
    officer.enter(_OFFICER)
    officer.press("功能坊")
    _both(officer, "list")
    officer.press("添加功能坊")
    _both(officer, "add")
    _send(officer)
    expect(page.locator("[role=alert]")).to_contain_text("名称")
    page.fill("#f-name_zh", "理发坊")
    page.fill("#f-name_en", "Barber")
    page.select_option("#f-platform", "mutual_help")
    page.fill("#f-purpose_zh", PURPOSE)
    _look(officer, "add-filled")
    _send(officer)
    assert page.url.endswith("/room/barber")
    assert page.input_value("#f-seal") == "理", "a seal is proposed"


def _wrong_hours(officer: Walk, photo: Path) -> None:
    """The sentence is read, and of what was typed nothing is lost."""
    page = officer.page
    _hours(officer, "18:00", "09:00")
    page.fill("#f-services", "剪发 | Haircut\n上门理发")
    page.fill("#f-contact", "100-0000-0100")
    page.set_input_files("#f-photo", photo)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    _send(officer)
    alert = page.locator("[role=alert]")
    expect(alert).to_be_in_viewport()
    expect(alert).to_contain_text("关门时间不能早于开门时间")
    expect(alert).to_contain_text("请重新选择照片")
    assert page.input_value("#f-hours-0-opens") == "18:00"
    assert page.locator("input[name='hours-0-days[]']:checked").count() == len(_WORKDAYS)
    assert page.input_value("#f-purpose_zh") == PURPOSE
    assert "上门理发" in page.input_value("#f-services")
    assert page.input_value("#f-contact") == "100-0000-0100"
    _both(officer, "wrong-hours")


def _right_hours(officer: Walk, photo: Path) -> None:
    page = officer.page
    page.fill("#f-hours-0-opens", "09:00")
    page.fill("#f-hours-0-closes", "12:00")
    page.get_by_role("button", name="再加一段时间").click()
    _hours(officer, "14:00", "18:00", row=1)
    page.fill("#f-place_zh", "二楼东头")
    page.select_option("#f-keeper", index=1)
    page.set_input_files("#f-photo", photo)
    expect(page.locator("[data-photo-shown] img")).to_be_visible()
    _send(officer)
    expect(page.locator("[role=alert]")).to_have_count(0)
    address = page.locator("[data-photo-shown] img").get_attribute("src")
    stored = Image.open(io.BytesIO(page.request.get(f"{officer.url}{address}").body()))
    assert stored.height == 1600 > stored.width, "it stands upright and is smaller"
    assert not stored.getexif(), "nobody reads where it was taken"
    _both(officer, "saved")


def _status(officer: Walk, act: str, reason: str = "") -> None:
    """The act beside the form; where it asks why, first without an answer."""
    officer.go(f"{STREET}/room/barber")
    officer.press(act)
    if reason:
        _send(officer)
        expect(officer.page.locator("[role=alert]")).to_contain_text("原因")
        officer.page.fill("#f-reason", reason)
        _both(officer, "why")
        _send(officer)


def test_a_street_officer_reshapes_the_rooms_without_training(walk: Any, tmp_path: Path) -> None:
    officer: Walk = walk(DESK)
    visitor: Walk = walk(PHONE)
    page, photo = officer.page, _picture(tmp_path)
    before = _shown(visitor)
    _add(officer)
    _wrong_hours(officer, photo)
    _right_hours(officer, photo)
    _told_to_residents(visitor, "barber", "筹备中", PURPOSE)

    _status(officer, "开放")
    _told_to_residents(visitor, "barber", "理发坊", "09:00–12:00", "14:00–18:00", "上门理发")
    _both(visitor, "open")

    officer.go(f"{STREET}/room/barber")
    page.fill("#f-name_zh", "便民理发坊")
    page.select_option("#f-platform", "charity")
    _send(officer)
    officer.press("功能坊")
    there = page.locator("#platform-charity").locator("tr#room-barber")
    expect(there).to_contain_text("便民理发坊")
    expect(there).to_contain_text("周一至周五")
    _both(officer, "moved")

    _status(officer, "暂停", "理发师学习一周，下周一再开。")
    _told_to_residents(visitor, "barber", "暂停", "理发师学习一周")
    _both(visitor, "paused")
    _status(officer, "停办", "并入便民坊。")
    _told_to_residents(visitor, "barber", "并入便民坊")
    _both(visitor, "given-up")
    assert _shown(visitor) == before

    officer.go(HOME)
    page.locator("details.fold > summary").click()
    with page.expect_navigation():
        _row(officer, "barber").get_by_role("button", name="恢复").click()
    with page.expect_navigation():
        _row(officer, "barber").get_by_role("button", name="开放").click()
    assert _shown(visitor) == before | {"barber"}
    _both(visitor, "plan")


def test_rooms_are_copied_between_streets_and_change_places_by_buttons(walk: Any) -> None:
    officer: Walk = walk(DESK)
    page = officer.page
    officer.enter(_OFFICER)
    officer.go(HOME)
    officer.press("从其他街道复制")
    _both(officer, "copy")
    with page.expect_navigation():
        page.get_by_role("button", name="复制所选").click()
    expect(page.locator("[role=alert]")).to_contain_text("至少")
    pick(page.locator("input[name='rooms[]'][value='elders_canteen']"))
    page.select_option("#f-platform", "online")
    with page.expect_navigation():
        page.get_by_role("button", name="复制所选").click()
    copied = page.locator("#platform-online").locator("tr#room-elders_canteen_2")
    expect(copied).to_contain_text("筹备中")
    rows = page.locator("#platform-online tbody tr")
    last = rows.count() - 1
    with page.expect_navigation():
        copied.get_by_role("button", name="上移").click()
    expect(rows.nth(last - 1)).to_have_attribute("id", "room-elders_canteen_2")
    _look(officer, "copied")
    _refused(officer, f"{HOME}/daan_street/new", 404)

    admin: Walk = walk(DESK)
    admin.enter(_ADMIN)
    admin.go(f"{HOME}/daan_street/copy?source=longjing")
    _look(admin, "copy-all")
    admin.press("全部复制")
    expect(admin.page.locator("#platform-online")).to_contain_text("盐帮食坊")
    _both(admin, "copied-all")


def test_a_keeper_runs_the_own_room_and_no_other(walk: Any) -> None:
    keeper: Walk = walk(PHONE)
    page = keeper.page
    keeper.enter(_KEEPER)
    keeper.go(HOME)
    assert page.locator("tr[id^=room-]").evaluate_all("all => all.map(e => e.id)") == [
        "room-demands_desk"
    ]
    _both(keeper, "own")
    assert not page.get_by_role("link", name="添加功能坊").count()
    keeper.press("编辑")
    for kept in ("#f-name_zh", "#f-platform", "#f-keeper"):
        assert not page.locator(kept).count()
    page.fill("#f-contact", "100-0000-0707")
    _both(keeper, "edit")
    _send(keeper)
    assert not page.get_by_role("link", name="停办").count()
    _told_to_residents(keeper, "demands_desk", "100-0000-0707")
    for other in ("room/elders_canteen", "room/elders_canteen/status?status=paused"):
        _refused(keeper, f"{STREET}/{other}", 404)
    _refused(keeper, f"{STREET}/new", 403)
    _look(keeper, "not-hers")


def test_an_auditor_sees_every_room_and_no_button(walk: Any) -> None:
    auditor: Walk = walk(DESK)
    page = auditor.page
    auditor.enter(_AUDITOR)
    auditor.go(f"{HOME}?street=longjing")
    _both(auditor, "looks-on")
    assert page.locator("tr[id^=room-]").count() >= 19
    main = page.locator("main")
    assert not main.locator("form[method=post]").count()
    ways = main.locator("a[href*='/console/rooms/longjing/']").evaluate_all(
        "all => all.map(a => a.pathname.split('/').pop())"
    )
    assert set(ways) == {"preview", "posters"}  # to look at, nothing to change
    asked = ("room/demands_desk", "new", "copy", "grid", "settings", "new-platform")
    for refused in (*asked, "platform/charity"):
        _refused(auditor, f"{STREET}/{refused}", 403)
