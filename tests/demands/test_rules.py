"""Every cell of the state table, every obstacle, and the clock of a level."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saas.casework.clock import Clock, paused, resumed, started
from saas.casework.table import Cell
from saas.demands.case import rules as case_rules
from saas.demands.case import words
from saas.demands.case.rules import Facts, Windows
from saas.kernel.likeness import alike
from saas.kernel.personal import without_personal_data

WINDOWS = Windows(reopen_days=15, appeal_days=15, confirm_days=7, answer_days=5)
#: What is meant, told once more: state → verb: state after, by whom. What is missing is refused.
MEANT = """
waiting    accept>accepted/handler transfer>waiting/handler climb>waiting/clock
           overdue>waiting/clock merge>merged/handler note>waiting/handler
           supervise>waiting/supervisor withdraw>withdrawn/filer
accepted   resolve>resolved/handler ask>asked/handler pass_up>waiting/handler
           return_down>waiting/handler transfer>waiting/handler join>accepted/handler
           contribute>accepted/helper release>accepted/handler suspend>suspended/handler
           doubt>doubted/handler end>ended/handler climb>waiting/clock overdue>accepted/clock
           reply>accepted/handler merge>merged/handler note>accepted/handler
           supervise>accepted/supervisor withdraw>withdrawn/filer
asked      answer>accepted/filer resume>accepted/handler wake>accepted/clock reply>asked/handler
           note>asked/handler supervise>asked/supervisor withdraw>withdrawn/filer
suspended  resume>accepted/handler wake>accepted/clock reply>suspended/handler
           note>suspended/handler supervise>suspended/supervisor withdraw>withdrawn/filer
doubted    uphold>declined/reviewer overrule>accepted/reviewer climb>waiting/clock
           overdue>doubted/clock note>doubted/handler supervise>doubted/supervisor
           withdraw>withdrawn/filer
