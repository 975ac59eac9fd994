"""Pages of the rooms: residents look and come, street officers shape, keepers run."""

from saas.rooms.pages import copying as copying
from saas.rooms.pages import grid as grid
from saas.rooms.pages import library as library
from saas.rooms.pages import manage as manage
from saas.rooms.pages import posters as posters
from saas.rooms.pages import premises as premises
from saas.rooms.pages import public as public
from saas.rooms.pages import street as street
from saas.rooms.pages import structure as structure
from saas.rooms.pages import venues as venues
from saas.rooms.pages.blueprint import pages as pages
