"""The rows of workdays.yaml; hours are written so in other files, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from saas.packages.schemas.fields import Clock, Many, WholeField


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on these days of the week (1 is Monday) from ``opens`` to ``closes``."""

    days: Annotated[tuple[Annotated[int, WholeField(least=1, most=7)], ...], Many(least=1, most=7)]
    opens: Clock
    closes: Clock


@dataclass(frozen=True, slots=True)
class Workdays:
    """workdays.yaml: the hours of an ordinary week, in which deadlines count."""

    week: Annotated[tuple[Hours, ...], Many(least=1, most=30)]
