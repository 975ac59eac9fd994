"""The unit tree through the doors that people use."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from saas.accounts.queries import HeldPost, posts_at
from saas.kernel.context import SYSTEM
from saas.territory import commands, queries
from tests.support import District, bring_up, token_in
from tests.territory.counting import counted


def _add(
    district: District, who: str = "admin", under: str = "community_one", **fields: str
) -> str:
    values = {"kind": "compound", "name_zh": "新小区", "code": ""} | fields
    answer = district.client(who).post(f"/units/{under}/add", **values)
    assert answer.status_code == 302, answer.text
    return answer.location.rsplit("/", 1)[1]


def test_the_tree_shows_each_what_lies_in_reach(alpha: District) -> None:
    whole = alpha.client("admin").get("/units").text
    own = alpha.client("community").get("/units").text
    assert "/units/street_one" in whole
    assert "/units/courtyard_one" in whole
    assert "/units/courtyard_one" in own
    assert "/units/street_one" not in own
    assert alpha.client("community").get("/units/street_one").status_code == 404
    assert alpha.client("resident").get("/units").status_code == 403
    assert alpha.client().get("/units").status_code == 302


def test_a_unit_shows_its_counts_and_who_holds_its_posts(alpha: District) -> None:
    page = alpha.client("admin").get("/units/community_one").text
    assert "alpha community" in page
    assert "/units/compound_one" in page
    assert "/units/street_one" in page


def test_a_search_finds_names_and_codes_and_says_when_nothing_fits(alpha: District) -> None:
    admin = alpha.client("admin")
    assert "/units/compound_one" in admin.get("/units?q=compound_o").text
    assert "/units/compound_one" in admin.get("/units?kind=compound").text
    assert "/units/compound_one" not in admin.get("/units?q=%25").text


def test_a_unit_is_added_with_a_made_code_and_found_in_its_place(alpha: District) -> None:
    code = _add(alpha, official_code="510304002", official_source="GB/T 2260")
    assert code == "community_one_1"
    page = alpha.client("admin").get(f"/units/{code}").text
    assert "新小区" in page
    assert "510304002" in page
    assert _add(alpha) == "community_one_2"


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name_zh": ""}, "name_zh"),
        ({"kind": "street"}, "parent"),
        ({"kind": ""}, "kind"),
        ({"kind": "castle"}, "kind"),
        ({"code": "Große Straße"}, "code"),
        ({"code": "compound_one"}, "code"),
        ({"official_code": "12345", "official_source": "x"}, "official_code"),
        ({"official_code": "510304"}, "official_source"),
        ({"official_code": "510304", "official_source": "x", "official_date": "soon"}, "date"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field_and_what_was_typed_stays(
    alpha: District, fields: dict[str, str], at: str
) -> None:
    values = {"kind": "compound", "name_zh": "盐场小区", "code": ""} | fields
    answer = alpha.client("admin").post("/units/community_one/add", **values)
    assert answer.status_code == 422
    assert "data-error-summary" in answer.text
    assert at in answer.text
    assert values["name_zh"] in answer.text


def test_a_new_name_is_shown_and_the_code_stays(alpha: District) -> None:
    admin = alpha.client("admin")
    assert admin.post("/units/compound_one/edit", name_zh="龙井苑").status_code == 302
    assert "龙井苑" in admin.get("/units/compound_one").text
    assert admin.post("/units/compound_one/edit", name_zh="").status_code == 422


def test_a_unit_moves_with_all_beneath_it_and_back(alpha: District) -> None:
    other = _add(alpha, under="street_one", kind="community", code="community_two")
    admin = alpha.client("admin")
    assert other in admin.get("/units/compound_one/move").text
    assert admin.post("/units/compound_one/move", parent=other).status_code == 302
    with alpha.work():
        assert "/community_two/compound_one/" in queries.unit_by_code("courtyard_one").path
    assert admin.post("/units/compound_one/move", parent="community_one").status_code == 302
    for wrong in ("", "nowhere", "courtyard_one", "street_one"):
        assert admin.post("/units/compound_one/move", parent=wrong).status_code == 422


def test_a_merge_says_and_counts_what_goes_over_and_then_does_it(alpha: District) -> None:
    other = _add(alpha)
    admin = alpha.client("admin")
    page = admin.get("/units/compound_one/merge").text
    assert other in page
    assert "1" in page
    assert admin.post("/units/compound_one/merge", into=other, reason="").status_code == 422
    assert admin.post("/units/compound_one/merge", into="x", reason="合并").status_code == 422
    done = admin.post("/units/compound_one/merge", into=other, reason="合并")
    assert done.location.endswith(f"/units/{other}")
    with alpha.work():
        assert f"/{other}/" in queries.unit_by_code("courtyard_one").path
        assert [p.person_name for p in _posts(other)] == ["alpha compound"]
    assert "合并" in admin.get("/units/compound_one").text
    assert admin.post("/units/compound_one/restore").status_code == 409


def _posts(code: str) -> list[HeldPost]:
    return posts_at(queries.unit_by_code(code).id)


def test_what_is_in_use_is_not_retired_and_what_is_retired_comes_back(alpha: District) -> None:
    admin, empty = alpha.client("admin"), _add(alpha)
    assert admin.post("/units/community_one/retire", reason="不用了").status_code == 422
    assert admin.post("/units/courtyard_one/retire", reason="不用了").status_code == 422
    assert admin.post(f"/units/{empty}/retire", reason="").status_code == 422
    assert admin.post(f"/units/{empty}/retire", reason="拆迁").status_code == 302
    assert f"/units/{empty}" not in admin.get("/units").text
    assert f"/units/{empty}" in admin.get("/units?retired=1").text
    assert "拆迁" in admin.get(f"/units/{empty}").text
    assert admin.post(f"/units/{empty}/restore").status_code == 302
    assert f"/units/{empty}" in admin.get("/units").text


def test_an_auditor_sees_the_tree_and_changes_nothing(alpha: District) -> None:
    auditor = alpha.client("auditor")
    page = auditor.get("/units/compound_one")
    assert page.status_code == 200
    for act in ("add", "edit", "move", "merge", "retire"):
        assert f"/units/compound_one/{act}" not in page.text
        assert auditor.get(f"/units/compound_one/{act}").status_code == 403
        assert auditor.post(f"/units/compound_one/{act}").status_code == 403
    assert auditor.post("/units/compound_one/restore").status_code == 403


def test_a_street_officer_reshapes_beneath_the_street_but_not_the_street(alpha: District) -> None:
    street = alpha.client("street")
    assert street.get("/units/community_one/move").status_code == 200
    assert street.get("/units/street_one/edit").status_code == 200
    for act in ("move", "merge", "retire"):
        assert street.get(f"/units/street_one/{act}").status_code == 404
    assert street.get(f"/units/{alpha.units['root']}").status_code == 404


def test_the_ladders_show_every_level_with_the_units_that_hold_it(alpha: District) -> None:
    page = alpha.client("community").get("/ladders")
    assert page.status_code == 200
    assert "五层共享" in page.text
    assert "院落级" in page.text


@pytest.mark.parametrize("path", ["/units", "/units?kind=compound", "/units/community_one"])
def test_a_page_needs_as_many_queries_for_many_units_as_for_few(alpha: District, path: str) -> None:
    admin = alpha.client("admin")
    with counted() as before:
        assert admin.get(path).status_code == 200
    for _ in range(4):
        _add(alpha)
    with counted() as after:
        assert admin.get(path).status_code == 200
    assert len(after) == len(before)


@pytest.mark.commits
def test_what_is_added_while_its_place_moves_stands_where_the_place_went(app: Flask) -> None:
    district = bring_up(app, "moving")
    with district.work():
        street = district.unit("street")
        commands.add_unit(
            code="elsewhere", kind="community", name={"zh": "别处"}, parent=street, actor=SYSTEM
        )
    visitors = [district.client("admin") for _ in range(4)]
    token = [token_in(visitor.get("/units/compound_one/add").text) for visitor in visitors]
    begin, answers = threading.Barrier(4), list[int]()

    def send(number: int) -> None:
        path, fields = "/units/compound_one/move", {"parent": "elsewhere"}
        if number:
            path = "/units/compound_one/add"
            fields = {"kind": "courtyard", "name_zh": "新院", "code": f"fresh_{number}"}
        begin.wait()
        data = {**fields, "csrf_token": token[number]}
        answers.append(visitors[number].client.post(district.root + path, data=data).status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    with district.work():
        home = queries.unit_by_code("elsewhere").path
        for code in ("courtyard_one", "fresh_1", "fresh_2", "fresh_3"):
            assert queries.unit_by_code(code).path == f"{home}compound_one/{code}/"
