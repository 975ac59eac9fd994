"""Runs the chosen measurements on a fresh embedded server and reports them."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from saas.launch.database import embedded_server
from scripts.benchmarks import (
    create,
    escalation,
    figures,
    fleet,
    funds,
    guests,
    leaving,
    lists,
    phone,
    screen,
    tenancy,
)
from scripts.benchmarks.ground import Ground, Row, prepare

MEASUREMENTS: dict[str, Callable[[Ground], list[Row]]] = {
    "create": create.measure,
    "figures": figures.measure,
    "lists": lists.measure,
    "tenancy": tenancy.measure,
    "escalation": escalation.measure,
    "phone": phone.measure,
    "leaving": leaving.measure,
    "fleet": fleet.measure,
    "funds": funds.measure,
    "guests": guests.measure,
    "screen": screen.measure,
}
#: Left out unless asked for: two make hundreds of districts, one a million demands, two need a
#: browser, three fill a district themselves.
_LONG = {"escalation", "phone", "leaving", "fleet", "funds", "guests", "screen"}


def main(chosen: list[str]) -> None:
    """Measure, print a table, write var/bench.json."""
    unknown = set(chosen) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    rows: list[Row] = []
    # The server is durable as in production: what a commit costs is part of the figure.
    with (
        tempfile.TemporaryDirectory(prefix="saas-bench-") as folder,
        embedded_server(Path(folder) / "postgres") as owner_url,
    ):
        ground = prepare(owner_url, Path(folder))
        for name in chosen or [name for name in MEASUREMENTS if name not in _LONG]:
            print(f"measuring {name} …", flush=True)
            rows += MEASUREMENTS[name](ground)
        ground.close()
    report(rows)


def report(rows: list[Row]) -> None:
    """The table on the screen, the same as JSON in var/."""
    width = max(len(row.what) for row in rows)
    print(f"\n{'':{width}}  {'ours':>12}  {'plain':>12}  {'figure':>10}  {'aim':>10}")
    for row in rows:
        verdict = "" if row.reached else "   not reached"
        print(
            f"{row.what:{width}}  {row.ours:>12}  {row.plain:>12}"
            f"  {row.figure:>10.2f}  {row.aim:>10}{verdict}"
        )
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    file = Path("var/bench.json")
    file.parent.mkdir(exist_ok=True)
    value = {"machine": machine, "rows": [row.as_dict() for row in rows]}
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1))
    print(f"\nwritten to {file}")


main(sys.argv[1:])
