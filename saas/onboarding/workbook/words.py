"""What the workbook says: columns and how to fill them in, every fault and its remedy."""

from __future__ import annotations

import re
from typing import Final

from saas import sheets
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.sheets import Column, Table, found, past_day, shaped, text, whole

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_OFFICIAL: Final = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
_MOST_HOURS: Final = 2000
_MOST_AREA: Final = 1_000_000
GUIDE: Final = _l("How to fill it in")
LISTS: Final = _l("Choices")
#: The tables of the workbook in the order of its sheets.
TABLES: Final = (Table("units", _l("Units"), (
    Column("code", _l("Unit code"), 18, _l("May stay empty. Small letters, digits and underscores;"
        " it never changes. By it a unit is known again, else by its name under its parent."),
        shaped(_CODE, "bad_code")),
    Column("kind", _l("Kind of unit"), 14, _l("Needed. Choose from the list."),
        found("kind", "no_such_kind"), needed=True),
    Column("name", _l("Name in Chinese"), 28, _l("Needed. As it shall stand on the pages."),
        text(60), needed=True),
    Column("name_en", _l("Name in English"), 28, _l("May stay empty."), text(100)),
    Column("parent", _l("Stands in"), 28, _l("Code or name of the unit above it; empty for what"
        " stands directly in the district. If several have the name, write the way down with"
        " slashes, such as street / community.")),
    Column("official_code", _l("Official division code"), 20, _l("May stay empty: 6, 9 or 12"
        " digits."), shaped(_OFFICIAL, "bad_official")),
)), Table("people", _l("People and posts"), (
    Column("person", _l("Full name"), 18, _l("Needed. Somebody with two posts stands in two rows."),
        text(60), needed=True),
    Column("login", _l("Login"), 18, _l("2 to 40 small letters, digits, dots or hyphens. Login or"
        " phone is needed to sign in."), found("login", "bad_login")),
    Column("phone", _l("Phone"), 18, _l("Mobile number of 11 digits, or a landline with its area"
        " code. Kept sealed; one number belongs to one person."),
        found("phone", "no_phone"), personal=True),
    Column("identity", _l("Identity number"), 22, _l("May stay empty. It is only checked for typing"
        " errors and stored nowhere. Residence permits that begin with 81, 82 or 83 count."),
        found("identity", "no_identity"), personal=True),
    Column("unit", _l("Unit of the post"), 28, _l("Needed. Code or name of the unit, or the way"
        " down to it with slashes."), needed=True),
    Column("role", _l("Role"), 18, _l("Needed. Choose from the list."),
        found("role", "no_such_role"), needed=True),
    Column("post", _l("Name of the post"), 24, _l("May stay empty: then it is called after unit and"
        " role."), text(60)),
    Column("since", _l("In the post since"), 16, _l("May stay empty. Like 2026-11-22."), past_day),
)), Table("venues", _l("Venues"), (
    Column("street", _l("Street office"), 24, _l("Needed. Code or name of the street."),
        needed=True),
    Column("code", _l("Venue code"), 18, _l("Leave it empty for a new venue. By it a venue is known"
        " again when its name changes.")),
    Column("venue", _l("Name of the venue"), 28, _l("Needed. A building or hall in which rooms"
        " are."), text(60), needed=True),
    Column("area", _l("Floor space in m²"), 16, _l("May stay empty. A whole number."),
        whole(_MOST_AREA, "no_area")),
    Column("about", _l("What is to be known of it"), 36, _l("May stay empty. Address, floor, lift,"
        " parking."), text(300)),
    Column("closed", _l("Closed"), 12, _l("Yes closes it, once no room is in it any more; no opens"
        " it again."), found("flag", "no_flag")),
)), Table("rooms", _l("Rooms by street"), (
    Column("street", _l("Street office"), 24, _l("Needed. Code or name of the street."),
        needed=True),
    Column("room", _l("Function room"), 20, _l("Needed. Choose from the list."), needed=True),
    Column("own_name", _l("Its own name here"), 20, _l("May stay empty: then it is called as in the"
        " list."), text(60)),
    Column("keeper", _l("Keeper"), 16, _l("May stay empty. Name, login or phone of somebody with a"
        " post that keeps rooms in this street.")),
    Column("hours", _l("Opening hours"), 34, _l("In words, such as Mon to Fri 9:00-12:00,"
        " 14:00-17:00; Sat 9:00-12:00. Empty: as in the model."), found("hours", "no_hours")),
    Column("place", _l("Where the room is"), 28, _l("May stay empty. Building and floor."),
        text(200)),
    Column("venue", _l("Venue of the room"), 24, _l("May stay empty. Code or name of a venue of"
        " this street.")),
    Column("contact", _l("Contact"), 20, _l("May stay empty. Residents will see it."), text(60)),
    Column("open", _l("To be open now"), 12, _l("Yes opens it for residents at once: it needs"
        " hours, a place or venue, and a keeper. No or empty leaves it in preparation."),
        found("flag", "no_flag")),
)), Table("deadlines", _l("Time limits"), (
    Column("level", _l("Level"), 22, _l("Needed. Choose from the list."),
        found("level", "no_such_level"), needed=True),
    Column("accept", _l("Working hours to accept"), 22, _l("Needed. A whole number."),
        whole(_MOST_HOURS, "no_hours_number"), needed=True),
    Column("resolve", _l("Working hours to resolve"), 22, _l("Needed. A whole number, not less than"
        " the time to accept."), whole(_MOST_HOURS, "no_hours_number"), needed=True),
)),)  # fmt: skip
SENTENCES: Final = (
    _l("Fill in the sheets that you need; an empty sheet changes nothing. Keep the headings as"
       " they are; the order of columns and sheets does not matter."),
    _l("Nothing is stored before every row is right. You will see what is added and what changes,"
       " and confirm."),
    _l("The same file can come again: what is there already stays, a changed cell changes that"
       " alone, and nothing is ever deleted. An empty cell changes nothing."),
)  # fmt: skip
SAMPLE: Final = _l(
    "This is a sample: the place and its people are invented. Import it to see how it works, or"
    " write over it."
)

