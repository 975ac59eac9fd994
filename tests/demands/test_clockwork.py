"""The clock: nothing is lost, whoever looks away, and nothing happens twice."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.models import Holding
from saas.demands import queries
from saas.demands.case import commands, jobs
from saas.demands.case import queries as cases
from saas.demands.case.commands import clockwork
from saas.demands.case.models import Custody, Demand, Helper
from saas.jobs.worker import run_job
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.context import SYSTEM
from saas.kernel.db import session
from saas.notices import commands as notices
from saas.notices.models import Notice
from saas.workdays import commands as workdays
from saas.workdays.queries import working_time
from tests.demands.working import act, after, at, file, ring, story, verbs
from tests.support import District, bring_up, run_worker

#: A Monday morning in a week without holidays, 10:00 in Shanghai.
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
LEVELS = ["courtyard", "compound", "community", "street", "district"]


def _kinds(district: District, who: str) -> list[str]:
    query = sa.select(Notice.kind).where(Notice.person_id == district.people[who])
    return [kind.removeprefix("demands.") for kind in session.scalars(query.order_by(Notice.id))]


def test_a_demand_that_nobody_touches_climbs_all_five_levels_with_timed_custody(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        due = [demand.due_at]
        for _ in LEVELS[1:]:
            with at(after(demand.due_at, seconds=1)):
                assert ring() == 1
                due.append(demand.due_at)
        rows = story(demand)
        assert [row.level for row in rows] == LEVELS
        assert [row.verb for row in rows] == ["file", *["climb"] * 4]
        assert [row.due_at for row in rows] == due
        assert all(row.actor_kind == "clock" for row in rows[1:])
        assert demand.state == "waiting"
        with at(after(demand.due_at, seconds=1)):
            assert ring() == 1
            assert ring() == 0
        assert verbs(demand)[-1] == "overdue"
        assert demand.due_at == due[-1], "a passed deadline stays what it was"
        assert "overdue" in _kinds(alpha, "officer")


def test_accepting_begins_the_time_to_resolve_and_its_end_passes_the_demand_up(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        hours = queries.ground().hours("courtyard", "rubbish")
        assert hours is not None
        assert working_time().between(MONDAY, after(demand.due_at)) == hours.resolve * 60 + 1
        with at(after(demand.due_at, seconds=1)):
            ring()
        assert (demand.level, demand.state) == ("compound", "waiting")


def test_words_do_not_start_the_clock_again(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        before = demand.due_at, demand.clock
        with at(MONDAY + timedelta(hours=5)):
            for verb in ("reply", "note"):
                act(alpha, demand, "courtyard", verb)
            act(alpha, demand, "street", "supervise")
            act(alpha, demand, "courtyard", "join", unit="compound", hours=4)
        assert (demand.due_at, demand.clock) == before


def test_it_is_warned_once_at_the_set_share_and_the_notice_goes_when_somebody_acts(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        with at(after(demand.warn_at, seconds=1)):
            assert ring() == 1
            assert ring() == 0
            assert _kinds(alpha, "courtyard") == ["new", "due_soon"]
            act(alpha, demand, "courtyard", "accept")
        open_ = sa.select(sa.func.count()).where(
            Notice.person_id == alpha.people["courtyard"], Notice.done_at.is_(None)
        )
        session.flush()
        assert session.scalar(open_) == 0


def test_a_holiday_and_a_make_up_day_move_the_deadline(alpha: District) -> None:
    friday = datetime(2026, 11, 27, 7, tzinfo=UTC)  # 15:00, four hours are left for accepting
    with alpha.work(), at(friday):
        plain = file(alpha).due_at
        workdays.set_day(date(2026, 11, 30), works=False, name={"zh": "区庆"}, actor=SYSTEM)
        queries.forget_ground()
        later = file(alpha).due_at
        assert after(plain, days=1) == later
        workdays.set_day(date(2026, 11, 28), works=True, name={"zh": "调休"}, actor=SYSTEM)
        queries.forget_ground()
        assert after(file(alpha).due_at).date() == date(2026, 11, 28)


def test_a_suspended_demand_keeps_what_time_was_left_and_wakes_on_its_day(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        left = working_time().between(clock.now(), after(demand.due_at))
        act(alpha, demand, "courtyard", "suspend", code="parts", until=date(2026, 12, 7))
        assert demand.due_at is None
        with at(datetime(2026, 12, 6, 15, 59, tzinfo=UTC)):
            assert ring() == 0
        with at(datetime(2026, 12, 6, 16, 1, tzinfo=UTC)):
            assert ring() == 1
            assert demand.state == "accepted"
            now_left = working_time().between(clock.now(), after(demand.due_at))
        assert abs(now_left - left) <= 1
        assert verbs(demand)[-1] == "wake"


def test_a_question_to_the_resident_holds_the_clock_until_the_answer_or_for_some_days(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        asked, silent = file(alpha), file(alpha)
        for demand in (asked, silent):
            act(alpha, demand, "courtyard", "accept")
            act(alpha, demand, "courtyard", "ask", reason="在几楼？")
        with at(MONDAY + timedelta(days=2)):
            act(alpha, asked, "resident", "answer", reason="三楼")
        with at(MONDAY + timedelta(days=5, minutes=1)):
            ring()
        assert "answer" in verbs(asked)
        assert "wake" not in verbs(asked)
        assert verbs(silent)[-1] == "wake"
        assert silent.state == "accepted"
        assert "yours_asked" in _kinds(alpha, "resident")
        assert "answered" in _kinds(alpha, "courtyard")


def test_silence_after_resolving_counts_as_consent_and_says_so(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "resolve")
        notices.mark_all_read(actor=alpha.actor("resident"))
        with at(MONDAY + timedelta(days=7, minutes=1)):
            assert ring() == 1
        assert (demand.state, verbs(demand)[-1]) == ("confirmed", "lapse")
        assert demand.rating is None


def _vacate(district: District, who: str) -> None:
    session.execute(
        sa.update(Holding)
        .where(Holding.person_id == district.people[who])
        .values(until=clock.now())
    )


def test_a_vacant_post_swallows_nothing_the_nearest_filled_level_is_told_and_the_gap_is_listed(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        _vacate(alpha, "courtyard")
        _vacate(alpha, "compound")
        demand = file(alpha)
        assert demand.holder_id == alpha.unit("courtyard").id
        assert _kinds(alpha, "community") == ["vacant"]
        gaps = cases.gaps([alpha.unit("root").path])
        assert [(gap.unit.id, gap.demands) for gap in gaps] == [(demand.holder_id, 1)]
        assert gaps[0].watch == alpha.unit("community")
        with at(after(demand.due_at, seconds=1)):
            ring()
        assert demand.level == "compound"
        assert _kinds(alpha, "community") == ["vacant", "vacant"]
        assert "community" not in verbs(demand)
    page = alpha.client("street").get("/demands/gaps").text
    assert "alphacompound" in page
    assert "alphacommunity" in page


def test_where_no_level_is_filled_the_gap_says_that_nobody_was_told(alpha: District) -> None:
    with alpha.work():
        for who in ("courtyard", "compound", "community", "street", "officer", "admin"):
            _vacate(alpha, who)
        file(alpha)
        (gap,) = cases.gaps([alpha.unit("root").path])
        assert gap.watch is None


def test_a_helper_has_its_own_time_and_its_end_is_told_to_both(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "join", unit="community", hours=2)
        session.flush()
        helper = session.scalars(sa.select(Helper)).one()
        assert working_time().between(MONDAY, helper.due_at) == 121
        with at(after(helper.due_at, seconds=1)):
            assert ring() >= 1
        for who in ("courtyard", "community"):
            assert _kinds(alpha, who)[-1] in {"help_overdue", "due_soon"}
            assert "help_overdue" in _kinds(alpha, who)
        assert demand.state == "accepted"


def test_a_clock_that_jumps_back_or_far_ahead_loses_nothing_and_repeats_nothing(
    alpha: District,
) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        with at(MONDAY + timedelta(days=60)):
            assert ring() == 1
        with at(MONDAY):
            assert ring() == 0
        assert verbs(demand) == ["file", "climb"]
        due = demand.due_at
        with at(MONDAY + timedelta(days=30)):
            assert ring() == 0, "its time begins when it came, not before"
        assert demand.due_at == due


def test_the_night_watch_finds_what_slipped_moves_it_on_and_reports_it(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        with at(after(demand.warn_at, seconds=1)):
            ring()
        with at(after(demand.due_at, minutes=14)):
            assert commands.repair() == 0
        with at(after(demand.due_at, hours=2)):
            assert commands.repair() == 1
            ring()
            assert commands.repair() == 0
        report = session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "demands.repair")
        ).one()
        assert report.facts == {"codes": [demand.code]}
        assert [repair.codes for repair in cases.repairs([alpha.unit("root").path])] == [
            [demand.code]
        ]
        code = demand.code
    assert code in alpha.client("admin").get("/demands/gaps").text
    assert code not in alpha.client("street").get("/demands/gaps").text, (
        "the codes of the whole district"
    )


def test_alarms_of_one_minute_are_one_job_and_are_gone_when_the_transaction_is(
    app: Flask, alpha: District
) -> None:
    def waiting() -> int:
        return session.scalar(sa.text("SELECT count(*) FROM jobs.procrastinate_jobs")) or 0

    with alpha.work(), at(MONDAY):
        file(alpha)
        scope = alpha.tenant
        assert scope.role
        session.flush()
        first = session.info["casework.alarms"][1]
        file(alpha)
        assert session.info["casework.alarms"][1] == first


@pytest.mark.commits
def test_several_workers_at_once_pass_each_demand_up_exactly_once(app: Flask) -> None:
    district = bring_up(app, "manyhands")
    with district.work(), clock.turned(timedelta(days=-60)):
        codes = [file(district).code for _ in range(60)]
    threads = [
        threading.Thread(target=run_job, args=(app, jobs.tick, district.tenant.key))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with district.work():
        climbed = sa.select(Custody.demand_id, sa.func.count()).where(Custody.verb == "climb")
        counts = dict(session.execute(climbed.group_by(Custody.demand_id)).tuples().all())
        demands = session.scalars(sa.select(Demand)).all()
        assert len(demands) == len(codes)
        assert all(counts[demand.id] == demand.climbed for demand in demands)
        assert {demand.climbed for demand in demands} == {1}
        numbers = sa.select(Custody.demand_id, sa.func.max(Custody.number), sa.func.count())
        for _, highest, number in session.execute(numbers.group_by(Custody.demand_id)):
            assert highest == number


@pytest.mark.commits
def test_a_worker_does_what_is_due_and_one_that_fails_does_not_hold_up_the_others(
    app: Flask, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = bring_up(app, "poisoned")
    with district.work(), clock.turned(timedelta(days=-60)):
        codes = [file(district).code for _ in range(5)]
    original = clockwork.act

    def fails_on_the_third(demand: Demand, *args: object, **kwargs: object) -> None:
        if demand.code == codes[2]:
            raise RuntimeError("this one is broken")
        original(demand, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(clockwork, "act", fails_on_the_third)
    run_worker(app, owner_url)
    with district.work():
        levels = dict(session.execute(sa.select(Demand.code, Demand.level)).tuples().all())
        assert [levels[code] for code in codes] == [
            "courtyard" if code == codes[2] else "compound" for code in codes
        ]
    monkeypatch.setattr(clockwork, "act", original)
    with district.work():
        assert commands.repair() >= 1
    run_worker(app, owner_url)
    with district.work():
        assert queries.lock_demand(codes[2]).level == "compound"


def test_who_takes_the_post_later_finds_what_waited(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        _vacate(alpha, "courtyard")
        code = file(alpha).code
        post = people.posts_at(alpha.unit("courtyard").id)[0]
        person = people.find_person(alpha.people["neighbour"])
        assert person is not None
        session.expire_all()
        held = people.access_post(post.id, actor=alpha.actor("admin"))
        accounts.give_post(person, held, actor=alpha.actor("admin"))
    assert code in alpha.client("neighbour").get("/demands").text


@pytest.mark.commits
def test_more_broken_ones_than_fit_a_batch_hold_up_nobody(
    app: Flask, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = bring_up(app, "manybroken")
    with district.work(), clock.turned(timedelta(days=-60)):
        codes = [file(district).code for _ in range(7)]
    original = clockwork.act

    def fails_on_the_first(demand: Demand, *args: object, **kwargs: object) -> None:
        if demand.code == codes[0]:
            raise RuntimeError("this one is broken")
        original(demand, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(clockwork, "act", fails_on_the_first)
    monkeypatch.setattr(commands, "BATCH", 3)
    monkeypatch.setattr(clockwork, "BATCH", 3)
    monkeypatch.setattr(clockwork.due_ids, "__defaults__", (3,))
    monkeypatch.setattr(clockwork.ring, "__defaults__", (3,))
    run_job(app, jobs.tick, district.tenant.key)
    with district.work():
        levels = dict(session.execute(sa.select(Demand.code, Demand.level)).tuples().all())
        assert [levels[code] for code in codes] == ["courtyard", *["compound"] * 6]


def test_the_night_watch_rings_for_late_helpers_too(alpha: District) -> None:
    with alpha.work(), at(MONDAY):
        demand = file(alpha)
        act(alpha, demand, "courtyard", "accept")
        act(alpha, demand, "courtyard", "join", unit="community", hours=2)
        session.flush()
        helper = session.scalars(sa.select(Helper)).one()
        session.info.pop("casework.alarms")
        commands.repair()
        assert ("demands.tick", helper.next_at) in session.info["casework.alarms"][1]
