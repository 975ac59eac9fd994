"""Changes between two editions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.kernel.i18n import gettext as _
from saas.packages import words
from saas.packages.items import items
from saas.packages.library.compare import ADDED, MOVED, REMOVED, Change, compare
from saas.packages.parts import Address


@dataclass(frozen=True, slots=True)
class ChangeInWords:
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


def changes_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangeInWords]:
    """Everything that differs between the parts of two packages, in words."""
    found = compare(items(before), items(after))
    return [change_in_words(each, before, after) for each in found]


def change_in_words(
    change: Change,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> ChangeInWords:
    """One change in words. A renamed item is called by its name before."""
    known = after if change.kind == ADDED else before
    what = words.called(change.address, known)
    fields = tuple(
        (
            words.field_word(change.address, name),
            words.shown_in(change.address, name, old, before),
            words.shown_in(change.address, name, new, after),
        )
        for name, (old, new) in change.fields.items()
    )
    heading = words.heading(change.address)
    sentence = _sentence(change, what, fields, after)
    return ChangeInWords(change.address, change.kind, heading, what, sentence, fields)


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


def readable(parts: Mapping[str, Any]) -> list[str]:
    """Everything in a package as lines of text: heading by heading, one line for each item."""
    lines, heading = list[str](), None
    for address, item in items(parts).items():
        if address[:2] != heading:
            heading = address[:2]
            lines += ["", words.heading(address).upper()]
        said = _("; ").join(
            f"{words.field_word(address, name)}{_(': ')}"
            f"{words.shown_in(address, name, value, parts)}"
            for name, value in item.fields.items()
            if name != "name"
        )
        name = words.name_of(address, parts)
        lines.append(f"  {name} ({address[-1]})  {said}" if name else f"  {said}")
    return lines[1:]
