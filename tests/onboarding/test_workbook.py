"""A district from a workbook: looked at first, written whole or not at all, never twice."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
import sqlalchemy as sa

from saas.accounts import commands
from saas.accounts import queries as people
from saas.accounts.models import Holding, Person, Post
from saas.demands import queries as demands
from saas.kernel.audit import AuditEntry
from saas.kernel.db import session
from saas.onboarding.workbook.jobs import forget_imports
from saas.onboarding.workbook.models import SetupImport
from saas.rooms import queries as rooms
from saas.sheets import read_workbook
from saas.territory import queries as units
from saas.territory.models import Unit
from tests.demands.test_import import HOSTILE
from tests.onboarding.books import book, send, state, take
from tests.support import District, Visitor

PHONE, OTHER = "13912345678", "13987654321"
IDENTITY = "11010519491231002X"
HOURS = "周一至周五 9:00-12:00, 14:00-17:00; 周六 9-12"
UNITS = [
    ["new_street", "街道", "新街", "New Street", "", ""],
    ["", "社区", "新社区", "", "new_street", "510304005001"],
    ["", "小区", "新小区", "", "新社区", ""],
    ["", "院落", "1号院", "", "新社区/新小区", ""],
]
PEOPLE = [
    ["王新", "wang.new", PHONE, IDENTITY, "新街", "街道工作人员", "", date(2024, 5, 1)],
    ["李坊", "", OTHER, "", "新社区", "坊主", "社工坊主理人", ""],
    ["李坊", "", OTHER, "", "1号院", "院落长", "", ""],
]
ROOMS = [
    [
        "新街",
        "社工坊",
        "",
        "李坊",
        "周一至周五 9:00-12:00, 14:00-17:00; 周六 9-12",
        "一楼",
        "",
        "是",
    ]
]
TIMES = [["区级", 20, 90]]
ALL = {"units": UNITS, "people": PEOPLE, "rooms": ROOMS, "deadlines": TIMES}
TABLES = (Unit, Person, Post, Holding, AuditEntry)


@pytest.fixture
def admin(alpha: District) -> Visitor:
    """The administrator's browser, reading English."""
    visitor = alpha.client("admin")
    visitor.get("/language/en")
    return visitor


def _counted(district: District) -> list[int]:
    with district.work():
        return [session.scalar(sa.select(sa.func.count(table.id))) or 0 for table in TABLES[:-1]]


def test_a_clean_workbook_is_looked_at_then_written_whole(alpha: District, admin: Visitor) -> None:
    before = _counted(alpha)
    assert send(admin, book(ALL)).status_code == 302
    page = admin.get("/setup/import").text
    assert "No fault found" in page, page
    assert "4 new, 0 change, 0 stay" in page
    assert _counted(alpha) == before, "nothing before it is confirmed"
    take(alpha, admin)
    assert state(alpha) == "done"
    with alpha.work():
        street = units.unit_by_code("new_street")
        yard = session.scalars(sa.select(Unit).where(Unit.path.startswith(street.path))).all()[-1]
        assert (len(yard.path.split("/")) - 3, yard.name["zh"]) == (4, "1号院")
        wang, li = people.person_by_login("wang.new"), people.person_by_phone(OTHER)
        assert wang is not None
        assert li is not None
        assert wang.phone == PHONE
        held = people.posts_of([wang.id, li.id])
        assert [post.role for post in held[wang.id]] == ["street_officer"]
        assert {post.role for post in held[li.id]} == {"room_keeper", "courtyard_steward"}
        since = session.scalars(sa.select(Holding.since).where(Holding.person_id == wang.id)).one()
        assert since.astimezone().date() in {date(2024, 4, 30), date(2024, 5, 1)}
        structure = rooms.structure_of(street)
        room = next(room for room in structure.rooms if room.code == "social_work")
        assert len(structure.rooms) == 19
        assert (room.status, room.keeper_id, room.place) == ("open", li.id, {"zh": "一楼"})
        assert room.hours[-1] == {"days": [6], "opens": "09:00", "closes": "12:00"}
        assert demands.times()["district"].accept == 20


