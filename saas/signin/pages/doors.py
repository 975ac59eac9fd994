"""What the doors of a district and of the hub have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import flash, request

from saas.kernel.context import Actor, current_scope
from saas.kernel.errors import TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import unit_of_work
from saas.signin import commands, queries, rules
from saas.web import frames
from saas.web.forms import Form

_Found = TypeVar("_Found")


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


def tell_of(wrong: int) -> None:
    """Say to who is in now how many tries were wrong before."""
    if words := commands.words_of_tries(wrong):
        flash(words, "warn")


def begin(owner_id: int, epoch: int) -> str:
    """A sign-in in this browser begins; its key is for the cookie."""
    agent, app = request.user_agent.string, frames.held().get("app")
    return commands.begin(owner_id, epoch, agent=agent, app=app)


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
