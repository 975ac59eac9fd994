"""Public money with its runway, and the sheets that are published."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of
from saas.funds import commands, forms, permissions, queries, views
from saas.funds.models import BudgetLine, Disclosure, Source
from saas.funds.pages.blueprint import pages
from saas.funds.pages.desk import place
from saas.funds.permissions import MANAGE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render
from saas.web.shell import layout_of


@pages.page("/funds/sources", needs=PUBLIC)
def sources(actor: Actor) -> ResponseReturnValue:
    """What ends when, and what stops then."""
    return render("funds/sources.html", layout=layout_of(actor), sources=queries.sources(),
                  runways=views.runways(), works=permissions.works(actor))  # fmt: skip


@pages.page("/funds/sources/new", needs=MANAGE, methods=("GET", "POST"))
def add_source(actor: Actor) -> ResponseReturnValue:
    """One source more."""
    add = partial(commands.add_source, place(), actor=actor)
    return _form(forms.SOURCE, _("Enter a source"), url_for("funds.add_source"), add)


@pages.page("/funds/sources/<int:number>/lines", needs=MANAGE, methods=("GET", "POST"))
def add_line(actor: Actor, number: int) -> ResponseReturnValue:
    """A part of a source."""
    source = queries.got(session.get(Source, number))
    url = url_for("funds.add_line", number=number)
    return _form(forms.LINE, source.name, url, partial(commands.add_line, source, actor=actor))


def _form(shape: Any, title: str, url: str, command: Any) -> ResponseReturnValue:
    form = Form(forms.schema(shape))
    if form.accepts(command):
        return redirect(url_for("funds.sources"))
    return render("funds/form.html", form.status, form=form, shape=shape, title=title, url=url,
                  labels=labels_of(shape), back=url_for("funds.sources"), left=())  # fmt: skip


@pages.page("/funds/lines/<int:number>/reserve", needs=MANAGE, methods=("POST",))
def reserve(actor: Actor, number: int) -> ResponseReturnValue:
    """Promise a part of a line."""
    command = partial(commands.reserve, queries.got(session.get(BudgetLine, number)), actor=actor)
    return do(command, _("Promised."), url_for("funds.sources"), forms.PromiseIn)


@pages.page("/funds/lines/<int:number>/settle", needs=MANAGE, methods=("POST",))
def settle(actor: Actor, number: int) -> ResponseReturnValue:
    """Pay or release a part of a promise."""
    command = partial(commands.settle, queries.got(session.get(BudgetLine, number)), actor=actor)
    return do(command, _("Written down."), url_for("funds.sources"), forms.SettleIn)


@pages.page("/console/funds/sheets", needs=MANAGE, methods=("GET", "POST"))
def sheets(actor: Actor) -> ResponseReturnValue:
    """What is due, what was published, what does not hang yet."""
    form, found = Form(forms.SheetIn), queries.disclosures()

    def freeze(first: date | None, corrects: str, reason: str) -> Disclosure:
        wrong = queries.disclosure(corrects) if corrects else None
        span = (wrong.first_day, wrong.last_day) if wrong else commands.due(clock.today())
        if span is None or (wrong is None and first != span[0]):
            raise Conflict(_l("This was published already."))
        return commands.freeze(span[0], span[1], corrects=wrong, reason=reason, actor=actor)

    if form.accepts(freeze):
        return redirect(url_for("funds.sheet", code=form.result.code))
    return render("funds/sheets.html", form.status, form=form, found=found,
                  due=commands.due(clock.today()))  # fmt: skip


@pages.page("/funds/sheets/<code>/hang", needs=MANAGE, methods=("POST",))
def hang(actor: Actor, code: str) -> ResponseReturnValue:
    """The picture of the board."""
    one = queries.disclosure(code)
    home = url_for("funds.sheet", code=one.code)
    return do(partial(commands.hang, one, actor=actor), _("It hangs."), home, forms.PhotoIn)
