"""The craft by a second user: whatever is done in whatever order, what stands written is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saas import casework
from saas.jobs.queue import JOBS
from saas.kernel import clock
from saas.kernel.audit import AuditEntry
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from tests.casework import nursery
from tests.casework.nursery import JOB, OBSTACLE, SENT, TABLE, VERBS, Deed, Step, Team, act
from tests.support import District
from tests.thorough import examples, is_thorough

MENTOR = Actor("person", 1, name="handler")
HEAD = Actor("person", 2, name="handler reviewer")
OTHER = Actor("person", 3, name="handler reviewer")
SYSTEM = Actor("token", 9, name="handler")
GUEST = Actor("person", 4, name="guest")
ACTORS = (MENTOR, HEAD, OTHER, SYSTEM, GUEST, casework.CLOCK)
MEASURED = {"people": 7}
NOON = datetime.fromisoformat("2026-11-23T04:00:00+00:00")


@pytest.fixture(scope="module")
def tables(app: Flask, _districts: Any, owner_url: str) -> Iterator[None]:
    """The nursery's tables in one district, with the rights that provisioning would give."""
    schema = _districts[0].tenant.schema
    owner = sa.create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://"))
    mapped = owner.execution_options(schema_translate_map={None: schema})
    Team.metadata.create_all(mapped)
    with owner.begin() as connection:
        connection.execute(
            sa.text(f'REVOKE UPDATE, DELETE ON "{schema}".nursery_steps FROM "{schema}"')
        )
    yield
    Team.metadata.drop_all(mapped)
    owner.dispose()


class Queue:
    """Stands where the job does, and keeps when it was asked to run."""

    def __init__(self) -> None:
        self.asked: list[datetime | None] = []

    def enqueue(self, *, at: datetime | None, once: str) -> None:
        """As `Job.enqueue`."""
        assert once.startswith(JOB), "two kinds of cases must not wait for each other's alarms"
        self.asked.append(at)


