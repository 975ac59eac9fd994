"""Model packages, from the shell."""

from __future__ import annotations

import click

from saas.cli.common import AS_JSON, hub, plainly, say
from saas.packages import queries as packages


@click.group()
def package() -> None:
    """Model packages."""


@package.command("list")
@AS_JSON
@plainly
def package_list(as_json: bool) -> None:
    """What districts can be made from."""
    found = packages.list_packages()
    rows = [
        {"key": p.key, "version": p.version, "title": p.title, "faults": len(p.faults)}
        for p in found
    ]
    say(rows, as_json, [f"{p.key:<12}{p.version:<10}{p.title['zh']}" for p in found])


@package.command("validate")
@click.argument("key")
@plainly
def package_validate(key: str) -> None:
    """Every fault of a package with file and path; exit status 1 if there is one."""
    with hub() as app:
        read = packages.read_package(key, app.extensions["saas_permissions"])
    click.echo(f"{read.key} {read.version}: no fault")
