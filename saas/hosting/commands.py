"""Letting operators look in, and ending it."""

from __future__ import annotations

from saas.accounts import commands as accounts
from saas.accounts.commands import Keys
from saas.hosting import queries, rules, words
from saas.hosting.models import SupportEntry, SupportGrant
from saas.jobs.queue import JOBS
from saas.kernel import audit, clock
from saas.kernel.context import SYSTEM, Actor, current_tenant, entering
from saas.kernel.crypto import new_token, token_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict, NotFound
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.kernel.unit_of_work import after_commit, unit_of_work
from saas.notices.commands import notify
from saas.signin.queries import world_now
from saas.tenancy import commands as tenancy
from saas.territory import queries as units


def grant_support(*, reason: str, actor: Actor) -> SupportGrant:
    """Let the operators of the service look into this district for two hours, and tell them."""
    if actor.person_id is None or queries.living_grant():
        raise Conflict(_l("The operators may look in already."))
    now = world_now()
    grant = SupportGrant(
        reason=reason,
        granted_by_id=actor.person_id,
        granted_at=now,
        ends_at=now + rules.SUPPORT_LASTS,
    )
    session.add(grant)
    session.flush()
    audit.record("hosting.grant_support", "support", grant.id, actor=actor)
    JOBS["hosting.end_support"].enqueue(at=clock.now() + rules.SUPPORT_LASTS, grant=grant.id)
    _tell_hub(grant)
    return grant


def withdraw_support(*, actor: Actor) -> None:
    """Nobody looks in any more, from this moment on."""
    for grant in queries.open_grants():
        _end(grant, "hosting.withdraw_support", actor=actor)
    _tell_hub(None)


def forget_grants() -> None:
    """What was granted before a district left lets nobody in where it came back."""
    for grant in queries.open_grants():
        _end(grant, "hosting.withdraw_support", actor=SYSTEM)


def run_out(grant_id: int, *, actor: Actor) -> None:
    """The two hours are over: that is written down too. Nobody was in any more."""
    grant = queries.find_grant(grant_id)
    if grant is not None and grant.ended_at is None and grant.ends_at <= world_now():
        _end(grant, "hosting.support_ran_out", actor=actor)


def _end(grant: SupportGrant, action: str, *, actor: Actor) -> None:
    grant.ended_at = world_now()
    for entry in queries.open_entries([grant.id]):
        entry.ended_at = grant.ended_at
    audit.record(action, "support", grant.id, actor=actor)


def _tell_hub(grant: SupportGrant | None) -> None:
    """The hub shows its operators that there is something to press, once it is stored here; what it
    opens is decided here alone. Why stays here, too: it may name somebody.
    """
    code, until = current_tenant().code, grant.ends_at if grant else None

    def tell() -> None:
        with entering(wired().hub), unit_of_work():
            tenancy.note_support(code, until=until)

    after_commit(tell)


def new_ticket(*, actor: Actor) -> str:
    """A ticket for an operator of the hub, good once and for a minute. Raises `NotFound` while the
    district lets nobody look in: then there is nothing to see for an operator.
    """
    grant, now, token = queries.living_grant(), world_now(), new_token()
    if grant is None or actor.kind != "operator" or actor.proof is None or actor.id is None:
        raise NotFound
    session.add(
        SupportEntry(
            grant_id=grant.id,
            operator_id=actor.id,
            operator_login=actor.login,
            operator_name=actor.name,
            hub_sign_in=actor.proof.id,
            key_hash=token_hash(token),
            ticket_until=now + rules.TICKET_LASTS,
        )
    )
    return token


def enter(token: str) -> tuple[str, int, int]:
    """Use a ticket up; what comes back is for the cookie: the key, which is kept nowhere else, and
    the operator with the sign-in in the hub.
    """
    entry, _grant = queries.access_ticket(token, lock=True)
    key = new_token()
    entry.key_hash, entry.entered_at = token_hash(key), world_now()
    audit.record("hosting.enter_support", "support", entry.grant_id, actor=_operator(entry))
    return key, entry.operator_id, entry.hub_sign_in


def leave(entry: SupportEntry) -> None:
    """The operator has seen enough; the grant stays as it is."""
    entry.ended_at = world_now()
    audit.record("hosting.leave_support", "support", entry.grant_id, actor=_operator(entry))


def invite_administrator(
    *, administrator: str, login: str, reason: str, actor: Actor
) -> tuple[Keys, int]:
    """Another one who administers the district at work, where nobody does so any more; who still
    holds such a post is told. Raises `Conflict` where somebody was in lately: a district that has
    its own people is opened by nobody else.
    """
    if queries.is_administered():
        raise Conflict(_l("An administrator was in lately: the district invites its own people."))
    told, root = [one.id for one in queries.administrators()], units.root()
    if root is None:
        raise Conflict
    person = accounts.set_up_administrator(
        name=administrator, login=login, unit=root, token_hash=None, actor=SYSTEM
    )
    keys = accounts.invite(person, actor=SYSTEM)
    who = Actor("operator", None, actor.name, actor.login)
    audit.record("hosting.invite_administrator", "person", person.id, actor=who, reason=reason)
    notify(told, words.ADMINISTRATOR_INVITED, path=f"/people/{person.id}", reason=reason)
    session.flush()
    return keys, person.id


def offer_edition(edition: str, *, actor: Actor) -> int:
    """Tell those who administer the district at work of an edition that it could take; into how
    many inboxes that went.
    """
    if edition not in queries.editions()[1]:
        raise Conflict(_l("The district cannot take this edition any more."))
    key, _at, version = edition.partition("@")
    who = Actor("operator", None, actor.name, actor.login)
    audit.record("hosting.offer_edition", "package", None, actor=who, edition=edition)
    reached = notify(
        [one.id for one in queries.administrators()],
        words.EDITION_OFFERED,
        path=f"/model/upgrade/{key}/{version}",
        once=f"edition:{edition}",
        edition=edition,
    )
    session.flush()
    return reached


def _operator(entry: SupportEntry) -> Actor:
    """Who it was in the hub, by name; the id is of no person here."""
    return Actor("operator", None, entry.operator_name, entry.operator_login)
