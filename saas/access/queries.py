"""Who waits to be let in, and the apps from which residents come."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from saas.access import rules
from saas.access.models import App, Identity, Provider, Registration, number_of
from saas.accounts import queries as people
from saas.accounts.permissions import MANAGE
from saas.accounts.queries import Person
from saas.kernel import clock
from saas.kernel.codes import plain_digits
from saas.kernel.context import Actor
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.territory.queries import Unit, within


def _waiting(actor: Actor) -> sa.Select[tuple[Registration, Unit]]:
    return (
        sa.select(Registration, Unit)
        .join(Unit, Unit.id == Registration.home_unit_id)
        .where(
            Registration.state == "asked",
            Registration.at > clock.now() - rules.LASTS,
            within(actor.reach(MANAGE)),
        )
    )


def waiting(actor: Actor, asked: str = "") -> Sequence[tuple[Registration, Unit]]:
    """Those who wait where ``actor`` manages people, with their homes, the newest first: the last
    200 of all, or of those whose name or number has what was ``asked`` for.
    """
    query = _waiting(actor)
    if asked:
        numbered = Registration.id.in_(_numbered(actor, plain_digits(asked)))
        query = query.where(sa.or_(numbered, has_words(asked, Registration.name)))
    found = session.execute(query.order_by(Registration.id.desc()).limit(200))
    return [(row, unit) for row, unit in found]


def _numbered(actor: Actor, digits: str) -> list[int]:
    """Those in whose number these digits stand; it is in no column."""
    if not digits.isdecimal():
        return []
    all_of_them = session.execute(
        _waiting(actor).with_only_columns(Registration.id, Registration.at)
    )
    return [key for key, at in all_of_them if digits in plain_digits(number_of(at, key))]


def count_waiting(actor: Actor) -> int:
    """How many wait there."""
    query = sa.select(sa.func.count()).select_from(_waiting(actor).subquery())
    return session.scalars(query).one()


def access_waiting(registration_id: int, *, actor: Actor) -> Registration:
    """One that ``actor`` may decide on, locked; else `NotFound`."""
    query = (
        _waiting(actor).where(Registration.id == registration_id).with_for_update(of=Registration)
    )
    found: Registration | None = session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def own(registration_id: object) -> Registration | None:
    """What this device asked for and still waits, locked: the id comes from its session."""
    if not isinstance(registration_id, int):
        return None
    row = session.get(Registration, registration_id, with_for_update=True)
    return row if row and rules.is_open(row.state, row.at, clock.now()) else None


def resident_with(phone: str) -> tuple[Person | None, bool]:
    """Who signs in with a number, and whether that is a resident and nothing else: whoever holds a
    post gets a new password from the administrator, not by a message to a telephone.
    """
    number = people.usable_phone(phone)
    person = people.person_by_phone(number) if number else None
    if person is None or person.disabled_at:
        return None, False
    return person, is_resident_only(person)


def is_resident_only(person: Person) -> bool:
    """Whether somebody may come in by what others vouch for: no post, and not shut out."""
    return not person.disabled_at and not people.posts_of([person.id]).get(person.id)


def others_with(row: Registration) -> Sequence[Registration]:
    """What else waits with the same number."""
    query = sa.select(Registration).where(
        Registration.phone_hash == row.phone_hash,
        Registration.state == "asked",
        Registration.id != row.id,
    )
    return session.scalars(query).all()


def hash_of(number: str) -> str:
    """By which a number is found."""
    return lookup_hash(number)


# Apps that show the district inside themselves


def apps() -> Sequence[App]:
    """All of them, the oldest first."""
    return session.scalars(sa.select(App).order_by(App.id)).all()


def access_app(code: str) -> App:
    """One by its code; else `NotFound`."""
    found = session.scalars(sa.select(App).where(App.code == code)).first()
    if found is None:
        raise NotFound
    return found


def open_app(code: str) -> App:
    """One that brings people in now; else `NotFound`."""
    found = access_app(code)
    if not found.active:
        raise NotFound
    return found


def ancestors_of(code: str) -> tuple[str, ...]:
    """Whose pages may frame ours in a session of this app; nobody's where it is closed."""
    query = sa.select(App.ancestors).where(App.code == code, App.active)
    return tuple(session.scalars(query).first() or ())


def subject_hash(app: App, subject: str) -> str:
    """By which a subject of an app is found; what the app calls the person is not kept."""
    return lookup_hash(f"subject:{app.id}:{subject}")


def person_of(app: App, hashed: str) -> Person | None:
    """Whom the app means, if somebody has said so."""
    query = (
        sa.select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.app_id == app.id, Identity.subject_hash == hashed)
    )
    found: Person | None = session.scalars(query).first()
    return found


def identities_of(actor: Actor) -> Sequence[tuple[Identity, str]]:
    """The apps, and those who vouch, by which somebody comes in, with their names."""
    query = (
        sa.select(Identity, sa.func.coalesce(App.name, Provider.name))
        .outerjoin(App, App.id == Identity.app_id)
        .outerjoin(Provider, Provider.id == Identity.provider_id)
        .where(Identity.person_id == actor.person_id)
        .order_by(Identity.id)
    )
    return [(one, name) for one, name in session.execute(query)]


def own_identity(number: int, *, actor: Actor) -> Identity:
    """One of those; else `NotFound`."""
    found = session.get(Identity, number)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    return found


def count_linked() -> dict[int, int]:
    """How many people come in by each app."""
    query = sa.select(Identity.app_id, sa.func.count()).where(Identity.app_id.is_not(None))
    return {app_id: number for app_id, number in session.execute(query.group_by(Identity.app_id))}


# Those who vouch for people


def providers(*, active: bool = False) -> Sequence[Provider]:
    """All of them, or those who vouch now, the oldest first."""
    query = sa.select(Provider).order_by(Provider.id)
    return session.scalars(query.where(Provider.active) if active else query).all()


def access_provider(code: str, *, active: bool = False) -> Provider:
    """One by its code, ``active`` if it has to vouch now; else `NotFound`."""
    found = session.scalars(sa.select(Provider).where(Provider.code == code)).first()
    if found is None or (active and not found.active):
        raise NotFound
    return found


def doors() -> list[tuple[str, str]]:
    """Code and name of those by whom one can sign in, for the district's door."""
    return [(one.code, one.name) for one in providers(active=True)]


def vouched_hash(provider: Provider, subject: str) -> str:
    """By which a subject of one who vouches is found: with its name, so that nobody whom another
    issuer names is found when the issuer is changed.
    """
    return lookup_hash(f"oidc:{provider.issuer} {subject}")


def person_vouched(provider: Provider, hashed: str) -> Person | None:
    """Whom it means, if somebody has said so and is not shut out."""
    query = (
        sa.select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(
            Identity.provider_id == provider.id,
            Identity.subject_hash == hashed,
            Person.disabled_at.is_(None),
        )
    )
    found: Person | None = session.scalars(query).first()
    return found
