"""Tables of the rooms: what streets have, the library, settings, the last bulk change."""

from saas.rooms.models.library import CentreTemplate, LibraryAnswer, PlatformTemplate, RoomTemplate
from saas.rooms.models.premises import Grant, Review
from saas.rooms.models.settings import BulkChange, PlaceSettings
from saas.rooms.models.street import Centre, Platform, Room, Venue
from saas.rooms.models.venues import HALF_OPEN, Closure, Spending
