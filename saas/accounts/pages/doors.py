"""Signing in and out, and the links with which people set a password."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from flask import session as web_session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from saas.accounts import commands, queries
from saas.accounts.models import Person, SignInLink
from saas.accounts.pages.blueprint import pages
from saas.accounts.schemas import CodeIn, PasswordIn, SignInIn
from saas.api.bearer import TokenRefused, bearer
from saas.api.pace import ensure_slow_enough
from saas.kernel.context import Actor, Tenant, current_scope, current_tenant
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import unit_of_work
from saas.signin.pages import devices, doors
from saas.signin.pages.doors import begin, entered, leave, note_seen
from saas.signin.queries import world_now
from saas.web import frames, security, slips
from saas.web.address import caller_address
from saas.web.forms import Form
from saas.web.pages import EVERYBODY, PUBLIC, render

#: What a session knows of a link that was opened by its code: the district and the link.
_OPENED = "opened_link"
login = LoginManager()
login.session_protection = None  # addresses and browsers of phones change during a day


class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps of a person: id, and the key of the sign-in in this browser."""

    def __init__(self, actor: Actor, key: str) -> None:
        self.actor = actor
        self.id = f"{actor.id}.{key}"


@login.user_loader  # type: ignore[untyped-decorator]
def _load(held: str) -> SignedIn | None:
    person_id, _, key = held.partition(".")
    if not (isinstance(current_scope(), Tenant) and person_id.isdigit()):
        return None
    actor = queries.load_signed_in(int(person_id), key)
    if actor is None:
        return None
    note_seen(actor)
    return SignedIn(actor, key)


def signed_in_actor() -> Actor | None:
    """Who calls: by a token where one was sent, else the person of this session; or None.

    Raises `TokenRefused` for a token that opens nothing, `TooMany` for one that calls too often.
    """
    text = bearer()
    if text is None or current_tenant().staff_only:  # no program is let in before it is open
        return getattr(current_user, "actor", None)
    caller = queries.caller_by_token(text)
    if caller is None:
        raise TokenRefused
    ensure_slow_enough(caller.actor)
    if caller.unnoted and not current_tenant().read_only:
        with unit_of_work():  # on its own: a read is rolled back, and this is to stay
            commands.note_use(caller.actor.id or 0)
    return caller.actor


def start_session(
    person: Person, *, proved_at: datetime | None = None, ends_at: datetime | None = None
) -> None:
    """Sign ``person`` in on this device; who was signed in before is out, and what the session held
    is thrown away.
    """
    leave(getattr(current_user, "actor", None))
    _forget(slips.KEY)
    commands.note_sign_in(person)
    actor = queries.load_actor(person.id)
    if actor is not None:
        web_session.permanent = True
        key = begin(person.id, person.session_epoch, proved_at=proved_at, ends_at=ends_at)
        login_user(SignedIn(actor, key))


def arrive(
    person: Person, *, onward: str | None = None, wrong: int = 0, words: Any = None
) -> Response:
    """Let ``person`` in, who has given a right password or what stands for it; or on to the second
    step, where that is asked for.
    """
    return doors.arrive(
        commands.as_owner(person),
        lambda ends_at: start_session(person, ends_at=ends_at),
        onward=onward or home(),
        wrong=wrong,
        words=words,
    )


def admit(person_id: int, epoch: int) -> bool:
    """Let somebody in who has given the second step too, unless all sign-ins ended meanwhile."""
    person = queries.find_person(person_id)
    if person is None or person.disabled_at or person.session_epoch != epoch:
        return False
    start_session(person, proved_at=world_now())
    return True


def _forget(*also: str) -> None:
    """Empty the session but for how and in which app it is read, and what else is to stay."""
    kept = {
        key: web_session[key]
        for key in ("locale", "elder", frames.KEY, *also)
        if key in web_session
    }
    web_session.clear()
    web_session.update(kept)


@pages.page("/sign-in", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def sign_in(actor: Actor) -> ResponseReturnValue:
    """The district's door. Who is unknown and who mistyped get the same sentence."""
    form = Form(SignInIn)
    if (found := entered(form, _check)) is not None:
        devices.remember(commands.name_typed(form.result["login"]))
        onward = security.own_path(request.form.get("next"))
        return arrive(found[0], onward=onward, wrong=found[1])
    onward = request.values.get("next", "")
    return render(
        "accounts/sign_in.html",
        form.status,
        form=form,
        onward=onward,
        vouching=wired().vouching(),
    )


def _check(login: str, password: str) -> tuple[Person, int] | None:
    device = devices.known_by(commands.name_typed(login))
    return commands.sign_in(name=login, password=password, address=caller_address(), device=device)


def home() -> str:
    """The district's first page."""
    return f"{request.script_root}/"


@pages.page("/sign-out", needs=PUBLIC, methods=("POST",), early=EVERYBODY)
def sign_out(actor: Actor) -> ResponseReturnValue:
    """Leave on this device: what was copied from it opens nothing any more."""
    sign_out_here(actor)
    return redirect(home())


def sign_out_here(actor: Actor) -> None:
    """Whoever is signed in on this device is out, and nothing is left of the session."""
    leave(actor)
    logout_user()
    _forget()
    frames.leave()


@pages.page("/welcome/<token>", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def welcome(actor: Actor, token: str) -> ResponseReturnValue:
    """An invitation or a reset: choose a password and be signed in."""
    link = queries.living_link(token)
    form = Form(PasswordIn)
    if form.accepts(lambda password: commands.use_link(token, password=password)):
        return arrive(form.result, words=_l("Your password is set. You are signed in."))
    return _choose(form, link)


def _choose(form: Form, link: SignInLink) -> ResponseReturnValue:
    person = queries.find_person(link.person_id)
    return render("accounts/welcome.html", form.status, form=form, person=person, link=link)


@pages.page("/welcome", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def by_code(actor: Actor) -> ResponseReturnValue:
    """The short code of a slip, typed; it is good at this district's door alone."""
    form = Form(CodeIn)
    if form.accepts(lambda code: commands.link_by_code(code, address=caller_address())):
        if form.result is not None:
            web_session[_OPENED] = [current_tenant().key, form.result.id]
            return redirect(url_for("accounts.by_slip"))
        form.errors = {
            "code": [
                _l(
                    "No invitation of this district has this code. It may be used or over: ask for"
                    " a new slip."
                )
            ]
        }
    return render("accounts/code.html", form.status, form=form)


@pages.page("/welcome/slip", needs=PUBLIC, methods=("GET", "POST"), early=EVERYBODY)
def by_slip(actor: Actor) -> ResponseReturnValue:
    """The password, for whoever has just typed a code."""
    where, link_id = web_session.get(_OPENED, (None, 0))
    if where != current_tenant().key:
        return redirect(url_for("accounts.by_code"))
    link = queries.opened_link(link_id)
    form = Form(PasswordIn)
    if form.accepts(lambda password: commands.use_opened_link(link.id, password=password)):
        return arrive(form.result, words=_l("Your password is set. You are signed in."))
    return _choose(form, link)
