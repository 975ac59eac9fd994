"""What the first page and demo districts say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Seed
from saas.kernel.i18n import lazy_gettext as _l
from saas.showcase import commands, jobs, pages
from saas.web.pages import PUBLIC, SIGNED_IN

DOMAIN = Domain(
    name="showcase",
    pages=(pages.pages,),
    nav=(
        Nav(_l("Home"), "showcase.home", "home", PUBLIC, 10, face="resident"),
        Nav(_l("First page"), "showcase.front", "showcase", SIGNED_IN, 90, "showcase"),
    ),
    seeds=(Seed("demo", commands.seed, 50),),
    background=(jobs,),
)
