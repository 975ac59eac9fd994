"""Whether what may only grow was changed: seals, checks, and roots to carry out of the building."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from saas.cli.common import hub
from saas.cli.plain import AS_JSON, plainly, say
from saas.kernel.context import Scope
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import reading
from saas.seals.verify import Fault, Kept, Report
from saas.tenancy import queries, sealing

_WHAT = {
    "changed": "rows were changed",
    "missing": "rows are missing",
    "added": "rows were added",
    "seal": "the seal itself was changed",
    "chain": "it does not stand on the seal before it",
    "gone": "it is gone, and its root was kept",
    "anchor": "its root is another one than the one that was kept",
}


@click.group()
def audit() -> None:
    """Seal the audit, check it against its seals, print the roots that are kept."""


@audit.command("seal")
@plainly
def seal() -> None:
    """Seal now what is new in every district and in the hub; the worker does so every hour."""
    with hub():
        busy = sealing.seal_due(at_once=True)
    click.echo(f"too busy just now: {', '.join(busy)}" if busy else "all is sealed")


@audit.command("verify")
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="Every district, and the hub.")
@click.option(
    "--roots", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What 'saas audit anchors' printed once, kept outside of this installation.",
)  # fmt: skip
@AS_JSON
@plainly
def verify(code: str | None, everything: bool, roots: Path | None, as_json: bool) -> None:
    """Hold every row against its seal; ends with 1 and names the seal when one byte differs.

    CODE is a district, or 'hub'.
    """
    if bool(code) == everything:
        raise click.UsageError("Name one district, or say --all.")
    wrong, found = False, []
    with hub():
        known = _read(roots) if roots else {}
        for name, scope in _scopes(code):
            reports = sealing.check(scope, known.get(scope.schema, ()))
            wrong = wrong or any(one.faults for one in reports)
            found += [{"district": name, **asdict(one)} for one in reports]
            if not as_json:
                for one in reports:
                    click.echo("\n".join(_lines(name, one)))
    if as_json:
        say(found, as_json, [])
    sys.exit(wrong)


def _scopes(code: str | None) -> Iterator[tuple[str, Scope]]:
    """One district or every one, and the hub, which is checked last."""
    with reading():
        if code and code != sealing.HUB:
            queries.access_tenant(code)
        found = sealing.sealed_scopes()
    for scope in found:
        if code in {None, scope.code}:
            yield scope.code, scope
    if code in {None, sealing.HUB}:
        yield sealing.HUB, wired().hub


def _lines(name: str, report: Report) -> list[str]:
    state = f"{len(report.faults)} WRONG" if report.faults else "ok"
    last = f"{report.sealed_at:%Y-%m-%d %H:%M} UTC" if report.sealed_at else "never"
    head = (
        f"{name} {report.book}: {state}; {report.rows} rows under {report.seals} seals,"
        f" the last {last}; {report.open_rows} not sealed yet"
    )
    return [head, *(f"  {_told(fault)}" for fault in report.faults)]


def _told(fault: Fault) -> str:
    what = f"seal {fault.number}: {_WHAT[fault.what]}"
    if fault.what == "gone":
        return what
    hours = f"{(fault.since or 'the beginning')[:16]} to {(fault.until or '')[:16]}"
    return (
        f"{what}; it covers rows {fault.first_id} to {fault.last_id} ({hours}),"
        f" {fault.sealed} were sealed, {fault.found} are there"
    )


@audit.command("anchors")
@click.option("--last", default=None, type=int, help="So many, the newest first.")
@AS_JSON
@plainly
def anchors(last: int | None, as_json: bool) -> None:
    """Print the roots that are kept; carried elsewhere they prove the hub as well."""
    with hub(), reading():
        found = sealing.exported(last)
    say([asdict(one) for one in found], as_json, [one.line for one in found])


def _read(file: Path) -> dict[str, list[Kept]]:
    try:
        return sealing.read_exported(file.read_text())
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from error
