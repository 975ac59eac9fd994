"""What may come in for the tree, from forms and from the API."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.kernel.schemas import LabelFields, Reason


class UnitOut(Schema):
    """A unit as the API shows it."""

    code = fields.String()
    kind = fields.String()
    name = fields.Dict(keys=fields.String(), values=fields.String())
    path = fields.String()
    official_code = fields.String(allow_none=True)


class UnitFacts(LabelFields):
    """Name and official facts of a unit."""

    official_code = fields.String(
        load_default="", validate=validate.Regexp(r"^$|^[0-9]{6}$|^[0-9]{9}$|^[0-9]{12}$")
    )
    official_source = fields.String(load_default="", validate=validate.Length(max=100))


class UnitIn(UnitFacts):
    """A new unit; the parent is in the address."""

    code = fields.String(required=True, validate=validate.Length(min=1, max=40))
    kind = fields.String(required=True)


class MoveIn(Schema):
    """Where a unit goes."""

    parent = fields.String(required=True)


class MergeIn(Reason):
    """What a unit is merged into, and why."""

    into = fields.String(required=True)
