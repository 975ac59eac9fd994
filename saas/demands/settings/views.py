"""Stored settings as forms show them."""

from __future__ import annotations

from saas.demands.settings.queries import Times


def times_typed(times: Times) -> dict[str, int]:
    """Stored working hours as the fields of the grid."""
    accept = {f"accept-{level}": row.accept_hours for level, row in times.items()}
    return accept | {f"resolve-{level}": row.resolve_hours for level, row in times.items()}
