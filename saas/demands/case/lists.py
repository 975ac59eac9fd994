"""The queues of the units as a list: what it is narrowed down to, its files, acts on many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from saas.demands.case import commands, permissions, queries, rules, views, words
from saas.demands.case.models import Demand
from saas.demands.case.queries import CallTask
from saas.demands.case.views import CallLine, Line
from saas.demands.menu import queries as menu
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_datetime
from saas.listing.declared import (
    Act,
    Asked,
    Cell,
    Choice,
    Column,
    Filter,
    Listing,
    Search,
    Values,
    day_in,
    number_in,
)
from saas.listing.flow import out_of
from saas.listing.reading import asked_order, conditions
from saas.notices import queries as notices
from saas.territory.queries import find_unit, outermost, places, unit_coded
from saas.workdays.queries import working_time

FIRST = "mine"
_SHOWN = 16
_MOST_SUGGESTED = 300


def which_of(asked: Asked) -> str:
    """The list that is asked for."""
    return str(asked.values.get("list", FIRST))


def _read(asked: Asked, actor: Actor, number: int, size: int) -> tuple[Sequence[Line], int]:
    rows, total = queries.list_demands(
        which_of(asked),
        actor=actor,
        where=conditions(DEMANDS_LIST, asked),
        order=asked_order(DEMANDS_LIST, asked),
        number=number,
        size=size,
    )
    base, units = url_for("demands.listing") + "/", actor.units(permissions.HANDLE)
    lines = views.lines_of(
        rows,
        base,
        tail=f"?{out_of(asked)}",
        units=frozenset(units),
        working=working_time(),
    )
    return lines, total


def _categories(actor: Actor, values: Values) -> list[Choice]:
    found = []
    for group in menu.category_groups():
        found.append(Choice(group.top.code, say(group.top.name)))
        beneath = (leaf for leaf in group.leaves if leaf.code != group.top.code)
        found += [Choice(leaf.code, f"– {say(leaf.name)}") for leaf in beneath]
    return found


def _code(text: str) -> str | None:
    """A code as it is followed from a figure; what is none finds nothing and says so."""
    return text if text.isascii() and text.replace("_", "").replace("-", "").isalnum() else None


def _filter(name: str, called: Any, **options: Any) -> Filter:
    return Filter(name, called, queries.NARROWING[name], **options)


def _called(found: tuple[Demand, int | None]) -> str:
    """Its code and the first of its words, by which people know it again."""
    return f"{found[0].code} {found[0].words[:_SHOWN]}"


def _seen(key: str, actor: Actor) -> tuple[Demand, int | None]:
    """A demand by its key, locked, with the number of the last act that was seen."""
    code, _, seen = key.partition(".")
    return queries.access_demand(code, actor=actor, lock=True), number_in(seen)


def _transfer(found: tuple[Demand, int | None], *, choice: str, reason: str, actor: Actor) -> None:
    demand, seen = found
    deed = commands.Deed("transfer", reason=reason, unit=unit_coded(choice))
    commands.act(demand, deed, seen=seen, actor=actor)


def _asides(actor: Actor) -> list[Choice]:
    """Where the demands of any of the actor's units can be transferred to."""
    homes = [unit for id_ in actor.units(permissions.HANDLE) if (unit := find_unit(id_))]
    found = {unit.code: say(unit.name) for home in homes for unit in queries.transfer_targets(home)}
    return [Choice(*pair) for pair in found.items()]


def _units(actor: Actor, values: Values) -> list[Choice]:
    """The names of the places in reach, down to the compounds."""
    found = places(outermost(actor.reach(permissions.VIEW)))[:_MOST_SUGGESTED]
    return [Choice(say(one.name), "") for one in found]


_DUE = {
    "late": _l("Late"),
    "today": _l("Due today"),
    "three": _l("Due within three days"),
    "seven": _l("Due within seven days"),
    "none": _l("Without a limit"),
}


def _accept(found: tuple[Demand, int | None], *, actor: Actor) -> None:
    demand, seen = found
    commands.act(demand, commands.Deed("accept"), seen=seen, actor=actor)


