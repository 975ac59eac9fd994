"""Figures are what their records say: recounted from custody, and opened one by one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from saas.demands import commands
from saas.demands.case import queries
from saas.demands.case.models import Custody, Demand
from saas.demands.commands import CLOCK, Deed, Intake
from saas.demands.figures import queries as figures
from saas.demands.figures.measures import BOARD
from saas.demands.figures.rules import CLIMBING_MEASURES
from saas.figures.board import Group, Line
from saas.figures.cut import Cut, month_after
from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.errors import AppError
from saas.territory import queries as territory
from saas.workdays.queries import working_time
from tests.support import District
from tests.thorough import examples

STAFF = ("courtyard", "compound", "community", "street", "officer")
BEGIN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SPAN = "from=2026-01&to=2026-12"


class Hands:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The clock of the product, in the test's hands."""
    found = Hands()
    monkeypatch.setattr(clock, "now", found.now)
    return found


def _file(alpha: District, number: int, category: str = "rubbish", channel: str = "own") -> Demand:
    """One demand by whatever way; inside `work`."""
    who = "resident" if channel in {"own", "room"} else "courtyard"
    return commands.file_demand(
        category=category,
        unit=alpha.unit("courtyard"),
        words=f"第 {number} 件",
        submission=f"figures-{number}".ljust(16, "-"),
        intake=Intake(channel=channel),
        actor=alpha.actor(who),
    )


def _try(alpha: District, demand: Demand, verb: str, who: str, **more: object) -> bool:
    """Do it if the rules let it be done."""
    actor = CLOCK if who == "clock" else alpha.actor(who)
    said: dict[str, object] = {
        "reason": "因为",
        "rating": 4 if verb in {"confirm", "rate"} else None,
    }
    said["code"] = {"doubt": "against_law", "suspend": "weather"}.get(verb)
    if verb == "suspend":
        said["until"] = clock.now().date() + timedelta(days=3)
    try:
        with session.begin_nested():
            commands.act(demand, Deed(verb, **{**said, **more}), actor=actor)  # type: ignore[arg-type]
    except AppError:
        session.refresh(demand)
        return False
    return True


def _cut(**more: object) -> Cut:
    root = territory.root()
    assert root is not None
    values = {"start": date(2026, 1, 1), "end": date(2026, 12, 1), "paths": (root.path,)}
    narrowed = {one.code: more.pop(one.code) for one in BOARD.facts.dimensions if one.code in more}
    return Cut(**{**values, **more, "narrowed": narrowed})  # type: ignore[arg-type]


ACTS = st.tuples(
    st.sampled_from(
        (
            "accept", "accept", "accept", "resolve", "pass_up", "pass_up", "return_down", "climb",
            "overdue", "ask", "answer", "suspend", "resume", "doubt", "uphold", "overrule",
            "appeal", "confirm", "rate", "reopen", "withdraw", "end", "note", "supervise", "lapse",
        )
    ),
    st.floats(min_value=0.05, max_value=60),
)  # fmt: skip
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(("rubbish", "lifts", "elders", "small_repairs")),
        st.sampled_from(("own", "desk", "phone")),
        st.lists(ACTS, min_size=1, max_size=14),
    ),
    min_size=1,
    max_size=4,
)


def _by_whom(alpha: District, demand: Demand, verb: str) -> Iterator[str]:
    """Who might do it: the clock, the resident, the staff of every level."""
    yield from ("clock",) if verb in {"climb", "overdue", "lapse"} else ("resident", *STAFF)


def _live(alpha: District, hands: Hands, histories: list[tuple[str, str, list[object]]]) -> None:
    for number, (category, channel, acts) in enumerate(histories):
        hands.at = BEGIN + timedelta(days=number)
        demand = _file(alpha, number, category, channel)
        for verb, hours in acts:  # type: ignore[misc]
            hands.at += timedelta(hours=hours)
            any(_try(alpha, demand, verb, who) for who in _by_whom(alpha, demand, verb))
    if len(histories) > 1:
        first, *_, last = session.scalars(sa.select(Demand).order_by(Demand.id)).all()
        for who in STAFF:
            _try(alpha, last, "merge", who, into=first)


@contextmanager
def _undone() -> Iterator[None]:
    """What is lived through inside is forgotten after it."""
    part = session.begin_nested()
    try:
        yield
    finally:
        part.rollback()
        session.expire_all()


