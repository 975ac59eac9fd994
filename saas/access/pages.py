"""Pages of getting in: an account by oneself, a new password, and the desk that confirms."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue

from saas.access import commands, queries
from saas.access.schemas import CodeIn, ForgotIn, NewPasswordIn, RegistrationIn
from saas.accounts import queries as people
from saas.accounts.pages.doors import arrive, home, start_session
from saas.accounts.permissions import MANAGE
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_phone
from saas.kernel.errors import Conflict
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import insist
from saas.notices import queries as ways
from saas.territory import queries as territory
from saas.territory.queries import Unit
from saas.web import slips
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("access", __name__, plane="tenant")
_ASKED: Final = "registration"
_WRONG: Final = _l("This is not the code of the newest message. It is good for five minutes.")


@pages.page("/register", needs=PUBLIC)
def choose_home(actor: Actor) -> ResponseReturnValue:
    """Step one: where do you live?"""
    search = request.args.get("q", "")[:60].strip()
    at = territory.unit_by_code(request.args["at"]) if request.args.get("at") else None
    root = territory.root()
    inside = at or root
    return render(
        "access/choose_home.html",
        at=at if at and people.is_home(at) else None,
        above=territory.ancestors(at) if at else [],
        children=_inside(inside) if inside else [],
        found=_homes(search, root) if search and root else [],
        search=search,
        kinds=territory.kind_names(),
        here=lambda code: url_for("access.register", home=code),
        into=lambda code: url_for("access.choose_home", at=code),
    )


def _inside(unit: Unit) -> list[Unit]:
    return [one for one in territory.children(unit) if territory.is_place(one)]


def _homes(search: str, root: Unit) -> list[Unit]:
    return [one for one in territory.search(search, [root.path]) if people.is_home(one)]


@pages.page("/register/<home>", needs=PUBLIC, methods=("GET", "POST"))
def register(actor: Actor, home: str) -> ResponseReturnValue:
    """Step two: who you are. Nothing else is asked for."""
    unit = territory.unit_by_code(home)
    form = Form(RegistrationIn)
    address = caller_address()
    if form.accepts(lambda **typed: commands.register(**typed, home=unit, address=address)):
        web_session[_ASKED] = form.result.id
        return redirect(url_for("access.prove"))
    return render(
        "access/register.html", form.status, form=form, unit=unit, can_text=ways.can_text()
    )


@pages.page("/registered", needs=PUBLIC, methods=("GET", "POST"))
def prove(actor: Actor) -> ResponseReturnValue:
    """Step three: the code of the message, or what to do at the desk."""
    row = queries.own(web_session.get(_ASKED))
    if row is None:
        return redirect(home() if actor.signed_in else url_for("access.choose_home"))
    form = Form(CodeIn)
    address = caller_address()
    if form.accepts(lambda code: commands.confirm_by_code(row, code, address=address)):
        if form.result is not None:
            start_session(form.result)
            flash(_l("Your account is ready. You are signed in."), "done")
            return redirect(url_for("demands.own") if slips.held() else home())
        form.errors = {"code": [_WRONG]}
    return render(
        "access/prove.html",
        form.status,
        form=form,
        row=row,
        unit=territory.find_unit(row.home_unit_id),
        phone=masked_phone(row.phone),
        can_text=ways.can_text(),
    )


@pages.page("/registered/again", needs=PUBLIC, methods=("POST",))
def send_again(actor: Actor) -> ResponseReturnValue:
    """Another code, where the first did not arrive."""
    row = queries.own(web_session.get(_ASKED))
    if row is not None:
        try:
            insist(lambda: commands.send_new_code(row, address=caller_address()))
            flash(_l("A new code is on its way."), "done")
        except Conflict as error:
            flash(str(error.text), "warn")
    return redirect(url_for("access.prove"))


@pages.page("/forgot", needs=PUBLIC, methods=("GET", "POST"))
def forgot(actor: Actor) -> ResponseReturnValue:
    """A new password by a code, where the district can send one; else who helps."""
    form = Form(ForgotIn)
    if form.accepts(lambda phone: commands.forgot(phone=phone, address=caller_address())):
        web_session["forgot"] = form.values["phone"][:30]
        return redirect(url_for("access.new_password"))
    return render("access/forgot.html", form.status, form=form, can_text=ways.can_text())


@pages.page("/forgot/new", needs=PUBLIC, methods=("GET", "POST"))
def new_password(actor: Actor) -> ResponseReturnValue:
    """The code, and the new password."""
    form = Form(NewPasswordIn, suggested={"phone": web_session.get("forgot", "")})
    address = caller_address()
    if form.accepts(lambda **typed: commands.set_by_code(**typed, address=address)):
        if form.result is not None:
            return arrive(form.result, words=_l("Your password is set. You are signed in."))
        form.errors = {"code": [_WRONG]}
    return render("access/new_password.html", form.status, form=form)


@pages.page("/people/registrations", needs=MANAGE)
def registrations(actor: Actor) -> ResponseReturnValue:
    """The desk: who waits to be confirmed."""
    asked = request.args.get("q", "")[:20].strip()
    rows = queries.waiting(actor, asked)
    return render("access/registrations.html", rows=rows, search=asked, masked=masked_phone)


@pages.page("/people/registrations/<int:number>", needs=MANAGE, methods=("POST",))
def decide(actor: Actor, number: int) -> ResponseReturnValue:
    """Confirm or refuse one."""
    row = queries.access_waiting(number, actor=actor)
    if request.form.get("verb") == "refuse":
        commands.refuse(row, actor=actor)
        flash(_l("Refused. Nobody gets in with it."), "done")
        return redirect(url_for("access.registrations"))
    try:
        person = insist(lambda: commands.confirm(row, actor=actor))
    except Conflict as error:
        flash(str(error.text), "warn")
        return redirect(url_for("access.registrations"))
    flash(_l("Confirmed. The resident can sign in now."), "done")
    return redirect(url_for("accounts.person", person_id=person.id))
