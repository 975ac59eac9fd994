"""Merchants at work: the register, adding, changing, retiring; the district's kinds."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.catalogue.pages import CataloguePages, do, listing, serve
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.listing.pages import answer
from saas.places import commands, forms, queries, views, words
from saas.places.lists import MERCHANTS
from saas.places.models import Merchant
from saas.places.pages.blueprint import pages
from saas.places.permissions import CONFIGURE, SETTINGS
from saas.web.forms import Form
from saas.web.pages import render

_KINDS = CataloguePages(
    rows=forms.KINDS,
    needs=SETTINGS,
    address="/settings/merchants",
    home=lambda row: url_for("places.kinds"),
    shape=forms.KIND_SHAPE,
    new=_l("New kind"),
    trail=lambda row: [(_("Kinds of merchants"), url_for("places.kinds"))],
)
serve(pages, _KINDS)


@pages.page("/settings/merchants", needs=SETTINGS)
def kinds(actor: Actor) -> ResponseReturnValue:
    """What a merchant can be here."""
    return listing(
        pages, _KINDS, head=_("Kind"), groups=[("", forms.KINDS.every())],
        title=_("Kinds of merchants"), add_word=_("Add a kind"),
        under=_("What residents choose by: snacks, tea, a shop. In your own words."),
    )  # fmt: skip


@pages.page("/console/merchants", needs=CONFIGURE, methods=("GET", "POST"))
def merchants(actor: Actor) -> ResponseReturnValue:
    """Everything in reach, in the order of the street."""
    return answer(MERCHANTS, actor, "places/register.html",
                  add=url_for("places.add_merchant"))  # fmt: skip


@pages.page("/console/merchants/new", needs=CONFIGURE, methods=("GET", "POST"))
def add_merchant(actor: Actor) -> ResponseReturnValue:
    """One more."""
    shape = forms.merchant_shape(actor)
    suggested = {**stored(shape, None), "unit": request.args.get("unit", ""), "hours": []}
    form = Form(schema_of(shape, extra=forms.HoursIn), suggested=suggested)
    if form.accepts(partial(commands.add_merchant, actor=actor)):
        flash(_("%(name)s is shown from now on.", name=say(form.result.name)), "done")
        return redirect(url_for("places.merchants"))
    return _page(form, shape, _("Add a merchant"), url_for("places.add_merchant"), None)


@pages.page("/console/merchants/<code>", needs=CONFIGURE, methods=("GET", "POST"))
def edit_merchant(actor: Actor, code: str) -> ResponseReturnValue:
    """Other words, hours, another consent."""
    row = queries.access_merchant(code, actor=actor, lock=request.method == "POST")
    shape = forms.merchant_shape(actor)
    schema = schema_of(shape, new=False, extra=forms.HoursIn)
    form = Form(schema, stored(shape, row) | {"hours": row.hours}, thing=("merchant", row.id))
    if form.accepts(partial(commands.change_merchant, row, actor=actor)):
        flash(_("%(name)s is saved.", name=say(row.name)), "done")
        return redirect(url_for("places.merchants"))
    here = url_for("places.edit_merchant", code=code)
    return _page(
        form, shape, say(row.name), here, row, reasons=views.reasons(row),
        standing=words.SHOWN[queries.standing_of(row)], walks=queries.walks_past(row),
        face=attachments.first_of("merchant", [row.id], picture=True).get(row.id),
    )  # fmt: skip


def _page(
    form: Form, shape: Any, title: str, url: str, row: Merchant | None, **also: Any
) -> ResponseReturnValue:
    labels = {**labels_of(shape), "hours": _("Opening hours")}
    return render("places/merchant_form.html", form.status, form=form, shape=shape, title=title,
                  url=url, labels=labels, row=row, **also)  # fmt: skip


@pages.page("/console/merchants/<code>/<deed>", needs=CONFIGURE, methods=("POST",))
def do_merchant(actor: Actor, code: str, deed: str) -> ResponseReturnValue:
    """One press: everything is still so, show it no more, show it again."""
    row = queries.access_merchant(code, actor=actor, lock=True)
    deeds = {
        "check": (commands.check_merchant, _("Written down: everything is still so.")),
        "retire": (commands.retire_merchant, _("It is shown no more. You can bring it back here.")),
        "restore": (commands.restore_merchant, _("It is there again.")),
    }
    if deed not in deeds:
        raise NotFound
    command, told = deeds[deed]
    home = url_for("places.edit_merchant", code=code)
    return do(partial(command, row, actor=actor), told, home)
