"""The one list of domains, in floor order. What each one gives stands in its ``domain.py``.

The only file that knows them all. Nothing is found by walking folders.
"""

from __future__ import annotations

from saas.access.domain import DOMAIN as ACCESS
from saas.accounts.domain import DOMAIN as ACCOUNTS
from saas.activities.domain import DOMAIN as ACTIVITIES
from saas.attachments.domain import DOMAIN as ATTACHMENTS
from saas.attendance.domain import DOMAIN as ATTENDANCE
from saas.bookings.domain import DOMAIN as BOOKINGS
from saas.campaigns.domain import DOMAIN as CAMPAIGNS
from saas.demands.domain import DOMAIN as DEMANDS
from saas.feedback.domain import DOMAIN as FEEDBACK
from saas.feeds.domain import DOMAIN as FEEDS
from saas.funds.domain import DOMAIN as FUNDS
from saas.goods.domain import DOMAIN as GOODS
from saas.help.domain import DOMAIN as HELP
from saas.hosting.domain import DOMAIN as HOSTING
from saas.kernel.domain import Domains, Group
from saas.kernel.i18n import lazy_gettext as _l
from saas.listing.domain import DOMAIN as LISTING
from saas.media.domain import DOMAIN as MEDIA
from saas.notices.domain import DOMAIN as NOTICES
from saas.onboarding.domain import DOMAIN as ONBOARDING
from saas.onboarding.workbook.domain import DOMAIN as SETUP_IMPORT
from saas.organisations.domain import DOMAIN as ORGANISATIONS
from saas.packages.domain import DOMAIN as PACKAGES
from saas.packages.parts import plug
from saas.places.domain import DOMAIN as PLACES
from saas.points.domain import DOMAIN as POINTS
from saas.publishing.domain import DOMAIN as PUBLISHING
from saas.rooms.domain import DOMAIN as ROOMS
from saas.search.domain import DOMAIN as SEARCH
from saas.showcase.domain import DOMAIN as SHOWCASE
from saas.showcase.domain import FIGURES
from saas.signin.domain import DOMAIN as SIGNIN
from saas.statements.domain import DOMAIN as STATEMENTS
from saas.tenancy.domain import DOMAIN as TENANCY
from saas.territory.domain import DOMAIN as TERRITORY
from saas.themes.domain import DOMAIN as THEMES
from saas.visits.domain import DOMAIN as VISITS
from saas.volunteers.domain import DOMAIN as VOLUNTEERS
from saas.workbench.domain import DOMAIN as WORKBENCH
from saas.workdays.domain import DOMAIN as WORKDAYS

#: The groups of places in the rail, in their order.
RAIL = (
    Group("work"),
    Group("demands", _l("Handling demands")),
    Group("rooms", _l("Rooms and activities")),
    Group("places", _l("Units and people")),
    Group("society", _l("Organisations and visitors")),
    Group("look", _l("Culture and display")),
    Group("settings", _l("Settings")),
    Group("help"),
)
#: The groups of pages where a district is set, in their order.
SETTINGS = (
    Group("look", _l("How the district looks")),
    Group("demands", _l("How demands run")),
    Group("people", _l("Who gets in and who is told")),
    Group("model", _l("What the district is made from")),
)
DOMAINS = Domains(
    (
        SIGNIN,
        TENANCY,
        SEARCH,
        WORKBENCH,
        ATTACHMENTS,
        LISTING,
        PACKAGES,
        TERRITORY,
        THEMES,
        WORKDAYS,
        ACCOUNTS,
        NOTICES,
        ACCESS,
        HOSTING,
        ORGANISATIONS,
        ROOMS,
        BOOKINGS,
        PLACES,
        FUNDS,
        CAMPAIGNS,
        STATEMENTS,
        GOODS,
        ACTIVITIES,
        ATTENDANCE,
        FEEDS,
        FEEDBACK,
        VOLUNTEERS,
        POINTS,
        VISITS,
        MEDIA,
        PUBLISHING,
        DEMANDS,
        SHOWCASE,
        FIGURES,
        HELP,
        ONBOARDING,
        SETUP_IMPORT,
    ),
    RAIL,
    SETTINGS,
)
plug(DOMAINS)
