"""Kinds of days and states of years in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

#: What a day is, as its square in the calendar shows it; those without a word need none.
SHORT: Final = {"off": _l("off"), "made_up": _l("work"), "hours": _l("hours")}
#: The same in full, for the legend, the list and whoever has the page read out.
KIND: Final = {
    "work": _l("Working day"),
    "rest": _l("Day of rest"),
    "off": _l("Day off"),
    "made_up": _l("Make-up working day"),
    "hours": _l("Working day with other hours"),
}
#: The mark that goes with it in lists.
MARK: Final = {
    "work": "good",
    "rest": "ended",
    "off": "paused",
    "made_up": "waiting",
    "hours": "warn",
}
SOURCE: Final = {"published": _l("published"), "own": _l("changed here")}
#: What the times of a day are called, in the order in which a form asks for them.
SLOTS: Final = (_l("Morning"), _l("Afternoon"), _l("Evening"))