def test_the_same_file_changes_nothing_and_a_changed_cell_that_alone(
    alpha: District, admin: Visitor
) -> None:
    send(admin, book(ALL))
    take(alpha, admin)
    counted = _counted(alpha)
    assert send(admin, book(ALL)).status_code == 302
    page = admin.get("/setup/import").text
    assert "there is nothing to do" in page, page
    changed = [list(row) for row in UNITS]
    changed[0][2] = "新街改名"
    others = [
        [cell.replace("新街", "new_street") if isinstance(cell, str) else cell for cell in row]
        for row in PEOPLE
    ]
    moved = [["new_street", *ROOMS[0][1:]]]
    assert (
        send(admin, book({**ALL, "units": changed, "people": others, "rooms": moved})).status_code
        == 302
    )
    page = admin.get("/setup/import").text
    assert "0 new, 1 change, 3 stay" in page, page
    assert "新街 → 新街改名" in page
    take(alpha, admin)
    assert _counted(alpha) == counted
    with alpha.work():
        assert units.unit_by_code("new_street").name == {"zh": "新街改名", "en": "New Street"}


PLANTED = {
    "units": [
        ["Bad Code", "街道", "一街", "", "", ""],
        ["", "坊", "二", "", "", ""],
        ["", "社区", "三社区", "", "没有的街道", ""],
        ["", "院落", "四院", "", "alphastreet", ""],
        ["", "社区", "五社区", "", "alphastreet", "12345"],
        ["", "社区", "六社区", "", "alphastreet", ""],
        ["", "社区", "六社区", "x", "alphastreet", ""],
    ],
    "people": [
        ["甲", "jia", "12345", "", "alphastreet", "街道工作人员", "", ""],
        ["乙", "yi", "", "110105194912310021", "alphastreet", "街道工作人员", "", ""],
        ["丙", "bing", PHONE, "", "alphastreet", "街道工作人员", "", "2026-02-30"],
        ["丁", "ding", PHONE, "", "alphastreet", "街道工作人员", "", ""],
    ],
}


def test_ten_planted_faults_are_all_told_with_sheet_row_and_column(
    alpha: District, admin: Visitor
) -> None:
    before = _counted(alpha)
    assert send(admin, book(PLANTED)).status_code == 302
    page = admin.get("/setup/import").text
    assert page.count("data-fault") == 10, page
    wanted = [("units", 2, "A"), ("units", 3, "B"), ("units", 4, "E"), ("units", 5, "E"),
              ("units", 6, "F"), ("units", 8, "C"), ("people", 2, "C"), ("people", 3, "D"),
              ("people", 4, "H"), ("people", 5, "C")]  # fmt: skip
    for sheet, row, column in wanted:
        assert f"{sheet}, row {row}, column {column}<" in page, (sheet, row, column)
    assert "Take over" not in page
    assert PHONE not in page, "masked"
    admin.get("/language/zh_Hans_CN")
    assert admin.get("/setup/import").text.count("data-fault") == 10
    assert _counted(alpha) == before


def test_the_marked_workbook_says_at_each_cell_what_to_do(admin: Visitor) -> None:
    send(admin, book(PLANTED))
    answer = admin.get("/setup/import/marked")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        told = "".join(archive.read(n).decode() for n in names if "comments" in n)
    assert told.count("<comment ") == 10
    assert "cannot be a code" in told
    again = read_workbook(io.BytesIO(answer.data))
    assert again[0].grid[1][0] == "Bad Code"


@pytest.mark.parametrize("kind", ["template", "sample"])
def test_what_is_given_out_is_taken_back(alpha: District, admin: Visitor, kind: str) -> None:
    for language in ("en", "zh_Hans_CN"):
        admin.get(f"/language/{language}")
        answer = admin.get(f"/setup/import/{kind}")
        assert answer.status_code == 200
        sheets = read_workbook(io.BytesIO(answer.data))
        assert len(sheets) == 6, "the lists are hidden"
        assert send(admin, answer.data).status_code == 302
        page = admin.get("/setup/import").text
        assert "data-fault" not in page, page


