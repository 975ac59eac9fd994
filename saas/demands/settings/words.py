"""What is said of settings."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

#: What a blank of a reply template is filled with, in the order of ``TEMPLATE_BLANKS``.
BLANK: Final = {
    "code": _l("the demand's code"),
    "unit": _l("who has it"),
    "category": _l("what it is about"),
    "due": _l("the day until which there is time"),
}
#: What a cause is for.
USE: Final = {
    "suspend": _l("Why a demand is suspended"),
    "decline": _l("Why a demand is not reasonable"),
}
