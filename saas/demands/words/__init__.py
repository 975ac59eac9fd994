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
from saas.demands.words.knowledge import ANSWER_LIST, ANSWER_STATE, BLANK, USE

__all__ = [
    "ANSWER_LIST",
    "ANSWER_STATE",
    "ASK",
    "BLANK",
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
    "USE",
    "lasting",
    "overtaken",
    "time_left",
]
