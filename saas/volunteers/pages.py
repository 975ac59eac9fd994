"""Help that is wanted; one's own hours; for who works there the roll and who helped."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from saas.activities import queries as sessions
from saas.activities.permissions import HANDLE, SEE
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import masked_name
from saas.kernel.errors import Forbidden, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.shortcodes import shown_code
from saas.listing.pages import answer
from saas.rooms import queries as rooms
from saas.volunteers import commands, forms, queries, views, words
from saas.volunteers.commands import Need
from saas.volunteers.lists import ROLL, SERVICES
from saas.volunteers.models import Shift, Volunteer
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, Pages, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

pages = Pages("volunteers", __name__.rpartition(".pages")[0], plane="tenant")
_AT = "/console/activities/s/<code>/helpers"


def _pressed(do: Callable[[], object], done: str) -> bool:
    """A single button: what is refused is said on the page that follows."""
    form = Form(Schema)
    if form.accepts(do):
        flash(done, "done")
        return True
    flash(str(next(iter(form.errors.values()))[0]), "warn")
    return False


@pages.page("/volunteers", needs=PUBLIC)
def wanted(actor: Actor) -> ResponseReturnValue:
    """What help is wanted, and what was given in all; nobody is put before anybody."""
    mine = queries.own(actor)
    return render(
        "volunteers/wanted.html", mine=mine, words=words, layout=layout_of(actor),
        shifts=views.wanted_of(queries.wanted(), mine), sum=queries.in_all(),
    )  # fmt: skip


@pages.page("/volunteers/join", needs=SIGNED_IN, methods=("GET", "POST"))
def join(actor: Actor) -> ResponseReturnValue:
    """Go on the roll."""
    if (mine := queries.own(actor)) and mine.left_at is None:
        return redirect(url_for("volunteers.own"))
    form = Form(forms.JoinIn)

    def do(skills: str, *, consent: bool) -> Volunteer:
        return commands.join(skills=skills, actor=actor)

    if form.accepts(do):
        flash(_("You are on the roll. Thank you!"), "done")
        return redirect(url_for("volunteers.wanted"))
    return render("volunteers/join.html", form.status, form=form, layout=layout_of(actor))


def _mine(actor: Actor) -> Volunteer:
    found = queries.own(actor)
    if found is None:
        raise NotFound
    return found


def _own(actor: Actor, form: Form) -> ResponseReturnValue:
    return render("volunteers/own.html", form.status, form=form, own=views.own_of(_mine(actor)),
                  words=words, layout=layout_of(actor), shown_code=shown_code)  # fmt: skip


@pages.page("/volunteers/me", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """What one has before one, what one did, what one may show to others."""
    if queries.own(actor) is None:
        return redirect(url_for("volunteers.join"))
    return _own(actor, Form(forms.DoubtIn))


@pages.page("/volunteers/me/leave", needs=SIGNED_IN, methods=("POST",))
def leave(actor: Actor) -> ResponseReturnValue:
    """Off the roll."""
    mine = _mine(actor)
    _pressed(lambda: commands.leave(mine, actor=actor),
             _("You are off the roll. What you did stays with you."))  # fmt: skip
    return redirect(url_for("volunteers.own"))


@pages.page("/volunteers/shifts/<code>/take", needs=SIGNED_IN, methods=("POST",))
def take(actor: Actor, code: str) -> ResponseReturnValue:
    """Take a shift; who is not on the roll goes there first."""
    mine = queries.own(actor)
    if mine is None or mine.left_at is not None:
        flash(_("First say that you want to help."), "warn")
        return redirect(url_for("volunteers.join"))
    shift, scene = queries.open_shift(code, actor=actor, lock=True)
    _pressed(lambda: commands.take(shift, mine, scene, actor=actor),
             _("You help. Thank you! If you cannot come, give it up in time."))  # fmt: skip
    return redirect(url_for("volunteers.own"))


@pages.page("/volunteers/shifts/<code>/give-up", needs=SIGNED_IN, methods=("POST",))
def give_up(actor: Actor, code: str) -> ResponseReturnValue:
    """One cannot come."""
    mine, (shift, scene) = _mine(actor), queries.open_shift(code, actor=actor, lock=True)
    _pressed(lambda: commands.give_up(shift, mine, scene, actor=actor),
             _("The place is free for others."))  # fmt: skip
    return redirect(url_for("volunteers.own"))


@pages.page("/volunteers/me/doubt", needs=SIGNED_IN, methods=("GET", "POST"))
def doubt(actor: Actor) -> ResponseReturnValue:
    """Say that hours are wrong."""
    form = Form(forms.DoubtIn)

    def do(service: int, why: str) -> None:
        commands.ask_correction(service, why, actor=actor)

    if form.accepts(do):
        flash(_("It was passed on to who wrote your hours down."), "done")
        return redirect(url_for("volunteers.own"))
    return _own(actor, form)


@pages.page("/volunteers/me/certificate", needs=SIGNED_IN, methods=("POST",))
def certify(actor: Actor) -> ResponseReturnValue:
    """A certificate of everything that stands."""
    mine, form = _mine(actor), Form(Schema)
    if form.accepts(lambda: commands.certify(mine, actor=actor)):
        return redirect(url_for("volunteers.certificate", code=form.result.code))
    flash(str(form.general_errors[0]), "warn")
    return redirect(url_for("volunteers.own"))


@pages.page("/volunteers/certificates/<code>", needs=SIGNED_IN)
def certificate(actor: Actor, code: str) -> ResponseReturnValue:
    """One's own certificate, to print, with a code by which a stranger sees that it is genuine."""
    found = queries.certificate(code)
    mine = _mine(actor)
    if found.volunteer_id != mine.id:
        raise NotFound
    address = url_for("volunteers.check", code=found.code, _external=True)
    return render(
        "volunteers/certificate.html", one=found, words=words, qr_code=qr_code(address),
        address=address.partition("://")[2], code=shown_code(found.code),
    )  # fmt: skip


