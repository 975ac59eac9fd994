"""What may come in for the calendar, from forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.schemas import Day, LabelFields
from saas.workdays.rules import Span, Spans

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
#: A form never asks for more spans of one day than this.
_MOST_SLOTS = 12


class _Hours(fields.Field[Spans]):
    """The times of a day as `hours_typed` gathers them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Spans:
        return tuple(sorted(_span(opens, closes) for opens, closes in value))


def _span(opens: str, closes: str) -> Span:
    if not opens or not closes:
        raise ValidationError([_l("Give both times, or neither.")])
    if not (_CLOCK.fullmatch(opens) and _CLOCK.fullmatch(closes)):
        raise ValidationError([_l("A time is written like 09:00.")])
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def hours_typed(typed: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """The filled pairs of ``<name>-<i>-opens`` and ``<name>-<i>-closes``, as they were typed."""
    pairs = (
        (str(typed.get(f"{name}-{i}-opens") or ""), str(typed.get(f"{name}-{i}-closes") or ""))
        for i in range(_MOST_SLOTS)
    )
    return [pair for pair in pairs if any(pair)]


class WeekIn(Schema):
    """The hours of the seven weekdays, ``day-1`` to ``day-7`` from Monday; loads as ``week``."""

    monday = _Hours(data_key="day-1", required=True)
    tuesday = _Hours(data_key="day-2", required=True)
    wednesday = _Hours(data_key="day-3", required=True)
    thursday = _Hours(data_key="day-4", required=True)
    friday = _Hours(data_key="day-5", required=True)
    saturday = _Hours(data_key="day-6", required=True)
    sunday = _Hours(data_key="day-7", required=True)

    @pre_load
    def _gather(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {f"day-{n}": hours_typed(data, f"day-{n}") for n in range(1, 8)}

    @post_load
    def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"week": tuple(data[name] for name in self.fields)}


class _Until(Schema):
    """The last day of a run; empty for a single day."""

    until = Day(load_default=None, allow_none=True)

    @pre_load
    def _no_date(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """A date field that was left empty is sent as an empty text."""
        return {**data, "until": data.get("until") or None}


class DayIn(LabelFields, _Until):
    """What a day is: ``works`` off or on; without hours those of an ordinary working day."""

    works = fields.String(
        required=True,
        validate=validate.OneOf(("off", "on")),
        error_messages={"required": _l("Choose one of the two.")},
    )
    hours = _Hours(load_default=())

    @pre_load
    def _gather(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "hours": hours_typed(data, "hours")}

    @post_load
    def _settle(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        hours = data.pop("hours")
        return {**data, "works": data["works"] == "on", "spans": hours or None}


class ClearIn(_Until):
    """A run of own changes to take back."""
