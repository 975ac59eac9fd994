"""The inbox and its bell, how a person is reached, deliveries, webhooks."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import permissions
from saas.notices.pages import inbox as _inbox
from saas.notices.pages import ways as _ways
from saas.notices.pages.bell import bell
from saas.notices.pages.blueprint import pages
from saas.web.shell import Nav

NAV = (Nav(_l("Mail and webhooks"), "notices.deliveries", "send", permissions.SETTINGS, 85),)
