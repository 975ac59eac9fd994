"""Signing up in one page, for oneself or at the desk; one's own sign-ups; the slip."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.activities import commands, forms, permissions, queries, rules, views, words
from saas.activities.commands import Answer, Coming
from saas.activities.pages.blueprint import pages
from saas.activities.queries import SignUp
from saas.bookings.forms import CodeIn
from saas.kernel import clock
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.errors import Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import queries as organisations
from saas.web import slips
from saas.web.forms import Form
from saas.web.pages import PUBLIC, SIGNED_IN, render
from saas.web.pictures import qr_code
from saas.web.shell import layout_of

_DOOR: Final = "activities.wrong"
_NO_SUCH: Final = _l("There is no sign-up with this code. Look at the slip once more.")


def _parties(capacity: int | None) -> list[tuple[int, str]]:
    return [(n, str(n)) for n in range(1, min(capacity or 1, rules.MOST_PARTY) + 1)]


def _begin(**more: object) -> dict[str, object]:
    return {"submission": new_token(), "party": 1, **more}


@pages.page("/activities/s/<code>/sign-up", needs=SIGNED_IN, methods=("GET", "POST"))
def sign_up(actor: Actor, code: str) -> ResponseReturnValue:
    """How many, pictures yes or no, done; whoever is signed up goes on to that."""
    scene = queries.public_session(code, actor=actor)
    pool = queries.pool_of(scene.session)
    if mine := queries.own_living(pool.id, actor):
        return redirect(url_for("activities.ticket", code=mine.code))
    form = Form(forms.ComingIn, suggested=_begin())

    def do(submission: str | None, **given: object) -> SignUp:
        return commands.sign_up(scene, Coming(**given), submission=submission, actor=actor)  # type: ignore[arg-type]

    if form.accepts(do):
        return redirect(url_for("activities.ticket", code=form.result.code, made=1))
    return render(
        "activities/sign_up.html", form.status, form=form, record=views.record_of(scene, actor),
        parties=_parties(pool.capacity), words=words, layout=layout_of(actor), desk=False,
    )  # fmt: skip


@pages.page("/activities/s/<code>/enter", needs=SIGNED_IN, methods=("GET", "POST"))
def enter(actor: Actor, code: str) -> ResponseReturnValue:
    """Sign somebody up at the desk or on the telephone; after it the slip."""
    scene = queries.access_session(code, actor=actor)
    if not permissions.handles(actor, scene):
        raise NotFound
    pool = queries.pool_of(scene.session)
    form = Form(forms.EnterIn, suggested=_begin(channel="desk", photo_consent="no"))

    def do(submission: str | None, **given: object) -> SignUp:
        return commands.sign_up(scene, Coming(**given), submission=submission, actor=actor)  # type: ignore[arg-type]

    if form.accepts(do):
        return redirect(url_for("activities.slip", code=form.result.code, made=1))
    return render(
        "activities/sign_up.html", form.status, form=form, record=views.record_of(scene, actor),
        parties=_parties(pool.capacity), words=words, layout=layout_of(actor), desk=True,
    )  # fmt: skip


@pages.page("/activities/sign-ups/<code>", needs=PUBLIC, methods=("GET", "POST"))
def ticket(actor: Actor, code: str) -> ResponseReturnValue:
    """A sign-up: how it stands, where in the queue; answering an offer, leaving."""
    signup, scene = queries.access_signup(code, actor=actor, lock=request.method == "POST")
    form = Form(forms.AnswerIn)

    def do(verb: str, reason: str, seen: int | None) -> None:
        deed = Answer(verb=verb, reason=reason)
        commands.answer(signup, deed, scene, seen=seen, actor=actor)

    if form.accepts(do):
        flash(_("%(did)s.", did=words.SIGNUP_VERBS[form.values["verb"]].done), "done")
        return redirect(url_for("activities.ticket", code=code))
    return render(
        "activities/ticket.html", form.status, form=form, words=words, views=views,
        ticket=views.ticket_of(signup, scene, actor), layout=layout_of(actor),
        made=request.args.get("made", ""),
    )  # fmt: skip


@pages.page("/activities/sign-ups/<code>/slip", needs=PUBLIC)
def slip(actor: Actor, code: str) -> ResponseReturnValue:
    """A slip to print: what, when, where, code to scan. It says nothing of anybody."""
    signup, scene = queries.access_signup(code, actor=actor)
    address = url_for("activities.open_slip", code=code, _external=True)
    return render(
        "activities/slip.html", ticket=views.ticket_of(signup, scene, actor),
        qr_code=qr_code(address), made=request.args.get("made", ""),
    )  # fmt: skip


@pages.page("/a/<code>", needs=PUBLIC)
def open_slip(actor: Actor, code: str) -> ResponseReturnValue:
    """What the code on the slip leads to: on to the sign-up, which this device may open now."""
    found = queries.find_by_slip(code)
    if found is None:
        slips.count_wrong(_DOOR)
        raise NotFound(_NO_SUCH)
    return redirect(_opened(found.code))


@pages.page("/activities/find", needs=PUBLIC, methods=("GET", "POST"))
def find(actor: Actor) -> ResponseReturnValue:
    """Type the code of a slip; and what this device has opened before."""
    form = Form(CodeIn)
    if form.accepts(_typed):
        return redirect(form.result)
    own = queries.own_signups(actor) if actor.slips else []
    return render("activities/find.html", form.status, form=form, own=own, words=words,
                  views=views)  # fmt: skip


def _typed(code: str) -> str:
    """Where the reader goes on with the code of a slip. Raises `Invalid`, or `TooMany`."""
    found = queries.find_by_slip(code)
    if found is None:
        slips.count_wrong(_DOOR)
        raise Invalid({"code": [_NO_SUCH]})
    return _opened(found.code)


def _opened(code: str) -> str:
    slips.keep(code)
    return url_for("activities.ticket", code=code)


@pages.page("/activities/mine", needs=SIGNED_IN)
def own(actor: Actor) -> ResponseReturnValue:
    """What the reader signed up for: to come, and of the past half year."""
    found, now = queries.own_signups(actor), clock.now()
    living = [row for row in found if row[0].state in rules.LIVING and row[1].session.end > now]
    return render(
        "activities/own.html", coming=list(reversed(living)),
        past=[row for row in found if row not in living], words=words, views=views,
        groups=organisations.own_groups(actor), ours=queries.of_own_groups(actor),
        layout=layout_of(actor),
    )  # fmt: skip
