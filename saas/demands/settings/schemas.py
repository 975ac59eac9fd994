"""The working hours of levels as a form sends them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate

from saas.kernel.i18n import lazy_gettext as _l


def _whole(least: int, most: int, **options: Any) -> fields.Integer:
    """A whole number between two others."""
    between = validate.Range(least, most, error=_l("A number from {min} to {max}, please."))
    return fields.Integer(validate=between, **options)


def _no_text(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Fields of a form that were left empty hold no value."""
    return {key: None if key in names and value == "" else value for key, value in data.items()}


def times_schema(levels: Iterable[str], *, every: bool) -> type[Schema]:
    """The working hours of these levels, ``accept-<level>`` and ``resolve-<level>``.

    Loads as ``spans``, level → (accept, resolve). Without ``every`` a level may be left empty.
    """
    names = [(level, f"accept-{level}", f"resolve-{level}") for level in levels]
    options = {"required": True} if every else {"load_default": None, "allow_none": True}

    class Times(Schema):
        """One field for each time of each level."""

        @pre_load
        def _empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
            if every:
                return dict(data)
            return _no_text(data, *(name for row in names for name in row[1:]))

        @post_load
        def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            half = [
                a if data[a] is None else r for _, a, r in names if bool(data[a]) != bool(data[r])
            ]
            if half:
                raise ValidationError({name: [_l("Give both times, or neither.")] for name in half})
            return {"spans": {lv: (data[a], data[r]) for lv, a, r in names if data[a] is not None}}

    hours = {name: _whole(1, 2000, **options) for row in names for name in row[1:]}
    return type("TimesIn", (Times,), dict(hours))
