"""What volunteers do about sessions: no session, no help; another time, another shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from saas.activities import queries as sessions
from saas.activities.events import session_moved, session_near, session_shifted
from saas.kernel.context import SYSTEM
from saas.volunteers import commands, queries


@session_moved.connect
def _call_off(session_id: int, *, verb: str, **_more: Any) -> None:
    if verb == "cancel":
        scene = sessions.scene_by_id(session_id)
        for shift in queries.shifts_of(session_id):
            commands.cancel_shift(scene, shift, actor=SYSTEM)


@session_shifted.connect
def _follow(session_id: int, *, by: timedelta, **_more: Any) -> None:
    commands.follow(sessions.scene_by_id(session_id), by, actor=SYSTEM)


@session_near.connect
def _remind(session_id: int, *, since: datetime, **_more: Any) -> None:
    commands.remind(sessions.scene_by_id(session_id), since, actor=SYSTEM)
