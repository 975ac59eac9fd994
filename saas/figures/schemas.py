"""What the form of a claim takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, filled, pull_label
from saas.kernel.written import month_written

_MOST = 999_999_999_999


class Month(fields.Field[date | None]):
    """A month as people write it, as its first day; an empty one is none."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date | None:
        if value in (None, ""):
            return None
        found = month_written(str(value))
        if found is None:
            raise ValidationError([_l("Write the month like 2026-11.")])
        return found


class ClaimIn(Schema):
    """A stated total with its source."""

    measure = fields.String(required=True, validate=filled(60))
    unit = fields.String(required=True, validate=filled(40))
    stated = fields.Decimal(
        required=True,
        places=2,
        allow_nan=False,
        validate=validate.Range(min=0, max=_MOST, error=_l("Write a number from 0 on.")),
        error_messages={"invalid": _l("Write a number from 0 on.")},
    )
    first_month = Month(load_default=None)
    last_month = Month(load_default=None)
    source_zh = fields.String(required=True, validate=filled(200))
    source_en = fields.String(load_default="", validate=validate.Length(max=200))
    stated_on = Day(required=True)

    @post_load
    def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "source")
        return data
