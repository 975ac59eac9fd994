"""Giving a district a package, taking its own out, upgrading it: from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from saas.cli.common import inside, operator
from saas.cli.packages import package
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.errors import Conflict
from saas.packages.model import commands, queries
from saas.packages.model import views as model_views
from saas.packages.model.queries import Proposal

_AT = "EDITION"


def _edition(text: str) -> tuple[str, str]:
    key, _, version = text.partition("@")
    if not version:
        raise click.BadParameter(f"write KEY@VERSION, such as 1519@2.0.0, not {text}")
    return key, version


def _decisions(given: tuple[str, ...]) -> dict[str, str]:
    """``path#field=ours`` as name → side."""
    found = {}
    for each in given:
        name, _, side = each.rpartition("=")
        if "#" not in name or side not in commands.SIDES:
            raise click.BadParameter(f"write PATH#FIELD=ours or =theirs, not {each}")
        found[name] = side
    return found


@package.command("install")
@click.argument("district")
@click.argument("edition", metavar=_AT)
@plainly
def install(district: str, edition: str) -> None:
    """Give an empty DISTRICT another package (KEY@VERSION)."""
    key, version = _edition(edition)
    with inside(district):
        commands.exchange(key, version, actor=operator())
    click.echo(f"{district}: {key} {version} installed")


@package.command("export")
@click.argument("district")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", required=True)
@click.option("--version", default="1.0.0", show_default=True)
@click.option("--title", required=True)
@click.option("--publisher", required=True)
@plainly
def export(district: str, out: Path, key: str, version: str, title: str, publisher: str) -> None:
    """Write the model of a DISTRICT to OUT.zip, without anything about a person."""
    with inside(district):
        parts = commands.export(
            key=key,
            version=version,
            title={"zh": title, "en": title},
            publisher={"zh": publisher, "en": publisher},
            actor=operator(),
        )
    try:
        out.write_bytes(commands.as_zip(parts))
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
    click.echo(f"{out}: {key} {version}")


@package.command("upgrade")
@click.argument("district")
@click.argument("edition", metavar=_AT)
@click.option("--decide", multiple=True, help="path#field=ours or =theirs; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@AS_JSON
@plainly
def upgrade(
    district: str, edition: str, decide: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Upgrade a DISTRICT to KEY@VERSION, with all that it has made of its package."""
    (key, version), decisions = _edition(edition), _decisions(decide)
    with inside(district):
        row = queries.installed_row()
        if (row.key, row.version) == (key, version):
            raise Conflict("The district has this edition already.")
        proposal = queries.plan_upgrade(key, version, decisions)
        facts = _facts(proposal)
        lines = _lines(proposal, facts)
        if unknown := sorted(decisions.keys() - set(proposal.plan.conflicts)):
            raise Conflict("There is nothing to decide about: " + ", ".join(unknown))
        if proposal.open and not dry_run:
            raise Conflict("Decide first, with --decide: " + ", ".join(proposal.open))
        if not dry_run:
            commands.upgrade(key, version, decisions=decisions, actor=operator())
    say({**facts, "done": not dry_run}, as_json, lines)


def _facts(proposal: Proposal) -> dict[str, Any]:
    return {
        "counts": proposal.plan.counts,
        "entries": {entry.path: entry.verdict for entry in proposal.plan.entries},
        "open": proposal.open,
        "faults": model_views.faults_told([*proposal.faults, *proposal.own_faults]),
    }


def _lines(proposal: Proposal, facts: dict[str, Any]) -> list[str]:
    """Every item in plain words, then what is open and what is wrong."""
    plan = proposal.plan
    lines = []
    for section in model_views.teller_of(plan).sections(plan):
        lines.append(section.title)
        for one in section.lines:
            said = "; ".join(sentence.rstrip(".") for sentence in one.sentences)
            lines.append(f"  {one.title} [{one.word}]: {said}.")
            for ask in one.conflicts:
                lines += [f"    {ask.name}={each.side}: {each.value}" for each in ask.choices]
    lines += [f"open: {name}" for name in facts["open"]]
    return lines + [f"fault: {each}" for each in facts["faults"]]
