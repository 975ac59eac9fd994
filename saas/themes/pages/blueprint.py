"""The blueprints of culture."""

from __future__ import annotations

from saas.web.pages import Pages

_HOME = __name__.rpartition(".")[0].rpartition(".")[0]
#: What every plane has: the style sheet.
pages = Pages("themes", _HOME, plane="any")
#: What residents see of it.
culture = Pages("culture", _HOME, plane="tenant")
#: Shaping a district's own culture.
editor = Pages("culture_editor", _HOME, plane="tenant")
