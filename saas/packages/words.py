"""What stands in a package in words: its files, its lists, its fields, and their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import say
from saas.packages.items import described
from saas.packages.parts import Address, Say, plugs

#: Fields that many files have, as they stand in a sentence; the others their domains say.
FIELD: Final = {
    "code": _l("code"),
    "key": _l("key"),
    "name": _l("name"),
    "summary": _l("summary"),
    "title": _l("title"),
}


def file_word(file: str) -> str:
    """What a file is about."""
    found = plugs().files.get(file)
    return str(found.heading) if found else file


def heading(address: Address) -> str:
    """What stands over the items at such an address."""
    return str(described(address).heading)


def field_words(file: str) -> Mapping[str, object]:
    """The fields of a file in words, as they stand in a sentence."""
    part = plugs().of_file.get(file)
    return {**FIELD, **(part.words if part else {})}


def field_word(address: Address, name: str) -> str:
    """A field of an item as it stands in a sentence."""
    return str(field_words(address[0]).get(name, name))


def name_of(address: Address, parts: Mapping[str, Any]) -> str:
    """What the item at this address is called in the reader's language, in these parts.

    One without a name is called by what its key names. An item that is not in the parts is called
    by its key.
    """
    listed, key = described(address), address[2:]
    part = parts.get(listed.file, {})
    if listed.form != "list":
        return say(part.get(listed.name, {}).get(listed.title)) if listed.title else ""
    if not key:
        return ""
    if not listed.title:
        named = zip(listed.key, key, strict=True)
        names = [name_of((*listed.refs[field], code), parts) for field, code in named if code]
        return _(", ").join(name for name in names if name)
    holders = [part]
    if listed.inside:
        holders = [row for row in part.get(listed.inside, []) if row.get("code") == key[0]]
    rows = [row for each in holders for row in each.get(listed.name, [])]
    found = (row for row in rows if row.get(listed.key[0]) == key[-1])
    row: Mapping[str, Any] = next(found, {})
    return say(row.get(listed.title)) or key[-1]


def called(address: Address, parts: Mapping[str, Any]) -> str:
    """The item with what it is: "word Inbox"; what stands alone has no name beside it."""
    word, name = str(described(address).word), name_of(address, parts)
    return _("%(what)s %(name)s", what=word, name=name) if name else word


def shown(value: Any, say_one: Say | None = None) -> str:
    """A field's value in the words of the reader.

    Labels are said in the reader's language, lists with commas. ``say_one`` says what only the
    domain of the field can say: each row, if the value is a list.
    """
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(value, say_one)
    if say_one is not None:
        return say_one(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _mapping(value) if isinstance(value, Mapping) else str(value)


def shown_in(address: Address, field: str, value: Any, parts: Mapping[str, Any]) -> str:
    """As `shown`, where it is known in which field of which item the value stands.

    Codes of other items are said by the names that these have in ``parts``.
    """
    listed = described(address)
    place = listed.refs.get(field)
    if place is not None and value:
        codes = [value] if isinstance(value, str) else value
        return _(", ").join(name_of((*place, code), parts) for code in codes)
    return shown(value, listed.says.get(field))


def one_of(table: Mapping[str, object]) -> Callable[[Any], str]:
    """Says a value that is one of a few words."""
    return lambda value: str(table.get(value, value))


#: What sentences end with, in either language.
_ENDS: Final = (".", "\u3002")


def _list(values: Sequence[Any], say_one: Say | None) -> str:
    said = [shown(each, say_one) for each in values]
    if said[0][-1:] in _ENDS:  # whole sentences stand one after the other
        return " ".join(said)
    long = any(isinstance(each, Mapping) for each in values)
    return (_("; ") if long else _(", ")).join(said)


def _mapping(value: Mapping[str, Any]) -> str:
    if "version" in value and "key" in value:
        return f"{value['key']} {value['version']}"
    if set(value) == {"code", "name"}:
        return say(value["name"])
    return say(value) if set(value) <= {"zh", "en"} else ", ".join(map(str, value.values()))


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
