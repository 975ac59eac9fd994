"""Lists and states of public answers."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

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
