"""What is given when people are counted."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, post_load, pre_load, validate

from saas.attendance import rules
from saas.kernel.i18n import lazy_gettext as _l

_MOST: Final = validate.Range(0, 5000, error=_l("A number from 0 to 5000, please."))


class _Keyed(Schema):
    """``submission`` is the key of the device; ``cause`` is needed where it is closed already."""

    submission = fields.String(required=True, validate=validate.Length(min=16, max=40))
    cause = fields.String(load_default="", validate=validate.Length(max=200))

    @pre_load
    def _given(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A number that was left empty is none."""
        return {name: value for name, value in data.items() if value != ""}


class CameIn(_Keyed):
    """The code of a slip, and how many came with it; None for the whole party. ``found``: by
    name; else the slip was shown.
    """

    slip = fields.String(required=True, validate=validate.Length(min=1, max=60))
    n = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 9))
    found = fields.Boolean(load_default=False)


class TallyIn(_Keyed):
    """How many of each band, and on a list of names that is kept elsewhere."""

    child, adult, elder, other, listed = (
        fields.Integer(load_default=0, validate=_MOST) for _ in range(5)
    )

    @post_load
    def _together(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["bands"] = {band: data.pop(band) for band in rules.BANDS}
        return data


class BackIn(_Keyed):
    """What is taken back."""

    mark = fields.Integer(required=True, validate=validate.Range(1, 2**63 - 1))


class HoldIn(Schema):
    """It is over; ``nobody`` where nobody is counted."""

    nobody = fields.Boolean(load_default=False)
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class CloseIn(Schema):
    """The number that was looked at."""

    total = fields.Integer(required=True, validate=validate.Range(0, 10**7))
    seen = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 10**6))


class MinuteIn(Schema):
    """The six digits that the room shows."""

    digits = fields.String(required=True, validate=validate.Regexp(
        r"^\d{6}$", error=_l("Six digits, as the room shows them now.")))  # fmt: skip
