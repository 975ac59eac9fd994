"""How far guests come, in words."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

#: The steps in their order: what is counted there.
STEPS: Final = {
    "visited": (_l("Visits that took place"), _l("Delegations that were here.")),
    "opened": (_l("Demos opened"), _l("Demos of somebody's own that were made.")),
    "played": (_l("Three roles played"), _l("Demos that were entered as three people or more.")),
    "taken": (_l("Package taken home"), _l("Demos from which the package was taken.")),
    "wanted": (
        _l("District asked for"),
        _l("Pledges after visits, guests of demos who ask."),
    ),
    "made": (_l("District made"), _l("Real districts that were made from a demo.")),
    "live": (_l("District live"), _l("Those of them that have gone live.")),
}