class Recount:
    """A demand's figures from nothing but its custody."""

    def __init__(self, rows: list[Custody]) -> None:
        verbs = [row.verb for row in rows]
        accepted = next((i for i, row in enumerate(rows) if row.verb == "accept"), None)
        positions = {level.code: level.position for level in territory.ladder(queries.LADDER)}
        self.state = rows[-1].state
        self.peak = max(positions[row.level] for row in rows)
        self.passed_up, self.climbed = verbs.count("pass_up"), verbs.count("climb")
        self.returned, self.reopened = verbs.count("return_down"), verbs.count("reopen")
        self.accepted_at = rows[accepted].at if accepted is not None else None
        self.accepted_in_time: bool | None = None
        if accepted is not None:
            due, climbed = rows[accepted - 1].due_at, "climb" in verbs[:accepted]
            self.accepted_in_time = not climbed and (due is None or rows[accepted].at <= due)
        ratings = [row.rating for row in rows if row.rating is not None]
        self.rating = ratings[-1] if ratings else None
        self.worked_minutes = sum(
            working_time().between(before.at, after.at)
            for before, after in pairwise(rows)
            if before.state in {"waiting", "accepted", "doubted"}
        )


def _recounts() -> dict[int, Recount]:
    rows: dict[int, list[Custody]] = {}
    for row in session.scalars(sa.select(Custody).order_by(Custody.demand_id, Custody.number)):
        rows.setdefault(row.demand_id, []).append(row)
    return {demand_id: Recount(acts) for demand_id, acts in rows.items()}


def _percentile(values: list[int], share: float) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _expected(found: list[Recount]) -> dict[str, int]:
    once = [one for one in found if one.state != "merged"]
    fair = [one for one in once if one.state != "declined"]
    living = {"waiting", "accepted", "doubted", "asked", "suspended"}
    return {
        "received": len(once),
        "reasonable": len(fair),
        "accepted": sum(one.accepted_at is not None for one in once),
        "in_time": sum(bool(one.accepted_in_time) for one in once),
        "in_time_reasonable": sum(bool(one.accepted_in_time) for one in fair),
        "resolved": sum(one.state in {"resolved", "confirmed"} for one in once),
        "open": sum(one.state in living for one in once),
        **{
            state: sum(one.state == state for one in found)
            for state in ("declined", "ended", "withdrawn", "merged")
        },
        **{
            count: sum(getattr(one, count) > 0 for one in once)
            for count in ("passed_up", "climbed", "returned", "reopened")
        },
        "rated": sum(one.rating is not None for one in once),
        **{f"stars_{n}": sum(one.rating == n for one in once) for n in range(1, 6)},
    }


COLUMNS = (
    "state", "peak", "passed_up", "climbed", "returned", "reopened", "accepted_at",
    "accepted_in_time", "rating", "worked_minutes",
)  # fmt: skip


