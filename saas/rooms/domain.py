"""What rooms say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Area, Domain, Nav, Seed, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.organisations.facts import Giver
from saas.rooms import api, jobs, measures, pages, queries, reactions
from saas.rooms.cards import CARDS
from saas.rooms.finders import ROOMS
from saas.rooms.package import part as package_part
from saas.rooms.permissions import CONFIGURE, KEEP, VIEW
from saas.rooms.queries import naming, shapes_library
from saas.territory.permissions import VIEW as SEE_UNITS
from saas.web.pages import PUBLIC

_MANAGE, _LIBRARY = ("rooms.manage", VIEW), ("rooms.library", CONFIGURE)
_THINGS = {
    "room": Thing(_l("Function room"), linked(naming.rooms, "rooms.show", VIEW), _MANAGE),
    "platform": Thing(_l("Platform"), linked(naming.platforms, "rooms.platform", VIEW), _MANAGE),
    "centre": Thing(_l("Support centre"), linked(naming.centres, "rooms.centre", VIEW), _MANAGE),
    "venue": Thing(_l("Venue"), linked(naming.venues, "territory.show", SEE_UNITS)),
    "street_rooms": Thing(
        _l("Rooms of a street"), linked(naming.streets, "rooms.manage", VIEW), _MANAGE
    ),
    "room_template": Thing(
        _l("Room of the library"),
        linked(naming.room_templates, "rooms.edit_room_template", CONFIGURE),
        _LIBRARY,
        shapes_library,
    ),
    "platform_template": Thing(
        _l("Platform of the library"),
        linked(naming.platform_templates, "rooms.edit_platform_template", CONFIGURE),
        _LIBRARY,
        shapes_library,
    ),
    "centre_template": Thing(
        _l("Support centre of the library"),
        linked(naming.centre_templates, "rooms.centre_template", CONFIGURE),
        _LIBRARY,
        shapes_library,
    ),
    "premises": Thing(
        _l("Premises of organisations"), linked(queries.grants, "rooms.manage", CONFIGURE)
    ),
    "room_library": Thing(_l("Library of rooms"), page=_LIBRARY, opens=shapes_library),
}
#: Everything was once written down as a room, whatever its id was of.
_ONCE_A_ROOM = {
    "rooms.change_centre": "centre",
    "rooms.add_platform": "platform",
    "rooms.change_platform": "platform",
    "rooms.remove_platform": "platform",
    "rooms.order_platforms": "platform",
    "rooms.answer": "room_template",
    "rooms.settings": "unit",
    "rooms.grid": "street_rooms",
    "rooms.copy": "street_rooms",
    "rooms.take_up": "street_rooms",
    "rooms.undo": "street_rooms",
    "rooms.follow": "room_library",
    "rooms.change_centre_template": "centre_template",
    "rooms.add_platform_template": "platform_template",
    "rooms.change_platform_template": "platform_template",
    "rooms.add_room_template": "room_template",
    "rooms.change_room_template": "room_template",
    "rooms.retire_template": "room_library",
    "rooms.restore_template": "room_library",
    "rooms.order_templates": "room_library",
}
DOMAIN = Domain(
    name="rooms",
    cards=CARDS,
    pages=(pages.pages,),
    finders=(ROOMS,),
    api=(api.routes,),
    nav=(
        Nav(_l("Function rooms"), "rooms.listing", "room", PUBLIC, 30, face="resident"),
        Nav(_l("Function rooms"), "rooms.manage", "room", VIEW, 20, "rooms"),
    ),
    settings=(
        Setting(
            _l("The district's library"),
            "rooms.library",
            _l("The rooms every street has"),
            "look",
            20,
        ),
    ),
    permissions=(
        Area(
            "rooms",
            _l("Function rooms"),
            {VIEW: _l("see"), CONFIGURE: _l("set up"), KEEP: _l("keep")},
        ),
    ),
    audit={
        "rooms.set_up": _l("Rooms of a street set up"),
        "rooms.change_centre": _l("Support centre changed"),
        "rooms.add_platform": _l("Platform added"),
        "rooms.change_platform": _l("Platform changed"),
        "rooms.remove_platform": _l("Platform removed"),
        "rooms.add": _l("Room added"),
        "rooms.change": _l("Room changed"),
        "rooms.move": _l("Room moved to another platform"),
        "rooms.order": _l("Rooms put in another order"),
        "rooms.set_keeper": _l("Keeper of a room set"),
        "rooms.set_photo": _l("Photo of a room set"),
        "rooms.set_status": _l("Room opened, paused or retired"),
        "rooms.add_venue": _l("Venue added"),
        "rooms.change_venue": _l("Venue changed"),
        "rooms.close_venue": _l("Venue closed"),
        "rooms.reopen_venue": _l("Venue opened again"),
        "rooms.close_for": _l("Closed for a while"),
        "rooms.lift_closure": _l("Closure lifted"),
        "rooms.add_spending": _l("Money spent on a venue written down"),
        "rooms.void_spending": _l("Money spent on a venue voided"),
        "rooms.follow": _l("Streets followed the library of rooms"),
        "rooms.grid": _l("Rooms changed in the table"),
        "rooms.copy": _l("Copied from another street"),
        "rooms.take_up": _l("Rooms taken up from the library"),
        "rooms.undo": _l("Change of many rooms taken back"),
        "rooms.answer": _l("Street answered the library of rooms"),
        "rooms.settings": _l("Settings of a street changed"),
        "rooms.change_centre_template": _l("Centre in the library changed"),
        "rooms.add_platform_template": _l("Platform added to the library"),
        "rooms.change_platform_template": _l("Platform in the library changed"),
        "rooms.add_room_template": _l("Room added to the library"),
        "rooms.change_room_template": _l("Room in the library changed"),
        "rooms.retire_template": _l("Retired in the library of rooms"),
        "rooms.restore_template": _l("Brought back in the library of rooms"),
        "rooms.order_templates": _l("Library of rooms put in another order"),
        "rooms.order_platforms": _l("Platforms put in another order"),
        "rooms.run": _l("Daily facts of a room changed"),
        "rooms.grant_premises": _l("Premises granted"),
        "rooms.review_premises": _l("Premises looked at"),
        "rooms.end_premises": _l("Premises handed back"),
    },
    things=_THINGS,
    about={
        ("rooms.set_up", "centre"): "street_rooms",
        **{(action, "room"): kind for action, kind in _ONCE_A_ROOM.items()},
    },
    part=package_part.PART,
    measures=measures.MEASURES,
    counted=_l("Rooms and what they are used for"),
    givers=(
        Giver(
            "premises",
            _l("premises in use"),
            queries.count_running,
            endpoint="rooms.premises_of",
            bars=_l("Premises are in use: they have to be handed back."),
        ),
    ),
    seeds=(Seed("rooms", package_part.seed, 30),),
    background=(jobs, reactions),
)
