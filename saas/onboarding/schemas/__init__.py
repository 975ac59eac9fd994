"""What may come in while a district is brought in and set up."""

from saas.onboarding.schemas.operator import DistrictIn, RealIn
from saas.onboarding.schemas.wizard import (
    GRID_ROWS,
    AcceptIn,
    GoLiveIn,
    InviteIn,
    LinesIn,
    LookIn,
    MarkIn,
    ModelIn,
    PeopleIn,
    RevokeIn,
    UnitsIn,
    rooms_schema,
)
