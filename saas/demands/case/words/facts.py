"""What happened to a demand, as webhooks are told it: by event, whoever else was told or was not.

Notices go to people, and only where there is somebody to tell. A fact is told of every demand once
for each act that changed where it stands, so that another system can keep a copy.
"""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_STEPS = _l("Every step of a demand, once each")


def _fact(name: str, title: object, icon: str) -> Kind:
    return declare(name, title=title, icon=icon, group=_STEPS)


FILED: Final = _fact("demand.filed", _l("Demand filed: %(what)s"), "demand")
ACCEPTED: Final = _fact("demand.accepted", _l("Demand accepted: %(what)s"), "check")
MOVED: Final = _fact("demand.moved", _l("Demand moved: %(what)s"), "next")
PAUSED: Final = _fact("demand.paused", _l("Demand waits: %(what)s"), "pause")
RESUMED: Final = _fact("demand.resumed", _l("Demand goes on: %(what)s"), "next")
RESOLVED: Final = _fact("demand.resolved", _l("Demand resolved: %(what)s"), "check")
CONFIRMED: Final = _fact("demand.confirmed", _l("Demand confirmed: %(what)s"), "check")
REOPENED: Final = _fact("demand.reopened", _l("Demand reopened: %(what)s"), "undo")
ENDED: Final = _fact("demand.ended", _l("Demand ended: %(what)s"), "flag")
