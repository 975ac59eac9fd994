"""What an operator types to bring a district in."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import LabelFields, filled


class DistrictIn(LabelFields):
    """A new district. Streets come as one line each, ``中文 | English``."""

    code = fields.String(required=True, validate=filled(32))
    official_code = fields.String(
        load_default="",
        validate=validate.Regexp(r"^$|^[0-9]{6}$", error=_l("Six digits, or leave it empty.")),
    )
    package = fields.String(required=True, validate=filled(60))
    look = fields.String(required=True, validate=filled(60))
    kind = fields.String(required=True, validate=validate.OneOf(["standard", "trial"]))
    streets = fields.String(load_default="", validate=validate.Length(max=4000))
    administrator = fields.String(required=True, validate=filled(60))
    login = fields.String(
        required=True,
        validate=validate.Regexp(
            r"^[a-z0-9][a-z0-9._-]{1,39}$",
            error=_l("Use 2 to 40 small letters, digits, dots or hyphens."),
        ),
    )

    @post_load
    def _lines(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["streets"] = [
            {"name": _label(line)} for line in data["streets"].splitlines() if line.strip()
        ]
        return data


def _label(line: str) -> dict[str, str]:
    zh, _, en = (part.strip() for part in line.partition("|"))
    return {"zh": zh, "en": en} if en else {"zh": zh}
