"""Defined reports: what stands in them, for whom, as a file, and how a district makes its own."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from saas.demands.figures import commands, words
from saas.demands.figures.measures import BOARD
from saas.demands.figures.rules import CLIMBING_MEASURES, REPORT_GROUPINGS, REPORT_MEASURES
from tests.demands.working import act, at, file
from tests.support import District

MONTHLY = "/reports/five_levels_monthly"


@pytest.fixture
def october(alpha: District) -> District:
    """Three demands of October, one of them resolved."""
    with at(datetime(2026, 10, 14, 2, tzinfo=UTC)), alpha.work():
        for _ in range(3):
            demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "resolve")
    return alpha


def test_a_report_can_show_what_the_figures_can() -> None:
    assert BOARD.columns == REPORT_MEASURES
    assert set(REPORT_GROUPINGS) == {"all", "ladder", *BOARD.facts.groupings}
    for key in (*REPORT_MEASURES, *CLIMBING_MEASURES):
        assert str(words.SHOWS[key].name) == str(BOARD.definition(key).name)


def test_the_shipped_reports_are_listed_and_open(october: District) -> None:
    visitor = october.client("officer")
    listed = visitor.get("/reports").text
    for code in ("five_levels_monthly", "handling_quality", "kinds_and_categories"):
        assert f'href="{october.root}/reports/{code}"' in listed
        assert visitor.get(f"/reports/{code}").status_code == 200, code


def test_every_number_opens_as_many_records_as_it_says(october: District) -> None:
    visitor = october.client("officer")
    page = visitor.get(f"{MONTHLY}?period=2026-10").text
    link = re.compile(r'<a href="[^"]*(/demands/records\?[^"]+)">(\d+)</a>')
    found = link.findall(page)
    assert found
    for address, number in set(found):
        if re.search(r"measure=(received|resolved|reached|stopped)", address):
            records = visitor.get(address.replace("&amp;", "&")).text
            assert len(set(re.findall(r"/demands/([a-z0-9]{16})", records))) == int(number), address


def _shown(page: str) -> str:
    """A report without the links that lead back to its own address."""
    return re.sub(
        r'next=[^"]*|value="[^"]*"', "", page[page.index("<main") : page.index("</main>")]
    )


def test_a_period_of_another_kind_is_not_taken_for_one(alpha: District) -> None:
    visitor = alpha.client("officer")
    assert visitor.get(f"{MONTHLY}?period=2026-10").status_code == 200
    for wrong in ("2026-Q3", "2026", "2026-13", "October"):
        answer = visitor.get(f"{MONTHLY}?period={wrong}")
        assert (answer.status_code, _shown(answer.text)) == (200, _shown(visitor.get(MONTHLY).text))
    assert visitor.get("/reports/handling_quality?period=2026-Q3").status_code == 200


def test_a_reader_counts_within_the_own_reach_and_residents_nothing(october: District) -> None:
    with october.work():
        file(october, unit="street")
    assert october.client("courtyard").get(MONTHLY).status_code == 200
    assert october.client("resident").get(MONTHLY).status_code == 403
    assert october.client().get(MONTHLY).status_code == 302


def test_an_issue_is_a_workbook_with_a_sheet_for_each_section(october: District) -> None:
    answer = october.client("officer").get(f"{MONTHLY}/workbook?period=2026-10")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert len(book.sheet_names) == 4 + 2
    by_level = book.get_sheet_by_name("2").to_python()
    assert by_level[-1][1:3] == [3.0, 1.0]


def test_the_district_keeps_a_view_of_the_figures_as_a_report(alpha: District) -> None:
    admin = alpha.client("admin")
    with alpha.work():
        leaf = "lifts"
    assert "/reports/new?" in admin.get(f"/demands/figures?by=level&category={leaf}").text
    view = f"/reports/new?by=level&category={leaf}"
    given = {
        "measures[]": "received",
        "title_zh": "电梯月报",
        "title_en": "Lifts",
        "period": "month",
    }
    assert admin.post(view, **given).status_code == 302
    assert (
        admin.post("/reports/new?by=month", **{"measures[]": "median", "into": "lifts"}).status_code
        == 302
    )
    with alpha.work():
        assert commands.REPORTS.row("lifts").sections == [
            {"by": "level", "measures": ["received"], "category": "lifts"},
            {"by": "month", "measures": ["median"]},
        ]
    assert "电梯月报" in admin.get("/reports/lifts").text
    assert admin.post("/reports/lifts/edit", title_zh="电梯情况").status_code == 302
    assert admin.post("/reports/lifts/shift", way="up").status_code == 302
    assert admin.post("/reports/lifts/retire").status_code == 302
    assert alpha.client("officer").get("/reports/lifts").status_code == 404
    assert admin.post("/reports/lifts/restore").status_code == 302
    assert "电梯情况" in alpha.client("officer").get("/reports").text


def test_a_report_needs_a_figure_and_who_may_set_things(alpha: District) -> None:
    given = {"title_zh": "空的", "period": "month", "measures[]": ""}
    assert alpha.client("admin").post("/reports/new?by=level", **given).status_code == 422
    officer = alpha.client("officer")
    assert officer.get("/reports/new").status_code == 403
    assert officer.post(f"{MONTHLY}/retire", form="/rooms").status_code == 403
