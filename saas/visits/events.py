"""Facts about visits that higher floors count."""

from __future__ import annotations

from saas.kernel.events import fact

#: Somebody acted on a visit: sent with the visit, ``verb`` and what was pledged, if anything was.
visit_acted = fact("visits.acted")
