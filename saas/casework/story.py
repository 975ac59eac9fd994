"""The story of a case, as the timeline of its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from saas.casework.verbs import Verb
from saas.kernel.context import Label, current_tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say, short_datetime


class Recorded(Protocol):
    """An act as a domain reads it back, with the name of who did it."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """An act read back: when, by whom by name, and why."""

    at: datetime
    actor: str | None
    reason: str | None


def line_of(
    act: Recorded,
    verb: Verb[Any],
    *,
    did: object = None,
    to: Label | None = None,
    where: Label | None = None,
    before: tuple[str, ...] = (),
    named: bool = True,
) -> dict[str, Any]:
    """One line of the timeline: when, what was done (``to`` whom), who did it ``where``, and why.

    ``before`` comes before the reason; not ``named``, it is not said who acted. ``did`` is for
    readers to whom it is said in other words than the verb's own.
    """
    did = str(did or verb.done)
    return {
        "at": short_datetime(act.at, current_tenant().time_zone),
        "did": _("%(did)s: %(unit)s", did=did, unit=say(to)) if to else did,
        "who": act.actor if named else None,
        "where": say(where),
        "text": _(": ").join(part for part in (*before, act.reason) if part),
        "kind": verb.tone,
    }
