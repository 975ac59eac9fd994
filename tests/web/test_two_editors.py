"""Two people who edit one thing: the second one is told, and nothing of the first one is lost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from saas.demands.knowledge import commands as demands
from saas.rooms import queries
from saas.workdays import commands as workdays
from tests.support import District, Visitor, form_on

#: Page → a field that the first one changes, and one that the second one changes.
PAGES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "/units/compound_one/edit": ({"name_zh": "第一小区"}, {"name_en": "First"}),
    "/people/{person}/edit": ({"name": "王一"}, {"login": "second_login"}),
    "/demands/settings": ({"accept-street": "7"}, {"resolve-street": "90"}),
    "/demands/settings/terms": ({"warn_percent": "71"}, {"confirm_days": "9"}),
    "/demands/settings/kinds/demands": ({"name_zh": "诉求一"}, {"hint_zh": "别的"}),
    "/demands/settings/categories/rubbish": ({"hint_zh": "一"}, {"name_zh": "二"}),
    "/demands/settings/categories/shared_space": ({"open_to_neighbours": "1"}, {"name_zh": "二"}),
    "/demands/settings/times/rubbish": (
        {"accept-street": "3", "resolve-street": "30"},
        {"accept-community": "4", "resolve-community": "40"},
    ),
    "/demands/settings/guides/residence_permit": ({"bring": "身份证"}, {"cost_zh": "免费"}),
    "/demands/settings/reasons/budget": ({"name_zh": "一"}, {"name_en": "Two"}),
    "/demands/settings/questions/leak_where": ({"label_zh": "一"}, {"label_en": "Two"}),
    "/demands/knowledge/{answer}": ({"question": "一个问题？"}, {"answer": "二"}),
    "/demands/knowledge/templates/resolved": ({"name_zh": "一"}, {"text_zh": "二"}),
    "/demands/streets/street_one/times": (
        {"accept-street": "3", "resolve-street": "30"},
        {"accept-community": "4", "resolve-community": "40"},
    ),
    "/reports/handling_quality/edit": ({"title_zh": "一"}, {"title_en": "Two"}),
    "/console/rooms/street_one/room/{room}": ({"purpose_zh": "一"}, {"name_zh": "二"}),
    "/console/rooms/street_one/room/{room} ": ({"services": "一"}, {"contact": "13800000000"}),
    "/console/rooms/street_one/platform/{platform}": ({"purpose_zh": "一"}, {"name_zh": "二"}),
    "/console/rooms/street_one/centre": ({"purpose_zh": "一"}, {"name_zh": "二"}),
    "/console/rooms/street_one/settings": ({"contact": "028-1"}, {"welcome_zh": "欢迎"}),
    "/console/room-library/settings": ({"contact": "028-1"}, {"welcome_zh": "欢迎"}),
    "/console/room-library/centre": ({"purpose_zh": "一"}, {"name_zh": "二"}),
    "/console/room-library/platforms/{platform}": ({"purpose_zh": "一"}, {"name_zh": "二"}),
    "/console/room-library/rooms/{room}": ({"services": "一"}, {"name_zh": "二"}),
    "/workdays/week": ({"day-1-0-opens": "07:30"}, {"day-2-0-opens": "08:15"}),
    "/workdays/days/2026-11-30": ({"name_zh": "搬家"}, {"name_en": "Other"}),
    "/setup/terms": ({"accept-street": "7"}, {"resolve-street": "90"}),
    "/setup/rooms?street=street_one": (
        {"days-{room}": "1-5", "opens-{room}": "07:30", "closes-{room}": "18:00"},
        {"days-{second}": "1-7", "opens-{second}": "10:00", "closes-{second}": "19:00"},
    ),
    "/inbox/settings": ({"quiet_from": "21:00", "quiet_to": "06:00"}, {"digest_hour": "9"}),
}


@pytest.fixture
def keys(alpha: District) -> dict[str, str]:
    """What stands in the parts of our addresses."""
    with alpha.work():
        street = alpha.unit("street")
        structure = queries.structure_of(street)
        answer = demands.write_answer(
            question="垃圾谁收？", answer="物业。", category="rubbish", actor=alpha.actor("admin")
        )
        workdays.set_day(
            date(2026, 11, 30), works=False, name={"zh": "检修"}, actor=alpha.actor("admin")
        )
        return {
            "second": structure.rooms[1].code,
            "person": str(alpha.people["courtyard"]),
            "answer": answer.code,
            "room": structure.rooms[0].code,
            "platform": structure.platforms[0].code,
        }


def _opened(visitor: Visitor, path: str) -> dict[str, Any]:
    page = visitor.get(path)
    assert page.status_code == 200, page.status_code
    sent = form_on(page.text, path)
    assert sent.get("as_seen"), f"{path} carries no mark"
    return sent


def _filled(fields: dict[str, str], keys: dict[str, str]) -> dict[str, str]:
    return {name.format(**keys): value for name, value in fields.items()}


@pytest.mark.parametrize("page", PAGES)
def test_the_second_editor_is_told_and_the_first_ones_change_stays(
    alpha: District, keys: dict[str, str], page: str
) -> None:
    path = page.strip().format(**keys)
    first, second = (_filled(one, keys) for one in PAGES[page])
    one, other = alpha.client("admin"), alpha.client("admin")
    seen = _opened(other, path)
    opened = _opened(one, path)
    assert one.post(path, **{**opened, **first}).status_code < 400
    (field, value), (mine, wish) = next(iter(first.items())), next(iter(second.items()))
    refused = other.post(path, **{**seen, **second})
    assert refused.status_code == 409, refused.status_code
    assert "data-error-summary" in refused.text
    assert f'id="n-{field}"' in refused.text, "what is stored now stands at the field"
    assert f'id="n-{mine}"' not in refused.text, "only what differs is marked"
    again = form_on(refused.text, path)
    assert again[mine] == wish, "what was typed is kept"
    assert again["as_seen"] != seen["as_seen"]
    stored = _opened(one, path)
    assert stored[field] == value, "nothing of the first one is lost"
    assert stored.get(mine) != wish, "nothing was written"
    knowing = other.post(path, **again)
    assert knowing.status_code < 400, knowing.text
    assert _opened(one, path)[mine] == wish


def test_who_was_quicker_is_said_by_name(alpha: District) -> None:
    path = "/units/compound_one/edit"
    one, other = alpha.client("admin"), alpha.client("admin")
    seen = _opened(other, path)
    one.post(path, **{**_opened(one, path), "name_zh": "第一小区"})
    refused = other.post(path, **{**seen, "name_en": "First"})
    assert "alpha admin" in refused.text
    assert re.search(r"alpha admin.*20\d\d", refused.text)


def test_a_form_that_changes_nothing_of_the_others_is_stored(alpha: District) -> None:
    """Pressed twice, or both typed the same: nothing would be lost, so nobody is stopped."""
    path = "/units/compound_one/edit"
    one = alpha.client("admin")
    sent = {**_opened(one, path), "name_zh": "第一小区"}
    assert one.post(path, **sent).status_code == 302
    assert one.post(path, **sent).status_code == 302


def test_a_refusal_for_another_reason_keeps_the_old_mark(alpha: District) -> None:
    path = "/units/compound_one/edit"
    one, other = alpha.client("admin"), alpha.client("admin")
    seen = _opened(other, path)
    wrong = other.post(path, **{**seen, "official_code": "12"})
    assert wrong.status_code == 422
    assert form_on(wrong.text, path)["as_seen"] == seen["as_seen"]
    one.post(path, **{**_opened(one, path), "name_zh": "第一小区"})
    mended = {**form_on(wrong.text, path), "official_code": ""}
    assert other.post(path, **mended).status_code == 409


def test_a_form_without_its_mark_stores_nothing_at_first(alpha: District) -> None:
    """A page from before an update, or one that forgot the mark: shown beside what is stored."""
    path = "/units/compound_one/edit"
    one = alpha.client("admin")
    refused = one.post(path, as_seen="", name_zh="别的", name_en="Other")
    assert refused.status_code == 409
    assert 'id="n-name_zh"' in refused.text
    assert one.post(path, **form_on(refused.text, path)).status_code == 302


def test_a_mark_that_was_made_up_counts_as_not_seen(alpha: District) -> None:
    path = "/units/compound_one/edit"
    made_up = "name_zh:000000000000 name_en: x :: official_code"
    assert alpha.client("admin").post(path, as_seen=made_up, name_zh="别的").status_code == 409


def test_rows_of_the_table_of_rooms_have_marks_of_their_own(
    alpha: District, keys: dict[str, str]
) -> None:
    path = "/console/rooms/street_one/grid"
    one, other = alpha.client("admin"), alpha.client("admin")
    seen = form_on(other.get(path).text, path)
    assert one.post(path, **{**seen, f"contact-{keys['room']}": "028-1"}).status_code == 302
    refused = other.post(path, **{**seen, f"name_zh-{keys['room']}": "别的"})
    assert refused.status_code == 422
    assert form_on(one.get(path).text, path)[f"contact-{keys['room']}"] == "028-1"
