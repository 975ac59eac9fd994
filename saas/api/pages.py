"""The document of the API, for programs and for people."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from saas.api import views
from saas.api.answers import answer
from saas.api.bearer import PREFIX
from saas.api.document import document
from saas.api.once import KEPT
from saas.api.pace import BUCKET, CHANGES
from saas.api.schemas import KEY_HEADER, LARGEST_PAGE
from saas.kernel.context import Actor
from saas.web.pages import PUBLIC, Pages, render

pages = Pages("api", __name__, plane="tenant")


@pages.page(f"{PREFIX}/openapi.json", needs=PUBLIC)
def openapi(actor: Actor) -> ResponseReturnValue:
    """OpenAPI 3.1, with the address of this district."""
    return answer(document())


@pages.page(f"{PREFIX}/docs", needs=PUBLIC)
def docs(actor: Actor) -> ResponseReturnValue:
    """The same, to be read."""
    described = document()
    return render(
        "api/docs.html",
        sections=views.sections(described),
        shapes=views.shapes(described),
        base=described["servers"][0]["url"],
        example=views.example(described),
        page_limit=LARGEST_PAGE,
        key_header=KEY_HEADER,
        kept_hours=int(KEPT.total_seconds() // 3600),
        calls=int(BUCKET.per_second),
        burst=int(BUCKET.burst),
        changes=CHANGES,
    )
