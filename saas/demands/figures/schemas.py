"""What may come in for defined reports."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from saas.demands.figures.rules import REPORT_MEASURES
from saas.figures.reports import PERIODS
from saas.kernel.schemas import filled, pull_label


class ShiftIn(Schema):
    """One place further up or down."""

    way = fields.String(required=True, validate=validate.OneOf(("up", "down")))


class ReportIn(Schema):
    """What a report is called, and what it is for."""

    title_zh = fields.String(required=True, validate=filled(60))
    title_en = fields.String(load_default="", validate=validate.Length(max=100))
    summary_zh = fields.String(load_default="", validate=validate.Length(max=150))
    summary_en = fields.String(load_default="", validate=validate.Length(max=200))

    @post_load
    def _labels(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for name in ("title", "summary"):
            pull_label(data, name)
        return data


class KeptIn(Schema):
    """A view of the figures that goes into a report that there is."""

    into = fields.String(load_default="", validate=validate.Length(max=40))
    measures = fields.List(
        fields.String(validate=validate.OneOf(REPORT_MEASURES)), load_default=list
    )


class NewReportIn(ReportIn, KeptIn):
    """A report of its own."""

    period = fields.String(required=True, validate=validate.OneOf(PERIODS))