def test_the_sample_brings_up_five_levels_nineteen_rooms_and_thirty_people(
    alpha: District, admin: Visitor
) -> None:
    send(admin, admin.get("/setup/import/sample").data)
    assert "Opening hours: " not in admin.get("/setup/import").text, "they are those of the model"
    take(alpha, admin)
    assert state(alpha) == "done"
    with alpha.work():
        street = units.unit_by_code("sample_street")
        assert {"community", "compound", "courtyard"} <= units.count_by_kind(street.path).keys()
        found = rooms.structure_of(street).rooms
        assert [(room.status, room.keeper_id is not None) for room in found] == [
            ("open", True)
        ] * 19
        held = session.scalars(sa.select(SetupImport)).one()
        assert len(held.outcome["people"]) == 30
        assert held.content is None
    assert send(admin, admin.get("/setup/import/sample").data).status_code == 302
    assert "there is nothing to do" in admin.get("/setup/import").text


def test_new_people_get_links_that_are_shown_once(alpha: District, admin: Visitor) -> None:
    send(admin, book(ALL))
    take(alpha, admin)
    assert "2 people are new" in admin.get("/setup/import").text
    page = admin.post("/setup/import/invitations").text
    assert page.count("data-invitation") == 2
    assert PHONE not in page
    link = page.split('data-copy="')[1].split('"')[0]
    welcome = alpha.client().client.get(link)
    assert welcome.status_code == 200
    assert "王新" in welcome.text
    assert admin.post("/setup/import/invitations").status_code == 404


@pytest.mark.parametrize("who", ["street", "officer", "auditor", "resident", None])
def test_only_the_administrator_imports(alpha: District, who: str | None) -> None:
    visitor = alpha.client(who)
    wanted = 302 if who is None else 403
    for path in ("", "/template", "/sample", "/marked", "/progress", "/divisions"):
        assert visitor.get(f"/setup/import{path}").status_code == wanted, path
    for path in ("", "/confirm", "/present", "/invitations", "/divisions", "/divisions/choose"):
        assert visitor.post(f"/setup/import{path}").status_code == wanted, path


@pytest.mark.parametrize("what", HOSTILE)
def test_a_trap_is_refused_with_a_sentence(admin: Visitor, what: str) -> None:
    answer = send(admin, HOSTILE[what][0])
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_formulas_and_links_are_texts_and_stay_texts(alpha: District, admin: Visitor) -> None:
    def more(section: str, page: object) -> None:
        if section == "units":
            page.write_url(3, 3, "http://evil.example/", string="linked")  # type: ignore[attr-defined]

    rows = [["", "街道", "=cmd|' /C calc'!A0", "=1+1", "", ""], ["", "街道", "@街", "", "", ""],
            ["", "街道", "三街", "", "", ""]]  # fmt: skip
    assert send(admin, book({"units": rows}, more)).status_code == 302
    take(alpha, admin)
    with alpha.work():
        root = units.root()
        names = {unit.name["zh"] for unit in units.children(root)}
    assert {"=cmd|' /C calc'!A0", "@街", "三街"} <= names


def test_noise_in_cells_is_put_right_and_said(alpha: District, admin: Visitor) -> None:
    people_rows = [
        [
            "　王　新 ",
            " WANG.new ",
            "１３９ 1234 5678",
            "",
            " 新街\u200b",
            "街道 工作人员",
            "",
            "2024年5月1日",
        ]
    ]
    assert send(admin, book({"units": UNITS[:1], "people": people_rows})).status_code == 302
    page = admin.get("/setup/import").text
    assert "were put right" in page or "was put right" in page, page
    take(alpha, admin)
    with alpha.work():
        person = people.person_by_phone(PHONE)
        assert person is not None
        assert (person.name, person.login) == ("王 新", "wang.new")


def test_merged_cells_circles_and_missing_streets_are_told(admin: Visitor) -> None:
    rows = [["", "社区", "甲", "", "乙", ""], ["", "社区", "乙", "", "甲", ""]]
    room = [["没有", "社工坊", "", "", "", "", "", ""], ["", "社工坊", "", "", "", "", "", "也许"]]

    def more(section: str, page: object) -> None:
        if section == "units":
            page.merge_range("A8:B9", "x")  # type: ignore[attr-defined]

    send(admin, book({"units": rows, "rooms": room}, more))
    page = admin.get("/setup/import").text
    for sentence in ("in a circle", "Merged cells", "is no street", "is neither yes nor no"):
        assert sentence in page, sentence


