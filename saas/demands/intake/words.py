"""What is said while something comes in."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

NO_SUCH_CODE: Final = _l(
    "There is no demand with this code. It stands on the slip: four groups of four letters or"
    " digits."
)
TRACKED_TOO_OFTEN: Final = _l(
    "Too many codes were tried from here. Please wait a quarter of an hour."
)
REFUSED: Final = {
    "text": _l("Longer than 300 characters."),
    "number": _l("This is not a number."),
    "choice": _l("Choose one of the list."),
    "yes_no": _l("Choose yes or no."),
    "date": _l("This is not a date."),
}
