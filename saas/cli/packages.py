"""Model packages, from the shell: begin one, check it, make one file of it, look at it, keep it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from saas.cli.common import files_alone, hub, operator
from saas.cli.plain import AS_JSON, plainly, say
from saas.domains import DOMAINS
from saas.packages.library import commands as library_commands
from saas.packages.library import queries as library
from saas.packages.library.archive import (
    MANIFEST,
    SIGNATURE,
    manifest_of,
    new_key,
    pack,
    read_key,
    sign,
)
from saas.packages.library.changes_in_words import ChangeInWords, changes_in_words, readable
from saas.packages.library.json_schemas import schema_of, schema_text
from saas.packages.library.queries import Edition
from saas.packages.library.skeleton import beginning
from saas.packages.parts import all_files, package_files
from saas.packages.schemas.fields import KEY

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def package() -> None:
    """Model packages."""


@package.command("list")
@AS_JSON
@plainly
def package_list(as_json: bool) -> None:
    """What districts can be made from."""
    with hub():
        found = library.list_packages()
    rows = [
        {
            "key": p.key,
            "version": p.version,
            "title": p.title,
            "faults": len(p.faults),
            "shipped": p.shipped,
            "signed": p.origin.state,
        }
        for p in found
    ]
    say(rows, as_json, [f"{p.key:<12}{p.version:<10}{p.title['zh']}" for p in found])


@package.command("new")
@click.argument("key")
@click.argument("folder", type=FOLDER)
@click.option("--from", "source", default=None, help="Begin with this package: KEY or KEY@VERSION.")
@plainly
def package_new(key: str, folder: Path, source: str | None) -> None:
    """Begin a package of your own in FOLDER, with everything in it and comments that explain it."""
    if not KEY.fullmatch(key):
        raise click.ClickException(f"'{key}' cannot be a key: use a-z, 0-9 and _")
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty")
    with files_alone():
        made = beginning(key, _find(source) if source else None)
    for name, content in made.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    click.echo(f"{folder}: {len(package_files())} files; check them with: saas package validate")


@package.command("validate")
@click.argument("what")
@plainly
def package_validate(what: str) -> None:
    """Every fault of a package with file, line and path; exit status 1 if there is one.

    WHAT is a folder, a zip, a key or KEY@VERSION.
    """
    with files_alone():
        read = _find(what).package(DOMAINS.permissions)
    click.echo(f"{read.key} {read.version}: no fault")


@package.command("build")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=FILE)
@click.option("--sign", "key_file", type=THERE, help="A file made by 'saas package keygen'.")
@plainly
def package_build(folder: Path, out: Path, key_file: Path | None) -> None:
    """Make one file of a package, with checksums; the same content gives the same bytes."""
    with files_alone():
        read = library.read_edition(folder, named=False)
        made = read.package(DOMAINS.permissions)
    files = {name: each for name, each in read.files.items() if name.endswith(".yaml")}
    files[MANIFEST] = manifest_of(files, key=made.key, version=made.version)
    if key_file is not None:
        try:
            files[SIGNATURE] = sign(files[MANIFEST], read_key(key_file.read_bytes()))
        except ValueError as error:
            raise click.ClickException(f"{key_file} is no key: {error}") from error
    out.write_bytes(pack(files))
    click.echo(f"{out}: {made.key} {made.version}, {len(files)} files")


@package.command("keygen")
@click.argument("out", type=FILE)
@plainly
def package_keygen(out: Path) -> None:
    """Make a key with which your packages are signed. Keep the file; hand on what is printed."""
    made = new_key()
    try:
        out.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise click.ClickException(f"{out} is there already; a key is never overwritten") from error
    out.write_bytes(made)
    click.echo(read_key(made).public)
    click.echo("Operators who trust you put it into SAAS_PUBLISHERS, with your name.", err=True)


@package.command("show")
@click.argument("what")
@AS_JSON
@plainly
def package_show(what: str, as_json: bool) -> None:
    """Everything in a package, readable. WHAT is a folder, a zip, a key or KEY@VERSION."""
    with files_alone():
        found = _find(what)
        parts = found.package(DOMAINS.permissions).parts()
        say({**parts, "origin": asdict(found.origin)}, as_json, readable(parts))


@package.command("diff")
@click.argument("before")
@click.argument("after")
@AS_JSON
@plainly
def package_diff(before: str, after: str, as_json: bool) -> None:
    """What differs between two packages, in words. Each is a folder, a zip, KEY or KEY@VERSION."""
    with files_alone():
        old, new = (_find(what).package().parts() for what in (before, after))
        changes = changes_in_words(old, new)
        say([asdict(each) for each in changes], as_json, _by_heading(changes))


def _by_heading(changes: list[ChangeInWords]) -> list[str]:
    lines, heading = list[str](), ""
    for each in changes:
        if each.heading != heading:
            heading = each.heading
            lines += ["", heading.upper()]
        lines.append(f"  {each.sentence}")
    return lines[1:] or ["Nothing differs."]


@package.command("add")
@click.argument("archive", type=THERE)
@plainly
def package_add(archive: Path) -> None:
    """Put a built package into the library, for every district."""
    with hub():
        found = library_commands.open_archive(archive.read_bytes(), archive.name)
        made = library_commands.keep(found, permissions=DOMAINS.permissions, actor=operator())
    click.echo(f"{made.key} {made.version} is in the library ({found.origin.state})")


@package.command("remove")
@click.argument("key")
@click.argument("version")
@plainly
def package_remove(key: str, version: str) -> None:
    """Take an uploaded edition that no district needs out of the library."""
    with hub():
        library_commands.remove(key, version, actor=operator())
    click.echo(f"{key} {version} is removed")


@package.command("schema")
@click.argument("file", required=False, type=click.Choice([*all_files()]))
@plainly
def package_schema(file: str | None) -> None:
    """The JSON Schema of one file of a package, or of all by name."""
    with files_alone():
        if file is not None:
            click.echo(schema_text(file), nl=False)
            return
        found = {each: schema_of(each) for each in all_files()}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _find(what: str) -> Edition:
    """The edition that was named: a folder, a zip, or one of the library."""
    path = Path(what)
    if path.is_dir():
        return library.read_edition(path, named=False, name=path.resolve().name)
    if path.is_file():
        return library_commands.open_archive(path.read_bytes(), path.name)
    key, _, version = what.partition("@")
    return library.edition(key, version or None)
