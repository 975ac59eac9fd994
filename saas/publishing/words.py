"""States, verbs and kinds of blocks in words."""

from __future__ import annotations

from typing import Any, Final

from saas import casework
from saas.casework import Verb
from saas.kernel.i18n import lazy_gettext as _l

STATE: Final = {
    "draft": ("planned", _l("being written")),
    "review": ("waiting", _l("somebody else looks at it")),
    "published": ("good", _l("everybody can read it")),
    "withdrawn": ("ended", _l("taken off")),
}
KIND: Final = {
    "story": _l("Words and a picture"),
    "figure": _l("Figure"),
    "activity": _l("Activity"),
    "room": _l("Room"),
    "organisation": _l("Organisation"),
    "coverage": _l("Report of the media"),
}
ICON: Final = {"story": "note", "figure": "figures", "activity": "activity", "room": "room",
               "organisation": "organisation", "coverage": "notice"}  # fmt: skip
_ROWS: Final[tuple[Verb[Any], ...]] = (
    Verb(code="submit", done=_l("Handed in"), do=_l("Hand it in"), icon="check", tone="waiting",
         may=("reason",)),
    Verb(code="publish", done=_l("Published"), do=_l("Publish it"), icon="check", tone="good"),
    Verb(code="send_back", done=_l("Sent back"), do=_l("Send it back"), icon="back", tone="warn",
         ask=_l("What is to be changed?")),
    Verb(code="take_back", done=_l("Taken back to be changed"), do=_l("Go on writing"),
         icon="edit", tone="planned"),
    Verb(code="revise", done=_l("A new edition was begun"), do=_l("Write a new edition"),
         icon="edit", tone="planned"),
    Verb(code="withdraw", done=_l("Taken off"), do=_l("Take it off"), icon="close", tone="ended",
         ask=_l("Why is it taken off?")),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "empty": _l("It has no blocks yet: add what it is to show."),
    "gone": _l("A block shows something that is not public any more: send it back."),
    "unseen": _l("Nobody can read it yet: there is nothing to take off."),
}
MISSING: Final = {"reason": _l("Say it in a sentence.")}
