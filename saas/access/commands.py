"""Asking for an account, proving the number, and a new password by a code."""

from __future__ import annotations

from saas.access import queries, rules
from saas.access.models import Registration
from saas.accounts import commands as accounts
from saas.accounts import queries as people
from saas.accounts.queries import Person
from saas.kernel import audit, clock, throttle
from saas.kernel.context import SYSTEM, Actor
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands as notices
from saas.notices import queries as ways
from saas.territory.queries import Unit

SIGN_UP, SIGN_IN = "sign_up", "sign_in"


def register(*, name: str, phone: str, password: str, home: Unit, address: str) -> Registration:
    """Ask for an account. Where the district can send messages a code goes to the number at once.

    Whether the number has an account already is told to nobody who has not proved that it is his.
    Raises `Invalid` by field, `TooMany`.
    """
    number = people.usable_phone(phone)
    if number is None:
        raise Invalid({"phone": [_l("This is not a mainland mobile or landline number.")]})
    if not people.is_home(home):
        raise Invalid({"home": [_l("Choose the courtyard or compound in which you live.")]})
    hashed = accounts.new_hash(password)
    throttle.ensure_calm("register", address, limit=rules.REGISTER_LIMIT)
    throttle.count_try("register", address, window=rules.REGISTER_WINDOW)
    row = Registration(
        name=name.strip(), phone=number, phone_hash=queries.hash_of(number), password_hash=hashed,
        home_unit_id=home.id, at=clock.now(), state="asked",
    )  # fmt: skip
    session.add(row)
    session.flush()
    if ways.can_text():
        notices.send_code(number, SIGN_UP, address=address)
    return row


def confirm_by_code(row: Registration, code: str) -> Person | None:
    """The new account, or None for a wrong code. Raises `Conflict` where the number has one."""
    if not notices.check_code(row.phone, SIGN_UP, code):
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


def set_by_code(*, phone: str, code: str, password: str) -> Person | None:
    """The resident with the new password, or None for a wrong code.

    Raises `Invalid` for a bad password, `Conflict` for who cannot help himself this way.
    """
    accounts.new_hash(password)
    if not notices.check_code(phone, SIGN_IN, code):
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
