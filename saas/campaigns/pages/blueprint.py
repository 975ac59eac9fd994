"""The one blueprint of the pages of campaigns; what every template of it can say."""

from __future__ import annotations

from typing import Any

from flask import url_for

from saas.campaigns import words
from saas.funds.views import yuan
from saas.kernel.shortcodes import shown_code
from saas.web.pages import Pages
from saas.web.pictures import qr_code

pages = Pages("campaigns", __name__.rpartition(".pages")[0], plane="tenant")


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "yuan": yuan, "shown_code": shown_code}


def qr(endpoint: str, code: str) -> Any:
    """The picture of an address."""
    return qr_code(url_for(endpoint, code=code, _external=True))
