"""The alarm of demands: `jobs.tick` looks at everything that is due."""

from __future__ import annotations

from datetime import datetime

from saas import casework


def set_alarm(at: datetime | None) -> None:
    """Have the clock look at this district's demands in the minute of ``at``."""
    casework.set_alarm("demands.tick", at)
