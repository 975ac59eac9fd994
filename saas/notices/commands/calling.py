"""Calls to those whom no channel reaches: asked for, tried in vain, made."""

from __future__ import annotations

from saas.kernel import audit, clock
from saas.kernel.context import Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import chain, words
from saas.notices.events import person_reached
from saas.notices.models import CallTask


def ask_call(
    kind: words.Kind,
    *,
    path: str,
    about: str,
    calls: int,
    person_id: int | None = None,
    phone: str | None = None,
    name: str | None = None,
    **facts: object,
) -> None:
    """Have somebody called whom nothing has reached, unless a call about it is open already.

    Without a person and without a number there is nobody to call.
    """
    if person_id is None and phone is None:
        return
    matter = chain.Matter(kind, path, about, words.storable(kind, facts), calls)
    chain.ask_call(
        matter,
        why="no_way",
        person_id=person_id,
        phone=None if person_id else phone,
        name=name,
    )


def call_reached(call: CallTask, *, answer: str, actor: Actor) -> None:
    """The person was reached and said this. ``call`` comes locked from its door."""
    _ensure_open(call)
    if not answer.strip():
        raise Invalid({"answer": [_l("Write what was said.")]})
    call.state, call.answer = "reached", answer.strip()
    _tried(call)
    call.done_at, call.done_by_id = clock.now(), actor.person_id
    audit.record("notices.call_reached", "call", call.id, actor=actor, tries=call.tries)
    session.flush()
    person_reached.send(call.about, kind=call.kind)


def call_missed(call: CallTask, *, actor: Actor) -> None:
    """The person was called in vain; it is tried again."""
    _ensure_open(call)
    _tried(call)
    audit.record("notices.call_missed", "call", call.id, actor=actor, tries=call.tries)


def show_number(call: CallTask, *, actor: Actor) -> str | None:
    """The number to call, in full; that somebody looked is written down."""
    number = chain.phone_of(call)
    audit.record("notices.show_number", "call", call.id, actor=actor, known=number is not None)
    return number


def _tried(call: CallTask) -> None:
    call.tries, call.tried_at = call.tries + 1, clock.now()


def _ensure_open(call: CallTask) -> None:
    if call.state != "open":
        raise Conflict(_l("This call is settled already."))
