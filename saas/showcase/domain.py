"""What the first page, demo districts and the figures for everybody say of themselves."""

from __future__ import annotations

from saas.accounts.permissions import SETTINGS
from saas.kernel.domain import Domain, Nav, Seed, Shown, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.showcase import commands, figures, jobs, pages, readings, takehome, window
from saas.showcase.demos import jobs as demo_jobs
from saas.showcase.demos import pages as demos
from saas.showcase.demos import reactions
from saas.showcase.screen import pages as screen
from saas.showcase.tour import pages as tour
from saas.visits.permissions import HANDLE
from saas.web.pages import PUBLIC, SIGNED_IN

pages.pages.after_app_request(readings.translate)
DOMAIN = Domain(
    name="showcase",
    pages=(
        pages.pages,
        window.pages,
        demos.pages,
        demos.inside,
        tour.pages,
        takehome.pages,
        screen.pages,
        screen.watched,
    ),
    window=(Shown("trial", "demos/_trial.html"), Shown("tour", "tour/_window.html")),
    nav=(
        Nav(_l("Screens"), "screen.screens", "see", SETTINGS, 92, "look"),
        Nav(_l("Guests' way"), "own_demo.way", "flag", HANDLE, 93, "look"),
        Nav(_l("Screens"), "screens.every", "see", SIGNED_IN, 21, plane="hub"),
        Nav(_l("Guests and demos"), "demos.overview", "people", SIGNED_IN, 20, plane="hub"),
        Nav(_l("Home"), "showcase.home", "home", PUBLIC, 10, face="resident"),
        Nav(_l("Residents' page"), "showcase.front", "showcase", SIGNED_IN, 90, "look"),
    ),
    seeds=(Seed("demo", commands.seed, 50, commands.ensure_seedable),),
    background=(jobs, demo_jobs, reactions),
)
#: The pages of a craft, which itself knows no district: its claims are recorded under its name.
FIGURES = Domain(
    name="figures",
    pages=(figures.pages,),
    nav=(Nav(_l("Stated totals"), "figures.claims", "figures", SETTINGS, 87, "settings"),),
    audit={
        "figures.add_claim": _l("Stated total entered"),
        "figures.retire_claim": _l("Stated total shown no more"),
    },
    things={"claim": Thing(_l("Stated total"), figures.claim_links, ("figures.claims", SETTINGS))},
)
