"""Changes between two editions in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.packages import words
from saas.packages.parts import Address
from saas.packages.rules.compare import ADDED, MOVED, REMOVED, Change, compare
from saas.packages.rules.items import items

#: The name of a permission → what it allows, in words.
Permission = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """A change ready to be read.

    ``heading`` is the list it is in, ``sentence`` says all in one line, ``fields`` has name, value
    before and value after of each field that changed, in words.
    """

    address: Address
    kind: str
    heading: str
    what: str
    sentence: str
    fields: tuple[tuple[str, str, str], ...]


def tell_all(
    before: Mapping[str, Any], after: Mapping[str, Any], permission: Permission = str
) -> list[Told]:
    """Everything that differs between the parts of two packages, in words."""
    found = compare(items(before), items(after))
    return [tell(each, before, after, permission) for each in found]


def tell(
    change: Change,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    permission: Permission = str,
) -> Told:
    """One change in words. A renamed item is called by its name before."""
    known = after if change.kind == ADDED else before
    what = words.called(change.address, known)
    fields = tuple(
        (
            str(words.FIELD.get(name, name)),
            words.shown_in(change.address, name, old, before, permission=permission),
            words.shown_in(change.address, name, new, after, permission=permission),
        )
        for name, (old, new) in change.fields.items()
    )
    heading = str(words.LIST[change.address[0], change.address[1]])
    sentence = _sentence(change, what, fields, after)
    return Told(change.address, change.kind, heading, what, sentence, fields)


def _sentence(
    change: Change, what: str, fields: tuple[tuple[str, str, str], ...], after: Mapping[str, Any]
) -> str:
    if change.kind == ADDED:
        return _("%(what)s is new", what=what)
    if change.kind == REMOVED:
        return _("%(what)s is gone", what=what)
    if change.kind == MOVED:
        if change.after is None:
            return _("%(what)s now stands first", what=what)
        name = words.name_of(change.after, after)
        return _("%(what)s now stands after %(name)s", what=what, name=name)
    said = [
        _("the %(field)s of %(what)s: %(old)s → %(new)s", field=field, what=what, old=old, new=new)
        for field, old, new in fields
    ]
    return _("; ").join(said)


def readable(parts: Mapping[str, Any], permission: Permission = str) -> list[str]:
    """Everything in a package as lines of text: heading by heading, one line for each item."""
    lines, heading = list[str](), None
    for address, item in items(parts).items():
        if address[:2] != heading:
            heading = address[:2]
            lines += ["", str(words.LIST[address[0], address[1]]).upper()]
        said = _("; ").join(
            f"{words.FIELD[name]}{_(': ')}"
            f"{words.shown_in(address, name, value, parts, permission=permission)}"
            for name, value in item.fields.items()
            if name != "name"
        )
        name = words.name_of(address, parts)
        lines.append(f"  {name} ({address[-1]})  {said}" if name else f"  {said}")
    return lines[1:]
