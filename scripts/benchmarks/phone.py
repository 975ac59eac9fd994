"""The first view on a cheap phone: Chromium with 400 kbit/s, 400 ms to the server, a slow chip.

On a product that runs already, such as one with the demo district: ``BENCH_AT=<address of a
district>``. Otherwise the measured district is served from here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from scripts.benchmarks.ground import Ground, Row

_AIM = 4.0
_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_PAGES = {"home": "/", "filing, step one": "/demands/new"}
_READ = """() => { const [visit] = performance.getEntriesByType('navigation');
    const rest = performance.getEntriesByType('resource');
    return [performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000,
            [visit, ...rest].reduce((sum, one) => sum + one.transferSize, 0) / 1000]; }"""


def measure(ground: Ground) -> list[Row]:
    """Seconds to the first view of pages with an empty cache, and what then comes again."""
    with _on(ground) as at, sync_playwright() as playwright:
        found = os.environ.get("SAAS_TEST_BROWSER", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        rows = [_row(browser, what, at + path) for what, path in _PAGES.items()]
        browser.close()
    return rows


def _row(browser: Browser, what: str, address: str) -> Row:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", _SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    first, again = _visit(page, address), _visit(page, address)
    context.close()
    shown = f"{first[0]:.1f} s {first[1]:.0f} kB", f"{again[0]:.1f} s {again[1]:.0f} kB"
    return Row(f"slow 3G: {what} / once more", *shown, first[0], "≤ 4", first[0] <= _AIM)


def _visit(page: Any, address: str) -> tuple[float, float]:
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    seconds, kilobytes = page.evaluate(_READ)
    return seconds, kilobytes


@contextmanager
def _on(ground: Ground) -> Iterator[str]:
    if at := os.environ.get("BENCH_AT"):
        yield at.rstrip("/")
        return
    with served(ground, ground.district.root) as at:
        yield at


@contextmanager
def served(ground: Ground, root: str) -> Iterator[str]:
    """The address of a district while it is served from here."""
    server = make_server("127.0.0.1", 0, ground.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{root}"
    finally:
        server.shutdown()
        thread.join()
