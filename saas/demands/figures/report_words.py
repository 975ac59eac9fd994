"""What the sections of defined reports are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say

PERIOD: Final = {
    "month": _l("every month"),
    "quarter": _l("every quarter"),
    "year": _l("every year"),
}
#: How a section is divided, as it stands over it.
DIVIDED: Final = {
    "all": _l("As a whole"),
    "ladder": _l("How far they climbed"),
    "unit": _l("By place"),
    "level": _l("By level"),
    "category": _l("By category"),
    "channel": _l("By channel"),
    "month": _l("By month"),
}
SHOWS: Final = {
    "received": _l("Received"),
    "in_time_all": _l("In time, of received"),
    "in_time_of_reasonable": _l("In time, of reasonable"),
    "resolved": _l("Resolved"),
    "resolved_all": _l("Resolved of received"),
    "resolved_reasonable": _l("Resolved of reasonable"),
    "declined": _l("Declined"),
    "passed_up": _l("Passed up"),
    "climbed": _l("Passed up by deadline"),
    "returned": _l("Returned"),
    "reopened": _l("Reopened"),
    "median": _l("Median hours"),
    "ninth": _l("90% within, hours"),
    "satisfaction": _l("Satisfaction"),
    "rated": _l("Rated"),
    "reached": _l("Reached"),
    "stopped": _l("Ended here"),
    "waits": _l("Still here"),
    "went_on": _l("Went on"),
}


def heading_of(section: Mapping[str, Any]) -> str:
    """What stands over a section: its own title, or how it is divided."""
    return say(section.get("title")) or str(DIVIDED[section["by"]])


def section_said(section: Mapping[str, Any]) -> str:
    """A section in one line: "By level (Received, Resolved)"."""
    shows = _(", ").join(str(SHOWS[name]) for name in section["measures"])
    return _("%(heading)s (%(shows)s)", heading=heading_of(section), shows=shows)
