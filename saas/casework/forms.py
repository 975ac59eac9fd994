"""Acts that can be done now, as forms of the record page and of the JSON API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from saas.casework.table import Cell
from saas.casework.verbs import Verb

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ActForm:
    """A verb that can be used now, with what has to be given with it.

    ``label`` says where it leads, ``do`` what is done. ``asks`` are the needed fields, ``may``
    those that can be given too; ``options`` by field.
    """

    verb: str
    label: str
    do: str
    icon: str
    ask: object
    asks: tuple[str, ...]
    may: tuple[str, ...] = ()
    options: dict[str, Options] = field(default_factory=dict)
    group: str = ""

    @property
    def is_plain(self) -> bool:
        """One press and it is done."""
        return not (self.asks or self.may)

    def takes(self, name: str) -> bool:
        """Whether this can be given with it."""
        return name in self.asks or name in self.may


def form_of(
    verb: Verb[Any], cell: Cell, options: dict[str, Options] | None = None, to: str = ""
) -> ActForm:
    """The form of a verb in a cell. ``to`` is where it leads, for the button.

    What can be given though it need not be is not asked where there is one choice alone.
    """
    offered = options or {}
    may = tuple(name for name in verb.may if len(offered.get(name, ())) != 1)
    do = str(verb.do)
    label = f"{do} → {to}" if to else do
    return ActForm(verb.code, label, do, verb.icon, verb.ask, cell.asks, may, offered, verb.group)


def grouped(
    forms: Iterable[ActForm], groups: Mapping[str, object]
) -> list[tuple[object, list[ActForm]]]:
    """The forms under the names of their groups, in the groups' order; empty ones are left out."""
    known = list(forms)
    found = ((name, [f for f in known if f.group == key]) for key, name in groups.items())
    return [(name, acts) for name, acts in found if acts]
