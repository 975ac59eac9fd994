"""What district and operator have to do with each other, said by itself."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS
from saas.hosting import commands, jobs, pages
from saas.hosting.cards import CARDS
from saas.kernel.domain import Domain, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="hosting",
    pages=(pages.pages, pages.hub_pages),
    settings=(
        Setting(
            _l("Support view"),
            "hosting.support",
            _l("Let the operators of the service look in"),
            "people",
            60,
        ),
        Setting(
            _l("Usage and quotas"),
            "hosting.usage",
            _l("What the district uses of what it may"),
            "model",
            20,
        ),
    ),
    cards=CARDS,
    audit={
        "hosting.grant_support": _l("Operators let in to look"),
        "hosting.enter_support": _l("An operator came in to look"),
        "hosting.leave_support": _l("An operator left"),
        "hosting.withdraw_support": _l("Support view ended"),
        "hosting.invite_administrator": _l("Another administrator invited by the operator"),
        "hosting.offer_edition": _l("Told of a new edition by the operator"),
        "hosting.support_ran_out": _l("Support view ran out"),
    },
    things={"support": Thing(_l("Support view"), page=("hosting.support", SETTINGS))},
    background=(jobs,),
    restored=commands.forget_grants,
)
