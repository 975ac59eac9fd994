"""A screen in a hall for a day: whether its browser holds more after 24 hours than after one.

The clock is quick: each picture gives way to the next as soon as it is drawn, not 20 seconds later;
the browser goes from one to the other by itself, as on the wall. ``BENCH_HOURS`` is how long the
day is, 24 unless said.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import psutil
import sqlalchemy as sa
from flask import request

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.unit_of_work import unit_of_work
from saas.showcase.demos import template
from saas.showcase.screen import commands, slides
from saas.showcase.screen.models import Screen
from saas.tenancy import queries as tenants
from scripts.benchmarks.ground import Ground, Row
from scripts.benchmarks.guests import made
from scripts.benchmarks.phone import served

_HOURS = int(os.environ.get("BENCH_HOURS", 24))
_AN_HOUR = 3600 // slides.SECONDS
_BROWSER = os.environ.get("SAAS_TEST_BROWSER", "/usr/bin/chromium")
_MB = 2**20


def measure(ground: Ground) -> list[Row]:
    """Memory of the browser's processes after one hour and at the end."""
    with ground.app.test_request_context(), entering(ground.app.extensions["saas"].hub):
        template.build()
        code, _ = made(0)
    shown = _counted(ground)
    with (
        mock.patch.object(slides, "SECONDS", 0),
        served(ground, f"/d/{code}/screen") as at,
        _hung(at) as browser,
    ):
        _until(lambda: _paired(ground, code))
        _until(lambda: len(shown) >= _AN_HOUR)
        early = _held(browser)
        _until(lambda: len(shown) >= _AN_HOUR * _HOURS)
        late = _held(browser)
    what = f"browser of a screen after {_HOURS} h / after 1 h"
    ratio = late / early
    return [Row(what, f"{late:.0f} MB", f"{early:.0f} MB", ratio, "≤ 1.1", ratio <= 1.1)]


def _counted(ground: Ground) -> list[str]:
    """The pictures that were shown, while they are."""
    shown: list[str] = []

    @ground.app.before_request
    def note() -> None:
        if request.endpoint == "screen.slide":
            shown.append(request.path)

    return shown


@contextmanager
def _hung(address: str) -> Iterator[psutil.Process]:
    """A browser that shows one page, and where that leads."""
    with tempfile.TemporaryDirectory(prefix="saas-screen-", ignore_cleanup_errors=True) as folder:
        command = [
            _BROWSER, "--headless", "--no-sandbox", "--window-size=1920,1080",
            "--remote-debugging-port=0", f"--user-data-dir={folder}", address,
        ]  # fmt: skip
        child = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
        whole = psutil.Process(child.pid)
        try:
            yield whole
        finally:
            for one in (*whole.children(recursive=True), whole):
                one.terminate()
            child.wait(60)


def _paired(ground: Ground, code: str) -> bool:
    """Type the code that the screen shows, once it does."""
    hub = entering(ground.app.extensions["saas"].hub)
    with ground.app.test_request_context(), hub, unit_of_work():
        number = session.scalar(sa.select(Screen.code))
        if number:
            commands.pair(tenants.access_tenant(code).id, code=number, name="hall")
        return number is not None


def _until(there: Callable[[], bool]) -> None:
    while not there():
        time.sleep(1)


def _held(browser: psutil.Process) -> float:
    """What all processes of the browser hold for themselves, in MB: the least of ten looks."""
    looks = []
    for _ in range(10):
        whole = [browser, *browser.children(recursive=True)]
        looks.append(sum(one.memory_full_info().uss for one in whole) / _MB)
        time.sleep(1)
    return min(looks)
