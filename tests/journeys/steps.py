"""What people do in more than one long story, with what it costs them counted.

`Hands` does what a person's hands do: every press and every key goes into a `Tally` that several
people of one story can share. `ledger` counts in the district's own tables what pages told.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Locator, Page, expect
from psycopg import sql

from tests.journeys.conftest import Product, Walk

SECRET = "a sentence to remember"
#: A place in the rail may stand in a group that is folded.
_UNFOLD = "place => place.closest('details[data-rail-group]')?.setAttribute('open', '')"
_SUBMIT = "main form.form button.btn--main[type=submit]"


def pick(box: Locator) -> None:
    """Tick or choose by the keyboard: the input lies under a drawing of it, and may yet move."""
    if not box.is_checked():
        box.press("Space")
    expect(box).to_be_checked()


@dataclass
class Tally:
    """What a story cost its people: presses of a button, keys, files chosen, seconds."""

    clicks: int = 0
    keys: int = 0
    files: int = 0
    began: float = field(default_factory=time.monotonic)

    def tell(self, story: str) -> None:
        """Print it."""
        seconds = time.monotonic() - self.began
        print(
            f"\n{story}: {self.clicks} clicks, {self.keys} key presses, {self.files} files,"
            f" {seconds:.0f} s"
        )


@dataclass
class Hands:
    """A person at the screen."""

    walk: Walk
    tally: Tally = field(default_factory=Tally)

    @property
    def page(self) -> Page:
        """What is on the screen."""
        return self.walk.page

    def click(self, what: str | Locator) -> None:
        """Press something that leads to no other page."""
        self.tally.clicks += 1
        found = self._found(what)
        found.evaluate(_UNFOLD)
        found.click()

    def tick(self, what: str | Locator) -> None:
        """Choose a box or a card; its input lies under a drawing of it."""
        self.tally.clicks += 1
        pick(self._found(what))

    def follow(self, what: str | Locator) -> None:
        """Press something and wait for the page that follows."""
        with self.page.expect_navigation():
            self.click(what)

    def send(self, what: str | Locator = _SUBMIT) -> None:
        """Press the main button of the page's form; the form has to be accepted."""
        self.follow(what)
        expect(self.page.locator("[data-error-summary]")).to_have_count(0)

    def write(self, what: str, text: str) -> None:
        """Put the cursor into a field and type; each character counts as one key."""
        self.tally.clicks += 1
        self.tally.keys += len(text)
        self.page.fill(what, text)

    def choose(self, what: str | Locator, value: str) -> None:
        """Unfold a list and take a value: two presses."""
        self.tally.clicks += 2
        self._found(what).select_option(value)

    def attach(self, what: str, file: Path) -> None:
        """Choose a file of the own computer."""
        self.tally.clicks += 1
        self.tally.files += 1
        self.page.set_input_files(what, file)

    def save(self, what: str | Locator, folder: Path) -> Path:
        """Press something that gives a file, and keep that."""
        with self.page.expect_download() as coming:
            self.click(what)
        file = folder / coming.value.suggested_filename
        coming.value.save_as(file)
        return file

    def look(self, what: str) -> None:
        """The page from its top, as the own screen shows it."""
        self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        self.walk.look(what)

    def both(self, what: str) -> None:
        """The page as a phone and as a desk show it; the own screen stays what it is."""
        self.walk.both(what)

    def _found(self, what: str | Locator) -> Locator:
        return self.page.locator(what).first if isinstance(what, str) else what


def sign_in_operator(operator: Hands, product: Product) -> None:
    """The operator comes in and has the list of districts before them."""
    operator.walk.go("/hub/")
    operator.write("#f-login", "operator")
    operator.write("#f-password", product.password)
    operator.follow("form.form button[type=submit]")
    assert operator.page.url == f"{product.url}/hub/"


def create_district(
    operator: Hands, *, name: str, code: str, package: str, administrator: str
) -> str:
    """The short form, from the list of districts; returns the path of the invitation."""
    page = operator.page
    operator.follow("a[href='/hub/new']")
    operator.write("#f-name_zh", name)
    operator.write("#f-code", code)
    operator.tick(f"input[name=package][value='{package}']")
    operator.write("#f-administrator", administrator)
    operator.look("new-district")
    operator.send()
    page.wait_for_url(f"**/hub/districts/{code}")
    invitation = page.locator("input[readonly]")
    expect(invitation).to_be_visible()
    operator.look("invitation")
    return invitation.input_value().removeprefix(operator.walk.url)


def accept_invitation(person: Hands, path: str) -> None:
    """Open the link, choose a password, be in."""
    person.walk.go(path)
    person.write("#f-password", SECRET)
    person.send()


