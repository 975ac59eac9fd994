"""What demands put on the start page: the own queues, and the area with its streets."""

from __future__ import annotations

from typing import Any

from flask import url_for

from saas.demands.case import permissions, queries, views
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.notices import queries as notices
from saas.workbench.declared import MAIN, Card, Count, Found, Line, Row
from saas.workdays.queries import working_time

_SHOWN = 5


def _list(which: str, **narrowed: Any) -> str:
    return url_for("demands.listing", list=which, **narrowed)


def _mine(actor: Actor) -> Found | None:
    """What waits at the actor's own units: how much of it is late, the most urgent by name."""
    if not actor.units(permissions.HANDLE):
        return None
    counts, due = queries.counts(actor), queries.count_due("mine", actor=actor)
    numbers = [
        Count(counts["mine"], _l("waiting for me"), _list("mine"), "waiting"),
        Count(due["late"], _l("of them late"), _list("mine", due="late"), "late"),
        Count(due["today"], _l("due today"), _list("mine", due="today"), "warn"),
        *(
            Count(counts[which], words, _list(which), "waiting")
            for which, words in _BESIDES.items()
            if counts[which]
        ),
    ]
    if notices.any_calls() and (calls := queries.count_calls(actor)):
        numbers.append(Count(calls, _l("calls to make"), url_for("demands.calls"), "waiting"))
    return Found(
        numbers, _urgent(actor, counts["mine"]), more=_all(counts["mine"]), acts=_acts(actor)
    )


#: Lists that are seldom: they stand there only when something is in them.
_BESIDES = {
    "returned": _l("came back to me"),
    "joint": _l("joint work"),
    "review": _l("doubted, to be decided"),
}


def _all(number: int) -> tuple[str, str] | None:
    return (_("All that waits for me"), _list("mine")) if number > _SHOWN else None


def _acts(actor: Actor) -> list[tuple[str, str, str]]:
    if not actor.reach(permissions.FILE):
        return []
    return [(_("Enter a demand"), "add", url_for("demands.enter"))]


def _urgent(actor: Actor, number: int) -> list[Line]:
    if not number:
        return []
    rows, _total = queries.list_demands("mine", actor=actor, size=_SHOWN)
    lines = views.lines_of(rows, url_for("demands.listing") + "/", working=working_time())
    return [
        Line(one.words, one.url, f"{one.unit} · {one.category}", (one.light.kind, one.light.word))
        for one in lines
    ]


def _area(actor: Actor) -> Found:
    """What is under way in the area; for those over several streets, by street."""
    counts, due = queries.counts(actor)["area"], queries.count_due("area", actor=actor)
    if not counts:
        return Found()
    streets = queries.by_street(actor)
    return Found(
        [
            Count(counts, _l("under way"), _list("area")),
            Count(due["late"], _l("late"), _list("area", due="late"), "late"),
            Count(due["today"], _l("due today"), _list("area", due="today"), "warn"),
        ],
        heads=(_l("Street"), _l("under way"), _l("late"), _l("due today")),
        rows=[_row(street) for street in streets] if len(streets) > 1 else (),
    )


def _row(street: queries.Street) -> Row:
    within = {"within": street.code}
    return Row(
        say(street.name),
        _list("area", **within),
        [
            Count(street.living, _l("under way"), _list("area", **within)),
            Count(street.late, _l("late"), _list("area", due="late", **within), "late"),
            Count(street.today, _l("due today"), _list("area", due="today", **within), "warn"),
        ],
    )


CARDS = (
    Card("mine", _l("Waiting for me"), permissions.HANDLE, 10, _mine, MAIN),
    Card("area", _l("Demands in my area"), permissions.VIEW, 20, _area),
)
