"""Taking an upgrade, exchanging the package of an empty district, taking either back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from saas.jobs.queue import JOBS
from saas.kernel import audit, clock
from saas.kernel.context import Actor, current_tenant
from saas.kernel.db import session
from saas.kernel.errors import Conflict, Invalid, NotFound
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.packages import words
from saas.packages.events import package_changed
from saas.packages.library import queries as library
from saas.packages.model import plan_in_words, queries
from saas.packages.model.queries import Parts, Proposal
from saas.packages.model.rules.merge import OURS, SIDES, resolve, values_of
from saas.packages.models import InstalledPackage, PackageChange, PackageDraft
from saas.packages.parts import Package
from saas.packages.permissions import ensure_edit


class Meanwhile(Conflict):
    """What was looked at has changed; ``paths`` are the entries that differ."""

    sentence = _l("This has changed since you looked at it. Look at the list again.")

    def __init__(self, paths: list[str], sentence: object = None) -> None:
        self.paths = paths
        super().__init__(sentence)


def decide(key: str, version: str, *, choices: Mapping[str, str], actor: Actor) -> Proposal:
    """Keep decisions about an upgrade, each with the values between which it was made.

    ``choices``: name of a conflict → ours or theirs. What is no conflict (any more) is left out.
    """
    ensure_edit(actor)
    queries.installed_row(lock=True)
    proposal = queries.plan_upgrade(key, version)
    row = queries.find_draft(key, version) or PackageDraft(key=key, version=version, decisions={})
    standing = {n: d for n, d in row.decisions.items() if n in proposal.tally.standing}
    chosen = {
        name: {"side": side, "values": values_of(proposal.plan, name)}
        for name, side in choices.items()
        if name in proposal.plan.conflicts and side in SIDES
    }
    row.decisions, row.changed_at = {**standing, **chosen}, clock.now()
    session.add(row)
    session.flush()
    return queries.plan_upgrade(key, version)


def upgrade(
    key: str,
    version: str,
    *,
    decisions: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
    actor: Actor,
) -> PackageChange:
    """Take an edition over, with what the district has made of the one before.

    ``decisions`` answer the conflicts; without them those that were drafted do. ``seen`` are the
    marks of the proposal that was looked at: raises `Meanwhile` with what differs now. Raises
    `Invalid` naming the conflicts that are open, `BadPackage` when the result has faults.
    """
    ensure_edit(actor)
    row = _hold()
    try:
        proposal = queries.plan_upgrade(key, version, decisions)
    except NotFound:
        if (row.key, row.version) == (key, version):
            raise Conflict(_l("The district has this edition already.")) from None
        raise
    _ensure_as_seen(proposal, seen)
    if proposal.open:
        raise Invalid({name: [_l("Decide this first.")] for name in proposal.open})
    result = resolve(proposal.plan, proposal.tally.standing)
    change = _change(
        "upgrade", row, result, content=proposal.theirs.parts(),
        decisions=dict(proposal.tally.standing), counts=proposal.plan.counts, actor=actor,
    )  # fmt: skip
    session.execute(sa.delete(PackageDraft))
    return change


def _hold() -> InstalledPackage:
    """Hold what is installed, and every table that is brought: nobody edits what is merged."""
    row = queries.installed_row(lock=True)
    tables = ", ".join(name for part in queries.package_parts() for name in part.tables)
    session.execute(sa.text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
    session.expire_all()
    return row


def _ensure_as_seen(proposal: Proposal, seen: Mapping[str, str] | None) -> None:
    if seen is None:
        return
    now = proposal.marks
    paths = sorted(path for path in {*now, *seen} if now.get(path) != seen.get(path))
    if paths:
        parts = plan_in_words.names_together(proposal.theirs.parts(), queries.current())
        now_there = {entry.path: entry for entry in proposal.plan.entries}
        names = [
            plan_in_words.called(now_there[path], parts) for path in paths if path in now_there
        ]
        raise Meanwhile(
            paths,
            _l(
                "This has changed since you looked at it: %(names)s. Look at the list again.",
                names=_(", ").join(names[:5]),
            )
            if names
            else None,
        )


def _change(
    kind: str,
    row: InstalledPackage,
    result: Parts,
    *,
    content: Parts,
    decisions: dict[str, Any],
    counts: dict[str, Any],
    undoes: PackageChange | None = None,
    actor: Actor,
) -> PackageChange:
    """Bring the result, make ``content`` the base of what comes later, and keep what was before."""
    package = queries.checked(result)
    before, base, old_key = queries.current(), dict(row.content), row.key
    _bring(package)
    head = content["package"]
    row.key, row.version, row.content = head["key"], head["version"], content
    row.installed_at = clock.now()
    session.flush()
    change = PackageChange(
        kind=kind, key=row.key, version=row.version, before=before, after=queries.current(),
        base=base, decisions=decisions, counts=counts, actor_kind=actor.kind, actor_id=actor.id,
        actor_name=actor.name, at=clock.now(), undoes_id=undoes.id if undoes else None,
    )  # fmt: skip
    session.add(change)
    session.flush()
    audit.record(
        f"packages.{kind}", "package", change.id, actor=actor, key=row.key, version=row.version,
        counts=counts, decisions=decisions,
    )  # fmt: skip
    package_changed.send(current_tenant().code, kind=kind, key=row.key, version=row.version)
    if row.key != old_key:
        JOBS["packages.tell_hub"].enqueue(once="tell_hub")
    return change


def _bring(package: Package) -> None:
    for part in queries.package_parts():
        part.bring(package)
    session.flush()


def undo(*, actor: Actor, change_id: int | None = None) -> PackageChange:
    """Take the latest change of the model back. What was edited since stays as it is.

    ``change_id`` is the one that was looked at. Raises `Conflict` when there is nothing to take
    back, or another one by now; `BadPackage` when what would come of it has faults.
    """
    ensure_edit(actor)
    row = _hold()
    change = queries.undoable()
    if change is None or change_id not in {None, change.id}:
        raise Conflict(_l("There is nothing to take back, or somebody has done it already."))
    plan = queries.plan_undo(change)
    decisions = dict.fromkeys(plan.conflicts, OURS)
    return _change(
        "undo", row, resolve(plan, decisions), content=dict(change.base),
        decisions=decisions, counts=plan.counts, undoes=change, actor=actor,
    )  # fmt: skip


def exchange(key: str, version: str | None = None, *, actor: Actor) -> PackageChange:
    """Give a district on which nothing stands yet another package.

    Raises `Conflict` when there is more than what every district has from its first minute, and
    what the other package has too; `NotFound` for a package that there is not.
    """
    ensure_edit(actor)
    row = _hold()
    package = library.read_package(key, wired().domains.permissions, version)
    if (row.key, row.version) == (package.key, package.version):
        raise Conflict(_l("The district has this edition already."))
    if standing := queries.in_the_way(package):
        names = [words.called(address, queries.current()) for address in standing[:5]]
        raise Conflict(
            _l(
                "The district is in use already: %(names)s. Only an empty district can be given"
                " another model.",
                names=_(", ").join(names),
            )
        )
    return _change(
        "exchange", row, package.parts(), content=package.parts(), decisions={}, counts={},
        actor=actor,
    )  # fmt: skip
