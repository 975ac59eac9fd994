"""What feedback says of itself."""

from __future__ import annotations

from saas.feedback import pages
from saas.kernel.domain import Domain

DOMAIN = Domain(name="feedback", pages=(pages.pages,))
