"""What can be counted of activities. What carries one tag is never added to what carries another:
nobody has said whether one holds the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas.activities import queries
from saas.activities.models import Activity, Session
from saas.activities.permissions import SEE
from saas.figures.cut import Cut
from saas.figures.dividing import by_month, by_place
from saas.figures.facts import Definition, Facts, Grouping, Measure, Records
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations.facts import Giver
from saas.territory.measures import TREE

#: Those that took place: a date that was cancelled or is to come does not count.
_TOOK_PLACE: Final = frozenset({"running", "held", "closed"})
_TAGS: Final = ("micro_project", "integration", "neighbour_help")


def _tagged(tag: str) -> Any:
    return Session.activity_id.in_(sa.select(Activity.id).where(Activity.tag == tag))


FACTS: Final = Facts(
    Session,
    Session.unit_id,
    TREE,
    Session.state,
    time=Session.starts_at,
    flags={tag: _tagged(tag) for tag in _TAGS},
    groupings={
        "unit": Grouping(_l("By place"), by_place),
        "month": Grouping(_l("Month"), by_month),
    },
)
_PROJECTS: Final = Facts(Activity, Activity.unit_id, TREE, sa.func.coalesce(Activity.tag, ""))


def _asked(tag: str) -> Callable[[Cut], dict[str, str]]:
    def asked(cut: Cut) -> dict[str, str]:
        found = {"tag": tag, "begun": "1"}
        if cut.unit:
            found["street"] = cut.unit.code
        if cut.start:
            first, last = cut.moments()[0], cut.moments()[-1] - timedelta(days=1)
            found |= {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
        return found

    return asked


def _sessions(code: str, name: object, text: object, tag: str, unit: object) -> Measure:
    return Measure(
        code, Definition(name, text), FACTS, _TOOK_PLACE, unit=unit, grain="session",
        owner="activities", flags=(tag,), public=True,
        records=Records("activities.sessions", SEE, _asked(tag)),
    )  # fmt: skip


MEASURES: Final = (
    _sessions("sessions", _l("Sessions of micro-projects"),
              _l("Dates of activities with the tag of micro-projects that took place; other tags"
                 " are counted apart and never added."), "micro_project", _l("sessions")),
    _sessions("integration_events", _l("Integration events"),
              _l("Dates of activities with the tag of integration that took place."),
              "integration", _l("events")),
    _sessions("neighbour_help", _l("Neighbours who help"),
              _l("Dates of activities with the tag of neighbours' help that took place."),
              "neighbour_help", _l("times")),
    Measure(
        "micro_projects",
        Definition(_l("Micro-projects"),
                   _l("Activities with the tag of micro-projects, each once.")),
        _PROJECTS, frozenset({"micro_project"}), unit=_l("projects"), grain="activity",
        owner="activities", public=True,
    ),
)  # fmt: skip


def _held(ids: Collection[int], since: date | None) -> Mapping[int, int]:
    return queries.held_by_groups(ids, since)


GIVERS: Final = (Giver("sessions", _l("sessions held"), _held),)
