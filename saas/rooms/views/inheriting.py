"""What a street takes from the district, as its forms show it and put it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saas.kernel.context import Label
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.schemas import in_lines, push_label
from saas.rooms import rules
from saas.rooms.models import Room, Venue
from saas.rooms.queries import Setting
from saas.rooms.views.rooms import hours_lines

_NONE: Mapping[str, Label] = {}
_LABELS = ("name", "purpose", "address", "welcome")


def put_back(values: dict[str, Any], inherited: Mapping[str, Any] | None) -> None:
    """In what a form has sent, the field beside whose button it was sent is as the district has it;
    everything else stays as it was typed.
    """
    field = str(values.get("back") or "")
    if not inherited or field not in inherited:
        return
    value = inherited[field]
    if field in _LABELS:
        push_label(values, field, value)
    elif field == "services":
        values["services"] = in_lines(value)
    elif field == "hours":
        for key in [key for key in values if key.startswith("hours-")]:
            del values[key]
        values |= _hours_typed(value or [])
    elif field != "platform":  # the command finds the platform, which may have to be added
        values[field] = value or ""


def _hours_typed(hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Opening hours as the editor sends them."""
    typed: dict[str, Any] = {"hours": hours}
    for number, row in enumerate(hours):
        typed[f"hours-{number}-days"] = [str(day) for day in row["days"]]
        typed[f"hours-{number}-opens"] = row["opens"]
        typed[f"hours-{number}-closes"] = row["closes"]
    return typed


def told(
    inherited: Mapping[str, Any] | None, platforms: Mapping[str, Label]
) -> dict[str, str] | None:
    """What each field is with the district, in words of one line; None for a street's own thing."""
    if inherited is None:
        return None
    return {field: told_value(field, value, platforms) for field, value in inherited.items()}


def told_value(field: str, value: Any, platforms: Mapping[str, Label] = _NONE) -> str:
    """One field's value in words of one line; ``platforms``: code → name."""
    if not value:
        return _("nothing")
    if field in _LABELS:
        return say(value)
    if field == "services":
        return _(", ").join(say(service) for service in value)
    if field == "hours":
        return "; ".join(hours_lines(value))
    if field == "platform":
        return say(platforms.get(value)) or str(value)
    return str(value)


def template_typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A room of the library as the values of its form."""
    typed = {key: values[key] for key in ("seal", "hours", "platform")}
    push_label(typed, "name", values["name"])
    push_label(typed, "purpose", values["purpose"])
    return typed | {"services": in_lines(values["services"])}


def settings_typed(settings: Mapping[str, Setting]) -> dict[str, Any]:
    """What a place has set itself as the values of its form."""
    typed: dict[str, Any] = {
        "contact": settings["contact"].own or "",
        "hours": settings["hours"].own or [],
    }
    push_label(typed, "address", settings["address"].own)
    push_label(typed, "welcome", settings["welcome"].own)
    return typed


def grid_typed(rooms: Sequence[Room], venues: Sequence[Venue], language: str) -> dict[str, str]:
    """Rooms as the cells of the table, ``<field>-<code>``; hours in words of ``language``."""
    codes = {venue.id: venue.code for venue in venues}
    cells: dict[str, str] = {}
    for room in rooms:
        row = {
            "name_zh": room.name.get("zh", ""),
            "name_en": room.name.get("en", ""),
            "keeper": str(room.keeper_id or ""),
            "hours": rules.hours_in_words(room.hours, language),
            "status": room.status,
            "reason": "",
            "contact": room.contact or "",
            "venue": codes.get(room.venue_id or 0, ""),
            "seen": room.changed_at.isoformat(),
        }
        cells |= {f"{field}-{room.code}": value for field, value in row.items()}
    return cells