resolved   confirm>confirmed/filer reopen>waiting/filer lapse>confirmed/clock hold>resolved/clock
confirmed  rate>confirmed/filer reopen>waiting/filer
ended      rate>ended/filer reopen>waiting/filer
declined   appeal>waiting/filer
merged     unmerge>waiting/handler part>waiting/clock
withdrawn
"""


def _cell(facts: Facts, verb: str) -> Cell | None:
    """What the verb does, unless something stands in its way."""
    return (
        None if case_rules.obstacle(facts, verb, WINDOWS) else case_rules.TABLE[facts.state, verb]
    )


def _meant() -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    state = ""
    for line in MEANT.strip().splitlines():
        parts = line.split()
        if not line.startswith(" "):
            state, *parts = parts
        for part in parts:
            verb, rest = part.split(">")
            after, by = rest.split("/")
            found[state, verb] = after, by
    return found


@pytest.mark.parametrize(("state", "verb"), list(product(case_rules.STATES, case_rules.VERBS)))
def test_every_cell_is_what_is_meant(state: str, verb: str) -> None:
    cell = case_rules.TABLE.get((state, verb))
    assert ((cell.after, cell.by) if cell else None) == _meant().get((state, verb))


@pytest.mark.parametrize(("state", "verb"), list(product(case_rules.STATES, case_rules.VERBS)))
def test_a_verb_without_a_cell_is_refused_at_every_place(state: str, verb: str) -> None:
    for up, down in product((True, False), (True, False)):
        facts = Facts(state, has_up=up, has_down=down, helpers_open=0)
        cell = _cell(facts, verb)
        assert cell is None or (state, verb) in case_rules.TABLE
        assert cell is None or cell.move != "up" or up
        assert cell is None or cell.move != "down" or down
        assert cell is None or "below_top" not in cell.unless or not up


def test_the_highest_level_ends_what_it_cannot_solve_and_only_the_highest() -> None:
    for has_up, verb, why in ((True, "pass_up", "top"), (False, "end", "below_top")):
        facts = Facts("accepted", has_up=has_up)
        assert _cell(facts, verb)
        assert case_rules.obstacle(replace(facts, has_up=not has_up), verb, WINDOWS) == why
    assert _cell(Facts("waiting", has_up=False), "overdue")
    assert case_rules.obstacle(Facts("waiting", has_up=False), "climb", WINDOWS) == "top"
    assert case_rules.obstacle(Facts("waiting", has_up=True), "overdue", WINDOWS) == "below_top"


@pytest.mark.parametrize(("state", "verb"), [("resolved", "reopen"), ("declined", "appeal")])
def test_what_can_be_done_for_some_days_cannot_be_done_a_moment_later(
    state: str, verb: str
) -> None:
    last = Facts(state, ended_ago=timedelta(days=15))
    assert case_rules.obstacle(last, verb, WINDOWS) is None
    late = replace(last, ended_ago=timedelta(days=15, microseconds=1))
    assert case_rules.obstacle(late, verb, WINDOWS) == f"{verb}_over"


def test_one_rating_and_one_appeal() -> None:
    assert _cell(Facts("confirmed"), "rate")
    assert case_rules.obstacle(Facts("confirmed", rated=True), "rate", WINDOWS) == "rated"
    assert _cell(Facts("declined"), "appeal")
    assert case_rules.obstacle(Facts("declined", appealed=True), "appeal", WINDOWS) == "appealed"


@pytest.mark.parametrize(
    "verb", ["resolve", "pass_up", "return_down", "transfer", "doubt", "suspend", "merge"]
)
def test_who_leads_waits_for_the_helpers_or_lets_them_go(verb: str) -> None:
    assert _cell(Facts("accepted"), verb)
    assert case_rules.obstacle(Facts("accepted", helpers_open=1), verb, WINDOWS) == "helpers"
    for still in ("contribute", "release", "join", "reply"):
        assert _cell(Facts("accepted", helpers_open=1), still)


def test_helpers_do_not_hold_up_the_clock() -> None:
    assert _cell(Facts("accepted", helpers_open=2), "climb")


def test_every_verb_state_list_and_obstacle_has_words() -> None:
    people = {verb for (_, verb), cell in case_rules.TABLE.items() if cell.by != "clock"}
    assert people == set(words.DO) == {verb.code for verb in words.VERBS.values() if verb.icon}
    assert set(case_rules.VERBS) == set(words.VERBS) - {"file", "take_over", "rebook", "remind"}
    assert {verb.group for verb in words.VERBS.values() if verb.do} == {*words.GROUPS, "own"}
    bars = {bar for cell in case_rules.TABLE.values() for bar in cell.unless}
    assert {"state", *bars} == set(words.OBSTACLE)
    assert set(case_rules.STATES) == set(words.STATE)
    assert set(case_rules.CHANNELS) == set(words.CHANNEL)
    asking = {verb for (_, verb), cell in case_rules.TABLE.items() if "reason" in cell.asks}
    assert asking == {verb.code for verb in words.VERBS.values() if verb.ask}
    asked = {field for cell in case_rules.TABLE.values() for field in cell.asks}
    assert asked <= set(words.MISSING)


def test_living_and_done_share_nothing_and_a_clock_runs_only_in_the_living() -> None:
    assert not set(case_rules.LIVING) & set(case_rules.DONE)
    assert set(case_rules.RUNNING) <= set(case_rules.LIVING)
    for (_, verb), cell in case_rules.TABLE.items():
        if cell.clock in {"accept", "resolve", "resume", "review"}:
            assert cell.after in case_rules.RUNNING, verb
        if cell.clock == "stop":
            assert cell.after in case_rules.DONE, verb
        if cell.clock == "pause":
            assert cell.after in case_rules.LIVING, verb
            assert cell.after not in case_rules.RUNNING, verb


def test_a_move_begins_the_clock_of_the_level_and_words_never_do() -> None:
    for (state, verb), cell in case_rules.TABLE.items():
        if cell.move:
            assert cell.clock == "accept", (state, verb)
        if verb in {"reply", "note", "supervise", "join", "contribute", "release", "rate"}:
            assert cell.clock == "keep", (state, verb)
            assert cell.after == state


class Always:
    """A district that works day and night: minutes are minutes."""

    def add(self, start: datetime, minutes: int) -> datetime:
        """So many minutes later."""
        return start + timedelta(minutes=minutes)

    def between(self, start: datetime, end: datetime) -> int:
        """The whole minutes from one to the other."""
        return max(int((end - start).total_seconds() // 60), 0)


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_light_turns_at_the_set_share_and_at_the_end() -> None:
    clock = started(NOW, 8, 75, Always())
    seen = [case_rules.light("waiting", clock, NOW + timedelta(hours=h)) for h in (0, 5, 6, 8)]
    assert seen == ["good", "good", "warn", "late"]
    assert case_rules.light("waiting", Clock(), NOW) == "good"
    assert case_rules.light("asked", Clock(), NOW) == "paused"
    assert [case_rules.light(state, Clock(), NOW) for state in ("resolved", "confirmed")] == [
        "done"
    ] * 2
    assert case_rules.light("withdrawn", Clock(), NOW) == "ended"


@given(
    hours=st.integers(1, 200),
    percent=st.integers(1, 99),
    spans=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=6),
)
def test_a_clock_that_is_paused_again_and_again_gives_no_minute_more_and_none_less(
    hours: int, percent: int, spans: list[tuple[int, int]]
) -> None:
    working, now, used = Always(), NOW, 0
    clock = started(now, hours, percent, working)
    for run, rest in spans:
        left = hours * 60 - used
        now += timedelta(minutes=run)
        clock = paused(clock, now, None, working)
        used += min(run, left)
        assert clock.left == hours * 60 - used
        now += timedelta(minutes=rest)
        clock = resumed(clock, now, percent, working)
    assert clock.due_at == now + timedelta(minutes=hours * 60 - used)
    assert clock.warn_at is not None
    assert clock.next_at is not None
    assert now <= clock.warn_at <= max(clock.due_at, now)
    assert clock.next_at in {clock.warn_at, clock.due_at}


@given(st.text(max_size=200))
def test_blotting_out_twice_is_blotting_out_once(text: str) -> None:
    once = without_personal_data(text)
    assert without_personal_data(once) == once


@pytest.mark.parametrize(
    "secret",
    [
        "13812345678", "138-1234-5678", "138 1234 5678", "+86 13812345678",
        "０１３８１２３４５６７８",
        "510304199001011234", "51030419900101123X", "6222021234567890123", "0813-2345678",
        "li.xiang@example.com", "川C12345", "川A·D12345",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["%s", "电话%s，请回电", "call %s now"])
def test_numbers_and_addresses_of_people_are_blotted_out(secret: str, around: str) -> None:
    told = without_personal_data(around % secret)
    assert "▇" in told
    assert sum(c.isdigit() for c in told) <= sum(c.isdigit() for c in secret) // 2
    assert secret not in told


@pytest.mark.parametrize(
    "plain", ["三楼到四楼的路灯坏了 3 天", "12345 热线", "2026-11-22 10:30", "301 室"]
)
def test_what_points_at_nobody_stays(plain: str) -> None:
    assert without_personal_data(plain) == plain


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1


def test_the_same_matter_in_other_words_is_more_alike_than_another_matter() -> None:
    one, same = "楼道灯坏了一个星期，晚上看不见台阶", "晚上楼道的灯坏了看不见台阶"
    assert alike(one, same) > 0.4 > alike(one, "小区门口垃圾没人清运")
