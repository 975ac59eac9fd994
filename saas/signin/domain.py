"""What signing in says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain
from saas.signin import jobs, pages

DOMAIN = Domain(name="signin", pages=(pages.pages,), background=(jobs,))