def test_personal_data_is_sealed_masked_and_gone(
    alpha: District, admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    send(admin, book(ALL))
    page = admin.get("/setup/import").text
    assert IDENTITY not in page
    with alpha.work():
        sealed = bytes(session.execute(sa.text("SELECT content FROM setup_imports")).scalar_one())
        assert PHONE.encode() not in sealed
        kept = session.scalars(sa.select(SetupImport.content)).one() or ""
        assert PHONE in kept
        assert IDENTITY not in kept, "an identity number is looked at and not kept"
    take(alpha, admin)
    with alpha.work():
        facts = [
            json.dumps(f, ensure_ascii=False) for f in session.scalars(sa.select(AuditEntry.facts))
        ]
    for told in (*facts, caplog.text):
        assert not {word for word in (PHONE, OTHER, IDENTITY, "王新") if word in told}, told


def test_an_upload_is_its_senders_alone_and_gone_after_a_day(
    alpha: District, admin: Visitor
) -> None:
    send(admin, book(PLANTED))
    with alpha.work():
        session.execute(
            sa.update(SetupImport).values(expires_at=sa.func.now() - sa.text("interval '1 minute'"))
        )
    assert "data-fault" not in admin.get("/setup/import").text
    with alpha.work():
        forget_imports.run()
        assert session.scalar(sa.select(sa.func.count(SetupImport.id))) == 0


def test_what_changed_meanwhile_stops_it_and_nothing_is_done(
    alpha: District, admin: Visitor
) -> None:
    send(admin, book(ALL))
    with alpha.work():
        person = people.find_person(alpha.people["keeper"])
        assert person is not None
        person.login = "wang.new"
    with alpha.work():
        other = people.find_person(alpha.people["courtyard"])
        assert other is not None
        commands.change_person(
            other, name="x", login="courtyard", phone=PHONE, actor=alpha.actor("admin")
        )
    before = _counted(alpha)
    take(alpha, admin)
    assert state(alpha) == "stopped"
    assert _counted(alpha) == before
    assert "Nothing was taken over" in admin.get("/setup/import").text


def test_what_is_there_goes_out_and_comes_back_without_a_change(
    alpha: District, admin: Visitor
) -> None:
    send(admin, admin.get("/setup/import/sample").data)
    take(alpha, admin)
    send(admin, book(ALL))
    take(alpha, admin)
    for language in ("en", "zh_Hans_CN"):
        admin.get(f"/language/{language}")
        answer = admin.post("/setup/import/present")
        assert answer.status_code == 200
        given = {sheet.name: sheet.grid for sheet in read_workbook(io.BytesIO(answer.data))}
        units_sheet, people_sheet, _venues, rooms_sheet = list(given.values())[1:5]
        assert len(units_sheet) > 10
        assert len(people_sheet) > 30
        assert len(rooms_sheet) == 1 + 3 * 19
        assert PHONE not in str(people_sheet), "who has a login is known by it"
        assert OTHER in str(people_sheet)
        assert send(admin, answer.data).status_code == 302
        admin.get("/language/en")
        page = admin.get("/setup/import").text
        assert "there is nothing to do" in page, page
        admin.post("/setup/import/confirm", drop="1")
    with alpha.work():
        taken = sa.select(AuditEntry).where(AuditEntry.action == "onboarding.export")
        assert len(session.scalars(taken).all()) == 2


def test_a_changed_cell_of_what_went_out_is_all_that_changes(
    alpha: District, admin: Visitor
) -> None:
    sheets = read_workbook(io.BytesIO(admin.post("/setup/import/present").data))
    rows = [["" if cell is None else cell for cell in row] for row in sheets[1].grid[1:]]
    rows[0][2] = "改名"
    assert send(admin, book({"units": rows})).status_code == 302
    page = admin.get("/setup/import").text
    assert f"0 new, 1 change, {len(rows) - 1} stay" in page, page


def test_a_name_that_the_spreadsheet_made_a_date_is_told_and_stays_told(admin: Visitor) -> None:
    row = [date(2026, 5, 4), "may.four", "", "", "alphastreet", "街道工作人员", "", ""]
    send(admin, book({"people": [row]}))
    page = admin.get("/setup/import").text
    assert page.count("data-fault") == 1
    assert "was made a date or cut short" in page
