"""Merchants and walks at work, as lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from saas.kernel.context import Actor, Label
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.declared import Act, Cell, Choice, Column, Filter, Listing, Search, Values
from saas.places import commands, queries, words
from saas.places.models import Merchant, Route
from saas.places.permissions import CONFIGURE
from saas.places.views import minutes_in_words
from saas.rooms import queries as rooms
from saas.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Row:
    """A merchant in a list, with the names of what it points at."""

    merchant: Merchant
    unit: Label
    kind: Label | None

    @property
    def standing(self) -> str:
        """How it stands."""
        return queries.standing_of(self.merchant)


def rows_of(found: Sequence[Merchant], actor: Actor | None = None) -> list[Row]:
    """Rows of a page, in as many questions as for one."""
    units, kinds = territory.names([one.unit_id for one in found]), queries.kinds()
    return [
        Row(one, units[one.unit_id], kinds[one.kind_id].name if one.kind_id else None)
        for one in found
    ]


def _standings(actor: Actor, values: Values) -> list[Choice]:
    named = {**{code: word for code, (_mark, word) in words.SHOWN.items()}, "check": _l("to check")}
    counts = queries.count_merchants(named, actor=actor)
    return [Choice(c, w, counts[c]) for c, w in named.items()]


def _kinds(actor: Actor, values: Values) -> list[Choice]:
    return [Choice(str(kind.id), say(kind.name)) for kind in queries.kinds().values()]


def _beneath(model: Any) -> Any:
    def condition(code: str) -> Any:
        unit = territory.unit_coded(code)
        return territory.beneath(unit.path) if unit else model.id.is_(None)

    return condition


def _unit(model: Any) -> Filter:
    return Filter("unit", _l("Unit"), _beneath(model), read=lambda text: text[:40] or None,
                  kind="hidden")  # fmt: skip


def _access(code: str, actor: Actor) -> Merchant:
    return queries.access_merchant(code, actor=actor, lock=True)


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if day else "–"


MERCHANTS = Listing[Row](
    endpoint="places.merchants",
    words=_l("Merchants"),
    query=queries.merchants_within,
    rows=rows_of,
    order=queries.ON_THE_STREET,
    search=Search(_l("Name or what it sells"), queries.called),
    filters=(
        Filter("state", _l("State"), queries.stands_as, _standings,
               otherwise=Merchant.retired_at.is_(None)),
        Filter("kind", _l("Kind"), lambda key: Merchant.kind_id == int(key), _kinds, kind="select",
               every=_l("every kind")),
        _unit(Merchant),
    ),
    columns=(
        Column("name", _l("Name"), lambda row: Cell(
            say(row.merchant.name), url=url_for("places.edit_merchant", code=row.merchant.code)),
            Merchant.name["zh"].astext),
        Column("kind", _l("Kind"), lambda row: say(row.kind) if row.kind else "–"),
        Column("unit", _l("Unit"), lambda row: say(row.unit)),
        Column("position", _l("Place on the street"), lambda row: str(row.merchant.position),
               Merchant.position, narrow=True),
        Column("state", _l("State"), lambda row: Cell(
            str(words.SHOWN[row.standing][1]), tone=words.SHOWN[row.standing][0])),
        Column("consent", _l("Agrees until"), lambda row: _day(row.merchant.consent_until),
               Merchant.consent_until, narrow=True),
        Column("checked", _l("Checked on"), lambda row: _day(row.merchant.checked_on),
               Merchant.checked_on, narrow=True),
        Column("sells", _l("What it sells"), lambda row: say(row.merchant.sells), drawn=False),
        Column("place", _l("Where to find it"), lambda row: say(row.merchant.place), drawn=False),
        Column("hours", _l("Opening hours"), lambda row: rooms.hours_in_words(row.merchant.hours),
               drawn=False),
        Column("concession", _l("What older people get cheaper"),
               lambda row: say(row.merchant.concession), drawn=False),
        Column("step_free", _l("Can one get there without steps?"),
               lambda row: str(words.STEP_FREE[row.merchant.step_free]), drawn=False),
        Column("code", _l("Code"), lambda row: row.merchant.code, drawn=False),
    ),
    acts=(
        Act("check", _l("Everything is still so"), CONFIGURE, _access, commands.check_merchant,
            lambda one: say(one.name)),
        Act("retire", _l("Retire"), CONFIGURE, _access, commands.retire_merchant,
            lambda one: say(one.name)),
        Act("restore", _l("Bring back"), CONFIGURE, _access, commands.restore_merchant,
            lambda one: say(one.name)),
    ),
    key=lambda row: row.merchant.code,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A walk in a list: how long, how many stops, at how many nobody is shown."""

    route: Route
    unit: Label
    minutes: int
    stops: int
    gone: int


def _routes(found: Sequence[Route], actor: Actor) -> list[RouteRow]:
    ids = [route.id for route in found]
    counted, gone = queries.minutes_of(ids), queries.gone_from(ids)
    units = territory.names([route.unit_id for route in found])
    return [
        RouteRow(one, units[one.unit_id], *counted.get(one.id, (0, 0)), gone.get(one.id, 0))
        for one in found
    ]


def _walk(row: RouteRow) -> Cell:
    note = _("%(number)s stops are not shown", number=row.gone) if row.gone else ""
    return Cell(say(row.route.name), note, url_for("places.stops", code=row.route.code))


ROUTES = Listing[RouteRow](
    endpoint="places.routes",
    words=_l("Walks"),
    query=queries.routes_within,
    rows=_routes,
    order=(Route.unit_id, Route.id),
    filters=(
        Filter("state", _l("State"), lambda state: Route.state == state,
               lambda actor, values: [Choice(c, w) for c, (_m, w) in words.STATE.items()]),
        Filter("stops", _l("Stops"), lambda _asked: queries.has_gone(),
               lambda actor, values: [Choice("gone", _l("with a stop that is not shown"))],
               kind="select", every=_l("all")),
        _unit(Route),
    ),
    columns=(
        Column("name", _l("Name"), _walk, Route.name["zh"].astext),
        Column("unit", _l("Unit"), lambda row: say(row.unit)),
        Column("minutes", _l("How long"), lambda row: minutes_in_words(row.minutes), narrow=True),
        Column("stops", _l("Stops"), lambda row: str(row.stops), narrow=True),
        Column("access", _l("Steps on the way"),
               lambda row: str(words.STEP_FREE[row.route.step_free])),
        Column("state", _l("State"), lambda row: Cell(
            str(words.STATE[row.route.state][1]), tone=words.STATE[row.route.state][0])),
        Column("code", _l("Code"), lambda row: row.route.code, drawn=False),
    ),
    key=lambda row: row.route.code,
)  # fmt: skip
