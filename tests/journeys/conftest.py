"""The main job itself in a real browser: ``saas up`` in a folder of its own, Chromium in front.

Every page that a journey visits is watched: no script error, no broken policy, no request to
another host. `Walk.look` lets axe search each page once for each of its layouts. Pictures are
taken at every look with ``SAAS_SCREENSHOTS=<folder>``, else of where a failed test stood.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.thorough import is_thorough

ROOT = Path(__file__).resolve().parents[2]
#: Served by the product, so that the browser compiles it once and not for every page.
AXE = "/static/dist/test/axe.min.js"
SHOTS = Path(os.environ.get("SAAS_SCREENSHOTS", ROOT / "var" / "screenshots"))
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--lang=zh-CN",
]
_WATCH = """document.addEventListener('securitypolicyviolation', e => console.error(
    ['policy:', e.violatedDirective, e.blockedURI, location.pathname, e.sourceFile].join(' ')));"""
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
DESK = {"width": 1440, "height": 900}
#: Milliseconds that a page may take on a busy machine.
PATIENCE = 120_000
#: Scrolled, the bar hides half a link, and axe finds it too small; a colour on its way to another
#: has no contrast that anybody reads: let it arrive. Sheets of style are read where they are new.
_LOOK_FOR = """async preload => {
    scrollTo({top: 0, behavior: 'instant'});
    document.getAnimations().filter(one => one instanceof CSSTransition)
        .forEach(one => one.finish());
    const found = await axe.run(document, {resultTypes: ['violations'], preload,
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']});
    return found.violations.map(v => ({id: v.id, at: v.nodes[0].html}));
}"""
#: The page as axe may have met it: its address without codes, and every kind of element in it.
_KINDS = """() => [
    location.pathname.replace(/\\/[^/]*[0-9][^/]*/g, '/x'),
    [document.documentElement.lang, document.documentElement.className,
        ...[...document.querySelectorAll('link[rel=stylesheet]')].map(e => e.getAttribute('href'))
    ].join(' '),
    [...new Set([...document.querySelectorAll('main, main *')].map(e =>
        [e.localName, e.className.baseVal ?? e.className, e.getAttribute('role'), e.type].join()
    ))]]"""


@dataclass
class Searched:
    """What axe has met: addresses and kinds of elements, by width and how they look."""

    addresses: set[tuple[str, str]] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)

    def news_of(self, page: Page, width: int) -> str:
        """What axe has not met of this page, but has from now on: its ``sheets`` of style, in this
        language and size, or only some ``kinds`` of elements or the address; empty for nothing.
        """
        address, look, found = page.evaluate(_KINDS)
        look = f"{width} {look}"
        sheets, met = look not in self.kinds, self.kinds.setdefault(look, set())
        kinds = (look, address) not in self.addresses or not met.issuperset(found)
        self.addresses.add((look, address))
        met.update(found)
        return "sheets" if sheets else "kinds" if kinds else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys need a browser, what counts in the product alone needs time. One worker takes them
    all (tests/together.py): they share one running product and what axe has seen.
    """
    for item in items:
        if "journeys" in item.nodeid:
            browser = "chromium" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.browser if browser else pytest.mark.slow)


@dataclass
class Product:
    """A running product: where it is and how its operator signs in."""

    url: str
    password: str
    folder: Path


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """``saas up`` on a free port, stopped as a person would stop it.

    Its folder is none of pytest's own: those are closed to others whenever a run begins, and the
    database's own user has to get into it.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="saas-product-") as folder:
        yield from _running(Path(folder), port)


def _running(folder: Path, port: int) -> Iterator[Product]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SAAS_", "DATABASE_"))}
    env |= {"SAAS_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    env["SAAS_SHOWROOM_GUARDED"] = "no"  # stories paint the shared demo and turn its clock
    command = [sys.executable, "-m", "saas", "up", "--port", str(port)]
    with (folder / "up.log").open("wb") as log:
        child = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
        try:
            _until_ready(f"http://127.0.0.1:{port}/healthz", child, folder)
            secret = (folder / "secrets" / "operator_password").read_text()
            yield Product(f"http://127.0.0.1:{port}", secret[:16], folder)
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(120)


def _until_ready(url: str, child: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until and child.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=30) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError((folder / "up.log").read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that scripts/test found or installed."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        yield browser
        browser.close()


def _launch(playwright: Playwright) -> Browser:
    found = os.environ.get("SAAS_TEST_BROWSER", "/usr/bin/chromium")
    if found == "playwright":
        return playwright.chromium.launch(args=_ARGS)
    return playwright.chromium.launch(executable_path=found, args=_ARGS)


@dataclass
class Walk:
    """One person's browser, with what went wrong on its pages."""

    page: Page
    url: str
    story: str
    searched: Searched = field(default_factory=Searched)
    faults: list[str] = field(default_factory=list)
    shots: int = 0

    def go(self, path: str) -> None:
        """Open a page of the product; anything but success is a fault."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        if answer.status >= 400:
            self.faults.append(f"{path}: {answer.status}")

    def enter(self, number: int, district: str = "daan") -> None:
        """Be one of the demo district's sample people, by the button on its first page."""
        home, asks = f"{self.url}/d/{district}/", self.page.context.request
        door = f"{home}enter/{number}"
        form = re.search(
            rf'action="[^"]*/enter/{number}".*?</form>', asks.get(home).text(), re.DOTALL
        )
        assert form is not None, door
        fields = dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', form[0]))
        answer = asks.post(door, form=fields, headers={"Referer": home})
        self.page.goto(answer.url)

    def press(self, text: str) -> None:
        """Press the button or link that says ``text`` and wait for the page that follows."""
        target = self.page.get_by_role("button", name=text, exact=True)
        if not target.count():
            target = self.page.get_by_role("link", name=text, exact=True)
        with self.page.expect_navigation():
            target.first.click()

    def from_menu(self, text: str) -> None:
        """Open the menu of the header and choose ``text``."""
        menu = self.page.locator(".masthead__more")
        menu.locator("> summary").click()
        with self.page.expect_navigation():
            menu.get_by_role("link", name=text, exact=True).click()

    def look(self, what: str) -> None:
        """A picture if wanted, axe where it has not been, and no sideways scrolling."""
        self.shots += 1
        width = (self.page.viewport_size or DESK)["width"]
        name = f"{self.story}-{self.shots:02}-{what}-{width}.png"
        if "SAAS_SCREENSHOTS" in os.environ:
            self.take(name)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self.faults.append(f"{name}: {wide} px wide")
        if (new := self.searched.news_of(self.page, width)) or is_thorough():
            self._search(name, sheets=new == "sheets")

    def both(self, what: str) -> None:
        """The page as a phone and as a desk show it; the own screen stays what it is."""
        own = self.page.viewport_size or DESK
        for size in (DESK, PHONE) if own == PHONE else (PHONE, DESK):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
            self.look(what)

    def take(self, name: str) -> None:
        """A picture of the whole page."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        # The caret stays: hiding it would need a style of the driver's own, which our policy stops.
        self.page.screenshot(path=SHOTS / name, full_page=True, caret="initial")

    def _search(self, name: str, *, sheets: bool) -> None:
        if self.page.evaluate("typeof axe") == "undefined":
            if self.page.evaluate("navigator.onLine"):
                self.page.add_script_tag(url=AXE)
            else:
                self.page.evaluate((ROOT / "saas" / "web" / AXE.removeprefix("/")).read_text())
        found: list[dict[str, Any]] = self.page.evaluate(_LOOK_FOR, sheets)
        self.faults += [f"{name}: {v['id']} at {v['at'][:160]}" for v in found]


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Note for the walk's end whether its test failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def _searched() -> Searched:
    """What axe has met in this run."""
    return Searched()


@pytest.fixture
def walk(
    product: Product, chromium: Browser, _searched: Searched, request: pytest.FixtureRequest
) -> Iterator[Any]:
    """Start a person's walk: ``walk(DESK)`` or ``walk(PHONE)``. Faults fail the test at its end."""
    walks: list[Walk] = []
    story = request.node.name.removeprefix("test_")[:40]
    with contexts(chromium) as new:

        def start(size: dict[str, int] = DESK) -> Walk:
            page = new(size)
            made = Walk(page, product.url, f"{story}-{len(walks) + 1}", _searched)
            _watch(page, made)
            walks.append(made)
            return made

        yield start
        if request.node.stash.get(_FAILED, False):
            for made in walks:
                made.take(f"{made.story}-failed.png")
    faults = [fault for made in walks for fault in made.faults]
    assert not faults, "\n".join(faults)


@contextmanager
def contexts(chromium: Browser) -> Iterator[Any]:
    """Fresh browsers, closed at the end."""
    opened: list[Any] = []

    def new(size: dict[str, int]) -> Page:
        context = chromium.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size["width"] < 500,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_WATCH)
        opened.append(context)
        return context.new_page()

    try:
        yield new
    finally:
        for context in opened:
            context.close()


def _watch(page: Page, made: Walk) -> None:
    page.on("pageerror", lambda error: made.faults.append(f"script: {error}"))
    page.on(
        "console",
        lambda m: made.faults.append(f"console: {m.text}") if "policy:" in m.text else None,
    )
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith((made.url, "data:", "blob:"))
            else made.faults.append(f"asked another host: {r.url}")
        ),
    )
