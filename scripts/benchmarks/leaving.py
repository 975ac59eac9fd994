"""Archiving a district of 150,000 rows and bringing it back, in milliseconds."""

from __future__ import annotations

import time
from pathlib import Path

from saas.kernel.context import SYSTEM, entering
from saas.kernel.unit_of_work import unit_of_work
from saas.tenancy import leaving
from scripts.benchmarks import figures
from scripts.benchmarks.ground import Ground, Row

ROWS = 150_000
_ARCHIVE, _RESTORE = 2000.0, 10_000.0


def measure(ground: Ground) -> list[Row]:
    """One archive and one restoring, sealed and checked as an operator does it."""
    figures.fill(ground, ROWS // 4)  # each with three rows of custody
    file, hub = ground.folder / "bench.age", ground.app.extensions["saas"].hub
    secret, public = leaving.new_key()
    with ground.app.test_request_context(), entering(hub):
        with unit_of_work():
            leaving.set_recipient("bench", public, actor=SYSTEM)
        begun = time.perf_counter()
        with unit_of_work():
            rows = sum(leaving.archive("bench", file, say=_quiet, actor=SYSTEM).tables.values())
        written = (time.perf_counter() - begun) * 1000
        begun = time.perf_counter()
        with unit_of_work():
            leaving.restore(file, secret, code="bench-again", say=_quiet, actor=SYSTEM)
        restored = (time.perf_counter() - begun) * 1000
    return [
        _row(f"archive of {rows} rows", written, _ARCHIVE, file),
        _row(f"restoring {rows} rows", restored, _RESTORE, file),
    ]


def _quiet(_: str) -> None: ...


def _row(what: str, took: float, aim: float, file: Path) -> Row:
    size = f"{file.stat().st_size / 1024 / 1024:.1f} MB"
    return Row(what, f"{took:.0f} ms", size, took, f"≤ {aim:.0f} ms", took <= aim)
