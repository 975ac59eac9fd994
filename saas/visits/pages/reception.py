"""Who came, what it cost: the reception list, printed and as a workbook."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.visits import commands, forms, queries, views, words
from saas.visits.pages.blueprint import pages
from saas.visits.pages.book import book_of
from saas.visits.permissions import HANDLE
from saas.web.files import XLSX, download
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render
from saas.web.shell import layout_of


@pages.page("/visits/<code>/guests", needs=PUBLIC, methods=("GET", "POST"))
def guests(actor: Actor, code: str) -> ResponseReturnValue:
    """Who comes, a line each: by who asked, or by the office."""
    visit = queries.access_visit(code, actor=actor, lock=request.method == "POST")
    stored = {"guests": views.guests_in_lines(visit), "escorts_n": visit.escorts_n}
    form = Form(forms.GuestsIn, stored, thing=("visit", visit.id, "visits.set_guests"))
    if form.accepts(partial(commands.set_guests, visit, actor=actor)):
        flash(_("Written down."), "done")
        return redirect(url_for("visits.show", code=code))
    return render("visits/guests.html", form.status, form=form, layout=layout_of(actor),
                  record=views.record_of(visit, actor), terms=queries.terms())  # fmt: skip


@pages.page("/visits/<code>/list", needs=HANDLE)
def reception(actor: Actor, code: str) -> ResponseReturnValue:
    """The reception list on A4; as a workbook for the voucher."""
    visit = queries.access_visit(code, actor=actor, office=True)
    shown = views.reception_of(visit)
    if request.args.get("as") == "xlsx":
        return download(book_of(shown), f"reception-{code}.xlsx", XLSX)
    return render("visits/list.html", visit=visit, shown=shown, words=words, yuan=views.yuan,
                  form=Form(forms.CostIn), record=views.record_of(visit, actor),
                  costs=queries.costs_of(visit), terms=queries.terms())  # fmt: skip


@pages.page("/visits/<code>/costs", needs=HANDLE, methods=("POST",))
def add_cost(actor: Actor, code: str) -> ResponseReturnValue:
    """Something that it cost."""
    visit = queries.access_visit(code, actor=actor, lock=True, office=True)
    home = url_for("visits.reception", code=code)
    return do(partial(commands.add_cost, visit, actor=actor), _("Written down."), home,
              forms.CostIn)  # fmt: skip


@pages.page("/visits/<code>/costs/<int:number>/remove", needs=HANDLE, methods=("POST",))
def remove_cost(actor: Actor, code: str, number: int) -> ResponseReturnValue:
    """It was not spent."""
    visit = queries.access_visit(code, actor=actor, lock=True, office=True)
    home = url_for("visits.reception", code=code)
    return do(partial(commands.remove_cost, visit, number, actor=actor), _("Taken out."), home)
