"""What model packages say of themselves."""

from __future__ import annotations

from typing import Any

from saas.kernel.context import current_tenant
from saas.kernel.domain import Domain, Nav, Seed, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.runtime import wired
from saas.packages import jobs, own_part
from saas.packages.cards import CARDS
from saas.packages.library import pages as library_pages
from saas.packages.model import commands, queries
from saas.packages.model import pages as model_pages
from saas.packages.permissions import EDIT
from saas.web.pages import SIGNED_IN


def _install(seed: dict[str, Any]) -> None:
    commands.install(
        current_tenant().package,
        queries.package_parts(),
        known=wired().domains.permissions,
        version=seed.get("package_version"),
    )


def _ensure_installable(key: str, seed: dict[str, Any]) -> None:
    queries.read_package(key, wired().domains.permissions, seed.get("package_version"))


DOMAIN = Domain(
    name="packages",
    cards=CARDS,
    pages=(library_pages.pages, model_pages.pages),
    nav=(
        Nav(_l("Model packages"), "packages.listing", "package", SIGNED_IN, 30, plane="hub"),
        Nav(_l("Model"), "model.show", "package", EDIT, 88, "settings"),
    ),
    settings=(Setting(_l("Model"), "model.show", _l("Edition, own changes, export"), "model", 10),),
    audit={
        "packages.install": _l("Model package installed"),
        "packages.upgrade": _l("Model upgraded"),
        "packages.exchange": _l("Model exchanged for another one"),
        "packages.undo": _l("Last change of the model taken back"),
        "packages.export": _l("Model exported as a package"),
    },
    things={"package": Thing(_l("Model package"), page=("model.show", EDIT))},
    part=own_part.PART,
    seeds=(Seed("package", _install, 10, _ensure_installable),),
    background=(jobs,),
    usage={"edition": queries.installed_edition},
)
