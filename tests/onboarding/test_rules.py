"""Reading cells and hours: whatever stands there is read or told, and comes back as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.workbooks import plain, tidy
from saas.onboarding.workbook.rules import resolve
from saas.onboarding.workbook.rules.world import Checks, KnownKind, KnownRole, KnownUnit, World
from saas.onboarding.workbook.words import TABLES
from saas.sheets import Sheet, read_sheets


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert plain(tidy(text)) == plain(text)


MORE = {"code", "parent", "phone", "keeper", "hours"}
HEADINGS = {
    table.key: (table, {plain(c.key): c.key for c in table.columns if c.needed or c.key in MORE})
    for table in TABLES
}
WORLD = World(
    kinds={
        "district": KnownKind("district", {"zh": "区"}, (), 0),
        "street": KnownKind("street", {"zh": "街道"}, ("district",), 1),
        "community": KnownKind("community", {"zh": "社区"}, ("street",), 2),
    },
    units={"here": KnownUnit("here", "district", {"zh": "本区"}, None)},
    roles={"officer": KnownRole("officer", {"zh": "干事"}, ("street",))},
    people=(),
    vacant={},
    rooms={},
    offered={},
    keepers={},
    levels={"top": {"zh": "区级"}},
    times={},
    checks=Checks(
        login=lambda text: text.isalnum(),
        phone=lambda text: text if text.isdigit() else None,
        identity=lambda text: True,
        hours=lambda text: [],
        hours_told=lambda rows: "",
    ),
    today=date(2026, 11, 22),
)
_CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(),
    st.sampled_from(["街道", "社区", "甲", "乙", "本区", "干事", "区级", " 甲 ", "８", "8"]),
)  # fmt: skip


@given(st.sampled_from(sorted(HEADINGS)), st.lists(st.lists(_CELLS, max_size=7), max_size=8))
def test_every_row_of_noise_is_planned_or_has_a_fault(section: str, grid: list[Any]) -> None:
    heads = list(HEADINGS[section][1])
    draft = read_sheets([Sheet("s", [heads, *grid], [])], list(HEADINGS.values()))
    plan = resolve(draft, WORLD)
    faulty = {fault.row for fault in plan.faults}
    planned = {step.said.row for _, _, step in plan.steps()}
    planned |= {post.said.row for person in plan.people for post in person.posts}
    for said in draft.rows[section]:
        assert said.row in faulty | planned
    for fault in plan.faults:
        assert fault.cell is not None
        assert fault.row >= 1
    if not plan.faults:
        assert len(planned) == draft.total


@given(st.permutations([
    ["street", "", "甲街"], ["community", "甲街", "乙社"],
    ["street", "", "丙街"], ["community", "丙街", "乙社"],
]))  # fmt: skip
def test_the_order_of_rows_does_not_matter(rows: list[list[str]]) -> None:
    draft = read_sheets(
        [Sheet("s", [["kind", "parent", "name"], *rows], [])], list(HEADINGS.values())
    )
    plan = resolve(draft, WORLD)
    assert plan.faults == []
    assert [step.kind for step in plan.units] == ["street", "street", "community", "community"]
    assert len({step.parent for step in plan.units}) == 3
