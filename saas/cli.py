"""The operator's command line. What the console does, a script can do: ``--json`` where it helps.

Every command that changes something goes through the same commands as the pages.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from flask import Flask

from saas import launch
from saas.app import create_app
from saas.jobs.worker import work
from saas.kernel import log
from saas.kernel.context import Actor, entering
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import hub_metadata, tenant_metadata
from saas.kernel.errors import AppError, Invalid, NotFound
from saas.kernel.i18n import speaking
from saas.kernel.unit_of_work import unit_of_work
from saas.packages import queries as packages
from saas.settings import BadSettings, Settings
from saas.tenancy import commands, migrating, queries, server
from saas.tenancy.bootstrap import UnfitServer
from saas.tenancy.queries import Tenant

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run districts: the database, the districts themselves, the people who operate them."""


def _plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Errors that a person can do something about end in one sentence, not in a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (BadSettings, UnfitServer, launch.CannotStart) as error:
            raise click.ClickException(str(error)) from error

    return run


@contextmanager
def _hub() -> Iterator[Flask]:
    """The app with the control plane entered; sentences in English, as the shell's are."""
    app = create_app(Settings.from_env(launch.environment()))
    with app.test_request_context(), speaking("en"), entering(app.extensions["saas_hub"]):
        try:
            yield app
        except AppError as error:  # said here, while the language is English
            raise click.ClickException(_sentence(error)) from error


def _sentence(error: AppError) -> str:
    if isinstance(error, Invalid):
        return "; ".join(f"{name}: {t}" for name, texts in error.errors.items() for t in texts)
    if isinstance(error, NotFound):  # its own sentence is about addresses, which a shell has not
        return "There is nothing of that name: see 'saas tenant list' and 'saas package list'."
    return str(error) if isinstance(error, packages.BadPackage) else str(error.text)


def _operator() -> Actor:
    return Actor(kind="operator", name="command line", login=os.environ.get("USER", "cli"))


def _print(value: Any, as_json: bool, lines: list[str]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else "\n".join(lines))


def _facts(tenant: Tenant) -> dict[str, Any]:
    return {
        "code": tenant.code,
        "name": tenant.name,
        "kind": tenant.kind,
        "state": tenant.state,
        "package": tenant.package,
        "look": tenant.look,
        "official_code": tenant.official_code,
        "revision": tenant.revision,
        "created_at": tenant.created_at,
        "address": f"/d/{tenant.code}/",
    }


def _lines(facts: dict[str, Any]) -> list[str]:
    """Facts for a reader: what is not known is left out, a name stands as it is said."""
    plain = facts | {"name": " / ".join(facts["name"].values())}
    return [f"{k}: {v}" for k, v in plain.items() if v is not None and k != "events"]


@main.command()
@click.option("--port", envvar="SAAS_PORT", default=8519, show_default=True)
@_plainly
def up(port: int) -> None:
    """Start everything on this machine: database, demo district, web and worker."""
    launch.up(port)


@main.command()
@click.option("--jobs", default=2, show_default=True, help="How many jobs at a time.")
@_plainly
def worker(jobs: int) -> None:
    """Do background jobs until stopped."""
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing: the worker makes districts and needs it")
    log.configure()
    work(create_app(settings), settings.owner_url, concurrency=jobs)


@main.group()
def db() -> None:
    """The database server: roles, hub and districts at their newest revision."""


@db.command("upgrade")
@_plainly
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
@_AS_JSON
@_plainly
def db_status(as_json: bool) -> None:
    """Which districts are behind, from the hub alone."""
    settings = Settings.from_env(launch.environment())
    engine = migrating.owner_engine(settings.owner_url or settings.database_url)
    late = [{"code": code, "revision": rev} for code, _, rev in migrating.behind(engine)]
    engine.dispose()
    value = {"head": migrating.head("tenant"), "behind": late}
    _print(
        value, as_json, [f"{len(late)} behind {value['head']}", *(r["code"] or "" for r in late)]
    )


@db.command("revision")
@click.argument("tree", type=click.Choice(migrating.TREES))
@click.argument("words")
@_plainly
def db_revision(tree: str, words: str) -> None:
    """Draft a migration from the models, to be read and mended by hand."""
    settings = Settings.from_env(launch.environment())
    metadata = hub_metadata if tree == "hub" else tenant_metadata
    click.echo(migrating.draft(settings.owner_url or "", tree, words, metadata))


@main.group()
def tenant() -> None:
    """Districts."""


