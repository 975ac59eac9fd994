"""The drill: see scripts/drill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from saas.app import create_app
from saas.kernel.context import entering
from saas.kernel.unit_of_work import unit_of_work
from saas.launch import environment
from saas.launch.processes import DATABASE, WEB, WORKER, living
from saas.settings import Settings

_BACK_WITHIN = 10.0
_FILERS = 4
#: Of the model package, without questions of its own.
_CATEGORY = "rubbish"
_WORDS = "演练：院门口的路灯不亮。"


@dataclass
class Tally:
    """What the filers were told."""

    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Kill:
    """One kill: how long until the web answered again and the process was there, in seconds."""

    name: str
    back: float
    seen: bool


def main(minutes: float) -> int:
    """Run it; 1 when anything was lost, doubled, late or unseen."""
    with tempfile.TemporaryDirectory(prefix="saas-drill-") as name:
        folder, port = Path(name), _free_port()
        env = {**os.environ, "SAAS_DATA_DIR": name, "SAAS_PORT": str(port)}
        with (folder / "launcher.log").open("wb") as log:
            command = [sys.executable, "-m", "saas", "up"]
            launcher = subprocess.Popen(command, env=env, stdout=log, stderr=log)  # noqa: S603
            try:
                return _drill(folder, port, minutes)
            finally:
                launcher.send_signal(signal.SIGTERM)
                launcher.wait(90)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _drill(folder: Path, port: int, minutes: float) -> int:
    base = f"http://127.0.0.1:{port}"
    if not _ready(base, 240):
        sys.exit("it does not start")
    time.sleep(10)  # the sample history is being lived through
    settings = Settings.from_env(environment({"SAAS_DATA_DIR": str(folder)}))
    tokens, unit, category, schema = _prepare(settings)
    tally, stop = Tally(), threading.Event()
    filers = [
        threading.Thread(target=_file, args=(base, token, unit, category, tally, stop))
        for token in tokens
    ]
    for filer in filers:
        filer.start()
    kills = _kill_in_turn(folder, base, time.monotonic() + minutes * 60)
    stop.set()
    for filer in filers:
        filer.join()
    return _report(settings, schema, tally, kills)


def _prepare(settings: Settings) -> tuple[list[str], str, str, str]:
    """Tokens that may file in the demo district, a place and a category there."""
    from saas.accounts import commands as accounts
    from saas.accounts import queries as people
    from saas.demands import queries as demands
    from saas.demands.permissions import FILE
    from saas.territory import queries as territory

    app = create_app(settings)
    scope = app.extensions["saas"].registry.by_code("daan")
    with app.test_request_context(), entering(scope), unit_of_work():
        admin = people.load_actor(people.administrators()[0].id)
        root = territory.root()
        assert admin is not None
        assert root is not None
        unit = territory.list_units([root.path], kind=demands.escalation_levels()[0].kind)[0][0]
        tokens = [
            accounts.add_token(name=f"drill {n}", unit=root, scopes=[FILE], days=30, actor=admin)[1]
            for n in range(_FILERS)
        ]
        return tokens, unit.code, _CATEGORY, scope.schema


def _file(
    base: str, token: str, unit: str, category: str, tally: Tally, stop: threading.Event
) -> None:
    """File without pause; what got no answer is sent again under the same key, as programs do."""
    number = 0
    while not stop.is_set():
        number += 1
        key = f"{token[:8]}-{number}"
        while not stop.is_set() and not _sent(base, token, unit, category, key, tally):
            time.sleep(0.5)
        time.sleep(0.55)  # 120 a minute are allowed


def _sent(base: str, token: str, unit: str, category: str, key: str, tally: Tally) -> bool:
    body = json.dumps({"category": category, "unit": unit, "words": f"{_WORDS}{key}"}).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    request = urllib.request.Request(f"{base}/d/daan/api/v1/demands", body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310 - our own
            answer.read()
    except (OSError, urllib.error.URLError):
        with tally.lock:
            tally.refused += 1
        return False
    with tally.lock:
        tally.acknowledged.add(key)
    return True


def _kill_in_turn(folder: Path, base: str, until: float) -> list[Kill]:
    kills: list[Kill] = []
    while time.monotonic() < until:
        name = (WEB, WORKER, DATABASE)[len(kills) % 3]
        process = _running(folder, name)
        process.kill()
        begun, seen = time.monotonic(), False
        while time.monotonic() < begun + 120:
            told = _told(base)
            seen = seen or told is None or told["worker"]["heartbeat_seconds"] is None
            if name == WORKER and told and not seen:
                seen = _launcher_said(folder, name)
            now = living(folder).get(name)
            if told and now and now.pid != process.pid:
                break
            time.sleep(0.1)
        kills.append(Kill(name, time.monotonic() - begun, seen or _launcher_said(folder, name)))
        print(f"{name:9} killed, back after {kills[-1].back:.1f} s", flush=True)
        time.sleep(8)
    return kills


def _running(folder: Path, name: str) -> psutil.Process:
    """It, once it is there: who needs the database ends with it and comes back after it."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := living(folder).get(name):
            return found
        time.sleep(0.1)
    sys.exit(f"the {name} did not come back")


def _launcher_said(folder: Path, name: str) -> bool:
    return f"The {name} ended" in (folder / "launcher.log").read_text(errors="replace")


def _told(base: str) -> dict[str, Any] | None:
    address = f"{base}/readyz"
    with suppress(OSError, ValueError), urllib.request.urlopen(address, timeout=3) as one:  # noqa: S310
        found: dict[str, Any] = json.load(one)
        return found
    return None


def _ready(base: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if _told(base):
            return True
        time.sleep(0.5)
    return False


def _report(settings: Settings, schema: str, tally: Tally, kills: list[Kill]) -> int:
    with psycopg.connect(settings.owner_url or "") as owner:
        rows = owner.execute(
            sql.SQL("SELECT words FROM {} WHERE words LIKE %s").format(
                sql.Identifier(schema, "demands")
            ),
            (f"{_WORDS}%",),
        ).fetchall()
        gaps = owner.execute(
            sql.SQL(
                "SELECT count(*) FROM (SELECT demand_id, count(*) n, max(number) m FROM {}"
                " GROUP BY demand_id) c WHERE n <> m"
            ).format(sql.Identifier(schema, "custody"))
        ).fetchone()
    stored = [row[0].removeprefix(_WORDS) for row in rows]
    lost, twice = tally.acknowledged - set(stored), len(stored) - len(set(stored))
    late = [one for one in kills if one.back > _BACK_WITHIN]
    unseen = [one for one in kills if not one.seen]
    print(f"\n{len(kills)} kills: " + ", ".join(
        f"{name} {sum(k.name == name for k in kills)}, at most"
        f" {max((k.back for k in kills if k.name == name), default=0):.1f} s"
        for name in (WEB, WORKER, DATABASE)))  # fmt: skip
    print(f"{len(tally.acknowledged)} acknowledged, {len(lost)} of them lost, {twice} stored twice")
    print(f"{tally.refused} answers refused or missing, sent again under the same key")
    print(f"{gaps[0] if gaps else '?'} demands with a gap in their custody")
    print(f"{len(late)} back later than {_BACK_WITHIN:.0f} s, {len(unseen)} unseen")
    return int(bool(lost or twice or late or unseen or (gaps and gaps[0])))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