@settings(
    max_examples=examples(12, thorough=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories=HISTORIES)
def test_figures_equal_a_recount_of_custody_after_any_history(
    alpha: District, hands: Hands, histories: list[tuple[str, str, list[object]]]
) -> None:
    with alpha.work(), _undone():
        _live(alpha, hands, histories)
        recounts = _recounts()
        for demand in session.scalars(sa.select(Demand)):
            told = {name: getattr(demand, name) for name in COLUMNS}
            assert told == {name: getattr(recounts[demand.id], name) for name in COLUMNS}
        total, groups = BOARD.table(_cut(), "level")
        every = list(recounts.values())
        assert dict(total.counts) == _expected(every)
        took = [one.worked_minutes for one in every if one.state in {"resolved", "confirmed"}]
        assert total.median == pytest.approx(_percentile(took, 0.5))
        assert total.ninth == pytest.approx(_percentile(took, 0.9))
        _add_up(total, groups, _cut())


def _add_up(total: Line, groups: list[Group], cut: Cut) -> None:
    """Nothing twice, nothing lost: by outcome, by group, by month, on every step of the ladder."""
    outcomes = ("resolved", "open", "declined", "ended", "withdrawn")
    assert total["received"] == sum(total[name] for name in outcomes)
    assert total["reasonable"] == total["received"] - total["declined"]
    for name in BOARD.measures:
        assert total[name] == sum(group.line[name] for group in groups)
    assert total["received"] == sum(numbers[0] for _, numbers in BOARD.months(cut, "received"))
    steps = figures.ladder(cut)
    for step in steps:
        assert step.reached == step.stopped + step.waits + step.went_on
    assert steps[0].reached == total["received"]


def _some_life(alpha: District, hands: Hands) -> None:
    """A dozen demands that came to every kind of end, in two months; inside `work`."""
    endings: tuple[tuple[str, ...], ...] = (
        (), ("accept",), ("accept", "resolve"), ("accept", "resolve", "confirm"),
        ("accept", "pass_up", "accept", "resolve", "confirm"), ("climb", "accept", "resolve"),
        ("accept", "pass_up", "accept", "return_down", "accept", "resolve", "reopen"),
        ("accept", "doubt", "uphold"), ("withdraw",), ("accept", "ask"),
        ("climb", "climb", "climb", "climb", "accept", "end", "rate"),
    )  # fmt: skip
    for number, verbs in enumerate(endings):
        hands.at = BEGIN + timedelta(days=3 * number)
        channel, category = ("own", "phone")[number % 2], ("rubbish", "elders")[number % 2]
        demand = _file(alpha, number, category, channel)
        for verb in verbs:
            hands.at += timedelta(hours=2)
            assert any(_try(alpha, demand, verb, who) for who in _by_whom(alpha, demand, verb)), (
                verb,
                number,
            )
    one, other = _file(alpha, 90), _file(alpha, 91)
    assert _try(alpha, other, "merge", "courtyard", into=one)


NUMBER = re.compile(r'href="([^"]*/demands/records\?[^"]*)"[^>]*>([\d,]+)<')
HEADINGS = {
    "unit": "Place", "level": "Level", "category": "Category", "channel": "Channel",
    "month": "Month",
}  # fmt: skip
#: Hours and means: they open what they were worked out of.
DERIVED = re.compile(r'<td[^>]*data-label="(?:Median|90%|Satisfaction)[^"]*">.*?</td>')
ENTRIES = re.compile(r'class="pager"[^>]*><span>(\d+)')


@pytest.mark.parametrize("by", BOARD.facts.groupings)
def test_every_number_opens_as_many_records_as_it_says(
    alpha: District, hands: Hands, by: str
) -> None:
    with alpha.work():
        _some_life(alpha, hands)
        total, groups = BOARD.table(_cut(), by)
        lines = [(total, _cut()), *((group.line, group.cut) for group in groups)]
        for line, cut in lines:
            for measure in BOARD.measures:
                assert figures.list_records(measure, cut)[1] == line[measure], (by, measure)
        for step in figures.ladder(_cut()):
            for measure in CLIMBING_MEASURES:
                number = figures.list_records(measure, _cut().by(peak=step.level.code))[1]
                assert number == getattr(step, measure)
    visitor = alpha.client("officer")
    visitor.get("/language/en")
    page = DERIVED.sub("", visitor.get(f"/demands/figures?{SPAN}&by={by}").text)
    assert f">{HEADINGS[by]}</th>" in page
    links = NUMBER.findall(page)
    assert len(links) > 20
    for address, number in dict(links).items():
        opened = visitor.client.get(address.replace("&amp;", "&"))
        assert (ENTRIES.findall(opened.text) or ["0"]) == [number], address


def test_a_unit_sees_its_own_figures_and_nobody_elses(alpha: District, hands: Hands) -> None:
    with alpha.work():
        _some_life(alpha, hands)
    asked = f"/demands/figures?{SPAN}&unit="
    assert alpha.client("street").get(f"{asked}street_one").status_code == 200
    assert alpha.client("street").get(f"{asked}alpha").status_code == 404
    assert alpha.client("courtyard").get(f"{asked}compound_one").status_code == 404
    assert alpha.client("officer").get(f"{asked}nowhere").status_code == 404
    for who in ("resident", "keeper"):
        for path in ("figures", "figures/workbook", "records", "records/table"):
            assert alpha.client(who).get(f"/demands/{path}?{SPAN}").status_code == 403


def test_a_neighbouring_district_counts_nothing_of_it(
    alpha: District, beta: District, hands: Hands
) -> None:
    with alpha.work():
        _some_life(alpha, hands)
    with beta.work():
        assert BOARD.table(_cut(), "unit")[0]["received"] == 0


def test_figures_open_on_the_last_year_or_on_the_one_that_has_most(alpha: District) -> None:
    officer = alpha.client("officer")
    with alpha.work():
        today = clock.today()
    chosen = re.compile(r'name="since" type="month" value="(\d{4}-\d\d)"')

    def opens_on() -> str:
        found = chosen.search(officer.get("/demands/figures").text)
        assert found
        return found[1]

    def filed(at: date, number: int) -> None:
        then = datetime.combine(at, time(1), UTC)
        with alpha.work(), clock.turned(min(then - clock.now(), timedelta())):
            for each in range(number):
                commands.file_demand(
                    category="rubbish", unit=alpha.unit("courtyard"), words="桶满了",
                    submission=f"{at}-{each}".ljust(16, "-"),
                    intake=Intake(channel="desk"), actor=alpha.actor("courtyard"),
                )  # fmt: skip

    last_twelve = f"{month_after(today.replace(day=1), -11):%Y-%m}"
    assert opens_on() == last_twelve, "nothing anywhere"
    filed(today, 1)
    assert opens_on() == f"{today:%Y-%m}", "a district in its first month"
    filed(date(today.year - 6, 3, 2), 3)
    assert opens_on() == f"{today.year - 6}-01", "most is in that year"
    for back in range(1, 6):
        filed(month_after(today.replace(day=1), -back), 1)
    assert opens_on() == last_twelve, "half of the months have something"


def test_what_cannot_be_read_is_said_at_its_field_and_the_rest_still_counts(
    alpha: District,
) -> None:
    officer = alpha.client("officer")
    officer.get("/language/en")
    for wrong in (
        "since=2026-13",
        "until=never",
        "since=3月",
        "level=attic",
        "kind=x",
        "channel=x",
    ):
        page = officer.get(f"/demands/figures?{wrong}")
        assert page.status_code == 200
        assert "field__error" in page.text, wrong
    for passed_over in ("by=colour", "from=singlemessage&isappinstalled=0", "from=timeline"):
        page = officer.get(f"/demands/figures?{passed_over}")
        assert page.status_code == 200
        assert "field__error" not in page.text, passed_over
    for wrong in ("measure=luck", "measure=reached", "from=groupmessage"):
        assert officer.get(f"/demands/records?{wrong}").status_code == 200


@pytest.mark.parametrize(
    "asked",
    ["since=2026-03&until=2026-05", "since=2026/3&until=2026.5",
     "since=2026年3月&until=２０２６年５月", "from=2026-03&to=2026-05"],
)  # fmt: skip
def test_a_month_is_taken_however_it_is_typed_and_by_its_former_name(
    alpha: District, asked: str
) -> None:
    page = alpha.client("officer").get(f"/demands/figures?{asked}")
    assert 'name="since" type="month" value="2026-03"' in page.text
    assert 'name="until" type="month" value="2026-05"' in page.text


def test_filters_narrow_the_numbers_and_their_records_alike(alpha: District, hands: Hands) -> None:
    with alpha.work():
        _some_life(alpha, hands)
        for narrowed in (
            {"channel": "phone"}, {"kind": "demands"}, {"category": "sanitation"},
            {"level": "compound"}, {"start": date(2026, 4, 1)}, {"unit": alpha.unit("compound")},
            {"unit": alpha.unit("compound"), "own": True},
        ):  # fmt: skip
            cut = _cut(**narrowed)
            total, groups = BOARD.table(cut, "category")
            _add_up(total, groups, cut)
            assert total["received"] == figures.list_records("received", cut)[1]
        assert BOARD.table(_cut(channel="phone"), "unit")[0]["received"] == 5


def test_the_month_of_a_demand_is_that_of_the_district(alpha: District, hands: Hands) -> None:
    with alpha.work():
        hands.at = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)  # one in the morning in Shanghai
        _file(alpha, 1)
        assert BOARD.table(_cut(end=date(2026, 3, 1)), "month")[0]["received"] == 0
        assert BOARD.table(_cut(start=date(2026, 4, 1)), "month")[0]["received"] == 1


