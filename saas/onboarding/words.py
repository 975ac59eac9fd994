"""Steps, checks and findings in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say, short_datetime
from saas.notices import words as notice_words
from saas.onboarding.rules import Finding
from saas.themes.editor.words import SECTION

STEP: Final = {
    "package": _l("Model package"),
    "streets": _l("Streets"),
    "units": _l("Unit tree"),
    "people": _l("People and posts"),
    "rooms": _l("Rooms"),
    "terms": _l("Ladder and deadlines"),
    "culture": _l("Culture"),
    "check": _l("Checklist"),
    "live": _l("Go live"),
}
STATE: Final = {"done": _l("done"), "skipped": _l("for later"), "todo": _l("to come")}

#: How an invitation stands: the shape of its mark and its word.
INVITED: Final = {
    "none": ("paused", _l("none made out yet")),
    "open": ("waiting", _l("not used yet")),
    "over": ("late", _l("over: make it out anew")),
    "used": ("good", _l("used")),
}

#: What each check asks, and what it looks at.
CHECK: Final = {
    "ladder": (
        _l("A demand finds its way"),
        _l("A test demand climbs all levels of each street and comes back resolved. None stays."),
    ),
    "holders": (
        _l("Every level has somebody"),
        _l("In every unit of the ladder somebody holds a post, or you answer for the gap by name."),
    ),
    "notice": (
        _l("Notices arrive"),
        _l("A real test notice, and what became of it by every way that is set up."),
    ),
    "rooms": (
        _l("Open rooms are staffed"),
        _l("Every open room has a keeper, opening hours and a place."),
    ),
    "contrast": (
        _l("Colours can be read"),
        _l("Every pair of colours of the chosen look, measured."),
    ),
    "place": (
        _l("What is told is of here"),
        _l("No names, stories, people or rooms of another place stand on the pages unnoticed."),
    ),
    "second": (
        _l("A second administrator"),
        _l("Somebody other than the first administrator has signed in."),
    ),
    "calendar": (
        _l("The calendar is known"),
        _l("Holidays of this year, from November on of the next too: deadlines count on them."),
    ),
}
#: State of a check or a line: the shape of its mark and its word.
MARK: Final = {
    "ok": ("done", _l("in order")),
    "gap": ("late", _l("to be mended")),
    "accepted": ("warn", _l("accepted")),
    "off": ("ended", _l("not used")),
    "unknown": ("planned", _l("not checked yet")),
    "old": ("planned", _l("changed since: being checked again")),
}

#: The fields with which gaps are accepted.
ACCEPTING: Final = {"reason": _l("Why the gaps may stay"), "keys": _l("Ticked gaps")}

#: Kind of a finding → its sentence.
FINDING: Final = {
    "received": _l("%(level)s: %(who)s (%(people)s) receives it, to accept by %(until)s."),
    "received_above": _l("%(level)s: %(unit)s has nobody; %(who)s (%(people)s) above receives it, until %(until)s."),  # noqa: E501
    "nobody": _l("%(level)s: neither %(unit)s nor anybody above it would receive the demand."),
    "came_back": _l("From %(unit)s over %(levels)s levels and back: resolved and confirmed after %(acts)s acts."),  # noqa: E501
    "refused": _l("The demand from %(unit)s got stuck: %(text)s"),
    "level_missing": _l("%(street)s has no unit of the level %(level)s: demands there jump it."),
    "no_line": _l("%(street)s has no unit at which a demand could begin."),
    "no_street": _l("There is no street yet."),
    "nothing_to_ask": _l("There is no category in which anything could be asked."),
    "level_held": _l("%(level)s: %(held)s of %(units)s units have somebody."),
    "level_empty": _l("%(level)s: there is no such unit."),
    "bare_besides": _l("%(number)s more units, on no level of the ladder, have no post."),
    "vacant": _l("%(unit)s: nobody holds a post that handles demands."),
    "never_tried": _l("No test notice was sent yet."),
    "inbox_told": _l("In the inbox of %(people)s since %(at)s."),
    "way_delivered": _l("%(channel)s %(endpoint)s: delivered at %(at)s."),
    "way_trapped": _l("%(channel)s %(endpoint)s: written at %(at)s and kept here, because nothing leaves this installation."),  # noqa: E501
    "way_spared": _l("%(channel)s: read in the inbox before it went out."),
    "way_waiting": _l("%(channel)s: on its way since %(at)s."),
    "way_failed": _l("%(channel)s %(endpoint)s: not delivered. %(why)s"),
    "way_untried": _l("A webhook was set up after the last test."),
    "no_mail": _l("No mail address is stored for this inbox; mail is not tried."),
    "no_room_open": _l("No room is open yet. Rooms can be opened at any time."),
    "rooms_good": _l("%(good)s of %(rooms)s open rooms have a keeper, hours and a place."),
    "room_without_keeper": _l("%(street)s, %(room)s: open, and nobody keeps it."),
    "room_without_place": _l("%(street)s, %(room)s: open, and nothing says where it is."),
    "room_without_hours": _l("%(street)s, %(room)s: open without opening hours."),
    "contrast_good": _l("%(look)s: %(pairs)s pairs of colours measured; the weakest text has %(lowest)s, and 4.5 is needed."),  # noqa: E501
    "contrast_bad": "%(text)s",
    "all_of_here": _l("%(look)s: nothing on the pages tells of another place."),
    "of_elsewhere": _l("%(section)s (%(number)s) of %(place)s: %(named)s."),
    "second_missing": _l("There is only one administrator."),
    "second_waiting": _l("%(people)s has not signed in yet."),
    "second_seen": _l("%(people)s signed in at %(at)s."),
    "year_published": _l("%(year)s: %(days)s days off, as published."),
    "year_own": _l("%(year)s: %(days)s days off, entered here."),
    "year_unknown": _l("%(year)s: the holidays are not known; only the week would count."),
}  # fmt: skip
_FORGOTTEN: Final = _l("Something that this version no longer checks.")
_BLANK = re.compile(r"%\((\w+)\)s")
_MOMENTS: Final = {"at", "until"}


def sentence(finding: Finding, names: Mapping[int, str], zone: str) -> str:
    """What a finding says, in the reader's language; ``names`` are those of the people in it."""
    text = str(FINDING.get(finding.kind, _FORGOTTEN))
    return _BLANK.sub(lambda blank: _said(blank[1], finding.facts, names, zone), text).strip()


def _said(name: str, facts: Mapping[str, Any], names: Mapping[int, str], zone: str) -> str:
    value = facts.get(name, "")
    if name == "people":
        return _(", ").join(names.get(one, "…") for one in value)
    if name == "section":
        return str(SECTION.get(str(value), value))
    if name == "named":
        return _(", ").join(say(one) for one in value)
    if name == "channel":
        return str(notice_words.CHANNEL.get(value, value))
    if name == "why":
        return notice_words.why(value, None)
    if name in _MOMENTS and value:
        return short_datetime(datetime.fromisoformat(value), zone)
    return say(value) if isinstance(value, Mapping) else str(value)
