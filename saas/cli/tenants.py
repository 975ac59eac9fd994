"""Districts, from the shell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import psycopg

from saas import launch
from saas.cli import leaving, operating
from saas.cli.common import hub, operator
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.settings import BadSettings, Settings
from saas.showcase import commands as showcase
from saas.tenancy import citus, commands, queries
from saas.tenancy.bootstrap import UnfitServer
from saas.tenancy.queries import Tenant


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


@click.group()
def tenant() -> None:
    """Districts."""


@tenant.command("nodes")
@AS_JSON
@plainly
def tenant_nodes(as_json: bool) -> None:
    """Where in the cluster each district is (with SAAS_CITUS)."""
    with _cluster() as owner:
        placed = citus.placement(owner)
        others = [str(node) for node in citus.nodes(owner)]
    with hub(), reading():
        codes = {one.schema: one.code for one in queries.scopes_with_tables()}
    value = {codes[name]: str(node) for name, node in placed.items() if name in codes}
    lines = [f"{code:24} {node}" for code, node in sorted(value.items())]
    say({"nodes": others, "districts": value}, as_json, [*lines, f"nodes: {', '.join(others)}"])


@tenant.command("move")
@click.argument("code")
@click.argument("node")
@plainly
def tenant_move(code: str, node: str) -> None:
    """Take a district to another NODE (host:port) of the cluster; it works on meanwhile."""
    with hub(), reading():
        name = queries.access_tenant(code).schema_name
    with _cluster() as owner:
        known = {str(one): one for one in citus.nodes(owner)}
        if node not in known:
            raise click.ClickException(f"{node} is not one of the nodes: {', '.join(known)}")
        citus.move(owner, name, known[node])
    with hub(), unit_of_work():
        commands.note(queries.access_tenant(code), "move", actor=operator(), node=node)
    click.echo(f"{code} is on {node}")


@contextmanager
def _cluster() -> Iterator[psycopg.Connection]:
    """The coordinator of the cluster as its owner."""
    settings = Settings.from_env(launch.environment())
    if not settings.citus or settings.owner_url is None:
        raise BadSettings("SAAS_CITUS is off, or SAAS_OWNER_URL is missing")
    with psycopg.connect(settings.owner_url, autocommit=True) as owner:
        if found := citus.faults(owner):
            raise UnfitServer("; ".join(found))
        yield owner


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
@AS_JSON
@plainly
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
    seed |= {"live": live}
    if administrator:
        seed["administrator"] = {
            "name": administrator,
            "login": login,
            "token_hash": token_hash(token),
        }
    label = {"zh": name, "en": english} if english else {"zh": name}
    with hub(), unit_of_work():
        values: dict[str, Any] = {"package": package, "look": look, "kind": kind, "seed": seed}
        if demo:
            values = showcase.like_demo(demo, values)
        made = commands.request_tenant(code=code, name=label, **values, actor=operator())
        facts = _facts(made)
    if administrator:
        facts["invitation"] = f"/d/{code}/welcome/{token}"
    say(facts, as_json, _lines(facts))


@tenant.command("list")
@click.option("--search", default="")
@click.option("--state", default="")
@AS_JSON
@plainly
def tenant_list(search: str, state: str, as_json: bool) -> None:
    """Every district."""
    with hub():
        rows, _ = queries.list_tenants(search, state, size=10_000)
        facts = [_facts(row) for row in rows]
    lines = [f"{f['code']:<24}{f['state']:<14}{f['kind']:<10}{f['name']['zh']}" for f in facts]
    say(facts, as_json, lines)


@tenant.command("show")
@click.argument("code")
@AS_JSON
@plainly
def tenant_show(code: str, as_json: bool) -> None:
    """One district with its history."""
    with hub():
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
    say(facts, as_json, lines)


@tenant.command("suspend")
@click.argument("code")
@click.option("--reason", required=True)
@plainly
def tenant_suspend(code: str, reason: str) -> None:
    """Close a district to everybody; nothing is lost."""
    with hub(), unit_of_work():
        commands.suspend(code, reason=reason, actor=operator())
    click.echo(f"{code} is suspended")


@tenant.command("resume")
@click.argument("code")
@plainly
def tenant_resume(code: str) -> None:
    """Open a suspended district again."""
    with hub(), unit_of_work():
        commands.resume(code, actor=operator())
        state = queries.access_tenant(code).state
    click.echo(f"{code} is {state}")


for _command in (*leaving.COMMANDS, *operating.COMMANDS):
    tenant.add_command(_command)
