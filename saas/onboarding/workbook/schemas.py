"""What may come in for an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, Upload, filled
from saas.onboarding.workbook.words import SOURCES


class _File(Schema):
    """A file that must be there."""

    file = Upload(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _is_there(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["file"] is None:
            raise ValidationError({"file": [_l("Choose a file.")]})


class WorkbookIn(_File):
    """A filled-in workbook."""


class ConfirmIn(Schema):
    """Which workbook is confirmed."""

    token = fields.String(required=True, validate=filled(26))


class DivisionsIn(_File):
    """The official list: whose it is, of which day, and the district's six digits."""

    district = fields.String(
        required=True, validate=validate.Regexp(r"^[0-9]{6}$", error=_l("Six digits, please."))
    )
    source = fields.String(required=True, validate=validate.OneOf(list(SOURCES)))
    day = Day(required=True)


class TicksIn(Schema):
    """The lines that were ticked, and as which kinds of units they are taken."""

    codes = fields.List(
        fields.String(),
        required=True,
        validate=validate.Length(max=5000),
        error_messages={"required": _l("Tick at least one line.")},
    )
    street = fields.String(required=True, validate=filled(40))
    community = fields.String(required=True, validate=filled(40))
    bare = fields.Boolean(load_default=False)
    take = fields.Boolean(load_default=False)
