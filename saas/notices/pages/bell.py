"""What every page shows of the inbox: where it is, and how much of it is unread."""

from __future__ import annotations

from functools import cached_property

from saas.kernel.context import Actor, Tenant
from saas.notices import queries
from saas.web.addresses import url_of


class Bell:
    """The inbox of one reader as layouts draw it; nothing is counted before a layout asks."""

    def __init__(self, person_id: int) -> None:
        self._person_id = person_id

    @property
    def url(self) -> str:
        """Where the inbox is."""
        return url_of("notices.inbox")

    @cached_property
    def unread(self) -> int:
        """How many notices are unread, `queries.BELL_LIMIT` at most; one statement a page."""
        return queries.unread_count(self._person_id)

    @property
    def count(self) -> str:
        """The number to show, empty for none."""
        if self.unread >= queries.BELL_LIMIT:
            return f"{queries.BELL_LIMIT - 1}+"
        return str(self.unread) if self.unread else ""


def bell(tenant: Tenant | None, actor: Actor) -> Bell | None:
    """The bell of a person of this district; operators and strangers have none."""
    return Bell(actor.id) if tenant and actor.id is not None else None
