"""The alarm of demands: `jobs.tick` looks at everything that is due."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from saas import casework

JOB: Final = "demands.tick"


def set_alarm(at: datetime | None) -> None:
    """Have the clock look at this district's demands in the minute of ``at``."""
    casework.set_alarm(JOB, at)
