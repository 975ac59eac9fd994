"""The official division list: either office's form, told by line, ticked, never added twice."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.onboarding.workbook.rules.divisions import (
    NotAList,
    bare_name,
    decoded,
    read_divisions,
)
from saas.territory import queries as units
from tests.support import District, Visitor

CIVIL = (
    "代码,名称\n510304000000,大安区\n510304001000,大安街道\n"
    "510304001001,和平社区\n510304002000,龙井街道\n"
)
STATISTICS = (
    "统计用区划代码\t城乡分类代码\t名称\n510304001000\t\t大安街道办事处\n"
    "510304001001\t111\t和平社区居民委员会\n510304001200\t220\t石庙村村民委员会\n510303001000\t\t别区街道\n"
)


def _send(visitor: Visitor, data: bytes, **fields: str) -> Any:
    sent = {"district": "510304", "source": "statistics", "day": "2023-06-30", **fields}
    return visitor.post("/setup/import/divisions", file=(io.BytesIO(data), "list.csv"), **sent)


def _tick(visitor: Visitor, code: str, take: str = "") -> Any:
    fields = {"codes[]": code, "street": "street", "community": "community", "bare": "1"}
    fields |= {"take": take} if take else {}
    return visitor.post("/setup/import/divisions/choose", form="/setup/import", **fields)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("text", [CIVIL, STATISTICS, CIVIL.replace(",", ";")])
def test_either_list_is_read_in_any_writing(text: str, encoding: str) -> None:
    rows, faults = read_divisions(decoded(text.encode(encoding)), "510304")
    assert faults == []
    assert rows[0].code == "510304001000"
    assert rows[0].name.startswith("大安街道")
    assert {row.code[:6] for row in rows} == {"510304"}


#: Lists as others publish them: the columns behind the name are codes, levels and classes.
_WITH_PARENTS = {
    "codes of what is above": "510304001,大安街道,510304,51,5103\n"
    "510304002,龙井街道,510304,51,5103\n",
    "their headings": "code,name,areaCode,provinceCode,cityCode\n"
    "510304001,大安街道,510304,51,5103\n510304002,龙井街道,510304,51,5103\n",
    "the name before the code": "名称,代码\n大安街道,510304001000\n龙井街道,510304002000\n",
    "level and parent": "510304001000,大安街道,4,510304000000\n"
    "510304002000,龙井街道,4,510304000000\n",
    "level, parent and class": "510304001000,大安街道,4,510304000000,0\n"
    "510304002000,龙井街道,4,510304000000,0\n",
    "a break in a quoted cell": '"510304001000","大安\n街道"\n"510304002000","龙井街道"\n',
    "signs that cannot be seen": "\ufeff510304001000,大安\u200b街道\n"
    "510304002000,\u202a龙井街道\u202c\n",
}


@pytest.mark.parametrize("text", _WITH_PARENTS.values(), ids=_WITH_PARENTS.keys())
def test_a_name_has_letters_and_is_never_a_code_of_what_lies_above(text: str) -> None:
    rows, faults = read_divisions(text, "510304")
    assert faults == []
    assert [row.name for row in rows] == ["大安街道", "龙井街道"]


def test_a_line_without_letters_has_no_name_and_is_told() -> None:
    text = "510304001,,510304,51,5103\n510304002,龙井街道,510304,51,5103\n510304003,3,\n"
    rows, faults = read_divisions(text, "510304")
    assert [row.name for row in rows] == ["龙井街道"]
    assert [(fault.line, fault.key) for fault in faults] == [(1, "no_name"), (3, "no_name")]


def test_a_quote_that_nothing_ends_spoils_no_other_line() -> None:
    text = '510304001000,大安"街道\n510304002000,龙井街道\n510304003000,和平街道\n'
    assert len(read_divisions(text, "510304")[0]) == 3


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1.10101E+11,东华门街道\n", "cut_short"),
        ("510304001000,市辖\n510304002000,市辖\n510304003000,市辖\n", "one_name"),
        ("110101001000,东华门街道\n", "no_district"),
    ],
)
def test_a_list_that_would_be_taken_over_wrongly_is_refused(text: str, key: str) -> None:
    with pytest.raises(NotAList) as refused:
        read_divisions(text, "510304")
    assert refused.value.key == key


def test_faults_are_told_by_line() -> None:
    text = CIVIL + "51030400300,短了\n510304002001,\n510304002000,另一个名\n510304009001,没有街道\n"
    _, faults = read_divisions(text, "510304")
    told = [(fault.line, fault.key) for fault in faults]
    assert told == [(6, "no_code"), (7, "no_name"), (8, "repeated"), (9, "orphan")]


@pytest.mark.parametrize(
    ("data", "key"),
    [(b" ", "nothing"), (b"PK\x03\x04x", "workbook"), (b"\xff\x00\x81", "encoding")],
)
def test_what_is_no_list_is_refused(data: bytes, key: str) -> None:
    with pytest.raises(NotAList) as refused:
        decoded(data)
    assert refused.value.key == key


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        rows, faults = read_divisions(text, "510304")
    except NotAList:
        return
    assert len({row.code for row in rows}) == len(rows)
    assert all(fault.line >= 1 for fault in faults)


def test_an_office_is_left_off_a_name_but_never_all_of_it() -> None:
    assert bare_name("和平社区居委会", ["居委会"]) == "和平社区"
    assert bare_name("居委会", ["居委会"]) == "居委会"


def test_ticked_lines_become_units_once_with_code_source_and_day(alpha: District) -> None:
    admin = alpha.client("admin")
    admin.get("/language/en")
    assert _send(admin, STATISTICS.encode("gbk")).status_code == 302
    assert "和平社区居民委员会" in admin.get("/setup/import/divisions/choose").text
    looked = _tick(admin, "510304001001")
    assert "This would be done" in looked.text, looked.text
    with alpha.work():
        assert units.codes_like("alpha_") == set(), "nothing before it is confirmed"
    assert _tick(admin, "510304001001", take="1").status_code == 302
    with alpha.work():
        root = units.root()
        (street,) = [u for u in units.children(root) if u.name["zh"] == "大安街道"]
        (community,) = units.children(street)
        assert (community.name["zh"], community.kind) == ("和平社区", "community")
        assert community.official_code == "510304001001"
        assert community.official_source == "国家统计局"
        assert str(community.official_date) == "2023-06-30"
        assert "510304" not in community.code, "an attribute, never a key"
    assert _send(admin, STATISTICS.encode()).status_code == 302
    again = _tick(admin, "510304001001")
    assert "tone--good" not in again.text.split("<main")[1], "nothing is new"
    assert _tick(admin, "510304001001", take="1").status_code == 302
    with alpha.work():
        (street,) = [u for u in units.children(units.root()) if u.name["zh"] == "大安街道"]
        assert len(units.children(street)) == 1


@pytest.mark.parametrize(("tick", "new"), [("+", 3), ("510304001000+", 3), ("510304001000", 1)])
def test_all_of_a_street_or_of_the_list_is_one_tick(alpha: District, tick: str, new: int) -> None:
    admin = alpha.client("admin")
    _send(admin, STATISTICS.encode())
    assert _tick(admin, tick).text.split("<main")[1].count("tone--good") == new


def test_a_wrong_list_is_told_at_its_field(alpha: District) -> None:
    admin = alpha.client("admin")
    for data, fields in (
        (CIVIL.encode(), {"district": "110101"}),
        (b"PK\x03\x04", {}),
        (CIVIL.encode() + b"510304002001,\n", {}),
        (CIVIL.encode(), {"day": "soon"}),
    ):
        answer = _send(admin, data, **fields)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert admin.get("/setup/import/divisions/choose").status_code == 302
