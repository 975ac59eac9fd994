"""What may come in for rooms."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelFields, pull_label
from saas.rooms import rules

_ONE_CHARACTER = validate.Length(equal=1, error=_l("Exactly one character."))


class _Purpose(LabelFields):
    """Name, seal and purpose; the purpose is typed in two fields like the name."""

    seal = fields.String(required=True, validate=_ONE_CHARACTER)
    purpose_zh = fields.String(load_default="", validate=validate.Length(max=300))
    purpose_en = fields.String(load_default="", validate=validate.Length(max=500))

    @post_load
    def _purpose(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "purpose")
        return data


class PlatformIn(_Purpose):
    """A platform's words."""


class _Place(_Purpose):
    """Where something is, in both languages."""

    place_zh = fields.String(load_default="", validate=validate.Length(max=200))
    place_en = fields.String(load_default="", validate=validate.Length(max=200))

    @post_load
    def _place(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "place")
        return data


class CentreIn(_Place):
    """The centre's words and place."""


class Hours(Schema):
    """One row of opening hours."""

    days = fields.List(fields.Integer(validate=validate.Range(1, 7)), required=True)
    opens = fields.String(required=True)
    closes = fields.String(required=True)


class RoomIn(_Place):
    """All words of a room. Services come as one line each, ``中文 | English``."""

    services = fields.String(load_default="", validate=validate.Length(max=4000))
    hours = fields.List(fields.Nested(Hours), load_default=list)
    venue = fields.String(load_default="")
    contact = fields.String(load_default="", validate=validate.Length(max=60))

    @pre_load
    def _gather_hours(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "hours": hours_from(data)}

    @post_load
    def _split_services(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["services"] = [
            _service(line) for line in data["services"].splitlines() if line.strip()
        ]
        return data


class NewRoomIn(RoomIn):
    """A new room also needs its platform."""

    platform = fields.String(required=True)


class StatusIn(Schema):
    """A change of status with its reason."""

    status = fields.String(required=True, validate=validate.OneOf(rules.STATUSES))
    reason = fields.String(load_default="", validate=validate.Length(max=500))


class RoomOut(Schema):
    """A room as the API shows it."""

    code = fields.String()
    name = fields.Dict(keys=fields.String(), values=fields.String())
    seal = fields.String()
    status = fields.String()
    place = fields.Dict(keys=fields.String(), values=fields.String())
    hours = fields.Raw()
    services = fields.Raw()


def hours_from(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the hours editor: hours-0-days, hours-0-opens, hours-0-closes, hours-1-days …"""
    rows = []
    for number in range(14):
        days = typed.get(f"hours-{number}-days", [])
        opens = typed.get(f"hours-{number}-opens", "")
        closes = typed.get(f"hours-{number}-closes", "")
        if days or opens or closes:
            chosen = days if isinstance(days, list) else [days]
            rows.append({"days": chosen, "opens": opens, "closes": closes})
    return rows


def hours_typed(hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Stored hours as the fields of the editor."""
    typed: dict[str, Any] = {}
    for number, row in enumerate(hours):
        typed[f"hours-{number}-days"] = [str(day) for day in row["days"]]
        typed[f"hours-{number}-opens"] = row["opens"]
        typed[f"hours-{number}-closes"] = row["closes"]
    return typed


def services_typed(services: list[dict[str, str]]) -> str:
    """Stored services as the lines of the text box."""
    return "\n".join(
        f"{s.get('zh', '')} | {s['en']}" if s.get("en") else s.get("zh", "") for s in services
    )


def _service(line: str) -> dict[str, str]:
    zh, _, en = (part.strip() for part in line.partition("|"))
    return {"zh": zh, "en": en} if en else {"zh": zh}
