"""The checklist: running it, answering for a gap, going live on it."""

from __future__ import annotations

from collections.abc import Sequence

from saas.kernel import audit, clock
from saas.kernel.context import Actor, current_tenant, entering
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Forbidden, Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.rounds import each_alone
from saas.kernel.unit_of_work import unit_of_work
from saas.notices import commands as notices
from saas.onboarding import permissions, queries, rules
from saas.onboarding.checks import CHECKS
from saas.onboarding.checks.notice import TRIAL
from saas.onboarding.models import Acceptance, CheckResult, StepMark
from saas.tenancy import commands as tenancy
from saas.tenancy.provisioning import hub

_HEALTH = "/setup/health"


def ensure_sets_up(actor: Actor) -> None:
    """Raise `Forbidden` unless ``actor`` administers the whole district."""
    if not permissions.sets_up(actor):
        raise Forbidden


def mark_step(step: str, mark: str, *, actor: Actor) -> None:
    """Go on from a step, or leave it for later; said twice it changes nothing.

    A step whose result has to be there, and is not, is left for later whatever is said.
    """
    ensure_sets_up(actor)
    if step not in rules.SAID:
        mark = "skipped"
    row = queries.mark_of(step) or StepMark(step=step)
    if step in rules.NEVER_SKIPPED or row.mark in {mark, "done"}:
        return
    row.mark, row.by_id, row.at = mark, actor.person_id or 0, clock.now()
    session.add(row)
    session.flush()
    audit.record("onboarding.mark_step", "setup_step", None, actor=actor, step=step, mark=mark)


def try_notice(*, actor: Actor) -> None:
    """Send a real notice to ``actor`` by every way that is set up. Raises `TooMany`."""
    ensure_sets_up(actor)
    notices.try_every_way(TRIAL, path=_HEALTH, actor=actor)
    _store("notice", actor.person_id)


def run_checks(*, actor: Actor) -> int:
    """Run every check anew and keep what was found; returns how many gaps are open.

    A test notice is sent only where none ever was: another one is asked for by itself.
    """
    ensure_sets_up(actor)
    if queries.result_of("notice") is None:
        notices.try_every_way(TRIAL, path=_HEALTH, actor=actor)
    gaps = _store_all(actor.person_id)
    audit.record("onboarding.run_checks", "checklist", None, actor=actor, gaps=gaps)
    return gaps


def recheck() -> None:
    """The same by itself, where somebody ran the list before; nothing is sent."""
    if queries.was_checked():
        _store_all(None)


def _store_all(by_id: int | None) -> int:
    """Each alone: one that cannot be run keeps what it found last, and hides no other."""
    found: list[int] = []
    each_alone(CHECKS, lambda check: found.append(_store_whole(check, by_id)))
    return sum(found)


def _store_whole(check: str, by_id: int | None) -> int:
    with session.begin_nested():
        return _store(check, by_id)


def _store(check: str, by_id: int | None) -> int:
    findings = CHECKS[check]()
    row = queries.result_of(check) or CheckResult(check=check)
    row.findings = [finding.stored() for finding in findings]
    row.gaps = rules.open_gaps(findings, queries.acceptances())
    row.at, row.by_id = clock.now(), by_id
    session.add(row)
    session.flush()
    return row.gaps


def _count_again() -> None:
    """After somebody accepted a gap, or revoked it: nothing was found anew."""
    accepted = queries.acceptances()
    for check in queries.checks():
        if row := queries.result_of(check.key):
            row.gaps = rules.open_gaps(check.findings, accepted)
    session.flush()


def accept_gaps(keys: Sequence[str], *, reason: str, actor: Actor) -> int:
    """Answer by name for gaps that are to stay for now; returns how many were not accepted yet.

    Raises `Invalid` for a gap that has to be mended, or that is none.
    """
    ensure_sets_up(actor)
    acceptable = {f.key for c in queries.checks() for f in c.findings if f.state == "gap" and f.key}
    if not keys or set(keys) - acceptable:
        raise Invalid({"keys": [_l("Tick at least one gap of the list.")]})
    fresh = [key for key in dict.fromkeys(keys) if key not in queries.acceptances()]
    for key in fresh:
        session.add(Acceptance(key=key, reason=reason, by_id=actor.person_id or 0, at=clock.now()))
        audit.record("onboarding.accept_gap", "gap", None, actor=actor, key=key, reason=reason)
    session.flush()
    _count_again()
    return len(fresh)


def revoke_gap(key: str, *, actor: Actor) -> None:
    """Answer for a gap no longer: it stands open again."""
    ensure_sets_up(actor)
    row = queries.access_acceptance(key)
    row.revoked_at, row.revoked_by_id = clock.now(), actor.person_id
    session.flush()
    audit.record("onboarding.revoke_gap", "gap", None, actor=actor, key=key)
    _count_again()


def go_live(*, actor: Actor) -> None:
    """Open the district to everybody, if the checks that are run now find no open gap.

    Raises `Conflict` where there is one, or where the district is not being prepared.
    """
    ensure_sets_up(actor)
    if not current_tenant().staff_only:
        raise Conflict(_l("The district is open already."))
    if run_checks(actor=actor):
        raise Conflict(_l("Something on the list is still open. Look at it before you go on."))
    audit.record("onboarding.go_live", "district", None, actor=actor, **queries.what_opens())
    session.flush()
    code = current_tenant().code
    with entering(hub()), unit_of_work():
        tenancy.go_live(code)


def ask_pause(*, reason: str, actor: Actor) -> None:
    """Ask the operator to close the district for a while; only they can do it."""
    ensure_sets_up(actor)
    audit.record("onboarding.ask_pause", "district", None, actor=actor, reason=reason)
    code = current_tenant().code
    with entering(hub()), unit_of_work():
        tenancy.ask_pause(code, reason=reason)
