"""Notices to who administers a district, and what a quota that is used up means."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import declare

ADMINISTRATOR_INVITED: Final = declare(
    "hosting.administrator_invited",
    title=_l("The operator has invited another administrator"),
    text=_l("Reason: %(reason)s. If that is wrong, shut the person out and tell the operator."),
    icon="people",
    urgent=True,
)
EDITION_OFFERED: Final = declare(
    "hosting.edition_offered",
    title=_l("The model %(edition)s can be taken"),
    text=_l("You see first what it would change; nothing changes before you say so."),
    icon="package",
)
#: What it means that a quota is used up.
USED_UP: Final = {
    "files": _l("The room for files is used up: no more photos or files are taken until some go."),
    "people": _l("The quota of people is used up: nobody can be added."),
    "sms": _l("This month's SMS are used up: whom only an SMS would reach is called."),
}
