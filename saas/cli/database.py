"""The database server, from the shell."""

from __future__ import annotations

import sys

import click

from saas import launch
from saas.cli.common import AS_JSON, plainly, say
from saas.kernel.db import hub_metadata, tenant_metadata
from saas.settings import BadSettings, Settings
from saas.tenancy import migrating, server


@click.group()
def db() -> None:
    """The database server: roles, hub and districts at their newest revision."""


@db.command("upgrade")
@plainly
def db_upgrade() -> None:
    """Bring everything to this version. Safe to repeat."""
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing")
    password = launch.password_of(settings.database_url)
    arrived = server.upgrade_all(settings, settings.owner_url, password=password, say=click.echo)
    click.echo("up to date" if arrived else "some districts did not arrive")
    sys.exit(0 if arrived else 1)


@db.command("status")
@AS_JSON
@plainly
def db_status(as_json: bool) -> None:
    """Which districts are behind, from the hub alone."""
    settings = Settings.from_env(launch.environment())
    engine = migrating.owner_engine(settings.owner_url or settings.database_url)
    late = [{"code": code, "revision": rev} for code, _, rev in migrating.behind(engine)]
    engine.dispose()
    value = {"head": migrating.head("tenant"), "behind": late}
    say(value, as_json, [f"{len(late)} behind {value['head']}", *(r["code"] or "" for r in late)])


@db.command("revision")
@click.argument("tree", type=click.Choice(migrating.TREES))
@click.argument("words")
@plainly
def db_revision(tree: str, words: str) -> None:
    """Draft a migration from the models, to be read and mended by hand."""
    settings = Settings.from_env(launch.environment())
    metadata = hub_metadata if tree == "hub" else tenant_metadata
    click.echo(migrating.draft(settings.owner_url or "", tree, words, metadata))