def take_over_sample(person: Hands, folder: Path) -> None:
    """The sample workbook comes down, goes up, is looked at, and the worker takes it over."""
    person.follow("main a[href$='/setup/import']")
    person.both("import")
    person.attach("#f-file", person.save("a[href$='/setup/import/sample']", folder))
    person.send()
    person.both("preview")
    person.follow("form[action$='/setup/import/confirm']:has(input[name=token]) button")
    invite = person.page.locator("form[action$='/setup/import/invitations']")
    expect(invite).to_be_visible()


def to_step(person: Hands, step: str) -> None:
    """To a step of the wizard, from wherever one is."""
    person.follow("nav a[href$='/setup']")
    if not person.page.url.endswith(f"/setup/{step}"):
        person.follow(f".setup-rail__desk a[href$='/setup/{step}']")


def invite_deputy(person: Hands, name: str) -> str:
    """From the checklist to the form that mends its gap, and to the link for that one person."""
    person.follow("#check-second a[href*='second=1']")
    person.write("#f-name-0", name)
    person.write("#f-phone-0", "13900001999")
    person.send("form.form--wide button[type=submit]")
    return invite(person, name)


def invite(person: Hands, name: str) -> str:
    """In the step of people make out the invitations that are missing; returns the path of one."""
    person.follow("form[action$='/setup/people/invitations'] button")
    person.look("invited")
    return invitations(person.page)[name].removeprefix(person.walk.url)


def invitations(page: Page) -> dict[str, str]:
    """Who is named on each slip that was made out → the address in its QR code."""
    slips = page.locator("[data-invitation]").evaluate_all(
        "all => all.map(one => [one.querySelector('[data-name]').textContent,"
        " one.querySelector('[data-copy]').dataset.copy])"
    )
    return dict(slips)


def onward(person: Hands, step: str) -> None:
    """To the next step of the wizard, by the button at its foot."""
    person.follow(".setup-foot .btn--main")
    assert person.page.url.endswith(f"/setup/{step}"), person.page.url


def answer_for_gaps(person: Hands, reason: str) -> int:
    """Tick every gap that may stay, with one reason for each point of the list; how many."""
    ticked = 0
    gaps = person.page.locator("form[action$='/setup/check/accept']")
    while gaps.count():
        form = gaps.first
        for box in form.locator("input[type=checkbox]").all():
            person.tick(box)
            ticked += 1
        field_id = form.locator("input[name=reason]").get_attribute("id")
        person.write(f"#{field_id}", reason)
        person.follow(form.locator("button[type=submit]"))
    return ticked


def go_live(person: Hands) -> None:
    """The last step: looked at, ticked, opened."""
    onward(person, "live")
    person.tick("#f-sure")
    person.look("go-live")
    person.follow("form.confirm button[type=submit]")
    assert person.page.url.endswith("/setup/opened")


def status(stranger: Walk, path: str) -> int:
    """How the product answers somebody who asks for a page; a refusal is no fault here."""
    answer = stranger.page.goto(stranger.url + path)
    assert answer is not None
    return answer.status


def until_status(stranger: Walk, path: str, wanted: int) -> None:
    """Wait until a page is answered so: other processes may remember for two seconds."""
    until = time.monotonic() + 60
    while (found := status(stranger, path)) != wanted:
        assert time.monotonic() < until, f"{path}: {found}"
        stranger.page.wait_for_timeout(200)


def until_open(stranger: Walk, path: str) -> None:
    """Open a page that was just opened to everybody."""
    until_status(stranger, path, 200)


@dataclass
class Ledger:
    """A district's own tables: what pages tell is counted there."""

    connection: psycopg.Connection[Any]

    def count(self, rows: str) -> int:
        """``count("rooms WHERE status = 'open'")``; each time anew."""
        found = self.connection.execute(f"SELECT count(*) FROM {rows}".encode()).fetchone()
        assert found is not None
        return int(found[0])


@contextmanager
def ledger(product: Product, code: str) -> Iterator[Ledger]:
    """The tables of a district of the running product."""
    owner = json.loads((product.folder / "running.json").read_text())["SAAS_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        query = "SELECT schema_name FROM hub.tenants WHERE code = %s"
        found = connection.execute(query, (code,)).fetchone()
        assert found is not None
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(found[0])))
        yield Ledger(connection)


def turn(walk: Walk, code: str, hours: int) -> None:
    """So many hours pass in a demo, by the button in its banner: 8, 24 or 168."""
    walk.go(f"/d/{code}/front")
    with walk.page.expect_navigation():
        walk.page.locator(f"button[name=step][value=hours-{hours}]").first.evaluate(
            "button => button.form.requestSubmit(button)"
        )
