"""What a district is called, how it is reached, and where everything about it is set: one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from saas.kernel.context import Actor, current_tenant
from saas.kernel.domain import Words
from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding import permissions, queries
from saas.onboarding.pages.blueprint import setup
from saas.onboarding.permissions import SETTINGS
from saas.rooms import queries as rooms
from saas.rooms import views as room_views
from saas.rooms import words as room_words
from saas.tenancy import words as tenancy_words
from saas.territory import queries as territory
from saas.web.pages import Access, render


@dataclass(frozen=True, slots=True)
class Place:
    """A page where something of the district is set."""

    words: Words
    endpoint: str
    about: Words


#: By heading: where things are set that no place of the rail is named after, or that are looked for
#: in the settings.
_PLACES: tuple[tuple[Words, tuple[Place, ...]], ...] = (
    (
        _l("How the district looks"),
        (
            Place(_l("Culture"), "culture_editor.overview", _l("Colours, seal, drawings, stories")),
            Place(_l("The district's library"), "rooms.library", _l("The rooms every street has")),
        ),
    ),
    (
        _l("How demands run"),
        (
            Place(_l("Time limits"), "demands.times", _l("To accept and to resolve, by level")),
            Place(_l("Ladders"), "territory.ladders", _l("The levels a demand climbs")),
            Place(_l("Reply templates"), "demands.templates", _l("Texts to begin an answer with")),
            Place(_l("Working days"), "workdays.calendar", _l("Which hours and days count")),
        ),
    ),
    (
        _l("Who gets in and who is told"),
        (
            Place(_l("Roles"), "accounts.roles", _l("What each role may do")),
            Place(_l("Vacant posts"), "accounts.vacant", _l("Where nobody works yet")),
            Place(_l("Channels"), "notices.channels", _l("Text messages and official account")),
            Place(_l("Webhooks"), "notices.webhooks", _l("Other systems that are told")),
            Place(_l("API tokens"), "accounts.tokens", _l("Other systems that read and write")),
            Place(_l("Apps that show us"), "embedding.apps", _l("Apps in which the pages open")),
        ),
    ),
    (
        _l("What the district is made from"),
        (
            Place(_l("Model"), "model.show", _l("Edition, own changes, export")),
            Place(_l("Import"), "setup_import.workbook", _l("Units, people and rooms as Excel")),
            Place(
                _l("Official division list"),
                "setup_import.divisions",
                _l("Official codes"),
            ),
            Place(_l("Health of the district"), "setup.health", _l("The checklist, and a pause")),
        ),
    ),
)


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
        groups=[(words, _open_to(places, actor)) for words, places in _PLACES],
    )


def _contact(root: Any) -> list[tuple[Words, str]]:
    """What every street has that sets nothing itself."""
    return [
        (room_words.SETTINGS[name], room_views.told_value(name, setting.own))
        for name, setting in rooms.settings_of(root).items()
    ]


def _open_to(places: tuple[Place, ...], actor: Actor) -> list[Place]:
    return [place for place in places if actor.may(_access(place.endpoint).needs)]


def _access(endpoint: str) -> Access:
    access: Access = vars(current_app.view_functions[endpoint])["__saas_access__"]
    return access
