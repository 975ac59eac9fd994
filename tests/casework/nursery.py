"""A second kind of case, written on the craft as a domain would: teams that grow in a nursery,
each step measured and seen by two people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from saas import casework
from saas.casework import ActForm, Cell, Verb, everywhere
from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import APPEND_ONLY, session
from saas.kernel.errors import Invalid

JOB, SLEEP, LAST_STAGE = "nursery.tick", timedelta(days=30), 3
TABLE = {
    ("applied", "enter"): Cell("growing", asks=("measured",)),
    ("growing", "propose"): Cell("proposed", asks=("reason", "measured"), unless=("grown",)),
    ("proposed", "promote"): Cell("growing", by="reviewer", move="up", asks=("measured",)),
    ("proposed", "put_back"): Cell("growing", by="reviewer", asks=("reason",)),
    ("growing", "sleep"): Cell("asleep", clock="pause", asks=("reason",)),
    ("asleep", "wake"): Cell("growing", by="clock", clock="stop"),
    **everywhere("note", ("growing", "proposed", "asleep"), asks=("reason",)),
    **{(s, "leave"): Cell("left", clock="stop") for s in ("growing", "proposed", "asleep")},
}
_ROWS = (
    Verb(code="enter", done="Entered", do="Enter", tone="good", notices={"team": "welcome"}),
    Verb(code="propose", done="Proposed", do="Propose", tone="waiting", notices={"second": "look"}),
    Verb(code="promote", done="Promoted", do="Promote", tone="done", notices={"team": "grown"}),
    Verb(code="put_back", done="Put back", do="Put back", tone="warn", notices={"team": "not_yet"}),
    Verb(code="sleep", done="Asleep", do="Let sleep", tone="paused"),
    Verb(code="wake", done="Woken", tone="good", notices={"team": "awake"}),
    Verb(code="note", done="Note", do="Note", tone="planned", internal=True, group="tell"),
    Verb(code="leave", done="Left", do="Leave", tone="ended", group="decide"),
)
VERBS = {row.code: row for row in _ROWS}
OBSTACLE = {"state": casework.NOT_NOW, "grown": "It has grown up."}
MISSING = {"reason": "Say why.", "measured": "Measure it."}
SENT: list[tuple[str, str]] = []  # in a domain these are notices


class _Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB, int: sa.BigInteger}


class Team(casework.CaseColumns, _Base):
    """A team in the nursery."""

    __tablename__ = "nursery_teams"
    id: Mapped[int] = mapped_column(sa.Identity(), primary_key=True)
    stage: Mapped[int] = mapped_column(default=1)


class Step(casework.ActColumns, _Base):
    """One act on a team, with what was measured then."""

    __tablename__ = "nursery_steps"
    __table_args__ = (sa.UniqueConstraint("team_id", "number"), APPEND_ONLY)
    id: Mapped[int] = mapped_column(sa.Identity(), primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id))
    stage: Mapped[int]
    measured: Mapped[dict[str, Any]]
    actor_id: Mapped[int | None]
    token_id: Mapped[int | None]


@dataclass(frozen=True)
class Deed:
    """A verb with what is given with it."""

    verb: str
    reason: str = ""
    measured: dict[str, Any] | None = None


def act(team: Team, deed: Deed, *, seen: int | None = None, actor: Actor) -> None:
    """Everything that happens to a team happens here."""
    casework.ensure_seen(team, seen, lambda: _happened(team))
    cell = casework.allowed(
        TABLE, team.state, deed.verb, bars=_bars(team), parts=_parts(actor), words=OBSTACLE
    )
    if cell.by == "reviewer":
        casework.ensure_another(actor, _last(team, "propose").actor_id)
    if missing := casework.not_given(deed, cell.asks, MISSING):
        raise Invalid(missing)
    team.stage += cell.move == "up"
    team.next_at = clock.now() + SLEEP if cell.clock == "pause" else None
    team.state = cell.after
    step = Step(team_id=team.id, stage=team.stage, measured=deed.measured or {})
    casework.append(team, step, deed.verb, deed.reason, actor=actor)
    audit.record(f"tests.nursery_{deed.verb}", "team", team.id, actor=actor)
    SENT.extend(VERBS[deed.verb].notices.items())
    casework.set_alarm(JOB, team.next_at)


def _bars(team: Team) -> set[str]:
    return {"grown"} if team.stage == LAST_STAGE else set()


def _parts(actor: Actor) -> set[str]:
    return {"clock"} if actor.kind == "clock" else {"handler", "reviewer"} & set(actor.name.split())


def _last(team: Team, *verbs: str) -> Step:
    return [step for step in steps_of(team) if step.verb in (verbs or VERBS)][-1]


def _happened(team: Team) -> object:
    last = _last(team)
    return casework.overtaken(VERBS[last.verb].done, f"person {last.actor_id}")


def steps_of(team: Team) -> Sequence[Step]:
    """Its acts in order."""
    query = sa.select(Step).where(Step.team_id == team.id).order_by(Step.number)
    return session.scalars(query).all()


def ring(limit: int = 50) -> int:
    """Wake who has slept long enough; returns how many."""
    teams = casework.due(Team, limit)
    for team in teams:
        act(team, Deed("wake"), actor=casework.CLOCK)
    return len(teams)


def forms_of(team: Team, actor: Actor) -> list[ActForm]:
    """What ``actor`` can do now."""
    verbs = casework.open_verbs(TABLE, team.state, _bars(team), by=_parts(actor))
    return [casework.form_of(VERBS[verb], TABLE[team.state, verb]) for verb in verbs]
