"""For everybody the rules and the rewards; one's own points; the desk, the stock, the merchants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, post_load, validate
from werkzeug.wrappers import Response

from saas.accounts import queries as people
from saas.activities.permissions import HANDLE, SET_UP
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Forbidden, NotFound, not_listed
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.kernel.schemas import pull_label
from saas.kernel.shortcodes import shown_code
from saas.places import queries as places
from saas.places.queries import Merchant
from saas.points import commands, queries, rules, words
from saas.points.models import Account, Handed, Reward
from saas.rooms import queries as rooms
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

pages = Pages("points", __name__.rpartition(".pages")[0], plane="tenant")
_KEY = fields.String(load_default="", validate=validate.Length(max=40))


class _GiveIn(Schema):
    """To whom, by the code on their page, and how many."""

    submission = _KEY
    slip = fields.String(required=True, validate=validate.Length(min=1, max=30))
    points = fields.Integer(required=True, validate=validate.Range(1, 100_000))


class _WhyIn(Schema):
    """Why something is undone."""

    why = fields.String(load_default="", validate=validate.Length(max=200))


class _PiecesIn(Schema):
    """More pieces, or fewer."""

    submission = _KEY
    pieces = fields.Integer(required=True, validate=validate.Range(-10_000, 10_000))


class _RewardIn(Schema):
    """A new reward."""

    name_zh = fields.String(required=True, validate=validate.Length(min=1, max=40))
    name_en = fields.String(load_default="", validate=validate.Length(max=60))
    price = fields.Integer(required=True, validate=validate.Range(1, 100_000))
    pieces = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    merchant = fields.String(load_default="", validate=validate.Length(max=40))

    @post_load
    def _label(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "name")
        return data


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
        merchants=_merchants(found), badges=queries.badges().values(), awards=queries.awards(),
        totals=queries.totals(), layout=layout_of(actor),
    )  # fmt: skip


def _rewards() -> tuple[Any, dict[int, int]]:
    found = queries.rewards()
    return found, queries.stock_of(found)


def _merchants(found: Any) -> dict[int, Any]:
    ids = {one.merchant_id for one in found if one.merchant_id}
    return {key: session.get_one(Merchant, key).name for key in ids}


@pages.page("/points/me", needs=SIGNED_IN, methods=("GET", "POST"))
def own(actor: Actor) -> ResponseReturnValue:
    """My points in large figures, what they bring, what ends soon; giving some to a neighbour."""
    mine = queries.account_of(actor.person_id)
    form = Form(_GiveIn, suggested={"submission": new_token()})

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
    found, form = queries.access_reward(reward, lock=True), Form(_KeyIn)
    if form.accepts(lambda submission: commands.hand_out(
        found, account, submission=submission or None, actor=actor
    )):  # fmt: skip
        return redirect(url_for("points.slip", code=form.result.code))
    flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("points.desk", code=code))


class _KeyIn(Schema):
    """The one-time key of a press."""

    submission = _KEY


@pages.page("/console/points/handed/<code>", needs=HANDLE, methods=("GET", "POST"))
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """The slip of what was handed out; a merchant gives it for that. It can be taken back."""
    one, reward, stands = queries.access_handed(code)
    if request.method == "POST":
        return _pressed(_WhyIn, lambda why: commands.undo(one, reward, why=why, actor=actor),
                        _("Taken back: points and piece are where they were."),
                        url_for("points.slip", code=code))  # fmt: skip
    return render("points/slip.html", one=one, reward=reward, stands=stands,
                  code=shown_code(code), merchants=_merchants([reward]))  # fmt: skip


@pages.page("/console/points/rewards", needs=SET_UP, methods=("GET", "POST"))
def rewards(actor: Actor) -> ResponseReturnValue:
    """What can be had and how many are left; one more."""
    streets = rooms.streets_at_work(actor)
    mine = rooms.at_home(actor, streets) if streets else None
    shops = session.scalars(places.merchants_within(actor).limit(200)).all()
    form = Form(_RewardIn)

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
    return render("points/rewards.html", form.status, form=form, rewards=found, stock=stock,
                  shops=[(one.code, say(one.name)) for one in shops], key=new_token,
                  merchants=_merchants(found))  # fmt: skip


@pages.page("/console/points/rewards/<reward>/stock", needs=SET_UP, methods=("POST",))
def restock(actor: Actor, reward: str) -> ResponseReturnValue:
    """More pieces, or fewer."""
    one = queries.access_reward(reward)
    return _pressed(_PiecesIn, lambda **given: commands.restock(one, **given, actor=actor),
                    _("Written down."), url_for("points.rewards"))  # fmt: skip


@pages.page("/console/points/rewards/<reward>/retire", needs=SET_UP, methods=("POST",))
def retire(actor: Actor, reward: str) -> ResponseReturnValue:
    """It is had no more."""
    one = queries.access_reward(reward)
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
            _SignIn, lambda merchant, number: commands.settle(merchant, month, number=number,
                                                              actor=actor),
            _("Signed."), url_for("points.months", month=f"{month:%Y-%m}"),
        )  # fmt: skip
    counted, signed = queries.by_merchant(month, after), queries.settlements(month)
    here = Handed.on >= month, Handed.on < after, queries.STANDS, Reward.merchant_id.is_not(None)
    found = queries.handed(*here, limit=2000)
    return render(
        "points/months.html", month=month, counted=counted, signed=signed, rows=found, after=after,
        merchants=_merchants([reward for _one, reward, _stands in found]), shown_code=shown_code,
        over=after <= clock.today(), before=(month - timedelta(days=1)).replace(day=1),
        names=people.names_of([who for one in signed.values()
                               for who in (one.first_by, one.second_by) if who]),
    )  # fmt: skip


class _SignIn(Schema):
    """Whose month, and the number that was read."""

    merchant = fields.Integer(required=True, validate=validate.Range(1, 2**62))
    number = fields.Integer(required=True, validate=validate.Range(1, 100_000))


def _month(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{written}-01") if len(written) == 7 else None
    except ValueError:
        return None
