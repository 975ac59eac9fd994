"""Pages of culture: the style sheet, what residents see, the editor of a district's own pack."""

from saas.themes.pages import drafting as drafting
from saas.themes.pages import overview as overview
from saas.themes.pages import public as public
from saas.themes.pages import style as style
from saas.themes.pages.blueprint import culture, editor, pages
