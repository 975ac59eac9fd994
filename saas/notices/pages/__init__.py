"""The inbox and its bell, how a person is reached, deliveries, webhooks."""

from __future__ import annotations

from saas.notices.pages import channels as _channels
from saas.notices.pages import inbox as _inbox
from saas.notices.pages import ways as _ways
from saas.notices.pages.bell import bell
from saas.notices.pages.blueprint import pages
