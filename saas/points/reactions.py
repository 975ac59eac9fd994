"""What points do about others' facts: who came or helped earns, what is void is taken back."""

from __future__ import annotations

from typing import Any

from saas.attendance.events import marked
from saas.attendance.queries import Mark
from saas.kernel.db import session
from saas.kernel.i18n import gettext as _
from saas.points import commands
from saas.volunteers.events import verified, voided
from saas.volunteers.queries import Service


@marked.connect
def _came(mark_id: int, *, person: int | None, what: str, **_more: Any) -> None:
    mark = session.get_one(Mark, mark_id)
    if what == "void" and mark.voids_id:
        commands.take_back(mark_id=mark.voids_id, reason=_("The mark was taken back."))
    elif person:
        commands.grant(person, by=None if mark.how == "scanned" else mark.actor_id, mark_id=mark_id)


@verified.connect
def _helped(service_id: int, *, person: int | None, minutes: int, **_more: Any) -> None:
    if person:
        by = session.get_one(Service, service_id).verified_by
        commands.grant(person, by=by, minutes=minutes, service_id=service_id)


@voided.connect
def _undone(service_id: int, **_more: Any) -> None:
    commands.take_back(service_id=service_id, reason=_("The hours were taken back."))
