"""What points say of themselves."""

from __future__ import annotations

from saas.activities.permissions import HANDLE, SET_UP
from saas.kernel.domain import Domain, Nav, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.points import api, jobs, pages, reactions
from saas.points.books import SEALED
from saas.points.package import part as package_part
from saas.web.pages import PUBLIC

DOMAIN = Domain(
    name="points",
    pages=(pages.pages,),
    api=(api.routes,),
    books=SEALED,
    nav=(
        Nav(_l("Points desk"), "points.desk", "star", HANDLE, 27, "rooms"),
        Nav(_l("Points"), "points.shown", "star", PUBLIC, 55, face="resident"),
    ),
    audit={
        "points.join": _l("Agreed to points"),
        "points.leave": _l("No longer earns points"),
        "points.take_back": _l("Points taken back with what they were earned for"),
        "points.give": _l("Points given to a neighbour"),
        "points.hand_out": _l("Reward handed out"),
        "points.undo": _l("Reward taken back"),
        "points.add_reward": _l("Reward added"),
        "points.restock": _l("Pieces of a reward added or taken away"),
        "points.retire": _l("Reward is had no more"),
        "points.settle": _l("Month of a merchant signed"),
    },
    things={
        "points_account": Thing(_l("Points of somebody"), page=("points.desk", HANDLE)),
        "reward": Thing(_l("Reward"), page=("points.rewards", SET_UP)),
    },
    part=package_part.PART,
    background=(jobs, reactions),
)  # fmt: skip
