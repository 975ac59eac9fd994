"""Lists that are declared, through the pages that have them: people and what was done."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import quote

import pytest

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.lists import PEOPLE_LIST
from saas.domains import DOMAINS
from saas.figures.views.workbook import csv_of
from saas.kernel.context import SYSTEM
from saas.kernel.separated import harmless
from saas.listing import acting, commands, queries
from saas.listing.declared import Act
from saas.sheets import read_workbook
from tests.support import District
from tests.territory.counting import counted

_NAMES = re.compile(r'<th scope="row"><a class="row-link"[^>]*>(.*?)</a>')


def _names(page: str) -> list[str]:
    return [unescape(name) for name in _NAMES.findall(page)]


def _add(district: District, *names: str) -> list[int]:
    with district.work():
        home = district.unit("courtyard")
        return [accounts.add_person(name=name, home=home, actor=SYSTEM).id for name in names]


@pytest.mark.parametrize(
    "typed", ["赖　雪梅", "赖雪\u200b梅", " 赖 雪梅 ", "雪梅　赖", "\ufeff赖雪梅"]
)
def test_a_person_is_found_however_the_name_is_typed(alpha: District, typed: str) -> None:
    _add(alpha, "赖雪梅", "赖雪兰")
    assert _names(alpha.client("admin").get(f"/people?q={quote(typed)}").text) == ["赖雪梅"]


def test_a_unit_is_found_however_its_name_is_typed(alpha: District) -> None:
    admin = alpha.client("admin")
    for typed in ("ａｌｐｈａ ｃｏｕｒｔｙａｒｄ", "ALPHA　courtyard", "alpha\u2060courtyard"):
        assert "alphacourtyard" in admin.get(f"/units?q={quote(typed)}").text
    assert "alphacourtyard" not in admin.get("/units?q=courtyards").text


def test_a_list_sorts_by_its_columns_both_ways_and_says_so(alpha: District) -> None:
    _add(alpha, "Zz", "aa")
    admin = alpha.client("admin")
    up = admin.get("/people?sort=name")
    assert _names(up.text)[0] == "aa"
    assert 'aria-sort="ascending"' in up.text
    assert "sort=-name" in up.text
    down = admin.get("/people?sort=-name&q=").text
    assert _names(down)[0] == "Zz"
    assert 'aria-sort="descending"' in down


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/people?state=nonsense", "状态"),
        ("/people?sort=phone", "排序"),
        ("/audit?since=yesterday&until=2026-99-99", "截止日"),
        ("/audit?thing=no_such_thing", "对象类别"),
        ("/audit?id=seven", "编号"),
        ("/audit?since=9999-12-31", "起始日"),
        ("/people?page=nonsense", ""),
    ],
)
def test_what_cannot_be_understood_is_passed_over_and_said(
    alpha: District, address: str, said: str
) -> None:
    answer = alpha.client("admin").get(address)
    assert answer.status_code == 200
    assert answer.text.count("<tr>") > 1
    assert ("没有看懂" in answer.text) is bool(said)
    assert said in answer.text


@pytest.mark.parametrize("day", ["2000-1-1", "2000/01/01", "２０００年1月1日", "2000.1.1"])
def test_a_day_is_read_as_people_write_it(alpha: District, day: str) -> None:
    _add(alpha, "某人")
    auditor = alpha.client("auditor")
    assert "添加人员" in auditor.get(f"/audit?since={quote(day)}").text
    nothing = auditor.get(f"/audit?until={quote(day)}").text
    assert "没有符合的内容" in nothing
    assert 'value="2000-01-01"' in nothing


def test_the_files_hold_exactly_what_the_list_shows(alpha: District) -> None:
    _add(alpha, "=1+1", "张三", "张四")
    admin = alpha.client("admin")
    page = admin.get("/people?q=张&sort=name").text
    assert "as=csv" in page
    answer = admin.get("/people?q=张&sort=name&as=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="accounts-people.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["姓名", *_names(page)]
    assert "'=1+1" in admin.get("/people?as=csv&q=1").text
    book = read_workbook(io.BytesIO(admin.get("/people?q=张&as=xlsx").data))
    cells = {sheet.name: sheet.grid for sheet in book}
    assert [row[0] for row in cells["人员"]][1:] == ["张三", "张四"]
    assert ["搜索", "张"] in [list(row) for row in cells["关于本文件"]]


def test_a_file_holds_every_page(alpha: District) -> None:
    _add(alpha, *(f"邻居{number}" for number in range(40)))
    admin = alpha.client("admin")
    rows = admin.get("/people?q=邻居&as=csv").data.decode("utf-8-sig").splitlines()
    assert len(rows) == 41
    assert len(_names(admin.get("/people?q=邻居").text)) == 30


def test_many_are_shut_out_at_once_and_those_who_cannot_be_are_named(alpha: District) -> None:
    ids = [*map(str, _add(alpha, "甲", "乙")), str(alpha.people["admin"]), "999999"]
    admin = alpha.client("admin")
    ask = {"form": "/people", "act": "disable", "row": ids}
    asked = admin.post("/people?q=x", **ask)
    assert asked.status_code == 200
    assert "甲" in asked.text
    assert "999999" in asked.text
    assert admin.post("/people", sure="1", **ask).status_code == 422
    done = admin.post("/people", sure="1", reason="搬走了", **ask)
    assert done.status_code == 302
    page = admin.get("/people").text
    assert "已完成：2" in page
    assert "alpha admin" in page
    assert "不能停用自己" in page or "您不能" in page
    with alpha.work():
        found = {one: people.find_person(int(one)) for one in ids[:3]}
        assert [bool(p and p.disabled_at) for p in found.values()] == [True, True, False]


def test_what_many_lock_at_once_is_locked_in_one_order_however_it_was_ticked(
    alpha: District,
) -> None:
    found: list[str] = []
    act = Act(
        "look", "", "", lambda key, actor: found.append(key) or key, lambda *_, **__: None, str
    )
    for ticked in (["b", "c", "a", "c"], ["c", "a", "b"]):
        with alpha.work():
            acting.done_to_all(act, ticked, SYSTEM)
    assert found == ["a", "b", "c"] * 2


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_field_of_a_file_is_a_formula_for_any_spreadsheet(begin: str) -> None:
    assert harmless(f"{begin}1+1") == f"'{begin}1+1"
    assert harmless(f"1{begin}1") == f"1{begin}1"
    (_, line) = csv_of(["a"], [[f"{begin}1+1"]]).decode("utf-8-sig").split("\r\n", 1)
    assert line.lstrip('"').startswith("'")


def test_acts_on_many_are_offered_to_who_may_do_them_alone(alpha: District) -> None:
    assert 'name="row"' in alpha.client("admin").get("/people").text
    auditor = alpha.client("auditor")
    assert 'name="row"' not in auditor.get("/people").text
    target = str(alpha.people["resident"])
    refused = auditor.post("/people", form="/me", act="disable", sure="1", reason="x", row=target)
    assert refused.status_code == 404


def test_a_view_is_kept_shown_followed_and_forgotten(alpha: District) -> None:
    admin = alpha.client("admin")
    page = admin.get("/people?state=staff&sort=-name").text
    assert "保存当前视图" in page
    assert "保存当前视图" not in admin.get("/people").text
    kept = admin.post(
        "/lists/views", form="/people", name="我们组", list="accounts.people",
        asked="state=staff&sort=-name&page=3&nonsense=1",
    )  # fmt: skip
    assert kept.location == f"{alpha.root}/people?state=staff&sort=-name"
    page = admin.get(kept.location.removeprefix(alpha.root)).text
    assert re.search(r'<a class="chip" href="[^"]*" aria-current="true">我们组</a>', page)
    assert "我们组" not in alpha.client("officer").get("/people").text
    drop = re.search(r'action="([^"]*/lists/views/\d+/drop)"', page)
    assert drop
    path = drop.group(1).removeprefix(alpha.root)
    assert alpha.client("officer").post(path, form="/people").status_code == 404
    assert admin.post(path, form="/people").status_code == 302
    assert "我们组" not in admin.get("/people").text


def test_views_are_named_not_too_many_and_of_lists_that_there_are(alpha: District) -> None:
    admin = alpha.client("admin")
    send = {"form": "/people", "list": "accounts.people", "asked": "state=staff"}
    assert admin.post("/lists/views", **(send | {"list": "no.such"}), name="x").status_code == 404
    admin.post("/lists/views", **send, name="")
    with alpha.work():
        me = alpha.actor("admin")
        assert not queries.views_of("accounts.people", actor=me)
        for number in range(commands.MOST_VIEWS):
            commands.keep_view(code="accounts.people", name=f"{number}", asked={}, actor=me)
    admin.post("/lists/views", **send, name="one more")
    admin.post("/lists/views", **send, name="3")
    with alpha.work():
        found = {one.name: one.asked for one in queries.views_of("accounts.people", actor=me)}
    assert len(found) == commands.MOST_VIEWS
    assert found["3"] == {"state": "staff"}


def test_what_a_list_asks_of_the_database_does_not_grow_with_its_rows(alpha: District) -> None:
    admin = alpha.client("admin")
    admin.get("/people")
    with counted() as few:
        admin.get("/people?q=alpha")
    _add(alpha, *(f"alpha {number}" for number in range(25)))
    with counted() as many:
        admin.get("/people?q=alpha")
    assert len(few) == len(many)


def test_every_list_is_known_by_its_page(app: object) -> None:
    codes = [one.code for one in DOMAINS.lists]
    assert PEOPLE_LIST.code in codes
    assert len(set(codes)) == len(codes)
