"""A screen in a hall: it shows a code, somebody types it, and from then on it shows pictures in
turn. Every picture is a page of its own, which the worker of the browser keeps: without a network
the screen goes on with what it has, and says from when that is.
"""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields

from saas.accounts.permissions import SETTINGS
from saas.kernel import clock, throttle
from saas.kernel.context import Actor, current_tenant, entering
from saas.kernel.errors import NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import settings
from saas.kernel.schemas import filled
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.showcase.screen import commands, queries, slides
from saas.signin.queries import world_now
from saas.tenancy.provisioning import hub
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import OPEN_TO_ALL, PUBLIC, SIGNED_IN, Pages, render

pages = Pages("screen", __name__, plane="tenant")
watched = Pages("screens", __name__, plane="hub")
_COOKIE, _YEAR = "saas_screen", 400 * 24 * 3600
_ASKS = 60


class PairIn(Schema):
    """The code that a screen shows, and what it is called."""

    code = fields.String(required=True, validate=filled(12))
    name = fields.String(required=True, validate=filled(60))


@pages.page("/screen", needs=PUBLIC)
def begin(actor: Actor) -> ResponseReturnValue:
    """A code to type, until somebody has; then the first picture."""
    district, token = current_tenant().id, request.cookies.get(_COOKIE, "")
    with entering(hub()), reading():
        known = queries.by_token(district, token) if token else None
        paired = known is not None and known.paired_at is not None
        code = (known.code if known else None) or queries.free_code()
    if paired:
        return redirect(url_for("screen.slide", name=next(iter(slides.SLIDES))))
    response = render("screen/begin.html", code=code)
    response.headers["Refresh"] = "5"
    if known is None:
        _remember(response, _asked(district, code))
    return response


def _asked(district: int, code: str) -> str:
    """A screen that nobody knows yet; the token by which it is known again."""
    with entering(hub()), unit_of_work():
        throttle.use("screen", caller_address(), limit=_ASKS, window=commands.CODE_GOOD)
        return commands.ask(district, code)


def _remember(response: Response, token: str) -> None:
    response.set_cookie(
        _COOKIE, token, max_age=_YEAR, path=f"{request.script_root}/screen", httponly=True,
        secure=settings().cookie_secure, samesite="Lax",
    )  # fmt: skip


@pages.page("/screen/<name>", needs=PUBLIC, keep=OPEN_TO_ALL)
def slide(actor: Actor, name: str) -> ResponseReturnValue:
    """One picture; the browser goes on to the next by itself."""
    if name not in slides.SLIDES:
        raise NotFound
    token, district = request.cookies.get(_COOKIE, ""), current_tenant().id
    with entering(hub()), reading():
        known = queries.by_token(district, token) if token else None
        number = known.id if known and known.paired_at else None
    if number is None:
        return redirect(url_for("screen.begin"))
    response = render("screen/slide.html", name=name, slide=slides.SLIDES[name](), now=clock.now())
    following = url_for("screen.slide", name=slides.after(name))
    response.headers["Refresh"] = f"{slides.SECONDS}; url={following}"
    with entering(hub()), unit_of_work():
        commands.beat(number)
    return response


@pages.page("/console/screens", needs=SETTINGS, methods=("GET", "POST"))
def screens(actor: Actor) -> ResponseReturnValue:
    """The screens of the district; type the code of a new one."""
    form, number = Form(PairIn), current_tenant().id
    if form.accepts(partial(_pair, number)):
        flash(_("It shows the first picture within a few seconds."), "done")
        return redirect(url_for("screen.screens"))
    with entering(hub()), reading():
        rows = [(one.id, one.name, one.seen_at) for one in queries.of_district(number)]
        now = world_now()
    return render("screen/screens.html", form.status, form=form, rows=rows, now=now,
                  silent=queries.SILENT)  # fmt: skip


def _pair(number: int, code: str, name: str) -> None:
    throttle.use("screen.pair", str(number), limit=_ASKS, window=commands.CODE_GOOD)
    with entering(hub()), unit_of_work():
        commands.pair(number, code=code, name=name)


@pages.page("/console/screens/<int:number>/remove", needs=SETTINGS, methods=("POST",))
def remove(actor: Actor, number: int) -> ResponseReturnValue:
    """Show nothing there any more."""
    district = current_tenant().id
    with entering(hub()), unit_of_work():
        commands.remove(district, number)
    flash(_l("It shows a code again, and nothing else."), "done")
    return redirect(url_for("screen.screens"))


@watched.page("/hub/screens", needs=SIGNED_IN)
def every(actor: Actor) -> ResponseReturnValue:
    """Every screen of every district, and when it was heard of last."""
    return render("screen/every.html", rows=queries.every(), now=world_now(),
                  silent=queries.SILENT)  # fmt: skip
