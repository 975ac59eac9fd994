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

__all__ = [
    "ASK",
    "CHANNEL",
    "DO",
    "DONE",
    "ICON",
    "LIST",
    "MARK",
    "MISSING",
    "OBSTACLE",
    "STATE",
    "lasting",
    "overtaken",
    "time_left",
]
