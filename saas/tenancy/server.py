"""Bringing a database server to where this version of the product needs it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from saas.settings import Settings
from saas.tenancy import bootstrap, migrating, rollout, schema

Say = Callable[[str], None]


def upgrade_all(
    settings: Settings,
    owner_url: str,
    *,
    password: str | None,
    say: Say,
    only: str | None = None,
) -> bool:
    """Roles, hub, then every district that is behind, or the one called ``only``.

    False when a district did not arrive.
    """
    with psycopg.connect(owner_url, connect_timeout=10) as owner:
        bootstrap.ensure_server(owner)
        bootstrap.ensure_roles(owner, settings, password)
    engine = migrating.owner_engine(owner_url, size=4)
    try:
        migrating.upgrade_hub(engine, alone=settings.citus)
        with psycopg.connect(owner_url, connect_timeout=10) as owner:
            bootstrap.ensure_hub_rights(owner, settings)
            schema.ensure_care_roles(owner, settings)
        outcomes = rollout.upgrade_tenants(engine, only=only, say=say)
    finally:
        engine.dispose()
    failed = rollout.failures(outcomes)
    for outcome in failed:
        say(f"{outcome.code}: stays at {outcome.before}: {outcome.error}")
    bootstrap.ensure_harmless(settings.database_url)
    return not failed
