"""Backups of all districts, and the drill that brings one back."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import click

from saas.cli.common import hub
from saas.cli.leaving import secret_in
from saas.cli.plain import plainly
from saas.kernel.unit_of_work import reading
from saas.tenancy import backups
from saas.tenancy.archives import BadArchive

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Back all districts up into a folder, sealed; bring one back to see that it can be read."""


@backup.command("write")
@click.argument("folder", type=_FOLDER)
@click.option("--to-key", required=True, help="The public key (age1…) that backups are sealed to.")
@click.option("--keep", default=14, show_default=True, help="Days; the last one always stays.")
@plainly
def write(folder: Path, to_key: str, keep: int) -> None:
    """Write an archive of every district into FOLDER; ends with 1 when one could not be written."""
    with hub(), reading():
        broken = backups.write(folder, to_key, keep=timedelta(days=keep), say=click.echo)
    for error in broken:
        click.echo(f"not written: {error}", err=True)
    sys.exit(1 if broken else 0)


@backup.command("drill")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", "key_file", required=True, type=_FILE, help="With their secret key.")
@click.option("--all", "every", is_flag=True, help="The last backup of every district.")
@plainly
def drill(folder: Path, key_file: Path, every: bool) -> None:
    """Bring the district whose last backup is oldest back into tables that are thrown away."""
    files = backups.newest(folder)
    if not files:
        raise click.ClickException(f"there is no backup in {folder}")
    with hub():
        for file in files if every else files[:1]:
            try:
                done = backups.drill(file, secret_in(key_file))
            except BadArchive as error:
                raise click.ClickException(f"{file}: {error}") from error
            click.echo(f"{done.file}: {done.rows} rows and {done.files} files came back whole")
    backups.write_down(folder, done)
