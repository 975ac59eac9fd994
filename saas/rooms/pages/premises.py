"""Premises that organisations use: the street's square metres by who uses them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.kernel.schemas import Day, filled
from saas.organisations import queries as organisations
from saas.rooms import commands, queries
from saas.rooms.pages.blueprint import pages
from saas.rooms.permissions import CONFIGURE
from saas.web.forms import Form
from saas.web.pages import SIGNED_IN, render
from saas.web.shell import layout_of

_yuan = partial(fields.Decimal, places=2, validate=validate.Range(Decimal(0), Decimal(1_000_000)))


class GrantIn(Schema):
    """Premises on terms. ``rent_yuan`` a square metre and month, ``paid_yuan`` a month."""

    organisation = fields.String(required=True, validate=filled(26))
    venue = fields.String(required=True, validate=filled(40))
    room = fields.String(load_default="", validate=validate.Length(max=40))
    area_m2 = fields.Integer(required=True, validate=validate.Range(1, 1_000_000))
    rent_yuan = _yuan(required=True)
    paid_yuan = _yuan(load_default=Decimal(0))
    until = Day(required=True)
    conditions = fields.String(required=True, validate=filled(1000))


class ReviewIn(Schema):
    """What was found."""

    words = fields.String(required=True, validate=filled(500))
    kept = fields.Boolean(load_default=False)


@pages.page("/console/rooms/<street>/premises", needs=CONFIGURE)
def premises(actor: Actor, street: str) -> ResponseReturnValue:
    """The venues of a street and who uses them."""
    unit = queries.configured_street(street, actor=actor)
    return render("rooms/premises.html", street=unit, venues=queries.premises_in(unit))


@pages.page("/console/rooms/<street>/premises/new", needs=CONFIGURE, methods=("GET", "POST"))
def grant(actor: Actor, street: str) -> ResponseReturnValue:
    """Let an organisation use part of a venue."""
    unit = queries.configured_street(street, actor=actor)
    form = Form(GrantIn, suggested={"paid_yuan": "0"})
    if form.accepts(lambda **given: commands.grant_premises(unit, actor=actor, **given)):
        flash(_("It is written down."), "done")
        return redirect(url_for("rooms.premises", street=street))
    structure = queries.structure_of(unit)
    return render(
        "rooms/grant.html", form.status, form=form, street=unit,
        venues=[(v.code, say(v.name)) for v in queries.venues_in(unit)],
        rooms=[(room.code, say(room.name)) for room in structure.rooms], labels=_LABELS,
    )  # fmt: skip


_LABELS: dict[str, Any] = {"area_m2": _l("Area"), "rent_yuan": _l("Reference rent")}


@pages.page("/console/rooms/<street>/premises/<int:number>/review", needs=CONFIGURE,
            methods=("GET", "POST"))  # fmt: skip
def review(actor: Actor, street: str, number: int) -> ResponseReturnValue:
    """Look whether the conditions are kept."""
    unit = queries.configured_street(street, actor=actor)
    row = queries.access_grant(unit, number)
    form = Form(ReviewIn)
    if form.accepts(lambda **given: commands.review_premises(unit, row, actor=actor, **given)):
        flash(_("It is written down."), "done")
        return redirect(url_for("rooms.premises", street=street))
    return render("rooms/review.html", form.status, form=form, street=unit, row=row)


@pages.page("/console/rooms/<street>/premises/<int:number>/end", needs=CONFIGURE, methods=("POST",))
def end(actor: Actor, street: str, number: int) -> ResponseReturnValue:
    """Handed back."""
    unit = queries.configured_street(street, actor=actor)
    commands.end_premises(unit, queries.access_grant(unit, number), actor=actor)
    flash(_("Handed back."), "done")
    return redirect(url_for("rooms.premises", street=street))


@pages.page("/premises/<code>", needs=SIGNED_IN)
def premises_of(actor: Actor, code: str) -> ResponseReturnValue:
    """What one organisation uses, for its people and for staff."""
    group = organisations.access_group(code, actor=actor)
    return render("rooms/premises_of.html", group=group, rows=queries.used_by(group.id),
                  layout=layout_of(actor))  # fmt: skip
