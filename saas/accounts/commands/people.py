"""People, posts and sign-ins."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from saas.accounts import queries, rules
from saas.accounts.commands.links import ensure_not_above, store_link
from saas.accounts.commands.passwords import end_links, names_of
from saas.accounts.events import post_changed
from saas.accounts.models import Holding, Person, Post, Role, SecondReset
from saas.kernel import audit, clock
from saas.kernel.context import Actor, Label, current_tenant
from saas.kernel.crypto import lookup_hash
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid, not_listed
from saas.kernel.i18n import lazy_gettext as _l
from saas.signin import commands as signing
from saas.signin.queries import ways_of, world_now
from saas.territory.queries import Unit


def add_person(
    *,
    name: str,
    login: str | None = None,
    phone: str | None = None,
    home: Unit | None = None,
    sample: bool = False,
    demo_entry: int | None = None,
    actor: Actor,
) -> Person:
    """Add somebody, who signs in after using an invitation. Raises `Invalid`, and `Conflict` where
    the district may have no more people.
    """
    most = current_tenant().quotas.people
    if most is not None and queries.count_people() >= most:
        raise Conflict(_l("The district may have no more people: its quota is used up."))
    person = Person(
        name=name,
        login=_free_login(login),
        home_unit_id=home.id if home else None,
        created_at=clock.now(),
        sample=sample,
        demo_entry=demo_entry,
    )
    if sample:  # invented numbers that nobody can be called by
        person.phone = phone
    else:
        _set_phone(person, phone)
    session.add(person)
    session.flush()
    audit.record("accounts.add_person", "person", person.id, actor=actor)
    return person


def add_with_post(
    *, name: str, login: str, phone: str, post: str, unit: Unit, actor: Actor
) -> Person:
    """Add somebody together with a first post at ``unit``; see `fill_post` for ``post``.

    ``home:`` and a resident's role instead: the person lives at ``unit`` and holds no post.
    """
    kind, _, code = post.rpartition(":")
    if kind == "home":
        if code not in {role.code for role in queries.homes_at(unit, actor=actor)}:
            raise not_listed("post")
        return add_person(name=name, login=login, phone=phone, home=unit, actor=actor)
    person = add_person(name=name, login=login, phone=phone, actor=actor)
    fill_post(person, unit=unit, post=post, actor=actor)
    return person


def _free_login(login: str | None, own: str | None = None) -> str | None:
    if not login:
        return None
    if login == own:
        return own
    if not rules.usable_login(login):
        raise Invalid({"login": [_l("Use 2 to 40 small letters, digits, dots or hyphens.")]})
    if rules.clean_phone(login):
        raise Invalid({"login": [_l("A phone number goes into its own field.")]})
    if queries.person_by_login(login):
        raise Invalid({"login": [_l("This login is taken.")]})
    return login


def _set_phone(person: Person, phone: str | None) -> None:
    number = queries.usable_phone(phone) if phone else None
    if phone and number is None:
        told = _l("This is not a mainland mobile or landline number.")
        raise Invalid({"phone": [queries.no_phone(told)]})
    other = queries.person_by_phone(number) if number else None
    if other is not None and other.id != person.id:
        raise Invalid({"phone": [_l("Somebody else signs in with this number.")]})
    person.phone = number
    person.phone_hash = lookup_hash(number) if number else None


def change_person(
    person: Person,
    *,
    name: str,
    login: str | None,
    phone: str | None,
    forget_phone: bool = False,
    actor: Actor,
) -> None:
    """Other words, login or number for a person; an empty number leaves the stored one."""
    ensure_not_above(person, actor)
    person.name, person.login = name, _free_login(login, person.login)
    if phone or forget_phone:
        _set_phone(person, phone)
    if person.password_hash and not person.login and not person.phone_hash:
        text = _l("Give a login or a phone number: one of them is needed to sign in.")
        raise Invalid({"login": [text]})
    audit.record(
        "accounts.change_person",
        "person",
        person.id,
        actor=actor,
        phone_changed=bool(phone or forget_phone),
    )


def disable_person(person: Person, *, reason: str, actor: Actor) -> None:
    """Let somebody in no more and end every sign-in; posts become vacant."""
    if person.id == actor.person_id:
        raise Conflict(_l("You cannot shut yourself out."))
    ensure_not_above(person, actor)
    person.disabled_at = clock.now()
    person.session_epoch += 1
    end_links(person)
    for held in queries.posts_of([person.id]).get(person.id, []):
        _end_holding(held.id, person.id)
    audit.record("accounts.disable_person", "person", person.id, actor=actor, reason=reason)


def wrong_tries(person: Person) -> int:
    """How many wrong passwords were tried lately with this person's names; 0 for a few."""
    return signing.wrong_tries(*names_of(person))