@pytest.fixture
def queue(tables: None, alpha: District, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """The nursery's alarms; a district that has a nursery is at work."""
    waiting = Queue()
    monkeypatch.setitem(JOBS, JOB, waiting)
    SENT.clear()
    with alpha.work():
        yield waiting


def _team() -> Team:
    team = Team(state="applied")
    session.add(team)
    session.flush()
    return team


def _done(team: Team, *verbs: str, actor: Actor = MENTOR) -> None:
    for verb in verbs:
        act(team, Deed(verb, "because", MEASURED), actor=actor)
    session.flush()


@dataclass(frozen=True)
class Read:
    """An act with the name of who did it."""

    at: datetime
    actor: str | None
    reason: str | None


def _rows(team: Team) -> list[tuple[Any, ...]]:
    session.flush()
    query = sa.select(*Step.__table__.columns).where(Step.team_id == team.id).order_by(Step.number)
    return [tuple(row) for row in session.execute(query)]


#: Who tries which verb how many days later, with all that it asks or with nothing: any verb, or
#: (a number) one of those that are open.
_TRIES = st.tuples(
    st.one_of(st.integers(0, 9), st.integers(0, 1), st.sampled_from(sorted(VERBS))),
    st.sampled_from((*ACTORS, HEAD, OTHER)),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([0, 1, 31]),
)


@settings(
    max_examples=examples(15, thorough=60),
    derandomize=not is_thorough(),  # so few by chance can all be tame
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(course=st.lists(_TRIES, min_size=8, max_size=30))
def _any_course(
    queue: Queue, seen: set[str], course: list[tuple[int | str, Actor, bool, int]]
) -> None:
    undo, team, now = session.begin_nested(), _team(), clock.now()
    written: list[tuple[Any, ...]] = []
    for tried, actor, whole, days in course:
        now += timedelta(days=days, seconds=1)
        with clock.turned(now - clock.now()):
            acts = team.acts + nursery.ring()
            verb = tried if isinstance(tried, str) else _open(team, actor, tried)
            acts += _try(team, Deed(verb, "because", MEASURED) if whole else Deed(verb), actor)
        rows = _rows(team)
        assert rows[: len(written)] == written, "what was written stays as it was"
        assert team.acts == len(rows) == acts
        written = rows
    seen |= _retell(team, nursery.steps_of(team))
    undo.rollback()


def _open(team: Team, actor: Actor, number: int) -> str:
    forms = nursery.forms_of(team, actor)
    return forms[number % len(forms)].verb if forms else "wake"


def _try(team: Team, deed: Deed, actor: Actor) -> int:
    """How many acts it made."""
    before = team.state, team.stage, team.next_at
    try:
        act(team, deed, actor=actor)
    except (Conflict, Forbidden, Invalid):
        assert (team.state, team.stage, team.next_at) == before, "a refusal changes nothing"
        return 0
    return 1


def test_whatever_is_done_in_whatever_order_nothing_is_lost_and_nothing_changes(
    queue: Queue,
) -> None:
    seen: set[str] = set()
    _any_course(queue, seen)
    assert len(seen) >= 6, "the courses were too tame to prove anything"


def _retell(team: Team, steps: Sequence[Step]) -> set[str]:
    """The acts alone say where it stands, and each was the table's; returns their verbs."""
    state, stage, proposer = "applied", 1, None
    for number, step in enumerate(steps, 1):
        cell = TABLE[state, step.verb]
        stage += cell.move == "up"
        assert (step.number, step.state, step.stage) == (number, cell.after, stage)
        given = {"reason": step.reason, "measured": step.measured}
        assert all(given[field] for field in cell.asks)
        proposer = step.actor_id if step.verb == "propose" else proposer
        assert cell.by != "reviewer" or step.actor_id != proposer, "two pairs of eyes"
        state = cell.after
    assert (team.state, team.stage) == (state, stage)
    return {step.verb for step in steps}


def test_an_act_can_be_added_and_never_changed(queue: Queue) -> None:
    team = _team()
    _done(team, "enter", "note")
    for statement in (
        sa.update(Step).values(reason="something else"),
        sa.delete(Step),
    ):
        with pytest.raises(sa.exc.ProgrammingError), session.begin_nested():
            session.execute(statement)
    team.acts = 1  # as one sees it who came at the same moment
    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        _done(team, "note")
    session.expire_all()


def test_who_comes_second_is_told_what_happened(queue: Queue) -> None:
    team = _team()
    _done(team, "enter")
    with pytest.raises(Conflict) as second:
        act(team, Deed("sleep", "because"), seen=0, actor=MENTOR)
    assert "Entered" in str(second.value.text)
    assert "person 1" in str(second.value.text)
    act(team, Deed("sleep", "because"), seen=1, actor=MENTOR)


def test_each_refusal_says_why_before_anything_is_changed(queue: Queue) -> None:
    team = _team()
    with pytest.raises(Conflict) as early:
        _done(team, "promote", actor=HEAD)
    assert early.value.text is OBSTACLE["state"]
    with pytest.raises(Forbidden):
        _done(team, "enter", actor=GUEST)
    with pytest.raises(Invalid) as bare:
        act(team, Deed("enter"), actor=MENTOR)
    assert set(bare.value.errors) == {"measured"}
    _done(team, "enter", "propose", actor=HEAD)
    with pytest.raises(Conflict):
        _done(team, "promote", actor=HEAD)
    _done(team, "promote", actor=OTHER)
    _done(team, "propose")
    _done(team, "promote", actor=HEAD)
    with pytest.raises(Conflict) as grown:
        _done(team, "propose")
    assert grown.value.text is OBSTACLE["grown"]
    assert [form.verb for form in nursery.forms_of(team, HEAD)] == ["sleep", "note", "leave"]
    assert team.acts == 5


def test_an_act_is_audited_told_and_wakes_in_time(queue: Queue) -> None:
    one, other = _team(), _team()
    with clock.turned(NOON - clock.now()):
        _done(one, "enter", "sleep")
        _done(other, "enter", "sleep", actor=SYSTEM)
    assert queue.asked == [NOON + timedelta(days=30, minutes=1)], "one job for both"
    assert SENT == [("team", "welcome")] * 2
    with clock.turned(NOON - clock.now()):
        assert nursery.ring() == 0
    with clock.turned(queue.asked[0] - clock.now()):
        assert nursery.ring() == 2
        assert nursery.ring() == 0
    assert (one.state, other.state, one.next_at) == ("growing", "growing", None)
    entries = session.execute(
        sa.select(AuditEntry.action, AuditEntry.actor_kind).where(AuditEntry.thing_id == other.id)
    )
    assert [tuple(row) for row in entries if row[0].startswith("tests.")] == [
        ("tests.nursery_enter", "token"), ("tests.nursery_sleep", "token"),
        ("tests.nursery_wake", "clock"),
    ]  # fmt: skip
    [entered, *_] = nursery.steps_of(other)
    assert (entered.actor_id, entered.token_id) == (None, 9)


def test_quietly_nobody_is_waited_for(queue: Queue) -> None:
    with casework.quietly():
        _done(_team(), "enter", "sleep")
    assert queue.asked == []


def test_the_story_and_the_buttons_are_the_rows(queue: Queue) -> None:
    team = _team()
    _done(team, "enter")
    line = casework.line_of(Read(NOON, "Ma", "because"), VERBS["sleep"], before=("tired",))
    assert line["did"] == "Asleep"
    assert (line["at"], line["who"], line["kind"]) == ("2026-11-23 12:00", "Ma", "paused")
    assert line["text"].endswith("because")
    [(_, told)] = casework.grouped(nursery.forms_of(team, MENTOR), {"tell": "Tell"})
    assert [(form.label, form.asks, form.is_plain) for form in told] == [
        ("Note", ("reason",), False)
    ]
