"""People who operate the service, from the shell."""

from __future__ import annotations

import click

from saas.cli.common import hub, plainly
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import commands


@click.group()
def user() -> None:
    """People who operate the service."""


@user.command("create")
@click.argument("login")
@click.option("--name", default="")
@click.password_option()
@plainly
def user_create(login: str, name: str, password: str) -> None:
    """Let somebody into the operator's console."""
    with hub(), unit_of_work():
        commands.create_operator(login=login, name=name or login, password=password)
    click.echo(f"{login} may sign in at /hub/")
