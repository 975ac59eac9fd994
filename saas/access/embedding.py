"""Inside another app: in by its ticket, linked by the person alone; and which apps there are."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.access import commands, queries, rules
from saas.access.models import App
from saas.access.schemas import AppIn
from saas.access.tickets import TicketRefused
from saas.accounts.pages.doors import arrive, home
from saas.accounts.permissions import SETTINGS
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import insist
from saas.web import frames
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.shell import layout_of

pages = Pages("embedding", __name__, plane="tenant")


@pages.page("/embed/<app_code>", needs=PUBLIC)
def enter(actor: Actor, app_code: str) -> ResponseReturnValue:
    """What the app opens, with its ticket in the address. Reading it changes nothing: inside a
    frame, which only the app can make, the page goes on by itself; alone it asks for a press, so
    that nobody is signed in by a link that somebody sent.
    """
    app = queries.open_app(app_code)
    ticket = request.args.get("ticket", "")
    frames.allow(app.ancestors)
    commands.read_ticket(app, ticket)
    frames.begin(app.code, app.ancestors)
    return render("access/enter.html", app=app, ticket=ticket)


@pages.page("/embed/<app_code>", needs=PUBLIC, methods=("POST",))
def use(actor: Actor, app_code: str) -> ResponseReturnValue:
    """Use the ticket up: in as who it means, or on to say who that is."""
    app = queries.open_app(app_code)
    if frames.held().get("app") != app.code:
        raise TicketRefused
    subject, person = commands.use_ticket(app, request.form.get("ticket", ""))
    frames.begin(app.code, app.ancestors)
    if person is not None:
        return arrive(person)
    web_session[frames.KEY] |= {"subject": subject, "at": clock.now().timestamp()}
    web_session.modified = True
    return redirect(url_for("embedding.link"))


@pages.page("/embedded/link", needs=PUBLIC, methods=("GET", "POST"))
def link(actor: Actor) -> ResponseReturnValue:
    """Who comes the first time: sign in or register, then say that both are the same person."""
    app, subject = _pending()
    if request.method == "POST" and actor.signed_in:
        try:
            insist(lambda: commands.link(app, subject, actor=actor))
            flash(_l("Linked. Next time you come in without signing in."), "done")
        except Conflict as error:
            flash(str(error.text), "warn")
        web_session[frames.KEY] = {"app": app.code}
        return redirect(home())
    return render("access/link.html", app=app)


def _pending() -> tuple[App, str]:
    """The app and the subject that wait in this session to be linked; else `NotFound`."""
    held = frames.held()
    fresh = clock.now().timestamp() - held.get("at", 0) < rules.PENDING_LASTS.total_seconds()
    if not held.get("subject") or not fresh:
        raise NotFound
    return queries.open_app(held["app"]), held["subject"]


@pages.page("/account/apps", needs=SIGNED_IN)
def linked(actor: Actor) -> ResponseReturnValue:
    """By which apps one comes in."""
    return render(
        "access/linked.html",
        rows=queries.identities_of(actor),
        vouching=queries.doors(),
        layout=layout_of(actor),
    )


@pages.page("/account/apps/<int:number>", needs=SIGNED_IN, methods=("POST",))
def unlink(actor: Actor, number: int) -> ResponseReturnValue:
    """No more by this one."""
    commands.unlink(queries.own_identity(number, actor=actor), actor=actor)
    flash(_l("Parted. The app does not bring you in any more."), "done")
    return redirect(url_for("embedding.linked"))


@pages.page("/apps", needs=SETTINGS)
def apps(actor: Actor) -> ResponseReturnValue:
    """The apps that show this district."""
    return render("access/apps.html", rows=queries.apps(), counts=queries.count_linked())


@pages.page("/apps/new", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def add_app(actor: Actor) -> ResponseReturnValue:
    """Another one."""
    form = Form(AppIn)
    if form.accepts(lambda **typed: commands.add_app(**typed, actor=actor)):
        flash(_l("Added. Give the address below to the app's operator."), "done")
        return redirect(url_for("embedding.app", app_code=form.result.code))
    return _app_form(form, None)


@pages.page("/apps/<app_code>", needs=SETTINGS, methods=("GET", "POST"), fresh=True)
def app(actor: Actor, app_code: str) -> ResponseReturnValue:
    """Change one. Its key is shown to nobody; left empty it stays."""
    row = queries.access_app(app_code)
    stored = {name: getattr(row, name) for name in ("name", "issuer", "algorithm")}
    stored |= {"ancestors": "\n".join(row.ancestors)}
    form = Form(AppIn, stored, thing=("app", row.id))
    if form.accepts(lambda **typed: commands.change_app(row, **typed, actor=actor)):
        flash(_l("Saved."), "done")
        return redirect(url_for("embedding.app", app_code=row.code))
    return _app_form(form, row)


def _app_form(form: Form, row: App | None) -> ResponseReturnValue:
    values: dict[str, Any] = {"form": form, "row": row, "algorithms": rules.ALGORITHMS}
    if row is not None:
        values["address"] = url_for("embedding.enter", app_code=row.code, _external=True)
    return render("access/app_form.html", form.status, **values)


@pages.page("/apps/<app_code>/state", needs=SETTINGS, methods=("POST",))
def set_state(actor: Actor, app_code: str) -> ResponseReturnValue:
    """Open it, or close it at once."""
    active = request.form.get("state") == "open"
    commands.set_open(queries.access_app(app_code), active=active, actor=actor)
    flash(
        _l("It brings people in again.") if active else _l("Closed. It brings nobody in."), "done"
    )
    return redirect(url_for("embedding.app", app_code=app_code))
