"""The one blueprint of the pages of funds; what every template of it can say."""

from typing import Any

from saas.funds import rules, views, words
from saas.web.pages import Pages

pages = Pages("funds", __name__.rpartition(".pages")[0], plane="tenant")


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "yuan": views.yuan, "rules": rules}
