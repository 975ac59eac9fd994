"""Longjing's own district is given away as a package, becomes another district under its own
culture, and that one takes the second edition of 1519 without losing what it made of the first.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import DESK, PHONE, Product
from tests.journeys.steps import Hands, Ledger, Tally

CODE, KEY = "cuiping", "longjing"
_EDITION = "1519/2.0.0"
_ADMIN = 8
_NAME, _STREET = "翠屏区", "南岸街道"
_BENEATH = {_STREET: "流杯社区", "流杯社区": "江安小区", "江安小区": "一号院"}
_DEPUTY = "侯副管理"
#: The accent of the pack `cuiping`: its pages are told by it.
_ACCENT = "#7b4a1e"
_RENAMED = "连心诉求坊"
#: What the pack calls rooms, as residents of its district read it.
_CALLED = ("燃面食坊", "李庄学坊", "老茶馆邻里坊")
#: Conflict → the side that the administrator takes.
_DECISIONS = {
    "rooms/rooms/elders_canteen#hours": "ours",
    "demands/deadlines/courtyard/lifts#resolve_hours": "theirs",
}
_NEW_CATEGORY = "demand_categories WHERE code = 'lift_retrofit' AND NOT retired"
_NEW_GUIDE = "/guides/lift_retrofit"
_NEW_DEPARTMENT = "units WHERE code = 'housing' AND retired_at IS NULL"
_LIFTS = "demand_deadlines WHERE level = 'courtyard' AND category = 'lifts' AND "
_GENERAL = "demand_deadlines WHERE level = 'street' AND category IS NULL AND resolve_hours = 36"


def _give_away(longjing: Hands, folder: Path) -> Path:
    """The administrator of the first district writes its model down as a package."""
    longjing.walk.enter(_ADMIN)
    longjing.follow("nav a[href$='/model']")
    longjing.both("model")
    longjing.follow("a[href$='/model/export']")
    longjing.write("#f-title_zh", "龙井社区治理模式")
    longjing.write("#f-title_en", "The Longjing model")
    longjing.write("#f-key", KEY)
    longjing.look("export")
    archive = longjing.save("form[action$='/model/export'] button[type=submit]", folder)
    assert archive.name == f"{KEY}-1.0.0.zip"
    with zipfile.ZipFile(archive) as opened:
        assert "based_on:" in opened.read("package.yaml").decode()
    return archive


def _take_in(operator: Hands, archive: Path) -> None:
    """The operator looks inside before the library keeps it."""
    operator.follow("nav a[href='/hub/packages']")
    operator.follow("a[href='/hub/packages/upload']")
    operator.attach("#f-file", archive)
    operator.send()
    expect(operator.page.locator("main")).to_contain_text("龙井社区治理模式")
    operator.both("inside")
    operator.follow("form[action*='/upload/waiting/'] button")
    assert operator.page.url.endswith(f"/hub/packages/{KEY}/1.0.0")
    operator.follow("nav a[href='/hub/']")


def _move_in(me: Hands) -> None:
    """The culture of the place first, then a street with what lies beneath it."""
    me.follow(".setup-rail__desk a[href$='/setup/culture']")
    me.tick("input[name=look][value=cuiping]")
    me.send("form.form--wide button[type=submit]")
    assert _accent(me) == _ACCENT
    me.look("culture")
    steps.to_step(me, "streets")
    me.write("#f-lines", _STREET)
    me.send("form[action$='/setup/streets'] button")
    steps.onward(me, "units")
    for above, names in _BENEATH.items():
        option = me.page.locator("#f-parent option", has_text=above).first
        me.choose("#f-parent", option.get_attribute("value") or "")
        me.write("#f-lines", names)
        me.send("form[action$='/setup/units'] button")
    me.look("units")


def _people(me: Hands) -> str:
    """Somebody for every unit, a keeper, and a second administrator; returns that one's link."""
    steps.to_step(me, "people")
    page, rows = me.page, 0
    while page.locator(f"#f-unit-{rows}").input_value():
        rows += 1
    for unit, role in ((_STREET, "room_keeper"), (_NAME, "district_administrator")):
        option = page.locator(f"#f-unit-{rows} option", has_text=re.compile(f"^{unit}"))
        me.choose(f"#f-unit-{rows}", option.get_attribute("value") or "")
        me.choose(f"#f-role-{rows}", role)
        rows += 1
    for number in range(rows):
        me.write(f"#f-name-{number}", _DEPUTY if number == rows - 1 else f"样本{number}")
        me.write(f"#f-phone-{number}", f"1390000{number:04}")
    me.send("form.form--wide button[type=submit]")
    return steps.invite(me, _DEPUTY)


