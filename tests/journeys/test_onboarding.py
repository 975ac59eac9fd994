"""A person who has never seen it brings a whole district up, from one workbook to going live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import DESK, PHONE, Product, Walk
from tests.journeys.steps import Hands, Ledger, Tally

CODE = "liuxi"
ROOT = f"/d/{CODE}"
LEVELS, ROOMS, STAFF = 5, 19, 30
_DEPUTY = "宋副管理"
_NAME = "柳溪区"
#: The people of the sample, by the logins that its workbook gives them, where they hold a post.
_SAMPLE_STAFF = (
    "people WHERE login LIKE 'sample%' AND EXISTS"
    " (SELECT FROM holdings WHERE person_id = people.id AND until IS NULL)"
)


def _people_let_in(me: Hands, ledger: Ledger) -> str:
    """What was taken over is there, and everybody has an invitation to be printed; one of them."""
    me.both("taken-over")
    assert _counts(ledger) == (LEVELS, ROOMS, STAFF)
    me.follow("form[action$='/setup/import/invitations'] button")
    invited = me.page.locator("[data-invitation]")
    expect(invited).to_have_count(STAFF)
    me.both("invitations")
    return next(iter(steps.invitations(me.page).values())).removeprefix(me.walk.url)


def _counts(ledger: Ledger) -> tuple[int, int, int]:
    return (
        ledger.count("ladder_levels WHERE ladder = 'escalation'"),
        ledger.count("rooms WHERE status = 'open' AND keeper_id IS NOT NULL"),
        ledger.count(_SAMPLE_STAFF),
    )


def _through_the_wizard(me: Hands) -> None:
    """Every step that the workbook has filled is looked at on the way to the checklist."""
    page = me.page
    me.follow("nav a[href$='/setup']")
    me.look("where-it-was-left")
    me.follow(".setup-rail__desk a[href$='/setup/streets']")
    expect(page.locator("main")).to_contain_text("柳溪街道")
    for step in ("units", "people", "rooms", "terms"):
        me.look(page.url.rsplit("/", 1)[1])
        steps.onward(me, step)
    expect(page.locator("tr:has(input[name^='accept-'])")).to_have_count(LEVELS)
    me.look("terms")
    steps.onward(me, "culture")
    me.both("culture")
    steps.onward(me, "check")


def _rooms_on_show(reader: Hands) -> set[str]:
    """The rooms that a street's public page draws."""
    names = reader.page.locator("[data-room]").evaluate_all("all => all.map(e => e.dataset.room)")
    return set(names)


def test_a_newcomer_brings_up_a_whole_district_from_the_sample_workbook(
    walk: Any, product: Product, tmp_path: Path
) -> None:
    tally = Tally()
    operator, me = Hands(walk(DESK), tally), Hands(walk(DESK), tally)
    stranger: Walk = walk(PHONE)
    steps.sign_in_operator(operator, product)
    invitation = steps.create_district(
        operator, name=_NAME, code=CODE, package="1519", administrator="王管理"
    )
    for path in ("/", "/rooms", "/culture"):
        assert steps.status(stranger, ROOT + path) == 404
    assert _NAME in stranger.page.content(), "who was told of it sees that it is coming"

    steps.accept_invitation(me, invitation)
    assert me.page.url.endswith(f"{ROOT}/setup/package")
    assert me.page.locator(".seal-row li").count() == ROOMS
    me.both("package")
    steps.onward(me, "streets")
    with steps.ledger(product, CODE) as ledger:
        assert ledger.count("rooms") == 0
        steps.take_over_sample(me, tmp_path)
        printed = _people_let_in(me, ledger)
    _through_the_wizard(me)
    me.send("form[action$='/setup/check/run'] button")
    departments = 1  # a line of its own: nobody climbs to them
    expect(me.page.locator("#check-holders li")).to_have_count(LEVELS + departments)
    expect(me.page.locator("#check-rooms")).to_contain_text(str(ROOMS))
    me.both("checklist-with-gaps")

    deputy = Hands(walk(PHONE), tally)
    steps.accept_invitation(deputy, steps.invite_deputy(me, _DEPUTY))
    deputy.look("deputy-is-in")
    assert steps.status(stranger, printed) == 200, "what was printed stays good"
    steps.to_step(me, "check")
    answered_for = steps.answer_for_gaps(me, "等国务院公布放假安排后补上")
    me.send("form[action$='/setup/check/run'] button")
    expect(me.page.locator(".evidence small", has_text="王管理")).to_have_count(answered_for)
    expect(me.page.locator("form[action$='/setup/check/accept']")).to_have_count(0)
    me.both("checklist-in-order")
    assert steps.status(stranger, f"{ROOT}/") == 404, "in order is not yet open"
    steps.go_live(me)
    me.both("opened")

    steps.until_open(stranger, f"{ROOT}/")
    resident = Hands(stranger, tally)
    resident.both("first-page")
    assert _NAME in stranger.page.content()
    stranger.go(f"{ROOT}/rooms")
    assert len(_rooms_on_show(resident)) == ROOMS
    resident.both("rooms")
    tally.tell("A district brought up")
