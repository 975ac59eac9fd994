"""Services and requests as Open311 shows them.

The standard knows open and closed; what we know besides stands in ``extended_attributes`` under
names of our own (``x-saas-…``). Who has no right to view a demand is given one only where its filer
let neighbours see it, and then without words, spot and picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from saas.demands.case import permissions, rules, words
from saas.demands.case import queries as cases
from saas.demands.case.models import Demand
from saas.demands.doors.open311.queries import Report
from saas.demands.menu.models import Category, Kind
from saas.kernel import clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import long_datetime, say
from saas.territory.queries import Unit

Shown = dict[str, Any]
#: A longer list of places is asked for by name instead.
MOST_PLACES = 1000


def services(leaves: Sequence[tuple[Kind, Category, Category]]) -> list[Shown]:
    """Categories in which demands can be filed, each behind its kind and what stands above."""
    return [
        {
            "service_code": category.code,
            "service_name": say(category.name),
            "description": say(category.hint),
            "metadata": True,
            "type": "realtime",
            "keywords": kind.code,
            "group": say(top.name),
        }
        for kind, top, category in leaves
    ]


def definition(category: Category, places: Sequence[Unit]) -> Shown:
    """What a service asks for. ``places`` are those that the caller may choose from."""
    no_map = _(
        "There is no map here: lat and long alone are not enough. Name the place by"
        " attribute[unit] or address_id, which take the code of a unit, or by an address_string"
        " that is a unit's name."
    )
    units = [{"key": unit.code, "name": say(unit.name)} for unit in places]
    coded = "" if units else _("Code of a unit.")
    asked = [
        _attribute("place", no_map, variable=False),
        _attribute("unit", _("Where is it?"), units, required=True, datatype_description=coded),
        _attribute("spot", _("The exact place, in words.")),
        _attribute("anonymous", _("Hide the name from those who handle it?"), _yes_no()),
    ]
    if category.open_to_neighbours:
        told = _("May neighbours see that it was reported? Not by whom, nor the words.")
        asked.append(_attribute("neighbours", told, _yes_no()))
    for order, attribute in enumerate(asked, 1):
        attribute["order"] = order
    return {"service_code": category.code, "attributes": asked}


def _attribute(
    code: str, description: str, values: Sequence[Shown] = (), **differs: object
) -> Shown:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist" if values else "string",
        "required": False,
        "datatype_description": "",
        "order": 0,
        "description": description,
        "values": list(values),
        **differs,
    }


def _yes_no() -> list[Shown]:
    return [{"key": "no", "name": _("no")}, {"key": "yes", "name": _("yes")}]


def requests(reports: Sequence[Report], caller: Actor) -> list[Shown]:
    """Demands as requests, each with as much as the caller may know."""
    zone = clock.zone()
    return [_request(report, zone, caller) for report in reports]


#: What the standard has no field for.
_OURS = ("state", "kind", "level", "acts", "passed_up", "climbed", "returned", "reopened")


def _request(report: Report, zone: ZoneInfo, caller: Actor) -> Shown:
    demand, unit = report.demand, say(report.unit.name)
    whole = any(caller.may(permissions.VIEW, u.path) for u in (report.unit, report.holder))
    living = demand.state in rules.LIVING

    def moment(when: datetime | None) -> str | None:
        """To the second, with its zone."""
        return when.astimezone(zone).isoformat(timespec="seconds") if when else None

    return {
        "service_request_id": demand.code,
        "status": "open" if living else "closed",
        "status_notes": f"{words.STATE[demand.state]} · {say(report.holder.name)}",
        "service_name": say(report.category),
        "service_code": demand.category,
        "description": demand.words if whole else None,
        "agency_responsible": say(report.holder.name),
        "service_notice": None,
        "requested_datetime": moment(demand.filed_at),
        "updated_datetime": moment(report.changed_at),
        "expected_datetime": moment(demand.due_at) if living else None,
        "address": f"{unit} {demand.spot}" if whole and demand.spot else unit,
        "address_id": report.unit.code,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": _photo(demand) if whole and demand.photo else None,
        "extended_attributes": {
            "x-saas-holder": report.holder.code,
            **{f"x-saas-{name.replace('_', '-')}": getattr(demand, name) for name in _OURS},
        },
    }


def _photo(demand: Demand) -> str:
    """Where the picture is; it opens with the same key, in the header of our own API."""
    return url_for("demands_api.photo", code=demand.code, _external=True)


def filed(demand: Demand) -> Shown:
    """The answer to a request that was taken."""
    unit = say(cases.holder_of(demand).name)
    when = long_datetime(demand.due_at, current_tenant().time_zone)
    notice = _("It is with %(unit)s, to be accepted by %(when)s.", unit=unit, when=when)
    if not demand.due_at:
        notice = _("It is with %(unit)s.", unit=unit)
    return {"service_request_id": demand.code, "service_notice": notice, "account_id": None}
