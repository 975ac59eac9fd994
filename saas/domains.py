"""The one list of domains, in floor order, and what each gives to the shells.

The only file that knows them all. Nothing is found by walking folders.
"""

from __future__ import annotations

from typing import Any

from saas.accounts import pages as accounts_pages
from saas.accounts import permissions as accounts_permissions
from saas.accounts import reactions as _accounts_reactions  # noqa: F401
from saas.accounts.package import part as accounts_part
from saas.api import pages as api_pages
from saas.api.routes import Routes
from saas.demands import api as demands_api
from saas.demands import jobs as _demands_jobs  # noqa: F401
from saas.demands import pages as demands_pages
from saas.demands import permissions as demands_permissions
from saas.demands import reactions as _demands_reactions  # noqa: F401
from saas.demands.package import part as demands_part
from saas.help import pages as help_pages
from saas.kernel.context import current_tenant
from saas.notices import pages as notices_pages
from saas.onboarding import jobs as _onboarding_jobs  # noqa: F401
from saas.onboarding import pages as onboarding_pages
from saas.onboarding import reactions as _onboarding_reactions  # noqa: F401
from saas.onboarding.package import part as onboarding_part
from saas.onboarding.workbook import jobs as _setup_import_jobs  # noqa: F401
from saas.onboarding.workbook import pages as setup_import_pages
from saas.packages import jobs as _packages_jobs  # noqa: F401
from saas.packages import own_part
from saas.packages.library import pages as packages_pages
from saas.packages.model import commands as packages_commands
from saas.packages.model import pages as model_pages
from saas.packages.parts import Part, plug
from saas.rooms import api as rooms_api
from saas.rooms import jobs as _rooms_jobs  # noqa: F401
from saas.rooms import pages as rooms_pages
from saas.rooms import permissions as rooms_permissions
from saas.rooms import reactions as _rooms_reactions  # noqa: F401
from saas.rooms.package import part as rooms_part
from saas.showcase import commands as showcase_commands
from saas.showcase import jobs as _showcase_jobs  # noqa: F401
from saas.showcase import pages as showcase_pages
from saas.tenancy import jobs as _tenancy_jobs  # noqa: F401
from saas.tenancy import pages as tenancy_pages
from saas.tenancy.provisioning import Seed
from saas.territory import api as territory_api
from saas.territory import pages as territory_pages
from saas.territory import permissions as territory_permissions
from saas.territory.package import part as territory_part
from saas.themes import pages as themes_pages
from saas.workdays import pages as workdays_pages
from saas.workdays.package import part as workdays_part

BLUEPRINTS: tuple[Any, ...] = (
    api_pages.pages,
    tenancy_pages.pages,
    packages_pages.pages,
    model_pages.pages,
    themes_pages.pages,
    themes_pages.editor,
    themes_pages.culture,
    territory_pages.pages,
    workdays_pages.pages,
    accounts_pages.pages,
    notices_pages.pages,
    rooms_pages.pages,
    demands_pages.pages,
    demands_api.open311,
    showcase_pages.pages,
    help_pages.pages,
    onboarding_pages.pages,
    setup_import_pages.pages,
    onboarding_pages.setup,
)

#: What the JSON API offers, in the order of the document.
API: tuple[Routes, ...] = (territory_api.routes, rooms_api.routes, demands_api.routes)

NAV = (
    *tenancy_pages.NAV,
    *packages_pages.NAV,
    *territory_pages.NAV,
    *themes_pages.NAV,
    *workdays_pages.NAV,
    *model_pages.NAV,
    *accounts_pages.NAV,
    *notices_pages.NAV,
    *rooms_pages.NAV,
    *demands_pages.NAV,
    *showcase_pages.NAV,
    *help_pages.NAV,
    *onboarding_pages.NAV,
    *setup_import_pages.NAV,
)

PERMISSIONS: tuple[str, ...] = (
    *territory_permissions.ALL,
    *accounts_permissions.ALL,
    *rooms_permissions.ALL,
    *demands_permissions.ALL,
)

#: What a domain gives to model packages and takes from them, in the order of the floors.
PACKAGE_PARTS: tuple[Part, ...] = (
    own_part.PART,
    territory_part.PART,
    workdays_part.PART,
    accounts_part.PART,
    rooms_part.PART,
    demands_part.PART,
    onboarding_part.PART,
)
plug(PACKAGE_PARTS)


def _install_package(seed: dict[str, Any]) -> None:
    packages_commands.install(
        current_tenant().package,
        PACKAGE_PARTS,
        known=PERMISSIONS,
        version=seed.get("package_version"),
    )


#: How a new district is filled, one recorded step each. Every step does nothing the second time.
SEEDS: tuple[Seed, ...] = (
    Seed("package", _install_package),
    Seed("territory", territory_part.seed),
    Seed("rooms", rooms_part.seed),
    Seed("people", accounts_part.seed),
    Seed("demo", showcase_commands.seed),
)
