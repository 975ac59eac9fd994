"""For everybody: campaigns, points, cards and lots. No page takes a payment."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.campaigns import commands, forms, queries, rules
from saas.campaigns.models import Campaign, Fundraiser, Lot, Paddle, Proof, Sheet
from saas.campaigns.pages.blueprint import pages, qr
from saas.catalogue.pages import do
from saas.funds import permissions
from saas.funds import queries as funds
from saas.funds.permissions import RECEIVE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.shell import layout_of


@pages.page("/campaigns", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """Where one can give now, and what campaigns that are over did."""
    found = queries.campaigns(queries.is_shown())
    sums = funds.sums_by("campaign", [one.code for one in found])
    today = clock.today()
    return render(
        "campaigns/shown.html", layout=layout_of(actor), kept=queries.kept(), sums=sums,
        running=[c for c in found if c.state == "published" and c.until >= today],
        over=[c for c in found if c.state != "published" or c.until < today],
        works=permissions.works(actor),
    )  # fmt: skip


@pages.page("/campaigns/<code>", needs=PUBLIC)
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A campaign: its basis and proofs, how and where to give, what came of it; or its poster."""
    one = queries.one(Campaign, code, queries.is_shown())
    lots = queries.of(Lot, one)
    group = queries.organiser(one)
    return render(
        "campaigns/poster.html" if "poster" in request.args else "campaigns/show.html", one=one,
        layout=layout_of(actor), proofs=queries.of(Proof, one), sheets=queries.of(Sheet, one),
        sums=funds.sums_by("campaign", [one.code])[one.code], lots=_lots(lots),
        purpose=next(say(p.name) for p in funds.purposes().values() if p.id == one.purpose_id),
        group=say(group.name) if group else "", works=permissions.works(actor),
        open_now=one.state == "published" and one.since <= clock.today() <= one.until,
        qr_code=qr("campaigns.show", one.code), points=queries.points(),
    )  # fmt: skip


def _lots(lots: Any) -> list[tuple[Lot, str, Any, int]]:
    """Lots with where each stands, its highest bid, and how many bids there were."""
    bids, now = queries.bids_of([lot.id for lot in lots]), clock.now()
    tops = {lot.id: rules.standing(bids[lot.id]) for lot in lots}
    return [(lot, rules.lot_state(lot, tops[lot.id], now), tops[lot.id],
             sum(not bid.voids for bid in bids[lot.id])) for lot in lots]  # fmt: skip


@pages.page("/campaigns/points", needs=PUBLIC)
def places(actor: Actor) -> ResponseReturnValue:
    """Where gifts are taken, level by level. No sums: nobody is ranked."""
    found = queries.points()
    units = territory.units_by_id({point.unit_id for point in found})
    levels = [(level.name, [(point, units[point.unit_id]) for point in found
                            if units[point.unit_id].kind == level.kind])
              for level in reversed(territory.ladder("donation"))]  # fmt: skip
    return render("campaigns/places.html", layout=layout_of(actor), levels=levels,
                  works=permissions.works(actor))  # fmt: skip


@pages.page("/campaigns/cards/<code>", needs=PUBLIC)
def card(actor: Actor, code: str) -> ResponseReturnValue:
    """Whether a card is genuine and good today; for the office it is the card, to be printed."""
    one = queries.one(Fundraiser, code)
    return render(
        "campaigns/card.html", layout=layout_of(actor), one=one,
        good=rules.is_good(one, clock.today()),
        works=permissions.works(actor), unit=territory.names([one.unit_id])[one.unit_id],
        qr_code=qr("campaigns.card", one.code),
    )  # fmt: skip


@pages.page("/campaigns/lots/<code>", needs=PUBLIC)
def lot(actor: Actor, code: str) -> ResponseReturnValue:
    """A lot: what it stands at, until when, and every bid by its number."""
    return _lot(actor, code, Form(forms.BidIn))


@pages.page("/campaigns/lots/<code>/bid", needs=SIGNED_IN, methods=("POST",))
def bid(actor: Actor, code: str) -> ResponseReturnValue:
    """Bid as a resident, by a number that is one's own in this campaign."""
    form = Form(forms.BidIn)

    def bidden(amount: Any) -> None:
        one = queries.one(Lot, code, lock=True)
        commands.bid(one, commands.take_paddle(one.campaign_id, actor=actor), amount, actor=actor)

    if form.accepts(bidden):
        flash(_("You are ahead. Should somebody bid more, you are told."), "done")
        return redirect(url_for("campaigns.lot", code=code))
    return _lot(actor, code, form)


def _lot(actor: Actor, code: str, form: Form) -> ResponseReturnValue:
    one = queries.one(Lot, code)
    campaign = queries.one(Campaign, _code_of(one), queries.is_shown())
    bids = queries.bids_of([one.id])[one.id]
    paddles = {paddle.id: paddle for paddle in queries.of(Paddle, campaign)}
    top = rules.standing(bids)
    mine = queries.paddle_of(campaign.id, actor.person_id)
    desk = actor.may(RECEIVE) or permissions.works(actor)
    return render(
        "campaigns/lot.html", form.status, form=form, layout=layout_of(actor), lot=one, top=top,
        campaign=campaign, bids=bids[::-1], paddles=paddles, mine=mine, desk=desk,
        state=rules.lot_state(one, top, clock.now()), least=rules.least_bid(one, bids),
        signed_in=actor.person_id is not None,
        ahead=bool(top and mine and top.paddle_id == mine.id),
        void={b.voids for b in bids}, hours=funds.term("pay_hours"),
        winner=queries.paddle_name(paddles[top.paddle_id]) if top and desk else "",
    )  # fmt: skip


def _code_of(one: Lot) -> str:
    return queries.names([one.campaign_id])[one.campaign_id][1]["code"]  # type: ignore[no-any-return]


# For the desk and the office --------------------------------------------------------------------


@pages.page("/console/campaigns/lots/<code>/act", needs=RECEIVE, methods=("POST",))
def act_on_lot(actor: Actor, code: str) -> ResponseReturnValue:
    """A bid of somebody at the desk, a bid made void, the price paid, the thing handed over."""
    one = queries.one(Lot, code, lock=True)

    def deed(verb: str, amount: Any, reason: str, paddle: int | None) -> None:
        if verb != "bid":
            commands.act_on_lot(one, verb=verb, reason=reason, actor=actor)
            return
        paddles = queries.of(Paddle, queries.one(Campaign, _code_of(one)))
        whose = funds.got(next((p for p in paddles if p.number == paddle), None))
        least = rules.least_bid(one, queries.bids_of([one.id])[one.id])
        commands.bid(one, whose, amount or least, actor=actor)

    return do(deed, _("Written down."), url_for("campaigns.lot", code=one.code), forms.LotActIn)
