"""What the calendar says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.workdays import pages
from saas.workdays.package import part as package_part
from saas.workdays.permissions import VIEW

DOMAIN = Domain(
    name="workdays",
    pages=(pages.pages,),
    nav=(Nav(_l("Working days"), "workdays.calendar", "workdays", VIEW, 85, "settings"),),
    settings=(
        Setting(
            _l("Working days"), "workdays.calendar", _l("Which hours and days count"), "demands", 40
        ),
    ),
    audit={
        "workdays.week": _l("Hours of the week changed"),
        "workdays.day": _l("Day off or working day set"),
        "workdays.clear": _l("Change of a day taken back"),
        "workdays.publish": _l("Published holidays taken over"),
        "workdays.complete": _l("Holidays of a year entered by hand"),
        "workdays.reopen": _l("Year opened again"),
    },
    things={"calendar": Thing(_l("Working days"), page=("workdays.calendar", VIEW))},
    part=package_part.PART,
)
