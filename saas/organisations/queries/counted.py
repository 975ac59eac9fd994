"""What organisations give as facts themselves, and what the criteria of a stage make of facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from saas.kernel import clock
from saas.kernel.db import session
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations import facts
from saas.organisations.facts import Giver
from saas.organisations.models import (
    Act,
    Credential,
    Link,
    Mentorship,
    Organisation,
    Plan,
    Post,
    Roll,
    Session,
    Sign,
)
from saas.organisations.rules import Measured

Ids = Collection[int]


#: States in which somebody counts.
COUNTED: Final = ("active", "dormant", "suspended", "leaving")


def measured_of(group: Organisation, criteria: Iterable[Mapping[str, Any]]) -> list[Measured]:
    """Each criterion as it stands now; what nobody counts is 0."""
    known, found = facts.givers(), []
    for one in criteria:
        days = one.get("within_days")
        since = clock.today() - timedelta(days=min(days, 3650)) if days else None
        giver = known.get(one["measure"])
        count = giver.count([group.id], since).get(group.id, 0) if giver else 0
        found.append(Measured(one["measure"], one["at_least"], days, count))
    return found


def alive_on(group: Organisation) -> date | None:
    """The day of its last sign of life; None for one that never met, which is asked from the day
    on which it came into the register.
    """
    filed = sa.select(sa.func.max(Act.at)).where(
        Act.organisation_id == group.id,
        Act.verb.in_(("file", "take_over", "wake", "resume", "stay")),
    )
    signed = sa.select(sa.func.max(Sign.on)).where(Sign.organisation_id == group.id)
    last, moment = session.execute(
        sa.select(signed.scalar_subquery(), filed.scalar_subquery())
    ).one()
    days = [
        day for day in (last, moment.astimezone(clock.zone()).date() if moment else None) if day
    ]
    return max(days, default=None)


def _counted(key: Any, what: Any, ids: Ids, *where: Any, join: Any = None) -> dict[int, int]:
    query = sa.select(key, what).where(key.in_(ids), *where).group_by(key)
    if join is not None:
        query = query.join_from(*join)
    return {one: int(number or 0) for one, number in session.execute(query)}


def _signs(ids: Ids, since: date | None) -> dict[int, int]:
    after = Sign.on >= since if since else sa.true()
    return _counted(Sign.organisation_id, sa.func.count(), ids, after, Sign.kind != "visit")


def _party_activities(ids: Ids, since: date | None) -> dict[int, int]:
    after = Sign.on >= since if since else sa.true()
    return _counted(
        Sign.organisation_id, sa.func.count(), ids, after, Sign.kind == "party_activity"
    )


def _members(ids: Ids, since: date | None) -> dict[int, int]:
    """Those of the last roll."""
    newest = (
        sa.select(Roll.organisation_id, Roll.party + Roll.league + Roll.pioneers + Roll.others)
        .where(Roll.organisation_id.in_(ids))
        .distinct(Roll.organisation_id)
        .order_by(Roll.organisation_id, Roll.as_of.desc(), Roll.id.desc())
    )
    return {one: number for one, number in session.execute(newest)}


def _leaders(ids: Ids, since: date | None) -> dict[int, int]:
    return _counted(Post.organisation_id, sa.func.count(), ids, Post.role == "leader",
                    Post.until.is_(None))  # fmt: skip


def _papers(ids: Ids, since: date | None) -> dict[int, int]:
    valid = sa.or_(Credential.valid_until.is_(None), Credential.valid_until >= clock.today())
    return _counted(Credential.organisation_id, sa.func.count(), ids, valid)


def _hours(*kinds: str) -> Any:
    """Whole hours of sessions that both sides have confirmed."""

    def count(ids: Ids, since: date | None) -> dict[int, int]:
        where: list[Any] = [Session.mentor_at.is_not(None), Session.group_at.is_not(None)]
        where += [Session.on >= since] if since else []
        where += [Mentorship.kind.in_(kinds)] if kinds else []
        return _counted(Mentorship.organisation_id, sa.func.sum(Session.minutes) / 60, ids, *where,
                        join=(Mentorship, Session))  # fmt: skip

    return count


def _advice(ids: Ids, since: date | None) -> dict[int, int]:
    return _counted(Act.organisation_id, sa.func.count(), ids, Act.verb == "advise")


def _others(ids: Ids, since: date | None) -> dict[int, int]:
    """Other organisations that lead it, are led by it, or mentor it."""
    pairs = sa.union_all(
        sa.select(Link.organisation_id.label("one")),
        sa.select(Link.other_id),
        sa.select(Mentorship.organisation_id).where(Mentorship.mentor_id.is_not(None)),
    ).subquery()
    return _counted(pairs.c.one, sa.func.count(), ids)


def _plans(*states: str) -> Any:
    def count(ids: Ids, since: date | None) -> dict[int, int]:
        return _counted(Plan.organisation_id, sa.func.count(), ids, Plan.state.in_(states))

    return count


def _carried(ids: Ids, since: date | None) -> dict[int, int]:
    """Groups in the register for which it signs."""
    return _counted(Organisation.carrier_id, sa.func.count(), ids, Organisation.state.in_(COUNTED))


def givers() -> tuple[Giver, ...]:
    """What this domain counts of an organisation by itself."""
    return (
        Giver("activities", _l("activities"), _signs, anchor="signs"),
        Giver("party_activities", _l("Party activities"), _party_activities, anchor="signs"),
        Giver("members", _l("members"), _members, anchor="rolls"),
        Giver("leader", _l("a leader"), _leaders, anchor="posts"),
        Giver("papers", _l("valid papers"), _papers, anchor="credentials"),
        Giver("mentor_hours", _l("confirmed hours with a mentor"), _hours(), anchor="mentors"),
        Giver("social_work_hours", _l("hours with social workers"), _hours("social_work"),
              anchor="mentors", party="social_workers"),
        Giver("plans_passed", _l("plans that passed the check"),
              _plans("passed", "running", "finished"), anchor="plans", party="social_workers"),
        Giver("plans_open", _l("open plans"), _plans("checking", "returned", "passed", "running"),
              anchor="plans", bars=_l("Plans are open: withdraw or finish them.")),
        Giver("carried", _l("groups that it carries"), _carried, anchor="links",
              bars=_l("Groups stand on it: they need another carrier first.")),
        Giver("advice", _l("words of the community"), _advice, anchor="story", party="community"),
        Giver("linked", _l("linked organisations"), _others, anchor="links", party="organisations"),
    )  # fmt: skip