PRESENT: Final = _l(
    "This is what is there now. Change cells or add rows and send it back: sent back as it is, it"
    " changes nothing."
)

#: Why a file cannot be taken, and what to do.
FILE: Final = {
    **sheets.FILE,
    "no_heading": _l("No sheet has the headings of the template. Get the template and fill it in."),
    "no_rows": _l("There is no filled-in row. Fill in at least one sheet of the template."),
    "rows": _l("More than 5,000 filled-in rows. Split the workbook."),
}
#: What is wrong with a cell, and what to do.
FAULTS: Final = {
    **sheets.CELL,
    "no_such_kind": _l("is no kind of unit here: choose from the list"),
    "other_kind": _l("this unit is of another kind: correct the code or the kind"),
    "bad_code": _l("cannot be a code: small letters, digits and underscores, 40 at most"),
    "has_a_code": _l("this unit is there with another code: leave the code empty or correct it"),
    "bad_official": _l("is no division code: 6, 9 or 12 digits"),
    "root_has_none": _l("the district stands in nothing: leave this empty"),
    "other_district": _l("this is not the name of this district: correct it or delete the row"),
    "unit_retired": _l("this unit is out of use: bring it back on its page first"),
    "name_there": _l("another unit under the same parent has this name: choose another one"),
    "circle": _l("these units stand in each other in a circle: correct one of them"),
    "parent_unknown": _l("is no unit, neither here nor in the district: correct it or add it"),
    "parent_wrong_kind": _l("is of a kind in which this unit cannot stand: choose another"),
    "parent_retired": _l("is out of use: bring it back first or choose another"),
    "parent_ambiguous": _l("several units have this name: write the code or the way down"),
    "unit_unknown": _l("is no unit, neither here nor in the district: correct it or add it"),
    "unit_wrong_kind": _l("the role has no place at a unit of this kind: change role or unit"),
    "unit_ambiguous": _l("several units have this name: write the code or the way down"),
    "bad_login": _l("cannot be a login: 2 to 40 small letters, digits, dots or hyphens, no phone"
        " number"),
    "no_way_in": _l("is empty and so is the login: one of them is needed to sign in"),
    "phone_of_other": _l("belongs to somebody else than the login does: correct one of them"),
    "no_identity": _l("is no identity number: look for a typing error, or leave it empty"),
    "no_such_role": _l("is no role here: choose from the list"),
    "resident_role": _l("residents register themselves: choose a role of staff"),
    "shut_out": _l("is shut out: let this person in again first"),
    "street_unknown": _l("is no street, neither here nor in the district: correct it or add it"),
    "street_wrong_kind": _l("is no street office: only those directly in the district have rooms"),
    "street_retired": _l("is out of use: bring it back first or choose another"),
    "street_ambiguous": _l("several units have this name: write the code"),
    "no_such_room": _l("is no room of the model or of this street: choose from the list"),
    "room_retired": _l("is given up here: bring it back on its page first"),
    "no_hours": _l("cannot be read as opening hours, or they overlap: write them like"
        " Mon-Fri 9:00-17:00"),
    "open_already": _l("the room is open: pause it on its page, with a reason, or leave this"
        " empty"),
    "open_lacks": _l("a room opens with hours, place and keeper alone: fill in what is missing in"
        " this row, or leave this empty"),
    "no_such_venue": _l("is no venue of this street in use, here or on the sheet of venues"),
    "venue_in_use": _l("rooms or organisations are still in it: move them first"),
    "no_area": _l("is no whole number of square metres"),
    "no_such_keeper": _l("is nobody here: write name, login or phone of somebody with a post"),
    "keeper_without_post": _l("has no post that keeps rooms in this street: give one on the sheet"
        " of people"),
    "keeper_ambiguous": _l("several people are called so: write the login or the phone"),
    "no_such_level": _l("is no level here: choose from the list"),
    "no_hours_number": _l("is no whole number of hours from 1 to 2000"),
    "resolve_before_accept": _l("is shorter than the time to accept: make it longer"),
    "code_twice": _l("row %(row)s has the same code: change one"),
    "name_twice": _l("row %(row)s has the same name under the same parent: change one"),
    "phone_twice": _l("row %(row)s has this number with another name: correct one"),
    "login_twice": _l("row %(row)s has this login with another name: correct one"),
    "person_differs": _l("login and phone differ from those in row %(row)s"),
    "identity_twice": _l("row %(row)s has this number with another name: correct one"),
}  # fmt: skip

