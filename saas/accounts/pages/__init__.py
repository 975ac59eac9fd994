"""Signing in and out, one's own account, people and posts, roles, the audit list."""

from __future__ import annotations

from saas.accounts.pages import overview, own, people, posts, seals, second, tokens
from saas.accounts.pages.blueprint import pages
from saas.accounts.pages.doors import (
    admit,
    login,
    sign_out_here,
    signed_in_actor,
    start_session,
)