def let_try_again(person: Person, *, actor: Actor) -> None:
    """Somebody who can say who it is stands before the administrator: count afresh."""
    ensure_not_above(person, actor)
    signing.forgive(*names_of(person))
    audit.record("accounts.let_try_again", "person", person.id, actor=actor)


def ask_second_reset(person: Person, *, actor: Actor) -> None:
    """The first administrator says that this person, who stands at the desk, lost the second step;
    another one has to do it. Raises `Conflict` for oneself and for who has none.
    """
    _ensure_may_reset(person, actor)
    if queries.open_reset(person) is not None:
        raise Conflict(_l("This was asked for already: now another administrator does it."))
    session.add(SecondReset(person_id=person.id, asked_by_id=actor.person_id, asked_at=clock.now()))
    audit.record("accounts.ask_second_reset", "person", person.id, actor=actor)


def reset_second(person: Person, *, actor: Actor) -> None:
    """Another administrator agrees: every way of the second step is forgotten, every sign-in ends,
    and with the next one a new way is set up before anything else. Raises `Conflict`.
    """
    _ensure_may_reset(person, actor)
    row = queries.open_reset(person, lock=True)
    if row is None or row.asked_by_id == actor.person_id:
        raise Conflict(_l("Two administrators do this together: one asks, another one does it."))
    row.done_by_id, row.done_at = actor.person_id, clock.now()
    forget_second(person, actor=actor)


def forget_second(person: Person, *, actor: Actor) -> None:
    """No way of the second step is left, no sign-in, and no days of grace."""
    signing.forget_all(person.id)
    person.session_epoch += 1
    person.second_due_at = world_now()
    audit.record("accounts.reset_second", "person", person.id, actor=actor)


def set_second_rules(*, required: bool, grace_days: int, actor: Actor) -> None:
    """Whether a second step is asked of those whose posts may do much, and after how many days.
    Raises `Conflict` in a demo district, which asks nobody.
    """
    if current_tenant().is_demo:
        raise Conflict(_l("In a demo district nobody is asked for a second step."))
    signing.set_rules({"required": required, "grace_days": grace_days})
    audit.record(
        "accounts.second_rules", "person", None, actor=actor, required=required, days=grace_days
    )


def _ensure_may_reset(person: Person, actor: Actor) -> None:
    ensure_not_above(person, actor)
    if person.id == actor.person_id:
        raise Conflict(_l("Others do this for you, not you yourself."))
    if actor.person_id is None or not ways_of(person.id):
        raise Conflict(_l("This person has no second step."))


def enable_person(person: Person, *, actor: Actor) -> None:
    """Let somebody in again; the posts have to be given again."""
    person.disabled_at = None
    audit.record("accounts.enable_person", "person", person.id, actor=actor)


def add_post(*, unit: Unit, role: Role, name: Label, actor: Actor) -> Post:
    """Create a post at a unit. Raises `Invalid` where the role has no place."""
    if role.at and unit.kind not in role.at:
        raise Invalid({"role": [_l("This role does not belong at this kind of unit.")]})
    ensure_may_give(role, unit, actor)
    post = Post(unit_id=unit.id, role=role.code, name=name)
    session.add(post)
    session.flush()
    audit.record(
        "accounts.add_post", "post", post.id, actor=actor, unit_path=unit.path, role=role.code
    )
    return post


def ensure_may_give(role: Role, unit: Unit, actor: Actor) -> None:
    """Nobody gives what they do not have: each permission must be held over that unit."""
    if actor.kind == "system":
        return
    if not all(actor.may(permission, unit.path) for permission in role.permissions):
        raise Forbidden(_l("You can only give roles that do not exceed your own here."))


