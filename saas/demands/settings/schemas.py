"""The working hours of levels as a form sends them, and shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, post_load, pre_load

from saas.demands.menu.rules import Hours
from saas.forms.fields import whole
from saas.kernel.i18n import lazy_gettext as _l
from saas.territory.queries import Level


def times_schema(levels: Iterable[Level], *, every: bool) -> type[Schema]:
    """The working hours of these levels, ``accept-<level>`` and ``resolve-<level>``.

    Loads as ``hours``, level → its hours. Without ``every`` a level may be left empty.
    """
    names = [(lv.code, f"accept-{lv.code}", f"resolve-{lv.code}") for lv in levels]
    options = {"required": True} if every else {"load_default": None, "allow_none": True}
    fields = {name: whole(1, 2000, **options) for row in names for name in row[1:]}

    class Times(Schema):
        """One field for each time of each level."""

        @pre_load
        def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
            """Fields of a form that were left empty hold no value."""
            gone = {} if every else {name: None for name in fields if data.get(name) == ""}
            return {**data, **gone}

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            half = [
                a if data[a] is None else r for _, a, r in names if bool(data[a]) != bool(data[r])
            ]
            if half:
                raise ValidationError({name: [_l("Give both times, or neither.")] for name in half})
            return {"hours": {lv: Hours(data[a], data[r]) for lv, a, r in names if data[a]}}

    return type("TimesIn", (Times,), dict(fields))


def times_typed(hours: Mapping[str, Hours]) -> dict[str, int]:
    """Stored working hours as the fields of the grid."""
    accept = {f"accept-{level}": own.accept for level, own in hours.items()}
    return accept | {f"resolve-{level}": own.resolve for level, own in hours.items()}
