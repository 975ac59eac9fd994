"""What the doors of a district and of the hub have in common: from a right password to being in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from flask import flash, redirect, request, url_for
from flask import session as web_session
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from saas.kernel.context import Actor, current_scope
from saas.kernel.errors import TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import commands, queries, rules
from saas.signin.rules import Owner
from saas.web import frames
from saas.web.forms import Form

_Found = TypeVar("_Found")
#: What a session holds of who has given the right password and not yet the second step.
_PENDING: Final = "second"


def entered(
    form: Form, check: Callable[..., tuple[_Found, int] | None]
) -> tuple[_Found, int] | None:
    """Who fits to the name and the password that were typed, and how many tries were wrong before;
    None with the form's errors filled where nobody does, or nothing was sent.

    ``check`` gets what was typed. It stores the try before it checks it, so it is no command of
    the form, which would be undone.
    """
    if not form.accepts(dict):
        return None
    try:
        found = check(**form.result)
    except TooMany as error:
        form.refuse(error)
        return None
    if found is None:
        form.errors = {"password": [_l("Name and password do not fit together.")]}
    return found


@dataclass(frozen=True, slots=True)
class Pending:
    """One who waits between the password and the second step, or has to ``set_up`` one first."""

    id: int
    epoch: int
    name: str
    onward: str
    wrong: int
    set_up: bool
    at: float


def arrive(
    owner: Owner,
    let_in: Callable[[datetime | None], None],
    *,
    onward: str,
    wrong: int = 0,
    words: Any = None,
) -> Response:
    """On from a right password: in by ``let_in``, which gets until when at most, or to the second
    step. ``words`` are said to who is in.
    """
    has, now = bool(queries.ways_of(owner.id)), queries.world_now()
    step = rules.standing(has=has, required=owner.required, due_at=owner.due_at, now=now)
    if step == "in":
        let_in(owner.due_at if owner.required else None)
        greet(wrong, words)
        return redirect(onward)
    web_session[_PENDING] = {
        "id": owner.id,
        "epoch": owner.epoch,
        "name": owner.name,
        "onward": onward,
        "wrong": wrong,
        "set_up": step == "set_up",
        "at": now.timestamp(),
    }
    return redirect(url_for("signin.second" if step == "ask" else "signin.set_up"))


def greet(wrong: int, words: Any = None) -> None:
    """What is said to who is in: what was done, and how many tries were wrong before."""
    if words:
        flash(words, "done")
    if told := commands.words_of_tries(wrong):
        flash(told, "warn")


def pending() -> Pending | None:
    """Who waits in this browser; nobody after a while."""
    held = web_session.get(_PENDING)
    lasts = rules.PENDING_LASTS.total_seconds()
    if not held or queries.world_now().timestamp() - held["at"] > lasts:
        return None
    return Pending(**held)


def begin(
    owner_id: int,
    epoch: int,
    *,
    proved_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> str:
    """A sign-in in this browser begins; its key is for the cookie.

    The token of its forms is made at once: of two pages that are opened together right afterwards
    each would else bring a cookie with a token of its own, and only one of their forms could go.
    """
    generate_csrf()
    agent, app = request.user_agent.string, frames.held().get("app")
    return commands.begin(
        owner_id, epoch, agent=agent, app=app, proved_at=proved_at, ends_at=ends_at
    )


def leave(actor: Actor | None) -> None:
    """The sign-in of this browser is over, for every copy of its cookie."""
    if actor and actor.proof is not None:
        commands.end(actor.proof.id)


def note_seen(actor: Actor) -> None:
    """Write down every few minutes that this sign-in is used: where only something is read, and in
    a transaction of its own, because what is read is rolled back.
    """
    scope, proof = current_scope(), actor.proof
    if proof is None or request.method != "GET" or scope is None or scope.read_only:
        return
    if rules.seen_to_note(proof.seen_at, queries.world_now()):
        with unit_of_work():
            commands.note_seen(proof.id)
