"""The wizard's pages belong to districts; its place in the rail."""

from __future__ import annotations

from saas.kernel.context import Actor, current_tenant
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding import permissions, queries
from saas.onboarding.permissions import SETTINGS
from saas.web.pages import Pages
from saas.web.shell import Nav

setup = Pages("setup", "saas.onboarding", plane="tenant")


def _badge(actor: Actor) -> int:
    """Steps that are still open while the district is prepared; afterwards what broke since."""
    if not permissions.sets_up(actor):
        return 0
    if current_tenant().staff_only:
        return sum(step.state != "done" for step in queries.steps())
    return queries.count_gaps()


_LABEL = _l("Setting up and health")
NAV: tuple[Nav, ...] = (Nav(_LABEL, "setup.begin", "check", SETTINGS, 96, badge=_badge),)
