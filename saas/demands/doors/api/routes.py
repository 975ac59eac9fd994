"""The routes of demands under /api/v1."""

from __future__ import annotations

from saas.api.routes import Routes
from saas.kernel.i18n import lazy_gettext as _l

routes = Routes("demands_api", __name__, title=_l("Demands"))