DEMANDS_LIST = Listing[Line](
    endpoint="demands.listing",
    words=_l("Demands"),
    read=_read,
    search=Search(_l("Words or code"), queries.NARROWING["search"]),
    filters=(
        Filter(
            "list",
            _l("Lists"),
            lambda which: Demand.id.is_not(None),
            read=lambda text: text if text in queries.LISTS else None,
            kind="own",
        ),
        _filter(
            "level",
            _l("Level"),
            choices=lambda *_: [Choice(*pair) for pair in views.plain_levels()],
            every=_l("All levels"),
        ),
        _filter("category", _l("Category"), choices=_categories, read=_code, kind="select"),
        _filter(
            "state",
            _l("State"),
            choices=lambda *_: [Choice(*pair) for pair in words.STATE.items()],
            read=lambda text: text if text in rules.STATES else None,
            kind="select",
        ),
        _filter("place", _l("Place"), read=str, choices=_units, kind="text"),
        _filter(
            "channel",
            _l("Came"),
            choices=lambda *_: [Choice(*pair) for pair in words.CHANNEL.items()],
            kind="select",
        ),
        _filter(
            "due",
            _l("Time limit"),
            choices=lambda *_: [Choice(*pair) for pair in _DUE.items()],
            kind="select",
        ),
        _filter("since", _l("Filed from"), read=day_in, kind="day"),
        _filter("until", _l("Filed until"), read=day_in, kind="day"),
        _filter("kind", _l("Kind of asking"), read=_code, kind="hidden"),
        _filter("held", _l("With"), read=_code, kind="hidden"),
        _filter("within", _l("Within"), read=_code, kind="hidden"),
    ),
    columns=(
        Column("words", _l("Demand"), lambda row: Cell(row.whole, url=row.url)),
        Column("code", _l("Code"), lambda row: row.code, narrow=True, drawn=False),
        Column("unit", _l("Place"), lambda row: row.unit, queries.PLACE),
        Column("holder", _l("With"), lambda row: row.holder),
        Column("category", _l("Category"), lambda row: row.category, Demand.category),
        Column("state", _l("State"), lambda row: row.state, Demand.state, drawn=False),
        Column("channel", _l("Came"), lambda row: row.channel, drawn=False),
        Column("time", _l("Time"), lambda row: row.light.word, Demand.due_at, narrow=True),
        Column("due", _l("Due"), lambda row: row.due, narrow=True, drawn=False),
        Column("filed", _l("Filed on"), lambda row: row.filed, Demand.filed_at, narrow=True),
    ),
    acts=(
        Act(
            "accept",
            words.DO["accept"],
            permissions.HANDLE,
            _seen,
            _accept,
            _called,
            fits=lambda row: row.can_accept,
            key="a",
        ),
        Act(
            "transfer",
            words.DO["transfer"],
            permissions.HANDLE,
            _seen,
            _transfer,
            _called,
            reason=words.VERBS["transfer"].ask or "",
            choice=_l("To whom"),
            choices=_asides,
            key="t",
        ),
    ),
    key=lambda row: row.key,
    size=20,
    most_counted=queries.MOST_COUNTED,
)


# Calls to make


_CALL_LISTS = {
    "late": _l("Late"),
    "reached": _l("Got through"),
    "dropped": _l("No longer needed"),
}


def _about(row: CallLine) -> Cell:
    if row.demand is None:
        return Cell("")
    return Cell(row.demand.words[:40], row.demand.code)


def _when(row: CallLine) -> str:
    return short_datetime(row.due_at, str(clock.zone()))


CALLS_LIST = Listing[CallLine](
    endpoint="demands.calls",
    words=_l("Calls to make"),
    query=queries.calls_in_reach,
    rows=views.calls_of,
    order=(CallTask.due_at, CallTask.id),
    filters=(
        Filter(
            "state",
            _l("State"),
            notices.in_call_list,
            lambda *_: [Choice(*pair) for pair in _CALL_LISTS.items()],
            every=_l("To be made"),
            otherwise=notices.in_call_list("open"),
        ),
    ),
    columns=(
        Column(
            "what",
            _l("What to say"),
            lambda row: Cell(row.what, row.whom, url_for("demands.call", call_id=row.id)),
        ),
        Column("demand", _l("Demand"), _about),
        Column("unit", _l("Whose people call"), lambda row: say(row.unit)),
        Column("due", _l("Call until"), _when, CallTask.due_at, narrow=True),
        Column("tries", _l("Tries"), lambda row: str(row.tries), CallTask.tries, narrow=True),
        Column("state", _l("State"), lambda row: Cell(row.state, tone=row.tone)),
    ),
    key=lambda row: row.key,
)
