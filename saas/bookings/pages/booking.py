"""One booking: its page, its slip, one's own; following it by the code of the slip."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.bookings import commands, forms, lists, queries, views, words
from saas.bookings.commands import Deed
from saas.bookings.pages.blueprint import pages
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext
from saas.web import slips
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

_DOOR: Final = "bookings.wrong"
_NO_SUCH: Final = _l("There is no booking with this code. Look at the slip once more.")


@pages.page("/bookings/<code>", needs=PUBLIC, methods=("GET", "POST"))
def show(actor: Actor, code: str) -> ResponseReturnValue:
    """A booking with what can be done; for its owner, by its slip, and for who works there."""
    booking = queries.access_booking(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.ActIn)

    def do(verb: str, reason: str, seen: int | None) -> None:
        commands.act(booking, Deed(verb=verb, reason=reason), seen=seen, actor=actor)

    if form.accepts(do):
        flash(_("%(did)s.", did=words.VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("bookings.show", code=code))
    return render(
        "bookings/show.html", form.status, form=form, record=views.record_of(booking, actor),
        words=words, views=views, layout=layout_of(actor), now=clock.now(),
    )  # fmt: skip


@pages.page("/bookings/<code>/fill", needs=PUBLIC, methods=("POST",))
def fill(actor: Actor, code: str) -> ResponseReturnValue:
    """Book what is free now of the dates that were not had."""
    booking = queries.access_booking(code, actor=actor, lock=True)
    got = commands.fill(booking, actor=actor)
    flash(ngettext("%(num)s date was had now.", "%(num)s dates were had now.", got),
          "done" if got else "warn")  # fmt: skip
    return redirect(url_for("bookings.show", code=code))


@pages.page("/bookings/<code>/following", needs=PUBLIC, methods=("POST",))
def cancel_following(actor: Actor, code: str) -> ResponseReturnValue:
    """Cancel this date and all that follow."""
    booking = queries.access_booking(code, actor=actor, lock=True)
    form = Form(forms.ActIn)

    def do(verb: str, reason: str, seen: int | None) -> int:
        if verb not in ("cancel", "call_off"):
            raise Conflict
        deed = Deed(verb=verb, reason=reason)
        return commands.cancel_following(booking, deed, seen=seen, actor=actor)

    if form.accepts(do):
        flash(ngettext("%(num)s date is cancelled.", "%(num)s dates are cancelled.", form.result),
              "done")  # fmt: skip
    else:
        flash(str(next(iter(form.errors.values()))[0]), "warn")
    return redirect(url_for("bookings.show", code=code))


@pages.page("/bookings/<code>/slip", needs=PUBLIC)
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """A slip to print: room, time, code to scan. It says nothing of anybody."""
    booking = queries.access_booking(code, actor=actor)
    address = url_for("bookings.open_slip", code=code, _external=True)
    return render(
        "bookings/slip.html", record=views.record_of(booking, actor), qr_code=qr_code(address),
        made=request.args.get("made", ""), words=words, views=views,
    )  # fmt: skip


@pages.page("/b/<code>", needs=PUBLIC)
def open_slip(actor: Actor, code: str) -> ResponseReturnValue:
    """What the code on the slip leads to: on to the booking, which this device may open now."""
    booking = queries.find_by_slip(code)
    if booking is None:
        slips.count_wrong(_DOOR)
        raise NotFound(_NO_SUCH)
    return redirect(_opened(booking.code))


@pages.page("/bookings/find", needs=PUBLIC, methods=("GET", "POST"))
def find(actor: Actor) -> ResponseReturnValue:
    """Type the code of a slip; and what this device has opened before."""
    form = Form(forms.CodeIn)
    if form.accepts(typed):
        return redirect(form.result)
    own = lists.rows_of(queries.own_bookings(actor)) if actor.slips else []
    return render("bookings/find.html", form.status, form=form, own=own, words=words, views=views)


def typed(code: str) -> str:
    """Where the reader goes on with the code of a slip. Raises `Invalid`, or `TooMany`."""
    booking = queries.find_by_slip(code)
    if booking is None:
        slips.count_wrong(_DOOR)
        raise Invalid({"code": [_NO_SUCH]})
    return _opened(booking.code)


def _opened(code: str) -> str:
    slips.keep(code)
    return url_for("bookings.show", code=code)


@pages.page("/my/bookings", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """What the reader, or an organisation of theirs, has booked."""
    rows = lists.rows_of(queries.own_bookings(actor))
    now = clock.now()
    coming = [row for row in reversed(rows) if row.booking.end > now]
    return render(
        "bookings/own.html", coming=coming, past=[r for r in rows if r.booking.end <= now],
        words=words, views=views, layout=layout_of(actor),
    )  # fmt: skip
