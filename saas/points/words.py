"""Rules, kinds of entries, refusals and notices in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

TERM: Final = {
    "per_visit": _l("For coming to an activity"),
    "per_hour": _l("For an hour of help"),
    "most_a_day": _l("At most a day"),
    "valid_days": _l("Good for so many days"),
    "notice_days": _l("Said so many days before they end"),
}
KIND: Final = {
    "grant": _l("earned"), "take_back": _l("taken back"), "give": _l("given"),
    "spend": _l("spent"), "expire": _l("ran out"), "pieces": _l("pieces"),
}  # fmt: skip
WHAT: Final = {"came": _l("times at an activity"), "helped": _l("times helped")}
BY_ANOTHER: Final = _l("Another person does this.")


def _kind(name: str, title: object, text: object = "") -> Kind:
    return declare(f"points.{name}", title=title, text=text, icon="star")


GIVEN = _kind("given", _l("A neighbour gave you points: %(n)s"))
ENDING = _kind(
    "ending", _l("Points of yours end soon: %(n)s"), _l("They are good until %(until)s.")
)
