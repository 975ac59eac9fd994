"""People who operate the service, from the shell."""

from __future__ import annotations

import click

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.cli.common import hub, inside, operator
from saas.cli.plain import plainly
from saas.kernel.errors import NotFound
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


@user.command("forget-second")
@click.argument("login")
@click.option("--district", default=None, help="Somebody there, where no two administrators can.")
@plainly
def user_forget_second(login: str, district: str | None) -> None:
    """Forget the second step of who has lost it; with the next sign-in a new one is set up."""
    if district is None:
        with hub(), unit_of_work():
            commands.forget_second(login)
    else:
        with inside(district):
            person = people.person_by_login(login)
            if person is None:
                raise NotFound
            accounts.forget_second(person, actor=operator())
    click.echo(f"{login} sets up a new second step with the next sign-in")
