"""An administrator gives the district its own colours, sees at once what cannot be read, puts the
edition on show and takes it back; residents read on all the while.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import DESK, PHONE, Walk

_ADMIN = 8
HOME = "/d/daan/culture/edit"
COLOURS = f"{HOME}/draft/colours"
ACCENT = "#5b2c6f"


def _both(walk: Walk, what: str) -> None:
    """The same page as a desk and as a phone show it."""
    for size in (PHONE, DESK):
        walk.page.set_viewport_size(size)  # type: ignore[arg-type]
        walk.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        walk.look(what)


def _colour(walk: Walk, name: str) -> Locator:
    return walk.page.locator(f"[data-colour='{name}']")


def _send(walk: Walk, text: str) -> None:
    """Press a button of the page's own form."""
    button = walk.page.locator("main").get_by_role("button", name=text, exact=True)
    with walk.page.expect_navigation():
        button.last.click()


def _accent(walk: Walk, inside: str = "") -> str:
    """The main colour that a page, or a frame on it, is drawn in."""
    script = "root => getComputedStyle(root).getPropertyValue('--accent').trim().toLowerCase()"
    if not inside:
        return str(walk.page.locator(":root").evaluate(script))
    frame = walk.page.frame_locator(f"iframe[title='{inside}']")
    return str(frame.locator(":root").evaluate(script))


def _weak(walk: Walk) -> list[str]:
    """The pairs that the page says are too weak, as the browser or the server counted them."""
    rows = walk.page.locator("[data-pair]:has([data-weak]:not([hidden]))")
    return sorted(str(one) for one in rows.evaluate_all("all => all.map(e => e.dataset.pair)"))


def _choose(admin: Walk) -> None:
    """A colour by hand: the faces follow, a weak one is told with a shade that would do."""
    page = admin.page
    admin.go(HOME)
    _both(admin, "overview")
    admin.press("从当前展示的起草")
    assert page.url.endswith("/colours")
    expect(page.locator("[data-sum-ok]")).to_be_visible()
    _colour(admin, "accent").locator("[data-hex]").fill(ACCENT)
    expect(page.locator("[data-sum-ok]")).to_be_visible()
    for face in ("居民页面", "工作台", "海报"):
        frame = page.frame_locator(f"iframe[title='{face}']")
        expect(frame.locator(":root")).to_have_css("--accent", ACCENT)
    assert _accent(admin) != ACCENT, "only the faces follow"


def _mend(admin: Walk) -> None:
    """Too weak by the picker, told, offered, taken: and the server says the same as the browser."""
    page, muted = admin.page, _colour(admin, "muted")
    muted.locator("[data-pick]").evaluate(
        "pick => { pick.value = '#bbbbbb'; pick.dispatchEvent(new Event('input')); }"
    )
    expect(page.locator("[data-sum-weak]")).to_be_visible()
    expect(muted.locator("[data-better]")).to_have_text(re.compile("加深为 #[0-9a-f]{6}"))
    in_browser, offered = _weak(admin), muted.locator("[data-better]").inner_text()
    assert in_browser
    _both(admin, "weak")
    _send(admin, "保存")
    page.route("**/app.js*", lambda route: route.abort())
    admin.go(COLOURS)
    assert _weak(admin) == in_browser, "one list, two counts, one verdict"
    assert muted.locator("[data-better]").inner_text() == offered
    page.unroute("**/app.js*")
    admin.go(f"{HOME}/publish")
    expect(page.locator("[role=alert]")).to_contain_text("次要文字")
    _both(admin, "refused")
    admin.go(COLOURS)
    muted.locator("[data-better]").click()
    expect(page.locator("[data-sum-ok]")).to_be_visible()
    _send(admin, "保存")


def _festival(admin: Walk) -> None:
    """A row is added in place, refused at its field, mended and kept."""
    page = admin.page
    admin.go(f"{HOME}/draft/calendar")
    count = page.locator("details.culture-row").count()
    page.get_by_role("button", name="添加节令").click()
    expect(page.locator("details.culture-row")).to_have_count(count + 1)
    row = page.locator("details.culture-row").last
    row.locator("[name$='-name-zh']").fill("开井节")
    row.locator("[name$='-rule-kind']").select_option("solar")
    expect(row.locator("[data-rule='weekday']").first).to_be_hidden()
    row.locator("[name$='-rule-month']").fill("4")
    row.locator("[name$='-rule-day']").fill("12")
    _both(admin, "row")
    _send(admin, "保存")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.locator("details.culture-row").last.locator("[name$='-name-en']").fill("Well Day")
    _send(admin, "保存")
    page.locator("details.culture-row > summary", has_text="开井节").wait_for()


def test_a_district_shapes_its_own_culture_and_takes_it_back(walk: Any) -> None:
    admin: Walk = walk(DESK)
    reader: Walk = walk(PHONE)
    page = admin.page
    reader.go("/d/daan/")
    before = _accent(reader)
    admin.enter(_ADMIN)
    _choose(admin)
    _mend(admin)
    _festival(admin)
    admin.go(f"{HOME}/draft/drawings")
    _both(admin, "drawings")
    reader.go("/d/daan/")
    assert _accent(reader) == before, "a draft is nobody's business"

    admin.go(f"{HOME}/publish")
    expect(page.locator("main")).to_contain_text("开井节")
    _both(admin, "publish")
    page.fill("#f-note", "紫色的一版")
    _send(admin, "发布")
    assert page.url.endswith("/culture/edit")
    expect(page.locator("main")).to_contain_text("紫色的一版")
    assert _accent(admin) == ACCENT
    reader.go("/d/daan/")
    assert _accent(reader) == ACCENT, "without a restart"
    _both(reader, "on-show")
    _both(admin, "applied")

    admin.go(f"{HOME}/editions/1")
    _both(admin, "edition")
    admin.go(HOME)
    row = page.locator("tr", has=page.get_by_role("rowheader", name=re.compile("大安")))
    with page.expect_navigation():
        row.get_by_role("button", name="启用").click()
    assert _accent(admin) == before
    reader.go("/d/daan/")
    assert _accent(reader) == before
    page.get_by_role("link", name="English").first.click()
    _both(admin, "rolled-back-en")
    admin.go(f"{HOME}/draft/colours")
    expect(page.locator("main")).to_contain_text("There is no draft")
