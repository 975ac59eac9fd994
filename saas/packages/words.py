"""What stands in a package in words: its files, its lists, its fields, and their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.packages.parts import Address
from saas.packages.report_words import PERIOD, section_said

#: What each file is about.
FILE: Final = {
    "package": _l("About this package"),
    "territory": _l("Structure"),
    "accounts": _l("Roles"),
    "rooms": _l("Rooms"),
    "demands": _l("Demands"),
    "workdays": _l("Working hours"),
    "words": _l("Vocabulary"),
}
#: One item of each list, and what stands alone, as it is called in a sentence.
ITEM: Final = {
    ("package", "head"): _l("the package"),
    ("workdays", "week"): _l("the week"),
    ("rooms", "centre"): _l("support centre"),
    ("demands", "terms"): _l("the terms"),
    ("territory", "kinds"): _l("kind of unit"),
    ("territory", "ladders"): _l("ladder"),
    ("territory", "levels"): _l("level"),
    ("territory", "departments"): _l("department"),
    ("accounts", "roles"): _l("role"),
    ("rooms", "platforms"): _l("platform"),
    ("rooms", "rooms"): _l("room"),
    ("demands", "kinds"): _l("kind of asking"),
    ("demands", "categories"): _l("category"),
    ("demands", "deadlines"): _l("deadline"),
    ("demands", "reasons"): _l("cause"),
    ("demands", "guides"): _l("guide"),
    ("demands", "templates"): _l("reply template"),
    ("demands", "questions"): _l("question"),
    ("demands", "reports"): _l("report"),
    ("words", "words"): _l("word"),
}
#: The headings over the lists.
LIST: Final = {
    ("package", "head"): _l("About this package"),
    ("workdays", "week"): _l("Working hours"),
    ("rooms", "centre"): _l("Support centre"),
    ("demands", "terms"): _l("Terms"),
    ("territory", "kinds"): _l("Kinds of units"),
    ("territory", "ladders"): _l("Ladders"),
    ("territory", "levels"): _l("Levels"),
    ("territory", "departments"): _l("Departments"),
    ("accounts", "roles"): _l("Roles"),
    ("rooms", "platforms"): _l("Platforms"),
    ("rooms", "rooms"): _l("Function rooms"),
    ("demands", "kinds"): _l("Kinds of asking"),
    ("demands", "categories"): _l("Categories"),
    ("demands", "deadlines"): _l("Deadlines"),
    ("demands", "reasons"): _l("Causes"),
    ("demands", "guides"): _l("Guides"),
    ("demands", "templates"): _l("Reply templates"),
    ("demands", "questions"): _l("Questions"),
    ("demands", "reports"): _l("Reports"),
    ("words", "words"): _l("Vocabulary"),
}
#: Fields in words, as they stand in a sentence.
FIELD: Final = {
    "accept_hours": _l("hours to accept"),
    "administers": _l("administers"),
    "answer_days": _l("days to answer a question"),
    "appeal_days": _l("days to appeal"),
    "appointments": _l("appointments"),
    "at": _l("kinds of units where it is held"),
    "based_on": _l("the package it is based on"),
    "bring": _l("what to bring"),
    "category": _l("category"),
    "choices": _l("answers to choose from"),
    "code": _l("code"),
    "confirm_days": _l("days to confirm"),
    "cost": _l("cost"),
    "counter": _l("counter"),
    "days_ahead": _l("days ahead"),
    "hint": _l("hint"),
    "hours": _l("opening hours"),
    "key": _l("key"),
    "kind": _l("kind"),
    "label": _l("wording of the question"),
    "level": _l("level"),
    "licence": _l("licence"),
    "name": _l("name"),
    "needs": _l("product version it needs"),
    "notes": _l("notes"),
    "open_to_neighbours": _l("open to neighbours"),
    "parent": _l("group"),
    "period": _l("period"),
    "personal": _l("answer is personal"),
    "per_slot": _l("appointments at a time"),
    "permissions": _l("permissions"),
    "platform": _l("platform"),
    "publisher": _l("publisher"),
    "purpose": _l("purpose"),
    "required": _l("must be answered"),
    "reopen_days": _l("days to reopen"),
    "resident": _l("is the resident's"),
    "resolve_hours": _l("hours to resolve"),
    "review_hours": _l("hours to review"),
    "seal": _l("seal"),
    "sections": _l("sections"),
    "services": _l("services"),
    "slot_minutes": _l("minutes an appointment"),
    "source": _l("source"),
    "steps": _l("steps"),
    "summary": _l("summary"),
    "takes": _l("time it takes"),
    "text": _l("text"),
    "title": _l("title"),
    "under": _l("kinds of units above it"),
    "use": _l("use"),
    "verb": _l("step it is for"),
    "version": _l("version"),
    "warn_percent": _l("share of the time after which it warns"),
    "week": _l("hours of the week"),
}
#: The days of the week, 1 is Monday.
DAY: Final = {
    1: _l("Monday"),
    2: _l("Tuesday"),
    3: _l("Wednesday"),
    4: _l("Thursday"),
    5: _l("Friday"),
    6: _l("Saturday"),
    7: _l("Sunday"),
}


def name_of(address: Address, parts: Mapping[str, Any]) -> str:
    """What the item at this address is called in the reader's language, in these parts.

    A deadline is called after its level, a guide after its category. An item that is not in the
    parts is called by its key.
    """
    place, key = address[:2], address[2:]
    if place == ("demands", "deadlines"):
        names = [_level(key[0], parts), _row_name("demands", "categories", key[1], parts)]
        return _(", ").join(name for name in names if name)
    if place == ("demands", "guides"):
        return _row_name("demands", "categories", key[0], parts)
    if place == ("territory", "levels"):
        return _level(key[1], parts, ladder=key[0])
    if place == ("rooms", "centre"):
        return say(parts.get("rooms", {}).get("centre", {}).get("name"))
    return _row_name(address[0], address[1], key[0], parts) if key else ""


def called(address: Address, parts: Mapping[str, Any]) -> str:
    """The item with what it is: "room 食坊"; what stands alone has no name beside it."""
    word, name = str(ITEM[address[0], address[1]]), name_of(address, parts)
    return _("%(what)s %(name)s", what=word, name=name) if name else word


def _row_name(file: str, listed: str, key: str, parts: Mapping[str, Any]) -> str:
    handle = "term" if listed == "words" else "code"
    for row in parts.get(file, {}).get(listed, []):
        if row.get(handle) == key:
            return say(_heading(row)) or key
    return key


def _heading(row: Mapping[str, Any]) -> Any:
    """What a row is called: its name; a question by its wording, a report by its title."""
    return row.get("name") or row.get("label") or row.get("title")


def _level(code: str, parts: Mapping[str, Any], ladder: str = "escalation") -> str:
    for each in parts.get("territory", {}).get("ladders", []):
        for row in each.get("levels", []) if each.get("code") == ladder else []:
            if row.get("code") == code:
                return say(row.get("name")) or code
    return code


def shown(value: Any, *, permission: Callable[[str], str] = str) -> str:
    """A field's value in the words of the reader.

    Labels are said in the reader's language, hours as "Monday to Friday 09:00–17:30", lists with
    commas. ``permission`` says a permission's name in words; the domains that declare permissions
    stand above this one (`saas.kernel.domain.Domains`).
    """
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(value, permission)
    return permission(value) if isinstance(value, str) and value.count(":") == 2 else str(value)


#: Fields that name another item: the list that it is in, by the list and the field.
_NAMES: Final = {
    ("territory", "kinds", "under"): ("territory", "kinds"),
    ("territory", "levels", "kind"): ("territory", "kinds"),
    ("accounts", "roles", "at"): ("territory", "kinds"),
    ("rooms", "rooms", "platform"): ("rooms", "platforms"),
    ("demands", "categories", "parent"): ("demands", "categories"),
    ("demands", "categories", "kind"): ("demands", "kinds"),
    ("demands", "templates", "category"): ("demands", "categories"),
    ("demands", "guides", "level"): ("territory", "levels", "escalation"),
    ("demands", "questions", "category"): ("demands", "categories"),
}
#: Steps for which a reply template is offered.
_VERB: Final = {
    "reply": _l("answering"),
    "ask": _l("asking for more"),
    "resolve": _l("resolving"),
    "pass_up": _l("passing up"),
    "return_down": _l("returning"),
    "doubt": _l("declining"),
    "suspend": _l("suspending"),
    "end": _l("ending"),
}
#: What the answer to a question is.
ANSWER_KIND: Final = {
    "text": _l("words"),
    "number": _l("a number"),
    "choice": _l("one of several answers"),
    "yes_no": _l("yes or no"),
    "date": _l("a day"),
}
#: Fields that hold one of a few words: the words by list and field.
_WORDED: Final = {
    ("demands", "questions", "kind"): ANSWER_KIND,
    ("demands", "reports", "period"): PERIOD,
}
_USE: Final = {"suspend": _l("to suspend"), "decline": _l("to decline")}


def shown_in(
    address: Address,
    field: str,
    value: Any,
    parts: Mapping[str, Any],
    *,
    permission: Callable[[str], str] = str,
) -> str:
    """As `shown`, where it is known in which field of which item the value stands.

    Codes of other items are said by the names that these have in ``parts``.
    """
    place = _NAMES.get((address[0], address[1], field))
    if place is not None and value:
        codes = [value] if isinstance(value, str) else value
        return _(", ").join(name_of((*place, code), parts) for code in codes)
    worded = _WORDED.get((address[0], address[1], field))
    if worded is not None and value:
        return str(worded.get(value, value))
    if address[:2] == ("demands", "reasons") and field == "use":
        return str(_USE.get(value, value))
    if address[:2] == ("demands", "templates") and field == "verb" and value:
        return str(_VERB.get(value, value))
    return shown(value, permission=permission)


#: What sentences end with, in either language.
_ENDS: Final = (".", "\u3002")


def _list(values: Sequence[Any], permission: Callable[[str], str]) -> str:
    said = [shown(each, permission=permission) for each in values]
    if said[0][-1:] in _ENDS:  # whole sentences stand one after the other
        return " ".join(said)
    long = any(isinstance(each, Mapping) for each in values)
    return (_("; ") if long else _(", ")).join(said)


def _mapping(value: Mapping[str, Any]) -> str:
    if "opens" in value:
        return f"{days(value['days'])} {value['opens']}–{value['closes']}"
    if "version" in value and "key" in value:
        return f"{value['key']} {value['version']}"
    if "measures" in value:
        return section_said(value)
    if set(value) == {"code", "name"}:
        return say(value["name"])
    return say(value) if set(value) <= {"zh", "en"} else ", ".join(map(str, value.values()))


def days(numbers: Sequence[int]) -> str:
    """Days of the week in words, those in a row as a span: "Monday to Friday"."""
    if set(numbers) == set(DAY):
        return _("every day")
    spans: list[list[int]] = []
    for day in sorted(set(numbers)):
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return _(", ").join(_span(span) for span in spans)


def _span(span: Sequence[int]) -> str:
    first, last = str(DAY[span[0]]), str(DAY[span[-1]])
    if len(span) == 1:
        return first
    return _("%(first)s to %(last)s", first=first, last=last)


#: Who built an edition, in words and as a mark; %(name)s is the operator's name for the key.
ORIGIN: Final = {
    "known": _l("signed by %(name)s"),
    "unknown": _l("signed by an unknown key"),
    "unsigned": _l("not signed"),
    "altered": _l("altered"),
}
ORIGIN_MARK: Final = {"known": "good", "unknown": "warn", "unsigned": "ended", "altered": "late"}
#: What happened to an item between two editions.
CHANGE: Final = {
    "added": _l("new"),
    "removed": _l("gone"),
    "changed": _l("changed"),
    "moved": _l("moved"),
}
CHANGE_MARK: Final = {"added": "good", "removed": "ended", "changed": "waiting", "moved": "planned"}


def signed_by(state: str, publisher: str) -> str:
    """Who built an edition, in words."""
    return str(ORIGIN[state]) % {"name": publisher} if publisher else str(ORIGIN[state])
