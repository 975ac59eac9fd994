"""What packages announce. Senders are codes of districts."""

from __future__ import annotations

from saas.kernel.events import fact

#: kind (upgrade, exchange, undo), key, version: the model of the district is another one now.
package_changed = fact("packages.package_changed")
