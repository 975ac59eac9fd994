"""Campaigns through the doors that people use; planted names that must appear nowhere."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from saas.campaigns import commands, queries
from saas.campaigns.models import Campaign, Lot
from saas.kernel import clock
from tests.campaigns.making import act, bid, drafted, lot_of, proved, published
from tests.support import District, Visitor, form_on

PLANTED = "欧阳植名"


def _open(page: Visitor, path: str, status: int = 200) -> str:
    answer = page.get(path)
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def test_a_campaign_comes_from_the_form_to_the_public_by_two_people(alpha: District) -> None:
    street, admin = alpha.client("street"), alpha.client("admin")
    with alpha.work():
        today = clock.today()
    sent = {
        "name_zh": "样例义拍", "words_zh": "为老人", "purpose": "elders",
        "basis": "partner_of_host",
        "unit": alpha.units["street"], "since": str(today), "until": str(today), "goal": "",
    }  # fmt: skip
    refused = street.post("/console/campaigns/new", **{**sent, "basis": "", "goal": "-1"})
    assert refused.status_code == 422
    assert 'id="e-basis"' in refused.text or 'id="e-goal"' in refused.text
    url = street.post("/console/campaigns/new", **sent).headers["Location"].removeprefix(alpha.root)
    early = admin.post(url, verb="check")
    assert early.status_code == 422
    assert 'id="e-p_certificate"' in early.text
    proofs = form_on(_open(street, url), f"{url}/proofs")
    numbers = dict.fromkeys(
        ("p_certificate", "p_agreement", "p_evaluation", "p_plan"), "样例证 7 号"
    )
    assert street.post(f"{url}/proofs", **{**proofs, **numbers}).status_code == 302
    assert "样例证 7 号" in _open(street, url), "what was kept stands in the form"
    late = admin.post(f"{url}/proofs", **{**proofs, **numbers, "p_plan": "别的"})
    assert late.status_code == 409, "somebody else was quicker"
    assert street.post(url, verb="check").status_code == 422
    assert admin.post(url, verb="check").status_code == 302
    public = url.replace("/console", "")
    _open(alpha.client(), public, 404)
    assert admin.post(url, verb="publish").status_code == 302
    page = _open(alpha.client(), public)
    assert "样例证 7 号" in page
    assert "不收款" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert "样例证 7 号" in _open(alpha.client(), f"{public}?poster=1")
    assert public in _open(alpha.client(), "/campaigns")
    assert url in _open(alpha.client("officer"), "/console/campaigns?q=样例义拍")


def test_who_gives_bids_and_promises_is_named_nowhere_in_public(alpha: District) -> None:
    with alpha.work():
        keeper = alpha.actor("keeper")
        campaign = published(alpha)
        lot = lot_of(alpha, campaign)
        theirs = commands.take_paddle(campaign.id, name=PLANTED, actor=keeper)
        commands.bid(lot, theirs, Decimal(3), actor=keeper)
        for kind in ("shop", "citizen"):
            commands.promise(kind=kind, name=PLANTED, unit=alpha.units["street"], amount=Decimal(9),
                             since=clock.today(), actor=alpha.actor("street"))  # fmt: skip
        code, thing = campaign.code, lot.code
    pages = ("/campaigns", f"/campaigns/{code}", f"/campaigns/lots/{thing}", "/campaigns/points")
    for who in (None, "resident"):
        for path in (*pages, f"/search?q={PLANTED}", "/api/v1/campaigns"):
            assert PLANTED not in alpha.client(who).get(path).text.replace(f'value="{PLANTED}"', "")
    assert PLANTED in _open(alpha.client("keeper"), f"/campaigns/lots/{thing}"), "the desk knows"
    for path in ("/console/campaigns?as=csv", "/audit", "/console/campaigns"):
        assert PLANTED not in alpha.client("admin").get(path).text
    with alpha.work():  # a bidder's account is not named either
        one = queries.one(Lot, thing, lock=True)
        bid(alpha, one, "neighbour", "4")
    assert "alpha neighbour" not in _open(alpha.client(), f"/campaigns/lots/{thing}")


def test_a_resident_bids_and_is_told_when_somebody_was_quicker(alpha: District) -> None:
    with alpha.work():
        thing = lot_of(alpha, published(alpha)).code
    path = f"/campaigns/lots/{thing}"
    resident, neighbour = alpha.client("resident"), alpha.client("neighbour")
    assert "/sign-in" in _open(alpha.client(), path)
    assert resident.post(f"{path}/bid", amount="1").status_code == 302
    refused = neighbour.post(f"{path}/bid", amount="1")
    assert refused.status_code == 422
    assert "至少出 2.00 元" in refused.text
    assert neighbour.post(f"{path}/bid", amount="2").status_code == 302
    assert "有人出价比您高" in _open(resident, "/inbox")
    desk = alpha.client("keeper")
    act_ = f"/console{path}/act"
    desk.post(act_, verb="bid", paddle="1", amount="")
    assert "3.00" in _open(desk, path)
    desk.post(act_, verb="void", reason="看错号牌")
    page = _open(alpha.client(), path)
    assert "看错号牌" in page
    assert alpha.client("resident").post(act_, verb="pay").status_code in {403, 404}


@pytest.mark.parametrize("path", ["", "lots/", "cards/"])
def test_a_code_of_another_district_is_not_found(
    alpha: District, beta: District, path: str
) -> None:
    with alpha.work():
        campaign = published(alpha)
        card = commands.issue(name="样例", unit=alpha.units["street"], since=clock.today(),
                              until=clock.today(), actor=alpha.actor("street"))  # fmt: skip
        codes = {"": campaign.code, "lots/": lot_of(alpha, campaign).code, "cards/": card.code}
    _open(alpha.client(), f"/campaigns/{path}{codes[path]}")
    _open(beta.client(), f"/campaigns/{path}{codes[path]}", 404)
    _open(beta.client("admin"), f"/console/campaigns/{codes[path]}", 404)


def test_a_card_says_whether_it_is_good(alpha: District) -> None:
    with alpha.work():
        card = commands.issue(
            name="样例劝募员", unit=alpha.units["street"], since=clock.today(),
            until=clock.today() + timedelta(days=1), actor=alpha.actor("street"),
        ).code  # fmt: skip
    assert "此证真实，今天有效" in _open(alpha.client(), f"/campaigns/cards/{card.lower()}")
    office = alpha.client("street")
    assert office.post(f"/console/campaigns/cards/{card}/stop").status_code == 302
    page = _open(alpha.client(), f"/campaigns/cards/{card}")
    assert "此证已失效" in page
    assert "样例劝募员" in page


def test_the_desk_offers_what_a_gift_can_come_by(alpha: District) -> None:
    keeper = alpha.client("keeper")
    assert 'id="f-campaign"' not in _open(keeper, "/funds/desk")
    with alpha.work():
        code = published(alpha).code
        draft = drafted(alpha)
        proved(alpha, draft)
        act(alpha, draft, "check")
        secret = draft.code
    desk = _open(keeper, "/funds/desk")
    assert code in desk
    assert secret not in desk
    gift = {**form_on(desk, "/funds/desk"), "amount": "2", "purpose": "elders", "campaign": code}
    made = keeper.post("/funds/desk", **gift)
    assert made.status_code == 302, made.text
    assert "样例义拍" in _open(keeper, "/console/funds/gifts")
    with alpha.work():
        assert queries.campaigns(Campaign.code == code)
    shown = alpha.client().get("/api/v1/campaigns").json
    assert [(one["code"], one["raised"]) for one in shown["items"]] == [(code, "2.00")]


def test_pledges_and_what_is_late_are_for_the_office_alone(alpha: District) -> None:
    office = alpha.client("street")
    sent = {"kind": "contract", "name": "样例企业", "unit": alpha.units["street"], "percent": "10",
            "since": "2026-01-01", "document": "样例合1号"}  # fmt: skip
    made = office.post("/console/campaigns/pledges/new", **sent)
    url = made.headers["Location"].removeprefix(alpha.root)
    office.post(url, verb="declare", amount="84000", on="2026-02-03")
    assert "8,400.00" in _open(office, f"{url}")
    assert url in _open(office, "/console/campaigns/pledges?overdue=1")
    share = {"verb": "receive", "amount": "8400", "text": "R-1", "seen": "1"}
    assert 'name="seen" value="1"' in _open(office, url)
    assert office.post(url, **share).status_code == 302
    assert office.post(url, **share).status_code in {302, 409, 422}, "pressed twice"
    assert _open(office, url).count("R-1") == 1
    assert url not in _open(office, "/console/campaigns/pledges?overdue=1")
    assert "兑现 1 项" in _open(alpha.client(), "/campaigns")
    assert alpha.client("resident").get(url).status_code in {302, 403, 404}
    shop = sent | {"kind": "shop", "percent": "", "amount": "100", "document": ""}
    url = office.post("/console/campaigns/pledges/new", **shop).location.removeprefix(alpha.root)
    answer = office.post(url, verb="link", text="no such gift")
    assert answer.status_code == 422
    assert "e-text" in answer.text
