"""Reading people, within the reach of who asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from saas.accounts import permissions, rules
from saas.accounts.models import Holding, Person, Post, Role, SecondReset, SignInLink
from saas.kernel import clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.crypto import lookup_hash, masked_phone
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.folding import has_words
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.paging import page_of
from saas.signin.rules import RESET_WAITS
from saas.territory.queries import Unit, covers_all, within


def access_person(person_id: int, *, actor: Actor, permission: str = permissions.VIEW) -> Person:
    """A person whose posts or home lie in the actor's reach, else `NotFound`."""
    query = sa.select(Person).where(Person.id == person_id, _reachable(actor.reach(permission)))
    person = session.scalar(query)
    if person is None:
        raise NotFound
    return person


def manages(actor: Actor, person: Person) -> bool:
    """Whether the actor may change this person, whom the actor sees already."""
    reach = actor.reach(permissions.MANAGE)
    query = sa.select(Person.id).where(Person.id == person.id, _reachable(reach))
    return bool(reach) and session.scalar(query) is not None


def _reachable(paths: Sequence[str]) -> ColumnElement[bool]:
    """A condition: the person belongs to a unit beneath any of ``paths``.

    By a post or by home; without either by a former post, or to the district as a whole.
    """
    posts = (
        sa.select(Holding.id)
        .join(Post, Post.id == Holding.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Holding.person_id == Person.id)
        .correlate(Person)
    )
    living = posts.where(Holding.until.is_(None))
    home = sa.select(Unit.id).where(within(paths))
    placeless = sa.and_(~living.exists(), Person.home_unit_id.is_(None))
    whole = covers_all(paths)
    return sa.or_(
        living.where(within(paths)).exists(),
        Person.home_unit_id.in_(home),
        sa.and_(placeless, sa.true() if whole else posts.where(within(paths)).exists()),
    )


def list_people(
    paths: Sequence[str], search: str = "", state: str = "", *, number: int = 1, size: int = 30
) -> tuple[Sequence[Person], int]:
    """One page of the people in reach who fit, and how many fit in all."""
    query = people_within(paths).where(in_state(state) if state else sa.true())
    if search:
        query = query.where(called(search))
    return page_of(query.order_by(Person.disabled_at.is_not(None), Person.id), number, size)


def people_within(paths: Sequence[str]) -> sa.Select[tuple[Person]]:
    """Everybody who belongs to a unit beneath ``paths``, in no order."""
    return sa.select(Person).where(_reachable(paths))


def in_state(state: str) -> ColumnElement[bool]:
    """A condition: the person holds a post (staff), has no password yet (waiting), is shut out."""
    held = sa.select(Holding.id).where(Holding.person_id == Person.id, Holding.until.is_(None))
    return {
        "staff": held.exists(),
        "waiting": Person.password_hash.is_(None) & Person.disabled_at.is_(None) & held.exists(),
        "out": Person.disabled_at.is_not(None),
    }[state]


def called(search: str) -> ColumnElement[bool]:
    """A condition: by part of the name or login, or by the whole phone number, which is sealed."""
    phone = rules.clean_phone(search)
    return sa.or_(
        has_words(search, Person.name, Person.login),
        Person.phone_hash == lookup_hash(phone) if phone else sa.false(),
    )


def people_called(search: str, paths: Sequence[str], *, limit: int) -> Sequence[Person]:
    """The first people beneath ``paths`` who are called so, those who are shut out last."""
    query = people_within(paths).where(called(search))
    order = Person.disabled_at.is_not(None), Person.id
    return session.scalars(query.order_by(*order).limit(limit)).all()


def demo_entries() -> Sequence[Person]:
    """The people as whom a visitor may enter a demo district, in the order to show."""
    query = sa.select(Person).where(Person.demo_entry.is_not(None), Person.disabled_at.is_(None))
    return session.scalars(query.order_by(Person.demo_entry)).all()


def open_reset(person: Person, *, lock: bool = False) -> SecondReset | None:
    """What one administrator has asked for and another one can still do."""
    query = sa.select(SecondReset).where(
        SecondReset.person_id == person.id,
        SecondReset.done_at.is_(None),
        SecondReset.asked_at > clock.now() - RESET_WAITS,
    )
    return session.scalars(query.with_for_update() if lock else query).first()


def phone_shown(person: Person) -> str:
    """The masked phone number."""
    return masked_phone(person.phone)


def find_person(person_id: int) -> Person | None:
    """A person by id, for commands that have checked their right already."""
    return session.get(Person, person_id)


