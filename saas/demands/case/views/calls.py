"""Calls to make as pages show them: whom, about which demand, what to say, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from saas.accounts import queries as people
from saas.demands.case import queries, words
from saas.demands.case.models import Demand
from saas.demands.case.queries import CallTask
from saas.kernel import clock
from saas.kernel.context import Actor, Label, current_tenant
from saas.kernel.i18n import gettext as _
from saas.notices import queries as notices
from saas.notices import words as notice_words


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in a list. ``whom`` is empty where it is not known by name."""

    id: int
    what: str
    whom: str
    demand: Demand | None
    unit: Label
    due_at: datetime
    tries: int
    tone: str
    state: str
    answer: str
    done_at: datetime | None
    why: str

    @property
    def key(self) -> str:
        """By what it is found again."""
        return str(self.id)


def calls_of(rows: Sequence[CallTask], actor: Actor | None = None) -> list[CallLine]:
    """Calls with the names of what they point at, in as many questions as for one."""
    demands = queries.demands_by_ids([queries.demand_id_of(row.about) for row in rows])
    names = people.names_of([row.person_id for row in rows if row.person_id])
    units = queries.unit_names([row.unit_id for row in rows])
    zone, now = current_tenant().time_zone, clock.now()
    return [
        CallLine(
            id=row.id,
            what=notice_words.kind_of(row.kind).title_with(row.facts, zone),
            whom=row.name or names.get(row.person_id or 0, ""),
            demand=demands.get(queries.demand_id_of(row.about)),
            unit=units.get(row.unit_id, {}),
            due_at=row.due_at,
            tries=row.tries,
            tone="late" if notices.is_late(row, now) else notice_words.CALL[row.state][0],
            state=_("late") if notices.is_late(row, now) else str(notice_words.CALL[row.state][1]),
            answer=row.answer or "",
            done_at=row.done_at,
            why=notice_words.why(row.why, None),
        )
        for row in rows
    ]


def quoted(story: Sequence[queries.Act]) -> str:
    """What the resident was asked or told last, to stand beside the answer."""
    texts = [act.reason for act in story if words.VERBS[act.verb].quoted]
    return texts[-1] or "" if texts else ""


def to_say(call: CallLine) -> str:
    """What the resident is to hear: the question or the answer as it was written."""
    return quoted(queries.story_of(call.demand)) if call.demand else ""
