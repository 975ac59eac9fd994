"""For the office: campaigns from draft to account, lots, points, cards, and what was promised."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments, casework
from saas.accounts import queries as people
from saas.attachments import answers
from saas.campaigns import commands, forms, lists, queries, rules, words
from saas.campaigns.commands import Deed, Plan
from saas.campaigns.models import Act, Campaign, Fundraiser, Lot, Paddle, Pledge
from saas.campaigns.pages.blueprint import pages
from saas.catalogue.pages import CataloguePages, do, listing, serve
from saas.forms.fields import labels_of, stored
from saas.funds import queries as funds
from saas.funds.permissions import MANAGE, RECEIVE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.pages import answer
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import render


def _form(form: Form, shape: Any, title: str, back: str) -> ResponseReturnValue:
    here = url_for(str(request.endpoint), **request.view_args or {})
    return render("campaigns/form.html", form.status, form=form, shape=shape, title=title, url=here,
                  labels=labels_of(shape), back=back)  # fmt: skip


@pages.page("/console/campaigns", needs=MANAGE, methods=("GET", "POST"))
def every(actor: Actor) -> ResponseReturnValue:
    """Every campaign."""
    return answer(lists.CAMPAIGNS, actor, "campaigns/listing.html", page="campaigns")


@pages.page("/console/campaigns/new", needs=MANAGE, methods=("GET", "POST"))
def add(actor: Actor) -> ResponseReturnValue:
    """A new campaign, as a draft."""
    form = Form(forms.CampaignIn)
    if form.accepts(lambda **given: commands.draft(Plan(**given), actor=actor)):
        return redirect(url_for("campaigns.record", code=form.result.code))
    return _form(form, forms.CAMPAIGN, _("New campaign"), url_for("campaigns.every"))


@pages.page("/console/campaigns/<code>/edit", needs=MANAGE, methods=("GET", "POST"))
def edit(actor: Actor, code: str) -> ResponseReturnValue:
    """Say something else of a draft."""
    one = queries.one(Campaign, code, lock=request.method == "POST")
    form = Form(forms.CampaignIn, stored(forms.CAMPAIGN, one),
                thing=("campaign", one.id))  # fmt: skip
    home = url_for("campaigns.record", code=one.code)
    if form.accepts(lambda **given: commands.change(one, Plan(**given), actor=actor)):
        return redirect(home)
    return _form(form, forms.CAMPAIGN, say(one.name), home)


@pages.page("/console/campaigns/<code>", needs=MANAGE, methods=("GET", "POST"))
def record(actor: Actor, code: str) -> ResponseReturnValue:
    """A campaign with what can be done, its proofs, its lots and its story."""
    one = queries.one(Campaign, code, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def act(seen: int | None, **given: Any) -> None:
        commands.act(one, Deed(**given), seen=seen, actor=actor)

    if form.accepts(act):
        flash(_("%(did)s.", did=words.VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("campaigns.record", code=one.code))
    return _record(actor, one, form, _proofs(one))


def _proofs(one: Campaign) -> Form:
    """The form of its proofs, with what stands there of each."""
    typed = {f"p_{proof['code']}": one.given.get(proof["code"], "") for proof in one.proofs}
    form = Form(forms.proofs_in(one.proofs), typed, thing=("campaign", one.id))
    form.values = typed | form.values
    return form


def _record(actor: Actor, one: Campaign, form: Form, proofs: Form) -> ResponseReturnValue:
    bars, acts = commands.bars_of(one, actor), queries.of(Act, one)
    cells = {v: cell for (state, v), cell in rules.TABLE.items() if state == one.state}
    named = people.names_of([a.actor_id for a in acts if a.actor_id])
    proofs.errors |= {name: texts for name, texts in form.errors.items() if name[:2] == "p_"}
    return render(
        "campaigns/record.html", max(form.status, proofs.status), form=form, proofs=proofs, one=one,
        acts=[casework.form_of(words.VERBS[v], c) for v, c in cells.items()
              if not bars & {*c.unless}],
        missing=[words.OBSTACLE[bar] for c in cells.values() for bar in c.unless if bar in bars],
        story=[casework.line_of(casework.Told(a.at, named.get(a.actor_id or 0), a.reason),
                                words.VERBS[a.verb]) for a in acts],
        papers=attachments.of("campaign", one.id), lots=queries.of(Lot, one),
        paddles=[(p.number, queries.paddle_name(p)) for p in queries.of(Paddle, one)],
        sums=funds.sums_by("campaign", [one.code])[one.code],
    )  # fmt: skip


@pages.page("/console/campaigns/<code>/proofs", needs=MANAGE, methods=("POST",))
def prove(actor: Actor, code: str) -> ResponseReturnValue:
    """The proofs of a draft: numbers and papers."""
    one = queries.one(Campaign, code, lock=True)
    form = _proofs(one)

    def given(**sent: Any) -> None:
        numbers, papers = ({name[2:]: value for name, value in sent.items() if name[:2] == kind}
                           for kind in ("p_", "f_"))  # fmt: skip
        commands.prove(one, numbers, papers, actor=actor)

    if form.accepts(given):
        flash(_("Written down. Somebody else looks at it next."), "done")
        return redirect(url_for("campaigns.record", code=one.code))
    return _record(actor, one, Form(forms.ActIn), form)


@pages.page("/console/campaigns/<code>/papers/<int:number>", needs=MANAGE)
def paper(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """A paper of a campaign."""
    one = queries.one(Campaign, code)
    return answers.answer(attachments.one("campaign", one.id, number))


@pages.page("/console/campaigns/<code>/lots/new", needs=MANAGE, methods=("GET", "POST"))
def add_lot(actor: Actor, code: str) -> ResponseReturnValue:
    """A thing to be bid for."""
    one = queries.one(Campaign, code, lock=request.method == "POST")
    form = Form(forms.LotIn, suggested={f.name: f.default for f in forms.LOT if f.default})

    def added(day: Any, start: Any, end: Any, from_price: Any, **given: Any) -> Lot:
        opens, closes = (datetime.combine(day, at, clock.zone()) for at in (start, end))
        return commands.add_lot(one, start=from_price, opens_at=opens, closes_at=closes,
                                actor=actor, **given)  # fmt: skip

    home = url_for("campaigns.record", code=one.code)
    return redirect(home) if form.accepts(added) else _form(form, forms.LOT, _("Add a lot"), home)


@pages.page("/console/campaigns/<code>/paddles", needs=RECEIVE, methods=("POST",))
def add_paddle(actor: Actor, code: str) -> ResponseReturnValue:
    """A number for somebody who stands at the desk."""
    one = queries.one(Campaign, code)
    command = partial(commands.take_paddle, one.id, actor=actor)
    lot = request.args.get("lot")
    home = url_for("campaigns.lot", code=lot) if lot else url_for("campaigns.record", code=code)
    return do(command, _("The number is written down: give it to them."), home, forms.PaddleIn)


POINT_PAGES = CataloguePages(
    rows=forms.POINTS, needs=MANAGE, address="/console/campaigns/points", shape=forms.POINT,
    new=_l("New donation point"), home=lambda row: url_for("campaigns.points"),
)  # fmt: skip
serve(pages, POINT_PAGES)


@pages.page("/console/campaigns/points", needs=MANAGE)
def points(actor: Actor) -> ResponseReturnValue:
    """Donation points, in their order."""
    rows = forms.POINTS.every()
    units = territory.names([row.unit_id for row in rows])
    columns = {_l("Unit"): lambda row: say(units[row.unit_id]),
               _l("Where exactly?"): lambda row: say(row.place)}  # fmt: skip
    return listing(pages, POINT_PAGES, head=_("Donation point"), groups=[("", rows)],
                   columns=columns, title=_("Donation points"),
                   add_word=_("New donation point"))  # fmt: skip


@pages.page("/console/campaigns/cards", needs=MANAGE, methods=("GET", "POST"))
def cards(actor: Actor) -> ResponseReturnValue:
    """Fundraisers and their cards; a new one."""
    form = Form(forms.schema(forms.CARD))
    if form.accepts(partial(commands.issue, actor=actor)):
        return redirect(url_for("campaigns.card", code=form.result.code))
    return render("campaigns/cards.html", form.status, form=form, shape=forms.CARD,
                  labels=labels_of(forms.CARD), cards=queries.cards(), today=clock.today(),
                  is_good=rules.is_good)  # fmt: skip


@pages.page("/console/campaigns/cards/<code>/stop", needs=MANAGE, methods=("POST",))
def stop(actor: Actor, code: str) -> ResponseReturnValue:
    """This card is not good any more."""
    one = queries.one(Fundraiser, code)
    return do(partial(commands.stop, one, actor=actor), _("The card is not good any more."),
              url_for("campaigns.card", code=one.code))  # fmt: skip


@pages.page("/console/campaigns/pledges", needs=MANAGE, methods=("GET", "POST"))
def pledges(actor: Actor) -> ResponseReturnValue:
    """What was promised, and what came of it."""
    return answer(lists.PLEDGES, actor, "campaigns/listing.html", page="pledges")


@pages.page("/console/campaigns/pledges/new", needs=MANAGE, methods=("GET", "POST"))
def add_pledge(actor: Actor) -> ResponseReturnValue:
    """Somebody promises something."""
    form = Form(forms.PledgeIn)
    if form.accepts(partial(commands.promise, actor=actor)):
        return redirect(url_for("campaigns.pledge", code=form.result.code))
    return _form(form, forms.PLEDGE, _("Write down a pledge"), url_for("campaigns.pledges"))


@pages.page("/console/campaigns/pledges/<code>", needs=MANAGE, methods=("GET", "POST"))
def pledge(actor: Actor, code: str) -> ResponseReturnValue:
    """A pledge: what is due, what came; what can be written down."""
    one = queries.one(Pledge, code, lock=request.method == "POST")
    form = Form(forms.PledgeActIn, suggested={"on": clock.today().isoformat()})
    if form.accepts(partial(commands.act_on_pledge, one, actor=actor)):
        flash(_("Written down."), "done")
        return redirect(url_for("campaigns.pledge", code=one.code))
    due, came = queries.standing_of([one])[one.id]
    return render("campaigns/pledge.html", form.status, form=form, one=one, due=due, came=came,
                  rows=queries.pledge_rows([one.id])[one.id][::-1],
                  unit=territory.names([one.unit_id])[one.unit_id])  # fmt: skip
