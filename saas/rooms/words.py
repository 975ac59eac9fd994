"""Statuses of rooms in words and marks, and what their buttons say."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import declare

STATUS: Final = {
    "planned": _l("in preparation"),
    "open": _l("open"),
    "paused": _l("paused"),
    "retired": _l("given up"),
}
MARK: Final = {"planned": "planned", "open": "good", "paused": "paused", "retired": "ended"}
#: (before, after) → what the button says.
DO: Final = {
    ("planned", "open"): _l("Open it"),
    ("paused", "open"): _l("Open again"),
    ("open", "paused"): _l("Pause"),
    ("planned", "retired"): _l("Give up"),
    ("open", "retired"): _l("Give up"),
    ("paused", "retired"): _l("Give up"),
    ("retired", "planned"): _l("Bring back"),
}
ICON: Final = {"open": "check", "paused": "pause", "retired": "close", "planned": "undo"}
#: What is said once it is done; %(room)s is the name.
DONE: Final = {
    "open": _l("%(room)s is open. Residents see it on the plan."),
    "paused": _l("%(room)s is paused. Residents read why."),
    "retired": _l("%(room)s is given up. Nothing is lost: you can bring it back here."),
    "planned": _l("%(room)s is back, in preparation. Open it when it is ready."),
}
#: What a street office is told of the district's library.
OFFERED: Final = declare(
    "rooms.offered",
    title=_l("A new room to take up: %(what)s"),
    text=_l("The district has it in its library now. %(street)s decides whether to take it up."),
    icon="room",
    group=_l("Function rooms"),
)
RETIRED: Final = declare(
    "rooms.template_retired",
    title=_l("Retired by the district: %(what)s"),
    text=_l("%(street)s keeps its room until it decides."),
    icon="room",
    group=_l("Function rooms"),
)
#: A change of many rooms at once, by its kind.
BULK: Final = {
    "grid": _l("Rooms changed in the table"),
    "copy": _l("Copied from another street"),
    "take_up": _l("Rooms taken up from the library"),
}
#: What a street takes from the district, field by field.
FIELDS: Final = {
    "name": _l("Name"),
    "seal": _l("Seal"),
    "purpose": _l("What it is for"),
    "services": _l("Services"),
    "hours": _l("Opening hours"),
    "platform": _l("Platform"),
    "position": _l("Order"),
    "status": _l("Status"),
    "keeper": _l("Keeper"),
    "venue": _l("Venue"),
    "contact": _l("Phone or contact"),
}
#: What a room cannot open without, at the field.
LACKING: Final = {
    "hours": _l("Say when it is open: residents come at these hours."),
    "place": _l("Say where it is, or choose its venue: residents must find the door."),
    "keeper": _l("Choose who keeps it: somebody must be there."),
}
#: What an open room cannot lose, at the field.
LOSING: Final = {
    "hours": _l("It is open, so it needs its hours. Pause it first, or keep them."),
    "place": _l("It is open, so residents must find it. Pause it first, or say where it is."),
}
#: Settings of a street.
SETTINGS: Final = {
    "contact": _l("Phone or contact"),
    "address": _l("Address"),
    "welcome": _l("A word of welcome"),
    "hours": _l("Opening hours of a new room"),
}
#: What is wrong with opening hours, by the key of the rules.
HOURS_FAULTS: Final = {
    "days": _l("Tick at least one day in every row of the opening hours."),
    "time": _l("Write times as 09:00."),
    "order": _l("A room cannot close before it opens."),
    "overlap": _l("Two rows of the opening hours overlap."),
}
#: How people get into a venue, and what is known of it.
ACCESS: Final = {
    "step_free": _l("Step-free way in"),
    "lift": _l("Lift"),
    "toilet": _l("Accessible toilet"),
}
KNOWN: Final = {True: _l("yes"), False: _l("no"), None: _l("not known yet")}
