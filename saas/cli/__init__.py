"""The operator's command line. What the console does, a script can do: ``--json`` where it helps.

Every command that changes something goes through the same commands as the pages.
"""

from __future__ import annotations

import click

from saas import launch
from saas.app import create_app
from saas.cli import districts_packages as _districts_packages
from saas.cli.audit import audit
from saas.cli.backups import backup
from saas.cli.common import plainly
from saas.cli.database import db
from saas.cli.doctor import doctor
from saas.cli.machine import status, stop, up, web
from saas.cli.packages import package
from saas.cli.tenants import tenant
from saas.cli.users import user
from saas.jobs.worker import work
from saas.kernel import log
from saas.settings import BadSettings, Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run districts: the database, the districts themselves, the people who operate them."""


@main.command()
@click.option("--jobs", default=2, show_default=True, help="How many jobs at a time.")
@plainly
def worker(jobs: int) -> None:
    """Do background jobs until stopped."""
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing: the worker makes districts and needs it")
    log.configure()
    work(create_app(settings), settings.owner_url, concurrency=jobs)


for _command in (up, web, status, stop, doctor, db, tenant, user, package, audit, backup):
    main.add_command(_command)
