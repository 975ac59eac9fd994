"""Reading how far a district is: its steps, its checks, the gaps that somebody answers for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from saas.accounts import queries as people
from saas.demands import queries as demands
from saas.kernel import audit
from saas.kernel.context import current_tenant, entering
from saas.kernel.db import session
from saas.kernel.errors import NotFound
from saas.kernel.unit_of_work import reading
from saas.onboarding import rules
from saas.onboarding.models import Acceptance, CheckResult, StepMark
from saas.onboarding.rules import Finding, Step
from saas.rooms import queries as rooms
from saas.tenancy import queries as tenancy
from saas.tenancy.provisioning import hub
from saas.territory import queries as territory
from saas.territory.queries import Unit


def steps() -> list[Step]:
    """How every step of the wizard stands."""
    return rules.steps_of(_there(), {mark.step: mark.mark for mark in _marks()})


def _marks() -> Sequence[StepMark]:
    return session.scalars(sa.select(StepMark)).all()


def mark_of(step: str) -> StepMark | None:
    """What somebody said of a step."""
    return session.scalar(sa.select(StepMark).where(StepMark.step == step))


def _there() -> set[str]:
    """The steps of which the result is there, whoever made it and however."""
    if not current_tenant().staff_only:
        return set(rules.STEPS)
    root = territory.root()
    counts = territory.count_by_kind(root.path) if root else {}
    lowest = next((level.kind for level in demands.escalation_levels() if level.kind), None)
    facts = {
        "streets": bool(streets()),
        "units": bool(counts.get(lowest or "")),
        "people": bool(people.administrators()[1:]),
        "rooms": bool(root and rooms.counts(root.path).get("open")),
        "check": is_checked() and not count_gaps(),
    }
    return {key for key, there in facts.items() if there}


def streets() -> list[Unit]:
    """The places directly beneath the district."""
    root = territory.root()
    return [unit for unit in territory.children(root) if territory.is_place(unit)] if root else []


#: States of a check whose last word may not hold any more.
UNSURE = frozenset({"old", "unknown"})


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its last findings; ``at`` None: it was never run. ``old``: what it judges has
    changed since.
    """

    key: str
    findings: tuple[Finding, ...]
    accepted: dict[str, Acceptance]
    at: datetime | None
    old: bool = False

    @property
    def state(self) -> str:
        """ok, gap, accepted or off; unknown as long as it was never run, old where what was found
        to be in order has changed since.
        """
        if self.at is None:
            return "unknown"
        found = rules.state_of(self.findings, self.accepted)
        return "old" if self.old and found != "gap" else found


def checks() -> list[Check]:
    """Every check in the order of the list."""
    accepted, rows = (
        acceptances(),
        {row.check: row for row in session.scalars(sa.select(CheckResult))},
    )
    done = audit.done_since(min(row.at for row in rows.values())) if rows else {}
    return [_check(key, rows.get(key), accepted, done) for key in rules.CHECKS]


def _check(
    key: str,
    row: CheckResult | None,
    accepted: dict[str, Acceptance],
    done: dict[str, datetime],
) -> Check:
    findings = tuple(Finding(**found) for found in row.findings) if row else ()
    own = {f.key: accepted[f.key] for f in findings if f.key in accepted}
    old = row is not None and rules.is_old(key, row.at, done)
    return Check(key, findings, own, row.at if row else None, old)


def acceptances() -> dict[str, Acceptance]:
    """The gaps that somebody answers for, by their key."""
    query = sa.select(Acceptance).where(Acceptance.revoked_at.is_(None))
    return {row.key: row for row in session.scalars(query)}


def access_acceptance(key: str) -> Acceptance:
    """A living acceptance, or `NotFound`."""
    found = acceptances().get(key)
    if found is None:
        raise NotFound
    return found


def result_of(check: str) -> CheckResult | None:
    """The stored result of a check."""
    return session.scalar(sa.select(CheckResult).where(CheckResult.check == check))


def is_checked() -> bool:
    """Whether every check was run at least once."""
    total = session.scalar(sa.select(sa.func.count()).select_from(CheckResult))
    return total == len(rules.CHECKS)


def was_checked() -> bool:
    """Whether somebody ran the list before, perhaps when it was shorter."""
    return session.scalar(sa.select(CheckResult.id).limit(1)) is not None


def is_unsure() -> bool:
    """Whether some check was never run, or what it judged has changed since it last did."""
    return any(check.state in UNSURE for check in checks())


def count_gaps() -> int:
    """How many gaps the last runs found that nobody mended or accepted: for the badge."""
    return int(session.scalar(sa.select(sa.func.sum(CheckResult.gaps))) or 0)


def hosts() -> list[str]:
    """The host names of the own district, which the operator keeps."""
    code = current_tenant().code
    with entering(hub()), reading():
        return tenancy.hosts_at(code)


def people_in(checks: Sequence[Check]) -> dict[int, str]:
    """The names of the people whom findings and acceptances speak of."""
    ids = {one for check in checks for f in check.findings for one in f.facts.get("people", ())}
    ids |= {row.by_id for check in checks for row in check.accepted.values()}
    return people.names_of(sorted(ids)) if ids else {}


def what_opens() -> dict[str, Any]:
    """What will be visible to everybody once the district goes live, each number counted."""
    root = territory.root()
    path = root.path if root else ""
    return {
        "streets": len(streets()),
        "rooms": rooms.counts(path).get("open", 0),
        "categories": len(demands.open_leaves()),
        "accepted": len(acceptances()),
    }
