"""What residents see of their place: by the pack of the district, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from markupsafe import escape

from saas.kernel import clock
from saas.kernel.context import current_scope
from saas.themes import queries, views
from saas.themes.schemas import Pack
from tests.support import District, Visitor

TOLD = [code for code in queries.codes() if queries.pack(code).has_culture]
PATHS = ("/culture", "/culture/calendar", "/")


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch) -> dict[str, Pack]:
    """Put a pack under ``alpha`` to make that district show it, as if it had chosen it."""
    chosen: dict[str, Pack] = {}
    shipped = queries.current_pack

    def current() -> Pack:
        return chosen.get(getattr(current_scope(), "code", "")) or shipped()

    monkeypatch.setattr(queries, "current_pack", current)
    return chosen


def read(visitor: Visitor, path: str) -> str:
    """A page that must be there."""
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return answer.text


@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("code", TOLD)
def test_every_pack_is_told_whole_in_both_languages(
    alpha: District, shows: dict[str, Pack], code: str, language: str
) -> None:
    pack = shows["alpha"] = queries.pack(code)
    tongue = "en" if language == "en" else "zh"
    visitor = alpha.client()
    visitor.get(f"/language/{language}")
    page = read(visitor, "/culture")
    for rows in (pack.stories, pack.people, pack.routes, pack.honours):
        for row in rows:
            name = row.title if hasattr(row, "title") else row.name
            assert str(escape(name[tongue])) in page
    year = read(visitor, "/culture/calendar?year=2026")
    for row in [*pack.calendar, *(a for a in pack.activities if a.festival)]:
        assert str(escape(row.name[tongue])) in year
    for route in pack.routes:
        walk = read(visitor, f"/culture/routes/{route.code}")
        assert all(str(escape(stop.name[tongue])) in walk for stop in route.stops)


def test_the_calendar_says_the_lunar_day_in_words(alpha: District, shows: dict[str, Pack]) -> None:
    shows["alpha"] = queries.pack("daan")
    visitor = alpha.client()
    assert "农历正月十五" in read(visitor, "/culture/calendar?year=2026")
    visitor.get("/language/en")
    page = read(visitor, "/culture/calendar?year=2026")
    assert "day 15 of lunar month 1" in page
    assert "Tue, 3 Mar 2026" in page


@pytest.mark.parametrize("year", ["", "abc", "0", "1899", "2101", "99999", "-1", "２０２６"])
def test_a_year_that_cannot_be_is_this_year(
    alpha: District, shows: dict[str, Pack], year: str
) -> None:
    shows["alpha"] = queries.pack("daan")
    visitor = alpha.client()
    this_year = _heading(read(visitor, "/culture/calendar"))
    assert _heading(read(visitor, f"/culture/calendar?year={year}")) == this_year


@pytest.mark.parametrize("year", [1900, 2100])
def test_the_first_and_the_last_year_can_be_read(
    alpha: District, shows: dict[str, Pack], year: int
) -> None:
    shows["alpha"] = queries.pack("cuiping")
    page = read(alpha.client(), f"/culture/calendar?year={year}")
    assert ("?year=1899" in page, "?year=2101" in page) == (False, False)


def test_a_district_without_a_culture_says_so_and_shows_no_way_there(alpha: District) -> None:
    visitor = alpha.client()
    for path in PATHS:
        assert 'href="/d/alpha/culture"' not in read(visitor, path), path
    assert "还没有内容" in read(visitor, "/culture")
    assert "还没有节日" in read(visitor, "/culture/calendar")
    assert visitor.get("/culture/routes/evening_circle").status_code == 404


def test_a_pack_with_one_part_only_shows_that_part(alpha: District, shows: dict[str, Pack]) -> None:
    whole = queries.pack("anji")
    shows["alpha"] = replace(queries.pack("plain"), calendar=whole.calendar[:1])
    visitor = alpha.client()
    assert "春节" in read(visitor, "/culture")
    assert "春节" in read(visitor, "/")
    assert "故事" not in read(visitor, "/culture")


def test_the_first_page_shows_the_next_festival_and_a_story(
    alpha: District, shows: dict[str, Pack]
) -> None:
    pack = shows["alpha"] = queries.pack("zhushan")
    page = read(alpha.client(), "/")
    assert page.count('class="home-feast"') == 2
    assert sum(story.title["zh"] in page for story in pack.stories) == 1
    assert 'href="/d/alpha/culture"' in page


def test_another_pack_is_shown_at_once_with_its_own_style_sheet(
    alpha: District, shows: dict[str, Pack]
) -> None:
    visitor, sheets = alpha.client(), set()
    for code in TOLD:
        shows["alpha"] = pack = queries.pack(code)
        page = read(visitor, "/culture")
        assert f"/look/{code}/{pack.mark}.css" in page
        sheets.add(visitor.get(f"/look/{code}/{pack.mark}.css").text)
    assert len(sheets) == len(TOLD)


def test_a_neighbour_sees_nothing_of_our_pack(
    alpha: District, beta: District, shows: dict[str, Pack]
) -> None:
    shows["alpha"] = queries.pack("daan")
    assert beta.client().get("/culture/routes/evening_circle").status_code == 404
    assert alpha.client().get("/culture/routes/evening_circle").status_code == 200


def test_festivals_are_counted_by_the_clock_of_the_district(
    alpha: District, shows: dict[str, Pack], monkeypatch: pytest.MonkeyPatch
) -> None:
    shows["alpha"] = queries.pack("daan")
    for moment, words in (
        ("2026-03-01T16:30:00+00:00", "明天"),  # already the second of March in Zigong
        ("2026-03-02T15:30:00+00:00", "明天"),
        ("2026-03-02T16:30:00+00:00", "今天"),
    ):
        monkeypatch.setattr("saas.kernel.clock.now", lambda at=moment: datetime.fromisoformat(at))
        page = read(alpha.client(), "/culture")
        start = page.index("元宵节")
        assert words in page[start : start + 400], moment


def _heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


def test_the_calendar_of_this_year_begins_today_and_folds_what_is_over(
    alpha: District, shows: dict[str, Pack]
) -> None:
    shows["alpha"] = pack = queries.pack(TOLD[0])
    with alpha.work():
        today = clock.today()
        gone, coming = views.months(pack, today.year, today)
        assert all(row.past for month in gone for row in month.rows)
        assert not any(row.past for month in coming for row in month.rows)
        assert views.months(pack, today.year + 1, today)[0] == []
    page = alpha.client().get("/culture/calendar").text
    past = sum(len(month.rows) for month in gone)
    assert page.count("feast--past") == past
    if gone:
        assert page.index("今年已经过去的") < page.index("feast--past")
        assert page.rindex("feast--past") < page.index(
            f'<h2 class="section-title">{coming[-1].name}'
        )
