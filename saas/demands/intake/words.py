"""What is said while something comes in."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

NO_SUCH_CODE: Final = _l(
    "There is no demand with this number or code. Both stand on the slip: the number is like"
    " 1128-0042-7, the code four groups of four letters or digits."
)
WRONG_PIN: Final = _l(
    "These are not the six digits that belong to this number. They stand beside it on the slip and"
    " in the message."
)
PIN_TRIED_TOO_OFTEN: Final = _l(
    "Wrong digits were tried for this number too often. Scan the code on the slip: that always"
    " opens it. The digits open it again tomorrow."
)
NO_PHONE: Final = _l(
    "This is no phone number. Mobile: 11 digits; landline: with the area code. You can also leave"
    " it empty."
)
TRACKED_TOO_OFTEN: Final = _l(
    "Too many wrong codes were tried from here. The right code still opens: compare it with the"
    " slip, or wait a quarter of an hour."
)
REFUSED: Final = {
    "text": _l("Longer than 300 characters."),
    "number": _l("This is not a number."),
    "choice": _l("Choose one of the list."),
    "yes_no": _l("Choose yes or no."),
    "date": _l("This is not a date."),
}
