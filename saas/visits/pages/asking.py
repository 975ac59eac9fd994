"""A delegation asks for a visit without an account, and comes back with the code of its slip."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.forms.fields import labels_of, schema_of, stored
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid, NotFound, TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.rooms import queries as rooms
from saas.visits import commands, forms, queries, views
from saas.visits.commands import Wish
from saas.visits.models import Visit
from saas.visits.pages.blueprint import pages
from saas.web import slips
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

_ASK, _WRONG = "visits.ask", "visits.wrong"
_ASK_LIMIT, _ASK_WINDOW = 5, timedelta(days=1)
_WRONG_LIMIT, _WRONG_WINDOW = 20, timedelta(minutes=30)
NO_SUCH: Final = _l("There is no visit with this code. Look at the slip once more.")


@pages.page("/visits/ask", needs=PUBLIC, methods=("GET", "POST"))
def ask(actor: Actor) -> ResponseReturnValue:
    """Everything on one page; after it the slip."""
    shape = forms.ask_shape()
    start = {**stored(shape, None), "submission": new_token()}
    if not start.get("street"):
        start["street"] = next((one.default for one in shape if one.name == "street"), "")
    form = Form(schema_of(shape, extra=forms.AskIn), suggested=start)
    if form.accepts(lambda **given: _ask(actor, **given)):
        slips.keep(form.result.code)
        return redirect(url_for("visits.slip", code=form.result.code, made=1))
    return render(
        "visits/ask.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        terms=queries.terms(), layout=layout_of(actor), visit=None, url=url_for("visits.ask"),
        earliest=clock.today() + timedelta(days=1),
    )  # fmt: skip


def _ask(actor: Actor, submission: str | None, street: str = "", **given: Any) -> Visit:
    if not (submission and queries.find_submission(submission)):
        throttle.use(_ASK, caller_address(), limit=_ASK_LIMIT, window=_ASK_WINDOW)
    unit = rooms.public_street(street) if street else rooms.first_street()
    if unit is None:
        raise NotFound
    return commands.ask(unit, Wish(**given), submission=submission, actor=actor)


@pages.page("/visits/<code>/change", needs=PUBLIC, methods=("GET", "POST"))
def change(actor: Actor, code: str) -> ResponseReturnValue:
    """Another day, more people: as long as nobody has looked at it."""
    visit = queries.access_visit(code, actor=actor, lock=request.method == "POST")
    if code not in actor.slips:
        raise NotFound
    shape = [one for one in forms.ask_shape() if not one.once]
    about = ("visit", visit.id, "visits.change")
    form = Form(schema_of(shape, new=False, extra=forms.AskIn), stored(shape, visit), thing=about)

    def do(submission: str | None, **given: Any) -> None:
        commands.change(visit, Wish(**given), actor=actor)

    if form.accepts(do):
        return redirect(url_for("visits.show", code=code))
    return render(
        "visits/ask.html", form.status, form=form, shape=shape, labels=labels_of(shape),
        terms=queries.terms(), layout=layout_of(actor), visit=visit,
        url=url_for("visits.change", code=code), earliest=clock.today() + timedelta(days=1),
    )  # fmt: skip


@pages.page("/visits/<code>/slip", needs=PUBLIC)
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """A slip to print: the day, the code to scan; it says nothing of anybody."""
    visit = queries.access_visit(code, actor=actor)
    address = url_for("visits.open_slip", code=code, _external=True)
    return render("visits/slip.html", record=views.record_of(visit, actor),
                  qr_code=qr_code(address), made=request.args.get("made", ""))  # fmt: skip


@pages.page("/visits/open/<code>", needs=PUBLIC)
def open_slip(actor: Actor, code: str) -> ResponseReturnValue:
    """What the code on the slip leads to."""
    visit = queries.by_slip(code)
    if visit is None:
        count_wrong()
        raise NotFound(NO_SUCH)
    return redirect(_opened(visit))


@pages.page("/visits/find", needs=PUBLIC, methods=("GET", "POST"))
def find(actor: Actor) -> ResponseReturnValue:
    """Type the code of a slip."""
    form = Form(forms.CodeIn)
    if form.accepts(_typed):
        return redirect(form.result)
    return render("visits/find.html", form.status, form=form)


def _typed(code: str) -> str:
    visit = queries.by_slip(code)
    if visit is None:
        count_wrong()
        raise Invalid({"code": [NO_SUCH]})
    return _opened(visit)


def _opened(visit: Visit) -> str:
    slips.keep(visit.code)
    return url_for("visits.show", code=visit.code)


def count_wrong() -> None:
    """Count a wrong code for the address that it came from, whatever becomes of the page."""
    try:
        throttle.ensure_calm(_WRONG, caller_address(), limit=_WRONG_LIMIT)
    except TooMany:
        raise TooMany(_l("Too many wrong codes from here. Please wait a while.")) from None
    with unit_of_work():
        throttle.count_try(_WRONG, caller_address(), window=_WRONG_WINDOW)


@pages.page("/visits/questions", needs=PUBLIC)
def questions(actor: Actor) -> ResponseReturnValue:
    """What guests asked, and what was answered: for everybody."""
    return render("visits/questions.html", found=queries.published(), layout=layout_of(actor))
