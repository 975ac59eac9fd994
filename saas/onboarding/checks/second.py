"""More than one person holds the key: the first administrator may fall ill, or be locked out."""

from __future__ import annotations

from saas.accounts import queries as people
from saas.onboarding.rules import Finding


def check() -> list[Finding]:
    """An administrator other than the first, who was made with the district, has signed in."""
    others = people.administrators()[1:]
    if not others:
        return [Finding("second_missing", "gap", path="/setup/people?second=1")]
    seen = [other for other in others if other.last_sign_in_at]
    if not seen:
        ids = [other.id for other in others]
        return [Finding("second_waiting", "gap", {"people": ids}, path=f"/people/{ids[0]}")]
    return [
        Finding(
            "second_seen",
            "ok",
            {"people": [other.id], "at": other.last_sign_in_at.isoformat()},
            path=f"/people/{other.id}",
        )
        for other in seen
        if other.last_sign_in_at
    ]
