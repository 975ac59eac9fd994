"""Knowledge and settings in words."""

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
ANSWER_LIST: Final = {
    "draft": _l("To publish"),
    "published": _l("Public"),
    "withdrawn": _l("Withdrawn"),
}
#: The mark and the word of an answer's state.
ANSWER_STATE: Final = {
    "draft": ("planned", _l("draft")),
    "published": ("good", _l("public")),
    "withdrawn": ("ended", _l("withdrawn")),
}
#: What a cause is for.
USE: Final = {
    "suspend": _l("Why a demand is suspended"),
    "decline": _l("Why a demand is not reasonable"),
}
