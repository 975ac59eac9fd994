"""What guests take home and walk through, screens in halls, and how a demo becomes a district."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

import saas.web
from saas.accounts import queries as people
from saas.kernel.context import SYSTEM, entering
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.packages.library import commands as library
from saas.packages.library.archive import origin_of
from saas.rooms.printing import can_print
from saas.settings import Settings
from saas.showcase.demos import commands as demos
from saas.showcase.demos import queries as grants
from saas.showcase.demos.reactions import _count
from saas.showcase.screen import commands as screens
from saas.showcase.screen import queries as screen_queries
from saas.showcase.screen.slides import SLIDES
from saas.showcase.tour.queries import tour
from saas.tenancy import commands
from saas.tenancy import queries as tenants
from saas.territory import queries as units
from saas.themes import queries as themes
from saas.themes.rules.colours import contrast, variables
from saas.visits.events import visit_acted
from tests.showcase.demos import in_hub, made, sample
from tests.support import PASSWORD, District, Visitor, bring_up, run_worker
from tests.visits.making import checked

pytestmark = pytest.mark.commits
FRONTEND = Path(saas.web.__file__).parent / "frontend" / "src"


@pytest.fixture(scope="module")
def demo(app: Flask) -> Iterator[District]:
    """One for the tests of this file, which leave it as it is."""
    sample(app)
    found = made(app)
    yield found
    with in_hub(app):
        demos.expire(found.tenant.id)


# What sample texts say in English ---------------------------------------------------------------


_BINS = "院门口的垃圾桶两天没有清运，味道很大，还招老鼠。"


def test_a_demo_says_its_sample_texts_in_english_and_forms_hold_what_was_written(
    demo: District,
) -> None:
    guest = demo.client()
    assert guest.post("/enter/3", form="/front").status_code == 302
    where = "/demands/new/rubbish/courtyard_one"
    sent = {"category": "rubbish", "unit": "courtyard_one", "words": _BINS}
    answer = guest.post(where, **sent, submission="key-of-readings-0001", form=where)
    assert answer.status_code == 302, answer.text
    assert _BINS in guest.get("/demands/mine").text, "in the language that it was written in"
    guest.get("/language/en")
    assert "The bins at the courtyard gate" in guest.get("/demands/mine").text
    again = guest.post(where, **sent, submission="short", form=where)
    assert f">{_BINS}</textarea>" in again.text.replace("\n", "")


# The package to take home -----------------------------------------------------------------------


def _zip(demo: District) -> zipfile.ZipFile:
    answer = demo.client().get("/take-home/all.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_the_package_that_is_taken_home_installs_on_a_bare_instance(
    app: Flask, demo: District
) -> None:
    taken = _zip(demo)
    (name,) = [one for one in taken.namelist() if one.startswith("package/")]
    with app.app_context():
        found = library.open_archive(taken.read(name), "taken")
        assert found.checked(wired(app).domains.permissions) == ()
        signed = {library.own_signer().public: "大安"}
        origin, faults = origin_of(found.files, signed)
        assert (origin.state, origin.publisher, faults) == ("known", "大安", [])
        library.keep(found, permissions=wired(app).domains.permissions, actor=SYSTEM)
        package = found.package()
    bare = bring_up(app, "bare-of-tests", package=package.key)
    assert bare.client().get("/").status_code == 200


def test_the_folder_opens_alone_in_both_languages(demo: District) -> None:
    taken = _zip(demo)
    names = set(taken.namelist())
    assert {"index.html", "zh/tour.html", "en/guide.html", "zh/figures.csv"} <= names
    for guide in ("zh/guide.pdf", "en/guide.pdf") if can_print() else ():
        assert taken.read(guide).startswith(b"%PDF-")
    for name in names:
        if not name.endswith(".html"):
            continue
        page, folder = taken.read(name).decode(), name.rpartition("/")[0]
        assert "<script" not in page
        for link in re.findall(r'(?:href|src)="([^"#]+)', page):
            assert "://" not in link, (name, link)
            parts = [one for one in f"{folder}/{link}".split("/") if one]
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            assert "/".join(parts) in names, (name, link)
    assert "十分钟导览" in taken.read("zh/tour.html").decode()
    assert "A tour of ten minutes" in taken.read("en/tour.html").decode()
    rows = taken.read("zh/figures.csv").decode("utf-8-sig").splitlines()
    assert rows[0] == "code,name,definition,unit,about,counted,stated,source"
    assert len(rows) > 10


def test_a_real_district_gives_its_package_to_nobody_in_passing(alpha: District) -> None:
    assert alpha.client().get("/take-home").status_code == 404
    assert alpha.client("resident").get("/take-home/all.zip").status_code == 404
    assert alpha.client("admin").get("/take-home").status_code == 200
    assert alpha.client().get("/tour").status_code == 404


# The tour ---------------------------------------------------------------------------------------


def test_every_step_says_what_to_do_in_both_languages_and_its_page_is_there(demo: District) -> None:
    minutes, steps = tour()
    assert minutes == 10
    assert len({one.code for one in steps}) == len(steps)
    visitor = demo.client()
    for number, one in enumerate(steps, 1):
        assert {"zh", "en"} <= one.title.keys() & one.do.keys()
        answer = visitor.post(f"/tour/{number}", form="/tour")
        assert answer.status_code == 302
        path = answer.location.removeprefix(demo.root)
        assert path == one.page
        page = visitor.get(path)
        if page.status_code == 302:
            page = visitor.get(page.location.removeprefix(demo.root))
        assert page.status_code in {200, 401, 403, 404} - (
            {401, 403, 404} if not one.role else set()
        )


def test_the_line_stands_on_every_page_until_it_is_ended_and_is_kept_by_the_browser(
    demo: District,
) -> None:
    visitor = demo.client()
    assert 'class="tour no-print"' not in visitor.get("/front").text
    visitor.post("/tour/8", form="/tour")
    assert "8/10" in visitor.get("/rooms").text
    assert "8/10" in visitor.get("/front").text
    visitor.post("/tour/end", form="/tour")
    assert 'class="tour no-print"' not in visitor.get("/front").text
    assert visitor.post("/tour/99", form="/tour").status_code == 404


# Screens ----------------------------------------------------------------------------------------


def _code(page: str) -> str:
    found = re.search(r'wall__code">(\d{6})<', page)
    assert found is not None
    return found[1]


def test_a_screen_shows_a_code_then_pictures_in_turn_and_is_heard_of(
    app: Flask, alpha: District
) -> None:
    wall = alpha.client()
    first = wall.get("/screen")
    code = _code(first.text)
    assert first.headers["Refresh"] == "5"
    assert _code(wall.get("/screen").text) == code, "it stays while it waits"
    assert wall.get("/screen/plan").location == f"{alpha.root}/screen"
    editor = alpha.client("admin")
    assert editor.post("/console/screens", code="000000", name="x").status_code == 422
    sent = editor.post("/console/screens", code=f"{code[:3]} {code[3:]}", name="大厅")
    assert sent.status_code == 302
    assert wall.get("/screen").location == f"{alpha.root}/screen/plan"
    shown, name = [], "plan"
    for _ in SLIDES:
        page = wall.get(f"/screen/{name}")
        assert (page.status_code, page.headers["X-Keep"]) == (200, "public"), "kept without network"
        assert "csrf" not in page.text.partition("<main")[2], "nothing to press"
        shown.append(name)
        name = page.headers["Refresh"].rpartition("/")[2]
    assert shown == list(SLIDES)
    assert name == "plan"
    assert "大厅" in editor.get("/console/screens").text
    with in_hub(app), reading():
        (one,) = screen_queries.of_district(alpha.tenant.id)
        number = one.id
        assert one.seen_at is not None
        assert one.code is None
    editor.post(f"/console/screens/{number}/remove", form="/console/screens")
    assert wall.get("/screen/plan").location == f"{alpha.root}/screen"


def test_a_code_is_of_one_district_and_soon_too_old(
    app: Flask, alpha: District, beta: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _code(alpha.client().get("/screen").text)
    assert beta.client("admin").post("/console/screens", code=code, name="x").status_code == 422
    monkeypatch.setattr(screens, "CODE_GOOD", timedelta(seconds=-1))
    with in_hub(app), unit_of_work(), pytest.raises(Invalid):
        screens.pair(alpha.tenant.id, code=code, name="x")
    with in_hub(app), unit_of_work(), pytest.raises(NotFound):
        screens.remove(alpha.tenant.id, 10**9)


def test_what_is_read_on_a_wall_stands_out_seven_to_one() -> None:
    for pack in themes.packs():
        paint = pack.palette
        assert contrast(paint.ink, paint.paper) >= 7, pack.code


@pytest.mark.parametrize("tier", ["room", "platform", "centre"])
def test_seals_on_a_wall_stand_out_seven_to_one(tier: str) -> None:
    worn = _worn("pictures/_seal.scss", ".seal") | _worn("pictures/_seal.scss", f".seal--{tier}")
    worn |= _worn("parts/_screen.scss", f".wall .seal--{tier}")
    for pack in themes.packs():
        paint = variables(pack.palette)
        assert contrast(paint[worn["char"]], paint[worn["face"]]) >= 7, pack.code


def _worn(file: str, rule: str) -> dict[str, str]:
    """Which colours of a culture a rule of the styles gives: what it paints → colour."""
    styles = (FRONTEND / "styles" / file).read_text(encoding="utf-8")
    bodies = re.findall(rf"^{re.escape(rule)} {{([^}}]*)", styles, re.MULTILINE)
    return dict(re.findall(r"--(\w+): var\(--([\w-]+)\)", " ".join(bodies)))


# A demo becomes a district ----------------------------------------------------------------------


def test_an_operator_makes_the_configuration_of_a_demo_a_real_district_without_its_sample(
    app: Flask, settings: Settings, demo: District, hub_visitor: Visitor
) -> None:
    sent = {"name_zh": "青羊区", "code": "qingyang", "administrator": "王芳", "login": "admin"}
    answer = hub_visitor.post(f"/hub/demos/{demo.tenant.code}/real", form="/hub/demos", **sent)
    assert answer.status_code == 302, answer.text
    run_worker(app, settings.owner_url or "")
    with in_hub(app), reading():
        row = tenants.access_tenant("qingyang")
        assert (row.kind, row.state, row.package) == ("standard", "preparing", "qingyang")
        counts = grants.funnel()
        assert counts["made"] >= 1
        assert counts["live"] == 0
        scope = tenants.as_scope(row)
    with app.test_request_context(), entering(scope), reading():
        root = units.root()
        assert root is not None
        streets = [one.name["zh"] for one in units.children(root) if units.is_place(one)]
        assert streets == ["草堂街道", "浣花街道"]
        assert [one.name for one in people.administrators()] == ["王芳"]
        assert people.demo_entries() == []
    page = hub_visitor.get("/hub/demos").text
    assert "青羊区" in page
    for step in ("opened", "made", "live"):
        assert hub_visitor.get(f"/hub/demos/step/{step}").status_code == 200
    assert hub_visitor.get("/hub/demos/step/other").status_code == 404
    with in_hub(app), unit_of_work():  # others look at every package of the library
        tenants.access_tenant("qingyang").package = "1519"
    with in_hub(app):
        library.remove("qingyang", "1.0.0", actor=SYSTEM)


@pytest.fixture
def hub_visitor(app: Flask) -> Visitor:
    with in_hub(app), unit_of_work():
        if tenants.find_operator("guide-operator") is None:
            commands.create_operator(login="guide-operator", name="运营", password=PASSWORD)
    visitor = Visitor(app.test_client(), "")
    sent = visitor.post("/hub/sign-in", form="/hub/sign-in", login="guide-operator",
                        password=PASSWORD)  # fmt: skip
    assert sent.status_code == 302
    return visitor


def test_a_visit_that_took_place_and_a_pledge_move_the_way_of_who_showed_round(
    app: Flask, settings: Settings
) -> None:
    shower = bring_up(app, "showing-round")
    with in_hub(app), reading():
        before = grants.funnel(shower.tenant.id)
    heard: list[str] = []

    def hear(_: object, *, verb: str, pledge: str) -> None:
        heard.append(verb)

    with shower.work(), visit_acted.connected_to(hear):
        checked(shower)
    assert heard == ["ask", "check"]
    with shower.work():
        _count(None, verb="hold", pledge="")
        _count(None, verb="pledge", pledge="no")
        _count(None, verb="pledge", pledge="yes")
    run_worker(app, settings.owner_url or "")
    with in_hub(app), reading():
        after = grants.funnel(shower.tenant.id)
    assert after["visited"] == before.get("visited", 0) + 1
    assert after["wanted"] == before.get("wanted", 0) + 1
    page = shower.client("street").get("/guests/way")
    assert page.status_code == 200
    assert 'data-step="visited"' in page.text
    assert shower.client("resident").get("/guests/way").status_code in {403, 404}
