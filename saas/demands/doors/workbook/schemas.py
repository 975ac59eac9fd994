"""A workbook as it is sent, and confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Upload, filled


class WorkbookIn(Schema):
    """A filled-in workbook."""

    file = Upload(required=True)

    @validates_schema(skip_on_field_errors=True)
    def _is_there(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["file"] is None:
            raise ValidationError({"file": [_l("Choose a file.")]})


class ConfirmIn(Schema):
    """Which workbook is confirmed."""

    token = fields.String(required=True, validate=filled(26))
