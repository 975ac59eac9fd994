"""Whether this installation is well."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from saas import doctor as doctors
from saas import launch
from saas.app import create_app
from saas.cli.plain import AS_JSON, plainly, say
from saas.settings import BadSettings, Settings


@click.command()
@click.option("--isolation", is_flag=True, help="Prove that districts are apart, with two of them.")
@click.option("--transactions", default=100_000, show_default=True, help="For --isolation.")
@AS_JSON
@plainly
def doctor(isolation: bool, transactions: int, as_json: bool) -> None:
    """Look at disk, server, keys, tables, districts and worker; ends with 1 unless all is well."""
    settings = Settings.from_env(launch.environment())
    if settings.owner_url is None:
        raise BadSettings("SAAS_OWNER_URL is missing: only the owner sees every district")
    if isolation:
        _prove(settings, settings.owner_url, transactions, as_json)
    checks = list(doctors.examine(create_app(settings), settings, settings.owner_url))
    lines = [f"{one.state:5} {one.name:10} {one.told}" for one in checks]
    say([asdict(one) for one in checks], as_json, lines)
    sys.exit(any(one.state == "bad" for one in checks))


def _prove(settings: Settings, owner_url: str, transactions: int, as_json: bool) -> None:
    def tell(text: str) -> None:
        click.echo(text, err=True)

    proof = doctors.prove(settings, owner_url, transactions=transactions, say=tell)
    lines = [f"{number:7} {what}" for what, number in proof.counts.items()]
    lines += [f"  LEAK  {leak}" for leak in proof.leaks] + [f"{len(proof.leaks):7} leaks"]
    say(asdict(proof), as_json, lines)
    sys.exit(bool(proof.leaks))
