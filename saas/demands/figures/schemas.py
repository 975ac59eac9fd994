"""What may come in for defined reports."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.demands.figures.rules import REPORT_MEASURES


class KeptIn(Schema):
    """A view of the figures that goes into a report: ``into`` one that there is, or a new one."""

    into = fields.String(load_default="", validate=validate.Length(max=40))
    measures = fields.List(
        fields.String(validate=validate.OneOf(REPORT_MEASURES)), load_default=list
    )
