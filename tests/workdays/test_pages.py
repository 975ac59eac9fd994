"""The calendar through the doors that people use."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from saas.kernel import clock
from saas.kernel.context import SYSTEM
from saas.workdays import commands, rules
from saas.workdays.queries import working_time
from tests.support import District, Visitor

HOLIDAY, MONDAY = "2026-10-01", "2026-11-23"


@pytest.fixture
def admin(alpha: District) -> Visitor:
    """An administrator of a district that has the published 2026."""
    with alpha.work():
        commands.publish_year(2026, actor=SYSTEM)
    return alpha.client("admin")


def unknown_year() -> int:
    """The first year that nobody has published."""
    return next(year for year in range(2026, 2100) if rules.published_days(year) is None)


def square(page: str, day: str) -> str:
    """The classes of a day's square."""
    found = re.search(rf'class="([^"]+)" datetime="{day}"', page)
    assert found, day
    return found.group(1)


def week(**fields: str) -> dict[str, str]:
    """The ordinary week as its form sends it."""
    typed = {}
    for number in range(1, 6):
        for slot, (opens, closes) in enumerate([("09:00", "12:00"), ("13:00", "18:00")]):
            typed[f"day-{number}-{slot}-opens"] = opens
            typed[f"day-{number}-{slot}-closes"] = closes
    return typed | {key.replace("_", "-"): value for key, value in fields.items()}


def test_a_year_shows_every_day_as_what_it_is(admin: Visitor) -> None:
    page = admin.get("/workdays/2026").text
    assert page.count('<table class="month"') == 12
    assert page.count('datetime="2026-') == 365
    kinds = {HOLIDAY: "off", "2026-10-03": "off", "2026-10-10": "made_up", "2026-10-11": "rest"}
    for day, kind in (kinds | {"2026-10-12": "work"}).items():
        assert f"square--{kind}" in square(page, day), day
    assert "2026-10-01 – 10-07" in page
    assert "国庆节" in page
    assert "248" in page


def test_staff_look_only_the_administrator_changes_and_residents_do_neither(
    alpha: District, admin: Visitor
) -> None:
    for who in ("officer", "street", "courtyard", "keeper", "auditor"):
        visitor = alpha.client(who)
        page = visitor.get("/workdays/2026")
        assert page.status_code == 200, who
        assert "/workdays/days" not in page.text, who
        assert visitor.get(f"/workdays/days/{MONDAY}").status_code == 403
        assert visitor.post("/workdays/2026/publish", form="/rooms").status_code == 403
    assert f"/workdays/days/{MONDAY}" in admin.get("/workdays/2026").text
    assert alpha.client("resident").get("/workdays").status_code == 403
    assert alpha.client().get("/workdays").status_code == 302


def test_a_day_is_made_free_shown_as_our_own_and_taken_back(
    alpha: District, admin: Visitor
) -> None:
    said = admin.post(f"/workdays/days/{MONDAY}", works="off", name_zh="搬迁停办")
    assert said.location.endswith("/workdays/2026")
    page = admin.get("/workdays/2026").text
    assert "square--off square--own" in square(page, MONDAY)
    assert "搬迁停办" in page
    with alpha.work():
        assert not working_time().spans_on(date(2026, 11, 23))
    assert "搬迁停办" in admin.get(f"/workdays/days/{MONDAY}").text
    assert admin.post(f"/workdays/days/{MONDAY}/clear").status_code == 302
    assert "square--own" not in square(admin.get("/workdays/2026").text, MONDAY)
    assert admin.post(f"/workdays/days/{MONDAY}/clear").status_code == 409


def test_a_published_holiday_is_worked_with_hours_of_its_own(
    alpha: District, admin: Visitor
) -> None:
    fields = {"hours-0-opens": "10:00", "hours-0-closes": "11:30", "name_zh": "值班"}
    assert admin.post(f"/workdays/days/{HOLIDAY}", works="on", **fields).status_code == 302
    page = admin.get("/workdays/2026").text
    assert "square--hours square--own" in square(page, HOLIDAY)
    assert "10:00–11:30" in page
    form = admin.get(f"/workdays/days/{HOLIDAY}").text
    assert 'value="10:00"' in form
    assert "国庆节" in form, "what it would be without the change"
    with alpha.work():
        assert working_time().spans_on(date(2026, 10, 1))


