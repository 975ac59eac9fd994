"""What a district sets for its demands, through the pages on which it does so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from saas.demands import commands, queries
from saas.demands.case.models import Demand
from saas.demands.menu import queries as menu
from saas.demands.menu.models import Category, Deadline, Guide, Kind, ReasonCode, Terms
from saas.demands.settings import commands as settings_commands
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Forbidden
from tests.support import District

LEVELS = ("courtyard", "compound", "community", "street", "district")
GRID = {f"accept-{level}": "4" for level in LEVELS} | {f"resolve-{level}": "16" for level in LEVELS}
TERMS = {
    "warn_percent": "60",
    "confirm_days": "3",
    "reopen_days": "10",
    "appeal_days": "12",
    "answer_days": "4",
    "review_hours": "6",
}
PAGES = ("", "/terms", "/categories", "/reasons", "/kinds")
HINT = {"hint_zh": "举例", "hint_en": "for example"}


def _file(district: District, category: str = "rubbish", key: str = "settings-key-0001") -> str:
    place = f"/demands/new/{category}/courtyard_one"
    sent = district.client("resident").post(
        place, category=category, unit="courtyard_one", words="请来看一看", submission=key
    )
    assert sent.status_code == 302, sent.text
    return str(sent.location.split("/demands/")[1].split("?")[0])


def _given(district: District, code: str) -> int | None:
    with district.work():
        return session.scalars(sa.select(Demand).where(Demand.code == code)).one().given_minutes


def _deeds(district: District, *things: str) -> list[str]:
    with district.work():
        query = sa.select(AuditEntry.action).where(AuditEntry.thing.in_(things))
        return list(session.scalars(query.order_by(AuditEntry.id)))


def test_settings_are_open_to_who_changes_them_and_to_nobody_else(alpha: District) -> None:
    for who, status in {"admin": 200, "officer": 403, "street": 403, "resident": 403}.items():
        visitor = alpha.client(who)
        for page in PAGES:
            assert visitor.get(f"/demands/settings{page}").status_code == status, (who, page)
    assert alpha.client().get("/demands/settings").status_code == 302
    for sent in (
        ("/demands/settings", GRID),
        ("/demands/settings/terms", TERMS),
        ("/demands/settings/categories/rubbish/retire", {}),
        ("/demands/settings/reasons/budget/retire", {}),
    ):
        answer = alpha.client("officer").post(sent[0], form="/rooms", **sent[1])
        assert answer.status_code == 403, sent[0]


# How long


def test_new_times_hold_for_clocks_that_start_later_and_the_page_says_so(alpha: District) -> None:
    before, admin = _file(alpha), alpha.client("admin")
    assert _given(alpha, before) == 4 * 60
    page = admin.get("/demands/settings").text
    assert re.search(r"list=area&amp;level=courtyard\">1</a>", page)
    saved = admin.post("/demands/settings", **{**GRID, "accept-courtyard": "2"})
    assert saved.status_code == 302
    assert "在办的 1 件仍按原来的时限" in admin.get("/demands/settings").text
    assert _given(alpha, before) == 4 * 60
    assert _given(alpha, _file(alpha, key="settings-key-0002")) == 2 * 60
    alpha.client("courtyard").post(f"/demands/{before}", verb="accept")
    assert _given(alpha, before) == 16 * 60
    assert _deeds(alpha, "demand_terms") == ["demands.set_times"]
    admin.post("/demands/settings", **{**GRID, "accept-courtyard": "2"})
    assert _deeds(alpha, "demand_terms") == ["demands.set_times"], "nothing was different"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"accept-street": "20"}, "resolve-street"),
        ({"accept-street": ""}, "accept-street"),
        ({"accept-street": "0"}, "accept-street"),
        ({"resolve-street": "2001"}, "resolve-street"),
        ({"resolve-street": "1.5"}, "resolve-street"),
        ({"resolve-street": "九"}, "resolve-street"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field_and_nothing_is_changed(
    alpha: District, wrong: dict[str, str], field: str
) -> None:
    answer = alpha.client("admin").post("/demands/settings", **{**GRID, **wrong})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert f'id="e-{field}"' in answer.text
    with alpha.work():
        assert queries.times()["street"].accept == 8


def test_a_category_gets_its_own_times_changes_them_and_gives_them_up(alpha: District) -> None:
    admin, page = alpha.client("admin"), "/demands/settings/times/rubbish"
    assert admin.get("/demands/settings/times?category=rubbish").location.endswith(page)
    own = {"accept-courtyard": "1", "resolve-courtyard": "6"}
    assert admin.post(page, **own).status_code == 302
    assert _given(alpha, _file(alpha)) == 60
    assert "1 / 6" in admin.get("/demands/settings").text
    assert admin.post(page, **{**own, "accept-courtyard": "3"}).status_code == 302
    assert _given(alpha, _file(alpha, key="settings-key-0002")) == 3 * 60
    assert admin.post(f"{page}/drop").status_code == 302
    assert _given(alpha, _file(alpha, key="settings-key-0003")) == 4 * 60
    assert admin.post(f"{page}/drop").status_code == 404
    assert admin.post(page, form="/rooms").status_code == 422, "no level at all"
    half = admin.post(page, **{"accept-courtyard": "3"})
    assert half.status_code == 422
    assert 'href="#f-resolve-courtyard"' in half.text
    assert _deeds(alpha, "demand_terms") == ["demands.set_times"] * 2 + ["demands.drop_times"]


def test_the_time_of_a_group_holds_for_what_stands_under_it(alpha: District) -> None:
    admin = alpha.client("admin")
    own = {"accept-courtyard": "2", "resolve-courtyard": "9"}
    assert admin.post("/demands/settings/times/sanitation", **own).status_code == 302
    assert _given(alpha, _file(alpha)) == 2 * 60
    assert 'placeholder="2"' in admin.get("/demands/settings/times/rubbish").text
    assert 'placeholder="4"' in admin.get("/demands/settings/times/sanitation").text


# On which terms


def test_terms_are_set_within_their_bounds(alpha: District) -> None:
    admin = alpha.client("admin")
    assert admin.post("/demands/settings/terms", **TERMS).status_code == 302
    with alpha.work():
        row = session.scalars(sa.select(Terms)).one()
        assert {name: str(getattr(row, name)) for name in TERMS} == TERMS
    for name, wrong in {"warn_percent": "100", "confirm_days": "0", "review_hours": ""}.items():
        answer = admin.post("/demands/settings/terms", **{**TERMS, name: wrong})
        assert answer.status_code == 422
        assert f'href="#f-{name}"' in answer.text
    assert _deeds(alpha, "demand_terms") == ["demands.set_terms"]


def test_a_shorter_window_closes_at_once(alpha: District) -> None:
    code = _file(alpha)
    for verb, reason in (("accept", ""), ("resolve", "已办")):
        alpha.client("courtyard").post(f"/demands/{code}", verb=verb, reason=reason)
    with alpha.work():
        row = session.scalars(sa.select(Demand).where(Demand.code == code)).one()
        assert row.ended_at is not None
        row.ended_at -= timedelta(days=11)
    resident = alpha.client("resident")
    assert 'value="reopen"' in resident.get(f"/demands/{code}").text
    alpha.client("admin").post("/demands/settings/terms", **TERMS)
    assert 'value="reopen"' not in resident.get(f"/demands/{code}").text
    assert resident.post(f"/demands/{code}", verb="reopen", reason="还没好").status_code == 422


# Categories


def test_a_category_is_renamed_and_keeps_its_code_for_ever(alpha: District) -> None:
    admin, page = alpha.client("admin"), "/demands/settings/categories/rubbish"
    typed = {"name_zh": "垃圾清理", "name_en": "Waste", **HINT}
    assert admin.post(page, **typed, code="waste").status_code == 302
    with alpha.work():
        row = menu.category("rubbish")
        assert row.name == {"zh": "垃圾清理", "en": "Waste"}
        assert row.open_to_neighbours is False, "a box that was cleared"
    assert "垃圾清理" in alpha.client("resident").get("/demands/new?kind=demands").text
    assert admin.post(page, **{**typed, "name_zh": ""}).status_code == 422


def test_a_new_category_can_be_filed_in_at_once(alpha: District) -> None:
    admin, page = alpha.client("admin"), "/demands/settings/categories/new"
    typed = {"name_zh": "飞线充电", "name_en": "Flying cables", **HINT, "kind": "demands"}
    assert admin.post(page, **typed, parent="property").status_code == 302
    assert "飞线充电" in alpha.client("resident").get("/demands/new?kind=demands").text
    _file(alpha, "flying_cables")
    again = admin.post(page, **typed, parent="")
    assert again.status_code == 302, "the same name again gets a code of its own"
    with alpha.work():
        top = menu.category("flying_cables_2")
        assert (top.parent, top.kind) == (None, "demands")
        assert menu.category("flying_cables").kind == "demands"


@pytest.mark.parametrize("parent", ["rubbish", "no_such_category", "other"])
def test_a_category_stands_under_a_group_or_at_the_top(alpha: District, parent: str) -> None:
    _file(alpha, "other")
    typed = {"name_zh": "新类", **HINT, "kind": "demands", "parent": parent}
    answer = alpha.client("admin").post("/demands/settings/categories/new", **typed)
    assert answer.status_code in {404, 422}
    with alpha.work():
        assert session.scalar(sa.select(Category).where(Category.parent == parent)) is None


def test_what_is_retired_takes_no_new_demands_and_can_be_brought_back(alpha: District) -> None:
    code, admin = _file(alpha), alpha.client("admin")
    resident, page = alpha.client("resident"), "/demands/settings/categories/rubbish"
    assert admin.post(f"{page}/retire").status_code == 302
    assert "在办的 1 件继续办" in admin.get("/demands/settings/categories").text
    assert "/demands/new/rubbish" not in resident.get("/demands/new?kind=demands").text
    assert resident.get("/demands/new/rubbish").status_code == 404
    assert alpha.client("courtyard").post(f"/demands/{code}", verb="accept").status_code == 302
    assert admin.post(f"{page}/restore").status_code == 302
    assert resident.get("/demands/new/rubbish").status_code == 200
    deeds = _deeds(alpha, "demand_category")
    assert deeds == ["demands.retire_category", "demands.restore_category"]


def test_a_group_goes_after_all_beneath_it_and_comes_back_before_them(alpha: District) -> None:
    admin, base = alpha.client("admin"), "/demands/settings/categories"
    admin.post(f"{base}/sanitation/retire")
    assert "请先停用它下面的子类" in admin.get(base).text
    with alpha.work():
        assert not menu.category("sanitation").retired
        beneath = [c.code for c in menu.categories() if c.parent == "sanitation"]
    for code in beneath:
        admin.post(f"{base}/{code}/retire")
    page = alpha.client("resident").get("/demands/new?kind=demands").text
    assert "/demands/new/sanitation" not in page
    admin.post(f"{base}/sanitation/retire")
    admin.post(f"{base}/rubbish/restore")
    assert "请先恢复它上面的大类" in admin.get(base).text
    with alpha.work():
        assert menu.category("sanitation").retired
        assert menu.category("rubbish").retired


def test_the_last_category_stays(alpha: District) -> None:
    with alpha.work():
        actor = alpha.actor("admin")
        leaves = queries.open_leaves()
        last = leaves[-1].code
        for leaf in leaves[:-1]:
            settings_commands.CATEGORIES.retire(leaf, actor=actor)
    alpha.client("admin").post(f"/demands/settings/categories/{last}/retire")
    with alpha.work():
        assert [leaf.code for leaf in queries.open_leaves()] == [last]


def test_categories_move_one_place_among_those_beside_them(alpha: District) -> None:
    admin, base = alpha.client("admin"), "/demands/settings/categories"

    def row(parent: str | None) -> list[str]:
        with alpha.work():
            return [c.code for c in menu.categories() if c.parent == parent]

    before, tops = row("sanitation"), row(None)
    admin.post(f"{base}/{before[1]}/shift", way="up")
    assert row("sanitation") == [before[1], before[0], *before[2:]]
    assert row(None) == tops
    admin.post(f"{base}/{before[1]}/shift", way="up")
    assert row("sanitation") == [before[1], before[0], *before[2:]], "the first stays the first"
    admin.post(f"{base}/{tops[0]}/shift", way="down")
    assert row(None)[:2] == [tops[1], tops[0]]
    assert admin.post(f"{base}/{tops[0]}/shift", way="sideways").status_code == 302
    assert row(None)[:2] == [tops[1], tops[0]]


# Guides


def test_a_guide_is_written_and_mended_with_its_appointments(alpha: District) -> None:
    admin, page = alpha.client("admin"), "/demands/settings/guides/senior_card"
    typed = {
        "bring": "身份证 | Identity card\n\n照片一张",
        "steps": "取号 | Take a number\n交材料",
        "cost_zh": "免费",
        "takes_zh": "当场",
        "counter_zh": "一楼 3 号窗口",
        "counter_en": "Ground floor, window 3",
        "slot_minutes": "15",
        "per_slot": "2",
        "days_ahead": "7",
    }
    assert admin.post(page, **typed).status_code == 302
    with alpha.work():
        guide = session.scalars(sa.select(Guide).where(Guide.category == "senior_card")).one()
        assert guide.bring == [{"zh": "身份证", "en": "Identity card"}, {"zh": "照片一张"}]
        assert (guide.slot_minutes, guide.per_slot, guide.days_ahead) == (15, 2, 7)
    shown = admin.get(page).text
    assert "身份证 | Identity card" in shown
    assert admin.post(page, **{**typed, "slot_minutes": "", "per_slot": ""}).status_code == 302
    for wrong in (
        {"per_slot": ""},
        {"steps": " "},
        {"slot_minutes": "4"},
        {"bring": "材料\n" * 21},
    ):
        answer = admin.post(page, **{**typed, **wrong})
        assert answer.status_code == 422, wrong
        assert f'href="#f-{next(iter(wrong))}"' in answer.text
    assert admin.get("/demands/settings/guides/papers").status_code == 404, "a group has none"


# Kinds and causes


def test_a_kind_is_renamed(alpha: District) -> None:
    typed = {"name_zh": "百姓诉求", "name_en": "Demands", **HINT}
    page = "/demands/settings/kinds/demands"
    assert alpha.client("admin").post(page, **typed).status_code == 302
    assert "百姓诉求" in alpha.client("resident").get("/demands/new?kind=demands").text
    with alpha.work():
        assert (
            session.scalars(sa.select(Kind).where(Kind.code == "demands")).one().appointments
            is False
        )


def test_causes_are_added_renamed_put_in_order_retired_and_brought_back(alpha: District) -> None:
    admin, base = alpha.client("admin"), "/demands/settings/reasons"
    typed = {"name_zh": "等待产权单位", "name_en": "Waiting for the owner"}
    assert admin.post(f"{base}/new", **typed, use="suspend").status_code == 302
    assert admin.post(f"{base}/new", **typed, use="other").status_code == 422
    code = _file(alpha)
    steward = alpha.client("courtyard")
    steward.post(f"/demands/{code}", verb="accept")

    def offered() -> list[str]:
        page = steward.get(f"/demands/{code}").text
        found = re.search(r'<select[^>]*id="f-code-suspend".*?</select>', page, re.DOTALL)
        assert found
        return re.findall(r'value="(\w+)"', found.group())

    assert offered()[-1] == "waiting_for_the_owner"
    admin.post(f"{base}/waiting_for_the_owner/shift", way="up")
    assert offered()[-2] == "waiting_for_the_owner"
    admin.post(f"{base}/waiting_for_the_owner/retire")
    assert "waiting_for_the_owner" not in offered()
    admin.post(f"{base}/waiting_for_the_owner/restore")
    assert "waiting_for_the_owner" in offered()
    admin.post(f"{base}/budget", name_zh="等钱", name_en="Waiting for money")
    assert "等钱" in steward.get(f"/demands/{code}").text


def test_what_was_decided_with_a_retired_cause_keeps_its_name(alpha: District) -> None:
    code, steward = _file(alpha), alpha.client("courtyard")
    steward.post(f"/demands/{code}", verb="accept")
    steward.post(f"/demands/{code}", verb="doubt", code="not_public", reason="私人事务")
    admin = alpha.client("admin")
    admin.post("/demands/settings/reasons/not_public/retire")
    assert "属于私人事务" in alpha.client("resident").get(f"/demands/{code}").text


def test_the_last_cause_of_a_use_stays(alpha: District) -> None:
    with alpha.work():
        actor = alpha.actor("admin")
        for row in list(menu.reasons("decline"))[:-1]:
            settings_commands.REASONS.retire(row, actor=actor)
        (last,) = [row.code for row in menu.reasons("decline")]
    alpha.client("admin").post(f"/demands/settings/reasons/{last}/retire")
    with alpha.work():
        assert [row.code for row in menu.reasons("decline")] == [last]
        assert session.scalar(sa.select(sa.func.count(ReasonCode.id)).where(~ReasonCode.retired))


def test_no_command_of_the_settings_serves_who_may_not(alpha: District) -> None:
    with alpha.work():
        officer, row = alpha.actor("officer"), menu.category("rubbish")
        label = {"zh": "新"}
        for command in (
            lambda: commands.set_times({}, actor=officer),
            lambda: settings_commands.drop_times("rubbish", actor=officer),
            lambda: settings_commands.set_terms(
                **{k: int(v) for k, v in TERMS.items()}, actor=officer
            ),
            lambda: settings_commands.CATEGORIES.retire(row, actor=officer),
            lambda: settings_commands.CATEGORIES.restore(row, actor=officer),
            lambda: settings_commands.CATEGORIES.shift(row, way="up", actor=officer),
            lambda: settings_commands.REASONS.add(
                use="suspend", name=label, actor=Actor("anonymous")
            ),
        ):
            with pytest.raises(Forbidden):
                command()
        assert session.scalar(sa.select(sa.func.count(Deadline.id)))


# Order and codes, purely