def _open_to_residents(me: Hands, deputy: Hands) -> None:
    """Three rooms open, the checklist is in order, the district goes live."""
    steps.accept_invitation(deputy, _people(me))
    steps.to_step(me, "rooms")
    for name in _CALLED:
        expect(me.page.locator("main table")).to_contain_text(name)
    for room in ("elders_canteen", "homework", "demands_desk"):
        me.tick(f"input[name='open-{room}']")
        keeper = me.page.locator(f"#f-keeper-{room} option").nth(1)
        me.choose(f"#f-keeper-{room}", keeper.get_attribute("value") or "")
        me.write(f"#f-place-{room}", "南岸街道一楼")
    me.both("rooms-called-as-here")
    me.send("form.form--wide button[type=submit]")
    steps.to_step(me, "check")
    me.send("form[action$='/setup/check/run'] button")
    steps.answer_for_gaps(me, "等国务院公布放假安排后补上")
    me.send("form[action$='/setup/check/run'] button")
    me.look("checklist")
    steps.go_live(me)


def _make_it_ones_own(me: Hands) -> None:
    """A room renamed, another's evening longer, two deadlines changed."""
    me.walk.go(f"{_root()}/console/room-library")
    me.look("library")
    me.follow("#room-demands_desk a.row-link")
    me.write("#f-name_zh", _RENAMED)
    me.send()
    me.follow("#room-elders_canteen a.row-link")
    me.write("#f-hours-2-closes", "19:00")
    me.send()
    me.walk.go(f"{_root()}/demands/settings")
    me.write("#f-resolve-street", "36")
    me.send("main form.form--wide button[type=submit]")
    me.walk.go(f"{_root()}/demands/settings/times/lifts")
    me.write("#f-resolve-courtyard", "6")
    me.send("main form.form--wide button[type=submit]")
    me.look("deadlines")


def _upgrade(me: Hands, *, pictures: bool) -> None:
    """Read, decide what clashes, look at the consequences, do it."""
    page = me.page
    me.follow("nav a[href$='/model']")
    if pictures:
        me.both("what-is-ours")
    me.follow(f"a[href$='/model/upgrade/{_EDITION}']")
    questions = page.locator("main input[type=radio]").evaluate_all("all => all.map(e => e.name)")
    assert set(questions) == set(_DECISIONS)
    if pictures:
        me.both("to-decide")
    onward = page.locator(f"a[href$='/model/upgrade/{_EDITION}/apply']")
    expect(onward).to_have_count(0)
    for name, side in _DECISIONS.items():
        with page.expect_response(lambda answer: "/model/upgrade/" in answer.url and answer.ok):
            me.tick(f"input[name='{name}'][value={side}]")
    expect(onward).to_be_visible()
    if pictures:
        _read(me)
    me.follow(onward)
    me.look("last-question")
    me.follow("form[action$='/apply'] button[type=submit]")
    assert page.url.endswith("/model")


def _read(me: Hands) -> None:
    """Every item in plain words; what was decided stays decided."""
    me.follow("a[href$='show=all']")
    main = me.page.locator("main")
    for word in (_RENAMED, "既有住宅增设电梯", "住房和城乡建设局", "课业坊"):
        expect(main).to_contain_text(word)
    me.both("everything")


