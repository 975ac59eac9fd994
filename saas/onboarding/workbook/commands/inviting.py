"""Invitations for everybody whom an import added, made out and shown once."""

from __future__ import annotations

from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.commands import Keys
from saas.accounts.queries import Person
from saas.kernel.context import Actor
from saas.kernel.errors import NotFound
from saas.onboarding.workbook.commands.keeping import IMPORTS, ensure_imports


def invite_new(*, actor: Actor) -> list[tuple[Person, Keys]]:
    """An invitation for each person who is new by the last import and has no password yet.

    Nothing keeps them: asked for again there are none. Raises `NotFound` then.
    """
    ensure_imports(actor)
    held = IMPORTS.held(actor, kind="workbook", lock=True)
    ids = held.outcome.get("people", []) if held and held.state == "done" else []
    if held is None or not ids:
        raise NotFound
    held.outcome = {**held.outcome, "people": []}
    found = (people.find_person(person_id) for person_id in ids)
    return [
        (person, accounts.invite(person, actor=actor))
        for person in found
        if person is not None and not person.disabled_at and not person.password_hash
    ]
