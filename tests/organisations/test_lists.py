"""The register as a list, a workbook and JSON."""

from __future__ import annotations

import io
import re

import sqlalchemy as sa

from saas.kernel.db import session
from saas.kernel.workbooks import Page, write_book
from saas.organisations import queries, workbook
from saas.organisations.models import Organisation
from saas.sheets import page_of
from tests.organisations.making import USCC, growing
from tests.support import District
from tests.territory.counting import counted


def test_the_list_asks_as_many_questions_for_ten_thousand_as_for_a_few(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        copy = {
            column.name: getattr(group, column.name)
            for column in Organisation.__table__.columns
            if column.name not in ("id", "code", "uscc", "submission")
        }
    admin = alpha.client("admin")
    admin.get("/organisations")
    with counted() as few:
        admin.get("/organisations")
    with alpha.work():
        rows = [{**copy, "code": f"many{number}"} for number in range(10_000)]
        session.execute(sa.insert(Organisation), rows)
    with counted() as many:
        page = admin.get("/organisations").text
    assert len(few) == len(many)
    assert "共 10001 条" in page


def _book(rows: list[dict[str, str]]) -> io.BytesIO:
    page: Page = page_of(workbook.TABLE, {}, rows)
    return io.BytesIO(write_book(("x", []), [page], "y", most_rows=100))


ROW = {
    "name": "太极队（示例）", "type": "社区社会组织", "unit": "courtyard_one",
    "purpose": "早上打拳", "number": "龙街备 7 号", "members": "12", "leader": "示例甲",
}  # fmt: skip


def test_a_register_on_paper_comes_in_and_goes_out_again_unchanged(alpha: District) -> None:
    street = alpha.client("street")
    page = street.post("/organisations/workbook", file=(_book([ROW]), "a.xlsx"))
    assert page.status_code == 200, page.text
    rows = re.search(r'name="rows" value="([^"]+)"', page.text)
    assert rows
    assert street.post("/organisations/workbook/confirm", rows=rows[1]).status_code == 302
    with alpha.work():
        (group,) = queries.called("太极队", alpha.actor("street"), 5)
        assert (group.state, queries.rolls_of(group)[0].others) == ("active", 12)
        given_out = workbook.book(alpha.actor("street"))
    again = street.post("/organisations/workbook", file=(io.BytesIO(given_out), "b.xlsx"))
    assert "没有变化" in again.text
    assert 'name="rows"' not in again.text


def test_a_bad_row_is_named_by_its_cell_and_nothing_is_stored(alpha: District) -> None:
    wrong = [
        {**ROW, "type": "庙"}, {**ROW, "unit": "moon"}, {**ROW, "members": "9999"},
        {**ROW, "type": "社会组织", "number": "123"}, {**ROW, "name": ""},
    ]  # fmt: skip
    page = alpha.client("admin").post("/organisations/workbook", file=(_book(wrong), "a.xlsx"))
    assert page.status_code == 422
    for cell in ("C2", "D3", "H4", "G5", "B6"):
        assert cell in page.text, cell
    with alpha.work():
        assert not queries.called("太极队", alpha.actor("admin"), 5)


def test_a_sealed_plan_of_somebody_else_is_not_taken(alpha: District) -> None:
    page = alpha.client("street").post("/organisations/workbook", file=(_book([ROW]), "a.xlsx"))
    rows = re.search(r'name="rows" value="([^"]+)"', page.text)
    assert rows
    alpha.client("admin").post("/organisations/workbook/confirm", rows=rows[1])
    with alpha.work():
        assert not queries.called("太极队", alpha.actor("admin"), 5)


def test_a_wrong_credit_code_is_refused_in_plain_words(alpha: District) -> None:
    with alpha.work():
        group = growing(alpha)
        code, seen = group.code, str(group.acts)
    officer = alpha.client("officer")
    for number in ("123", USCC[:-1] + "A"):
        answer = officer.post(
            f"/organisations/{code}", verb="transform", seen=seen, to="social_organisation",
            number=number,
        )  # fmt: skip
        assert answer.status_code == 422
        assert "统一社会信用代码" in answer.text


def test_everybody_reads_groups_as_json_and_a_program_writes_signs(alpha: District) -> None:
    with alpha.work():
        code = growing(alpha).code
    found = alpha.client().get("/api/v1/groups").json
    assert [row["code"] for row in found["items"]] == [code]
    assert found["items"][0]["stage"] == "com_seed"
    assert alpha.client().get("/api/v1/organisations").status_code == 401
    admin = alpha.client("admin")
    assert admin.get(f"/api/v1/organisations/{code}").json["acts"] > 4
