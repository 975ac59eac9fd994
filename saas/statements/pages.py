"""Pages of statements: read one, say what each line is, close the month, look at it afterwards."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.catalogue.pages import do
from saas.forms.fields import labels_of, schema_of
from saas.funds import queries as book
from saas.funds import words as fund_words
from saas.funds.commands import Given
from saas.funds.permissions import MANAGE
from saas.funds.views import yuan
from saas.kernel.context import Actor
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import ngettext
from saas.listing.pages import answer
from saas.sheets.pages import Register, confirmed, look
from saas.statements import commands, forms, lists, queries, rules, views, words, workbook
from saas.territory import queries as territory
from saas.web.files import XLSX, download
from saas.web.forms import Form
from saas.web.pages import Pages, render

pages = Pages("statements", __name__.rpartition(".pages")[0], plane="tenant")
_STATEMENT = Register(
    workbook.TABLE, words.FILE, words.CELL, workbook.MOST, workbook.looked_at,
    {"here": "statements.read", "file": "statements.file", "confirm": "statements.confirm",
     "done": "statements.months"}, asks=forms.StatementIn, plainly=True,
)  # fmt: skip


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": fund_words, "kinds": words.KIND, "states": words.STATE, "yuan": yuan}


def _home(month: str) -> str:
    return url_for("statements.month", month=month)


@pages.page("/funds/statements", needs=MANAGE, methods=("GET", "POST"))
def months(actor: Actor) -> ResponseReturnValue:
    """Every month that was read."""
    return answer(lists.STATEMENTS, actor, "statements/months.html", due=queries.due(),
                  without_line=views.without_line())  # fmt: skip


@pages.page("/funds/statements/new", needs=MANAGE, methods=("GET", "POST"))
def read(actor: Actor) -> ResponseReturnValue:
    """Send it, look at its lines, take it over: nothing is stored before."""
    last = queries.last_month()
    return look(
        _STATEMENT, "statements/read.html", actor, labels=forms.LABELS,
        wanted=f"{rules.next_month(last.month):%Y-%m}" if last else "2026-06",
        balance=f"{last.closing:.2f}" if last else "0.00",
    )  # fmt: skip


@pages.page("/funds/statements/new/file", needs=MANAGE)
def file(actor: Actor) -> ResponseReturnValue:
    """The empty workbook."""
    return download(workbook.book(), "statement.xlsx", XLSX)


@pages.page("/funds/statements/new/confirm", needs=MANAGE, methods=("POST",))
def confirm(actor: Actor) -> ResponseReturnValue:
    """Take over what was looked at; a second time it is there already."""

    def take_over(texts: Any, _sealed: str, **told: str) -> int:
        return workbook.take_over(texts, **told, actor=actor).lines

    return confirmed(_STATEMENT, take_over, actor)


@pages.page("/funds/statements/<month>", needs=MANAGE)
def month(actor: Actor, month: str) -> ResponseReturnValue:
    """Its lines with what they are or could be, and what is between book and bank."""
    found = queries.month_of(month)
    return render("statements/month.html", record=views.record_of(found, actor), name=month,
                  form=Form(forms.CloseIn))  # fmt: skip


@pages.page("/funds/statements/<month>/file.csv", needs=MANAGE)
def lines_file(actor: Actor, month: str) -> ResponseReturnValue:
    """The lines as a file that a spreadsheet adds up to the last balance."""
    return download(views.file_of(queries.month_of(month)), f"statement-{month}.csv", "text/csv")


@pages.page("/funds/statements/<month>/sure", needs=MANAGE, methods=("POST",))
def match_sure(actor: Actor, month: str) -> ResponseReturnValue:
    """Take every proposal that leaves no doubt."""
    found = queries.month_of(month)

    def command() -> None:
        number = commands.match_sure(found, actor=actor)
        flash(ngettext("%(num)s line is explained.", "%(num)s lines are explained.", number),
              "done")  # fmt: skip

    return do(command, None, _home(month))


@pages.page("/funds/statements/<month>/wait", needs=MANAGE, methods=("POST",))
def wait(actor: Actor, month: str) -> ResponseReturnValue:
    """Things of the book are on their way."""
    found = queries.month_of(month)

    def command(things: list[str], words: str) -> None:
        commands.wait(found, things=things, words_=words, actor=actor)

    return do(command, _("Written down."), _home(month), forms.WaitIn)


@pages.page("/funds/statements/<month>/close", needs=MANAGE, methods=("POST",))
def close(actor: Actor, month: str) -> ResponseReturnValue:
    """Nothing is left: close it."""
    command = partial(commands.close, queries.month_of(month), actor=actor)
    return do(command, _("Closed: nothing of this month changes any more."), _home(month),
              forms.CloseIn)  # fmt: skip


@pages.page("/funds/statements/<month>/rows/<int:number>", needs=MANAGE, methods=("GET", "POST"))
def row(actor: Actor, month: str, number: int) -> ResponseReturnValue:
    """One line: what the bank says of it, what it could be, what it is."""
    found = queries.month_of(month)
    line, form = queries.line_of(found, number), Form(forms.MatchIn)
    if form.accepts(partial(commands.match, line, found, actor=actor)):
        flash(_("Written down."), "done")
        return redirect(_home(month))
    shown = next(one for one in views.lines_of(found, proposed=True) if one.line.id == line.id)
    return render(
        "statements/row.html", form.status, form=form, shown=shown, line=line, name=month,
        party=queries.party_of(line), acts=queries.acts_of(found, line), called=views.called,
        closed=queries.closing_of(found), labels=forms.LABELS,
        links=views.links_of(shown.match) if shown.match else (),
        others=[one for one in queries.things() if one.amount == line.amount],
    )  # fmt: skip


@pages.page("/funds/statements/<month>/rows/<int:number>/gift", needs=MANAGE,
            methods=("GET", "POST"))  # fmt: skip
def gift(actor: Actor, month: str, number: int) -> ResponseReturnValue:
    """The line is a new gift: what it is for, and what everybody may see."""
    found = queries.month_of(month)
    line = queries.line_of(found, number)
    shape = forms.shape_of_gift(line.on)
    form = Form(schema_of(shape))

    def received(**sent: Any) -> Any:
        given: dict[str, Any] = {name: value or "" for name, value in sent.items()}
        return commands.import_gift(
            line, found, book.got(territory.root()),
            Given(amount=line.amount, way="bank", **given), actor=actor,
        )  # fmt: skip

    if form.accepts(received):
        return redirect(url_for("funds.gift", code=form.result.code, made=1))
    return render("statements/gift.html", form.status, form=form, shape=shape, line=line,
                  labels=labels_of(shape), name=month, party=queries.party_of(line))  # fmt: skip


@pages.page("/funds/statements/<month>/rows/<int:number>/back", needs=MANAGE, methods=("POST",))
def take_back(actor: Actor, month: str, number: int) -> ResponseReturnValue:
    """It is not what was said."""
    found = queries.month_of(month)
    command = partial(commands.take_back, queries.line_of(found, number), found, actor=actor)
    return do(command, _("Taken back."), url_for("statements.row", month=month, number=number),
              forms.ReasonIn)  # fmt: skip
