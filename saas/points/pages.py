"""For everybody the rules and the rewards; one's own points; the desk, the stock, the merchants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from werkzeug.wrappers import Response

from saas.accounts import queries as people
from saas.activities.permissions import HANDLE, SET_UP
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Forbidden, NotFound, not_listed
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.shortcodes import shown_code
from saas.points import commands, forms, queries, rules, words
from saas.points.models import Account, Reward
from saas.rooms import queries as rooms
from saas.territory import queries as territory
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

pages = Pages("points", __name__.rpartition(".pages")[0], plane="tenant")


def _pressed(schema: type[Schema], do: Callable[..., object], done: str, back: str) -> Response:
    """A small form: what is refused is said on the page that follows."""
    form = Form(schema)
    if form.accepts(do):
        flash(done, "done")
    else:
        flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(back)


@pages.page("/points", needs=PUBLIC)
def shown(actor: Actor) -> ResponseReturnValue:
    """How points are earned, what they bring, how many there are in all; never who has them."""
    found, stock = _rewards()
    return render(
        "points/shown.html", terms=queries.terms(), words=words, rewards=found, stock=stock,
        merchants=queries.merchants_of(found), badges=queries.badges().values(),
        awards=queries.awards(), totals=queries.totals(), layout=layout_of(actor),
    )  # fmt: skip


def _rewards() -> tuple[Any, dict[int, int]]:
    found = queries.rewards()
    return found, queries.stock_of(found)


@pages.page("/points/me", needs=SIGNED_IN, methods=("GET", "POST"))
def own(actor: Actor) -> ResponseReturnValue:
    """My points in large figures, what they bring, what ends soon; giving some to a neighbour."""
    mine = queries.account_of(actor.person_id)
    form = Form(forms.GiveIn, suggested={"submission": new_token()})

    def do(slip: str, points: int, submission: str) -> None:
        commands.give(queries.access_own(actor), slip, points, submission=submission, actor=actor)

    if form.accepts(do):
        flash(_("Given. Your neighbour is told."), "done")
        return redirect(url_for("points.own"))
    if mine is None:
        return render("points/join.html", terms=queries.terms(), layout=layout_of(actor))
    valid, (found, stock) = queries.number("valid_days"), _rewards()
    return render(
        "points/own.html", form.status, form=form, mine=mine, balance=queries.balance(mine),
        lots=[(int(lot.left), rules.ends(lot.on, valid) if valid else None)
              for lot in queries.lots_of(mine)],
        entries=queries.entries_of(mine), words=words, code=shown_code(mine.slip or ""),
        badges=queries.badges().values(), awards=queries.awards(mine), rewards=found, stock=stock,
        times=queries.times_of(mine), qr_code=qr_code(mine.slip or ""), layout=layout_of(actor),
        soon=clock.today() + timedelta(days=queries.number("notice_days") or 0),
    )  # fmt: skip


@pages.page("/points/me/join", needs=SIGNED_IN, methods=("POST",))
def join(actor: Actor) -> ResponseReturnValue:
    """Agree that points are written down."""
    return _pressed(Schema, lambda: commands.join(actor=actor),
                    _("From now on you earn points."), url_for("points.own"))  # fmt: skip


@pages.page("/points/me/leave", needs=SIGNED_IN, methods=("POST",))
def leave(actor: Actor) -> ResponseReturnValue:
    """Earn no more."""
    mine = queries.access_own(actor)
    return _pressed(Schema, lambda: commands.leave(mine, actor=actor),
                    _("You earn no more points. What you have you can still spend."),
                    url_for("points.own"))  # fmt: skip


@pages.page("/console/points", needs=HANDLE)
def desk(actor: Actor) -> ResponseReturnValue:
    """Type or scan somebody's code, press what they want: two presses."""
    asked = request.args.get("code", "").strip()[:30]
    account = queries.by_slip(asked)
    found, stock = _rewards()
    return render(
        "points/desk.html", asked=asked, account=account, rewards=found, stock=stock, key=new_token,
        name=_name(account), balance=queries.balance(account) if account else 0,
        latest=queries.handed(limit=20), shown_code=shown_code,
    )  # fmt: skip


def _name(account: Account | None) -> str:
    return people.names_of([account.person_id or 0])[account.person_id or 0] if account else ""