def retire_post(post: Post, *, actor: Actor) -> None:
    """Take a post out of use; who held it holds it no more."""
    unit = session.get_one(Unit, post.unit_id)
    ensure_may_give(queries.role(post.role), unit, actor)
    _ensure_not_own_administration(post, actor)
    post.retired_at = clock.now()
    session.execute(
        sa.update(Holding)
        .where(Holding.post_id == post.id, Holding.until.is_(None))
        .values(until=clock.now())
    )
    audit.record("accounts.retire_post", "post", post.id, actor=actor, unit_path=unit.path)
    post_changed.send(post.id)


def _ensure_not_own_administration(post: Post, actor: Actor) -> None:
    """A district must not lose its last administrator by that person's own hand."""
    held = {h.person_id for h in queries.posts_at(post.unit_id) if h.id == post.id}
    if actor.person_id and actor.person_id in held and queries.role(post.role).administers:
        raise Conflict(_l("You cannot take the administrator's post from yourself."))


def fill_post(person: Person, *, unit: Unit, post: str, actor: Actor) -> Post:
    """Give a post at ``unit``: the id of one that is there, or ``new:`` and a role's code."""
    kind, _, code = post.rpartition(":")
    if kind == "new":
        role = _chosen_role(code, unit, "post", actor)
        name = rules.post_name(unit.name, role.name)
        chosen = add_post(unit=unit, role=role, name=name, actor=actor)
    else:
        chosen = _chosen_post(code, unit)
    give_post(person, chosen, actor=actor)
    return chosen


def _chosen_role(code: str, unit: Unit, field: str, actor: Actor) -> Role:
    role = next((r for r in queries.roles_at(unit, actor=actor) if r.code == code), None)
    if role is None:
        raise not_listed(field)
    return role


def _chosen_post(text: str, unit: Unit) -> Post:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    post = session.get(Post, number)
    if post is None or post.unit_id != unit.id or post.retired_at:
        raise not_listed("post")
    return post


def open_post(*, unit: Unit, role: str, name: Label, actor: Actor) -> Post:
    """Create a post with the role that was picked; without a name it gets the usual one."""
    chosen = _chosen_role(role, unit, "role", actor)
    named = name or rules.post_name(unit.name, chosen.name)
    return add_post(unit=unit, role=chosen, name=named, actor=actor)


def give_post(person: Person, post: Post, *, since: datetime | None = None, actor: Actor) -> None:
    """Let a person hold a post from now on, or since an earlier day; twice changes nothing."""
    if person.disabled_at:
        raise Conflict(_l("This person is shut out: let them in again first."))
    unit = session.get_one(Unit, post.unit_id)
    ensure_may_give(queries.role(post.role), unit, actor)
    living = sa.select(Holding.id).where(
        Holding.post_id == post.id, Holding.person_id == person.id, Holding.until.is_(None)
    )
    if session.scalar(living):
        return
    session.add(Holding(post_id=post.id, person_id=person.id, since=since or clock.now()))
    session.flush()
    end_links(person)
    post_changed.send(post.id)
    audit.record(
        "accounts.give_post", "person", person.id, actor=actor, unit_path=unit.path, post=post.id
    )


def take_post(person: Person, post: Post, *, actor: Actor) -> None:
    """End a holding; the post is vacant until it is given again."""
    unit = session.get_one(Unit, post.unit_id)
    ensure_may_give(queries.role(post.role), unit, actor)
    if person.id == actor.person_id:
        _ensure_not_own_administration(post, actor)
    _end_holding(post.id, person.id)
    audit.record(
        "accounts.take_post", "person", person.id, actor=actor, unit_path=unit.path, post=post.id
    )


def _end_holding(post_id: int, person_id: int) -> None:
    session.execute(
        sa.update(Holding)
        .where(Holding.post_id == post_id, Holding.person_id == person_id, Holding.until.is_(None))
        .values(until=clock.now())
    )
    post_changed.send(post_id)


def set_up_administrator(
    *,
    name: str,
    login: str,
    unit: Unit,
    token_hash: str | None,
    short_hash: str | None = None,
    actor: Actor,
) -> Person:
    """The first person of a district, with the administering role at its root.

    ``token_hash`` and ``short_hash`` belong to the invitation that the operator was given on
    request.
    """
    role = next(r for r in queries.roles() if r.administers)
    person = add_person(name=name, login=login, actor=actor)
    post = add_post(unit=unit, role=role, name=dict(role.name), actor=actor)
    give_post(person, post, actor=actor)
    if token_hash:
        store_link(person, "invitation", token_hash, short_hash, rules.INVITATION_LASTS)
    return person
