"""What happened to a demand, as webhooks are told it: by event, whoever else was told or was not.

Notices go to people, and only where there is somebody to tell. A fact is told of every demand once
for each act that changed where it stands, so that another system can keep a copy.
"""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import declare

FILED: Final = declare("demand.filed", title=_l("Demand filed: %(what)s"), icon="demand")
ACCEPTED: Final = declare("demand.accepted", title=_l("Demand accepted: %(what)s"), icon="check")
MOVED: Final = declare("demand.moved", title=_l("Demand moved: %(what)s"), icon="next")
PAUSED: Final = declare("demand.paused", title=_l("Demand waits: %(what)s"), icon="pause")
RESUMED: Final = declare("demand.resumed", title=_l("Demand goes on: %(what)s"), icon="next")
RESOLVED: Final = declare("demand.resolved", title=_l("Demand resolved: %(what)s"), icon="check")
CONFIRMED: Final = declare("demand.confirmed", title=_l("Demand confirmed: %(what)s"), icon="check")
REOPENED: Final = declare("demand.reopened", title=_l("Demand reopened: %(what)s"), icon="undo")
ENDED: Final = declare("demand.ended", title=_l("Demand ended: %(what)s"), icon="flag")
