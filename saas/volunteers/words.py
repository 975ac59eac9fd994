"""Notices and refusals in words."""

from __future__ import annotations

from typing import Final

from saas.bookings.views import times
from saas.kernel import clock
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import long_date, ngettext
from saas.notices.words import Kind, declare
from saas.volunteers.models import Shift

_LINE = _l("%(when)s · %(where)s")


def _kind(name: str, title: object, text: object = _LINE, **more: object) -> Kind:
    return declare(f"volunteers.{name}", title=title, text=text, icon="people",
                   group=_l("Volunteers"), **more)  # type: ignore[arg-type]  # fmt: skip


CALLED_OFF = _kind(
    "called_off", _l("Your help is not needed after all: %(what)s"), urgent=True,
    short=_l("Your help is not needed after all: %(what)s, %(when)s, %(where)s."),
)  # fmt: skip
CHANGED = _kind(
    "changed", _l("Time or place of where you help has changed: %(what)s"), urgent=True,
    short=_l("Time or place of where you help has changed: %(what)s, now %(when)s, %(where)s."),
)  # fmt: skip
REMINDER = _kind(
    "reminder", _l("You help soon: %(what)s"),
    short=_l("You help soon: %(what)s, %(when)s, %(where)s. You cannot? Say it at %(site)s."),
)  # fmt: skip
VERIFIED = _kind("verified", _l("Your help is written down: %(what)s"),
                 _l("%(n)s minutes · %(when)s · %(where)s"))  # fmt: skip
DOUBTED = _kind("doubted", _l("A volunteer says that hours are wrong: %(what)s"),
                _l("%(when)s · %(where)s · “%(why)s”"), asks=True)  # fmt: skip
REFUSED: Final = {
    "cancelled": _l("The help is not needed after all."),
    "left": _l("They have left the roll."),
    "full": _l("There are enough who help. Thank you!"),
    "over": _l("It is over."),
    "busy": _l("They help somewhere else at this time."),
    "verified": _l("The hours are written down already."),
    "own": _l("Nobody verifies their own hours: another who works here does."),
    "early": _l("It has not begun: nobody can have helped yet."),
    "quicker": _l("Somebody else has just changed these hours. Look once more."),
    "nothing": _l("No hours are written down yet."),
}


def hours(minutes: int) -> str:
    """How long, in hours and minutes."""
    whole, rest = divmod(minutes, 60)
    parts = [ngettext("%(num)s hour", "%(num)s hours", whole)] if whole else []
    parts += [ngettext("%(num)s minute", "%(num)s minutes", rest)] if rest or not whole else []
    return " ".join(parts)


def when(shift: Shift) -> str:
    """The long date with the times of the day."""
    day = long_date(shift.starts_at, str(clock.zone()))
    return f"{day} {times((shift.starts_at, shift.ends_at))}"