@tenant.command("create")
@click.argument("code")
@click.argument("name")
@click.option("--english", default="", help="The name in English.")
@click.option("--package", default="1519", show_default=True)
@click.option("--look", default="plain", show_default=True)
@click.option("--kind", default="standard", show_default=True)
@click.option("--street", "streets", multiple=True, help="A street office; may be repeated.")
@click.option("--administrator", default="", help="Name of the first administrator.")
@click.option("--login", default="admin", show_default=True)
@click.option("--demo", default=None, help="Fill with a demo district's sample data.")
@click.option("--live", is_flag=True, help="Open it at once; nobody prepares it first.")
@_AS_JSON
@_plainly
def tenant_create(
    code: str,
    name: str,
    english: str,
    package: str,
    look: str,
    kind: str,
    streets: tuple[str, ...],
    administrator: str,
    login: str,
    demo: str | None,
    live: bool,
    as_json: bool,
) -> None:
    """Request a district; a running worker brings it up."""
    token = new_token()
    seed: dict[str, Any] = {"streets": [{"name": {"zh": street}} for street in streets]}
    seed |= {"live": live} | ({"demo": demo} if demo else {})
    if administrator:
        seed["administrator"] = {
            "name": administrator,
            "login": login,
            "token_hash": token_hash(token),
        }
    label = {"zh": name, "en": english} if english else {"zh": name}
    with _hub(), unit_of_work():
        packages.read_package(package)
        made = commands.request_tenant(
            code=code,
            name=label,
            package=package,
            look=look,
            kind=kind,
            seed=seed,
            actor=_operator(),
        )
        facts = _facts(made)
    if administrator:
        facts["invitation"] = f"/d/{code}/welcome/{token}"
    _print(facts, as_json, _lines(facts))


@tenant.command("list")
@click.option("--search", default="")
@click.option("--state", default="")
@_AS_JSON
@_plainly
def tenant_list(search: str, state: str, as_json: bool) -> None:
    """Every district."""
    with _hub():
        rows, _ = queries.list_tenants(search, state, size=10_000)
        facts = [_facts(row) for row in rows]
    lines = [f"{f['code']:<24}{f['state']:<14}{f['kind']:<10}{f['name']['zh']}" for f in facts]
    _print(facts, as_json, lines)


@tenant.command("show")
@click.argument("code")
@_AS_JSON
@_plainly
def tenant_show(code: str, as_json: bool) -> None:
    """One district with its history."""
    with _hub():
        row = queries.access_tenant(code)
        facts = _facts(row)
        facts["events"] = [
            {"at": e.at, "actor": e.actor, "verb": e.verb, "after": e.after, "reason": e.reason}
            for e in queries.events_of(row)
        ]
    lines = _lines(facts)
    lines += [
        f"  {e['at']:%Y-%m-%d %H:%M} {e['verb']} {e['reason'] or ''}" for e in facts["events"]
    ]
    _print(facts, as_json, lines)


@tenant.command("suspend")
@click.argument("code")
@click.option("--reason", required=True)
@_plainly
def tenant_suspend(code: str, reason: str) -> None:
    """Close a district to everybody; nothing is lost."""
    with _hub(), unit_of_work():
        commands.suspend(code, reason=reason, actor=_operator())
    click.echo(f"{code} is suspended")


@tenant.command("resume")
@click.argument("code")
@_plainly
def tenant_resume(code: str) -> None:
    """Open a suspended district again."""
    with _hub(), unit_of_work():
        commands.resume(code, actor=_operator())
        state = queries.access_tenant(code).state
    click.echo(f"{code} is {state}")


@main.group()
def user() -> None:
    """People who operate the service."""


@user.command("create")
@click.argument("login")
@click.option("--name", default="")
@click.password_option()
@_plainly
def user_create(login: str, name: str, password: str) -> None:
    """Let somebody into the operator's console."""
    with _hub(), unit_of_work():
        commands.create_operator(login=login, name=name or login, password=password)
    click.echo(f"{login} may sign in at /hub/")


@main.group()
def package() -> None:
    """Model packages."""


@package.command("list")
@_AS_JSON
@_plainly
def package_list(as_json: bool) -> None:
    """What districts can be made from."""
    found = packages.list_packages()
    rows = [
        {"key": p.key, "version": p.version, "title": p.title, "faults": len(p.faults)}
        for p in found
    ]
    _print(rows, as_json, [f"{p.key:<12}{p.version:<10}{p.title['zh']}" for p in found])


@package.command("validate")
@click.argument("key")
@_plainly
def package_validate(key: str) -> None:
    """Every fault of a package with file and path; exit status 1 if there is one."""
    with _hub() as app:
        read = packages.read_package(key, app.extensions["saas_permissions"])
    click.echo(f"{read.key} {read.version}: no fault")
