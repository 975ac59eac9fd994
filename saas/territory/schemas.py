"""What may come in for the tree, from forms and from the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    pre_load,
    validate,
    validates_schema,
)

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, LabelFields, LabelOut, Reason, filled

_OFFICIAL = validate.Regexp(
    r"^$|^[0-9]{6}$|^[0-9]{9}$|^[0-9]{12}$",
    error=_l("An official code has 6, 9 or 12 digits."),
)


class UnitOut(Schema):
    """A unit as the API shows it."""

    code = fields.String()
    kind = fields.String()
    name = LabelOut()
    path = fields.String()
    official_code = fields.String(allow_none=True)


class UnitFacts(LabelFields):
    """Name and official facts of a unit. An official code comes with where it was read."""

    official_code = fields.String(load_default="", validate=_OFFICIAL)
    official_source = fields.String(load_default="", validate=validate.Length(max=100))
    official_date = Day(load_default=None, allow_none=True)

    @pre_load
    def _no_date(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """A date field that was left empty is sent as an empty text."""
        return {**data, "official_date": data.get("official_date") or None}

    @validates_schema(skip_on_field_errors=True)
    def _with_source(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["official_code"] and not data["official_source"]:
            raise ValidationError({"official_source": [_l("Say which list the code is from.")]})
        if data["official_source"] and not data["official_code"]:
            raise ValidationError({"official_code": [_l("Give the code that stands there.")]})


class UnitIn(UnitFacts):
    """A new unit; the parent is in the address. Without a code it is given one."""

    code = fields.String(load_default="", validate=validate.Length(max=40))
    kind = fields.String(required=True, validate=filled(40))


class MoveIn(Schema):
    """Where a unit goes."""

    parent = fields.String(required=True, validate=filled(40))


class MergeIn(Reason):
    """What a unit is merged into, and why."""

    into = fields.String(required=True, validate=filled(40))
