"""Tiers, links and items in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

TIER: Final = {
    "national": _l("National"),
    "provincial": _l("Provincial"),
    "city": _l("City"),
    "county": _l("County"),
    "portal": _l("Portals"),
}
LINK: Final = {
    "unknown": ("planned", _l("not looked at")),
    "alive": ("good", _l("link works")),
    "gone": ("late", _l("link is dead")),
}
KIND: Final = {"original": _l("original"), "reprint": _l("reprint")}
ABOUT: Final = {
    "room": _l("a function room"), "visit": _l("a visit"), "demand": _l("a demand"),
}  # fmt: skip
