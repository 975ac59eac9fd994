"""Keeping the ledger: the list, an item, its link, the outlets."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import attachments
from saas.catalogue.pages import CataloguePages, do, serve
from saas.catalogue.pages import listing as catalogue_listing
from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing.pages import answer
from saas.media import commands, forms, queries, rules, views, words
from saas.media.lists import COVERAGES
from saas.media.models import Coverage
from saas.media.pages.blueprint import pages
from saas.media.permissions import KEEP
from saas.web.forms import Form
from saas.web.pages import render


@pages.page("/console/media", needs=KEEP, methods=("GET", "POST"))
def listing(actor: Actor) -> ResponseReturnValue:
    """Everything in reach."""
    return answer(COVERAGES, actor, "media/listing.html")


@pages.page("/console/media/new", needs=KEEP, methods=("GET", "POST"))
def add(actor: Actor) -> ResponseReturnValue:
    """Paste a link; a second one of the same address is led to the first."""
    shape = forms.coverage_shape(actor)
    form = Form(schema_of(shape, extra=forms.CoverageIn), suggested=_begin(shape))
    if form.accepts(partial(commands.add_coverage, actor=actor)):
        flash(_("It is in the ledger."), "done")
        return redirect(url_for("media.edit", number=form.result.id))
    return _form(form, shape, None)


def _begin(shape: Any) -> dict[str, Any]:
    unit = next(one.default for one in shape if one.name == "unit")
    return {**stored(shape, None), "unit": unit}


@pages.page("/console/media/<int:number>", needs=KEEP, methods=("GET", "POST"))
def edit(actor: Actor, number: int) -> ResponseReturnValue:
    """An item with its copy and its link."""
    item = queries.access_coverage(number, actor=actor, lock=request.method == "POST")
    shape = forms.coverage_shape(actor, item)
    form = Form(schema_of(shape, new=False, extra=forms.CoverageIn), stored(shape, item),
                thing=("coverage", item.id, "media.change_coverage"))  # fmt: skip
    if form.accepts(partial(commands.change_coverage, item, actor=actor)):
        flash(_("%(name)s is saved.", name=item.title), "done")
        return redirect(url_for("media.edit", number=number))
    return _form(form, shape, item)


def _form(form: Form, shape: Any, item: Coverage | None) -> ResponseReturnValue:
    copies = attachments.of("coverage", item.id) if item else ()
    return render(
        "media/form.html", form.status, form=form, shape=shape, labels=labels_of(shape), item=item,
        words=words, copies=copies, again=_again(form),
        about=views.about_url(item, staff=True) if item else None,
    )  # fmt: skip


def _again(form: Form) -> Coverage | None:
    """The item that has this address already."""
    url = rules.clean_url(str(form.values.get("url") or "")) if "url" in form.errors else None
    code = form.values.get("outlet") or rules.outlet_of(url or "", queries.hosts())
    found = next((one for one in queries.outlets().values() if one.code == code), None)
    return queries.same_address(found.id, url) if found and url else None


@pages.page("/console/media/<int:number>/link", needs=KEEP, methods=("POST",))
def set_link(actor: Actor, number: int) -> ResponseReturnValue:
    """Somebody has opened it."""
    item = queries.access_coverage(number, actor=actor, lock=True)
    home = url_for("media.edit", number=number)
    return do(partial(commands.set_link, item, actor=actor), _("Written down."), home, forms.LinkIn)


@pages.page("/console/media/outlets", needs=KEEP)
def outlets(actor: Actor) -> ResponseReturnValue:
    """Outlets in their order; those out of use below."""
    every = forms.OUTLETS.every()
    groups = [("", [one for one in every if not one.retired_at]),
              (_("Out of use"), [one for one in every if one.retired_at])]  # fmt: skip
    columns = {_("Tier"): lambda row: words.TIER[row.tier],
               _("Address of its site"): lambda row: row.host}  # fmt: skip
    return catalogue_listing(
        pages, _PAGES, head=_("Outlet"), groups=[one for one in groups if one[1]],
        columns=columns, template="media/outlets.html", title=_("Outlets"),
        add_word=_("Add an outlet"), under=_("Links that are pasted are known by these addresses."),
    )  # fmt: skip


_PAGES = CataloguePages(
    rows=forms.OUTLETS, needs=KEEP, address="/console/media/outlets",
    home=lambda row: url_for("media.outlets"), shape=forms.OUTLET_SHAPE, new=_l("Add an outlet"),
    trail=lambda row: [(_("Outlets"), url_for("media.outlets"))],
)  # fmt: skip
serve(pages, _PAGES)
