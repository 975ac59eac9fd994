"""What may come in for rooms."""

from saas.rooms.schemas.library import (
    RoomTemplateIn,
    TemplateIn,
)
from saas.rooms.schemas.rooms import (
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
    StatusIn,
    ACCESS,
    SpendingIn,
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
