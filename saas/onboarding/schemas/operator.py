"""What an operator types to bring a district in: the least that makes it. All else is its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelFields, filled

_LOGIN = fields.String(
    load_default="admin",
    validate=validate.Regexp(
        r"^[a-z0-9][a-z0-9._-]{1,39}$",
        error=_l("Use 2 to 40 small letters, digits, dots or hyphens."),
    ),
)


class RealIn(LabelFields):
    """A real district out of a demo: its name, code, and first administrator."""

    code = fields.String(required=True, validate=filled(32))
    administrator = fields.String(required=True, validate=filled(60))
    login = _LOGIN


class DistrictIn(LabelFields):
    """A new district: name, code, package and its first administrator."""

    code = fields.String(required=True, validate=filled(32))
    official_code = fields.String(
        load_default="",
        validate=validate.Regexp(r"^$|^[0-9]{6}$", error=_l("Six digits, or leave it empty.")),
    )
    package = fields.String(required=True, validate=filled(60))
    kind = fields.String(load_default="standard", validate=validate.OneOf(["standard", "trial"]))
    administrator = fields.String(required=True, validate=filled(60))
    login = _LOGIN

    @pre_load
    def _usual(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """What was folded away and left empty is as usual."""
        return {key: value for key, value in data.items() if value or key not in {"kind", "login"}}
