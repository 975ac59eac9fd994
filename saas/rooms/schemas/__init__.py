"""What may come in for rooms."""

from saas.rooms.schemas.library import (
    RoomTemplateIn,
    TemplateIn,
)
from saas.rooms.schemas.rooms import (
    ACCESS,
    FEW_ROWS,
    CentreIn,
    CentreOut,
    Hours,
    NewPlatformIn,
    NewRoomIn,
    PlatformIn,
    RoomIn,
    RoomOut,
    RunIn,
    ShiftIn,
    SpendingIn,
    StatusIn,
    VenueFormIn,
    VenueIn,
    hours_from,
)
from saas.rooms.schemas.street import (
    AnswerIn,
    CopyIn,
    GridIn,
    SettingsIn,
    TakeUpIn,
)