def test_a_holiday_of_several_days_is_entered_and_taken_back_at_once(admin: Visitor) -> None:
    year = unknown_year()
    first, last = date(year, 5, 1), date(year, 5, 5)
    fields = {"works": "off", "name_zh": "劳动节", "until": last.isoformat()}
    assert admin.post(f"/workdays/days/{first}", **fields).status_code == 302
    page = admin.get(f"/workdays/{year}").text
    for n in range(5):
        assert "square--off" in square(page, str(first + timedelta(days=n)))
    assert f"{year}-05-01 – 05-05" in page
    assert f'name="until" value="{last}"' in page
    assert admin.post(f"/workdays/days/{first}/clear", until=str(last)).status_code == 302
    assert "square--own" not in admin.get(f"/workdays/{year}").text.split('class="year"')[1]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"works": ""}, "f-works"),
        ({"works": "perhaps"}, "f-works"),
        ({"name_zh": ""}, "f-name_zh"),
        ({"name_zh": "长" * 61}, "f-name_zh"),
        ({"until": "2026-11-22"}, "f-until"),
        ({"until": "2027-11-22"}, "f-until"),
        ({"until": "soon"}, "f-until"),
        ({"hours-0-opens": "10:00"}, "f-hours"),
        ({"hours-0-opens": "25:00", "hours-0-closes": "26:00"}, "f-hours"),
        ({"hours-0-opens": "12:00", "hours-0-closes": "09:00"}, "f-hours"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(
    admin: Visitor, fields: dict[str, str], at: str
) -> None:
    sent = {"works": "on", "name_zh": "消防演练", "name_en": "Fire drill"} | fields
    answer = admin.post(f"/workdays/days/{MONDAY}", **sent)
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.text
    assert f'id="{at}"' in answer.text
    assert "Fire drill" in answer.text
    assert "square--own" not in square(admin.get("/workdays/2026").text, MONDAY)


def test_the_hours_of_the_week_are_changed_and_everything_counts_in_them(
    alpha: District, admin: Visitor
) -> None:
    form = admin.get("/workdays/week").text
    assert form.count('value="13:00"') == 5
    sent = week(day_6_2_opens="19:00", day_6_2_closes="21:00", day_1_0_opens="08:30")
    assert admin.post("/workdays/week", **sent).status_code == 302
    page = admin.get("/workdays/2026").text
    assert "19:00–21:00" in page
    assert "08:30–12:00" in page
    with alpha.work():
        assert working_time().spans_on(date(2026, 11, 28))
    again = admin.get("/workdays/week").text
    assert 'name="day-6-2-opens" id="f-day-6-2-opens" value="19:00"' in again


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        (dict.fromkeys(week(), ""), "f-week"),
        (week(day_2_0_opens="13:00"), "f-day-2"),
        (week(day_3_1_opens="11:00"), "f-day-3"),
        (week(day_7_0_opens="09:00"), "f-day-7"),
        (week(day_7_0_opens="nine", day_7_0_closes="ten"), "f-day-7"),
    ],
)
def test_a_week_that_cannot_be_is_refused_where_it_is(
    alpha: District, admin: Visitor, sent: dict[str, str], at: str
) -> None:
    answer = admin.post("/workdays/week", **sent)
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.text
    assert f'id="{at}"' in answer.text
    with alpha.work():
        assert working_time().hours_per_day == 8


def test_a_year_nobody_has_published_says_so_and_what_to_do(admin: Visitor) -> None:
    year = unknown_year()
    page = admin.get(f"/workdays/{year}").text
    assert "tone--warn" in page
    assert f"/workdays/{year}/complete" in page
    assert f"/workdays/{year}/publish" not in page
    assert admin.post(f"/workdays/{year}/publish", form="/rooms").status_code == 409
    assert admin.post(f"/workdays/{year}/complete", form="/rooms").status_code == 302
    done = admin.get(f"/workdays/{year}").text
    assert f"/workdays/{year}/complete" not in done
    assert admin.post(f"/workdays/{year}/reopen", form="/rooms").status_code == 302
    assert f"/workdays/{year}/complete" in admin.get(f"/workdays/{year}").text


def test_a_published_year_that_is_not_here_is_offered_and_taken_over(
    alpha: District, admin: Visitor
) -> None:
    with alpha.work():
        year = clock.today().year - 3
    page = admin.get(f"/workdays/{year}").text
    assert f"/workdays/{year}/publish" in page
    assert admin.post(f"/workdays/{year}/publish", form="/rooms").status_code == 302
    after = admin.get(f"/workdays/{year}").text
    assert f"/workdays/{year}/publish" not in after
    assert "square--off" in square(after, f"{year}-10-01")


def test_a_newer_list_is_offered_for_a_year_that_is_here(
    alpha: District, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/workdays/2026/publish" not in admin.get("/workdays/2026").text
    more = rules.Exceptional(date(2026, 12, 26), True, {"zh": "元旦"}, rules.PUBLISHED)
    listed = (*(rules.published_days(2026) or ()), more)
    monkeypatch.setattr(rules, "published_days", lambda year: listed if year == 2026 else None)
    assert "/workdays/2026/publish" in admin.get("/workdays/2026").text
    assert admin.post("/workdays/2026/publish", form="/rooms").status_code == 302
    page = admin.get("/workdays/2026").text
    assert "square--made_up" in square(page, "2026-12-26")
    assert "/workdays/2026/publish" not in page


def test_a_day_can_be_typed_instead_of_looked_for(admin: Visitor) -> None:
    assert admin.get(f"/workdays/days?day={MONDAY}").location.endswith(f"/workdays/days/{MONDAY}")
    for typed in ("2026/11/23", "20261123", "2026年11月23日"):
        assert admin.get(f"/workdays/days?day={typed}").location.endswith(
            f"/workdays/days/{MONDAY}"
        )
    for wrong in ("", "soon", "2026-02-30", "1999-01-01", "12月1日"):
        assert admin.get(f"/workdays/days?day={wrong}").location.endswith("/workdays")


def test_days_and_years_that_are_not_kept_are_not_found(admin: Visitor) -> None:
    for path in ("/workdays/1999", "/workdays/9999", "/workdays/0", "/workdays/days/1999-01-01"):
        assert admin.get(path).status_code == 404, path
    for path in ("soon", "2026-02-30", "2026-1-1", "20261123"):
        assert admin.get(f"/workdays/days/{path}").status_code == 404, path


def test_today_is_marked_by_the_clock_of_the_district(admin: Visitor) -> None:
    page = admin.get("/workdays").text
    assert page.count('aria-current="date"') == 1
    with clock.turned(timedelta(days=-400)):
        older = admin.get("/workdays").text
    assert older.count('aria-current="date"') == 1
    assert older != page


def test_the_audit_list_tells_what_was_done_to_which_day(admin: Visitor) -> None:
    admin.post(f"/workdays/days/{MONDAY}", works="off", name_zh="停电", until="2026-11-24")
    admin.post("/workdays/week", **week(day_1_0_opens="08:30"))
    page = admin.get("/audit").text
    assert "停电" in page
    assert f"{MONDAY} – 2026-11-24" in page
    assert "workdays." not in page
