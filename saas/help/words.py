"""Groups of help texts in words, in the order of the list."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l

GROUPS = {
    "residents": _l("For residents"),
    "stewards": _l("Handling demands"),
    "streets": _l("Street offices"),
    "setup": _l("Setting up a district"),
    "running": _l("Running a district"),
    "oversight": _l("Figures and oversight"),
    "operator": _l("Operating the service"),
}
