"""Who is acting, and in which district: the two facts that every piece of work carries.

The scope lives in a `ContextVar`, so threads and nested work never see each other's. It is set in
three places only: the dispatcher of a request, the wrapper of a job, a command line call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Label = dict[str, str]
"""A name in the languages a district uses: ``{"zh": "诉求坊", "en": "Demand room"}``."""


class NoScope(RuntimeError):
    """Work was attempted outside any district and outside the hub."""


class ScopeMismatch(RuntimeError):
    """A session made for one scope was used in another."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much a district may use: bytes of files, people, SMS in a month; None for no bound."""

    files: int | None = None
    people: int | None = None
    sms: int | None = None


@dataclass(frozen=True, slots=True)
class Tenant:
    """A district as the running code needs it. ``schema`` is generated and never changes.

    ``clock_shift``: how far a demo district's clock stands ahead of the world's. ``ends_at``: when
    a demo of somebody's own is thrown away, in world time; None for every other district.
    ``staff_only``: it is being prepared, and nobody but its own staff may see anything of it.
    ``keys``: those that it brought along from elsewhere, by purpose; None for those of this
    installation.
    """

    id: int
    code: str
    schema: str
    name: Label = field(hash=False)
    kind: str
    state: str
    look: str = "plain"
    package: str = ""
    time_zone: str = "Asia/Shanghai"
    read_only: bool = False
    staff_only: bool = False
    clock_shift: timedelta = timedelta()
    ends_at: datetime | None = None
    official_code: str = ""
    quotas: Quotas = Quotas()
    keys: Mapping[str, bytes] | None = field(default=None, hash=False, compare=False, repr=False)

    @property
    def role(self) -> str:
        """The database role that sees this district's schema and nothing else."""
        return self.schema

    @property
    def is_demo(self) -> bool:
        """Demo districts hold sample data only and let anybody in as any role; so does what they
        are copied from, which nobody reaches.
        """
        return self.kind in {"demo", "template"}

    @property
    def key(self) -> str:
        """What tells scopes apart in caches, files, log lines and session registries."""
        return self.schema


@dataclass(frozen=True, slots=True)
class Hub:
    """The control plane: sees tenants' registry and no tenant's data."""

    role: str
    schema: str = "hub"
    read_only: bool = False

    @property
    def key(self) -> str:
        """See `Tenant.key`."""
        return "hub"


Scope = Tenant | Hub

_scope: ContextVar[Scope | None] = ContextVar("saas_scope", default=None)
_on_leave: list[Callable[[], None]] = []


def on_leave(callback: Callable[[], None]) -> None:
    """Register what must happen whenever a scope is left (the session registry, at import)."""
    _on_leave.append(callback)


def current_scope() -> Scope | None:
    """The scope of the work at hand, or None."""
    return _scope.get()


def current_tenant() -> Tenant:
    """The district of the work at hand; raises `NoScope` outside one."""
    scope = _scope.get()
    if not isinstance(scope, Tenant):
        raise NoScope("no district is set for this work")
    return scope


@contextmanager
def entering(scope: Scope) -> Iterator[Scope]:
    """Work inside ``scope``. What was opened in it is closed on the way out, whatever happened."""
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        try:
            for callback in _on_leave:
                callback()
        finally:
            _scope.reset(token)


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions that one post gives its holder over a unit and everything beneath it."""

    unit_id: int
    path: str
    permissions: frozenset[str]
    role: str
    post: Label = field(default_factory=dict, hash=False)
    unit: Label = field(default_factory=dict, hash=False)
    own_only: bool = False

    def covers(self, path: str) -> bool:
        """True when ``path`` is the unit itself or lies beneath it."""
        return path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Proof:
    """A living sign-in in a browser: its id, when it began, when a second factor was last given in
    it (None for who has none), until when it is good at most (None: as long as it is used), when
    it was last written down as used. All by the world's clock.
    """

    id: int
    began_at: datetime
    proved_at: datetime | None
    ends_at: datetime | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, a token, an operator, the system or nobody known (the last two have no
    id); ``support`` is an operator who looks into a district. An id says who only together with
    the kind.

    ``slips``: codes of the things whose slip this device has shown, for who has no account.
    ``proof``: the sign-in by which a person or an operator is known. ``maker_id``: of a token, the
    person who made it.
    """

    kind: str
    id: int | None = None
    name: str = ""
    login: str = ""
    grants: tuple[Grant, ...] = ()
    locale: str | None = None
    slips: frozenset[str] = frozenset()
    proof: Proof | None = None
    maker_id: int | None = None

    def may(self, permission: str, path: str | None = None) -> bool:
        """Whether any grant gives ``permission``; with ``path``, over that unit.

        A grant that reaches only a person's own things never counts for a place.
        """
        return any(
            permission in grant.permissions
            and (path is None or (grant.covers(path) and not grant.own_only))
            for grant in self.grants
        )

    def reach(self, permission: str) -> tuple[str, ...]:
        """The unit paths over which ``permission`` is held, for use in queries."""
        held = (g for g in self.grants if permission in g.permissions and not g.own_only)
        return tuple(dict.fromkeys(grant.path for grant in held))

    def units(self, permission: str) -> tuple[int, ...]:
        """The very units at which ``permission`` is held by a post, without what lies beneath."""
        held = (g for g in self.grants if permission in g.permissions and not g.own_only)
        return tuple(dict.fromkeys(grant.unit_id for grant in held))

    @property
    def person_id(self) -> int | None:
        """The person who acts; None for a token, an operator or the system, whatever their id."""
        return self.id if self.kind == "person" else None

    @property
    def behind_id(self) -> int | None:
        """The person who acts or who made the program that does: where two people are asked for,
        a program of one's own is no second.
        """
        return self.maker_id if self.kind == "token" else self.person_id

    @property
    def onlooker(self) -> bool:
        """True for an operator whom a district lets look in: nothing goes but to look."""
        return self.kind == "support"

    @property
    def signed_in(self) -> bool:
        """True for a person, a token or an operator who proved who they are."""
        return self.id is not None


ANONYMOUS = Actor(kind="anonymous")
SYSTEM = Actor(kind="system", name="system")
