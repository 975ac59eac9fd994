"""Statuses of rooms in words and marks, and what their buttons say."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

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
