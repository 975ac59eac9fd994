"""What a district is called, how it is reached, and where everything about it is set: one page."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.domain import Setting, Words
from saas.kernel.runtime import wired
from saas.onboarding import permissions, queries
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.permissions import SETTINGS
from saas.rooms import queries as rooms
from saas.rooms import views as room_views
from saas.rooms import words as room_words
from saas.tenancy import words as tenancy_words
from saas.territory import queries as territory
from saas.web.pages import Access, render


@setup.page("/setup/district", needs=SETTINGS)
def district(actor: Actor) -> ResponseReturnValue:
    """Name, seal, code, addresses and contact, each with who can change it and where."""
    tenant, root = current_tenant(), territory.root()
    shapes = root is not None and rooms.shapes_library(actor)
    return render(
        "onboarding/district.html",
        district=tenant,
        state=tenancy_words.STATE[tenant.state],
        address=url_for("showcase.home", _external=True),
        hosts=queries.hosts() if permissions.sets_up(actor) else [],
        contact=_contact(root) if shapes else None,
        groups=[(one.words, _open_to(own, actor)) for one, own in wired().domains.settings.items()],
    )


def _contact(root: Any) -> list[tuple[Words, str]]:
    """What every street has that sets nothing itself."""
    return [
        (room_words.SETTINGS[name], room_views.told_value(name, setting.own))
        for name, setting in rooms.settings_of(root).items()
    ]


def _open_to(settings: tuple[Setting, ...], actor: Actor) -> list[Setting]:
    return [one for one in settings if actor.may(_access(one.endpoint).needs)]


def _access(endpoint: str) -> Access:
    access: Access = vars(current_app.view_functions[endpoint])["__saas_access__"]
    return access
