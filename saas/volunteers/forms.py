"""What is asked of who helps, and of who asks for help."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas.activities.queries import Session
from saas.kernel import clock
from saas.kernel.hours import read_time
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import filled
from saas.volunteers import rules

_SKILLS: Final = validate.Length(max=200)


class JoinIn(Schema):
    """Going on the roll: what one is good at, and that hours may be written down."""

    skills = fields.String(load_default="", validate=_SKILLS)
    consent = fields.Boolean(
        required=True,
        validate=validate.Equal(True, error=_l("Without your consent no hours can be written"
                                               " down.")),
        error_messages={"required": _l("Without your consent no hours can be written down.")},
    )  # fmt: skip


class EnterIn(JoinIn):
    """Somebody who signed on paper."""

    name = fields.String(required=True, validate=filled(40))
    phone = fields.String(required=True, validate=filled(20))


class ShiftIn(Schema):
    """Help that a session needs."""

    work_zh = fields.String(required=True, validate=filled(60))
    work_en = fields.String(load_default="", validate=validate.Length(max=120))
    need = fields.Integer(required=True, validate=validate.Range(1, 99))
    start = fields.String(required=True)
    end = fields.String(required=True)

    @post_load
    def _times(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        label = {"zh": data.pop("work_zh"), "en": data.pop("work_en")}
        data["work"] = {tongue: text.strip() for tongue, text in label.items() if text.strip()}
        return data | {name: _time(name, data[name]) for name in ("start", "end")}


def _time(name: str, text: str) -> time:
    found = read_time(text)
    if found is None:
        raise ValidationError({name: [_l("A time of the day, please.")]})
    return found


def at_session(one: Session, given: dict[str, Any]) -> dict[str, Any]:
    """Times of the day, at the day of the session."""
    day = one.start.astimezone(clock.zone()).date()
    return given | {
        name: datetime.combine(day, given[name], clock.zone()) for name in ("start", "end")
    }


class WhoIn(Schema):
    """Somebody on the roll who helps."""

    volunteer = fields.String(required=True, validate=validate.Length(min=1, max=26))


class VerifyIn(WhoIn):
    """So many minutes somebody helped; none of them takes back what stands. ``cause`` is needed
    where something stands.
    """

    minutes = fields.Integer(required=True, validate=validate.Range(0, rules.MOST_MINUTES))
    cause = fields.String(load_default="", validate=validate.Length(max=200))


class DoubtIn(Schema):
    """What is wrong with one's hours."""

    service = fields.Integer(required=True, validate=validate.Range(1, 2**63 - 1))
    why = fields.String(required=True, validate=filled(300))
