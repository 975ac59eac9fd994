"""Addresses, quotas and usage of districts, from the shell."""

from __future__ import annotations

import click

from saas.cli.common import hub, operator
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.errors import Conflict
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.showcase.demos import commands as demos
from saas.showcase.demos import template
from saas.tenancy import addresses, metering, queries


@click.command("rename")
@click.argument("code")
@click.argument("new")
@plainly
def rename(code: str, new: str) -> None:
    """Give a district another CODE; the one of before leads on for ever."""
    with hub(), unit_of_work():
        addresses.rename(code, new=new, actor=operator())
    click.echo(f"/d/{code}/ leads to /d/{new}/ from now on")


@click.command("host")
@click.argument("code")
@click.argument("host", required=False)
@click.option("--remove", is_flag=True, help="It is to lead nowhere any more.")
@plainly
def host(code: str, host: str | None, remove: bool) -> None:
    """Names of a district's own: list them; or write HOST down, and prove it when asked again."""
    with hub(), unit_of_work():
        tenant = queries.access_tenant(code)
        known = {row.host: row for row in queries.hosts_of(tenant)}
        if host is None:
            lines = [
                f"{h.host}: {'proved' if h.proved_at else 'not proved'}" for h in known.values()
            ]
        elif remove:
            found = addresses.host_by_name(code, host)
            addresses.remove_host(code, found.id, actor=operator())
            lines = [f"{host} is removed"]
        elif host in known:
            if not addresses.prove_host(code, known[host].id, actor=operator()):
                raise Conflict("The TXT record {} with {} is not there.".format(
                    *addresses.record_of(known[host])))  # fmt: skip
            lines = [f"{host} leads to {code}"]
        else:
            name, says = addresses.record_of(addresses.add_host(code, host=host, actor=operator()))
            lines = [f"TXT {name} {says}", "Add this record, then give this command again."]
    click.echo("\n".join(lines))


@click.command("begin-anew")
@click.argument("code")
@plainly
def begin_anew(code: str) -> None:
    """Throw a demo district away and fill it again; a running worker does it."""
    with hub(), unit_of_work():
        demos.begin_anew(code, actor=operator())
    click.echo(f"{code} begins anew")


@click.command("sample")
@plainly
def sample() -> None:
    """Make the sample anew that guests' demos are copied from; takes about a minute."""
    with hub():
        made = template.build()
    click.echo(f"{made.code}: demos are copied from it")


_LIMIT = click.IntRange(0)


@click.command("quota")
@click.argument("code")
@click.option("--megabytes", type=_LIMIT, help="Of files; 0 for no bound.")
@click.option("--people", type=_LIMIT, help="0 for no bound.")
@click.option("--sms", type=_LIMIT, help="In a month; 0 for no bound.")
@AS_JSON
@plainly
def quota(
    code: str, megabytes: int | None, people: int | None, sms: int | None, as_json: bool
) -> None:
    """What a district uses and may use; with an option, set that bound."""
    given = {"megabytes": megabytes, "people": people, "sms": sms}
    chosen = {name: value or None for name, value in given.items() if value is not None}
    with hub():
        if chosen:
            with unit_of_work():
                kept = metering.quotas_in_form(queries.access_tenant(code))
                metering.set_quotas(code, **{**kept, **chosen}, actor=operator())
        with unit_of_work():
            metering.count(code)
        with reading():
            tenant = queries.access_tenant(code)
            usage = queries.usage_of(tenant)
            facts = {
                "used": usage.counts if usage else {},
                "quotas": metering.quotas_in_form(tenant),
                "edition": usage.edition if usage else None,
                "seen_at": usage.seen_at if usage else None,
            }
    say(facts, as_json, [f"{name}: {value}" for name, value in facts.items()])


COMMANDS = (rename, host, begin_anew, sample, quota)
