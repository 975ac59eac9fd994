"""Pages of culture: the style sheet of every page, and the editor of a district's own pack."""

from saas.themes.pages import drafting as drafting
from saas.themes.pages import overview as overview
from saas.themes.pages import style as style
from saas.themes.pages.blueprint import NAV, editor, pages

__all__ = ["NAV", "editor", "pages"]
