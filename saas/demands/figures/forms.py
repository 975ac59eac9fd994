"""What a report is called, what it is for, and how often it comes out."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from saas.demands.figures.rules import REPORT_MEASURES
from saas.demands.figures.words import PERIOD
from saas.forms.fields import cards, label
from saas.kernel.i18n import lazy_gettext as _l

REPORT = (
    label("title", _l("Title"), required=True),
    label("summary", _l("What it is for"), longest=150, longest_en=200),
    cards("period", _l("Comes out"), tuple(PERIOD.items())),
)


class KeptIn(Schema):
    """A view of the figures that goes into a report: ``into`` one that there is, or a new one."""

    into = fields.String(load_default="", validate=validate.Length(max=40))
    measures = fields.List(
        fields.String(validate=validate.OneOf(REPORT_MEASURES)), load_default=list
    )
