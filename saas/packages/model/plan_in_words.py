"""What an upgrade would do, or a district has done, in plain words: one line for each item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import ngettext, say
from saas.packages import words
from saas.packages.items import Item, described
from saas.packages.model.rules.merge import ORDER, OURS, THEIRS, Change, Entry, Plan
from saas.packages.parts import Address, plugs

#: Verdict → how it is marked, and its one word.
MARK: Final = {
    "conflict": "late",
    "together": "good",
    "taken": "done",
    "kept": "paused",
    "both": "done",
    "added": "good",
    "own": "paused",
    "removed": "ended",
    "dropped": "ended",
    "held": "warn",
    "left_out": "ended",
}
WORD: Final = {
    "conflict": _l("To decide"),
    "together": _l("Both kept"),
    "taken": _l("From the package"),
    "kept": _l("Yours stays"),
    "both": _l("The same on both sides"),
    "added": _l("New"),
    "own": _l("Your own"),
    "removed": _l("Goes"),
    "dropped": _l("Removed by you"),
    "held": _l("Stays"),
    "left_out": _l("Left out"),
}
_WHOLE: Final = {
    "added": _l("New in the package."),
    "own": _l("You added it: it stays."),
    "removed": _l("The package no longer has it. Nothing stands on it: it goes out of use."),
    "dropped": _l("You have taken it out of use: it stays so."),
    "left_out": _l("New in the package, but about something that you have taken out of use."),
    "both": _l("Both sides have added it, in the same words."),
}
_ORDERS: Final = {
    "taken": _l("The package put these into another order."),
    "kept": _l("You put these into another order: it stays."),
    "conflict": _l("You and the package put these into different orders."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of a conflict: its value in words."""

    side: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class ConflictInWords:
    """A conflict as it is asked; ``chosen`` is the side that was drafted."""

    name: str
    title: str
    before: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what is to be said about it.

    ``inside`` are the fields of a new item, each with its word.
    """

    path: str
    title: str
    verdict: str
    mark: str
    word: str
    sentences: tuple[str, ...]
    inside: tuple[tuple[str, str], ...]
    conflicts: tuple[ConflictInWords, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The lines about one file."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Says what stands in a plan. ``parts`` names things: those of the result, or of both sides."""

    parts: Mapping[str, Any]
    decisions: Mapping[str, str] | None = None

    def sections(self, plan: Plan, only: Callable[[Entry], bool] = bool) -> list[Section]:
        """Every entry that ``only`` lets through, by file; empty files are left out."""
        found: dict[str, list[Line]] = {}
        for entry in plan.entries:
            if only(entry):
                found.setdefault(entry.address[0], []).append(self.line(entry))
        return [
            Section(words.file_word(file), tuple(found[file]))
            for file in plugs().files
            if file in found
        ]

    def line(self, entry: Entry) -> Line:
        """One entry in words."""
        return Line(
            path=entry.path,
            title=capital(called(entry, self.parts)),
            verdict=entry.verdict,
            mark=MARK[entry.verdict],
            word=str(WORD[entry.verdict]),
            sentences=tuple(self._sentences(entry)),
            inside=tuple(self._inside(entry)),
            conflicts=tuple(self._conflicts(entry)),
        )

    def _sentences(self, entry: Entry) -> Iterator[str]:
        if is_order(entry):
            yield str(_ORDERS[entry.verdict])
        elif entry.verdict == "held":
            yield ngettext(
                "The package no longer has it, but %(num)s thing stands on it: it stays.",
                "The package no longer has it, but %(num)s things stand on it: it stays.",
                entry.held,
            )
        elif entry.verdict == "conflict" and (entry.ours is None or entry.theirs is None):
            yield from self._about_removed(entry)
        elif entry.verdict in _WHOLE:
            yield str(_WHOLE[entry.verdict])
        else:
            yield from (self._changed(entry, each) for each in entry.changes)
            if entry.verdict == "together":
                yield _("Both are kept.")

    def _inside(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What is in something new; its name stands in its title."""
        new = {"added": entry.theirs, "own": entry.ours}.get(entry.verdict)
        for name, value in new.fields.items() if new else ():
            if name != "name" and value not in (None, "", [], {}, False):
                yield (
                    capital(words.field_word(entry.address, name)),
                    self.value(entry.address, name, value),
                )

    def _about_removed(self, entry: Entry) -> Iterator[str]:
        before = entry.base.fields if entry.base else {}
        if entry.ours is None:
            yield _("You have taken it out of use; meanwhile the package changed it:")
            after = entry.theirs
        else:
            yield _("The package no longer has it; you have changed it:")
            after = entry.ours
        for name, value in (after.fields if after else {}).items():
            if value != before.get(name):
                one = Change(name, "kept", before.get(name), value, value)
                yield self.step(entry.address, one, before.get(name), value)

    def _changed(self, entry: Entry, change: Change) -> str:
        address, field = entry.address, words.field_word(entry.address, change.name)
        if change.verdict == "together":
            return self._mixed(address, change)
        if change.verdict == "conflict":
            return _("You and the package have both changed the %(field)s.", field=field)
        if change.verdict == "both":
            value = self.value(address, change.name, change.ours)
            return _(
                "You and the package have made the same change to the %(field)s: %(value)s.",
                field=field,
                value=value,
            )
        taken = change.verdict == "taken"
        after = change.theirs if taken else change.ours
        if said := self._one_way(address, change, after):
            return said
        step = self.step(address, change, change.base, after)
        if taken:
            return _("The package changed the %(step)s", step=step)
        return _("You changed the %(step)s", step=step)

    def _one_way(self, address: Address, change: Change, after: Any) -> str:
        """A list that only grew or only shrank, by what came or went; else nothing."""
        if not isinstance(after, list):
            return ""
        more, less = apart(change.base or [], after)
        if bool(more) == bool(less):
            return ""
        who = _("the model package") if change.verdict == "taken" else _("you")
        return _(
            "%(field)s: %(steps)s.",
            field=capital(words.field_word(address, change.name)),
            steps=self._came_and_went(address, change.name, who, more, less),
        )

    def step(self, address: Address, change: Change, before: Any, after: Any) -> str:
        """A field as it was and as it becomes."""
        old, new = self._pair(address, change.name, before, after)
        return _(
            "%(field)s: %(before)s → %(after)s",
            field=words.field_word(address, change.name),
            before=old,
            after=new,
        )

    def _pair(self, address: Address, name: str, before: Any, after: Any) -> tuple[str, str]:
        """Both values in words, without what lists have in common; in both languages where the
        reader's own tells no difference.
        """
        if isinstance(before, list) and isinstance(after, list):
            more, less = apart(before, after)
            before, after = (less, more) if more and less else (before, after)
        return self._whole_pair(address, name, before, after)

    def _whole_pair(self, address: Address, name: str, before: Any, after: Any) -> tuple[str, str]:
        old, new = self.value(address, name, before), self.value(address, name, after)
        if old != new:
            return old, new
        return in_full(address, name, before), in_full(address, name, after)

    def _mixed(self, address: Address, change: Change) -> str:
        said = [
            self._came_and_went(address, change.name, who, *apart(change.base or [], now))
            for who, now in ((_("the model package"), change.theirs), (_("you"), change.ours))
        ]
        return _(
            "%(field)s: %(steps)s. All of it counts.",
            field=capital(words.field_word(address, change.name)),
            steps=_("; ").join(filter(None, said)),
        )

    def _came_and_went(
        self, address: Address, name: str, who: str, more: list[Any], less: list[Any]
    ) -> str:
        said = []
        if more:
            value = self.value(address, name, more)
            said.append(_("%(who)s added %(value)s", who=who, value=value))
        if less:
            value = self.value(address, name, less)
            said.append(_("%(who)s took away %(value)s", who=who, value=value))
        return _("; ").join(said)

    def _conflicts(self, entry: Entry) -> Iterator[ConflictInWords]:
        for name in entry.conflicts:
            field = name.partition("#")[2]
            chosen = (self.decisions or {}).get(name, "")
            if not field:
                yield ConflictInWords(name, _("What shall it be?"), "", _of_whole(entry), chosen)
                continue
            change = next(each for each in entry.changes if each.name == field)
            yield self._conflict(entry, change, name, chosen)

    def _conflict(self, entry: Entry, change: Change, name: str, chosen: str) -> ConflictInWords:
        if change.name == ORDER:
            title, before = _("Which order shall it be?"), ""
            ours, theirs = (self._row_names(entry, rows) for rows in (change.ours, change.theirs))
        else:
            title = _(
                "Which %(field)s shall it be?", field=words.field_word(entry.address, change.name)
            )
            before = self.value(entry.address, change.name, change.base)
            ours, theirs = self._whole_pair(entry.address, change.name, change.ours, change.theirs)
        choices = (
            Choice(OURS, _("Keep yours"), ours),
            Choice(THEIRS, _("Take the package's"), theirs),
        )
        return ConflictInWords(name, title, before, choices, chosen)

    def _row_names(self, entry: Entry, rows: Sequence[str]) -> str:
        found = (words.name_of((*entry.address, code), self.parts) for code in rows)
        return _(", ").join(found)

    def value(self, address: Address, name: str, value: Any) -> str:
        """A field's value in words."""
        return words.shown_in(address, name, value, self.parts)


def _of_whole(entry: Entry) -> tuple[Choice, ...]:
    if entry.ours is None:
        return (
            Choice(OURS, _("Keep yours"), _("It stays out of use")),
            Choice(THEIRS, _("Take the package's"), _("It comes back as the package has it")),
        )
    return (
        Choice(OURS, _("Keep yours"), _("It stays as you have it")),
        Choice(THEIRS, _("Take the package's"), _("It goes")),
    )


def apart(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    """What came to a list, and what went from it."""
    more = [each for each in after if each not in before]
    return more, [each for each in before if each not in after]


def is_order(entry: Entry) -> bool:
    """Whether the entry is about the order of a list, not about an item."""
    return entry.ours is None and entry.theirs is None


def called(entry: Entry, parts: Mapping[str, Any]) -> str:
    """The item with what it is, or the list whose order it is."""
    address = entry.address
    if is_order(entry):
        return _("order of “%(list)s”", list=words.heading(address))
    word = str(described(address).word)
    name = words.name_of(address, parts)
    if len(address) > 2 and name == address[-1]:  # it is not in these parts: its own name
        name = own_name(entry.theirs or entry.ours or entry.base) or name
    return _("%(what)s %(name)s", what=word, name=name) if name else word


def own_name(item: Item | None) -> str:
    """What the item calls itself."""
    return say(item.fields.get("name")) if item and item.fields.get("name") else ""


def capital(text: str) -> str:
    """As it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def in_full(address: Address, name: str, value: Any) -> str:
    """A value with all that it says, in both languages."""
    if isinstance(value, Mapping) and set(value) <= {"zh", "en"}:
        return " / ".join(value[code] for code in ("zh", "en") if code in value)
    if isinstance(value, list):
        return _("; ").join(in_full(address, name, each) for each in value)
    return words.shown(value, described(address).says.get(name))


def names_together(*sides: Mapping[str, Any]) -> dict[str, Any]:
    """Parts that have the rows of all sides, the first that has one tells its name."""
    found: dict[str, Any] = {}
    for side in sides:
        for file, part in side.items():
            mine = found.setdefault(file, {})
            for name, rows in part.items() if isinstance(part, Mapping) else ():
                if isinstance(rows, list):
                    mine[name] = [*mine.get(name, []), *rows]
                else:
                    mine.setdefault(name, rows)
    return found


def summed(counts: Mapping[str, int]) -> list[str]:
    """What an upgrade does, counted."""
    taken = sum(counts.get(each, 0) for each in ("taken", "added", "together", "both"))
    kept = sum(counts.get(each, 0) for each in ("kept", "own", "dropped", "held"))
    lines = [
        (taken, ngettext("%(num)s thing is taken over from the package.",
                         "%(num)s things are taken over from the package.", taken)),
        (counts.get("removed", 0),
         ngettext("%(num)s thing goes out of use.", "%(num)s things go out of use.",
                  counts.get("removed", 0))),
        (kept, ngettext("%(num)s thing stays as you have it.",
                        "%(num)s things stay as you have them.", kept)),
        (counts.get("conflict", 0),
         ngettext("%(num)s thing becomes as you decided.", "%(num)s things become as you decided.",
                  counts.get("conflict", 0))),
    ]  # fmt: skip
    return [line for number, line in lines if number]
