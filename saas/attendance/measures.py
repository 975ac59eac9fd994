"""What can be counted of who came."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from saas.activities.queries import Activity, Session
from saas.attendance.models import Mark
from saas.attendance.queries import LIVE
from saas.figures.dividing import by_place
from saas.figures.facts import Definition, Facts, Grouping, Measure
from saas.kernel.i18n import lazy_gettext as _l
from saas.rooms.measures import AMOUNT, SPENDINGS
from saas.territory.measures import TREE

_ALL: Final = frozenset({"person", "listed", "tally"})


def _tagged(tag: str) -> sa.ColumnElement[bool]:
    """At a session of an activity that carries this tag."""
    found = sa.select(Session.id).join(Activity, Activity.id == Session.activity_id)
    return Mark.session_id.in_(found.where(Activity.tag == tag))


FACTS: Final = Facts(
    Mark,
    Mark.unit_id,
    TREE,
    Mark.kind,
    time=Mark.held_at,
    only=LIVE,
    flags={"micro_project": _tagged("micro_project"), "integration": _tagged("integration")},
    groupings={"unit": Grouping(_l("By place"), by_place)},
)


def _measure(code: str, name: object, text: object, states: frozenset[str], *flags: str
             ) -> Measure:  # fmt: skip
    return Measure(code, Definition(name, text), FACTS, states, unit=_l("person-times"),
                   grain="mark", owner="attendance", flags=flags, amount=Mark.n,
                   public=True)  # fmt: skip


_NAMED: Final[Any] = frozenset({"person", "listed"})
_EVERYBODY: Final = Measure(
    "attendances_all", Definition(_l("Person-times at all sessions"), ""), FACTS, _ALL,
    unit=_l("person-times"), grain="mark", owner="attendance", amount=Mark.n,
)  # fmt: skip
MEASURES: Final = (
    _measure("attendances", _l("Person-times at sessions of micro-projects"),
             _l("Everybody who was marked or counted at a session of a micro-project, each time"
                " once; what was taken back does not count."), _ALL, "micro_project"),
    _measure("attendances_named", _l("Of these by name"),
             _l("Marked by account or sign-up, or on a list of names that the district keeps."),
             _NAMED, "micro_project"),
    _measure("integration_attendances", _l("Person-times at integration events"),
             _l("Everybody who was marked or counted at an integration event; never added to those"
                " of micro-projects, since nobody knows whether one holds the other."), _ALL,
             "integration"),
    Measure(
        "attendance_cost",
        Definition(_l("Cost per person-time"),
                   _l("What is written down as spent on venues, divided by everybody who was marked"
                      " or counted at any session; work, material and gifts are not in it.")),
        SPENDINGS, frozenset({"spent"}), unit=_l("yuan"), grain="spending", owner="attendance",
        amount=AMOUNT, per=_EVERYBODY, public=True,
        unknown=_l("Not known: nothing is written down of what was spent, or nobody was counted."),
        no_target=_l("No aim is set for this: it would favour what draws crowds over what few"
                     " need."),
    ),
)  # fmt: skip
