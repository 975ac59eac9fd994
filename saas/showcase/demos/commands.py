"""Ordering demos, making them, setting them back, throwing them away. In the hub."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from saas.activities import commands as activities
from saas.bookings import commands as bookings
from saas.demands import commands as demands
from saas.jobs.queue import JOBS
from saas.kernel import clock, context, writers
from saas.kernel.context import SYSTEM, Actor, entering
from saas.kernel.crypto import lookup_hash, new_token
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, TooMany
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import short_date
from saas.kernel.runtime import settings
from saas.kernel.unit_of_work import reading, unit_of_work
from saas.rooms import commands as rooms
from saas.showcase import commands as showcase
from saas.showcase.demos import queries, rules, template
from saas.showcase.demos.models import DemoGrant, FunnelStep
from saas.showcase.demos.rules import Wish
from saas.showcase.screen.models import Screen
from saas.tenancy import commands as tenancy
from saas.tenancy import copying
from saas.tenancy import queries as tenants
from saas.tenancy.queries import Tenant
from saas.territory import commands as territory
from saas.territory import queries as units
from saas.themes import commands as cultures
from saas.themes import queries as themes

#: What is said there was said of the place of the pilot, and of no other; of what was frozen a
#: digest is kept.
_AS_THEY_ARE = (
    "claims", "installed_packages", "package_changes", "audit_entries", "coverages",
    "visit_lists", "fund_disclosures",
)  # fmt: skip
_OFFICIAL = {"units": ("official_code", "official_source", "official_date")}


def order(wish: Wish, *, address: str, shown_by: str = "", actor: Actor) -> Tenant:
    """Ask for a demo; a worker makes it. Raises `Invalid` for what cannot be called so, `Conflict`
    where there are enough, `TooMany` where too many were asked for in this moment.
    """
    _ensure_usable(wish)
    writers.in_turn("demos")
    now, hashed = clock.now(), lookup_hash(f"demos:{address}")
    _ensure_room(*queries.many(hashed))
    made = tenancy.request_tenant(
        code=f"demo-{new_token()[:8]}",
        name={"zh": wish.name, "en": wish.name},
        package=_package(),
        look=wish.look,
        kind="demo",
        queued=False,
        actor=actor,
    )
    tenancy.set_end(made, rules.next_end(now, settings().demo_days))
    shower = tenants.find_by_code(shown_by) if shown_by else None
    session.add(
        DemoGrant(
            tenant_id=made.id,
            shown_by=shower.id if shower else None,
            wish=asdict(wish),
            address_hash=hashed,
            asked_at=now,
        )
    )
    JOBS["showcase.make_demo"].enqueue(tenant_id=made.id)
    return made


def _package() -> str:
    row = tenants.find_template()
    return row.package if row else str(showcase.demo_request(showcase.demos()[0])["package"])


def _ensure_usable(wish: Wish) -> None:
    told = _l("Use letters and digits only, 30 at most.")
    errors: dict[str, list[object]] = {}
    if not rules.usable_name(wish.name):
        errors["name"] = [told]
    if len(wish.streets) > rules.MOST_STREETS:
        errors["streets"] = [_l("30 streets at most.")]
    elif not all(map(rules.usable_name, wish.streets)):
        errors["streets"] = [told]
    if wish.look not in themes.shipped_codes():
        errors["look"] = [_l("Choose one of the list.")]
    if errors:
        raise Invalid(errors)


def _ensure_room(every: int, own: int, waiting: int) -> None:
    most = settings()
    if every >= most.demos_most:
        until = queries.first_end()
        told = _l("All demos are taken. One is free on %(day)s.", day=short_date(until))
        raise Conflict(told)
    if own >= most.demos_per_address:
        raise Conflict(
            _l("From your network there are %(num)s demos already. Use one of them.", num=own)
        )
    if waiting >= most.demos_at_once:
        raise TooMany(
            _l("Many are asking for a demo in this moment. Please try again in a minute."),
            retry_after=60,
        )


def make(tenant_id: int) -> None:
    """Bring an ordered demo up. In transactions of its own."""
    with reading():
        grant = queries.grant_of(tenant_id)
        wish = _wish_of(grant) if grant else None
        shown_by = grant.shown_by if grant else None
    if wish is None:
        return
    copying.bring_up(tenant_id, _recipe(template.ensure(), wish))
    with unit_of_work():
        mark("opened", tenant_id=tenant_id, shown_by=shown_by)


def _wish_of(grant: DemoGrant) -> Wish:
    return Wish(grant.wish["name"], tuple(grant.wish["streets"]), grant.wish["look"])


def _recipe(source: context.Tenant, wish: Wish | None) -> copying.Recipe:
    """How a demo is copied; without a ``wish`` as the sample is."""
    if wish is None:
        return copying.Recipe(source, _set_alarms)
    with entering(source), reading():
        root = units.root()
        streets = [unit for unit in units.children(root) if units.is_place(unit)] if root else []
        names = [dict(unit.name) for unit in streets]
        label = dict(root.name) if root else {}
    return copying.Recipe(
        source,
        partial(_settle, wish.streets[len(names) :]),
        names=rules.names_from(wish, label, names),
        as_they_are=_AS_THEY_ARE,
        blank=_OFFICIAL,
    )


def _settle(more_streets: tuple[str, ...]) -> None:
    """Streets that the sample has not, the stories of the look that was chosen, the alarms."""
    root = units.root()
    kind = next((one.code for one in units.kinds_under(root.kind)), "") if root else ""
    for name in more_streets if root else ():
        label = {"zh": name, "en": name}
        street = territory.add_unit(kind=kind, name=label, parent=root, sample=True, actor=SYSTEM)
        rooms.set_up_street(street, actor=SYSTEM)
    cultures.seed({})
    _set_alarms()


def _set_alarms() -> None:
    demands.catch_up()
    bookings.set_alarms_ahead()
    activities.repair()


def extend(tenant_id: int) -> None:
    """Let a demo stand as long again from today."""
    if grant := queries.grant_of(tenant_id, lock=True):
        tenant = session.get_one(Tenant, grant.tenant_id)
        tenancy.set_end(tenant, rules.next_end(clock.now(), settings().demo_days))


def begin_anew(code: str, *, actor: Actor) -> None:
    """Set a demo back to its beginning: a copy of the sample takes its place in seconds.

    Where there is no sample yet it is filled from its files. Raises `Conflict` when it has just
    begun anew.
    """
    tenant = tenants.access_tenant(code)
    grant = queries.grant_of(tenant.id, lock=True)
    if grant:
        if grant.anew_at and grant.anew_at > clock.now() - rules.LEFT_ALONE:
            raise Conflict(_l("It has just begun anew. Wait a minute."))
        grant.anew_at = clock.now()
    elif template.found() is None:
        return showcase.begin_anew(code, actor=actor)
    else:
        showcase.ensure_may_begin_anew(code, actor)
    JOBS["showcase.demo_anew"].enqueue(once=f"anew:{code}", code=code)
    return None


def set_back(code: str) -> None:
    """Do it. In transactions of its own."""
    with reading():
        grant = queries.grant_of(tenants.access_tenant(code).id)
        wish = _wish_of(grant) if grant else None
    copying.begin_anew(code, _recipe(template.ensure(), wish))


def end_now(tenant_id: int) -> None:
    """Let the days of a demo be over: the next round throws it away, and nobody enters it again."""
    tenancy.set_end(session.get_one(Tenant, tenant_id, with_for_update=True), clock.now())
    JOBS["showcase.demos_over"].enqueue(once="demos_over")


def expire(tenant_id: int) -> None:
    """Throw a demo away with all that is in it. In transactions of its own."""
    with unit_of_work():
        grant, code = queries.grant_of(tenant_id), session.get_one(Tenant, tenant_id).code
        if grant:
            session.delete(grant)
        session.execute(sa.delete(Screen).where(Screen.tenant_id == tenant_id))
    copying.expire(code)


def mark(step: str, *, tenant_id: int | None = None, shown_by: int | None = None) -> None:
    """Count that somebody came so far; a demo counts once for each step."""
    row = insert(FunnelStep).values(
        step=step, at=clock.now(), tenant_id=tenant_id, shown_by=shown_by
    )
    session.execute(row.on_conflict_do_nothing())


def play(tenant_id: int, entry: int) -> None:
    """Note that somebody was in a demo as one of its sample people."""
    grant = queries.grant_of(tenant_id, lock=True)
    if grant is None or str(entry) in grant.played:
        return
    grant.played = {**grant.played, str(entry): True}
    if len(grant.played) >= rules.ROLES:
        mark("played", tenant_id=tenant_id, shown_by=grant.shown_by)


def took(tenant_id: int) -> None:
    """Note that the package was taken home out of a demo."""
    grant = queries.grant_of(tenant_id)
    mark("taken", tenant_id=tenant_id, shown_by=grant.shown_by if grant else None)


def want(tenant_id: int, contact: str) -> None:
    """Note that the guests of a demo want a district of their own, and how they are reached."""
    grant = queries.grant_of(tenant_id, lock=True)
    if grant is None:
        raise Conflict
    grant.wanted_at, grant.contact = clock.now(), contact
    mark("wanted", tenant_id=tenant_id, shown_by=grant.shown_by)


def mark_made(demo_id: int, district_id: int) -> None:
    """Note that a demo became a real district."""
    grant = queries.grant_of(demo_id)
    mark("made", tenant_id=district_id, shown_by=grant.shown_by if grant else None)


#: The sample is made when the showroom has had this long to settle.
SETTLED_IN = timedelta(seconds=90)


def make_sample_later() -> None:
    """Have the sample made soon, unless it is there or nobody is to have demos."""
    if settings().demos_most and tenants.find_template() is None:
        at = clock.now() + SETTLED_IN
        JOBS["showcase.template"].enqueue(at=at, once="template")
