"""The blueprints of culture, and its places in the rails."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.themes import queries
from saas.themes.permissions import EDIT
from saas.web.pages import PUBLIC, Pages
from saas.web.shell import Nav

_HOME = __name__.rpartition(".")[0].rpartition(".")[0]
#: What every plane has: the style sheet.
pages = Pages("themes", _HOME, plane="any")
#: What residents see of it.
culture = Pages("culture", _HOME, plane="tenant")
#: Shaping a district's own culture.
editor = Pages("culture_editor", _HOME, plane="tenant")

NAV: tuple[Nav, ...] = (
    Nav(
        _l("Culture"),
        "culture.overview",
        "look",
        PUBLIC,
        60,
        face="resident",
        shown=lambda: queries.current_pack().has_culture,
    ),
    Nav(_l("Culture"), "culture_editor.overview", "look", EDIT, 84),
)
