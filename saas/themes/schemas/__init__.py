"""The shape of pack.yaml, and of what is made from it."""

from saas.themes.schemas.culture import (
    TERMS,
    Activity,
    Festival,
    Honour,
    Lunar,
    Note,
    Person,
    RoomName,
    Route,
    Rule,
    Solar,
    Stop,
    Story,
    Term,
    Weekday,
)
from saas.themes.schemas.look import COLOURS, MOTIFS, TIERS, Fault, Frame, Label, Palette
from saas.themes.schemas.pack import SLOTS, Pack, PackSchema, content
