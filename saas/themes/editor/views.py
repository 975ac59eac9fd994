"""What the pages of the editor show, every word ready."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.kernel.differing import ADDED, REMOVED
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.themes.editor import words
from saas.themes.rules import colours, compare
from saas.themes.schemas import COLOURS, Fault, Pack, Palette
from saas.themes.schemas.pack import SLOTS

_LONG = 60
_TAB_OF = {section: tab for tab, sections in words.TABS.items() for section in sections}


# Tabs and faults -------------------------------------------------------------------------------


def tab_of(fault: Fault) -> str:
    """The tab on which a fault can be mended."""
    if fault.file != "pack.yaml":
        return "drawings"
    return _TAB_OF.get(fault.path.split(".")[0], "about")


def tab_counts(faults: Sequence[Fault]) -> Counter[str]:
    """How many faults each tab has."""
    return Counter(tab_of(fault) for fault in faults)


def fault_line(fault: Fault) -> str:
    """A fault with its place in words."""
    steps = fault.path.split(".")
    if fault.file != "pack.yaml":
        slot = re.sub(r"^motifs/|\.svg$", "", fault.file)
        where = str(words.SLOT.get(slot, fault.file))
    elif steps[0] == "palette":
        where = colour_word("".join(steps[1:2]))
    else:
        where = str(words.SECTION.get(steps[0], steps[0] or fault.file))
        if len(steps) > 1 and steps[1].isdigit():
            where = _("%(section)s, row %(number)s", section=where, number=int(steps[1]) + 1)
    return _("%(where)s: %(what)s", where=where, what=fault.sentence)


# Colours ---------------------------------------------------------------------------------------


def colour_word(name: str) -> str:
    """A colour of the palette, or one made from it, in words."""
    return str(words.COLOUR.get(name.replace("-", "_"), name))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet, with their verdict."""

    key: str
    front: str
    back: str
    front_colour: str
    back_colour: str
    found: str
    least: str
    passes: bool


def pairs(palette: Palette) -> list[Pair]:
    """Every pair that meets, too weak ones first."""
    shades = colours.variables(palette)
    found = [_pair(one, shades) for one in colours.verdicts(palette)]
    return sorted(found, key=lambda pair: pair.passes)


def _pair(one: colours.Verdict, shades: Mapping[str, str]) -> Pair:
    return Pair(
        key=f"{one.front} {one.back}",
        front=colour_word(one.front),
        back=colour_word(one.back),
        front_colour=shades[one.front],
        back_colour=shades[one.back],
        # Cut, not rounded: 4.499 must not read as 4.50 and be refused.
        found=f"{int(one.found * 100) / 100:.2f}",
        least=f"{one.least:.1f}",
        passes=one.passes,
    )


def suggestions(palette: Palette) -> dict[str, tuple[str, str]]:
    """Colour of the palette → words and value of a shade that can be read."""
    found = {}
    for name in COLOURS:
        better = colours.suggestion(palette, name.replace("_", "-"))
        if better:
            found[name] = (suggestion_word(better.way) % {"colour": better.colour}, better.colour)
    return found


def suggestion_word(way: str) -> str:
    """What to do with a colour; ``%(colour)s`` stays open."""
    return _("Darken to %(colour)s") if way == "darken" else _("Lighten to %(colour)s")


def table() -> dict[str, Any]:
    """How colours are mixed and which must be how far apart; the browser counts by this list."""
    return {
        "mixes": [[name, *how] for name, how in colours.MIXES.items()],
        "pairs": [list(pair) for pair in colours.PAIRS],
        "steps": colours.STEPS,
        "darken": suggestion_word("darken"),
        "lighten": suggestion_word("lighten"),
    }


# Differences -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in a sentence, with its details."""

    section: str
    sentence: str
    details: tuple[str, ...] = ()


def differences(found: Sequence[compare.Change]) -> list[Difference]:
    """Differences in words, in the order of the sections."""
    return [
        Difference(str(words.SECTION.get(one.section, one.section)), _sentence(one), _details(one))
        for one in found
    ]


def _sentence(one: compare.Change) -> str:
    name = _row_word(one)
    if one.what == compare.ORDER:
        return _("stand in another order")
    if not name:
        return _("changed")
    if one.what == ADDED:
        return _("“%(name)s” added", name=name)
    if one.what == REMOVED:
        return _("“%(name)s” removed", name=name)
    return _("“%(name)s” changed", name=name)


def _row_word(one: compare.Change) -> str:
    known: Mapping[str, Mapping[str, Any]] = {
        "palette": words.COLOUR, "frames": words.TIER, "drawings": words.SLOT,
        "head": words.SECTION,
    }  # fmt: skip
    return say(one.name) or str(known.get(one.section, {}).get(one.row, one.row))


def _details(one: compare.Change) -> tuple[str, ...]:
    return tuple(
        _(
            "%(field)s: %(before)s → %(after)s",
            field=words.FIELD.get(key) or _row_word(one),
            before=shown(before), after=shown(after),
        )
        for key, before, after in one.fields
    )  # fmt: skip


def shown(value: Any) -> str:
    """A value of a row in a few words."""
    if value is None or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        text = say(value) if set(value) <= {"zh", "en"} else _mapping(value)
    elif isinstance(value, list):
        text = _(", ").join(shown(one) for one in value)
    else:
        text = str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _mapping(value: Mapping[str, Any]) -> str:
    return " ".join(shown(inner) for inner in value.values())


# Drawings --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SlotView:
    """A place for a drawing, with what stands there now."""

    slot: str
    word: str
    drawing: Any
    own: bool
    needed: bool


def slots(draft: Pack, base: Pack, needed: Sequence[str]) -> list[SlotView]:
    """Every slot of the draft; ``own`` where it differs from the pack that it began from."""
    return [
        SlotView(
            slot,
            str(words.SLOT[slot]),
            draft.motif(slot),
            draft.drawings.get(slot) != base.drawings.get(slot),
            slot in needed,
        )
        for slot in SLOTS
    ]


def source_word(based_on: str, titles: Mapping[str, str]) -> str:
    """``daan@1.0.0`` or ``#3`` in words."""
    if based_on.startswith("#"):
        return _("Edition %(number)s", number=based_on[1:])
    code, _at, version = based_on.partition("@")
    return f"{titles.get(code, code)} {version}".strip()
