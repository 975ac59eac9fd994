"""What the figures are called, and what exactly each of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from saas.figures.facts import Definition
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say

STARS: Final = tuple(f"stars_{number}" for number in range(1, 6))
#: What is counted, by short names.
COUNTED: Final = {
    "received": Definition(
        _l("Received"),
        _l(
            "Demands that were filed in the months chosen, by every channel, withdrawn ones among"
            " them. What was merged into another demand is the same matter and counts there alone."
            " Received = resolved + open + declined + ended + withdrawn."
        ),
    ),
    "reasonable": Definition(
        _l("Reasonable ones"),
        _l(
            "Received − declined. Withdrawn ones count as reasonable, since nobody has judged"
            " otherwise; so do those that are still under review."
        ),
    ),
    "accepted": Definition(_l("Accepted"), _l("Received ones that a unit has accepted.")),
    "in_time": Definition(
        _l("Accepted in time"),
        _l(
            "Received ones that the first unit accepted before its deadline, so that none of them"
            " had to climb before. The deadline counts working hours."
        ),
    ),
    "in_time_reasonable": Definition(
        _l("Accepted in time, reasonable"),
        _l("The same without those that were declined later."),
    ),
    "resolved": Definition(
        _l("Resolved"),
        _l(
            "Received ones that stand as resolved now: answered, confirmed by the resident or by"
            " silence. What was reopened is not resolved until it is again."
        ),
    ),
    "open": Definition(_l("Still open"), _l("Received ones that are not finished yet.")),
    "declined": Definition(
        _l("Declined"),
        _l("Received ones found not reasonable by two pairs of eyes, and not taken up on appeal."),
    ),
    "ended": Definition(
        _l("Ended"), _l("Received ones that the highest level ended without a solution.")
    ),
    "withdrawn": Definition(_l("Withdrawn"), _l("Received ones that the resident withdrew.")),
    "merged": Definition(
        _l("Duplicates"),
        _l("Filed in the months chosen and merged into another demand. Not among the received."),
    ),
    "passed_up": Definition(
        _l("Passed up"),
        _l("Received ones that somebody passed up to the next level, once or several times."),
    ),
    "climbed": Definition(
        _l("Passed up by deadline"),
        _l("Received ones that climbed by themselves because a level let its time pass."),
    ),
    "returned": Definition(
        _l("Returned"), _l("Received ones that were returned to a level below.")
    ),
    "reopened": Definition(
        _l("Reopened"), _l("Received ones that the resident reopened, once or several times.")
    ),
    "rated": Definition(_l("Rated"), _l("Received ones that the resident gave one to five stars.")),
    **{
        stars: Definition(
            _l("%(number)s of 5 stars", number=number), _l("Rated ones with so many stars.")
        )
        for number, stars in enumerate(STARS, start=1)
    },
}
#: The same on the page that everybody can open.
PUBLIC: Final = {
    "received": Definition(
        _l("Demands received"),
        _l(
            "Everything that residents asked for, by every channel. Two demands about the same"
            " matter count once."
        ),
    ),
    "resolved": Definition(
        _l("Demands resolved"),
        _l("Those that were answered, and confirmed by the resident or by silence."),
    ),
}
#: Figures that are worked out of the counted ones.
DERIVED: Final = {
    "resolved_all": Definition(
        _l("Resolved of received"), _l("Resolved ÷ received. Both numbers open their records.")
    ),
    "resolved_reasonable": Definition(
        _l("Resolved of reasonable"), _l("Resolved ÷ reasonable. Both numbers open their records.")
    ),
    "in_time_all": Definition(_l("In time, of received"), _l("Accepted in time ÷ received.")),
    "in_time_of_reasonable": Definition(
        _l("In time, of reasonable"),
        _l("Accepted in time without the declined ones ÷ reasonable."),
    ),
    "median": Definition(
        _l("Median hours"),
        _l(
            "Half of what was resolved took no more working hours than this, counted from filing"
            " without the time in which it was suspended or waited for the resident."
        ),
    ),
    "ninth": Definition(
        _l("90% within, hours"), _l("Nine of ten resolved ones took no more working hours.")
    ),
    "satisfaction": Definition(
        _l("Satisfaction"), _l("The mean of all stars given, 1 to 5: sum of stars ÷ rated.")
    ),
}
CLIMBED: Final = {
    "reached": Definition(
        _l("Reached"),
        _l(
            "Received ones whose way led through the level or beyond. A demand counts at the"
            " highest level that it reached, even if it was returned from there."
        ),
    ),
    "stopped": Definition(_l("Ended here"), _l("Finished, and this was the highest level.")),
    "waits": Definition(_l("Still here"), _l("Not finished, and this is the highest level.")),
    "went_on": Definition(_l("Went on"), _l("Reached a higher level.")),
}
#: Where the numbers come from, for the foot of the page and of the workbook.
SOURCE = _l(
    "Counted from the records of this district at the moment of the page. A demand belongs to the"
    " month in which it was filed, to the place where it arose, and to the level that has it or"
    " finished it."
)


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
#: Everything that a section can show.
SHOWS: Final = {**COUNTED, **DERIVED, **CLIMBED}


def heading_of(section: Mapping[str, Any]) -> str:
    """What stands over a section: its own title, or how it is divided."""
    return say(section.get("title")) or str(DIVIDED[section["by"]])


def section_said(section: Mapping[str, Any]) -> str:
    """A section in one line: "By level (Received, Resolved)"."""
    shows = _(", ").join(str(SHOWS[name].name) for name in section["measures"])
    return _("%(heading)s (%(shows)s)", heading=heading_of(section), shows=shows)
