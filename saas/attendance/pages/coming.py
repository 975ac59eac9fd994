"""For who comes: the code that the room shows, and saying that one is here."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import queries as sessions
from saas.activities import views as activities
from saas.activities.queries import Scene
from saas.attendance import commands, forms, queries, rules
from saas.attendance.commands import Came
from saas.attendance.models import Mark
from saas.attendance.pages.blueprint import pages
from saas.kernel import clock, throttle
from saas.kernel.context import Actor
from saas.kernel.errors import Invalid
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

#: Who is in the room reads six digits; who guesses them is soon told to wait.
_DOOR: Final = "attendance.digits"
_WRONG_LIMIT: Final = 10
_WINDOW: Final = timedelta(minutes=30)


@pages.page("/console/activities/s/<code>/screen", needs=SIGNED_IN)
def screen(actor: Actor, code: str) -> ResponseReturnValue:
    """The code of the minute, large, for the wall of the room; it renews itself."""
    scene = sessions.access_session(code, actor=actor)
    digits = queries.code_now(code, clock.now())
    address = url_for("attendance.here", code=code, m=digits, _external=True)
    return render(
        "attendance/screen.html", scene=scene, digits=digits, qr_code=qr_code(address),
        counts=queries.counts_of([scene.session.id])[scene.session.id],
        address=url_for("attendance.here", code=code, _external=True).partition("://")[2],
    )  # fmt: skip


@pages.page("/here/<code>", needs=PUBLIC, methods=("GET", "POST"))
def here(actor: Actor, code: str) -> ResponseReturnValue:
    """Say that one is here, with the digits that the room shows now."""
    scene = sessions.public_session(code, actor=actor)
    form = Form(forms.MinuteIn, suggested={"digits": request.args.get("m", "")[: rules.DIGITS]})
    if actor.person_id and form.accepts(lambda digits: _come(scene, digits, actor)):
        flash(_("You are here. Have a good time!"), "done")
        return redirect(url_for("attendance.here", code=code))
    return render(
        "attendance/here.html", form.status, form=form, scene=scene, layout=layout_of(actor),
        card=activities.card_of(scene, sessions.places_of([scene.session])[scene.session.id]),
        mark=queries.own_mark(scene.session.id, actor),
    )  # fmt: skip


def _come(scene: Scene, digits: str, actor: Actor) -> Mark:
    whose = f"{scene.session.id}:{actor.person_id}"
    throttle.ensure_calm(_DOOR, whose, limit=_WRONG_LIMIT)
    known = {queries.code_now(scene.session.code, one) for one in rules.minutes_back(clock.now())}
    if digits not in known:
        with unit_of_work():  # counted whatever becomes of the page
            throttle.count_try(_DOOR, whose, window=_WINDOW)
        raise Invalid({"digits": [_l("These are not the digits that the room shows now.")]})
    mine = sessions.is_signed(scene.session.pool_id, actor.person_id, None)
    who = Came(signup=mine, person_id=actor.person_id, how="scanned")
    key = f"here-{scene.session.id}-{actor.person_id}-{digits}"
    return commands.come(scene, who, key=key, actor=actor)
