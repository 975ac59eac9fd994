"""What the control plane announces."""

from saas.kernel.events import fact

#: Sent with the tenant's code when its state or address changed: registries forget it.
tenant_changed = fact("tenancy.tenant_changed")
