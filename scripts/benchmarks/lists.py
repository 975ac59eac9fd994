"""Twenty demands as JSON and as a page under gunicorn, beside a bare handler that runs the same SQL
and returns the same bytes.
"""

from __future__ import annotations

import http.client
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from saas.demands import commands as demands
from saas.kernel.db import db
from scripts.benchmarks.ground import Ground, Recording, Row, recording
from tests.support import PASSWORD

_AIM, _ROUNDS, _SECONDS, _CLIENTS = 0.5, 7, 1.5, 4
_LISTS = {"JSON list of 20": "/api/v1/demands", "HTML list of 20": "/demands"}


def measure(ground: Ground) -> list[Row]:
    """Requests per second of both, in turn."""
    _fill(ground)
    return [_measure_one(ground, what, path) for what, path in _LISTS.items()]


def _fill(ground: Ground) -> None:
    district = ground.district
    with district.work():
        actor, unit = district.actor("resident"), district.unit("courtyard")
        for number in range(60):
            demands.file_demand(
                category="rubbish",
                unit=unit,
                words="院门口的垃圾桶两天没有清运，味道很大，请尽快处理。",
                submission=f"bench-submission-{number}",
                actor=actor,
            )


def _measure_one(ground: Ground, what: str, path: str) -> Row:
    url = ground.district.root + path
    cookie, tape, body, kind = _one_request(ground, url)
    bare = ground.folder / "bare.pickle"
    bare.write_bytes(pickle.dumps((tape.sent, body, kind, ground.settings.database_url)))
    with _serving(ground, "saas.wsgi:app") as ours, _serving(ground, _BARE) as plain:
        pairs = [(_rate(ours, url, cookie), _rate(plain, url, cookie)) for _ in range(_ROUNDS + 1)]
    pairs = pairs[1:]
    ratio = median(a / b for a, b in pairs)
    shown = [f"{median(rates):.0f}/s" for rates in zip(*pairs, strict=True)]
    name = f"{what} ({len(tape.sent)} statements, {len(body) // 1024} KB) / bare handler"
    return Row(name, shown[0], shown[1], ratio, "≥ 0.5", ratio >= _AIM)


_BARE = "scripts.benchmarks.bare:app"


def _one_request(ground: Ground, url: str) -> tuple[str, Recording, bytes, str]:
    """Sign in, ask once to warm up, then note what the second request sends and returns."""
    visitor = ground.district.client("courtyard")
    assert PASSWORD
    visitor.client.get(url)
    with ground.app.app_context():
        engine = db.engine
    with recording(engine) as tape:
        answer = visitor.client.get(url)
    assert answer.status_code == 200, answer.text
    cookie = visitor.client.get_cookie("saas_session", path=f"{ground.district.root}/")
    assert cookie is not None
    # The registry's look-up is remembered between requests and is not a part of each.
    tape.sent = [s for s in tape.sent if "hub." not in s[1]]
    return f"saas_session={cookie.value}", tape, answer.data, answer.content_type


@contextmanager
def _serving(ground: Ground, target: str) -> Iterator[int]:
    """The same gunicorn for both: one worker, sixteen threads, on a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", "1", "--threads", "16"]
    command += ["--log-level", "error", "--no-control-socket"]
    child = subprocess.Popen(command, env=_environment(ground))  # noqa: S603
    try:
        _until_up(port)
        yield port
    finally:
        child.terminate()
        child.wait(15)


def _environment(ground: Ground) -> dict[str, str]:
    settings = ground.settings
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ".",
        "BENCH_BARE": str(ground.folder / "bare.pickle"),
        "SAAS_DATABASE_URL": settings.database_url,
        "SAAS_SECRET_KEY": settings.secret_key,
        "SAAS_MASTER_KEY": settings.master_key,
        "SAAS_DATA_DIR": str(Path(ground.folder)),
        "SAAS_COOKIE_SECURE": "no",
    }


def _until_up(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def _rate(port: int, url: str, cookie: str) -> float:
    """Answered requests per second of a few keep-alive clients; anything but 200 is an error."""
    counts, until = [0] * _CLIENTS, time.monotonic() + _SECONDS
    faults: list[int] = []

    def ask(slot: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < until:
            line.request("GET", url, headers={"Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                faults.append(answer.status)
                return
            counts[slot] += 1
        line.close()

    threads = [threading.Thread(target=ask, args=(slot,)) for slot in range(_CLIENTS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    return sum(counts) / (time.monotonic() - begun)
