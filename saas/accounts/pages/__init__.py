"""Signing in and out, one's own account, people and posts, roles, the audit list."""

from __future__ import annotations

from saas.accounts import permissions
from saas.accounts.pages import overview, own, people, posts, tokens
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.doors import login, signed_in_actor, start_session
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.shell import Nav

NAV: tuple[Nav, ...] = (
    Nav(_l("People"), "accounts.people", "people", permissions.VIEW, 80),
    Nav(_l("Audit list"), "accounts.audit", "audit", permissions.AUDIT, 90),
)
