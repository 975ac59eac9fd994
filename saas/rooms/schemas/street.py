"""What may come in for a street as a whole: its table, its settings, what it takes over."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from saas.kernel.i18n import gettext as _
from saas.kernel.schemas import LabelFields, pull_label
from saas.rooms import rules, words
from saas.rooms.schemas.rooms import FEW_ROWS, Hours, hours_from

_CELL = re.compile(
    r"(name_zh|name_en|keeper|hours|status|reason|contact|venue|seen)-([a-z0-9_]{1,40})"
)
_MOST_WORDS = 300


def _codes() -> fields.Field[Any]:
    return fields.List(fields.String(validate=validate.Length(max=40)), load_default=list)


class CopyIn(Schema):
    """What to take over from another street, room by room; no platform means the one of the same
    code.
    """

    source = fields.String(required=True)
    rooms = _codes()
    hours = _codes()
    services = _codes()
    settings = _codes()
    platform = fields.String(load_default="")


class TakeUpIn(Schema):
    """Rooms of the library to plan in a street."""

    rooms = _codes()


class AnswerIn(Schema):
    """The room of the library of which a street has heard."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=40))


class SettingsIn(Schema):
    """Settings of a street; what is empty is the district's."""

    contact = fields.String(load_default="", validate=validate.Length(max=60))
    address_zh = fields.String(load_default="", validate=validate.Length(max=200))
    address_en = fields.String(load_default="", validate=validate.Length(max=200))
    welcome_zh = fields.String(load_default="", validate=validate.Length(max=300))
    welcome_en = fields.String(load_default="", validate=validate.Length(max=500))
    hours = fields.List(fields.Nested(Hours), load_default=list, validate=FEW_ROWS)

    @pre_load
    def _gather_hours(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "hours": hours_from(data)}

    @post_load
    def _labels(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "address")
        pull_label(data, "welcome")
        return {"values": data}


class RowIn(LabelFields):
    """One row of the table; hours come in words."""

    keeper = fields.String(load_default="", validate=validate.Length(max=20))
    hours = fields.String(load_default="", validate=validate.Length(max=_MOST_WORDS))
    status = fields.String(required=True, validate=validate.OneOf(rules.STATUSES))
    reason = fields.String(load_default="", validate=validate.Length(max=500))
    contact = fields.String(load_default="", validate=validate.Length(max=60))
    venue = fields.String(load_default="", validate=validate.Length(max=40))
    seen = fields.String(load_default="", validate=validate.Length(max=40))

    @post_load
    def _hours(self, data: dict[str, Any], **_kept: Any) -> dict[str, Any]:
        data["hours"], fault = rules.hours_from_words(data["hours"])
        if fault in words.HOURS_FAULTS:
            raise ValidationError([words.HOURS_FAULTS[fault]], "hours")
        if fault:
            told = _(
                "This was not understood: %(words)s. Write it as Mon-Fri 9:00-12:00, 13:30-17:00.",
                words=fault,
            )
            raise ValidationError([told], "hours")
        return data


class GridIn(Schema):
    """The table: cells come as ``<field>-<code>``; loads as ``rows``, code → the row's fields.

    Faults stand at their cell.
    """

    rows = fields.Raw(required=True)

    @pre_load
    def _gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        rows: dict[str, dict[str, Any]] = {}
        for key, value in data.items():
            if cell := _CELL.fullmatch(key):
                rows.setdefault(cell[2], {})[cell[1]] = value
        return {"rows": rows}

    @post_load
    def _check(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        rows: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        schema = RowIn(unknown=EXCLUDE)
        for code, cells in data["rows"].items():
            try:
                rows[code] = schema.load(cells)
            except ValidationError as error:
                errors |= {f"{field}-{code}": told for field, told in error.messages_dict.items()}
        if errors:
            raise ValidationError(errors)
        return {"rows": rows}
