"""What the chosen look tells is of this place, not of another one."""

from __future__ import annotations

from saas.onboarding.rules import Finding
from saas.themes import queries as themes

_PATH = "/culture/edit"
_NAMED = 6


def check() -> list[Finding]:
    """One line for each part that tells of elsewhere, by name; the gap can be answered for."""
    found = themes.foreign()
    if not found:
        return [Finding("all_of_here", "ok", {"look": themes.current_pack().title}, path=_PATH)]
    return [
        Finding(
            "of_elsewhere",
            "gap",
            {
                "section": one.section,
                "number": len(one.rows),
                "named": [dict(label) for label, _seal in one.rows[:_NAMED]],
                "place": dict(pack.place or pack.title),
            },
            f"place:{pack.code}:{one.section}",
            _PATH,
        )
        for pack, one in found
    ]