@pages.page("/verify/<code>", needs=PUBLIC)
def check(actor: Actor, code: str) -> ResponseReturnValue:
    """Whether a certificate is genuine, and what stands of it today; no whole name."""
    found = queries.certificate(code)
    return render(
        "volunteers/check.html", one=found, now=queries.stands_now(found), words=words,
        name=masked_name(found.name), code=shown_code(found.code), layout=layout_of(actor),
    )  # fmt: skip


@pages.page("/console/volunteers", needs=SEE)
def services(actor: Actor) -> ResponseReturnValue:
    """Hours that stand, as a record of volunteering has them; also as a file."""
    return answer(SERVICES, actor, "volunteers/services.html")


@pages.page("/console/volunteers/roll", needs=HANDLE)
def roll(actor: Actor) -> ResponseReturnValue:
    """Everybody on the roll."""
    return answer(ROLL, actor, "volunteers/roll.html")


@pages.page("/console/volunteers/enter", needs=HANDLE, methods=("GET", "POST"))
def enter(actor: Actor) -> ResponseReturnValue:
    """Somebody who signed on paper."""
    streets = rooms.streets_at_work(actor)
    if not streets:
        raise Forbidden
    form = Form(forms.EnterIn)

    def do(name: str, phone: str, skills: str, *, consent: bool) -> Volunteer:
        return commands.enter(streets[0], name=name, phone=phone, skills=skills, actor=actor)

    if form.accepts(do):
        flash(_("On the roll."), "done")
        return redirect(url_for("volunteers.roll"))
    return render("volunteers/enter.html", form.status, form=form)


def _helpers(actor: Actor, code: str, form: Form) -> ResponseReturnValue:
    scene = sessions.access_session(code, actor=actor)
    needle = request.args.get("q", "")[:60]
    return render(
        "volunteers/helpers.html", form.status, form=form, scene=scene, needle=needle, words=words,
        sheets=views.sheets_of(scene, actor), found=queries.looked_for(needle, actor),
        runs=views.runs(scene), desk=bool(actor.reach(HANDLE)),
        over=scene.session.state in ("closed", "cancelled"),
    )  # fmt: skip


def _on(code: str) -> ResponseReturnValue:
    return redirect(url_for("volunteers.helpers", code=code))


@pages.page(_AT, needs=SIGNED_IN, methods=("GET", "POST"))
def helpers(actor: Actor, code: str) -> ResponseReturnValue:
    """Who helps at a session; asking for more help."""
    scene = sessions.access_session(code, actor=actor)
    one, zone = scene.session, clock.zone()
    form = Form(forms.ShiftIn, suggested={
        "need": 2, "start": f"{one.start.astimezone(zone):%H:%M}",
        "end": f"{one.end.astimezone(zone):%H:%M}",
    })  # fmt: skip

    def do(**given: object) -> Shift:
        return commands.add_shift(scene, Need(**forms.at_session(one, given)), actor=actor)

    if form.accepts(do):
        flash(_("Residents see now that help is wanted."), "done")
        return _on(code)
    return _helpers(actor, code, form)


@pages.page(f"{_AT}/<shift>/cancel", needs=SIGNED_IN, methods=("POST",))
def cancel(actor: Actor, code: str, shift: str) -> ResponseReturnValue:
    """The help is not needed after all."""
    scene = sessions.access_session(code, actor=actor)
    found = queries.access_shift(scene, shift, lock=True)
    _pressed(lambda: commands.cancel_shift(scene, found, actor=actor),
             _("Called off: who had it is told."))  # fmt: skip
    return _on(code)


@pages.page(f"{_AT}/<shift>/add", needs=SIGNED_IN, methods=("POST",))
def add(actor: Actor, code: str, shift: str) -> ResponseReturnValue:
    """Somebody on the roll helps, too."""
    scene = sessions.access_session(code, actor=actor)
    form = Form(forms.WhoIn)

    def do(volunteer: str) -> object:
        found = queries.access_shift(scene, shift, lock=True)
        who = queries.access_volunteer(volunteer, found, actor=actor)
        return commands.take(found, who, scene, actor=actor)

    if form.accepts(do):
        flash(_("They help."), "done")
        return _on(code)
    return _helpers(actor, code, form)


@pages.page(f"{_AT}/<shift>/verify", needs=SIGNED_IN, methods=("GET", "POST"))
def verify(actor: Actor, code: str, shift: str) -> ResponseReturnValue:
    """So long somebody helped; or it is taken back."""
    scene = sessions.access_session(code, actor=actor)
    form = Form(forms.VerifyIn)

    def do(volunteer: str, minutes: int, cause: str) -> object:
        found = queries.access_shift(scene, shift, lock=True)
        who = queries.access_volunteer(volunteer, found, actor=actor)
        if minutes:
            return commands.verify(found, who, minutes, scene, cause=cause, actor=actor)
        return commands.void(found, who, scene, cause=cause, actor=actor)

    if form.accepts(do):
        flash(_("Written down."), "done")
        return _on(code)
    return _helpers(actor, code, form)
