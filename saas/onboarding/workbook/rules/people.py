"""Rows of people and posts: who is meant, whether somebody new, and which post is to be held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from saas.kernel.workbooks import plain
from saas.onboarding.workbook.rules.plan import PersonStep, Plan, PostStep
from saas.onboarding.workbook.rules.tree import NotOne, Tree
from saas.onboarding.workbook.rules.world import KnownPerson, KnownPost, KnownRole, World
from saas.sheets import Change, Given, Row, changed


def resolve_people(rows: Sequence[Row], given: Given, tree: Tree, world: World, plan: Plan) -> None:
    """Add a step for each person to ``plan``; several rows of one person give several posts."""
    reader = _Reader(given, tree, world, plan)
    for said in rows:
        reader.take(said)


class _Reader:
    """Row after row; people are known again by phone number, else by login."""

    def __init__(self, given: Given, tree: Tree, world: World, plan: Plan) -> None:
        self._given, self._tree, self._world, self._plan = given, tree, world, plan
        self._known_logins = {p.login: p for p in world.people if p.login}
        self._known_phones = {p.phone: p for p in world.people if p.phone}
        self._logins: dict[str, PersonStep] = {}
        self._phones: dict[str, PersonStep] = {}
        self._identities: dict[str, tuple[Row, str]] = {}
        self._held: dict[tuple[int, str, str, str], Row] = {}
        self._posts = {person.id: person.posts for person in world.people}
        self._planned: set[int] = set()
        self._taken: set[int] = set()
        self._wrong = 0

    def _fault(self, said: Row, column: str, key: str, other: Row | None = None) -> None:
        self._plan.faults.append(said.fault(column, key, other))
        self._wrong += 1

    def take(self, said: Row) -> None:
        """One row."""
        before = len(self._plan.faults)
        values = self._plan.values(said, self._given)
        self._wrong = len(self._plan.faults) - before
        login, phone = values.get("login", ""), values.get("phone", "")
        if not said.get("phone") and not said.get("login"):
            self._fault(said, "phone", "no_way_in")
        if "identity" in values:
            self._check_identity(said, login, phone)
        role: KnownRole | None = values.get("role")
        if role is not None and role.resident:
            self._fault(said, "role", "resident_role")
        unit = self._unit(said, role)
        step = self._person(said, login, phone)
        if self._wrong or step is None or role is None or unit is None:
            return
        self._add_post(step, said, unit, role, values.get("since"))

    def _check_identity(self, said: Row, login: str, phone: str) -> None:
        """Looked at, held against the other rows, and not kept."""
        text, who = said.get("identity"), f"{phone} {login}"
        before, name = self._identities.setdefault(plain(text), (said, plain(said.get("person"))))
        if before is not said and name != plain(said.get("person")) and who.strip():
            self._fault(said, "identity", "identity_twice", before)

    def _unit(self, said: Row, role: KnownRole | None) -> str | None:
        text = said.get("unit")
        if not text:
            return None
        kinds = role.at if role is not None and not role.resident and role.at else None
        try:
            return self._tree.find(text, kinds)
        except NotOne as error:
            self._fault(said, "unit", f"unit_{error.key}")
            return None

    def _person(self, said: Row, login: str, phone: str) -> PersonStep | None:
        """The step of this person, from an earlier row or begun here; None with a fault."""
        before = self._phones.get(phone) or self._logins.get(login)
        if before is not None:
            return before if self._is_same(said, before, login, phone) else None
        known = self._known(said, login, phone)
        step = PersonStep(said, said.get("person"), login, phone, known.id if known else None)
        if known is not None:
            step.changes = _changes(known, step)
        if login:
            self._logins[login] = step
        if phone:
            self._phones[phone] = step
        if not self._wrong:
            self._plan.people.append(step)
            self._planned.add(id(step))
        return step

    def _is_same(self, said: Row, before: PersonStep, login: str, phone: str) -> bool:
        if plain(before.name) != plain(said.get("person")):
            by_phone = bool(phone) and before.phone == phone
            column = "phone" if by_phone else "login"
            self._fault(said, column, f"{column}_twice", before.said)
        elif (login and before.login and login != before.login) or (
            phone and before.phone and phone != before.phone
        ):
            self._fault(said, "login", "person_differs", before.said)
        return id(before) in self._planned

    def _known(self, said: Row, login: str, phone: str) -> KnownPerson | None:
        by_phone, by_login = self._known_phones.get(phone), self._known_logins.get(login)
        if by_phone and by_login and by_phone.id != by_login.id:
            self._fault(said, "phone", "phone_of_other")
        known = by_phone or by_login
        if known is not None and known.disabled:
            self._fault(said, "person", "shut_out")
        return known

    def _add_post(
        self, step: PersonStep, said: Row, unit: str, role: KnownRole, since: date | None
    ) -> None:
        name = said.get("post")
        before = self._held.setdefault((id(step), unit, role.code, plain(name)), said)
        if before is not said:
            self._fault(said, "person", "repeated", before)
            return
        step.posts.append(self._post(step, said, unit, role.code, name, since))

    def _post(
        self, step: PersonStep, said: Row, unit: str, role: str, name: str, since: date | None
    ) -> PostStep:
        """The post that is held already, else a vacant one, else a new one."""
        mine = self._posts.get(step.person_id or 0, ())
        held = [post for post in mine if (post.unit, post.role) == (unit, role)]
        vacant = [p for p in self._world.vacant.get((unit, role), ()) if p.id not in self._taken]
        if named := [post for post in held if not name or _is_called(post, name)]:
            return PostStep(said, unit, role, name, since, named[0].id, held=True)
        if len(held) == 1:
            return PostStep(said, unit, role, name, since, held[0].id, held=True, renamed=True)
        if free := [post for post in vacant if not name or _is_called(post, name)]:
            self._taken.add(free[0].id)
            return PostStep(said, unit, role, name, since, free[0].id)
        return PostStep(said, unit, role, name, since)


def _is_called(post: KnownPost, name: str) -> bool:
    return plain(name) in {plain(word) for word in post.name.values()}


def _changes(known: KnownPerson, step: PersonStep) -> tuple[Change, ...]:
    return changed(
        (
            ("person", known.name, step.name),
            ("login", known.login, step.login),
            ("phone", known.phone, step.phone),
        )
    )
