"""What the colours of a palette, and those mixed from it, are called on screen."""

from __future__ import annotations

from typing import Any, Final

from saas.kernel.i18n import lazy_gettext as _l

#: Name of the colour, as variables have it but with underscores → its name.
COLOUR: Final[dict[str, Any]] = {
    "ground": _l("Ground of the page"),
    "paper": _l("Paper of cards"),
    "ink": _l("Ink of words"),
    "muted": _l("Quiet words"),
    "hairline": _l("Fine lines"),
    "control": _l("Edges of fields"),
    "accent": _l("Main colour"),
    "on_accent": _l("Words on the main colour"),
    "support": _l("Second colour"),
    "on_support": _l("Words on the second colour"),
    "good": _l("Good, in time"),
    "warn": _l("Warning"),
    "late": _l("Late"),
    "paused": _l("Paused"),
    "wash": _l("Heads of tables"),
    "rail": _l("Side of the console"),
    "wall": _l("Wall"),
    "accent_deep": _l("Main colour, pressed"),
    "support_deep": _l("Second colour, pressed"),
    "accent_soft": _l("Main colour, soft"),
    "support_soft": _l("Second colour, soft"),
    "good_soft": _l("Good, soft"),
    "warn_soft": _l("Warning, soft"),
    "late_soft": _l("Late, soft"),
    "paused_soft": _l("Paused, soft"),
    "accent_line": _l("Main colour, line"),
    "support_line": _l("Second colour, line"),
}
