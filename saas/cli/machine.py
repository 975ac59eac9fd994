"""What runs on one machine: serve, see how it is, stop it. Light to import: asked often."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from saas import launch
from saas.cli.plain import AS_JSON, plainly, say
from saas.launch import front, processes
from saas.settings import Settings


@click.command()
@click.option("--address", default="0.0.0.0:8000", show_default=True, help="Where it listens.")
@click.option("--processes", default=1, show_default=True, help="How many processes answer.")
@click.option(
    "--proxy/--no-proxy", default=True, help="nginx in front, which takes in slow clients."
)
@plainly
def web(address: str, processes: int, proxy: bool) -> None:
    """Serve, as a container or a service of the system does; threads are SAAS_POOL_SIZE."""
    settings = Settings.from_env(launch.environment())
    front.serve(address, settings, processes=processes, proxy=proxy)


@click.command()
def stop() -> None:
    """Stop what 'saas up' started in SAAS_DATA_DIR; the data stays."""
    folder = launch.data_dir()
    found = processes.living(folder)
    if launcher := found.get(processes.LAUNCHER):
        processes.end({processes.LAUNCHER: launcher})
    left = processes.end_all(folder)
    if not found:
        click.echo(f"nothing runs in {folder}")
        return
    click.echo("stopped" if launcher else f"stopped what was left: {', '.join(left)}")


@click.command()
@AS_JSON
def status(as_json: bool) -> None:
    """Name each process of SAAS_DATA_DIR and how it is; ends with 1 unless all is well."""
    folder = launch.data_dir()
    written, living = processes.written_down(folder), processes.living(folder)
    rows = [_row(one, one.name in living) for one in written.values()]
    ready = _ready(folder) if processes.WEB in living else None
    value = {"folder": str(folder), "processes": rows, "ready": ready}
    lines = [f"{row['name']:9} {row['state']:8} {row['pid']:>7}  {row['since']}" for row in rows]
    lines = lines or [f"nothing runs in {folder}"]
    say(value, as_json, [*lines, *_told(ready)])
    well = rows and all(row["state"] == "running" for row in rows)
    sys.exit(0 if well and ready and ready["worker"]["state"] != "stopped" else 1)


def _row(one: processes.Process, alive: bool) -> dict[str, Any]:
    since = datetime.fromtimestamp(one.born).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006 - this machine's
    return {
        "name": one.name,
        "state": "running" if alive else "ended",
        "pid": one.pid,
        "since": since,
        "seconds": round(time.time() - one.born) if alive else None,
    }


def _ready(folder: Path) -> dict[str, Any] | None:
    """What the web process says of itself; None when it does not answer."""
    port = launch.environment({"SAAS_DATA_DIR": str(folder)}).get("SAAS_PORT")
    with suppress(OSError, ValueError):
        address = f"http://127.0.0.1:{port}/readyz"
        with urllib.request.urlopen(address, timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    return None


def _told(ready: dict[str, Any] | None) -> list[str]:
    if ready is None:
        return ["the web process does not answer"]
    worker, due = ready["worker"], ready["queue"]["oldest_due_seconds"]
    beat = worker["heartbeat_seconds"]
    heard = "no heartbeat" if beat is None else f"last heartbeat {beat:.0f} s ago"
    failed = sum(states.get("failed", 0) for states in ready["queue"]["kinds"].values())
    waits = "nothing is due" if due is None else f"the oldest due job waits {due:.0f} s"
    return [f"worker: {worker['state']}, {heard}; {waits}; {failed} failed"]
