"""Grades and refusals in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

GRADE: Final = {"good": _l("I liked it"), "fair": _l("It was all right"), "poor": _l("Not so good")}
NOT_ASKED: Final = _l("Who was there is asked, once, in the two weeks after it.")
TOO_LATE: Final = _l("It is too late to say how it was.")
USED: Final = _l("You have said it already. Thank you!")
