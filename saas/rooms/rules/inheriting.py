"""Pure decisions about what a street's things take from the district's library, field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

CENTRE_FIELDS: Final = ("name", "seal", "purpose")
PLATFORM_FIELDS: Final = (*CENTRE_FIELDS, "position")
ROOM_FIELDS: Final = (*PLATFORM_FIELDS, "services", "hours", "platform")

Values = Mapping[str, Any]


def followed(held: Values, own: Collection[str], inherited: Values) -> dict[str, Any]:
    """What has to change in ``held`` so that every field which is not ``own`` is as inherited."""
    return {
        field: value
        for field, value in inherited.items()
        if field not in own and held.get(field) != value
    }


def own_after(
    own: Collection[str], before: Values, after: Values, inherited: Values | None
) -> list[str]:
    """The fields that are own once a street has changed ``before`` into ``after``.

    What was changed is the street's own, unless it is now as the district has it; what was left
    alone stays as it was. Without ``inherited`` everything is own.
    """
    if inherited is None:
        return sorted(after)
    changed = {field for field in after if before.get(field) != after[field]}
    return sorted(
        field
        for field in after
        if (after[field] != inherited.get(field) if field in changed else field in own)
    )


def differing(values: Values, inherited: Values | None) -> list[str]:
    """The fields of something new that are its own: those that differ, or all of them."""
    return own_after((), {}, values, inherited)
