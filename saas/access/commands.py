"""Asking for an account, proving the number, a new password by a code; coming in out of an app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.access import queries, rules, tickets
from saas.access.models import App, Identity, Provider, Registration, UsedTicket
from saas.access.oidc import NotVouched
from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.kernel import audit, clock, throttle
from saas.kernel.context import SYSTEM, Actor, current_tenant
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.notices import queries as ways
from saas.signin import commands as signing
from saas.territory.queries import Unit

SIGN_UP, SIGN_IN = "sign_up", "sign_in"


def register(*, name: str, phone: str, password: str, home: Unit, address: str) -> Registration:
    """Ask for an account. Where the district can send messages a code goes to the number at once.

    Whether the number has an account already is told to nobody who has not proved that it is his.
    Raises `Invalid` by field, `TooMany`.
    """
    number = people.usable_phone(phone)
    if number is None:
        told = _l("This is not a mainland mobile or landline number.")
        raise Invalid({"phone": [people.no_phone(told)]})
    if not people.is_home(home):
        raise Invalid({"home": [_l("Choose the courtyard or compound in which you live.")]})
    throttle.use("register", address, limit=rules.REGISTER_LIMIT, window=rules.TRY_WINDOW)
    if ways.can_text():
        notices.send_code(number, SIGN_UP, address=address)
    row = Registration(
        name=name.strip(), phone=number, phone_hash=queries.hash_of(number),
        password_hash=signing.new_hash(password, (name, number)), home_unit_id=home.id,
        at=clock.now(), state="asked",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _is_code(phone: str, purpose: str, code: str, address: str) -> bool:
    """Whether this is the code of the number; wrong ones count for the address, too, so that nobody
    goes from number to number. Raises `TooMany`.
    """
    throttle.ensure_calm("wrong-code", address, limit=rules.CODE_LIMIT)
    right = notices.check_code(phone, purpose, code)
    if not right:
        throttle.count_try("wrong-code", address, window=rules.TRY_WINDOW)
    return right


def confirm_by_code(row: Registration, code: str, *, address: str) -> Person | None:
    """The new account, or None for a wrong code. Raises `Conflict` where the number has one, and
    `TooMany`.
    """
    if not _is_code(row.phone, SIGN_UP, code, address):
        return None
    return _confirm(row, SYSTEM)


def confirm(row: Registration, *, actor: Actor) -> Person:
    """Somebody at the desk has seen who it is and that the number is his."""
    return _confirm(row, actor)


def _confirm(row: Registration, actor: Actor) -> Person:
    home = session.get_one(Unit, row.home_unit_id)
    if people.person_by_phone(row.phone) is not None:
        raise Conflict(
            _l("This number has an account already. Sign in with it, or set a new password.")
        )
    person = accounts.add_person(name=row.name, phone=row.phone, home=home, actor=actor)
    person.password_hash = row.password_hash
    _decide(row, "confirmed", actor)
    row.person_id = person.id
    for other in queries.others_with(row):
        _decide(other, "refused", actor)
    audit.record("access.confirm", "person", person.id, actor=actor, unit_path=home.path)
    return person


def refuse(row: Registration, *, actor: Actor) -> None:
    """It is not who it says, or nobody came."""
    home = session.get_one(Unit, row.home_unit_id)
    _decide(row, "refused", actor)
    audit.record("access.refuse", "registration", row.id, actor=actor, unit_path=home.path)


def _decide(row: Registration, state: str, actor: Actor) -> None:
    row.state, row.decided_at, row.decided_by_id = state, clock.now(), actor.person_id
    row.password_hash = None


def send_new_code(row: Registration, *, address: str) -> None:
    """Once more: the first one did not arrive."""
    notices.send_code(row.phone, SIGN_UP, address=address)


def forgot(*, phone: str, address: str) -> None:
    """Send a code with which a new password can be set; the same whether anybody has the number.

    Raises as `notices.send_code` does.
    """
    notices.send_code(phone, SIGN_IN, address=address)


def set_by_code(*, phone: str, code: str, password: str, address: str) -> Person | None:
    """The resident with the new password, or None for a wrong code.

    Raises `Invalid` for a bad password, `Conflict` for who cannot help himself this way, `TooMany`.
    No password is hashed, which is dear, before the number is proved.
    """
    if not _is_code(phone, SIGN_IN, code, address):
        return None
    person, resident_only = queries.resident_with(phone)
    if person is None:
        raise Conflict(_l("This number has no account yet. You can register with it."))
    if not resident_only:
        raise Conflict(_l("You hold a post: your district administrator gives you a new password."))
    accounts.set_password(person, password)
    audit.record(
        "accounts.set_password", "person", person.id, actor=Actor("person", person.id, person.name)
    )
    return person


# Apps that show the district inside themselves


def add_app(
    *, name: str, issuer: str, algorithm: str, key: str, ancestors: Sequence[str], actor: Actor
) -> App:
    """Let another app show this district and bring residents in. Raises `Invalid` by field."""
    if not key:
        raise Invalid({"key": [_l("Paste the key that the app's operator has given you.")]})
    row = App(
        code=new_token()[:_CODE], name=name, issuer=issuer, algorithm=algorithm,
        key=_usable(algorithm, key), ancestors=list(ancestors),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record("access.add_app", "app", row.id, actor=actor)
    return row


#: Letters and digits of an app's code, which stands in the address that it opens.
_CODE = 8


def change_app(
    row: App, *, name: str, issuer: str, algorithm: str, key: str, ancestors: Sequence[str],
    actor: Actor,
) -> None:  # fmt: skip
    """Change what is known of an app; an empty ``key`` leaves the one that is there."""
    row.key = _usable(algorithm, key or row.key)
    row.name, row.issuer, row.algorithm = name, issuer, algorithm
    row.ancestors = list(ancestors)
    audit.record("access.change_app", "app", row.id, actor=actor)


def _usable(algorithm: str, key: str) -> str:
    try:
        tickets.key_of(algorithm, key)
    except tickets.UnusableKey:
        raise Invalid({"key": [_NO_KEY]}) from None
    return key


_NO_KEY = _l(
    "Tickets cannot be checked with this. Give a public key as PEM (RSA of 2048 bits or more, or EC"
    " P-256) that fits the way of signing, or a secret of 32 signs or more."
)


def set_open(row: App, *, active: bool, actor: Actor) -> None:
    """Let it bring people in, or not: who is in by it is then out with the next page."""
    row.active = active
    audit.record("access.open_app" if active else "access.close_app", "app", row.id, actor=actor)


def read_ticket(app: App, text: str) -> tickets.Ticket:
    """What a ticket of this app says, if it is good for this district. Raises `TicketRefused`."""
    now = clock.to_world(clock.now())
    return tickets.read(
        text, algorithm=app.algorithm, key=app.key, issuer=app.issuer,
        audience=current_tenant().code, now=now,
    )  # fmt: skip


def use_ticket(app: App, text: str) -> tuple[str, Person | None]:
    """Use a ticket up: who it is for as a hash, and whom it is known to mean. By nothing else is
    anybody recognised, not by a name nor by a telephone number. Raises `TicketRefused`.
    """
    ticket = read_ticket(app, text)
    session.execute(sa.delete(UsedTicket).where(UsedTicket.until < _forgotten()))
    hashed = lookup_hash(f"ticket:{app.id}:{ticket.number}")
    once = insert(UsedTicket).values(app_id=app.id, ticket_hash=hashed, until=ticket.until)
    used = session.scalars(once.on_conflict_do_nothing().returning(UsedTicket.id)).first()
    if used is None:
        raise tickets.TicketRefused
    subject = queries.subject_hash(app, ticket.subject)
    person = queries.person_of(app, subject)
    if person is not None and not queries.is_resident_only(person):
        raise Conflict(_POST)
    return subject, person


def _forgotten() -> datetime:
    return clock.to_world(clock.now()) - 2 * rules.CLOCKS_DIFFER


_POST = _l("You hold a post here: sign in with your password, outside this app.")


def link(app: App, subject: str, *, actor: Actor) -> Identity:
    """From now on the app's ticket for this subject means ``actor``, who is signed in and says so.

    Raises `Conflict` for who holds a post, and where the subject means somebody else already.
    """
    person = people.find_person(actor.person_id) if actor.person_id else None
    if person is None or not queries.is_resident_only(person):
        raise Conflict(_POST)
    row = insert(Identity).values(
        app_id=app.id, subject_hash=subject, person_id=person.id, linked_at=clock.now()
    )
    found = session.scalars(row.on_conflict_do_nothing().returning(Identity)).first()
    if found is None:
        raise Conflict(_l("This app knows you by another account here already."))
    audit.record("access.link", "person", person.id, actor=actor)
    return found


def add_provider(
    *, name: str, issuer: str, client_id: str, secret: str, active: bool, actor: Actor
) -> Provider:
    """Let another one vouch for people here. Raises `Invalid` by field."""
    if not secret:
        raise Invalid({"secret": [_l("Paste the secret that the other side has given you.")]})
    row = Provider(
        code=new_token()[:_CODE], name=name, issuer=_free_issuer(issuer), client_id=client_id,
        secret=secret, active=active,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record("access.add_provider", "provider", row.id, actor=actor)
    return row


def change_provider(
    row: Provider, *, name: str, issuer: str, client_id: str, secret: str, active: bool,
    actor: Actor,
) -> None:  # fmt: skip
    """Change one; an empty ``secret`` leaves the one that is there. Another issuer is another one:
    whom the old one meant it does not mean.
    """
    if issuer != row.issuer:
        row.issuer = _free_issuer(issuer)
        session.execute(sa.delete(Identity).where(Identity.provider_id == row.id))
    row.name, row.client_id, row.active = name, client_id, active
    row.secret = secret or row.secret
    audit.record("access.change_provider", "provider", row.id, actor=actor)


def _free_issuer(issuer: str) -> str:
    if session.scalar(sa.select(Provider.id).where(Provider.issuer == issuer)) is not None:
        raise Invalid({"issuer": [_l("This one is there already.")]})
    return issuer


def link_vouched(provider: Provider, subject: str, *, actor: Actor) -> None:
    """From now on this subject of one who vouches means ``actor``, who is signed in and says so.

    Raises `NotVouched` for nobody, `Conflict` where the subject means somebody else already.
    """
    if actor.person_id is None or actor.proof is None:
        raise NotVouched
    row = insert(Identity).values(
        provider_id=provider.id, subject_hash=subject, person_id=actor.person_id,
        linked_at=clock.now(),
    )  # fmt: skip
    added = session.scalars(row.on_conflict_do_nothing().returning(Identity.id)).first()
    person = queries.person_vouched(provider, subject)
    if added is None and (person is None or person.id != actor.person_id):
        raise Conflict(_l("This account there means somebody else here already."))
    audit.record("access.link", "person", actor.person_id, actor=actor)


def unlink(row: Identity, *, actor: Actor) -> None:
    """The app's tickets mean nobody again, until somebody links anew."""
    session.delete(row)
    audit.record("access.unlink", "person", row.person_id, actor=actor)
