"""What is asked with a statement, with a line, and before a month is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from saas.figures.schemas import Month
from saas.forms.fields import Field
from saas.funds.forms import gift_shape
from saas.kernel.i18n import lazy_gettext as _l
from saas.statements import rules

LABELS: Final = {
    "month": _l("Month"), "opening": _l("First balance"), "closing": _l("Last balance"),
    "file": _l("Workbook"), "note": _l("Note"), "kind": _l("What it is"), "thing": _l("What it is"),
    "begin_words": _l("Why they differed"), "reason": _l("Reason"), "words": _l("Why"),
}  # fmt: skip


class Balance(fields.Field[Decimal]):
    """A balance in yuan and fen, which may be nothing."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        found = rules.balance(str(value))
        if found is None:
            raise ValidationError([_l("Write a balance in yuan, with at most two places: 0.00")])
        return found


def _words(longest: int = 300) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=longest))


class StatementIn(Schema):
    """What stands on the paper of the bank beside its lines."""

    month = Month(required=True)
    opening = Balance(required=True)
    closing = Balance(required=True)


class MatchIn(Schema):
    """A line is a thing of the book, or of a kind that the book does not have."""

    thing, kind, note = _words(80), _words(10), _words()


class ReasonIn(Schema):
    """Why what was said is wrong."""

    reason = _words()


class WaitIn(Schema):
    """What is on its way, and why."""

    things = fields.List(fields.String(validate=validate.Length(max=80)), load_default=list)
    words = _words()


class CloseIn(Schema):
    """Why book and bank differed before the first statement, where they did."""

    begin_words = _words()


def shape_of_gift(day: date) -> tuple[Field, ...]:
    """A gift that a line of a day is: all that is asked at the desk, but for what the bank says;
    nothing is answered before somebody does.
    """
    return tuple(
        replace(one, default=None) for one in gift_shape(day) if one.name not in {"amount", "way"}
    )
