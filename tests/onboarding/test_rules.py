"""Reading cells and hours: whatever stands there is read or told, and comes back as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.kernel.workbooks import Sheet, plain, tidy
from saas.onboarding.workbook.rules import resolve
from saas.onboarding.workbook.rules.hours import Lexicon, hours_from_words, hours_in_words
from saas.onboarding.workbook.rules.reading import NEEDED, read_sheets
from saas.onboarding.workbook.rules.world import Checks, KnownKind, KnownRole, KnownUnit, World

ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS: dict[str, tuple[int, ...]] = {
    **{name: (day,) for day, name in enumerate(ZH, 1)},
    **{name[1]: (day,) for day, name in enumerate(ZH, 1)},
    **{name.casefold(): (day,) for day, name in enumerate(EN, 1)},
    "每天": (1, 2, 3, 4, 5, 6, 7),
    "周末": (6, 7),
    "和": (),
}
WORDS = Lexicon(_DAYS, ("至", "到", "to"), ZH)
ENGLISH = Lexicon(_DAYS, ("to", "至", "到"), EN)
WEEK = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("周一至周五 9:00-17:00", [(WEEK, "09:00", "17:00")]),
        ("周一到五９：００—１７：００", [(WEEK, "09:00", "17:00")]),
        ("Mon-Fri 9:00-12:00, 14:00-17:30; Sat 9-12",
         [(WEEK, "09:00", "12:00"), (WEEK, "14:00", "17:30"), ([6], "09:00", "12:00")]),
        ("周一、三、五 8:30～11:30", [([1, 3, 5], "08:30", "11:30")]),
        ("周六和周日 10:00-16:00", [([6, 7], "10:00", "16:00")]),
        ("每天 0:00-23:59", [([1, 2, 3, 4, 5, 6, 7], "00:00", "23:59")]),
        ("周六至周一 9-10", [([6, 7, 1], "09:00", "10:00")]),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text: str, rows: list[Any]) -> None:
    wanted = [dict(zip(("days", "opens", "closes"), row, strict=True)) for row in rows]
    assert hours_from_words(text, WORDS) == wanted


@pytest.mark.parametrize(
    "text", ["", "9:00-17:00", "周一", "周一 9:00", "周八 9-10", "周一至 9-10", "周一 25:00-26:00",
             "周一 9-10 大概", "周一至和 9-10"],
)  # fmt: skip
def test_unclear_hours_are_not_guessed(text: str) -> None:
    assert hours_from_words(text, WORDS) is None


_TIMES = st.integers(0, 23 * 60 + 59).map(lambda n: f"{n // 60:02}:{n % 60:02}")
_ROWS = st.lists(
    st.builds(
        lambda days, opens, closes: {"days": sorted(days), "opens": opens, "closes": closes},
        st.sets(st.integers(1, 7), min_size=1),
        _TIMES,
        _TIMES,
    ),
    min_size=1,
    max_size=6,
)


@given(_ROWS, st.sampled_from([WORDS, ENGLISH]))
def test_hours_written_in_words_are_read_back(rows: list[Any], lexicon: Lexicon) -> None:
    assert hours_from_words(hours_in_words(rows, lexicon), lexicon) == rows


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_hours(text: str) -> None:
    rows = hours_from_words(text, WORDS)
    assert rows is None or all(row["days"] for row in rows)


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert plain(tidy(text)) == plain(text)


HEADINGS = {
    section: {plain(name): name for name in (*needed, "code", "parent", "phone", "keeper", "open")}
    for section, needed in NEEDED.items()
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
    flags={"yes": True},
    days=WORDS,
    checks=Checks(
        login=lambda text: text.isalnum(),
        phone=lambda text: text if text.isdigit() else None,
        identity=lambda text: True,
        hours=lambda rows: True,
    ),
    today=date(2026, 11, 22),
)
_CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(),
    st.sampled_from(["街道", "社区", "甲", "乙", "本区", "干事", "区级", " 甲 ", "８", "8"]),
)  # fmt: skip


@given(st.sampled_from(sorted(NEEDED)), st.lists(st.lists(_CELLS, max_size=7), max_size=8))
def test_every_row_of_noise_is_planned_or_has_a_fault(section: str, grid: list[Any]) -> None:
    heads = list(HEADINGS[section])
    draft = read_sheets([Sheet("s", [heads, *grid], [])], HEADINGS)
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
    draft = read_sheets([Sheet("s", [["kind", "parent", "name"], *rows], [])], HEADINGS)
    plan = resolve(draft, WORLD)
    assert plan.faults == []
    assert [step.kind for step in plan.units] == ["street", "street", "community", "community"]
    assert len({step.parent for step in plan.units}) == 3
