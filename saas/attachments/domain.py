"""What attachments say of themselves: what is done with them, the domains of their things say."""

from __future__ import annotations

from saas.attachments import jobs
from saas.kernel.domain import Domain

DOMAIN = Domain(name="attachments", background=(jobs,))
