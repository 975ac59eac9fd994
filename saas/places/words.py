"""States and choices in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

#: State → (mark, word).
STATE: Final = {
    "draft": ("planned", _l("draft")),
    "published": ("good", _l("published")),
    "withdrawn": ("ended", _l("withdrawn")),
}
#: Whether a merchant is shown → (mark, word).
SHOWN: Final = {
    "shown": ("good", _l("shown")),
    "soon": ("warn", _l("consent ends soon")),
    "over": ("late", _l("consent has ended")),
    "retired": ("ended", _l("retired")),
}
STEP_FREE: Final = {
    "yes": _l("step-free"),
    "no": _l("with steps"),
    "unknown": _l("steps: not known"),
}
#: Verb → what its button says, its icon, what was done.
VERBS: Final = {
    "publish": (_l("Publish"), "check", _l("The walk is published.")),
    "withdraw": (_l("Withdraw"), "pause", _l("The walk is withdrawn. It can be published again.")),
}
