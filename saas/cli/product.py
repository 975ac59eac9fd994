"""What runs the whole product."""

from __future__ import annotations

import click

from saas import launch
from saas.app import create_app
from saas.cli.plain import plainly
from saas.jobs.worker import work
from saas.kernel import log
from saas.launch import starting
from saas.settings import BadSettings, Settings


@click.command()
@click.option("--port", envvar="SAAS_PORT", default=8519, show_default=True)
@plainly
def up(port: int) -> None:
    """Start everything on this machine: database, demo district, web and worker."""
    starting.up(port)


@click.command()
@click.option("--jobs", default=2, show_default=True, help="How many jobs at a time.")
@plainly
def worker(jobs: int) -> None:
    """Do background jobs until stopped."""
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing: the worker makes districts and needs it")
    log.configure()
    work(create_app(settings), settings.owner_url, concurrency=jobs)