def test_the_workbook_has_the_same_numbers_as_numbers(alpha: District, hands: Hands) -> None:
    with alpha.work():
        _some_life(alpha, hands)
        total = BOARD.table(_cut(), "unit")[0]
        alpha.unit("street").name = {"zh": "=1+1", "en": "=1+1"}
    visitor = alpha.client("officer")
    visitor.get("/language/en")
    answer = visitor.get(f"/demands/figures/workbook?{SPAN}")
    assert answer.status_code == 200
    chinese = alpha.client("officer").get(f"/demands/figures/workbook?{SPAN}")
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(chinese.data)).sheet_names) == 8
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert book.sheet_names[:2] == ["Overview", "Place"]
    facts = dict(row[:2] for row in book.get_sheet_by_name("Overview").to_python() if row[0])
    assert facts["Received"] == total["received"]
    assert facts["Resolved of received"] == pytest.approx(total["resolved"] / total["received"])
    assert facts["Months"] == "Jan 2026 – Dec 2026"
    table = book.get_sheet_by_name("Place").to_python()
    assert table[1][:2] == ["=1+1", total["received"]]
    assert any(row[0] == "Resolved" for row in book.get_sheet_by_name("Definitions").to_python())


def test_the_table_of_records_has_nothing_personal_and_no_formula(
    alpha: District, hands: Hands
) -> None:
    with alpha.work():
        _some_life(alpha, hands)
        alpha.unit("courtyard").name = {"zh": "=cmd()", "en": "=cmd()"}
    text = alpha.client("officer").get(f"/demands/records/table?measure=received&{SPAN}").text
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(rows) == 1 + 12
    assert {row[3] for row in rows[1:]} == {"'=cmd()"}
    assert "第 " not in text
    assert "alpha resident" not in text


def test_the_page_asks_the_same_questions_whatever_the_number(
    alpha: District, hands: Hands
) -> None:
    visitor, sent = alpha.client("officer"), []

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    def asked() -> int:
        sent.clear()
        assert visitor.get(f"/demands/figures?{SPAN}").status_code == 200
        return len(sent)

    with alpha.work():
        _file(alpha, 0)
    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        asked()
        few = asked()
        with alpha.work():
            for number in range(1, 30):
                _file(alpha, number)
        assert asked() == few
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
