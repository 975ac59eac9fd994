"""How a district leaves and comes back, from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import click

from saas.cli.common import hub, operator
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.tenancy import leaving, queries
from saas.tenancy.archives import BadArchive, Manifest

_FILE = click.Path(dir_okay=False, path_type=Path)
_KEY = click.option(
    "--key", "key_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True, help="The file with the district's secret key.",
)  # fmt: skip
_DRY = click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")


def _progress(text: str) -> None:
    click.echo(text, err=True)


def _counted(manifest: Manifest) -> list[str]:
    rows = [f"{part.rows:8} {name}" for name, part in manifest.tables.items() if part.rows]
    total = sum(part.rows for part in manifest.tables.values())
    size = sum(part.size for part in manifest.files.values())
    return [*rows, f"{total} rows in {len(manifest.tables)} tables, {len(manifest.files)} files"
            f" of {size} bytes"]  # fmt: skip


@click.command("key")
@click.argument("code")
@click.argument("file", type=_FILE)
@plainly
def key(code: str, file: Path) -> None:
    """Make a key for a district's archives; the secret goes to FILE, for the district alone."""
    secret, public = leaving.new_key()
    with hub(), unit_of_work():
        leaving.set_recipient(code, public, actor=operator())
        with file.open("x") as out:
            file.chmod(0o600)
            out.write(f"# archives of {code}; public key: {public}\n{secret}\n")
    click.echo(
        f"{public}\nHand {file} to the district and keep no copy: without it no archive opens."
    )


@click.command("archive")
@click.argument("code")
@click.argument("file", type=_FILE, required=False)
@_DRY
@plainly
def archive(code: str, file: Path | None, dry_run: bool) -> None:
    """Write all of a district to FILE, sealed to its key; it works on meanwhile."""
    if dry_run or file is None:
        with hub(), reading():
            click.echo("\n".join(_counted(leaving.measure(code))))
        return
    with hub(), unit_of_work():
        made = leaving.archive(code, file, say=_progress, actor=operator())
        told = f"{file}: {made.size} bytes, sha256 {made.sha256}"
    click.echo(told)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KEY
@click.option("--code", default=None, help="Beside itself, under another code.")
@_DRY
@plainly
def restore(file: Path, key_file: Path, code: str | None, dry_run: bool) -> None:
    """Bring a district back out of its archive; it comes back suspended."""
    secret = secret_in(key_file)
    try:
        if dry_run:
            head = leaving.look_into(file, secret)
            click.echo("\n".join(f"{name}: {value}" for name, value in head.items()))
            return
        with hub(), unit_of_work():
            made = leaving.restore(file, secret, code=code, say=_progress, actor=operator())
            told = f"{made.code} is {made.state}: look at it, then 'saas tenant resume'"
    except BadArchive as error:
        raise click.ClickException(str(error)) from error
    click.echo(told)


def secret_in(file: Path) -> str:
    """The secret key in a file whose other lines are notes."""
    lines = [line.strip() for line in file.read_text().splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "")


@click.command("compare")
@click.argument("one")
@click.argument("other")
@plainly
def compare(one: str, other: str) -> None:
    """Name the tables and files in which two districts differ."""
    with hub(), reading():
        found = leaving.compare(one, other)
    click.echo("\n".join(found) if found else "the same to the byte")


@click.command("swap")
@click.argument("one")
@click.argument("other")
@plainly
def swap(one: str, other: str) -> None:
    """Let two districts change places, for example one and what was restored beside it."""
    with hub(), unit_of_work():
        leaving.swap(one, other, actor=operator())
    click.echo(f"{one} and {other} have changed places")


@click.command("close")
@click.argument("code")
@click.option("--reason", required=True)
@click.option("--days", default=leaving.DAYS, show_default=True)
@plainly
def close(code: str, reason: str, days: int) -> None:
    """Close a district for good; it can be kept for so many days."""
    with hub(), unit_of_work():
        due = leaving.close(code, reason=reason, days=days, actor=operator()).due_at
    click.echo(f"{code} is closing; from {due:%Y-%m-%d} it can be deleted, until then 'keep'")


@click.command("keep")
@click.argument("code")
@plainly
def keep(code: str) -> None:
    """Not close it after all."""
    with hub(), unit_of_work():
        leaving.keep(code, actor=operator())
    click.echo(f"{code} is suspended; 'saas tenant resume' opens it")


@click.command("delete")
@click.argument("code")
@click.option("--reason", required=True)
@_DRY
@AS_JSON
@plainly
def delete(code: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Delete a closing district that was archived; prints the certificate."""
    if dry_run:
        with hub(), reading():
            leaving.ensure_deletable(queries.access_tenant(code))
            click.echo(f"would delete {code}:\n" + "\n".join(_counted(leaving.measure(code))))
        return
    with hub():
        with unit_of_work():
            leaving.condemn(code, reason=reason, actor=operator())
        certificate = leaving.remove(code, reason=reason, actor=operator())
    say(certificate, as_json, [json.dumps(certificate, ensure_ascii=False, indent=2)])


COMMANDS = (key, archive, restore, compare, swap, close, keep, delete)
