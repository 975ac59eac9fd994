"""Everything that demands say, in words ready for translation."""

from saas.demands.words.acts import (
    ASK,
    CHANNEL,
    DO,
    DONE,
    ICON,
    LIST,
    MARK,
    MISSING,
    OBSTACLE,
    STATE,
    lasting,
    overtaken,
    time_left,
)
from saas.demands.words.intake import NO_SUCH_CODE, TRACKED_TOO_OFTEN

__all__ = [
    "ASK",
    "CHANNEL",
    "DO",
    "DONE",
    "ICON",
    "LIST",
    "MARK",
    "MISSING",
    "NO_SUCH_CODE",
    "OBSTACLE",
    "STATE",
    "TRACKED_TOO_OFTEN",
    "lasting",
    "overtaken",
    "time_left",
]
