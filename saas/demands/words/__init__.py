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
from saas.demands.words.figures import (
    CLIMBED,
    DERIVED,
    GROUPED,
    LAST_MONTHS,
    MEASURE,
    SOURCE,
    definition_of,
)

__all__ = [
    "ASK",
    "CHANNEL",
    "CLIMBED",
    "DERIVED",
    "DO",
    "DONE",
    "GROUPED",
    "ICON",
    "LAST_MONTHS",
    "LIST",
    "MARK",
    "MEASURE",
    "MISSING",
    "OBSTACLE",
    "SOURCE",
    "STATE",
    "definition_of",
    "lasting",
    "overtaken",
    "time_left",
]
