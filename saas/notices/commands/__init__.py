"""Every write of the notices. The domains above use `notify`, `done_about` and `announce`."""

from saas.notices.commands.reading import mark_all_read, mark_read, mark_unread
from saas.notices.commands.telling import announce, done_about, notify

__all__ = [
    "announce",
    "done_about",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "notify",
]
