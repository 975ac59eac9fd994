"""What may come in for rooms."""

from saas.rooms.schemas.rooms import (
    CentreIn,
    CentreOut,
    CopyIn,
    Hours,
    NewRoomIn,
    PlatformIn,
    RoomIn,
    RoomOut,
    RunIn,
    ShiftIn,
    StatusIn,
    hours_from,
    services_typed,
)

__all__ = [
    "CentreIn",
    "CentreOut",
    "CopyIn",
    "Hours",
    "NewRoomIn",
    "PlatformIn",
    "RoomIn",
    "RoomOut",
    "RunIn",
    "ShiftIn",
    "StatusIn",
    "hours_from",
    "services_typed",
]
