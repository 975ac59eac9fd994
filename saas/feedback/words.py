"""Grades, states of pictures, refusals and notices in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import declare

GRADE: Final = {"good": _l("I liked it"), "fair": _l("It was all right"), "poor": _l("Not so good")}
NOT_ASKED: Final = _l("Who was there is asked, once, in the two weeks after it.")
TOO_LATE: Final = _l("It is too late to say how it was.")
USED: Final = _l("You have said it already. Thank you!")
TOO_EARLY: Final = _l("It has not begun: there is nothing to be seen yet.")
OVERTAKEN: Final = _l("Somebody else has decided already. Look once more.")
ANOTHER: Final = _l("You put it there yourself: another who works here puts it back.")
STATE: Final = {
    "shown": ("good", _l("everybody sees it")),
    "hidden": ("warn", _l("somebody objects, nobody sees it")),
    "removed": ("ended", _l("taken away")),
}
OBJECTED: Final = declare(
    "feedback.objected", title=_l("Somebody objects to a picture: %(what)s"),
    text=_l("It is hidden. Decide by %(until)s whether it goes for good."), icon="camera",
    asks=True, group=_l("Activities"),
)  # fmt: skip
DECIDED: Final = {
    "put_back": _l("It is put back: everybody sees it again."),
    "removed": _l("It is gone for good."),
}
