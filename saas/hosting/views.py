"""What the district at work uses, ready to be shown."""

from __future__ import annotations

from saas.kernel.context import current_tenant
from saas.kernel.runtime import wired
from saas.tenancy import metering
from saas.tenancy.views import UsageLine, usage_lines

_BOUNDED = ("files", "people", "sms")


def lines() -> list[UsageLine]:
    """Everything that is counted, as it is now."""
    return usage_lines(metering.measured(), current_tenant().quotas)


def near() -> list[UsageLine]:
    """Quotas that will be used up soon, or are; nothing is counted where there is none."""
    quotas, count = current_tenant().quotas, wired().domains.usage
    bounded = [name for name in _BOUNDED if getattr(quotas, name) is not None]
    found = usage_lines({name: count[name]() for name in bounded}, quotas)
    return [line for line in found if line.state != "fine"]
