"""The database server, from the shell."""

from __future__ import annotations

import sys

import click

from saas import launch
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.db import hub_metadata, tenant_metadata
from saas.settings import BadSettings, Settings
from saas.tenancy import migrating, rollout, server


@click.group()
def db() -> None:
    """The database server: roles, hub and districts at their newest revision."""


@db.command("upgrade")
@click.option("--only", metavar="CODE", help="One district, for instance to try a release on it.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, in which order.")
@plainly
def db_upgrade(only: str | None, dry_run: bool) -> None:
    """Bring everything to this version, districts ring by ring. Safe to repeat: a run that was
    stopped goes on with what is left.
    """
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing")
    if dry_run:
        return _show_plan(settings.owner_url, only)
    arrived = server.upgrade_all(
        settings,
        settings.owner_url,
        password=launch.password_of(settings.database_url),
        say=click.echo,
        only=only,
    )
    click.echo("up to date" if arrived else "some districts did not arrive")
    sys.exit(0 if arrived else 1)


def _show_plan(owner_url: str, only: str | None) -> None:
    engine = migrating.owner_engine(owner_url)
    plan = [late for late in migrating.behind(engine) if only in (None, late[0])]
    engine.dispose()
    for number, ring in enumerate(rollout.rings(plan), 1):
        click.echo(f"ring {number}: {', '.join(late[0] for late in ring)}")
    click.echo(f"{len(plan)} behind {migrating.head('tenant')}")


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
