"""Bands, ways and refusals in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

BAND: Final = {
    "child": _l("children"),
    "adult": _l("adults"),
    "elder": _l("older people"),
    "other": _l("not told apart"),
}
KIND: Final = {
    "person": _l("by name"),
    "listed": _l("on a list of names"),
    "tally": _l("by count"),
}
HOW: Final = {
    "scanned": _l("by the code in the room"),
    "shown": _l("by the slip"),
    "found": _l("by name"),
    "tally": _l("by count"),
    "paper": _l("from paper"),
}
BARRED: Final = {
    "early": _l("It has not begun: nobody can have come yet."),
    "gone": _l("It was cancelled: nobody is counted."),
    "closed": _l("It is closed. What is corrected now needs a cause."),
}
REFUSED: Final = {
    "unlisted": _l("You are not on the list of this. Please tell the keeper."),
    "other": _l("This slip is for something else."),
    "placeless": _l("There are no places with this slip. Please tell the keeper."),
    "marked": _l("They are marked already."),
    "taken_back": _l("It was taken back already."),
}
