"""What attachments say of themselves: what is done with them, the domains of their things say."""

from __future__ import annotations

from saas.attachments import jobs, queries
from saas.kernel.domain import Domain

DOMAIN = Domain(name="attachments", background=(jobs,), usage={"files": queries.used_bytes})
