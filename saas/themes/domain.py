"""What culture says of itself."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Seed, Setting, Thing
from saas.kernel.i18n import lazy_gettext as _l
from saas.themes import commands, pages, queries
from saas.themes.permissions import EDIT
from saas.web.pages import PUBLIC


def _has_culture() -> bool:
    return queries.current_pack().has_culture


_FOR_RESIDENTS = Nav(
    _l("Culture"), "culture.overview", "look", PUBLIC, 60, face="resident", shown=_has_culture
)
DOMAIN = Domain(
    name="themes",
    pages=(pages.pages, pages.editor, pages.culture),
    nav=(
        _FOR_RESIDENTS,
        Nav(_l("Culture"), "culture_editor.overview", "look", EDIT, 84, "look"),
    ),
    settings=(
        Setting(
            _l("Culture"),
            "culture_editor.overview",
            _l("Colours, seal, drawings, stories"),
            "look",
            10,
        ),
    ),
    audit={
        "themes.begin": _l("Draft of the culture begun"),
        "themes.change": _l("Draft of the culture changed"),
        "themes.draw": _l("Drawing put into the culture"),
        "themes.reset_drawing": _l("Drawing of the culture brought back"),
        "themes.empty_slot": _l("Drawing taken out of the culture"),
        "themes.set_frames": _l("Frames of seals chosen"),
        "themes.discard": _l("Draft of the culture discarded"),
        "themes.publish": _l("Edition of the culture made"),
        "themes.take_in": _l("Edition of the culture imported"),
        "themes.apply": _l("Culture put on show"),
    },
    seeds=(Seed("culture", commands.seed, 25),),
    things={"culture": Thing(_l("Culture"), page=("culture_editor.overview", EDIT))},
)