@pages.page("/console/points/rewards/<reward>/hand/<code>", needs=HANDLE, methods=("POST",))
def hand_out(actor: Actor, reward: str, code: str) -> ResponseReturnValue:
    """Hand it out, or the slip for it."""
    account = queries.by_slip(code)
    if account is None:
        raise NotFound
    found, form = queries.access_reward(reward, lock=True), Form(forms.KeyIn)
    if form.accepts(lambda submission: commands.hand_out(
        found, account, submission=submission or None, actor=actor
    )):  # fmt: skip
        return redirect(url_for("points.slip", code=form.result.code))
    flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("points.desk", code=code))


@pages.page("/console/points/handed/<code>", needs=HANDLE, methods=("GET", "POST"))
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """The slip of what was handed out; a merchant gives it for that. It can be taken back."""
    one, reward, stands = queries.access_handed(code)
    if request.method == "POST":
        return _pressed(forms.WhyIn, lambda why: commands.undo(one, reward, why=why, actor=actor),
                        _("Taken back: points and piece are where they were."),
                        url_for("points.slip", code=code))  # fmt: skip
    return render("points/slip.html", one=one, reward=reward, stands=stands,
                  code=shown_code(code), merchants=queries.merchants_of([reward]))  # fmt: skip


@pages.page("/console/points/rewards", needs=SET_UP, methods=("GET", "POST"))
def rewards(actor: Actor) -> ResponseReturnValue:
    """What can be had and how many are left; one more."""
    streets = rooms.streets_at_work(actor)
    mine = rooms.at_home(actor, streets) if streets else None
    shops = queries.shops(actor)
    form = Form(forms.RewardIn)

    def do(merchant: str, **given: Any) -> Reward:
        if mine is None:
            raise Forbidden
        shop = next((one for one in shops if one.code == merchant), None)
        if merchant and shop is None:
            raise not_listed("merchant")
        return commands.add_reward(mine, merchant_id=shop.id if shop else None, **given,
                                   actor=actor)  # fmt: skip

    if form.accepts(do):
        flash(_("It can be had now."), "done")
        return redirect(url_for("points.rewards"))
    found, stock = _rewards()
    where = territory.units_by_id([one.unit_id for one in found])
    return render("points/rewards.html", form.status, form=form, rewards=found, stock=stock,
                  own={one.id for one in found if actor.may(SET_UP, where[one.unit_id].path)},
                  shops=[(one.code, say(one.name)) for one in shops], key=new_token,
                  merchants=queries.merchants_of(found))  # fmt: skip


def _own_reward(actor: Actor, code: str) -> Reward:
    """A reward of a street that the actor sets up, else `Forbidden`."""
    one = queries.access_reward(code)
    if not actor.may(SET_UP, territory.units_by_id([one.unit_id])[one.unit_id].path):
        raise Forbidden
    return one


@pages.page("/console/points/rewards/<reward>/stock", needs=SET_UP, methods=("POST",))
def restock(actor: Actor, reward: str) -> ResponseReturnValue:
    """More pieces, or fewer."""
    one = _own_reward(actor, reward)
    return _pressed(forms.PiecesIn, lambda **given: commands.restock(one, **given, actor=actor),
                    _("Written down."), url_for("points.rewards"))  # fmt: skip


@pages.page("/console/points/rewards/<reward>/retire", needs=SET_UP, methods=("POST",))
def retire(actor: Actor, reward: str) -> ResponseReturnValue:
    """It is had no more."""
    one = _own_reward(actor, reward)
    return _pressed(Schema, lambda: commands.retire(one, actor=actor), _("It is had no more."),
                    url_for("points.rewards"))  # fmt: skip


@pages.page("/console/points/months", needs=HANDLE, methods=("GET", "POST"))
def months(actor: Actor) -> ResponseReturnValue:
    """What merchants handed out in a month, with the codes of the slips; signed by two."""
    last = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    month = _month(request.args.get("month", "")) or last
    after = (month + timedelta(days=32)).replace(day=1)
    if request.method == "POST":
        return _pressed(
            forms.SignIn, lambda merchant, number: commands.settle(merchant, month, number=number,
                                                              actor=actor),
            _("Signed."), url_for("points.months", month=f"{month:%Y-%m}"),
        )  # fmt: skip
    counted, signed = queries.by_merchant(month, after), queries.settlements(month)
    found = queries.at_merchants(month, after)
    return render(
        "points/months.html", month=month, counted=counted, signed=signed, rows=found, after=after,
        merchants=queries.merchants_of([reward for _one, reward, _stands in found]),
        shown_code=shown_code,
        over=after <= clock.today(), before=(month - timedelta(days=1)).replace(day=1),
        names=people.names_of([who for one in signed.values()
                               for who in (one.first_by, one.second_by) if who]),
    )  # fmt: skip


def _month(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{written}-01") if len(written) == 7 else None
    except ValueError:
        return None