def person_by_login(login: str) -> Person | None:
    """A person by login name."""
    return session.scalar(sa.select(Person).where(Person.login == login))


def logins_of(ids: Collection[int]) -> dict[int, str]:
    """By which name people sign in, by their ids; who has none is left out."""
    query = sa.select(Person.id, Person.login).where(Person.id.in_(ids), Person.login.is_not(None))
    return {key: login for key, login in session.execute(query)}


def demo_entries_with_roles() -> list[tuple[Person, str]]:
    """The sample people to enter as, each with the role that they show, in the order to show."""
    resident = sa.select(Role.code).where(Role.resident).limit(1).scalar_subquery()
    query = (
        sa.select(Person, sa.func.coalesce(sa.func.min(Post.role), resident))
        .outerjoin(Holding, sa.and_(Holding.person_id == Person.id, Holding.until.is_(None)))
        .outerjoin(Post, sa.and_(Post.id == Holding.post_id, Post.retired_at.is_(None)))
        .where(Person.demo_entry.is_not(None), Person.disabled_at.is_(None))
        .group_by(Person.id)
        .order_by(Person.demo_entry)
    )
    return [(person, role) for person, role in session.execute(query)]


def people_named(logins: Collection[str], numbers: Collection[str]) -> Sequence[Person]:
    """The people who sign in by any of these logins or clean numbers."""
    hashes = [lookup_hash(number) for number in numbers]
    query = sa.select(Person).where(sa.or_(Person.login.in_(logins), Person.phone_hash.in_(hashes)))
    return session.scalars(query.order_by(Person.id)).all()


def person_by_phone(number: str) -> Person | None:
    """The person who signs in with this clean number."""
    return session.scalar(
        sa.select(Person).where(Person.phone_hash == lookup_hash(number)).order_by(Person.id)
    )


def usable_login(text: str) -> bool:
    """Whether somebody could sign in by this name: it is well formed and no phone number."""
    return rules.usable_login(text) and rules.clean_phone(text) is None


def usable_phone(text: str) -> str | None:
    """A number as people type it, as it is stored, or None: the same check as for signing in. In a
    demo district the numbers of its sample people are as good as any.
    """
    sample = rules.sample_phone(text) if current_tenant().is_demo else None
    return sample or (None if current_tenant().ends_at else rules.clean_phone(text))


def no_phone(sentence: object) -> object:
    """Why a number cannot be taken: what the caller says of it, but in a demo of somebody's own
    nobody's real number is.
    """
    if not current_tenant().ends_at:
        return sentence
    return _l("Only sample numbers such as 100-0000-0123 here: real ones do not belong in a demo.")


def usable_phone_at_work(text: str) -> str | None:
    """The same for a number that may end in an extension, which then stands behind it."""
    if usable := usable_phone(text):
        return usable
    number, extension = rules.split_extension(text)
    usable = usable_phone(number) if extension else None
    return rules.with_extension(usable, extension) if usable else None


def is_identity(text: str, today: date) -> bool:
    """Whether this is an identity number or a residence permit as somebody types it.

    It is looked at and forgotten: nothing here needs it, so no column keeps it.
    """
    return rules.clean_identity(text, today) is not None


def resident_by_phone(text: str) -> Person | None:
    """The resident whose number this is, if there is one with an account."""
    number = usable_phone(text)
    person = (person_by_phone(number) or _sample_person(number)) if number else None
    lives_here = person is not None and person.home_unit_id and not person.disabled_at
    return person if lives_here else None


def _sample_person(number: str) -> Person | None:
    """Sample people do not sign in, so that nothing finds them by number: there are few of them."""
    if rules.sample_phone(number) is None:
        return None
    everybody = session.scalars(sa.select(Person).where(Person.sample).order_by(Person.id))
    return next((person for person in everybody if person.phone == number), None)


def link_open_until(person: Person) -> datetime | None:
    """Until when an invitation or a reset of this person can still be used."""
    query = sa.select(sa.func.max(SignInLink.expires_at)).where(
        SignInLink.person_id == person.id,
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > clock.now(),
    )
    return session.scalar(query)


def count_people() -> int:
    """Everybody who is let in, residents too."""
    query = sa.select(sa.func.count(Person.id)).where(Person.disabled_at.is_(None))
    return session.scalar(query) or 0


def count_residents(unit_id: int) -> int:
    """How many people have their home at this very unit."""
    query = sa.select(sa.func.count()).where(Person.home_unit_id == unit_id)
    return session.scalar(query) or 0