# The official division list

#: The two official lists, which disagree here and there.
SOURCES: Final = {
    "civil_affairs": _l("Ministry of Civil Affairs"),
    "statistics": _l("National Bureau of Statistics"),
}
#: What the list of the statistics bureau adds to the names of places, the longest first.
ENDINGS: Final = (
    _l("Residents' Committee"),
    _l("Villagers' Committee"),
    _l("Subdistrict Office"),
    _l("Residents' Cttee"),
    _l("Villagers' Cttee"),
)
#: Why the list cannot be taken.
LIST: Final = {
    "nothing": _l("The file is empty. Choose the list."),
    "encoding": _l("This is no text in UTF-8 or GBK. Save the list as CSV and send that."),
    "workbook": _l("This is a workbook. Save the sheet with the list as CSV and send that."),
    "too_large": _l("The file is larger than 10 MB. Take only the lines of your city."),
    "no_district": _l(
        "No line begins with these six digits. Correct them, or choose another list."
    ),
    "cut_short": _l(
        "A spreadsheet has cut the codes short (as 1.10101E+11). Take the list as it was before, or"
        " format the column of the codes as text and fill it anew."
    ),
    "one_name": _l(
        "Most codes of this list have the same name. Head its columns code and name, and send it"
        " again."
    ),
}
_LINE: Final = {
    "no_code": _l("no division code: 12 digits are expected, or 6 or 9"),
    "no_name": _l("no name behind the code"),
    "too_long": _l("the name is longer than 60 characters"),
    "orphan": _l("its street is not in the list: add the street's line"),
}


def line_fault(key: str, other: int | None) -> str:
    """What is wrong with a line of the list."""
    if key == "repeated":
        return _("the code is that of line %(line)s, with another name: correct one", line=other)
    return str(_LINE[key])