def _upgraded(resident: Hands, ledger: Ledger) -> None:
    """What residents read, and what the tables hold, after the second edition has come."""
    _reads(resident, "homework", "李庄学坊", "16:00–20:30")
    _reads(resident, "demands_desk", _RENAMED, "09:00–20:00")
    _reads(resident, "elders_canteen", "燃面食坊", "17:00–19:00")
    assert ledger.count(_NEW_CATEGORY)
    assert ledger.count(_NEW_DEPARTMENT)
    assert ledger.count(_LIFTS + "resolve_hours = 4")
    assert ledger.count(_GENERAL)
    assert _accent(resident) == _ACCENT, "an upgrade leaves the look alone"
    assert steps.status(resident.walk, _root() + _NEW_GUIDE) == 200


def _as_before(resident: Hands, ledger: Ledger) -> None:
    """What residents read, and what the tables hold, without the second edition."""
    _reads(resident, "homework", "李庄学坊", "16:00–19:00")
    _reads(resident, "demands_desk", _RENAMED, "09:00–17:30")
    _reads(resident, "elders_canteen", "燃面食坊", "17:00–19:00")
    assert not ledger.count(_NEW_CATEGORY)
    assert not ledger.count(_NEW_DEPARTMENT)
    assert ledger.count(_LIFTS + "resolve_hours = 6")
    assert ledger.count(_GENERAL)
    assert _accent(resident) == _ACCENT
    assert steps.status(resident.walk, _root() + _NEW_GUIDE) == 404


def _reads(resident: Hands, room: str, *words: str) -> None:
    resident.walk.go(f"{_root()}/rooms")
    resident.follow(f"main a.link-row[href$='/{room}']")
    for word in words:
        expect(resident.page.locator("main")).to_contain_text(word)


def _accent(reader: Hands) -> str:
    script = "root => getComputedStyle(root).getPropertyValue('--accent').trim().toLowerCase()"
    return str(reader.page.locator(":root").evaluate(script))


def _root() -> str:
    return f"/d/{CODE}"


#: Where the replica stands already → the cookies of its administrator.
_MADE: dict[Path, Any] = {}


def _replica(walk: Any, product: Product, folder: Path, tally: Tally) -> Hands:
    """The replica's administrator; the first test that asks makes the replica."""
    me = Hands(walk(DESK), tally)
    if product.folder in _MADE:
        me.page.context.add_cookies(_MADE[product.folder])
        return me
    longjing, operator = Hands(walk(DESK), tally), Hands(walk(DESK), tally)
    archive = _give_away(longjing, folder)
    steps.sign_in_operator(operator, product)
    _take_in(operator, archive)
    invitation = steps.create_district(
        operator, name=_NAME, code=CODE, package=KEY, administrator="江管理"
    )
    steps.accept_invitation(me, invitation)
    _move_in(me)
    _open_to_residents(me, Hands(walk(PHONE), tally))
    _MADE[product.folder] = me.page.context.cookies()
    return me


def test_a_districts_own_model_becomes_another_district(
    walk: Any, product: Product, tmp_path: Path
) -> None:
    tally = Tally()
    _replica(walk, product, tmp_path, tally)
    resident = Hands(walk(PHONE), tally)
    steps.until_open(resident.walk, f"{_root()}/")
    resident.both("first-page")
    tally.tell("A model replicated")


def test_the_replica_is_upgraded_with_local_edits_kept(
    walk: Any, product: Product, tmp_path: Path
) -> None:
    tally = Tally()
    me, resident = _replica(walk, product, tmp_path, tally), Hands(walk(PHONE), tally)
    steps.until_open(resident.walk, f"{_root()}/")
    _make_it_ones_own(me)
    with steps.ledger(product, CODE) as ledger:
        _as_before(resident, ledger)
        _upgrade(me, pictures=True)
        me.both("upgraded")
        _upgraded(resident, ledger)
        _reads(resident, "demands_desk", _RENAMED)
        resident.both("room-after")
        me.follow("a[href$='/model/undo']")
        me.look("undo")
        me.follow("form[action$='/model/undo'] button[type=submit]")
        _as_before(resident, ledger)
        _upgrade(me, pictures=False)
        _upgraded(resident, ledger)
    me.look("history")
    tally.tell("A replica upgraded")
