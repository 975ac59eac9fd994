"""What people may be allowed to do with demands."""

from __future__ import annotations

from saas.kernel.context import Actor

FILE = "demands:demand:file"
VIEW = "demands:demand:view"
HANDLE = "demands:demand:handle"
SUPERVISE = "demands:demand:supervise"
ALL = (FILE, VIEW, HANDLE, SUPERVISE)


def can_view(actor: Actor, *, filed_by_id: int, paths: tuple[str, ...]) -> bool:
    """Who filed it, and those whose posts reach where it arose or where it is held."""
    own = actor.kind == "person" and actor.id == filed_by_id
    return own or any(actor.may(VIEW, path) for path in paths)


def can_handle(actor: Actor, holder_path: str) -> bool:
    """Those who act for the unit that holds it, or for one above."""
    return actor.may(HANDLE, holder_path)
